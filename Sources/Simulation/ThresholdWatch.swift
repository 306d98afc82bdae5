import CompensationKernel
import FundCore

/// The banks' ratios on one path: what they count, when they reach a level, and what a loan made
/// afterwards loses.
struct ThresholdWatch {
  /// A time without cover for a bank's new loans, counted in months.
  struct Suspension {
    let bank: Int
    var cover: CoverSuspension
    /// The bank's suspension before this one; −1 for the first.
    let previous: Int32
  }
  /// A breach with its ratio.
  struct Breach {
    let threshold: Int
    let bank: Int
    let month: Int
    let part: Int64
    let whole: Int64
  }

  let setup: FundSetup
  let tables: ThresholdTables
  /// Whether the start and the end of a month have anything to do.
  private let isBusyAtStart: Bool
  private let isBusyAtEnd: Bool
  private let tracksCompensation: Bool
  let portfolio: PlannedPortfolio
  let bankCount: Int
  let horizon: Int
  /// The measure of overdue principal.
  let overdueMeasure: LoanMeasure

  let counters: UnsafeMutableBufferPointer<BankCounters>
  /// The first breach by threshold and bank, shape `[threshold × banks + bank]`; −1 if none.
  let firstBreach: UnsafeMutableBufferPointer<Int16>
  var breaches: [Breach] = []
  var suspensions: [Suspension] = []
  /// The last suspension of each bank; −1 if none.
  let lastSuspension: UnsafeMutableBufferPointer<Int32>
  /// Overdue principal to be cleared, and money to come back, shape `[month × banks + bank]`.
  let clearing: UnsafeMutableBufferPointer<Int64>
  let returning: UnsafeMutableBufferPointer<Int64>
  /// Covered disbursements by threshold and bank, where a ratio counts them.
  let coveredDisbursed: UnsafeMutableBufferPointer<Int64>
  var overdueBanks: [Int32] = []
  /// What settling by totals owes.
  let totals: OwedTotals

  init(setup: FundSetup, simulation: SimulationPlan, in memory: WorkingMemory) {
    self.setup = setup
    portfolio = simulation.portfolio
    bankCount = simulation.portfolio.banks.count
    horizon = simulation.horizon
    tables = ThresholdTables(setup: setup, bankCount: bankCount, horizon: horizon, in: memory)
    overdueMeasure =
      setup.thresholds.first { !$0.terms.numerator.countsCompensation }?.terms.measure ?? .ipPart
    tracksCompensation = setup.tracksCompensation
    isBusyAtStart =
      setup.countsCovered || setup.tracksOverdue || setup.tracksReturns
      || setup.thresholds.contains { !$0.reachingMinimum.isEmpty }
    isBusyAtEnd =
      setup.tracksOverdue || setup.thresholds.contains { $0.terms.watched != .claims }
    let cellCount = setup.thresholds.count * bankCount
    counters = memory.table(BankCounters(), count: bankCount)
    firstBreach = memory.table(-1, count: cellCount)
    lastSuspension = memory.table(-1, count: bankCount)
    clearing = memory.table(0, count: setup.tracksOverdue ? horizon * bankCount : 0)
    returning = memory.table(0, count: setup.tracksReturns ? horizon * bankCount : 0)
    coveredDisbursed = memory.table(0, count: setup.countsCovered ? cellCount : 0)
    totals = OwedTotals(tables: tables, bankCount: bankCount, horizon: horizon, in: memory)
  }

  /// Forgets what the trial before counted.
  mutating func reset() {
    guard !setup.thresholds.isEmpty else { return }
    counters.update(repeating: BankCounters())
    clearing.update(repeating: 0)
    returning.update(repeating: 0)
    coveredDisbursed.update(repeating: 0)
  }

  /// Forgets what the trial before breached.
  mutating func forgetBreaches() {
    guard !breaches.isEmpty else { return }
    for breach in breaches { firstBreach[breach.threshold * bankCount + breach.bank] = -1 }
    breaches.removeAll(keepingCapacity: true)
    for suspension in suspensions { lastSuspension[suspension.bank] = -1 }
    suspensions.removeAll(keepingCapacity: true)
  }

  /// Disbursements and new overdue loans of a month, then what clears or comes back in it.
  @inline(__always)
  mutating func beginMonth(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext, writeOffMonths: Int?
  ) {
    guard isBusyAtStart else { return }
    if setup.countsCovered { countCoveredStarts(month, trial: trial) }
    if setup.tracksOverdue {
      for index in defaults.range(month) {
        addOverdue(defaults.ordered[index], month: month, writeOffMonths)
      }
      for bank in 0..<bankCount {
        counters[bank].overdueCleared += clearing[month * bankCount + bank]
      }
    }
    for index in tables.reaching(in: month, countsCompensation: true) {
      let item = tables.reaching[index]
      compare(Int(item.threshold), bank: Int(item.bank), month: month)
    }
    if setup.tracksReturns {
      for bank in 0..<bankCount { counters[bank].returned += returning[month * bankCount + bank] }
    }
  }

  private mutating func addOverdue(
    _ event: DefaultEvent, month: Int, _ writeOffMonths: Int?
  ) {
    let loan = portfolio.loans[Int(event.loan)]
    let amount = loan.counted(loan.outstanding(in: month), as: overdueMeasure)
    counters[Int(loan.bank)].overdueEver += amount
    overdueBanks.append(loan.bank)
    var clears = month + setup.plan.claims.delay + Int(event.lag)
    if let writeOff = writeOffMonths { clears = min(clears, month + writeOff) }
    if clears < horizon { clearing[max(clears, month) * bankCount + Int(loan.bank)] += amount }
  }

