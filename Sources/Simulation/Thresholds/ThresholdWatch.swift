import CompensationKernel
import FundCore

/// The banks' ratios on one path: what they count, when they reach a level, and what a loan made
/// afterwards loses.
struct ThresholdWatch {
  /// A time without cover for a bank's new loans, counted in months.
  struct Suspension {
    let bank: Int
    var cover: CoverSuspension
    /// The month of the notice, from which the time to its end counts.
    let notice: Int
    /// The bank's suspension before this one; −1 for the first.
    let previous: Int32
  }
  /// A breach with its ratio.
  struct Breach {
    let threshold: Int
    let bank: Int
    let month: Int
    let part: Int64
    /// The denominator, where it depends on the trial; −1 where it does not, and `whole(of:)` knows it.
    let countedWhole: Int64
  }

  let setup: FundSetup
  let tables: ThresholdTables
  /// Who stays covered after a suspension, by threshold: by themselves, since whole terms would be copied
  /// for every claim that asks.
  let customers: [CustomerRule?]
  /// Whether the start of a month has anything to do.
  let isBusyAtStart: Bool
  private let tracksCompensation: Bool
  let portfolio: PlannedPortfolio
  /// The loans that suspended banks have not made.
  let stopped: StoppedLending
  let bankCount: Int
  let horizon: Int
  /// The threshold that says what an overdue loan counts; `nil` where none does.
  let overdueTerms: ThresholdTerms?

  /// What each loan counts when it becomes overdue; empty where nobody asks.
  let overdueLoans: UnsafeMutableBufferPointer<OverdueLoan>
  let counters: UnsafeMutableBufferPointer<BankCounters>
  /// For each bank, what it must owe before a claim can reach anything; 0 if that is not known.
  ///
  /// Few claims get above it, and the tables of bounds, which lie far away, are not read for the rest.
  let bars: UnsafeMutableBufferPointer<Int64>
  /// The first breach by threshold and bank, shape `[threshold × banks + bank]`; −1 if none.
  let firstBreach: UnsafeMutableBufferPointer<Int16>
  var breaches: [Breach] = []
  var suspensions: [Suspension] = []
  /// The last suspension of each bank; −1 if none.
  let lastSuspension: UnsafeMutableBufferPointer<Int32>
  /// How many suspensions are in force.
  var lastingCount = 0
  /// The first month in which any bank reached a threshold; −1 if none.
  let firstBreachOfAny: UnsafeMutableBufferPointer<Int16>
  /// Overdue principal to be cleared, and money to come back.
  var clearing: BankArrivals
  var returning: BankArrivals
  /// Covered disbursements by threshold and bank, where a ratio counts them.
  let coveredDisbursed: UnsafeMutableBufferPointer<Int64>
  /// The banks of the loans that became overdue in the month, as many as `overdueCount`.
  let overdueBanks: UnsafeMutableBufferPointer<Int32>
  var overdueCount = 0
  /// By threshold that is watched at the ends of periods: the banks that can have reached it since it
  /// was last looked at. One more row for those whose numerators have grown in the month.
  let stirred: BankSets
  /// Whether one of these sets may hold a bank.
  var hasStirred = false
  /// Whether a bank had reached a threshold before the run, shape `[threshold × banks + bank]`; empty in a run
  /// from the opening.
  private let wasReached: [Bool]
  /// The fund's money at the moment, where a ratio looks at it.
  var money = FundMoney()
  /// Who reaches a minimum volume in the month, of the banks that have not made a loan.
  var crossing: [ThresholdTables.Reaching] = []

