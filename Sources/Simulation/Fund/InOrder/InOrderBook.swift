import CompensationKernel
import FundCore

/// The money of a fund on one path that is settled claim by claim: its accounts, what waits for money, what
/// would flow if balances did not limit payments, and the trial's figures.
///
/// All money moves through the kernel: `settle`, `divideRecovery`, their shortcut for a sole payer, and the
/// accounts' own methods.
struct InOrderBook {
  private let terms: FundTerms
  private let hot: HotFund
  /// By what plain claims are paid and divided; `nil` where they are settled as any other.
  private let small: UnsafePointer<SmallSoleClaims>?
  private var accounts: FundAccounts
  private var capital: CapitalFlows
  private var deferred: DeferredFlows
  private var limits: ClaimLimits
  /// What clauses look at of the fund's money; `nil` where none does.
  private var moneyCourse: FundMoneyCourse?
  /// The trial's figures, which say themselves what may be done to them.
  var figures: TrialFigures
  private let goesOn: Bool

  init(_ terms: FundTerms, journal: ClaimJournal?, in memory: WorkingMemory) {
    self.terms = terms
    hot = terms.hot
    // What is deferred, divided among loans or coupled asks for whole settlements.
    let isSmall = !hot.isDeferred && !hot.couplesClaims && journal == nil
    small = (isSmall ? terms.solePayer.flatMap { SmallSoleClaims($0) } : nil).flatMap {
      UnsafePointer(memory.table($0, count: 1).baseAddress)
    }
    accounts = FundAccounts(terms, in: memory)
    capital = CapitalFlows(terms, in: memory)
    deferred = DeferredFlows(terms, journal: journal)
    limits = ClaimLimits(terms)
    moneyCourse = FundMoneyCourse(terms)
    figures = TrialFigures(terms, journal: journal, in: memory)
    goesOn = terms.setup.plan.carried != nil
  }

  /// Forgets the trial before.
  mutating func begin(_ defaults: TrialDefaults) {
    figures.begin(defaults)
    accounts.open()
    capital.reset()
    deferred.reset()
    limits.reset()
    moneyCourse?.reset()
  }
}

// The months.
extension InOrderBook {
  /// Interest and new money of a month.
  @inline(__always)
  mutating func beginMonth(_ month: Int, _ notes: MonthNotes?, watch: inout ThresholdWatch) {
    notes?.begin(month, accounts) { deferred.waitingAmount }
    if hot.looksAtFund { moneyCourse?.begin(month, balance: accounts.balance) }
    let interest = month > 0 || goesOn ? accounts.addInterest() : 0
    let injected = accounts.inject(month)
    figures.note(
      interest: interest, injected: injected, filledUp: hot.fillsUp ? accounts.fillUp(month) : 0)
    showMoney(to: &watch)
  }

  /// Counts what is lent under cover in a month, where claims are coupled.
  mutating func lend(
    _ month: Int, within limit: CoverLimit?, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) {
    limits.lend(month, within: limit, watch: &watch, trial: trial)
  }

  /// Takes in what comes back in a month.
  @inline(__always)
  mutating func takeRecoveries(_ month: Int, watch: inout ThresholdWatch) {
    let returned =
      hot.isDeferred
      ? figures.take(&deferred, month, from: accounts, watch: &watch)
      : accounts.receive(capital, month: month)
    figures.note(returned: returned, month: month)
    if month > hot.lastMonth { figures.note(givenBack: accounts.giveBack()) }
  }

  /// Takes the fee, and notes how the month closes.
  @inline(__always)
  mutating func endMonth(_ month: Int, _ notes: MonthNotes?) {
    let fee = accounts.takeFee(month)
    if month == hot.lastMonth { figures.note(givenBack: accounts.giveBack()) }
    figures.close(month, fee: fee, balance: accounts.balance)
    accounts.noteYearEnd(month)
    if let notes { figures.leave(in: notes, month, accounts) }
  }

  /// Ends the trial.
  mutating func end(_ defaults: TrialDefaults) {
    figures.end(
      defaults, closing: accounts.balance,
      neededCapital: capital.needed(through: terms.inForce(hot.horizon)))
  }

