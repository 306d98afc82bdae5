import CompensationKernel
import FundCore

/// One fund on one path, claim by claim and month by month: the exact way, which serves every fund.
///
/// All money moves through the kernel: `settle`, `divideRecovery`, and the accounts' own methods.
/// The months follow MODEL.md §1. Reused from trial to trial.
struct InOrderPath {
  let terms: FundTerms
  let hot: HotFund
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let plainClaims: UnsafeMutableBufferPointer<PlainClaim>
  private let sole: SoleFundRecovery?
  private var accounts: FundAccounts
  /// What would be owed, paid and returned if balances did not limit payments.
  var capital: CapitalFlows
  var watch: ThresholdWatch
  var deferred: DeferredFlows
  private var realised: RealisedClaims
  private var support: YearlySupport?
  var outcome = TrialOutcome()
  /// What the fund brings into a run that goes on from a day.
  var carried: CarriedCases?
  let months: UnsafeMutableBufferPointer<MonthFlows>

  init(_ terms: FundTerms, watch: ThresholdWatch, in memory: WorkingMemory) {
    self.terms = terms
    self.watch = watch
    hot = terms.hot
    claims = terms.claims
    plainClaims = terms.plainClaims
    sole = terms.sole
    accounts = FundAccounts(terms, in: memory)
    capital = CapitalFlows(terms, in: memory)
    deferred = DeferredFlows(terms)
    realised = RealisedClaims(horizon: hot.comesAfterRealisation ? hot.horizon : 0)
    support = YearlySupport(terms)
    carried = CarriedCases(terms)
    months = memory.table(MonthFlows(), count: hot.horizon)
  }

  /// Settles a trial, whose defaults are in order.
  mutating func settle(_ defaults: TrialDefaults, trial: borrowing TrialContext) {
    begin(defaults)
    bringIn(trial)
    for month in 0..<hot.horizon {
      if month > 0 || carried != nil { outcome.interest += accounts.addInterest() }
      outcome.injected += accounts.inject(month)
      watch.beginMonth(
        month, defaults: defaults, trial: trial, writeOffMonths: hot.writeOffMonths)
      let before = outcome.compensation
      takeRecoveries(month)
      if month > hot.lastMonth { outcome.givenBack += accounts.giveBack() }
      settleClaims(month, defaults: defaults, trial: trial)
      watch.endMonth(month)
      months[month].paid = outcome.compensation - before
      outcome.fees += accounts.takeFee(month)
      if month == hot.lastMonth { outcome.givenBack += accounts.giveBack() }
      let closing = accounts.balance
      outcome.lowest = min(outcome.lowest, closing)
      months[month].closing = closing
      accounts.noteYearEnd(month)
    }
    outcome.closing = accounts.balance
    outcome.neededCapital = capital.needed(through: terms.inForce(hot.horizon))
  }

  /// Hands the figures of the trial to the tally, and writes its row.
  mutating func record(into tally: inout FundTally, row: Int, of table: OutcomeTable) {
    tally.add(TallyPath(months: months, binsPerFen: hot.binsPerFen))
    tally.add(outcome, accounts.yearEnds, opening: hot.opening)
    watch.record(into: &tally)
    table.write(outcome, months, losses: terms.setup.places, trial: row)
    table.writeCapital(trial: row) { capital.needed(through: terms.inForce($0)) }
    watch.record(trial: row, into: table)
  }

  private mutating func begin(_ defaults: TrialDefaults) {
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
  }

  @inline(__always)
  private mutating func takeRecoveries(_ month: Int) {
    let returned =
      hot.isDeferred
      ? deferred.take(month, accounts: accounts, outcome: &outcome, watch: &watch)
      : accounts.receive(capital, month: month)
    outcome.returned += returned
    months[month].returned = returned
  }

  @inline(__always)
  private mutating func settleClaims(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if hot.comesAfterRealisation {
      return settleRealised(month, defaults: defaults, trial: trial)
    }
    var due = carried?.due(month)[...] ?? []
    if month >= hot.delay {
      for index in defaults.range(month &- hot.delay) {
        let event = defaults.ordered[index]
        while let first = due.first, first.event.loan < event.loan {
          settle(due.removeFirst(), month: month, trial: trial)
        }
        settleClaim(event, month: month, trial: trial)
      }
    }
    for item in due { settle(item, month: month, trial: trial) }
  }

