import CompensationKernel
import FundCore

extension FundPath {
  /// Settles one claim and divides its recovery.
  @inline(__always)
  mutating func settleClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let item = loans[Int(event.loan)]
    let loan = item.loan
    let model = hot.model >= 0 ? hot.model : loan.model.position
    let total = totalLoss(of: loan, defaultMonth: Int(event.month), model: model)
    let covered = coveredPrincipal(of: event, item, trial: trial)
    let base =
      covered == loan.principal
      ? total
      : Money(fen: total).multiplied(by: covered, over: loan.principal, rounding: .halfUp).fen
    let recoveryMonth = month &+ Int(event.lag)
    var part = event.recovery
    outcome.totalLoss += total
    outcome.outsideCover += total - base
    if recoveryMonth < hot.horizon {
      if hot.isLoaded {
        part = recovery.recoveredPart(
          of: event, factor: trial.factor(loan: event.loan, month), tables)
      }
      if total > base { recoverOutside(roundedPart(part, of: total - base)) }
    } else {
      lateRecoveries &+= 1
    }
    guard base > 0 else { return }
    let bank = Int(loan.bank)
    settle(
      Claim(
        model: model, bank: bank, account: hot.accountCount == 1 ? 0 : bank, month: month,
        base: Money(fen: base), cap: Money(fen: caps[bank &* hot.capStride &+ month]),
        recoveryMonth: recoveryMonth,
        recovered: recoveryMonth < hot.horizon
          ? Money(fen: roundedPart(part, of: base)) : .zero))
  }

  /// A claim on its way through the kernel.
  struct Claim: BitwiseCopyable {
    /// The place of the operating model.
    let model: Int
    let bank: Int
    let account: Int
    let month: Int
    let base: Money
    let cap: Money
    let recoveryMonth: Int
    /// What is recovered within the horizon.
    let recovered: Money
  }

  /// A claim and its recovery, against the balance and, for the needed capital, without limit.
  ///
  /// Until the first shortage the two are the same, and computed once.
  @inline(__always)
  private mutating func settle(_ claim: Claim) {
    var log = NoLog()
    let settlement = CompensationKernel.settle(
      loss: claim.base, under: rules[claim.model].sharing, cap: claim.cap,
      from: &purses[claim.account], log: &log)
    outcome.compensation += settlement.paid.fen
    outcome.losses += settlement.parts
    let unpaid = settlement.unpaid.fen
    if unpaid > 0 { noteShortage(unpaid, month: claim.month) }
    watch.count(settlement, bank: claim.bank, month: claim.month)
    if outcome.exhaustionMonth >= 0 || hot.isDeferred {
      settleApart(claim, settlement)
      return
    }
    capital.owe(settlement, account: claim.account, month: claim.month)
    guard claim.recovered > .zero else { return }
    let division = divideRecovery(
      claim.recovered, costs: costs(of: claim.recovered), of: settlement,
      under: rules[claim.model], log: &log)
    capital.giveBack(division, account: claim.account, month: claim.recoveryMonth)
    noteReturn(division, claim)
  }

  /// What is left to do for a claim where what is paid differs from what would be without limit,
  /// or may still change.
  @inline(never)
  private mutating func settleApart(_ claim: Claim, _ settlement: Settlement) {
    var log = NoLog()
    var unlimited = settlement
    if outcome.exhaustionMonth >= 0 {
      var purse = capital.purse
      unlimited = CompensationKernel.settle(
        loss: claim.base, under: rules[claim.model].sharing, cap: claim.cap, from: &purse,
        log: &log)
    }
    capital.owe(unlimited, account: claim.account, month: claim.month)
    if hot.isDeferred { deferred.add(claim, settlement, accounts: hot.accounts) }
    guard claim.recovered > .zero else { return }
    let costs = costs(of: claim.recovered)
    let division = divideRecovery(
      claim.recovered, costs: costs, of: unlimited, under: rules[claim.model], log: &log)
    capital.giveBack(division, account: claim.account, month: claim.recoveryMonth)
    guard !hot.isDeferred else { return }
    let actual = divideRecovery(
      claim.recovered, costs: costs, of: settlement, under: rules[claim.model], log: &log)
    let cell = claim.account * hot.horizon + claim.recoveryMonth
    let toRefunding = actual.toFund - actual.toPayingAccount
    extraToPaying[cell] += (actual.toPayingAccount - division.toPayingAccount).fen
    extraToRefunding[cell] +=
      (toRefunding - (division.toFund - division.toPayingAccount)).fen
    noteReturn(actual, claim)
  }

  /// Notes the parties' parts of a recovery.
  @inline(__always)
  private mutating func noteReturn(_ division: RecoveryDivision, _ claim: Claim) {
    outcome.losses -= division.parts
    outcome.recoveredNet += division.parts.total.fen
    if hot.tracksReturns {
      watch.expectReturn(division.toFund.fen, bank: claim.bank, month: claim.recoveryMonth)
    }
  }

  @inline(__always)
  func costs(of recovered: Money) -> Money {
    hot.costs == .zero ? .zero : recovered.multiplied(by: hot.costs, rounding: .halfUp)
  }

  /// What is recovered on the part of a loan that no programme covers is the bank's, less costs.
  private mutating func recoverOutside(_ recovered: Int64) {
    guard recovered > 0 else { return }
    let net = recovered - costs(of: Money(fen: recovered)).fen
    outcome.outsideCover -= net
    outcome.recoveredNet += net
  }

  /// Notes an amount that was owed and could not be paid for lack of balance.
  mutating func noteShortage(_ unpaid: Int64, month: Int) {
    outcome.unpaid += unpaid
    if outcome.exhaustionMonth < 0 { outcome.exhaustionMonth = Int64(month) }
  }

  /// Principal outstanding, with simple interest where the programme's base holds it.
  @inline(__always)
  private func totalLoss(of loan: PlannedLoan, defaultMonth: Int, model: Int) -> Int64 {
    let outstanding = loan.isAmortizing ? loan.outstanding(in: defaultMonth) : loan.principal
    guard hot.countsInterest(model: model) else { return outstanding }
    let rate = hot.penaltyRate >= 0 ? hot.penaltyRate : Int64(loan.rate)
    return outstanding
      + Money(fen: outstanding)
      .multiplied(by: rate * Int64(hot.delay + 1), over: 12_000_000, rounding: .halfUp).fen
  }

  /// The principal that is covered, given what happened before on this path.
  @inline(__always)
  private func coveredPrincipal(
    of event: DefaultEvent, _ item: CoveredLoan, trial: borrowing TrialContext
  ) -> Int64 {
    guard item.covered > 0, Int(event.month) <= hot.lastDefaultMonth else { return 0 }
    let loan = item.loan
    if hot.earlierDefaultRemovesCover,
      trial.firstDefault(of: loan.enterprise) < Int(loan.start)
    {
      return 0
    }
    if hot.canLoseCover,
      !watch.isCovered(loanIndex: event.loan, bank: Int(loan.bank), start: Int(loan.start))
    {
      return 0
    }
    return item.covered
  }
}

extension OperatingModel {
  /// The model's place in `OperatingModel.allCases`.
  @inline(__always)
  var position: Int {
    switch self {
    case .bank: 0
    case .guarantor: 1
    case .insurer: 2
    }
  }
}
