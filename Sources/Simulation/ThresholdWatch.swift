import CompensationKernel
import FundCore

/// The banks' ratios on one path: what they count, when they reach a level, and what a loan made
/// afterwards loses.
struct ThresholdWatch {
  /// What one bank's ratios count so far, in fen.
  struct Counters {
    var owed: Int64 = 0
    var paid: Int64 = 0
    var returned: Int64 = 0
    var overdueEver: Int64 = 0
    var overdueCleared: Int64 = 0
  }
  /// A time without cover for a bank's new loans: from the end of one month up to, not
  /// including, the end of another.
  struct Suspension {
    let threshold: Int
    let from: Int
    var until: Int
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

  /// What the comparison after each claim reads: flat, nothing to retain.
  private struct ClaimWatch {
    let threshold: Int
    let numerator: RatioNumerator
    /// Where the threshold's bounds begin in `bounds`; −1 if they depend on the trial.
    let firstBound: Int
  }

  let setup: FundSetup
  private let claimWatches: [ClaimWatch]
  private let bounds: [Int64]
  /// Whether the start and the end of a month have anything to do.
  private let isBusyAtStart: Bool
  private let isBusyAtEnd: Bool
  private let tracksCompensation: Bool
  let portfolio: PlannedPortfolio
  let bankCount: Int
  let horizon: Int
  /// The measure of overdue principal.
  let overdueMeasure: LoanMeasure

  var counters: [Counters] = []
  /// The first breach by threshold and bank, shape `[threshold × banks + bank]`; −1 if none.
  var firstBreach: [Int16] = []
  var breaches: [Breach] = []
  var suspensions: [Suspension] = []
  /// The last suspension of each bank; −1 if none.
  var lastSuspension: [Int32] = []
  /// Overdue principal to be cleared, and money to come back, by month: (bank, fen).
  var clearing: [[(bank: Int32, fen: Int64)]] = []
  var returning: [[(bank: Int32, fen: Int64)]] = []
  /// Covered disbursements by threshold and bank, where a ratio counts them.
  var coveredDisbursed: [Int64] = []
  var overdueBanks: [Int32] = []

  init(setup: FundSetup, simulation: SimulationPlan) {
    self.setup = setup
    portfolio = simulation.portfolio
    bankCount = simulation.portfolio.banks.count
    horizon = simulation.horizon
    overdueMeasure =
      setup.thresholds.first { !$0.terms.numerator.countsCompensation }?.terms.measure ?? .ipPart
    var flatBounds: [Int64] = []
    var watches: [ClaimWatch] = []
    for (index, item) in setup.thresholds.enumerated()
    where item.terms.watched == .claims && item.terms.numerator.countsCompensation {
      watches.append(
        ClaimWatch(
          threshold: index, numerator: item.terms.numerator,
          firstBound: item.bounds.isEmpty ? -1 : flatBounds.count))
      flatBounds += item.bounds
    }
    bounds = flatBounds
    claimWatches = watches
    tracksCompensation = setup.tracksCompensation
    isBusyAtStart =
      setup.countsCovered || setup.tracksOverdue || setup.tracksReturns
      || setup.thresholds.contains { !$0.reachingMinimum.isEmpty }
    isBusyAtEnd =
      setup.tracksOverdue || setup.thresholds.contains { $0.terms.watched != .claims }
    counters = Array(repeating: Counters(), count: setup.thresholds.isEmpty ? 0 : bankCount)
    firstBreach = Array(repeating: -1, count: setup.thresholds.count * bankCount)
    lastSuspension = Array(repeating: -1, count: setup.canLoseCover ? bankCount : 0)
    clearing = Array(repeating: [], count: setup.tracksOverdue ? horizon : 0)
    returning = Array(repeating: [], count: setup.tracksReturns ? horizon : 0)
    coveredDisbursed = Array(
      repeating: 0, count: setup.countsCovered ? setup.thresholds.count * bankCount : 0)
  }

  mutating func reset() {
    guard !setup.thresholds.isEmpty else { return }
    for index in counters.indices { counters[index] = Counters() }
    for breach in breaches { firstBreach[breach.threshold * bankCount + breach.bank] = -1 }
    breaches.removeAll(keepingCapacity: true)
    if !suspensions.isEmpty {
      for index in lastSuspension.indices { lastSuspension[index] = -1 }
      suspensions.removeAll(keepingCapacity: true)
    }
    for month in clearing.indices { clearing[month].removeAll(keepingCapacity: true) }
    for month in returning.indices { returning[month].removeAll(keepingCapacity: true) }
    for index in coveredDisbursed.indices { coveredDisbursed[index] = 0 }
  }

