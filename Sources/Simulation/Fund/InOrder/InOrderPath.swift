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
  private let payer: SoleFundRecovery?
  var accounts: FundAccounts
  /// What would be owed, paid and returned if balances did not limit payments.
  var capital: CapitalFlows
  var watch: ThresholdWatch
  var deferred: DeferredFlows
  var realised: RealisedClaims
  var support: YearlySupport?
  /// What claims and covered lending add up to, where a clause looks at that.
  var aggregates: AggregateClaims?
  /// Which loans have no cover because covered lending is limited by the balance.
  var coverLimit: CoverLimit?
  /// What clauses look at of the fund's money; `nil` where none does.
  var moneyCourse: FundMoneyCourse?
  /// The loans of the month's claims.
  private let claimed: UnsafeMutableBufferPointer<LoanInBank>
  var outcome = TrialOutcome()
  /// What the fund brings into a run that goes on from a day.
  var carried: CarriedCases?
  private let hasCarried: Bool
  /// Takes what each claim moved; `nil` if nobody asks.
  let journal: ClaimJournal?
  /// What the months leave behind, where somebody asks for the years of trials.
  var notes: MonthNotes?
  let flows: FlowSums
  let closing: UnsafeMutableBufferPointer<Int64>
  /// Compensation and fee less what came back, by month.
  let outlays: UnsafeMutableBufferPointer<Int64>
  /// Reckons the fund's cost; `nil` where that is not asked for.
  var costs: FundCosts?
  let cost: TrialCost?

  init(
    _ terms: FundTerms, watch: ThresholdWatch, journal: ClaimJournal? = nil,
    in memory: WorkingMemory
  ) {
    self.terms = terms
    self.watch = watch
    self.journal = journal
    hot = terms.hot
    claims = terms.claims
    plainClaims = terms.plainClaims
    // What a coupled claim owes is not known beforehand, and the trial is here because it may be.
    payer = terms.hot.couplesClaims ? nil : terms.solePayer
    accounts = FundAccounts(terms, in: memory)
    capital = CapitalFlows(terms, in: memory)
    deferred = DeferredFlows(terms, journal: journal)
    realised = RealisedClaims(horizon: hot.comesAfterRealisation ? hot.horizon : 0)
    support = YearlySupport(terms)
    claimed = memory.room(count: terms.candidateCount)
    aggregates = AggregateClaims(terms)
    coverLimit = CoverLimit(terms)
    moneyCourse = FundMoneyCourse(terms)
    carried = CarriedCases(terms)
    hasCarried = carried != nil
    flows = FlowSums(horizon: hot.horizon, in: memory)
    closing = memory.table(0, count: hot.horizon)
    outlays = memory.table(0, count: hot.horizon)
    costs = FundCosts(terms, in: memory)
    cost = terms.coveredSchedule.map { CostRows($0, count: 1, in: memory)[0] }
  }

  /// Settles a trial, whose defaults are in order.
  mutating func settle(_ defaults: TrialDefaults, trial: borrowing TrialContext) {
    begin(defaults)
    bringIn(trial)
    for month in 0..<hot.horizon {
      notes?.begin(month, accounts) { deferred.waitingAmount }
      if hot.looksAtFund { moneyCourse?.begin(month, balance: accounts.balance) }
      if month > 0 || hasCarried { outcome.interest += accounts.addInterest() }
      outcome.injected += accounts.inject(month)
      if hot.fillsUp { outcome.filledUp += accounts.fillUp(month) }
      showMoney()
      watch.beginMonth(
        month, defaults: defaults, trial: trial, writeOffMonths: hot.writeOffMonths)
      decideCover(month, trial: trial)
      aggregates?.lend(month, within: coverLimit, watch: &watch, trial: trial)
      let before = outcome.compensation
      takeRecoveries(month)
      if month > hot.lastMonth { outcome.givenBack += accounts.giveBack() }
      settleClaims(month, defaults: defaults, trial: trial)
      showMoney()
      watch.endMonth(month)
      flows.paid[month] = outcome.compensation - before
      let fee = accounts.takeFee(month)
      outcome.fees += fee
      outlays[month] = flows.paid[month] + fee - flows.returned[month]
      if month == hot.lastMonth { outcome.givenBack += accounts.giveBack() }
      closing[month] = accounts.balance
      outcome.lowest = min(outcome.lowest, closing[month])
      accounts.noteYearEnd(month)
      notes?.end(month, outcome, closing: closing[month], accounts)
    }
    outcome.closing = accounts.balance
    noteStopped(defaults)
    outcome.neededCapital = capital.needed(through: terms.inForce(hot.horizon))
    if let cost {
      costs?.count(defaults, watch: &watch, limit: coverLimit, trial: trial, into: cost)
    }
  }

  @inline(__always)
  private mutating func settleClaims(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if hot.comesAfterRealisation {
      return settleRealised(month, defaults: defaults, trial: trial)
    }
    var due: ArraySlice<CarriedCases.Due> = []
    if hasCarried { due = carried?.due(month)[...] ?? [] }
    if month >= hot.delay {
      let range = defaults.range(month &- hot.delay)
      for index in range {
        claimed[index &- range.lowerBound] = terms.loanInBank(defaults.ordered[index])
      }
      for index in range where !watch.stopped.contains(defaults.ordered[index].loan) {
        let event = defaults.ordered[index]
        if hasCarried { settle(&due, before: event.loan, month: month, trial: trial) }
        settleClaim(event, of: claimed[index &- range.lowerBound], month: month, trial: trial)
      }
    }
    if hasCarried { settle(&due, before: .max, month: month, trial: trial) }
  }
}