  init(
    setup: FundSetup, simulation: SimulationPlan, stopped: StoppedLending,
    in memory: WorkingMemory
  ) {
    self.setup = setup
    self.stopped = stopped
    portfolio = simulation.portfolio
    bankCount = simulation.portfolio.banks.count
    horizon = simulation.horizon
    customers = setup.thresholds.map(\.terms.customers)
    tables = ThresholdTables(setup: setup, bankCount: bankCount, horizon: horizon, in: memory)
    overdueTerms = setup.thresholds.first { $0.terms.numerator.countsOverdue }?.terms
    tracksCompensation = setup.tracksCompensation
    isBusyAtStart =
      setup.countsCovered || setup.tracksOverdue || setup.tracksReturns || setup.stopsLending
      || setup.thresholds.contains { !$0.reachingMinimum.isEmpty }
    let cellCount = setup.thresholds.count * bankCount
    wasReached = setup.plan.carried?.thresholds.joined().map(\.wasReached) ?? []
    counters = memory.table(BankCounters(), count: bankCount)
    bars = memory.table(0, count: bankCount)
    firstBreach = memory.table(-1, count: cellCount)
    firstBreachOfAny = memory.table(-1, count: setup.thresholds.count)
    lastSuspension = memory.table(-1, count: bankCount)
    overdueLoans = memory.table(
      of: overdueTerms.map { [portfolio] terms in
        portfolio.loans.map {
          OverdueLoan($0, counted: terms, timing: simulation.defaults.timing)
        }
      } ?? [])
    let loanCount = simulation.portfolio.loans.count
    clearing = BankArrivals(
      capacity: setup.tracksOverdue ? loanCount : 0, horizon: horizon, in: memory)
    returning = BankArrivals(
      capacity: setup.tracksReturns ? loanCount : 0, horizon: horizon, in: memory)
    overdueBanks = memory.table(0, count: setup.tracksOverdue ? loanCount : 0)
    stirred = BankSets(rowCount: setup.thresholds.count + 1, bankCount: bankCount, in: memory)
    coveredDisbursed = memory.table(0, count: setup.countsCovered ? cellCount : 0)
  }

  /// Forgets what the trial before counted.
  mutating func reset() {
    guard !setup.thresholds.isEmpty else { return }
    counters.update(repeating: BankCounters())
    bars.update(repeating: 0)
    defer { if let carried = setup.plan.carried { takeOver(carried) } }
    clearing.reset()
    returning.reset()
    stirred.removeAll()
    hasStirred = false
    coveredDisbursed.update(repeating: 0)
  }

  /// Goes on from what was counted before the run.
  ///
  /// Ratios that are watched at the ends of periods may have grown since the last one.
  private mutating func takeOver(_ carried: CarriedBook) {
    for (bank, count) in carried.counters.enumerated() {
      counters[bank] = count
      stir(bank)
    }
    if !coveredDisbursed.isEmpty {
      for (place, count) in carried.thresholds.joined().enumerated() {
        coveredDisbursed[place] = count.covered
      }
    }
    lastSuspension.update(repeating: -1)
    suspensions.removeAll(keepingCapacity: true)
    lastingCount = 0
    for item in carried.suspensions {
      lastingCount += item.cover.lasts ? 1 : 0
      suspend(item.bank, item.cover, notice: item.notice)
    }
  }

  private mutating func suspend(_ bank: Int, _ cover: CoverSuspension, notice: Int) {
    suspensions.append(
      Suspension(bank: bank, cover: cover, notice: notice, previous: lastSuspension[bank]))
    lastSuspension[bank] = Int32(suspensions.count - 1)
  }

  /// Forgets what the trial before breached.
  mutating func forgetBreaches() {
    stopped.reset()
    if !crossing.isEmpty { crossing.removeAll(keepingCapacity: true) }
    guard !breaches.isEmpty else { return }
    for breach in breaches {
      firstBreach[breach.threshold * bankCount + breach.bank] = -1
      firstBreachOfAny[breach.threshold] = -1
    }
    breaches.removeAll(keepingCapacity: true)
    for suspension in suspensions { lastSuspension[suspension.bank] = -1 }
    suspensions.removeAll(keepingCapacity: true)
    lastingCount = 0
  }

  /// Counts a settled claim, and compares the bank's ratios if they are watched at claims.
  @inline(__always)
  mutating func count(owed: Int64, paid: Int64, bank: Int, month: Int) {
    guard tracksCompensation else { return }
    let owed = counters[bank].owed &+ owed
    counters[bank].owed = owed
    counters[bank].paid &+= paid
    stir(bank)
    if owed >= bars[bank] { compareAtClaim(bank: bank, month: month) }
  }

  /// Counts a payment of what had been waiting; it owes nothing new.
  mutating func notePayment(_ fen: Int64, bank: Int, month: Int) {
    guard tracksCompensation else { return }
    counters[bank].paid += fen
    stir(bank)
    compareAtClaim(bank: bank, month: month)
  }

  /// Notes that a numerator of a bank has grown, for the next look at it, if there is one.
  @inline(__always)
  mutating func stir(_ bank: Int) {
    guard tables.hasPeriods else { return }
    stirred.insert(bank, row: tables.thresholds.count)
    hasStirred = true
  }

