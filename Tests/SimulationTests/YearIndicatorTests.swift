import CompensationKernel
import FundCore
@testable import Simulation
import Testing

/// The regulator's indicators of a run with certain outcomes, worked by hand.
///
/// A loan of 400 yuan runs at the start, defaults in month 6, is claimed in month 7: the fund bears half, 200.
/// 40 % of it is recovered in month 10, of which the fund gets half, 80. A loan of 600 runs from month 2 to 14;
/// one of 200, made in month 4, is repaid in four equal parts at the ends of the months 5 to 8.
@Suite struct YearIndicatorTests {
  private static func years(opening: Int64, floor: Int64 = 0) throws -> YearTable {
    var amortizing = LoanDraft.sound(start: 4, term: 4, 20_000)
    amortizing.isAmortizing = true
    var draft = ScenarioDraft(
      horizon: 24, loans: [.failing(in: 6, 40_000), .sound(start: 2, term: 12, 60_000), amortizing])
    draft.recovery = RecoveryModel(part: .fixed(0.4), lag: 3...3)
    var fund = FundDraft.of(share: .percent(50), opening: Money(fen: opening))
    fund.delay = 1
    var plan = draft.plan([fund.plan(for: draft)], trials: 1)
    plan.years.floor = Money(fen: floor)
    return try #require(simulateYears(plan, fundCount: 1, threads: 1)).tables[0]
  }

  /// To six digits.
  private func expect(
    _ table: YearTable, _ figure: YearFigure, _ values: [Double], _ line: Int = #line
  ) {
    // The whole run, then the two years.
    for (place, value) in values.enumerated() {
      let found = table.ratios(figure, period: place)[0]
      #expect(
        found == value || abs(found - value) < 5e-7 || found.isNaN && value.isNaN,
        "\(figure) \(place): \(found), line \(line)")
    }
  }

  @Test func `with nothing in the fund leverage is infinite, and passes every limit`() throws {
    let table = try Self.years(opening: 10_000)
    expect(table, .leveragePeak, [.infinity, .infinity, 60.0 / 8])
    #expect(table.amounts(.unpaid, period: 0) == [10_000])
    // 100 of the 200 are missing in the first year, nothing in the second.
    #expect((0...2).map { table.amounts(.budget, period: $0)[0] } == [10_000, 10_000, 0])
    #expect(YearRatio(1, by: 0).passes(1_000_000_000, towards: .high))
    #expect(!YearRatio(0, by: 0).passes(0, towards: .high))
  }

  @Test func `a floor under the balance counts`() throws {
    // 220 − 200 leave 20 of 50; later 100.
    let table = try Self.years(opening: 22_000, floor: 5_000)
    #expect((0...2).map { table.amounts(.budget, period: $0)[0] } == [3_000, 3_000, 0])
  }

  @Test func `a ratio at its limit does not pass it, and the last digit tells`() {
    #expect(!YearRatio.of(1, 20).passes(50_000, towards: .high))
    #expect(YearRatio.of(50_001, 1_000_000).passes(50_000, towards: .high))
    #expect(YearRatio.of(49_999, 1_000_000).passes(50_000, towards: .low))
    for (part, whole): (Int64, Int64) in [
      (1, 3), (2, 3), (1, 20), (-1, 3), (1_000_000_007, 20_000_000_141),
    ] {
      let ratio = YearRatio.of(part, whole)
      for limit: Int64 in [50_000, 333_333, 333_334, 49_999, -333_333, -333_334] {
        #expect(
          ratio.passes(limit, towards: .high) == (ratio.billionths(towards: .high) > limit * 1_000))
        #expect(
          ratio.passes(limit, towards: .low) == (ratio.billionths(towards: .low) < limit * 1_000))
      }
    }
  }

  @Test func `years of a run that begins in April: three calendar years, two of its own`() {
    let periods = YearPeriod.all(from: CivilMonth(ordinal: 2024 * 12 + 3), horizon: 24)
    #expect(
      periods.map(\.kind.rawValue) == [
        "run", "calendar", "calendar", "calendar", "programme", "programme",
      ])
    #expect(periods.map(\.firstMonth) == [0, 0, 9, 21, 0, 12])
    #expect(periods.map(\.lastMonth) == [23, 8, 20, 23, 11, 23])
    #expect(YearPeriod.all(from: CivilMonth(ordinal: 2024 * 12), horizon: 24).count == 3)
  }
}
