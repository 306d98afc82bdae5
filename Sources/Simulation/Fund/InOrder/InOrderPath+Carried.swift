import CompensationKernel
import FundCore

// What a fund brings into a run that goes on from a day.
extension InOrderPath {
  /// Brings in what is open: money that comes back goes into its month, claims fall due, what waits waits.
  mutating func bringIn(_ trial: borrowing TrialContext) {
    guard let drawn = carried?.draw(trial), let book = carried?.book else { return }
    var records = [Int32](repeating: -1, count: drawn.count)
    for (place, item) in drawn.enumerated() {
      clear(item)
      switch item.item.stage {
      case .overdue(let isInForce): fallDue(item, isInForce)
      case .realising(let isInForce): realise(item, isInForce)
      case .uncovered: recoverOutside(item, base: 0)
      case .settled(let settlement, let before):
        recoverOutside(item, base: settlement.lossBase.fen)
        records[place] = bringIn(item, settlement, before)
      }
    }
    for place in book.waiting where records[place] >= 0 { deferred.wait(records[place]) }
    for refund in book.refunds where records[refund.place] >= 0 {
      deferred.expectRefund(of: records[refund.place], month: refund.month)
      if case .settled(let settlement, _) = book.cases[refund.place].stage {
        capital.expectRefund(settlement.refundOwed - settlement.refunded, month: refund.month)
      }
    }
  }

  /// What counts as overdue does so until its recovery comes or it is written off.
  private mutating func clear(_ drawn: CarriedCases.Drawn) {
    guard drawn.item.overdue > 0 else { return }
    var month = drawn.arrival ?? hot.horizon
    if let writeOff = hot.writeOffMonths { month = min(month, drawn.item.overdueMonth + writeOff) }
    guard month < hot.horizon else { return }
    watch.clearing.add(drawn.item.overdue, bank: bank(of: drawn), month: max(0, month))
  }

  private func bank(of drawn: CarriedCases.Drawn) -> Int {
    Int(terms.loans[Int(drawn.item.loan)].bank)
  }

  // MARK: Claims to come

  private mutating func fallDue(_ drawn: CarriedCases.Drawn, _ isInForce: Bool) {
    let event = drawn.event(lag: drawn.lag ?? 0, recovery: drawn.lag == nil ? 0 : drawn.recovery)
    add(
      CarriedCases.Due(event: event, total: drawn.item.total, isInForce: isInForce),
      month: drawn.item.claimMonth)
  }

  /// A claim that waits for its recovery is for what is then lost (I-52): nothing comes in after it.
  private mutating func realise(_ drawn: CarriedCases.Drawn, _ isInForce: Bool) {
    let recovered = drawn.lag == nil ? 0 : roundedPart(drawn.part, of: drawn.item.total)
    add(
      CarriedCases.Due(
        event: drawn.event(lag: 0, recovery: 0), total: drawn.item.total - recovered,
        isInForce: isInForce),
      month: recovered > 0 ? drawn.arrival ?? 0 : max(0, drawn.item.claimMonth))
  }

  private mutating func add(_ due: CarriedCases.Due, month: Int) {
    guard due.total > 0 else { return }
    if month < hot.horizon {
      carried?.add(due, month: month)
    } else {
      outcome.lateClaims += 1
    }
  }

  /// Settles those of a month's claims on losses from before the run that come before a loan's.
  @inline(__always)
  mutating func settle(
    _ due: inout ArraySlice<CarriedCases.Due>, before loan: Int32, month: Int,
    trial: borrowing TrialContext
  ) {
    while let first = due.first, first.event.loan < loan {
      settle(due.removeFirst(), month: month, trial: trial)
    }
  }

