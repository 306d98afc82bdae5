import CompensationKernel
import FundCore
@testable import ScenarioInput
@testable import Simulation

/// Settles given defaults in place of drawn ones, claim by claim: a trial whose future is certain.
struct CertainFuture {
  let plan: SimulationPlan
  let trial: Int

  /// What each fund of the plan comes to.
  ///
  /// - Parameter events: The defaults of the run. Losses that funds bring in are drawn like those of the trial.
  func settle(_ events: [DefaultEvent]) -> [TrialHistory.Fund] {
    let memory = WorkingMemory()
    let tables = DrawTables(dependence: plan.defaults.factors.dependence)
    // Each loan by its position, and nobody.
    let loans = plan.portfolio.identities.enumerated().map {
      DefaultWalk.Candidate(identity: $0.element, loan: Int32($0.offset), month: 0)
    }
    let defaults = TrialDefaults(
      candidates: CandidateTable(
        loans + [DefaultWalk.Candidate(identity: 0, loan: 0, month: 0)]),
      periodCount: plan.defaults.periodCount, horizon: plan.horizon, in: memory)
    defaults.reset()
    for (place, event) in events.enumerated() {
      defaults.places[place] = DefaultPlace(
        number: UInt32(event.loan), month: event.month, lag: event.lag, part: event.recovery)
    }
    (defaults.placeCount, defaults.count) = (events.count, events.count)
    var context = TrialContext(plan: plan, in: memory)
    context.begin(trial: trial)
    context.note(defaults, stamp: 1)
    let outcomes = plan.outcomeTables(trialCount: 1)
    return plan.funds.enumerated().compactMap { index, fund in
      let setup = FundSetup(plan: fund, simulation: plan)
      let claims = LoanClaims(setup: setup, simulation: plan)
      let terms = FundTerms(
        setup: setup, claims: claims, simulation: plan, tables: tables, in: memory)
      var work = FundWork(terms, simulation: plan, alwaysExact: true, in: memory)
      var tally = FundTally(setup, horizon: plan.horizon)
      outcomes[index].begin(rows: 0..<1)
      work.add(
        defaults, trial: context, into: &tally, TrialPlace(table: outcomes[index], row: 0))
      precondition(tally.unbalancedTrials == 0 && tally.undividedTrials == 0, "money adds up")
      return withExtendedLifetime((memory, claims)) { work.history(row: outcomes[index]) }
    }
  }
}

extension CarriedBook {
  /// What was borne by the day of the losses that are still open, by place and outside cover.
  var borne: (parts: PartyAmounts, outside: Int64) {
    cases.reduce(into: (PartyAmounts(), 0)) { sum, item in
      switch item.stage {
      case .uncovered: sum.1 += item.total
      case .settled(let settlement, let before):
        sum.0 += settlement.parts
        sum.0 -= before.parts
        sum.1 += item.total - settlement.lossBase.fen
      case .overdue, .realising: break
      }
    }
  }

  /// What waits for money.
  var waitingAmount: Int64 {
    waiting.reduce(0) { sum, place in
      guard case .settled(let settlement, _) = cases[place].stage else { return sum }
      return sum + (settlement.owed - settlement.paid).fen
    }
  }
}
