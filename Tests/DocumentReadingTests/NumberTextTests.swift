import DocumentReading
import FundCore
import Testing

@Suite struct `A number or share` {
  @Test(arguments: ["45%", "45 %", "0.45", "４５％", "百分之45", "450‰", "45 percent", "0.4500000"])
  func `a share is understood as people write it`(text: String) {
    #expect(Scalar.ratio(text) == .success(.percent(45)))
    #expect(Scalar.probability(text) == .success(0.45))
  }

  @Test(arguments: [0, 1, 333_333, 999_999, 1_000_000] as [Int64])
  func `a share that was printed is read back`(millionths: Int64) {
    let ratio = Ratio(millionths: millionths)
    #expect(Scalar.ratio(ratio.description) == .success(ratio))
  }

  private static let refusedShares: [(text: String, outcome: String)] = [
    ("45", "ratio-above-one: '45' has no per cent sign and is above 1 / write 45% or 0.45"),
    (
      "450",
      "ratio-above-one: '450' has no per cent sign and is above 1 / write a share as 45% or 0.45"
    ),
    (
      "33.33333%",
      "ratio-too-fine: '33.33333%' is finer than a millionth / "
        + "round it to four decimals of a per cent, such as 33.3333%"
    ),
    ("150%", "out-of-range: '150%' does not lie in 0% … 100% / give a value from 0% to 100%"),
    ("-5%", "out-of-range: '-5%' does not lie in 0% … 100% / give a value from 0% to 100%"),
    ("45元", "wrong-unit: '45元' ends in '元', not in % / write a share as 45% or 0.45"),
    (
      "百分之45%", "wrong-unit: '百分之45%' has two signs for per cent / write a share as 45% or 0.45"
    ),
    (
      "1e-3",
      "scientific-notation: '1e-3' is in scientific notation / write the number out, such as 45%"
    ),
  ]

  @Test(arguments: refusedShares) func `a share that is not clear is refused with a way out`(
    text: String, expected: String
  ) {
    #expect(outcome(Scalar.ratio(text)) == expected)
  }

  @Test func `a probability keeps to its limits`() {
    #expect(Scalar.probability("1") == .success(1))
    #expect(Scalar.probability("0", in: .belowOne) == .success(0))
    #expect(
      outcome(Scalar.probability("100%", in: .open))
        == "out-of-range: '100%' is not a probability above 0% and below 100% / "
        + "give a probability above 0% and below 100%, such as 2%")
    #expect(
      outcome(Scalar.probability("1", in: .belowOne)).contains("from 0% to below 100%"))
    #expect(outcome(Scalar.probability("-1%")).contains("from 0% to 100%"))
  }

  @Test func `a probability finer than a millionth is kept`() {
    #expect(Scalar.probability("0.00001%") == .success(1e-7))
  }

  @Test(arguments: [
    ("12", 12), ("10,000", 10_000), ("1万", 10_000), ("1.5万", 15_000), ("12.0", 12), ("１２", 12),
    ("-3", -3), ("1_000", 1_000),
  ])
  func `a whole number is understood as people write it`(text: String, value: Int) {
    #expect(Scalar.integer(text) == .success(value))
  }

  private static let refusedIntegers: [(text: String, outcome: String)] = [
    ("12.5", "not-whole: '12.5' is not a whole number / write it without decimals"),
    ("13", "out-of-range: '13' does not lie in 0 … 12 / give a value from 0 to 12"),
    (
      "99999999999999999999",
      "out-of-range: '99999999999999999999' does not lie in 0 … 12 / give a value from 0 to 12"
    ),
    (
      "12 trials",
      "wrong-unit: '12 trials' has 'trials' behind the number / write the number alone, such as 12"
    ),
    (
      "1e4",
      "scientific-notation: '1e4' is in scientific notation / write the number out, such as 12"
    ),
  ]

  @Test(arguments: refusedIntegers) func `a whole number that is none is refused`(
    text: String, expected: String
  ) {
    #expect(outcome(Scalar.integer(text, in: 0...12)) == expected)
  }

  @Test func `a number of a model may be in scientific notation`() {
    #expect(Scalar.number("1e-3") == .success(0.001))
    #expect(Scalar.number("1,000.5") == .success(1_000.5))
    #expect(Scalar.number("-0.25") == .success(-0.25))
  }

  @Test func `a number keeps to its limits`() {
    #expect(
      outcome(Scalar.number("1.5", in: 0...1))
        == "out-of-range: '1.5' does not lie in 0.0 … 1.0 / give a value from 0.0 to 1.0")
    #expect(
      outcome(Scalar.number("15%"))
        == "wrong-unit: '15%' has '%' behind the number / write the number alone, such as 0.15")
    #expect(outcome(Scalar.number("1e400")).hasPrefix("scientific-notation"))
    #expect(outcome(Scalar.number("NaN")).hasPrefix("missing-value"))
  }

  @Test func `a flag is yes or no in two languages`() {
    for text in ["true", "Yes", "on", "是"] { #expect(Scalar.flag(text) == .success(true)) }
    for text in ["false", "No", "off", "否"] { #expect(Scalar.flag(text) == .success(false)) }
    #expect(
      outcome(Scalar.flag("1"))
        == "invalid-flag: '1' is neither true nor false / write true or false"
    )
  }

  @Test func `a choice is one of the words of its type`() {
    #expect(Scalar.choice("day-month-year", as: DateOrder.self) == .success(.dayMonthYear))
    #expect(
      outcome(Scalar.choice("day-month-yaer", as: DateOrder.self))
        == "unknown-choice: 'day-month-yaer' is not one of the choices / did you mean "
        + "'day-month-year'? use one of: year-month-day, day-month-year, month-day-year")
    #expect(
      outcome(Scalar.choice(" ", as: DateOrder.self))
        == "missing-value: there is no value / "
        + "use one of: year-month-day, day-month-year, month-day-year")
  }

  @Test func `a text of blanks is no text`() {
    #expect(Scalar.text(" 甲 ") == .success(" 甲 "))
    #expect(
      outcome(Scalar.text("　"))
        == "missing-value: there is no value / write a text, or remove the key")
  }
}