  @inline(never)
  private mutating func compareAtClaim(bank: Int, month: Int) {
    // What is paid, gross or net, is at most what is owed: below the lowest bound, nothing is new.
    let bound = tables.lowestBound[bank &* horizon &+ month]
    guard counters[bank].owed >= bound || stopped.concerns(bank) else {
      if tables.boundsRise[bank] { bars[bank] = bound }
      return
    }
    var isDone = true
    for index in tables.atClaims {
      if tables.thresholds[index].isOfFund {
        compareOfFund(index, month: month)
      } else {
        compare(index, bank: bank, month: month)
      }
      isDone = isDone && isFinal(index, bank: bank)
    }
    if isDone { bars[bank] = .max }
  }

  /// Whether a bank has reached a threshold, and nothing can come of reaching it again.
  @inline(__always)
  private func isFinal(_ index: Int, bank: Int) -> Bool {
    let watched = tables.thresholds[index]
    return (watched.isWarning || watched.resumesAfterMonths == .max)
      && (firstBreach[index &* bankCount &+ bank] >= 0
        || !wasReached.isEmpty && wasReached[index &* bankCount &+ bank])
  }

  /// Whether a ratio can have reached its level for the first time, or again.
  @inline(__always)
  func mayReach(_ index: Int, bank: Int, month: Int) -> Bool {
    let cell = index &* bankCount &+ bank
    let watched = tables.thresholds[index]
    return !isFinal(index, bank: bank)
      && (!watched.hasBounds || stopped.concerns(bank)
        || counters[bank].numerator(watched.numerator) >= tables.bounds[cell &* horizon &+ month])
  }

  /// Expects money back to the fund for a bank's claim in a later month.
  @inline(__always)
  mutating func expectReturn(_ fen: Int64, bank: Int, month: Int) {
    returning.add(fen, bank: bank, month: month)
  }

  /// Counts money that came back to the fund for a bank's claim.
  func noteReturn(_ fen: Int64, bank: Int) {
    if setup.tracksReturns { counters[bank].returned += fen }
  }

  /// Compares one ratio with its level and acts on a breach.
  @inline(never)
  mutating func compare(_ index: Int, bank: Int, month: Int) {
    guard mayReach(index, bank: bank, month: month) else { return }
    let cell = index * bankCount + bank
    let isKnown = firstBreach[cell] >= 0
    if lastSuspension[bank] >= 0, isActive(index, bank: bank) { return }
    let watched = tables.thresholds[index]
    let part =
      watched.isCoupled
      ? coupledRatio(index, bank: bank, month: month).part
      : counters[bank].numerator(watched.numerator)
    // A numerator that reaches its bound reaches the level.
    guard
      watched.hasBounds && !stopped.concerns(bank)
        || setup.thresholds[index].terms.isReached(
          by: Money(fen: part), of: Money(fen: ratio(index, bank: bank, month: month).whole),
          disbursed: Money(fen: disbursed(index, bank: bank, month: month)))
    else { return }
    if !isKnown { noteBreach(index, bank: bank, month: month, part: part) }
    guard !watched.isWarning else { return }
    lastingCount += 1
    let notice = month + watched.noticeLagMonths
    suspend(bank, CoverSuspension(threshold: index, from: notice), notice: notice)
  }

  /// Notes the first breach of a threshold by a bank.
  mutating func noteBreach(_ index: Int, bank: Int, month: Int, part: Int64) {
    firstBreach[index * bankCount + bank] = Int16(month)
    let first = firstBreachOfAny[index]
    firstBreachOfAny[index] = first < 0 ? Int16(month) : min(first, Int16(month))
    let isTabled = tables.thresholds[index].hasBounds && !stopped.concerns(bank)
    let whole = isTabled ? -1 : ratio(index, bank: bank, month: month).whole
    breaches.append(
      Breach(threshold: index, bank: bank, month: month, part: part, countedWhole: whole))
  }

  /// Whether a suspension by this threshold is in force for the bank.
  private func isActive(_ index: Int, bank: Int) -> Bool {
    var item = lastSuspension[bank]
    while item >= 0 {
      let suspension = suspensions[Int(item)]
      if suspension.cover.threshold == index { return suspension.cover.lasts }
      item = suspension.previous
    }
    return false
  }
}
