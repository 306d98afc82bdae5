import CompensationKernel
import FundCore

extension FundPath {
  /// Settles one claim and divides its recovery.
  mutating func settleClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext, _ tally: inout FundTally
  ) {
    let loan = loans[Int(event.loan)]
    let model = hot.model >= 0 ? hot.model : loan.model.position
    let total = totalLoss(of: loan, defaultMonth: Int(event.month), model: model)
    let covered = coveredPrincipal(of: event, loan: loan, trial: trial)
    let base =
      covered == loan.principal
      ? total
      : Money(fen: total).multiplied(by: covered, over: loan.principal, rounding: .halfUp).fen
    let part =
      hot.isLoaded
      ? recovery.recoveredPart(of: event, factor: trial.factor(loan: event.loan, month), tables)
      : event.recovery
    let recoveryMonth = month + Int(event.lag)

    outcome.totalLoss += total
    outcome.outsideCover += total - base
    if recoveryMonth < horizon {
      if total > base { recoverOutside(roundedPart(part, of: total - base)) }
    } else {
      tally.recoveriesAfterHorizon += 1
    }
    guard base > 0 else { return }
    let account = accountCount == 1 ? 0 : Int(loan.bank)
    let claim = Claim(
      event: event, bank: Int(loan.bank), account: account, month: month, base: Money(fen: base),
      cap: cap(bank: Int(loan.bank), month: month), recoveryMonth: recoveryMonth,
      recovered: Money(fen: roundedPart(part, of: base)))
    settle(claim, under: rules[model])
  }

  /// A claim on its way through the kernel.
  struct Claim {
    let event: DefaultEvent
    let bank: Int
    let account: Int
    let month: Int
    let base: Money
    let cap: Money
    let recoveryMonth: Int
    let recovered: Money
  }

  @inline(__always)
  private mutating func settle(_ claim: Claim, under rules: ClaimRulesInForce) {
    var log = NoLog()
    let settlement = CompensationKernel.settle(
      loss: claim.base, under: rules.sharing, cap: claim.cap, from: &purses[claim.account],
      log: &log)
    outcome.compensation += settlement.paid.fen
    outcome.losses += settlement.parts
    let unpaid = settlement.unpaid.fen
    if unpaid > 0 { noteShortage(unpaid, month: claim.month) }
    watch.count(settlement, bank: claim.bank, month: claim.month)

    var unlimited = settlement
    if outcome.exhaustionMonth >= 0 {
      // From the first shortage on, what would be paid differs from what is.
      var purse = capital.purse
      unlimited = CompensationKernel.settle(
        loss: claim.base, under: rules.sharing, cap: claim.cap, from: &purse, log: &log)
    }
    capital.owe(unlimited, account: claim.account, month: claim.month)
    if hot.isDeferred {
      deferred.add(claim, settlement, rules: rules, horizon: horizon)
    }
    guard claim.recovered > .zero, claim.recoveryMonth < horizon else { return }
    let costs = hot.costs == .zero
      ? .zero : claim.recovered.multiplied(by: hot.costs, rounding: .halfUp)
    let division = divideRecovery(
      claim.recovered, costs: costs, of: unlimited, under: rules, log: &log)
    capital.giveBack(division, account: claim.account, month: claim.recoveryMonth)
    guard !hot.isDeferred else { return }
    if outcome.exhaustionMonth < 0 {
      takeBack(division, claim)
    } else {
      takeBack(
        divideRecovery(claim.recovered, costs: costs, of: settlement, under: rules, log: &log),
        claim)
    }
  }

  /// Notes the parties' parts of a recovery and when the fund's flows in.
  private mutating func takeBack(_ division: RecoveryDivision, _ claim: Claim) {
    let cell = claim.account * horizon + claim.recoveryMonth
    returnedToPaying[cell] += division.toPayingAccount.fen
    returnedToRefunding[cell] += (division.toFund - division.toPayingAccount).fen
    outcome.losses -= division.parts
    outcome.recoveredNet += division.parts.total.fen
    if hot.tracksReturns {
      watch.expectReturn(division.toFund.fen, bank: claim.bank, month: claim.recoveryMonth)
    }
  }

  /// What is recovered on the part of a loan that no programme covers is the bank's, less costs.
  @inline(__always)
  private mutating func recoverOutside(_ recovered: Int64) {
    guard recovered > 0 else { return }
    let costs = hot.costs == .zero
      ? 0 : Money(fen: recovered).multiplied(by: hot.costs, rounding: .halfUp).fen
    outcome.outsideCover -= recovered - costs
    outcome.recoveredNet += recovered - costs
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
    of event: DefaultEvent, loan: PlannedLoan, trial: borrowing TrialContext
  ) -> Int64 {
    let principal = coveredPrincipal[Int(event.loan)]
    guard principal > 0, Int(event.month) <= hot.lastDefaultMonth else { return 0 }
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
    return principal
  }

  @inline(__always)
  private func cap(bank: Int, month: Int) -> Money {
    caps.isEmpty ? Money(fen: .max) : Money(fen: caps[bank * hot.capStride + month])
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
