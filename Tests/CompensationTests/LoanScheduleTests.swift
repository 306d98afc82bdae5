import CompensationKernel
import FundCore
import Testing

/// What is outstanding of a loan, month by month.
struct `A schedule` {
  /// 1,000 yuan in three months at 12 % a year, 1 % a month: 1000 × 0.01 / (1 − 1.01⁻³) = 340.0221…, so
  /// 340.02. Interest 10.00, principal 330.02, left 669.98; 6.70, 333.32, 336.66; the last payment is
  /// 336.66 + 3.37 = 340.03. There was no such schedule: 等额本息 was told to be 等额本金.
  @Test func `of an annuity repays what each month's interest leaves of the payment`() {
    let schedule = LoanSchedule(
      principal: .yuan(1_000), termMonths: 3, annuityRate: .percent(12))
    #expect(schedule.level?.amount == Money(fen: 340_02))
    let left = (0...4).map { schedule.outstanding(monthsAfterStart: $0).fen }
    #expect(left == [1_000_00, 1_000_00, 669_98, 336_66, 0])
    #expect(schedule.isAmortizing)
  }

  /// 300万 in twelve months at 4.5 %: 0.375 % a month. Worked with sixty decimal digits.
  @Test func `of an annuity is exact to the fen`() {
    let schedule = LoanSchedule(
      principal: .yuan(3_000_000), termMonths: 12, annuityRate: Ratio(millionths: 45_000))
    #expect(schedule.level?.amount == Money(fen: 256_135_56))
    let left = [1, 2, 3, 4, 12].map { schedule.outstanding(monthsAfterStart: $0).fen }
    #expect(left == [3_000_000_00, 2_755_114_44, 2_509_310_56, 2_262_584_91, 255_178_68])
  }

  /// The largest amount over the longest term, worked with sixty decimal digits.
  @Test func `of the largest annuity is exact to the fen`() {
    let schedule = LoanSchedule(
      principal: .largestInput, termMonths: 1_200, annuityRate: Ratio(millionths: 43_500))
    #expect(schedule.level?.amount == Money(fen: 367_277_817_878))
    #expect(schedule.outstanding(monthsAfterStart: 2) == Money(fen: 99_995_222_182_122))
    #expect(schedule.outstanding(monthsAfterStart: 1_200) == Money(fen: 365_951_242_155))
  }

  @Test(arguments: [(1, 1), (7, 3), (100, 150), (1_000_000, 36)])
  func `of an annuity never grows, and never ends below nothing`(fen: Int64, months: Int) {
    for rate in [1, 43_500, 1_000_000] as [Int64] {
      let schedule = LoanSchedule(
        principal: Money(fen: fen), termMonths: months, annuityRate: Ratio(millionths: rate))
      var before = Money(fen: fen)
      for month in 0...months + 1 {
        let left = schedule.outstanding(monthsAfterStart: month)
        #expect(left >= .zero && left <= before)
        before = left
      }
      #expect(schedule.outstanding(monthsAfterStart: months + 1) == .zero)
    }
  }

  @Test func `of an annuity without interest is equal principal`() {
    let level = LoanSchedule(principal: .yuan(100), termMonths: 7, annuityRate: .zero)
    let equal = LoanSchedule(principal: .yuan(100), termMonths: 7, isAmortizing: true)
    for month in 0...8 {
      #expect(
        level.outstanding(monthsAfterStart: month) == equal.outstanding(monthsAfterStart: month))
    }
  }

  /// 50万 are outstanding in the fifth month of twelve, of which eight instalments are left.
  @Test func `goes on from what is known to be outstanding`() {
    func left(_ schedule: LoanSchedule, _ months: [Int]) -> [Int64] {
      let resumed = schedule.resumed(with: .yuan(500_000), monthsAfterStart: 5)
      return months.map { resumed.outstanding(monthsAfterStart: $0).fen }
    }
    let bullet = LoanSchedule(principal: .yuan(3_000_000), termMonths: 12, isAmortizing: false)
    #expect(left(bullet, [5, 6, 12, 13]) == [500_000_00, 500_000_00, 500_000_00, 0])
    // 500,000 / 8 = 62,500 a month.
    let equal = LoanSchedule(principal: .yuan(3_000_000), termMonths: 12, isAmortizing: true)
    #expect(left(equal, [5, 6, 7, 12, 13]) == [500_000_00, 437_500_00, 375_000_00, 62_500_00, 0])
    // 500,000 in eight payments at 4.5 %: 63,559.29.
    let annuity = LoanSchedule(
      principal: .yuan(3_000_000), termMonths: 12, annuityRate: Ratio(millionths: 45_000))
    #expect(left(annuity, [5, 6, 7, 12]) == [500_000_00, 438_315_71, 376_400_10, 63_321_86])
  }
}
