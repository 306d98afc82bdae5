import CompensationKernel
import FundCore
import RandomStreams
@testable import Simulation
import TestSupport
import Testing

/// Funds to which plain claims add the same look at them once.
@Suite struct SharedSumsTests {
  /// A fund and others that differ from it in money, ratios and time in force; the last in its share too.
  private func funds(_ words: inout SeededWords, _ draft: ScenarioDraft) -> [FundDraft] {
    let first = words.plainFund(for: draft)
    var others = (0..<3).map { _ in first }
    for index in others.indices {
      let most = draft.loans.reduce(0) { $0 + $1.principal } / 2
      others[index].opening = Money(fen: Int64.random(in: 0...most, using: &words))
      others[index].interestRate = .percent(Int64.random(in: 0...5, using: &words))
      others[index].thresholds = words.plainFund(for: draft).thresholds
    }
    others[2].payers[0].share = .percent(31)
    return [first] + others
  }

  /// How many of the funds take from one before what plain claims add.
  private func takers(among funds: [FundDraft], in draft: ScenarioDraft) -> Int {
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 1)
    let memory = WorkingMemory()
    let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
    let claims = setups.map { LoanClaims(setup: $0, simulation: plan) }
    let tables = DrawTables(dependence: .independent)
    return withExtendedLifetime((memory, claims)) {
      let works = zip(setups, claims).map {
        FundWork(
          FundTerms(setup: $0, claims: $1, simulation: plan, tables: tables, in: memory),
          simulation: plan, alwaysExact: false, in: memory)
      }
      return works.indices.dropFirst().count { index in
        works[..<index].contains { works[index].addsClaims(like: $0) }
      }
    }
  }

  /// Every figure of every trial, beside the others and alone, trial by trial and cell by cell.
  @Test func `funds come beside others to what they come to alone`() {
    var takerCount = 0
    for seed in 0..<UInt64(Chance.trials(12, long: 400)) {
      var words = SeededWords(seed: 57_000 + seed)
      var draft = words.scenario(loanCount: seed % 2 == 0 ? 30 : 90)
      if seed % 3 == 0, let beta = QuantileTable.beta(mean: 0.5, standardDeviation: 0.2) {
        draft.recovery = RecoveryModel(
          part: .beta(beta), lag: 2...9, costs: draft.recovery.costs)
      }
      let funds = funds(&words, draft)
      takerCount += takers(among: funds, in: draft)
      for goesByCell in [false, true] {
        func figures(_ funds: [FundDraft]) -> [RunFigures] {
          let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 21, seed: seed)
          return run(
            plan, threads: 1, chunkSize: 1_000, control: RunControl(),
            options: SimulationOptions(goesByCell: goesByCell)
          ).funds.map { RunFigures($0, horizon: draft.horizon) }
        }
        let together = figures(funds)
        for (index, fund) in funds.enumerated() {
          #expect(figures([fund]) == [together[index]], "seed \(seed), fund \(index)")
        }
      }
    }
    // Otherwise nothing was shared, and nothing shown.
    #expect(takerCount > 5)
  }
}