  /// Settles the claims whose recoveries are in, on what is then lost.
  private mutating func settleRealised(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if month >= hot.delay {
      for index in defaults.range(month &- hot.delay)
      where !realised.add(defaults.ordered[index], month: month, under: terms, trial: trial) {
        outcome.lateClaims += 1
      }
    }
    var due = carried?.due(month)[...] ?? []
    for item in realised.due(month) {
      while let first = due.first, first.event.loan < item.event.loan {
        settle(due.removeFirst(), month: month, trial: trial)
      }
      let covered = covered(item.event, trial: trial)
      let base = terms.lossBase(
        of: item.left, item.event, covered: covered, in: &outcome, trial: trial)
      guard base > 0 else { continue }
      let loss = ClaimLoss(base: Money(fen: base), recoveryMonth: hot.horizon, recovered: .zero)
      settle(loss, of: item.event, month: month, unlimited: nil)
    }
    for item in due { settle(item, month: month, trial: trial) }
  }

  /// What is covered of a loan; `nil` if it has no cover.
  private mutating func covered(
    _ event: DefaultEvent, trial: borrowing TrialContext
  ) -> Int64? {
    let loan = terms.loans[Int(event.loan)]
    let inBank = LoanInBank(loan: event.loan, bank: Int(loan.bank), start: Int(loan.start))
    guard terms.isInForce(event), terms.isCovered(inBank, watch: &watch, trial: trial) else {
      return nil
    }
    return terms.coveredPrincipal(event.loan, watch: &watch)
  }
}

