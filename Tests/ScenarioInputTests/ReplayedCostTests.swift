import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ScenarioInput
import Simulation
import Testing

/// What a simulated trial costs, and what the same trial costs that was written down as a register and replayed: to the fen.
@Suite struct ReplayedCostTests {
  private static let trials = 4

  private static func scenario(_ text: String) throws -> Scenario {
    let text = text.replacing(
      "\nfunds:\n",
      with: """

        discountRate: 7%
        premiums:
          fund: {rate: 1.5%, paidBy: borrower, subsidy: 25%}
        funds:

        """)
    return try ScenarioFixture(text: text).read()
  }

  /// The trials in which a bank stopped, and one of 12 or 48 pairs of fund and trial of the others by turns; with
  /// FUNDSIM_LONG_TESTS=1 all of them.
  @Test(arguments: PolicyDocument.builtInIDs, ["maturity", "monthly"])
  func `is that of the run`(id: String, timing: String) throws {
    try Self.compare(`A replayed trial`.text(id, timing: timing), "\(id) \(timing)")
  }

  /// Also where a limit on covered lending refuses loans.
  @Test func `is that of the run under the clauses of other cities`() throws {
    try Self.compare(`A draft with the clauses of another city`.drafts(timing: "monthly"), "drafts")
  }

  private static func compare(_ text: String, _ name: String) throws {
    let scenario = try Self.scenario(text)
    let plan = scenario.compiled(version: "test").plan
    var found = 0
    for history in simulateTrials(plan, Array(0..<Self.trials)) {
      for position in scenario.funds.indices
      where `A replayed trial`.isLong || !history.funds[position].stoppedLoans.isEmpty
        || (position + 5 * history.trial) % (plan.funds.count > 30 ? 48 : 12) == 0
      {
        let figures = history.funds[position].figures
        let cost = try #require(scenario.replay(history, fund: position).cost)
        func expect(_ column: OutcomeColumn, _ amount: Money) {
          #expect(
            figures[column] == amount.fen,
            "\(name), trial \(history.trial), fund \(position), \(column)")
        }
        expect(.netPresentValue, cost.netPresentValue)
        expect(.coveredLending, cost.lending)
        expect(.principalYears, cost.principalYears)
        expect(.discountedPrincipalYears, cost.discountedPrincipalYears)
        for item in cost.premiums { expect(.principalYears(of: item.party), item.principalYears) }
        for payer in cost.payers { expect(.netCost(of: payer.name), payer.netCost) }
        found += cost.principalYears > .zero ? 1 : 0
      }
    }
    #expect(found > 0)
  }
}