// One claim. Three ways, of which the quicker come to what the last does: a plain claim takes two
// amounts where another takes twenty; one that was settled beforehand needs no more than to be paid.
extension InOrderPath {
  /// Settles one claim and divides its recovery: a plain one by what its record holds.
  @inline(__always)
  private mutating func settleClaim(
    _ event: DefaultEvent, of loan: LoanInBank, month: Int, trial: borrowing TrialContext
  ) {
    let plain = plainClaims[Int(event.loan)]
    guard let payer, event.month <= plain.lastMonth,
      terms.isCovered(loan, watch: &watch, trial: trial)
    else { return settleAnyClaim(event, of: loan, month: month, trial: trial) }
    let base = Money(fen: Int64(plain.lossBase))
    let claim = ClaimBeforehand(
      settled: payer.settlement(of: base, owed: Money(fen: Int64(plain.owed))), total: base.fen,
      model: hot.model, bank: loan.bank, account: hot.accountCount == 1 ? 0 : loan.bank)
    if !pay(claim, of: event, month: month, by: payer, trial: trial) {
      settleAnyClaim(event, of: loan, month: month, trial: trial)
    }
  }

  /// Settles any claim and divides its recovery.
  @inline(never)
  private mutating func settleAnyClaim(
    _ event: DefaultEvent, of loan: LoanInBank, month: Int, trial: borrowing TrialContext
  ) {
    let index = Int(event.loan)
    guard plainClaims[index].isFixed, !hot.couplesClaims else {
      return settleAnew(
        event, month: month, covered: covered(event, of: loan, trial: trial), trial: trial)
    }
    guard Int(event.month) <= hot.lastDefaultMonth,
      terms.isCovered(loan, watch: &watch, trial: trial)
    else { return settleAnew(event, month: month, covered: nil, trial: trial) }
    let claim = ClaimBeforehand(
      settled: claims[index].settled, total: claims[index].total,
      model: Int(claims[index].model), bank: loan.bank,
      account: hot.accountCount == 1 ? 0 : loan.bank)
    guard !pay(claim, of: event, month: month, by: nil, trial: trial) else { return }
    settleAnew(
      event, month: month, covered: terms.coveredPrincipal(event.loan, watch: &watch),
      unlimited: claim.settled, trial: trial)
  }