// One claim. Three ways, of which the quicker come to what the last does: a plain claim takes two
// amounts where another takes twenty; one that was settled beforehand needs no more than to be paid.
extension InOrderPath {
  /// Settles one claim and divides its recovery: a plain one the short way.
  @inline(__always)
  private mutating func settleClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let claim = plainClaims[Int(event.loan)]
    let (owed, base, bank) = (Int64(claim.owed), Int64(claim.lossBase), Int(claim.bank))
    guard let sole, event.month <= claim.lastMonth,
      accounts.purses[0].account.paying.fen >= owed,
      terms.isCovered(
        LoanInBank(loan: event.loan, bank: bank, start: Int(claim.start)), watch: &watch,
        trial: trial)
    else { return settleAnyClaim(event, month: month, trial: trial) }
    accounts.purses[0].account.paying.fen &-= owed
    outcome.totalLoss &+= base
    outcome.compensation &+= owed
    outcome.losses[.fund].fen &+= owed
    outcome.losses[.bank].fen &+= base &- owed
    watch.count(owed: owed, paid: owed, bank: bank, month: month)
    capital.owe(owed, month: month)
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else {
      outcome.lateRecoveries &+= 1
      return
    }
    let part = terms.recoveredPart(of: event, month: month, trial: trial)
    let recovered = Money(fen: roundedPart(part, of: base))
    let division = sole.divide(
      recovered, costs: terms.costs(of: recovered), lossBase: Money(fen: base),
      paid: Money(fen: owed))
    capital.giveBack(division.fund.fen, month: arrival)
    outcome.losses[.fund].fen &-= division.fund.fen
    outcome.losses[.bank].fen &-= division.bank.fen
    outcome.recoveredNet &+= division.fund.fen &+ division.bank.fen
    if hot.tracksReturns { watch.expectReturn(division.fund.fen, bank: bank, month: arrival) }
  }

  /// Settles any claim and divides its recovery.
  ///
  /// One that was settled beforehand, is covered and finds enough money needs no more than to be paid;
  /// all others take the whole way.
  @inline(never)
  private mutating func settleAnyClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    let index = Int(event.loan)
    guard plainClaims[index].isFixed else {
      return settleAnew(event, month: month, covered: covered(event, trial: trial), trial: trial)
    }
    let (bank, start) = (Int(claims[index].bank), Int(claims[index].start))
    guard Int(event.month) <= hot.lastDefaultMonth,
      terms.isCovered(
        LoanInBank(loan: event.loan, bank: bank, start: start), watch: &watch, trial: trial)
    else { return settleAnew(event, month: month, covered: nil, trial: trial) }
    let account = hot.accountCount == 1 ? 0 : bank
    let settled = claims[index].settled
    guard accounts.purses[account].payInFull(settled) else {
      return settleAnew(
        event, month: month, covered: terms.coveredPrincipal(event.loan, watch: &watch),
        unlimited: settled, trial: trial)
    }
    let parts = LossParts(total: claims[index].total, base: settled.lossBase.fen)
    outcome.noteLoss(parts.total, base: parts.base) { .beyondBase }
    outcome.compensation &+= settled.paid.fen
    outcome.losses += settled.parts
    watch.count(owed: settled.owed.fen, paid: settled.paid.fen, bank: bank, month: month)
    capital.owe(settled, account: account, month: month)
    let loss = terms.recover(parts, of: event, month: month, in: &outcome, trial: trial)
    let claim = InOrderClaim(
      model: Int(claims[index].model), bank: bank, account: account, month: month, cap: .zero,
      loss: loss)
    if hot.isDeferred { deferred.add(claim, settled) }
    guard loss.recovered > .zero else { return }
    let division = terms.division(loss.recovered, of: settled, model: claim.model)
    capital.giveBack(division, account: account, month: loss.recoveryMonth)
    if !hot.isDeferred { noteReturn(division, of: claim) }
  }

  /// Settles a claim all the way: loss, cover, kernel, recovery.
  ///
  /// - Parameters:
  ///   - covered: What is covered of the loan; `nil` if it has no cover.
  ///   - unlimited: The claim as it was settled beforehand; that is what settling without limit comes to.
  @inline(never)
  private mutating func settleAnew(
    _ event: DefaultEvent, month: Int, covered: Int64?, unlimited: Settlement? = nil,
    trial: borrowing TrialContext
  ) {
    let loss = terms.loss(
      of: event, month: month, covered: covered, in: &outcome, trial: trial)
    guard loss.base > .zero else { return }
    settle(loss, of: event, month: month, unlimited: unlimited)
  }

  /// Settles a loss against the balances and, for the needed capital, without limit.
  mutating func settle(
    _ loss: ClaimLoss, of event: DefaultEvent, month: Int, unlimited: Settlement?
  ) {
    let loan = terms.loans[Int(event.loan)]
    let bank = Int(loan.bank)
    var cap = terms.cap(bank: bank, month: month)
    if let support { cap = min(cap, support.left(loan.enterprise, month: month)) }
    let claim = InOrderClaim(
      model: terms.ruleIndex(of: event.loan), bank: bank,
      account: hot.accountCount == 1 ? 0 : bank, month: month, cap: cap, loss: loss)
    let owed = settle(
      claim, unlimited: unlimited ?? terms.settledInFull(loss.base, cap: cap, model: claim.model))
    support?.note(owed, enterprise: loan.enterprise, month: month)
  }

  /// A claim and its recovery against the balances; returns what is owed.
  private mutating func settle(_ claim: InOrderClaim, unlimited: Settlement) -> Money {
    var log = NoLog()
    // Where the money suffices, settling against the balances comes to the same.
    let isPaid = accounts.purses[claim.account].payInFull(unlimited)
    let settlement =
      isPaid
      ? unlimited
      : CompensationKernel.settle(
        loss: claim.loss.base, under: terms.rules[claim.model].sharing, cap: claim.cap,
        from: &accounts.purses[claim.account], log: &log)
    outcome.compensation += settlement.paid.fen
    outcome.losses += settlement.parts
    if settlement.unpaid > .zero {
      outcome.noteShortage(settlement.unpaid.fen, month: claim.month)
    }
    watch.count(
      owed: settlement.owed.fen, paid: settlement.paid.fen, bank: claim.bank, month: claim.month)
    capital.owe(unlimited, account: claim.account, month: claim.month)
    if hot.isDeferred { deferred.add(claim, settlement) }
    let (recovered, arrival) = (claim.loss.recovered, claim.loss.recoveryMonth)
    guard recovered > .zero else { return settlement.owed }
    let division = terms.division(recovered, of: unlimited, model: claim.model)
    capital.giveBack(division, account: claim.account, month: arrival)
    guard !hot.isDeferred else { return settlement.owed }
    guard !isPaid, settlement != unlimited else {
      noteReturn(division, of: claim)
      return settlement.owed
    }
    let actual = terms.division(recovered, of: settlement, model: claim.model)
    accounts.expect(actual, insteadOf: division, account: claim.account, month: arrival)
    noteReturn(actual, of: claim)
    return settlement.owed
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
