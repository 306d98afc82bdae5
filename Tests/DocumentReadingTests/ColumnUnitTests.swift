import DocumentReading
import FundCore
import Testing

/// Columns headed 贷款金额（万元）, 期限（天） or 月利率（‰） were read as yuan, months and yearly shares, in
/// silence: a book of 18.5 million yuan as one of 1,850.50.
@Suite struct `The unit of a column` {
  @Test(arguments: [
    ("贷款金额（万元）", 4), ("贷款金额(万元)", 4), ("放款额【亿元】", 8), ("金额[千元]", 3), ("金额〔百万元〕", 6), ("金额{元}", 0),
    ("贷款金额/万元", 4), ("贷款金额_万元", 4), ("金额：万元", 4), ("金额，万元", 4), ("金额-万元", 4), ("金额 万元", 4),
    ("贷款金额万元", 4), ("（万元）金额", 4), ("金额（单位：万元）", 4), ("金额（人民币万元）", 4), ("金额\n（万元）", 4),
    ("amount (10k yuan)", 4), ("amount_10k_yuan", 4), ("amount (million yuan)", 6),
    ("amount in thousands", 3),
    ("principal, RMB 10,000", 4), ("amount_yuan", 0), ("贷款金额（万）", 4),
  ])
  func `of amounts is heard in its head`(head: String, power: Int) {
    #expect(UnitQuantity.money.unit(inHead: head) == .unit(.yuan(power: power)))
  }

  @Test(arguments: [
    ("期限（天）", ColumnUnit.days), ("期限/日", .days), ("term_days", .days), ("term (days)", .days),
    ("TermInDays", .days), ("期限天数", .days), ("期限（个月）", .months(1)), ("term (months)", .months(1)),
    ("TermInMonths", .months(1)), ("期限月", .months(1)), ("贷款期限【年】", .months(12)),
    ("term, years", .months(12)),
    ("期限（季）", .months(3)),
  ])
  func `of terms is heard in its head`(head: String, unit: ColumnUnit) {
    #expect(UnitQuantity.term.unit(inHead: head) == .unit(unit))
  }

  @Test(arguments: [
    ("月利率（‰）", ShareUnit(power: 3, perYear: 12)), ("年利率(%)", ShareUnit(power: 2, perYear: 1)),
    ("日利率（万分之）", ShareUnit(power: 4, perYear: 360)), ("月利率", ShareUnit(perYear: 12)),
    ("利率%", ShareUnit(power: 2)), ("rate_bp", ShareUnit(power: 4)),
    ("利率（月‰）", ShareUnit(power: 3, perYear: 12)),
    ("rate (% p.a.)", ShareUnit(power: 2, perYear: 1)),
    ("monthly rate, %", ShareUnit(power: 2, perYear: 12)),
  ])
  func `of rates is heard in its head`(head: String, unit: ShareUnit) {
    #expect(UnitQuantity.rate.unit(inHead: head) == .unit(.share(unit)))
  }

  @Test(arguments: ["金额", "放款日期（年月日）", "2024年贷款金额", "amount", "万元户名称", "元江支行"])
  func `is not heard where none is`(head: String) {
    #expect(UnitQuantity.money.unit(inHead: head) == .nothing)
  }

  @Test func `is refused if two stand in one head, or it is another currency`() {
    #expect(UnitQuantity.money.unit(inHead: "金额（元）（万元）") == .contradiction)
    #expect(UnitQuantity.money.unit(inHead: "金额（万美元）") == .unit(.foreign))
    for head in ["金额（韩元）", "贷款金额(SGD)", "贷款金额美元", "amount (HK$)", "金额（千台币）"] {
      #expect(UnitQuantity.money.unit(inHead: head) == .unit(.foreign), "\(head)")
    }
  }

  @Test func `is heard in a title, but not in the name of who reports`() {
    #expect(UnitQuantity.money.unit(inTitle: "知识产权质押贷款台账  单位：万元") == .yuan(power: 4))
    #expect(UnitQuantity.money.unit(inTitle: "金额单位：亿元、期限单位：月") == .yuan(power: 8))
    #expect(UnitQuantity.money.unit(inTitle: "填报单位：万元银行") == nil)
    #expect(UnitQuantity.rate.unit(inTitle: "贷款台账（月）") == nil)
  }
}

@Suite struct `A cell of a column with a unit` {
  /// 1 万元 = 10,000 yuan; a cell with a unit of its own has to have that of the column.
  @Test(arguments: [
    ("300", 4, "3000000 yuan"), ("150.5", 4, "1505000 yuan"), ("0.0123", 4, "123 yuan"),
    ("150万", 4, "1500000 yuan"), ("150万元", 4, "1500000 yuan"), ("1.2", 8, "120000000 yuan"),
    ("1,200", 3, "1200000 yuan"), ("300万", 0, "3000000 yuan"), ("5", 0, "5 yuan"),
  ])
  func `is an amount`(text: String, power: Int, amount: String) throws {
    #expect("\(try Scalar.money(text, inUnitsOf: power).get())" == amount)
  }