  /// All money of the fund.
  var balance: Int64 { mutating get { accounts.balance } }

  /// The fund's money at the moment; nothing where no clause looks at it.
  private mutating func money() -> FundMoney {
    moneyCourse?.money(balance: accounts.balance, putIn: figures.putIn) ?? FundMoney()
  }

  /// Lets the banks' ratios see the fund's money as it is.
  @inline(__always)
  mutating func showMoney(to watch: inout ThresholdWatch) {
    if hot.looksAtFund { watch.money = money() }
  }
}

// Claims.
extension InOrderBook {
  /// Pays a plain claim by its few amounts, if that serves and there is enough money, and divides its recovery.
  ///
  /// - Returns: Whether it did; otherwise nothing happened.
  @inline(__always)
  mutating func pay(
    _ plain: PlainClaim, of event: DefaultEvent, month: Int, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) -> Bool {
    guard let small else { return false }
    let bank = Int(plain.bank)
    let account = hot.accountCount == 1 ? 0 : bank
    let claim = small.pointee.claim(on: Int64(plain.lossBase), owed: Int64(plain.owed))
    guard accounts.purses[account].payInFull(claim) else { return false }
    figures.notePaid(claim)
    showMoney(to: &watch)
    watch.count(owed: claim.owed, paid: claim.owed, bank: bank, month: month)
    capital.owe(claim.owed, refund: claim.refund, account: account, month: month)
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else {
      figures.noteLateRecovery()
      return true
    }
    let recovered = roundedPart(
      terms.recoveredPart(of: event, month: month, trial: trial), of: claim.lossBase)
    guard recovered > 0 else { return true }
    let division = small.pointee.division(
      recovered, costs: terms.costs(of: Money(fen: recovered)).fen, of: claim)
    capital.giveBack(
      division.toPayingAccount, fiscal: division.toFund &- division.toPayingAccount,
      account: account, month: arrival)
    figures.noteReturn(division)
    if hot.tracksReturns { watch.expectReturn(division.toFund, bank: bank, month: arrival) }
    return true
  }

  /// The same of a claim that was settled beforehand.
  mutating func pay(
    _ claim: ClaimBeforehand, of event: DefaultEvent, watch: inout ThresholdWatch,
    trial: borrowing TrialContext
  ) -> Bool {
    let (settled, month) = (claim.settled, claim.month)
    guard accounts.purses[claim.account].payInFull(settled) else { return false }
    figures.note(settled, unlimited: settled, loan: event.loan, month: month)
    showMoney(to: &watch)
    watch.count(owed: settled.owed.fen, paid: settled.paid.fen, bank: claim.bank, month: month)
    capital.owe(settled, account: claim.account, month: month)
    let loss = figures.loss(
      LossParts(total: claim.total, base: settled.lossBase.fen), of: event, month: month,
      outside: .beyondBase, trial: trial)
    let due = InOrderClaim(
      loan: event.loan, model: claim.model, bank: claim.bank, account: claim.account, month: month,
      cap: .zero, loss: loss)
    if hot.isDeferred { deferred.add(due, settled) }
    guard loss.recovered > .zero else { return true }
    expect(terms.division(loss.recovered, of: settled, model: claim.model), on: due, &watch)
    return true
  }

  /// Settles a loss against the balances and, for the needed capital, without limit.
  ///
  /// - Parameter unlimited: What settling without limit comes to, where that is known.
  mutating func settle(
    _ loss: ClaimLoss, of event: DefaultEvent, month: Int, unlimited: Settlement? = nil,
    watch: inout ThresholdWatch
  ) {
    let loan = terms.loans[Int(event.loan)]
    let bank = Int(loan.bank)
    var claim = InOrderClaim(
      loan: event.loan, model: terms.ruleIndex(of: event.loan, month: month), bank: bank,
      account: hot.accountCount == 1 ? 0 : bank, month: month,
      cap: terms.cap(of: event.loan, bank: bank, month: month), loss: loss)
    guard hot.couplesClaims else {
      let full = unlimited ?? terms.settledInFull(loss.base, cap: claim.cap, model: claim.model)
      _ = settle(claim, unlimited: full, watch: &watch)
      return
    }
    claim.cap = limits.cap(of: claim, enterprise: loan.enterprise)
    let layers = limits.lay(&claim, money())
    let owed = settle(
      claim, unlimited: terms.settledInFull(claim, in: layers), layers: layers, watch: &watch)
    limits.note(owed, on: claim, enterprise: loan.enterprise)
  }

