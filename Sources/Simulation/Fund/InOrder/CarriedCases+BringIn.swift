import CompensationKernel
import FundCore

// How a run that goes on from a day takes in what is open.
extension CarriedCases {
  /// Brings in what is open: money that comes back goes into its month, claims fall due, what waits waits.
  mutating func bringIn(
    to funds: inout InOrderBook, watch: inout ThresholdWatch, trial: borrowing TrialContext
  ) {
    let drawn = draw(trial)
    var numbers = [Int32](repeating: -1, count: drawn.count)
    for (place, item) in drawn.enumerated() {
      clear(item, watch: &watch)
      switch item.item.stage {
      case .overdue(let isInForce):
        add(item.claim(isInForce), month: item.item.claimMonth, to: &funds.figures)
      case .realising(let isInForce):
        let month = item.realisationMonth
        add(item.realisedClaim(isInForce), month: month, to: &funds.figures)
      case .uncovered: recoverOutside(item, base: 0, in: &funds.figures)
      case .settled(let settlement, let before):
        recoverOutside(item, base: settlement.lossBase.fen, in: &funds.figures)
        numbers[place] = bringIn(item, settlement, before, to: &funds, watch: &watch)
      }
    }
    for place in book.waiting where numbers[place] >= 0 { funds.wait(numbers[place]) }
    for refund in book.refunds where numbers[refund.place] >= 0 {
      guard case .settled(let settlement, _) = book.cases[refund.place].stage else { continue }
      funds.expectRefund(
        settlement.refundOwed - settlement.refunded, of: numbers[refund.place], month: refund.month)
    }
  }

  /// What counts as overdue does so until its recovery comes or it is written off.
  private func clear(_ drawn: Drawn, watch: inout ThresholdWatch) {
    guard drawn.item.overdue > 0 else { return }
    var month = drawn.arrival ?? terms.hot.horizon
    if let writeOff = terms.hot.writeOffMonths {
      month = min(month, drawn.item.overdueMonth + writeOff)
    }
    guard month < terms.hot.horizon else { return }
    watch.clearing.add(drawn.item.overdue, bank: bank(of: drawn), month: max(0, month))
  }

  private func bank(of drawn: Drawn) -> Int { Int(terms.loans[Int(drawn.item.loan)].bank) }

  // MARK: Claims to come

  private mutating func add(_ due: Due, month: Int, to figures: inout TrialFigures) {
    guard due.total > 0 else { return }
    if month < terms.hot.horizon { add(due, month: month) } else { figures.noteLateClaim() }
  }

  /// Settles a claim on a loss from before the run.
  func settle(
    _ due: Due, in funds: inout InOrderBook, month: Int, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    let covered = due.isInForce ? terms.coveredPrincipal(due.event.loan, watch: &watch) : nil
    let base = terms.hot.lossBase(
      of: due.total, covered: covered ?? 0, loan: terms.loans[Int(due.event.loan)])
    let loss = funds.figures.loss(
      LossParts(total: due.total, base: base), of: due.event, month: month,
      outside: due.isInForce ? covered == 0 ? .neverCovered : .beyondBase : .notInForce,
      trial: trial)
    guard base > 0 else { return }
    funds.settle(loss, of: due.event, month: month, watch: &watch)
  }

  // MARK: Claims that were made

  /// Counts what of a claimed loss lies outside cover, and what comes in on that.
  private func recoverOutside(_ drawn: Drawn, base: Int64, in figures: inout TrialFigures) {
    let outside = drawn.item.total - base
    guard outside > 0 else { return }
    let received = roundedPart(drawn.item.received, of: outside)
    figures.noteOutside(outside)
    figures.recoverOutside(received)
    guard let month = drawn.arrival else { return }
    if month < terms.hot.horizon {
      figures.recoverOutside(roundedPart(drawn.part, of: outside) - received)
    } else if base == 0 {
      figures.noteLateRecovery()
    }
  }

  /// Brings in a claim that was divided; returns its number among the deferred ones, −1 where none are.
  private func bringIn(
    _ drawn: Drawn, _ settlement: Settlement, _ before: RecoveredBefore,
    to funds: inout InOrderBook, watch: inout ThresholdWatch
  ) -> Int32 {
    let (item, base) = (drawn.item, settlement.lossBase.fen)
    var borne = settlement.parts
    borne -= before.parts
    funds.figures.noteBorne(borne)
    var recovered = Money.zero
    let month = drawn.arrival ?? terms.hot.horizon
    if month < terms.hot.horizon {
      recovered = Money(
        fen: roundedPart(drawn.part, of: base) - roundedPart(item.received, of: base))
    } else if drawn.lag != nil {
      funds.figures.noteLateRecovery()
    }
    let claim = InOrderClaim(
      loan: item.loan, model: item.rule, bank: bank(of: drawn), account: item.account,
      month: item.claimMonth, cap: .zero,
      loss: ClaimLoss(base: settlement.lossBase, recoveryMonth: month, recovered: recovered))
    let full = paidInFull(settlement, of: item)
    if let full { owe(full, of: item, settlement, in: &funds) }
    if recovered > .zero {
      var log = NoLog()
      let division = divideRecovery(
        recovered, costs: terms.costs(of: recovered), of: full ?? settlement,
        under: terms.rules[item.rule], before: before, log: &log)
      funds.expect(division, on: claim, &watch)
    }
    return funds.bringIn(claim, settlement, before: before)
  }

  /// Lets what is still owed on a claim count as owed when the run begins, and as unpaid until it is paid.
  private func owe(
    _ full: Settlement, of item: CarriedCase, _ settlement: Settlement,
    in funds: inout InOrderBook
  ) {
    var rest = Settlement(lossBase: settlement.lossBase)
    rest.owed = full.paid - settlement.paid
    rest.refundOwed = full.refundOwed - settlement.refundOwed
    funds.oweAtStart(rest, account: item.account)
    funds.figures.noteWaiting(
      settlement.owed - settlement.paid, owed: rest.owed, loan: item.loan)
  }

  /// A claim as it stands once what it waits for is paid, which counts as owed when the run begins; `nil` where it
  /// waits for nothing.
  private func paidInFull(_ settlement: Settlement, of item: CarriedCase) -> Settlement? {
    guard terms.setup.plan.cash.unpaidWaits, settlement.paid < settlement.owed else { return nil }
    var full = settlement
    var purse = FundPurse(
      FundAccount(paying: .zero), rule: terms.hot.accounts, isLimited: false)
    _ = purse.payWaiting(&full)
    return full
  }
}

extension CarriedCases.Drawn {
  /// The claim that falls due at the delay.
  fileprivate func claim(_ isInForce: Bool) -> CarriedCases.Due {
    CarriedCases.Due(
      event: event(lag: lag ?? 0, recovery: lag == nil ? 0 : recovery), total: item.total,
      isInForce: isInForce)
  }

  /// What is recovered before a claim that waits for it.
  private var realised: Int64 { lag == nil ? 0 : roundedPart(part, of: item.total) }

  /// When a claim falls due that waits for its recovery.
  fileprivate var realisationMonth: Int {
    realised > 0 ? arrival ?? 0 : max(0, item.claimMonth)
  }

  /// A claim that waits for its recovery is for what is then lost (I-52): nothing comes in after it.
  fileprivate func realisedClaim(_ isInForce: Bool) -> CarriedCases.Due {
    CarriedCases.Due(
      event: event(lag: 0, recovery: 0), total: item.total - realised, isInForce: isInForce)
  }
}
