import CompensationKernel
import FundCore

extension InOrderPath {
  /// Forgets the trial before.
  mutating func begin(_ defaults: TrialDefaults) {
    outcome = TrialOutcome()
    outcome.defaults = Int64(defaults.count)
    outcome.lowest = hot.opening
    outcome.lateClaims = defaults.count - defaults.offsets[max(0, hot.horizon - hot.delay)]
    accounts.open()
    capital.reset()
    watch.forgetBreaches()
    watch.reset()
    deferred.reset()
    realised.reset()
    support?.reset()
    journal?.begin()
    aggregates?.reset()
    coverLimit?.reset()
    moneyCourse?.reset()
  }

  /// Takes in what comes back in a month.
  @inline(__always)
  mutating func takeRecoveries(_ month: Int) {
    let returned =
      hot.isDeferred
      ? deferred.take(month, accounts: accounts, outcome: &outcome, watch: &watch)
      : accounts.receive(capital, month: month)
    outcome.returned += returned
    flows.returned[month] = returned
  }

  /// Hands the figures of the trial to the tally, and writes its row.
  mutating func record(into tally: inout FundTally, row: Int, of table: OutcomeTable) {
    tally.add(flows)
    tally.count(closing, binsPerFen: hot.binsPerFen)
    tally.add(&outcome, accounts.yearEnds, opening: hot.opening)
    watch.record(into: &tally)
    table.write(&outcome, closing, losses: terms.setup.places, trial: row)
    table.writeCapital(trial: row) { capital.needed(through: terms.inForce($0)) }
    if let fillUps = terms.fillUps { table.writeFilledUp(fillUps.byYear, trial: row) }
    watch.record(trial: row, into: table)
    if let costs, let cost {
      costs.write(&outcome, cost, outlays: outlays, to: TrialPlace(table: table, row: row))
    }
  }

  /// Leaves the defaults of loans that were not made out of the trial's figures.
  mutating func noteStopped(_ defaults: TrialDefaults) {
    guard !watch.stopped.isEmpty else { return }
    for event in defaults.ordered[0..<defaults.count] where watch.stopped.contains(event.loan) {
      outcome.defaults -= 1
      if Int(event.month) >= hot.horizon - hot.delay { outcome.lateClaims -= 1 }
    }
    watch.stopped.note(in: &outcome)
  }

  /// Notes the parties' parts of a recovery.
  @inline(__always)
  mutating func noteReturn(_ division: RecoveryDivision, of claim: InOrderClaim) {
    outcome.noteReturn(division.parts)
    if hot.tracksReturns {
      watch.expectReturn(division.toFund.fen, bank: claim.bank, month: claim.loss.recoveryMonth)
    }
  }
}