  /// Pays a claim that was settled beforehand, if there is enough money, and divides its recovery.
  ///
  /// - Parameter payer: The quick way to divide, if there is one.
  /// - Returns: Whether there was; otherwise nothing happened.
  @inline(__always)
  private mutating func pay(
    _ claim: ClaimBeforehand, of event: DefaultEvent, month: Int, by payer: SoleFundRecovery?,
    trial: borrowing TrialContext
  ) -> Bool {
    let settled = claim.settled
    guard accounts.purses[claim.account].payInFull(settled) else { return false }
    let parts = LossParts(total: claim.total, base: settled.lossBase.fen)
    outcome.noteLoss(parts.total, base: parts.base) { .beyondBase }
    outcome.compensation &+= settled.paid.fen
    outcome.losses += settled.parts
    showMoney()
    watch.count(owed: settled.owed.fen, paid: settled.paid.fen, bank: claim.bank, month: month)
    capital.owe(settled, account: claim.account, month: month)
    let loss = terms.recover(parts, of: event, month: month, in: &outcome, trial: trial)
    if journal != nil { note(claim, of: event, month: month, loss) }
    let due = InOrderClaim(
      loan: event.loan, model: claim.model, bank: claim.bank, account: claim.account, month: month,
      cap: .zero,
      loss: loss)
    if hot.isDeferred { deferred.add(due, settled) }
    guard loss.recovered > .zero else { return true }
    let division =
      payer?.division(loss.recovered, costs: terms.costs(of: loss.recovered), of: settled)
      ?? terms.division(loss.recovered, of: settled, model: claim.model)
    capital.giveBack(division, account: claim.account, month: loss.recoveryMonth)
    if !hot.isDeferred { noteReturn(division, of: due) }
    return true
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
    let outside = journal.map { _ in outcome.outside }
    let loss = terms.loss(
      of: event, month: month, covered: covered, in: &outcome, trial: trial)
    if let outside {
      journal?.noteOutside(from: outside, to: outcome.outside, loan: event.loan)
    }
    guard loss.base > .zero else { return }
    settle(loss, of: event, month: month, unlimited: unlimited)
  }

  /// Settles a loss against the balances and, for the needed capital, without limit.
  mutating func settle(
    _ loss: ClaimLoss, of event: DefaultEvent, month: Int, unlimited: Settlement?
  ) {
    let loan = terms.loans[Int(event.loan)]
    let bank = Int(loan.bank)
    var cap = terms.cap(of: event.loan, bank: bank, month: month)
    if let support { cap = min(cap, support.left(loan.enterprise, month: month)) }
    let claim = InOrderClaim(
      loan: event.loan, model: terms.ruleIndex(of: event.loan, month: month), bank: bank,
      account: hot.accountCount == 1 ? 0 : bank, month: month, cap: cap, loss: loss)
    if let owed = settleLayered(claim) {
      support?.note(owed, enterprise: loan.enterprise, month: month)
      return
    }
    let owed = settle(
      claim, unlimited: unlimited ?? terms.settledInFull(loss.base, cap: cap, model: claim.model))
    support?.note(owed, enterprise: loan.enterprise, month: month)
  }

  /// A claim and its recovery against the balances; returns what is owed.
  ///
  /// - Parameter layers: The layers of its loss; none where that is in one piece.
  mutating func settle(
    _ claim: InOrderClaim, unlimited: Settlement, layers: [SharedLayer] = []
  ) -> Money {
    var log = NoLog()
    // Where the money suffices, settling against the balances comes to the same.
    let isPaid = accounts.purses[claim.account].payInFull(unlimited)
    let settlement =
      isPaid
      ? unlimited
      : CompensationKernel.settle(
        layers: layers.isEmpty
          ? [SharedLayer(amount: claim.loss.base, sharing: terms.rules[claim.model].sharing)]
          : layers, cap: claim.cap, from: &accounts.purses[claim.account], log: &log)
    outcome.compensation += settlement.paid.fen
    outcome.losses += settlement.parts
    if settlement.unpaid > .zero {
      outcome.noteShortage(settlement.unpaid.fen, month: claim.month)
    }
    showMoney()
    watch.count(
      owed: settlement.owed.fen, paid: settlement.paid.fen, bank: claim.bank, month: claim.month)
    capital.owe(unlimited, account: claim.account, month: claim.month)
    journal?.note(
      unlimited, paid: settlement.paid.fen, loan: claim.loan, month: claim.month)
    if hot.isDeferred { deferred.add(claim, settlement) }
    let (recovered, arrival) = (claim.loss.recovered, claim.loss.recoveryMonth)
    guard recovered > .zero else { return settlement.owed }
    let division = terms.division(recovered, of: unlimited, model: claim.model)
    capital.giveBack(division, account: claim.account, month: arrival)
    journal?.note(.returned, division.toFund.fen, loan: claim.loan, month: arrival)
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
}
