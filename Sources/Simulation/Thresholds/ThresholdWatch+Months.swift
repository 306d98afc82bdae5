import CompensationKernel
import FundCore

// What the watch over the banks' ratios does at the beginning and at the end of a month. Both look
// only at banks to which something happened.
extension ThresholdWatch {
  /// Whether a month in which no claim is settled can change nothing.
  @inline(__always)
  func isQuiet(_ month: Int, defaults: TrialDefaults) -> Bool {
    !tables.isEventful[month] && !(hasStirred && tables.endsPeriod[month])
      && !(tables.canResume && lastingCount > 0) && clearing.isEmpty(in: month)
      && returning.isEmpty(in: month) && !(setup.stopsLending && !suspensions.isEmpty)
      && !(setup.tracksOverdue && !defaults.range(month).isEmpty)
  }

  /// Disbursements and new overdue loans of a month, then what clears or comes back in it.
  @inline(__always)
  mutating func beginMonth(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext, writeOffMonths: Int?
  ) {
    guard isBusyAtStart else { return }
    if setup.stopsLending, !suspensions.isEmpty { stopLending(month, defaults: defaults) }
    if setup.countsCovered { countCoveredStarts(month, trial: trial) }
    if setup.tracksOverdue {
      for index in defaults.range(month) where !stopped.contains(defaults.ordered[index].loan) {
        addOverdue(defaults.ordered[index], month: month, writeOffMonths)
      }
      let counters = counters
      clearing.forEach(in: month) { counters[$0].overdueCleared &+= $1 }
    }
    for index in tables.reaching(in: month, countsCompensation: true) {
      let item = tables.reaching[index]
      compare(Int(item.threshold), bank: Int(item.bank), month: month)
    }
    compareCrossing(month, countsCompensation: true)
    if setup.tracksReturns {
      let counters = counters
      returning.forEach(in: month) { counters[$0].returned &+= $1 }
    }
  }

  private mutating func addOverdue(
    _ event: DefaultEvent, month: Int, _ writeOffMonths: Int?
  ) {
    let overdue = overdueLoans[Int(event.loan)]
    let bank = Int(overdue.bank)
    let amount = overdue.amount >= 0 ? overdue.amount : overdueAmount(of: event)
    counters[bank].overdueEver &+= amount
    stir(bank)
    overdueBanks[overdueCount] = overdue.bank
    overdueCount &+= 1
    var clears = month &+ setup.plan.claims.delay &+ Int(event.lag)
    if let writeOff = writeOffMonths { clears = min(clears, month &+ writeOff) }
    if clears < horizon { clearing.add(amount, bank: bank, month: max(clears, month)) }
  }

  @inline(never)
  private mutating func overdueAmount(of event: DefaultEvent) -> Int64 {
    let loan = portfolio.loans[Int(event.loan)]
    return overdueTerms.map { loan.counted(loan.outstanding(in: Int(event.month)), by: $0) } ?? 0
  }

  /// Judges what is watched at the end of a month: period ends, overdue ratios, resumptions.
  @inline(__always)
  mutating func endMonth(_ month: Int) {
    if tables.hasPeriods || overdueCount > 0 || tables.isEventful[month] || !crossing.isEmpty {
      judge(month)
    }
    if tables.canResume, lastingCount > 0 { resume(month) }
  }

  private mutating func judge(_ month: Int) {
    let isStirred = hasStirred
    hasStirred = false
    for index in tables.thresholds.indices {
      let watched = tables.thresholds[index]
      if watched.isCoupled, !watched.isAtClaims {
        judgeCoupled(index, month: month)
      } else if !watched.isAtClaims {
        judgePeriod(index, month: month, isStirred: isStirred)
      } else if !watched.numerator.countsCompensation {
        for place in 0..<overdueCount {
          compare(index, bank: Int(overdueBanks[place]), month: month)
        }
      }
    }
    for index in tables.reaching(in: month, countsCompensation: false) {
      let item = tables.reaching[index]
      compare(Int(item.threshold), bank: Int(item.bank), month: month)
    }
    compareCrossing(month, countsCompensation: false)
    if isStirred { stirred.clear(row: tables.thresholds.count) }
    overdueCount = 0
  }

  /// Compares the ratios of one threshold if its period ends with the month.
  ///
  /// A ratio that was not reached when it was last looked at (or whose suspension was lifted since,
  /// because it was below the level) has been reached only if its numerator has grown or its
  /// bound has come down. All other banks are passed over.
  @inline(__always)
  private mutating func judgePeriod(_ index: Int, month: Int, isStirred: Bool) {
    let stirred = stirred
    if isStirred { stirred.formUnion(row: index, with: stirred, row: tables.thresholds.count) }
    let row = index &* horizon &+ month
    guard tables.isPeriodEnd[row] else {
      // The next period end is then not to be passed over.
      hasStirred = hasStirred || isStirred
      return
    }
    stirred.formUnion(row: index, with: tables.loweredBounds, row: row)
    stirred.drain(row: index) { bank in
      if mayReach(index, bank: bank, month: month) { compare(index, bank: bank, month: month) }
    }
  }

  @inline(never)
  private mutating func resume(_ month: Int) {
    for position in suspensions.indices where suspensions[position].cover.lasts {
      let suspension = suspensions[position]
      let threshold = suspension.cover.threshold
      let months = month - suspension.notice
      guard months >= tables.thresholds[threshold].resumesAfterMonths else { continue }
      let (part, whole) = ratio(threshold, bank: suspension.bank, month: month)
      if setup.thresholds[threshold].terms.isLifted(
        monthsSinceNotice: months, part: Money(fen: part), of: Money(fen: whole))
      {
        suspensions[position].cover.until = month
        lastingCount -= 1
      }
    }
  }
}

/// What a loan counts among a bank's overdue loans.
struct OverdueLoan: BitwiseCopyable {
  /// The amount; −1 where it depends on the month of default.
  let amount: Int64
  let bank: Int32

  init(_ loan: PlannedLoan, counted terms: ThresholdTerms, timing: AssessmentTiming) {
    let month = Int(loan.start) + (timing == .maturity ? Int(loan.term) : 0)
    bank = loan.bank
    amount =
      timing == .maturity || !loan.isAmortizing
      ? loan.counted(loan.outstanding(in: month), by: terms) : -1
  }
}
