import CompensationKernel
import FundCore
@testable import Simulation
import TestSupport
import Testing

/// The short way through a trial against the long one: `TotalsPath` against `InOrderPath`.
@Suite struct ShortWayTests {
  /// Every kind of fund, threshold, dependence and timing; every figure of every trial.
  @Test(arguments: 0..<UInt64(Chance.trials(40, long: 3_000)))
  func `settling by totals comes to the same as settling claim by claim`(seed: UInt64) {
    var words = SeededWords(seed: 9_000 + seed)
    let draft = words.scenario(loanCount: seed % 2 == 0 ? 30 : 90)
    var funds = (0..<4).map { _ in words.plainFund(for: draft) }
    funds += (0..<6).map { _ in
      var fund = words.anyFund(for: draft)
      // Funds that can never be settled by totals have nothing to show here.
      fund.partition = []
      fund.unpaidWaits = false
      fund.accounts = .single
      return fund
    }
    // What a fund costs is reckoned either way, for some of them.
    for index in funds.indices where (UInt64(index) + seed) % 2 == 0 {
      funds[index].costs = words.costs()
    }
    for index in funds.indices where index % 3 == 0 {
      funds[index].fillUp = words.fillUp(of: funds[index])
    }
    for index in funds.indices where seed % 2 == 1 {
      for place in funds[index].thresholds.indices {
        funds[index].thresholds[place].afterSuspension =
          LendingAfterSuspension.allCases[Int.random(in: 0..<3, using: &words)]
      }
    }
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 25, seed: seed)
    let short = simulate(plan, threads: 1)
    let long = run(
      plan, threads: 1, chunkSize: 25, control: RunControl(),
      options: SimulationOptions(alwaysExact: true))
    for (index, fund) in funds.enumerated() {
      let figures = [short, long].map { RunFigures($0.funds[index], horizon: draft.horizon) }
      #expect(figures[0] == figures[1], "fund \(index): \(fund.thresholds)")
    }
  }
}
