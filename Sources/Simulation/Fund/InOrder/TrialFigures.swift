import CompensationKernel
import FundCore

/// What a trial that is settled claim by claim comes to: its outcome, its months, and, where somebody asks,
/// what each claim moved.
struct TrialFigures {
  private let terms: FundTerms
  private var outcome = TrialOutcome()
  private let flows: FlowSums
  private let closing: UnsafeMutableBufferPointer<Int64>
  /// Compensation and fee less what came back, by month.
  private let outlays: UnsafeMutableBufferPointer<Int64>
  /// What was paid in all before the month.
  private var paidBefore: Int64 = 0
  /// Takes what each claim moved; `nil` if nobody asks.
  private let journal: ClaimJournal?

  init(_ terms: FundTerms, journal: ClaimJournal?, in memory: WorkingMemory) {
    self.terms = terms
    self.journal = journal
    flows = FlowSums(horizon: terms.hot.horizon, in: memory)
    closing = memory.table(0, count: terms.hot.horizon)
    outlays = memory.table(0, count: terms.hot.horizon)
  }

  /// Forgets the trial before.
  mutating func begin(_ defaults: TrialDefaults) {
    outcome = TrialOutcome()
    outcome.defaults = Int64(defaults.count)
    outcome.lowest = terms.hot.opening
    outcome.lateClaims =
      defaults.count - defaults.offsets[max(0, terms.hot.horizon - terms.hot.delay)]
    paidBefore = 0
    journal?.begin()
  }
}

// Losses: what of them is divided, and what lies outside cover.
extension TrialFigures {
  /// Finds the loss of a default whose claim is settled only now.
  ///
  /// - Parameter covered: What is covered of the loan; `nil` if it has no cover.
  mutating func loss(
    of event: DefaultEvent, month: Int, covered: Int64?, trial: borrowing TrialContext
  ) -> ClaimLoss {
    let before = outcome.outside
    let loss = terms.loss(
      of: event, month: month, covered: covered, in: &outcome, trial: trial)
    journal?.noteOutside(from: before, to: outcome.outside, loan: event.loan)
    return loss
  }

  /// Finds what of a loss is divided on which nothing more comes in.
  mutating func lossBase(
    of total: Int64, _ event: DefaultEvent, covered: Int64?, trial: borrowing TrialContext
  ) -> Int64 {
    let before = outcome.outside
    let base = terms.lossBase(of: total, event, covered: covered, in: &outcome, trial: trial)
    journal?.noteOutside(from: before, to: outcome.outside, loan: event.loan)
    return base
  }

  /// Notes a loss whose base is known, and finds what is recovered of it.
  ///
  /// - Parameter reason: Why what is none of the base lies outside cover.
  @inline(__always)
  mutating func loss(
    _ parts: LossParts, of event: DefaultEvent, month: Int, outside reason: OutsideReason,
    trial: borrowing TrialContext
  ) -> ClaimLoss {
    outcome.noteLoss(parts.total, base: parts.base) { reason }
    if let journal, parts.total > parts.base {
      journal.noteOutside(parts.total - parts.base, reason, loan: event.loan)
    }
    return terms.recover(parts, of: event, month: month, in: &outcome, trial: trial)
  }

  /// Counts what of a loss from before the run lies outside cover.
  mutating func noteOutside(_ fen: Int64) {
    outcome.totalLoss += fen
    outcome.outsideCover += fen
  }

  /// Counts what comes in on a loss outside cover.
  mutating func recoverOutside(_ fen: Int64) { terms.recoverOutside(fen, in: &outcome) }

  /// Counts what the parties had borne of a loss by the day on which the run begins.
  mutating func noteBorne(_ parts: PartyAmounts) {
    outcome.totalLoss += parts.total.fen
    outcome.losses += parts
  }

  /// Notes a claim, or a recovery, that falls after the horizon.
  mutating func noteLateClaim() { outcome.lateClaims += 1 }
  mutating func noteLateRecovery() { outcome.lateRecoveries &+= 1 }
}

// Claims and their recoveries.
extension TrialFigures {
  /// Notes a claim that is paid in full, by its few amounts; nothing of its loss lies outside cover.
  @inline(__always)
  mutating func notePaid(_ claim: SmallSoleClaim) {
    outcome.totalLoss &+= claim.lossBase
    outcome.compensation &+= claim.owed
    outcome.losses.add(claim)
  }

  /// Notes what comes back on such a claim.
  @inline(__always)
  mutating func noteReturn(_ division: SmallSoleDivision) {
    outcome.losses.takeOff(division)
    outcome.recoveredNet &+= division.toFund &+ division.toBank
  }

  /// Notes a settlement.
  ///
  /// - Parameter unlimited: The same if balances did not limit payments.
  @inline(__always)
  mutating func note(_ settlement: Settlement, unlimited: Settlement, loan: Int32, month: Int) {
    outcome.compensation += settlement.paid.fen
    outcome.losses += settlement.parts
    if settlement.unpaid > .zero { outcome.noteShortage(settlement.unpaid.fen, month: month) }
    journal?.note(unlimited, paid: settlement.paid.fen, loan: loan, month: month)
  }