  /// A claim and its recovery against the balances; returns what is owed.
  ///
  /// - Parameter layers: The layers of its loss; none where that is in one piece.
  private mutating func settle(
    _ claim: InOrderClaim, unlimited: Settlement, layers: [SharedLayer] = [],
    watch: inout ThresholdWatch
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
    figures.note(settlement, unlimited: unlimited, loan: claim.loan, month: claim.month)
    showMoney(to: &watch)
    watch.count(
      owed: settlement.owed.fen, paid: settlement.paid.fen, bank: claim.bank, month: claim.month)
    capital.owe(unlimited, account: claim.account, month: claim.month)
    if hot.isDeferred { deferred.add(claim, settlement) }
    let recovered = claim.loss.recovered
    guard recovered > .zero else { return settlement.owed }
    let division = terms.division(recovered, of: unlimited, model: claim.model)
    if isPaid || hot.isDeferred || settlement == unlimited {
      expect(division, on: claim, &watch)
    } else {
      let actual = terms.division(recovered, of: settlement, model: claim.model)
      accounts.expect(
        actual, insteadOf: division, account: claim.account, month: claim.loss.recoveryMonth)
      expect(division, but: actual, on: claim, &watch)
    }
    return settlement.owed
  }

  /// Expects what comes back on a claim.
  ///
  /// - Parameters:
  ///   - division: What would come back if balances did not limit payments.
  ///   - actual: What does, where that differs.
  mutating func expect(
    _ division: RecoveryDivision, but actual: RecoveryDivision? = nil, on claim: InOrderClaim,
    _ watch: inout ThresholdWatch
  ) {
    let month = claim.loss.recoveryMonth
    capital.giveBack(division, account: claim.account, month: month)
    figures.noteUnlimitedReturn(division.toFund, loan: claim.loan, month: month)
    guard !hot.isDeferred else { return }
    let back = actual ?? division
    figures.noteReturn(back.parts)
    if hot.tracksReturns {
      watch.expectReturn(back.toFund.fen, bank: claim.bank, month: month)
    }
  }
}

// What a run that goes on from a day brings in.
extension InOrderBook {
  /// Lets an amount of an account count as owed when the run begins.
  mutating func oweAtStart(_ rest: Settlement, account: Int) {
    capital.owe(rest, account: account, month: 0)
  }

  /// Brings in a claim whose payments are not final; returns its number, −1 where all are.
  mutating func bringIn(
    _ claim: InOrderClaim, _ settlement: Settlement, before: RecoveredBefore
  ) -> Int32 {
    hot.isDeferred ? deferred.bringIn(claim, settlement, before: before) : -1
  }

  /// Lets such a claim wait for money, or its refund fall due in a month, after those before it.
  mutating func wait(_ number: Int32) { deferred.wait(number) }
  mutating func expectRefund(_ amount: Money, of number: Int32, month: Int) {
    deferred.expectRefund(of: number, month: month)
    capital.expectRefund(amount, month: month)
  }
}

// What is told of the trial.
extension InOrderBook {
  /// Hands the figures to the tally, and writes the trial's row.
  mutating func record(into tally: inout FundTally, _ place: TrialPlace) {
    figures.record(into: &tally, yearEnds: accounts.yearEnds, place)
    place.table.writeCapital(trial: place.row) { capital.needed(through: terms.inForce($0)) }
  }

  /// What a year needs at its start.
  func need(_ start: MonthNotes.YearStart, _ period: YearPeriod, floor: Int64) -> Int64 {
    YearNeed(capital, terms, start, period).amount(floor: floor)
  }

  /// Divides the trial among groups of loans.
  func split(by groups: GroupPlaces, into row: inout TrialSplit) {
    let months = terms.inForce(hot.horizon)
    figures.split(by: groups, into: &row) { capital.monthThatSets($0, within: months) }
  }
}
