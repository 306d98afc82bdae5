import CompensationKernel
import FundCore

// Methods that look only, yet are called for every claim, are `mutating`: the path is then passed by
// address, and not copied. Sums that cannot overflow are taken without a check.
extension FundPath {
  /// Settles one claim and divides its recovery: a plain one the short way.
  @inline(__always)
  mutating func settleClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let claim = plainClaims[Int(event.loan)]
    let (owed, base, bank) = (Int64(claim.owed), Int64(claim.lossBase), Int(claim.bank))
    guard let sole, event.month <= claim.lastMonth, purses[0].account.paying.fen >= owed,
      isCovered(event, bank: bank, start: Int(claim.start), trial: trial)
    else {
      settleAnyClaim(event, month: month, trial: trial)
      return
    }
    purses[0].account.paying.fen &-= owed
    outcome.totalLoss &+= base
    outcome.compensation &+= owed
    outcome.losses[.fund].fen &+= owed
    outcome.losses[.bank].fen &+= base &- owed
    watch.count(owed: owed, paid: owed, bank: bank, month: month)
    capital.outflow[month] &+= owed
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else {
      lateRecoveries &+= 1
      return
    }
    let part =
      hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
    let recovered = Money(fen: roundedPart(part, of: base))
    let division = sole.divide(
      recovered, costs: costs(of: recovered), lossBase: Money(fen: base), paid: Money(fen: owed))
    capital.inflow[arrival] &+= division.fund.fen
    outcome.losses[.fund].fen &-= division.fund.fen
    outcome.losses[.bank].fen &-= division.bank.fen
    outcome.recoveredNet &+= division.fund.fen &+ division.bank.fen
    if hot.tracksReturns { watch.expectReturn(division.fund.fen, bank: bank, month: arrival) }
  }

  /// Settles any claim and divides its recovery.
  ///
  /// A claim that was settled beforehand, is covered and finds enough money needs no more than to
  /// be paid; all others take the whole way.
  @inline(never)
  private mutating func settleAnyClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let index = Int(event.loan)
    guard !plainClaims[index].isUnfixed else {
      settleUnfixed(event, month: month, trial: trial)
      return
    }
    let bank = Int(claims[index].bank)
    let account = hot.accountCount == 1 ? 0 : bank
    let isCovered =
      Int(event.month) <= hot.lastDefaultMonth
      && isCovered(event, bank: bank, start: Int(claims[index].start), trial: trial)
    guard claims[index].isFixed, isCovered, purses[account].payInFull(claims[index].settled)
    else {
      settleAnew(event, month: month, isCovered: isCovered, trial: trial)
      return
    }
    let settled = claims[index].settled
    outcome.totalLoss &+= claims[index].total
    outcome.compensation &+= settled.paid.fen
    outcome.losses += settled.parts
    watch.count(owed: settled.owed.fen, paid: settled.paid.fen, bank: bank, month: month)
    capital.owe(settled, account: account, month: month)
    let recoveryMonth = month &+ Int(event.lag)
    let outside = claims[index].total &- settled.lossBase.fen
    outcome.outsideCover &+= outside
    if outside > 0 { outcome.outside.note(outside, .beyondBase) }
    var recovered = Money.zero
    if recoveryMonth < hot.horizon {
      let part =
        hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
      recovered = Money(fen: roundedPart(part, of: settled.lossBase.fen))
      if outside > 0 { recoverOutside(roundedPart(part, of: outside)) }
    } else {
      lateRecoveries &+= 1
    }
    if hot.isDeferred {
      deferred.add(
        Claim(
          model: Int(claims[index].model), bank: bank, account: account, month: month,
          base: settled.lossBase, cap: .zero, recoveryMonth: recoveryMonth, recovered: recovered),
        settled, accounts: hot.accounts)
    }
    guard recovered > .zero else { return }
    let division = division(recovered, of: settled, model: Int(claims[index].model))
    capital.giveBack(division, account: account, month: recoveryMonth)
    if !hot.isDeferred { noteReturn(division, bank: bank, month: recoveryMonth) }
  }

  /// Settles a claim that was not settled beforehand, without a look at the large table.
  @inline(__always)
  private mutating func settleUnfixed(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let (bank, start) = (Int(loans[Int(event.loan)].bank), Int(loans[Int(event.loan)].start))
    let isCovered =
      isInForce(event) && isCovered(event, bank: bank, start: start, trial: trial)
    settleAnew(event, month: month, isCovered: isCovered, trial: trial)
  }

  /// Divides a recovery on which nothing came back before, the quick way where there is one.
  @inline(__always)
  mutating func division(
    _ recovered: Money, of settled: Settlement, model: Int
  ) -> RecoveryDivision {
    let costs = costs(of: recovered)
    if let sole = soles[model] { return sole.division(recovered, costs: costs, of: settled) }
    var log = NoLog()
    return divideRecovery(recovered, costs: costs, of: settled, under: rules[model], log: &log)
  }

  /// Settles a claim all the way: loss, cover, kernel, recovery.
  @inline(never)
  private mutating func settleAnew(
    _ event: DefaultEvent, month: Int, isCovered: Bool, trial: borrowing TrialContext
  ) {
    let loan = loans[Int(event.loan)]
    let total = hot.totalLoss(of: loan, defaultMonth: Int(event.month))
    let principal = isCovered ? coveredPrincipal(event.loan) : 0
    let base = hot.lossBase(of: total, covered: principal, loan: loan)
    let recoveryMonth = month &+ Int(event.lag)
    var part = 0.0
    outcome.totalLoss += total
    outcome.outsideCover += total - base
    noteOutside(total - base, base: base, of: event, isCovered: isCovered, trial: trial)
    if recoveryMonth < hot.horizon {
      part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
      if total > base { recoverOutside(roundedPart(part, of: total - base)) }
    } else {
      lateRecoveries &+= 1
    }
    guard base > 0 else { return }
    settleBase(
      Money(fen: base), of: event, month: month,
      recovery: Recovered(
        month: recoveryMonth,
        amount: recoveryMonth < hot.horizon ? Money(fen: roundedPart(part, of: base)) : .zero),
      // What was settled beforehand is what settling without limit comes to.
      unlimited: isCovered && !plainClaims[Int(event.loan)].isUnfixed
        ? claims[Int(event.loan)].settled : nil)
  }

  /// What is recovered of a loss base within the horizon, and in which month.
  struct Recovered: BitwiseCopyable {
    let month: Int
    let amount: Money
  }

  /// Settles a loss base with what is recovered of it, within the horizon, in a month.
  mutating func settleBase(
    _ base: Money, of event: DefaultEvent, month: Int, recovery: Recovered,
    unlimited: Settlement?
  ) {
    let loan = loans[Int(event.loan)]
    let bank = Int(loan.bank)
    var cap = Money(fen: caps[bank &* hot.capStride &+ month])
    if hot.hasYearlyLimit { cap = min(cap, supportLeft(loan.enterprise, month: month)) }
    let owed = settle(
      Claim(
        model: ruleIndex(of: event.loan), bank: bank, account: hot.accountCount == 1 ? 0 : bank,
        month: month, base: base, cap: cap, recoveryMonth: recovery.month,
        recovered: recovery.amount), unlimited: unlimited)
    if hot.hasYearlyLimit { noteSupport(owed, enterprise: loan.enterprise, month: month) }
  }

  /// The part of a loss that is recovered where it is loaded on the factor.
  @inline(never)
  mutating func loadedPart(
    of event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) -> Double {
    recovery.recoveredPart(
      of: event, factor: trial.factor(loan: event.loan, month), trial.recoveryPart, tables)
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

  /// A claim and its recovery, against the balance and, for the needed capital, without limit; returns
  /// what is owed.
  private mutating func settle(_ claim: Claim, unlimited known: Settlement?) -> Money {
    var log = NoLog()
    var purse = capital.purse
    let unlimited =
      known
      ?? CompensationKernel.settle(
        loss: claim.base, under: rules[claim.model].sharing, cap: claim.cap, from: &purse,
        log: &log)
    // Where the money suffices, settling against the balances comes to the same.
    let isPaid = purses[claim.account].payInFull(unlimited)
    let settlement =
      isPaid
      ? unlimited
      : CompensationKernel.settle(
        loss: claim.base, under: rules[claim.model].sharing, cap: claim.cap,
        from: &purses[claim.account], log: &log)
    outcome.compensation += settlement.paid.fen
    outcome.losses += settlement.parts
    let unpaid = settlement.unpaid.fen
    if unpaid > 0 { noteShortage(unpaid, month: claim.month) }
    watch.count(
      owed: settlement.owed.fen, paid: settlement.paid.fen, bank: claim.bank, month: claim.month)
    capital.owe(unlimited, account: claim.account, month: claim.month)
    if hot.isDeferred { deferred.add(claim, settlement, accounts: hot.accounts) }
    guard claim.recovered > .zero else { return settlement.owed }
    let division = division(claim.recovered, of: unlimited, model: claim.model)
    capital.giveBack(division, account: claim.account, month: claim.recoveryMonth)
    guard !hot.isDeferred else { return settlement.owed }
    guard !isPaid, settlement != unlimited else {
      noteReturn(division, bank: claim.bank, month: claim.recoveryMonth)
      return settlement.owed
    }
    let cell = claim.account * hot.horizon + claim.recoveryMonth
    let actual = self.division(claim.recovered, of: settlement, model: claim.model)
    let toRefunding = actual.toFund - actual.toPayingAccount
    hasExtras = true
    extraToPaying[cell] += (actual.toPayingAccount - division.toPayingAccount).fen
    extraToRefunding[cell] +=
      (toRefunding - (division.toFund - division.toPayingAccount)).fen
    noteReturn(actual, bank: claim.bank, month: claim.recoveryMonth)
    return settlement.owed
  }

  /// Notes the parties' parts of a recovery.
  @inline(__always)
  private mutating func noteReturn(_ division: RecoveryDivision, bank: Int, month: Int) {
    outcome.losses -= division.parts
    outcome.recoveredNet &+= division.parts.total.fen
    if hot.tracksReturns { watch.expectReturn(division.toFund.fen, bank: bank, month: month) }
  }

  @inline(__always)
  func costs(of recovered: Money) -> Money {
    hot.costs == .zero ? .zero : recovered.multiplied(by: hot.costs, rounding: .halfUp)
  }

  /// Notes an amount that was owed and could not be paid for lack of balance.
  mutating func noteShortage(_ unpaid: Int64, month: Int) {
    outcome.unpaid += unpaid
    if outcome.exhaustionMonth < 0 { outcome.exhaustionMonth = Int64(month) }
  }

  /// Whether a loss falls into the months that the programme covers. A claim that was settled
  /// beforehand falls into none before the first.
  @inline(__always)
  mutating func isInForce(_ event: DefaultEvent) -> Bool {
    Int(event.month) <= hot.lastDefaultMonth && Int(event.month) >= hot.firstDefaultMonth
  }

  /// The place of the rules by which a loan's claim is settled.
  @inline(__always)
  mutating func ruleIndex(of loan: Int32) -> Int {
    let model = hot.modelPosition(of: loans[Int(loan)])
    return hot.hasRuleSets
      ? model &+ Int(ruleSets[Int(loan)]) &* hot.modelCount : model
  }

  /// What is covered of a loan that has kept its cover.
  @inline(__always)
  mutating func coveredPrincipal(_ loan: Int32) -> Int64 {
    hot.hasHeadroom ? watch.coveredPrincipal(of: loan) : covered[Int(loan)]
  }

  /// Whether a covered loan has kept its cover, given what happened before on this path.
  @inline(__always)
  mutating func isCovered(
    _ event: DefaultEvent, bank: Int, start: Int, trial: borrowing TrialContext
  ) -> Bool {
    if repeatsMatter(in: trial),
      trial.firstDefault(of: enterprises[Int(event.loan)]) < start
    {
      return false
    }
    guard watch.lastSuspension[bank] >= 0 else { return true }
    return watch.isCovered(loanIndex: event.loan, bank: bank, start: start)
  }
}
