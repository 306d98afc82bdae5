import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ScenarioInput
import Simulation
import Testing

/// The years of a simulated trial, and those of the same trial written down as a register and replayed: every
/// amount to the fen, every indicator to the last digit. The register is told by the day and knows nothing of
/// how the simulation counts.
@Suite struct ReplayedYearsTests {
  private static let trials = 2

  @Test(arguments: PolicyDocument.builtInIDs)
  func `are those of the run`(id: String) throws {
    let (scenario, plan) = try `A replayed trial`.compiled(id, timing: "monthly")
    try Self.compare(scenario, plan, id)
  }

  /// Also where a limit on covered lending refuses loans.
  @Test func `are those of the run under the clauses of other cities`() throws {
    let text = `A draft with the clauses of another city`.drafts(timing: "monthly")
    let scenario = try ScenarioFixture(text: text).read()
    try Self.compare(scenario, scenario.compiled(version: "test").plan, "drafts")
  }

  private static func compare(_ scenario: Scenario, _ plan: SimulationPlan, _ id: String) throws {
    let count = scenario.funds.count
    let years = try #require(
      simulateYears(plan, trialCount: Self.trials, fundCount: count, threads: 1))
    var (passed, owned) = (0, 0)
    for history in simulateTrials(plan, Array(0..<Self.trials)) {
      // Every eighth pair of fund and trial where there are many, by turns; all of them in the long test.
      for position in 0..<count
      where `A replayed trial`.isLong || count < 20 || (position + history.trial) % 8 == 0 {
        let replay = scenario.replay(history, fund: position)
        let course = replay.course
        owned += try Self.compareHoldings(replay, years, fund: position, trial: history.trial)
        let table = years.tables[position]
        for (place, period) in table.periods.enumerated() {
          for figure in YearFigure.allCases where figure != .budget {
            let isSame: Bool
            if let amount = course.amount(figure, in: period) {
              isSame = table.amounts(figure, period: place)[history.trial] == amount
            } else {
              let found = table.ratios(figure, period: place)[history.trial]
              switch course.ratio(figure, in: period) {
              case .undefined: isSame = found.isNaN
              case .infinite: isSame = found == .infinity
              case .of(let part, let whole):
                // A table tells ratios in billionths, up to two million.
                let ratio = min(Double(part) / Double(whole), 2_251_799.813_685_247)
                isSame = abs(found - ratio) < 2e-9 * max(1, found)
                passed += part > 0 ? 1 : 0
              }
            }
            #expect(
              isSame,
              "\(id), trial \(history.trial), fund \(position), \(figure) \(period.number)"
            )
          }
        }
      }
    }
    #expect(passed > 300 && (owned > 0 || id == "drafts"))
  }

  /// Whose the money is at the end, and in which account at the end of each time: as in the run, and parts
  /// add up to the balance and what went back, to the fen.
  ///
  /// - Returns: How many contributors have something.
  private static func compareHoldings(
    _ replay: Replay, _ years: YearlyTrials, fund: Int, trial: Int
  ) throws -> Int {
    let end = try #require(replay.lastDay)
    let holdings = end.holdings(under: replay.agreement)
    #expect(holdings.map(\.amount.fen) == years.holdings(fund: fund).map { $0[trial] })
    let isPool = holdings.contains { $0.contributor.isRefunding != nil }
    if !holdings.isEmpty {
      let whole = isPool ? end.balance : end.balance + end.givenBack
      #expect(holdings.reduce(Money.zero) { $0 + $1.amount } == whole)
      let putIn = holdings.reduce(Money.zero) { $0 + $1.contributor.putIn }
      #expect(putIn == replay.totals.opening + replay.totals.injected)
    }
    for (place, period) in years.tables[fund].periods.enumerated() {
      let accounts = replay.months[period.lastMonth].accounts.flatMap {
        [$0.paying.fen] + (isPool ? [$0.refunding.fen] : [])
      }
      for account in 0..<years.accountCount(fund: fund) {
        #expect(years.account(account, fund: fund, period: place)[trial] == accounts[account])
      }
    }
    return holdings.count { $0.amount > .zero }
  }
}