  /// Disbursements and new overdue loans of a month, then what clears or comes back in it.
  mutating func beginMonth(
    _ month: Int, defaults: [DefaultEvent], range: Range<Int>, writeOffMonths: Int?
  ) {
    guard isBusyAtStart else { return }
    if setup.countsCovered { countCoveredStarts(month) }
    if setup.tracksOverdue {
      for index in range { addOverdue(defaults[index], month: month, writeOffMonths) }
      for item in clearing[month] { counters[Int(item.bank)].overdueCleared += item.fen }
    }
    for (index, threshold) in setup.thresholds.enumerated()
    where !threshold.reachingMinimum.isEmpty && threshold.terms.watched == .claims {
      for bank in threshold.reachingMinimum[month] where threshold.terms.numerator.countsCompensation {
        compare(index, bank: Int(bank), month: month)
      }
    }
    if setup.tracksReturns {
      for item in returning[month] { counters[Int(item.bank)].returned += item.fen }
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
    if clears < horizon { clearing[max(clears, month)].append((loan.bank, amount)) }
  }

  /// Counts a settled claim, and compares the bank's ratios if they are watched at claims.
  @inline(__always)
  mutating func count(_ settlement: Settlement, bank: Int, month: Int) {
    guard tracksCompensation else { return }
    counters[bank].owed += settlement.owed.fen
    counters[bank].paid += settlement.paid.fen
    compareAtClaim(bank: bank, month: month)
  }

  /// Counts a payment of what had been waiting; it owes nothing new.
  mutating func notePayment(_ fen: Int64, bank: Int, month: Int) {
    guard tracksCompensation else { return }
    counters[bank].paid += fen
    compareAtClaim(bank: bank, month: month)
  }

  @inline(__always)
  private mutating func compareAtClaim(bank: Int, month: Int) {
    for index in claimWatches.indices {
      let watch = claimWatches[index]
      if watch.firstBound >= 0 {
        let bound = bounds[watch.firstBound + bank * horizon + month]
        if numerator(watch.numerator, of: counters[bank]) < bound { continue }
      }
      compare(watch.threshold, bank: bank, month: month)
    }
  }

  /// Expects money back to the fund for a bank's claim in a later month.
  mutating func expectReturn(_ fen: Int64, bank: Int, month: Int) {
    returning[month].append((Int32(bank), fen))
  }

  /// Counts money that came back to the fund for a bank's claim.
  mutating func noteReturn(_ fen: Int64, bank: Int) {
    if setup.tracksReturns { counters[bank].returned += fen }
  }

  @inline(__always)
  private func numerator(_ kind: RatioNumerator, of counter: Counters) -> Int64 {
    switch kind {
    case .compensationOwed: counter.owed
    case .compensationPaid: counter.paid
    case .compensationNet: counter.paid - counter.returned
    case .overdueOutstanding: counter.overdueEver - counter.overdueCleared
    case .overdueEver: counter.overdueEver
    }
  }

  /// What a ratio counts for a bank, and what it is measured against.
  private func ratio(_ index: Int, bank: Int, month: Int) -> (part: Int64, whole: Int64) {
    let counter = counters[bank]
    let threshold = setup.thresholds[index]
    let part = numerator(threshold.terms.numerator, of: counter)
    let whole =
      threshold.denominators.isEmpty
      ? coveredDisbursed[index * bankCount + bank]
      : threshold.denominators[bank * horizon + month]
    return (part, whole)
  }

  /// Compares one ratio with its level and acts on a breach.
  @inline(never)
  private mutating func compare(_ index: Int, bank: Int, month: Int) {
    let threshold = setup.thresholds[index]
    let cell = index * bankCount + bank
    let isKnown = firstBreach[cell] >= 0
    if isKnown, threshold.terms.effect == .warning || isActive(index, bank: bank) { return }
    let (part, whole) = ratio(index, bank: bank, month: month)
    guard
      threshold.terms.isReached(
        by: Money(fen: part), of: Money(fen: whole),
        disbursed: Money(fen: threshold.disbursed[bank * horizon + month]))
    else { return }
    if !isKnown {
      firstBreach[cell] = Int16(month)
      breaches.append(
        Breach(threshold: index, bank: bank, month: month, part: part, whole: whole))
    }
    guard threshold.terms.effect != .warning else { return }
    suspensions.append(
      Suspension(
        threshold: index, from: month + (threshold.terms.customers?.noticeLagMonths ?? 0),
        until: .max, previous: lastSuspension[bank]))
    lastSuspension[bank] = Int32(suspensions.count - 1)
  }

  /// Whether a suspension by this threshold is in force for the bank.
  private func isActive(_ index: Int, bank: Int) -> Bool {
    var item = lastSuspension[bank]
    while item >= 0 {
      let suspension = suspensions[Int(item)]
      if suspension.threshold == index { return suspension.until == .max }
      item = suspension.previous
    }
    return false
  }

  /// Judges what is watched at the end of a month: period ends, overdue ratios, resumptions.
  mutating func endMonth(_ month: Int) {
    guard isBusyAtEnd || !suspensions.isEmpty else { return }
    for index in setup.thresholds.indices {
      let threshold = setup.thresholds[index]
      if threshold.terms.watched != .claims {
        guard threshold.isPeriodEnd[month] else { continue }
        for bank in 0..<bankCount { compare(index, bank: bank, month: month) }
      } else if !threshold.terms.numerator.countsCompensation {
        for bank in overdueBanks { compare(index, bank: Int(bank), month: month) }
        for bank in threshold.reachingMinimum.isEmpty ? [] : threshold.reachingMinimum[month] {
          compare(index, bank: Int(bank), month: month)
        }
      }
    }
    overdueBanks.removeAll(keepingCapacity: true)
    resume(month)
  }

  private mutating func resume(_ month: Int) {
    guard !suspensions.isEmpty else { return }
    for bank in 0..<bankCount {
      var item = lastSuspension[bank]
      while item >= 0 {
        let suspension = suspensions[Int(item)]
        let terms = setup.thresholds[suspension.threshold].terms
        if suspension.until == .max, let wait = terms.resumesAfterMonths,
          month >= suspension.from + wait
        {
          let (part, whole) = ratio(suspension.threshold, bank: bank, month: month)
          if !terms.level.isReached(by: Money(fen: part), of: Money(fen: whole)) {
            suspensions[Int(item)].until = month
          }
        }
        item = suspension.previous
      }
    }
  }
}