  @Test(arguments: [
    ("1.5亿", 4, "unit-contradiction"), ("3000000元", 4, "unit-contradiction"),
    ("¥300", 4, "unit-contradiction"),
    ("150万", 8, "unit-contradiction"), ("1e3", 4, "scientific-notation"),
    ("-3", 4, "negative-amount"),
    ("0.0000001", 4, "amount-too-fine"), ("99999999", 8, "amount-too-large"),
    ("-", 4, "missing-value"),
  ])
  func `is no amount`(text: String, power: Int, code: String) {
    #expect(outcome(Scalar.money(text, inUnitsOf: power)).hasPrefix(code + ":"))
  }

  /// m months have the days of the calendar or 30 each: 365, 366 and 360 days are a year.
  @Test(arguments: [
    ("365", 12), ("366", 12), ("360", 12), ("364", 12), ("180", 6), ("181", 6), ("184", 6),
    ("270", 9), ("273", 9), ("90", 3),
    ("92", 3), ("28", 1), ("31", 1), ("30", 1), ("730", 24), ("720", 24), ("1095", 36),
    ("1080", 36), ("365天", 12),
  ])
  func `is a whole number of months`(text: String, months: Int) throws {
    let term = try Scalar.term(text, in: .days).get()
    #expect(term.months == months)
    #expect(!term.isRounded)
  }

  /// 100 days are 3.29 months of 30.44 days, 45 are 1.48, 10 are 0.33.
  @Test(arguments: [("100", 3), ("45", 1), ("200", 7), ("10", 1)])
  func `is the nearest number of months, and says so`(text: String, months: Int) throws {
    let term = try Scalar.term(text, in: .days).get()
    #expect(term.months == months)
    #expect(term.isRounded)
  }

  @Test func `is a term in its own unit, or contradicts its column`() throws {
    #expect(try Scalar.term("1.5", in: .months(12)).get().months == 18)
    #expect(try Scalar.term("180天", in: nil).get().months == 6)
    #expect(try Scalar.term("1年6个月", in: nil).get().months == 18)
    #expect(outcome(Scalar.term("12个月", in: .days)).hasPrefix("unit-contradiction"))
    #expect(outcome(Scalar.term("1.5", in: nil)).hasPrefix("not-whole"))
  }

  /// 3.625‰ × 12 = 43.5‰; 0.35% × 12 = 4.2%; 万分之1.2 × 360 = 4.32%; 3.95833‰ × 12 = 4.749996%, to the nearest millionth 4.75%.
  @Test(arguments: [
    ("3.625", ShareUnit(power: 3, perYear: 12), 43_500), ("3.625‰", ShareUnit(perYear: 12), 43_500),
    ("0.35", ShareUnit(power: 2, perYear: 12), 42_000),
    ("1.2", ShareUnit(power: 4, perYear: 360), 43_200),
    ("万分之1.2", ShareUnit(perYear: 360), 43_200), ("4.35", ShareUnit(power: 2), 43_500),
    ("435", ShareUnit(power: 4, perYear: 1), 43_500),
    ("3.95833", ShareUnit(power: 3, perYear: 12), 47_500),
    ("0.003625", ShareUnit(perYear: 12), 43_500), ("月3.625‰", ShareUnit(), -1),
  ])
  func `is a yearly rate`(text: String, unit: ShareUnit, millionths: Int64) {
    let rate = try? Scalar.yearlyRate(text, in: .share(unit)).get()
    #expect(rate?.millionths ?? -1 == millionths)
  }

  /// The help used to send 3.625 of a monthly column to 3.625% a year.
  @Test func `is asked about where its period or sign is not said`() {
    #expect(outcome(Scalar.yearlyRate("3.625‰", in: nil)).hasPrefix("rate-period-unclear"))
    let bare = outcome(Scalar.yearlyRate("3.625", in: .share(ShareUnit(perYear: 12))))
    #expect(
      bare.hasPrefix("ratio-above-one") && bare.contains("rate: 月‰") && !bare.contains("3.625%"))
    #expect(
      outcome(Scalar.yearlyRate("3.6‰", in: .share(ShareUnit(power: 2)))).hasPrefix(
        "unit-contradiction"))
  }

  @Test func `is a part or a probability`() throws {
    #expect(try Scalar.part("8.5", in: .share(ShareUnit(power: 1))).get() == .percent(85))
    #expect(try Scalar.part("60", in: .share(ShareUnit(power: 2))).get() == .percent(60))
    #expect(try Scalar.yearlyProbability("250", in: .share(ShareUnit(power: 4))).get() == 0.025)
    #expect(
      outcome(Scalar.yearlyProbability("1", in: .share(ShareUnit(power: 2, perYear: 12))))
        .hasPrefix("wrong-unit"))
  }
}