  /// Notes what would come back to the fund on a claim if balances did not limit payments.
  @inline(__always)
  func noteUnlimitedReturn(_ toFund: Money, loan: Int32, month: Int) {
    journal?.note(.returned, toFund.fen, loan: loan, month: month)
  }

  /// Notes the parties' parts of a recovery.
  @inline(__always)
  mutating func noteReturn(_ parts: PartyAmounts) { outcome.noteReturn(parts) }

  /// Notes what waits for money when the run begins: it counts as owed then, and as unpaid until it is paid.
  mutating func noteWaiting(_ rest: Money, owed: Money, loan: Int32) {
    outcome.unpaid += rest.fen
    journal?.note(.owed, owed.fen, loan: loan, month: 0)
  }
}

// Months.
extension TrialFigures {
  /// Notes interest and new money.
  @inline(__always)
  mutating func note(interest: Int64, injected: Int64, filledUp: Int64) {
    outcome.interest += interest
    outcome.injected += injected
    outcome.filledUp += filledUp
  }

  /// Takes what deferred claims move at the beginning of a month; returns what came back.
  mutating func take(
    _ deferred: inout DeferredFlows, _ month: Int, from accounts: FundAccounts,
    watch: inout ThresholdWatch
  ) -> Int64 {
    deferred.take(month, accounts: accounts, outcome: &outcome, watch: &watch)
  }

  /// Notes what came back in a month.
  @inline(__always)
  mutating func note(returned: Int64, month: Int) {
    outcome.returned += returned
    flows.returned[month] = returned
  }

  /// Notes what went back to the contributors.
  mutating func note(givenBack: Int64) { outcome.givenBack += givenBack }

  /// Notes how a month closes.
  @inline(__always)
  mutating func close(_ month: Int, fee: Int64, balance: Int64) {
    let paid = outcome.compensation - paidBefore
    paidBefore = outcome.compensation
    outcome.fees += fee
    flows.paid[month] = paid
    outlays[month] = paid + fee - flows.returned[month]
    closing[month] = balance
    outcome.lowest = min(outcome.lowest, balance)
  }

  /// Ends the trial, and leaves the defaults of loans that were not made out of its figures.
  mutating func end(_ defaults: TrialDefaults, closing: Int64, neededCapital: Int64) {
    (outcome.closing, outcome.neededCapital) = (closing, neededCapital)
    let (stopped, hot) = (terms.stopped, terms.hot)
    guard !stopped.isEmpty else { return }
    for event in defaults.ordered[0..<defaults.count] where stopped.contains(event.loan) {
      outcome.defaults -= 1
      if Int(event.month) >= hot.horizon - hot.delay { outcome.lateClaims -= 1 }
    }
    stopped.note(in: &outcome)
  }
}

// What is told of the trial.
extension TrialFigures {
  /// New money so far, with what filling up has given.
  var putIn: Int64 { outcome.injected + outcome.filledUp }

  /// Compensation, returns and closing balance by month.
  var months: [(paid: Int64, returned: Int64, closing: Int64)] {
    closing.indices.map { (flows.paid[$0], flows.returned[$0], closing[$0]) }
  }

  /// Leaves the figures so far behind, where the years of the trial are asked for.
  @inline(__always)
  func leave(in notes: MonthNotes, _ month: Int, _ accounts: FundAccounts) {
    notes.end(month, outcome, closing: closing[month], accounts)
  }

  /// Hands the figures to the tally, and writes the trial's row.
  mutating func record(
    into tally: inout FundTally, yearEnds: UnsafeMutableBufferPointer<Int64>, _ place: TrialPlace
  ) {
    tally.add(flows)
    tally.count(closing, binsPerFen: terms.hot.binsPerFen)
    tally.add(&outcome, yearEnds, opening: terms.hot.opening)
    place.table.write(&outcome, closing, losses: terms.setup.places, trial: place.row)
    if let fillUps = terms.fillUps {
      place.table.writeFilledUp(fillUps.byYear, trial: place.row)
    }
  }

  /// Writes what the fund cost.
  mutating func write(_ costs: FundCosts, _ cost: TrialCost, to place: TrialPlace) {
    costs.write(&outcome, cost, outlays: outlays, to: place)
  }

  /// Divides the trial among groups of loans.
  ///
  /// - Parameter settingMonth: The month that sets a needed capital.
  func split(
    by groups: GroupPlaces, into row: inout TrialSplit, through settingMonth: (Int64) -> Int
  ) {
    row.reset()
    guard let journal else { return }
    row.compensation = outcome.compensation
    row.neededCapital = outcome.neededCapital
    row.exhaustionMonth = Int(outcome.exhaustionMonth)
    journal.split(by: groups, through: settingMonth(outcome.neededCapital), into: &row)
  }

  /// Writes what lay outside cover, and what thresholds cost.
  func splitOutside(into split: inout OutsideSplit, watch: inout ThresholdWatch) {
    split.reset()
    journal?.splitOutside(into: &split, under: terms, watch: &watch)
  }
}
