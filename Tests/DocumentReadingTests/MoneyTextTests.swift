import DocumentReading
import FundCore
import Testing

@Suite struct `An amount of money` {
  private static let amounts: [(text: String, fen: Int64)] = [
    ("1000万", 1_000_000_000), ("1.2亿", 12_000_000_000), ("1,000 万元", 1_000_000_000),
    ("10,000,000", 1_000_000_000), ("10000000", 1_000_000_000), ("1_000_000", 100_000_000),
    ("1000万元", 1_000_000_000), ("12.34 yuan", 1_234), ("¥1200", 120_000), ("￥1,200.50", 120_050),
    ("CNY 5", 500), ("RMB100", 10_000), ("100 RMB", 10_000), ("100元人民币", 10_000),
    ("人民币1000万元整", 1_000_000_000), ("１，０００．５０元", 100_050), ("1亿2000万元", 12_000_000_000),
    ("1万2千", 1_200_000), ("0.001万", 1_000), ("10 million yuan", 1_000_000_000),
    ("1 000 000", 100_000_000), ("5.000", 500), ("+5", 500), ("0", 0), ("-0", 0), ("0.01", 1),
    ("1万亿", 100_000_000_000_000), ("CN¥250", 25_000), ("2.5百万", 250_000_000),
  ]

  @Test(arguments: amounts) func `an amount is understood as people write it`(
    text: String, fen: Int64
  ) {
    #expect(Scalar.money(text) == .success(Money(fen: fen)))
  }

  @Test(arguments: [
    "₩250", "NT$250万", "250韩元", "R$ 5", "250 kr", "JPY250", "$2500千", "2500千 USD", "JP¥5", "5新加坡元",
  ])
  func `an amount in another currency is refused by its name`(text: String) {
    guard case .failure(let problem) = Scalar.money(text) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(problem.code == "wrong-unit" && problem.message.english.contains("not in yuan"))
  }

  @Test func `an amount may be negative where its reader allows it`() {
    #expect(Scalar.money("-1.5万", sign: .any) == .success(.yuan(-15_000)))
    #expect(Scalar.money("¥-5", sign: .any) == .success(.yuan(-5)))
  }

  @Test(arguments: [0, 1, 99, 100, 12_345, 100_000_000_000_000] as [Int64])
  func `an amount that was printed is read back`(fen: Int64) {
    #expect(Scalar.money(Money(fen: fen).description) == .success(Money(fen: fen)))
  }

  private static let refusals: [(text: String, outcome: String)] = [
    ("-5", "negative-amount: '-5' is below zero / give an amount of 0 or more"),
    ("−20000", "negative-amount: '−20000' is below zero / give an amount of 0 or more"),
    (
      "1e7",
      "scientific-notation: '1e7' is in scientific notation / "
        + "write the number out, such as 1000万"
    ),
    (
      "1000万美元",
      "wrong-unit: '1000万美元' is in '美元', not in yuan / "
        + "convert the amount to yuan, and write it as 1000万 or 10000000"
    ),
    (
      "$100",
      "wrong-unit: '$100' is in '$', not in yuan / "
        + "convert the amount to yuan, and write it as 1000万 or 10000000"
    ),
    (
      "#FORMAT! 25000000 #,##0,\"万元\"",
      "unclear-format: the cell holds 25000000, and its number format `#,##0,\"万元\"` shows it with "
        + "words that cannot be held against the number / give the cells the format General, and write "
        + "the unit into the head of the column (or under `units`)"
    ),
    (
      "1000 months",
      "wrong-unit: '1000 months' has 'months', which is not a unit of money here / "
        + "write the amount in yuan, as 1000万 or 10000000"
    ),
    (
      "1千克",
      "wrong-unit: '1千克' has '克', which is not a unit of money here / "
        + "write the amount in yuan, as 1000万 or 10000000"
    ),
    (
      "1,00,000",
      "misplaced-separator: '1,00,000' has thousands separators in the wrong places / "
        + "separate groups of three digits, as in 1,000,000, or leave the separators out"
    ),
    (
      "1.000.000",
      "misplaced-separator: '1.000.000' has two decimal points / "
        + "separate thousands with commas, as in 1,000,000.50"
    ),
    (
      "1.000,50",
      "misplaced-separator: '1.000,50' has a thousands separator behind the decimal point / "
        + "write a point before the decimals only, as in 1,000,000.50"
    ),
    (
      "12.345",
      "amount-too-fine: '12.345' has a fraction of a fen / round the amount to 0.01 yuan"
    ),
    (
      "1.1万亿",
      "amount-too-large: '1.1万亿' is more than a trillion yuan / "
        + "check the unit; an amount is at most 1万亿 (1,000,000,000,000 yuan)"
    ),
    (
      "12345678901234567890123",
      "too-many-digits: '12345678901234567890123' has more than 22 digits / "
        + "check the number; write only the digits that matter"
    ),
    (
      "1亿2000",
      "unclear-amount: '1亿2000' can be read in two ways / "
        + "write one number with one unit, such as 1.2万 or 12000"
    ),
    ("NaN", "missing-value: 'NaN' is no value / write a value, such as 1000万"),
    (".inf", "not-a-number: '.inf' is not a number / write a number, such as 1000万"),
    (
      "0x10",
      "not-a-number: '0x10' is not a decimal number / write a number, such as 1000万"
    ),
    ("--5", "not-a-number: '--5' is not a number / write a number, such as 1000万"),
    (
      "#REF!",
      "spreadsheet-error: '#REF!' is an error of a spreadsheet: a formula refers to cells that are gone / "
        + "correct the formula in the spreadsheet, and export the file again"
    ),
    (
      "一千万",
      "not-a-number: '一千万' is written in Chinese numerals / "
        + "write digits, such as 1000万"
    ),
    ("", "missing-value: there is no value / write a value, such as 1000万"),
    ("　", "missing-value: there is no value / write a value, such as 1000万"),
    ("null", "missing-value: 'null' is no value / write a value, such as 1000万"),
    ("~", "missing-value: '~' is no value / write a value, such as 1000万"),
  ]

  @Test(arguments: refusals) func `an amount that is not clear is refused with a way out`(
    text: String, expected: String
  ) {
    #expect(outcome(Scalar.money(text)) == expected)
  }

  @Test(arguments: ["1万1亿", "2万3万"]) func `parts of an amount have to fall`(text: String) {
    #expect(outcome(Scalar.money(text)).hasPrefix("unclear-amount"))
  }

  @Test(arguments: ["5.", ".5", "1_", "_1", "1__0", "5 5", "1-2", "10%", "¥", "万", "abc", "1000w"])
  func `an amount that is none is refused`(text: String) {
    #expect(throws: ScalarProblem.self) { try Scalar.money(text).get() }
  }
}
