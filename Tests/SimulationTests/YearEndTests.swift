import FundCore
import LossStatistics
import Simulation
import Testing

/// The balance at the end of each year of the run.
@Suite struct YearEndTests {
  private static func yearEnds(_ result: FundResult) -> [[Int64]] {
    result.columns.filter { if case .year = $0.scope { true } else { false } }
      .map { result.column($0) }
  }

  @Test(arguments: [(1, 1), (11, 1), (12, 1), (13, 2), (24, 2), (30, 3)])
  func `without defaults, interest and fees it stays the initial amount`(months: Int, years: Int) {
    let draft = ScenarioDraft(horizon: months, loans: [.sound(start: 0, term: 12, 5_000)])
    let ends = Self.yearEnds(draft.run(.of(share: .one, opening: Money(fen: 7_001)), trials: 3))
    #expect(ends == Array(repeating: [7_001, 7_001, 7_001], count: years))
  }

  /// 1 % a month on 100,000,000 fen, from the second month on, half up: 101,000,000, 102,010,000,
  /// 103,030,100, 104,060,401, 105,101,005, 106,152,015, 107,213,535, 108,285,670, 109,368,527,
  /// 110,462,212, 111,566,834 in the month 11, in which a fee of 1,000,000 leaves 110,566,834. Then
  /// 111,672,502 and 50,000,000 of new money, and 163,289,227 in the month 13, the last.
  @Test func `interest, fee and new money by hand, and a last year of two months`() {
    var fund = FundDraft()
    fund.opening = Money(fen: 100_000_000)
    fund.interestRate = .percent(12)
    fund.yearlyFee = Money(fen: 1_000_000)
    fund.injections = [12: Money(fen: 50_000_000)]
    let draft = ScenarioDraft(horizon: 14, loans: [.sound(start: 0, term: 12, 5_000)])
    let result = draft.run(fund, trials: 2)
    #expect(
      Self.yearEnds(result) == [[110_566_834, 110_566_834], [163_289_227, 163_289_227]])
    #expect(result.column(.closing) == [163_289_227, 163_289_227])
  }

  /// 30,000 are paid in the month 11, 20,000 in the month 12; 40 % of them come back twelve months later,
  /// the first at the end of the second year: 100,000 − 30,000 − 20,000 + 12,000. In the third year
  /// 8,000 come back, and of 90,000 that fall due 20,000 stay unpaid.
  @Test func `claims and recoveries fall into their years`() {
    var draft = ScenarioDraft(
      horizon: 36,
      loans: [.failing(in: 11, 30_000), .failing(in: 12, 20_000), .failing(in: 30, 90_000)])
    draft.recovery = RecoveryModel(part: .fixed(0.4), lag: 12...12)
    let result = draft.run(.of(share: .one, opening: Money(fen: 100_000)), trials: 1)
    #expect(Self.yearEnds(result) == [[70_000], [62_000], [0]])
    #expect(result.column(.unpaid) == [20_000])
  }

  @Test func `a fixed course is exact, a course of chance has quantiles and precision`() throws {
    var fund = FundDraft.of(share: .one, opening: Money(fen: 100_000))
    var draft = ScenarioDraft(
      horizon: 18, loans: Array(repeating: .sound(start: -6, term: 12, 1_000), count: 20))
    for index in draft.loans.indices { draft.loans[index].probability = 0.3 }
    let chance = try #require(RiskEstimates(draft.run([fund], trials: 500))).funds[0]
    let balance = chance.balance(endOf: chance.exhaustionByYear[0])
    #expect(balance.worstEnd == .low && !balance.mean.isExact)
    #expect(balance.quantiles.map(\.level) == WorstEnd.low.quantileLevels)
    // The loans run out in month 6: 20 losses of 10 yuan with 30 %, mean 940 of 1,000 yuan.
    let error = try #require(balance.mean.standardError)
    #expect(abs(balance.mean.value - 940) < 4 * error && error < 2)
    #expect(chance.balance(endOf: chance.exhaustionByYear[1]) == chance.closing)
    fund.coveredPrincipal = draft.loans.map { _ in 0 }
    let fixed = try #require(RiskEstimates(draft.run([fund], trials: 500))).funds[0]
    for year in fixed.exhaustionByYear {
      #expect(
        fixed.balance(endOf: year).mean.isExact && fixed.balance(endOf: year).mean.value == 1_000)
    }
  }
}