  /// Settles a claim on a loss from before the run.
  private mutating func settle(
    _ due: CarriedCases.Due, month: Int, trial: borrowing TrialContext
  ) {
    let covered =
      due.isInForce ? terms.coveredPrincipal(due.event.loan, watch: &watch) : nil
    let base = hot.lossBase(
      of: due.total, covered: covered ?? 0, loan: terms.loans[Int(due.event.loan)])
    let outside = outcome.outside
    outcome.noteLoss(due.total, base: base) {
      due.isInForce ? covered == 0 ? .neverCovered : .beyondBase : .notInForce
    }
    journal?.noteOutside(from: outside, to: outcome.outside, loan: due.event.loan)
    let loss = terms.recover(
      LossParts(total: due.total, base: base), of: due.event, month: month, in: &outcome,
      trial: trial)
    guard base > 0 else { return }
    settle(loss, of: due.event, month: month, unlimited: nil)
  }

  // MARK: Claims that were made

  /// Counts what of a claimed loss lies outside cover, and what comes in on that.
  private mutating func recoverOutside(_ drawn: CarriedCases.Drawn, base: Int64) {
    let outside = drawn.item.total - base
    guard outside > 0 else { return }
    let received = roundedPart(drawn.item.received, of: outside)
    outcome.totalLoss += outside
    outcome.outsideCover += outside
    terms.recoverOutside(received, in: &outcome)
    guard let month = drawn.arrival else { return }
    if month < hot.horizon {
      terms.recoverOutside(roundedPart(drawn.part, of: outside) - received, in: &outcome)
    } else if base == 0 {
      outcome.lateRecoveries += 1
    }
  }

  /// Brings in a claim that was divided; returns its number among the deferred ones, −1 where none are.
  private mutating func bringIn(
    _ drawn: CarriedCases.Drawn, _ settlement: Settlement, _ before: RecoveredBefore
  ) -> Int32 {
    let (item, base) = (drawn.item, settlement.lossBase.fen)
    outcome.totalLoss += (settlement.parts.total - before.parts.total).fen
    outcome.losses += settlement.parts
    outcome.losses -= before.parts
    var recovered = Money.zero
    let month = drawn.arrival ?? hot.horizon
    if month < hot.horizon {
      recovered = Money(
        fen: roundedPart(drawn.part, of: base) - roundedPart(item.received, of: base))
    } else if drawn.lag != nil {
      outcome.lateRecoveries += 1
    }
    let claim = InOrderClaim(
      loan: item.loan, model: item.rule, bank: bank(of: drawn), account: item.account,
      month: item.claimMonth,
      cap: .zero,
      loss: ClaimLoss(base: settlement.lossBase, recoveryMonth: month, recovered: recovered))
    let full = paidInFull(settlement, of: item)
    if recovered > .zero {
      var log = NoLog()
      let division = divideRecovery(
        recovered, costs: terms.costs(of: recovered), of: full, under: terms.rules[item.rule],
        before: before, log: &log)
      capital.giveBack(division, account: item.account, month: month)
      journal?.note(.returned, division.toFund.fen, loan: item.loan, month: month)
      if !hot.isDeferred { noteReturn(division, of: claim) }
    }
    return hot.isDeferred ? deferred.bringIn(claim, settlement, before: before) : -1
  }

  /// A claim as it stands once what it waits for is paid, which counts as owed when the run begins.
  private mutating func paidInFull(_ settlement: Settlement, of item: CarriedCase) -> Settlement {
    guard terms.setup.plan.cash.unpaidWaits, settlement.paid < settlement.owed else {
      return settlement
    }
    outcome.unpaid += (settlement.owed - settlement.paid).fen
    var full = settlement
    var purse = FundPurse(FundAccount(paying: .zero), rule: hot.accounts, isLimited: false)
    _ = purse.payWaiting(&full)
    var rest = Settlement(lossBase: settlement.lossBase)
    rest.owed = full.paid - settlement.paid
    rest.refundOwed = full.refundOwed - settlement.refundOwed
    capital.owe(rest, account: item.account, month: 0)
    journal?.note(.owed, rest.owed.fen, loan: item.loan, month: 0)
    return full
  }
}