  /// Counts a settled claim, and compares the bank's ratios if they are watched at claims.
  @inline(__always)
  mutating func count(owed: Int64, paid: Int64, bank: Int, month: Int) {
    guard tracksCompensation else { return }
    let owed = counters[bank].owed &+ owed
    counters[bank].owed = owed
    counters[bank].paid &+= paid
    // What is paid, gross or net, is at most what is owed: below the lowest bound, nothing is new.
    if owed >= tables.lowestBound[bank &* horizon &+ month] {
      compareAtClaim(bank: bank, month: month)
    }
  }

  /// Counts a payment of what had been waiting; it owes nothing new.
  mutating func notePayment(_ fen: Int64, bank: Int, month: Int) {
    guard tracksCompensation else { return }
    counters[bank].paid += fen
    compareAtClaim(bank: bank, month: month)
  }

  @inline(never)
  private mutating func compareAtClaim(bank: Int, month: Int) {
    for index in tables.atClaims where mayReach(index, bank: bank, month: month) {
      compare(index, bank: bank, month: month)
    }
  }

  /// Whether a ratio can have reached its level for the first time, or again.
  @inline(__always)
  private func mayReach(_ index: Int, bank: Int, month: Int) -> Bool {
    let cell = index &* bankCount &+ bank
    let watched = tables.thresholds[index]
    return
      (!watched.hasBounds
      || counters[bank].numerator(watched.numerator) >= tables.bounds[cell &* horizon &+ month])
      && !(watched.isWarning && firstBreach[cell] >= 0)
  }

  /// Expects money back to the fund for a bank's claim in a later month.
  @inline(__always)
  func expectReturn(_ fen: Int64, bank: Int, month: Int) {
    returning[month * bankCount + bank] += fen
  }

  /// Counts money that came back to the fund for a bank's claim.
  func noteReturn(_ fen: Int64, bank: Int) {
    if setup.tracksReturns { counters[bank].returned += fen }
  }

  /// What a ratio counts for a bank, and what it is measured against.
  private func ratio(_ index: Int, bank: Int, month: Int) -> (part: Int64, whole: Int64) {
    let watched = tables.thresholds[index]
    let cell = index * bankCount + bank
    return (
      counters[bank].numerator(watched.numerator),
      watched.hasBounds ? tables.denominators[cell * horizon + month] : coveredDisbursed[cell]
    )
  }

  /// Compares one ratio with its level and acts on a breach.
  @inline(never)
  private mutating func compare(_ index: Int, bank: Int, month: Int) {
    guard mayReach(index, bank: bank, month: month) else { return }
    let cell = index * bankCount + bank
    let isKnown = firstBreach[cell] >= 0
    if isKnown, isActive(index, bank: bank) { return }
    let (part, whole) = ratio(index, bank: bank, month: month)
    guard
      setup.thresholds[index].terms.isReached(
        by: Money(fen: part), of: Money(fen: whole),
        disbursed: Money(fen: setup.thresholds[index].disbursed[bank * horizon + month]))
    else { return }
    if !isKnown { noteBreach(index, bank: bank, month: month, part: part) }
    let watched = tables.thresholds[index]
    guard !watched.isWarning else { return }
    suspensions.append(
      Suspension(
        bank: bank,
        cover: CoverSuspension(threshold: index, from: month + watched.noticeLagMonths),
        previous: lastSuspension[bank]))
    lastSuspension[bank] = Int32(suspensions.count - 1)
  }

  /// Notes the first breach of a threshold by a bank.
  mutating func noteBreach(_ index: Int, bank: Int, month: Int, part: Int64) {
    firstBreach[index * bankCount + bank] = Int16(month)
    let whole = ratio(index, bank: bank, month: month).whole
    breaches.append(
      Breach(threshold: index, bank: bank, month: month, part: part, whole: whole))
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

  /// Judges what is watched at the end of a month: period ends, overdue ratios, resumptions.
  @inline(__always)
  mutating func endMonth(_ month: Int) {
    guard isBusyAtEnd || tables.canResume && !suspensions.isEmpty else { return }
    judge(month)
  }

  private mutating func judge(_ month: Int) {
    for index in tables.thresholds.indices {
      let watched = tables.thresholds[index]
      if !watched.isAtClaims {
        guard tables.isPeriodEnd[index * horizon + month] else { continue }
        for bank in 0..<bankCount where mayReach(index, bank: bank, month: month) {
          compare(index, bank: bank, month: month)
        }
      } else if !watched.numerator.countsCompensation {
        for bank in overdueBanks { compare(index, bank: Int(bank), month: month) }
      }
    }
    for index in tables.reaching(in: month, countsCompensation: false) {
      let item = tables.reaching[index]
      compare(Int(item.threshold), bank: Int(item.bank), month: month)
    }
    overdueBanks.removeAll(keepingCapacity: true)
    resume(month)
  }

  private mutating func resume(_ month: Int) {
    guard tables.canResume, !suspensions.isEmpty else { return }
    for bank in 0..<bankCount {
      var item = lastSuspension[bank]
      while item >= 0 {
        let position = Int(item)
        let suspension = suspensions[position]
        item = suspension.previous
        guard suspension.cover.lasts else { continue }
        let threshold = suspension.cover.threshold
        let (part, whole) = ratio(threshold, bank: bank, month: month)
        if setup.thresholds[threshold].terms.isLifted(
          monthsSinceNotice: month - suspension.cover.from, part: Money(fen: part),
          of: Money(fen: whole))
        {
          suspensions[position].cover.until = month
        }
      }
    }
  }
}
