import CompensationKernel
import FundCore

/// Finds the warnings of a trial that is settled by totals from what the banks' claims owe.
///
/// The sums of a stretch tell which banks may reach a threshold in it. The claims of its periods are then summed
/// by month; within the month that gets there the order of the bank's claims decides what the ratio was.
struct BreachSearch {
  /// A claim of a month whose order decides.
  private struct OwedClaim: LoanOrdered {
    let loan: Int32
    let owed: Int64
  }

  /// The month in which a bank first reaches a threshold, and what its claims owe at that moment.
  private struct Breach {
    let month: Int
    let part: Int64
  }

  private let terms: FundTerms
  private let tables: ThresholdTables
  private let totals: OwedTotals
  private let bankCount: Int
  /// What the claims of a bank that may reach a threshold owe by month, shape `[bank × horizon + month]`;
  /// those of the others are not asked for.
  private let owed: UnsafeMutableBufferPointer<Int64>
  /// Whether the claims of a period's defaults are in these sums, by period.
  private let isSummed: UnsafeMutableBufferPointer<Bool>
  /// The claims of a bank and month.
  private let claims: UnsafeMutableBufferPointer<OwedClaim>

  init(
    _ terms: FundTerms, tables: ThresholdTables, totals: OwedTotals, bankCount: Int,
    in memory: WorkingMemory
  ) {
    self.terms = terms
    self.tables = tables
    self.totals = totals
    self.bankCount = bankCount
    owed = memory.table(0, count: terms.hot.hasThresholds ? bankCount * terms.hot.horizon : 0)
    isSummed = memory.table(false, count: (terms.periodOfMonth.last ?? 0) + 1)
    claims = memory.room(count: terms.hot.hasThresholds ? terms.candidateCount : 0)
  }

  /// Finds the warnings of the trial, and notes them in the watch.
  ///
  /// - Returns: `false` if a suspension or pause may come about, or a breach cannot be told from
  ///   the sums.
  func findWarnings(
    _ defaults: TrialDefaults, row: TrialRow, watch: inout ThresholdWatch
  ) -> Bool {
    guard terms.hot.hasThresholds else { return true }
    guard terms.hot.canTellFromSums else { return false }
    let suspects = totals.suspects[0..<totals.findSuspects(in: row.byStretch)]
    guard !suspects.isEmpty else { return true }
    if suspects.contains(where: { totals.surelySuspends(bank: Int($0), in: row.byStretch) }) {
      return false
    }
    defaults.makeList()
    clearSums(suspects)
    for bank in suspects {
      for threshold in tables.thresholds.indices {
        guard let breach = breach(threshold, bank: Int(bank), row, defaults) else { continue }
        guard tables.thresholds[threshold].isWarning else { return false }
        watch.noteBreach(
          threshold, bank: Int(bank), month: breach.month, part: breach.part)
      }
    }
    return true
  }

  private func clearSums(_ suspects: Slice<UnsafeMutableBufferPointer<Int32>>) {
    isSummed.update(repeating: false)
    let (owed, horizon) = (owed, terms.hot.horizon)
    for bank in suspects {
      let first = Int(bank) &* horizon
      for place in first..<first &+ horizon { owed[place] = 0 }
    }
  }

  /// The places of the defaults whose claims fall into some months: those of their periods.
  @inline(__always)
  private func periods(of months: Range<Int>) -> ClosedRange<Int> {
    let (delay, last) = (terms.hot.delay, terms.hot.horizon - 1)
    let first = terms.periodOfMonth[min(max(0, months.lowerBound - delay), last)]
    return first...terms.periodOfMonth[min(max(0, months.upperBound - 1 - delay), last)]
  }

  /// Sums what is owed by month, for the periods of some months.
  ///
  /// - Precondition: The claims were settled beforehand.
  private func sumByMonth(_ months: Range<Int>, _ defaults: TrialDefaults) {
    for period in periods(of: months) where !isSummed[period] {
      isSummed[period] = true
      add(defaults.places(ofPeriod: period), of: defaults)
    }
  }

  private func add(_ range: Range<Int>, of defaults: TrialDefaults) {
    // Local copies, which the compiler keeps close.
    let (places, records, owed, horizon) = (
      defaults.places, terms.records, owed, terms.hot.horizon
    )
    let delay = min(terms.hot.delay, horizon - 1)
    for index in range {
      let place = places[index]
      let record = records[Int(place.number)]
      if place.month <= record.lastMonth {
        // All banks' claims: whose a default is, is anybody's guess.
        owed[Int(record.bank) &* horizon &+ Int(place.month) &+ delay] &+= Int64(record.owed)
      } else if let claim = otherClaim(of: defaults, at: index) {
        owed[Int(claim.bank) &* horizon &+ Int(place.month) &+ delay] &+= claim.owed
      }
    }
  }

  /// A claim that is not plain; `nil` if it does not count.
  @inline(never)
  private func otherClaim(of defaults: TrialDefaults, at index: Int) -> (bank: Int32, owed: Int64)?
  {
    let claim = terms.claims[Int(defaults.loan(at: index))]
    let month = Int(defaults.places[index].month)
    guard claim.isFixed, claim.settled.lossBase > .zero, month <= terms.hot.lastDefaultMonth,
      month + terms.hot.delay < terms.hot.horizon
    else { return nil }
    return (claim.bank, claim.settled.owed.fen)
  }

  /// How a bank first reaches a threshold: at a claim, when the minimum volume is reached, or at a period's
  /// end; `nil` if it does not.
  private func breach(
    _ threshold: Int, bank: Int, _ row: TrialRow, _ defaults: TrialDefaults
  ) -> Breach? {
    var reach = OwedTotals.Reach()
    while totals.findNext(&reach, of: threshold, bank: bank, in: row.byStretch) {
      if let breach = breach(threshold, bank: bank, in: reach, defaults) { return breach }
    }
    return nil
  }

  /// The same in one stretch.
  private func breach(
    _ threshold: Int, bank: Int, in reach: OwedTotals.Reach, _ defaults: TrialDefaults
  ) -> Breach? {
    let horizon = terms.hot.horizon
    let watched = tables.thresholds[threshold]
    let bounds = (threshold &* bankCount &+ bank) &* horizon
    sumByMonth(totals.months(of: reach), defaults)
    var before = reach.before
    for month in totals.months(of: reach) {
      let bound = tables.bounds[bounds &+ month]
      let after = before &+ owed[bank &* horizon &+ month]
      defer { before = after }
      guard after >= bound else { continue }
      guard watched.isAtClaims else {
        guard tables.isPeriodEnd[threshold &* horizon &+ month] else { continue }
        return Breach(month: month, part: after)
      }
      if before >= bound, reachesMinimum(threshold, bank: bank, month: month) {
        return Breach(month: month, part: before)
      }
      // What it was at that moment is asked of warnings alone.
      if !watched.isWarning, after > before { return Breach(month: month, part: after) }
      if let part = part(reaching: bound, from: before, bank: bank, month: month, defaults) {
        return Breach(month: month, part: part)
      }
    }
    return nil
  }

  private func reachesMinimum(_ index: Int, bank: Int, month: Int) -> Bool {
    tables.reaching(in: month, countsCompensation: true).contains {
      let item = tables.reaching[$0]
      return Int(item.threshold) == index && Int(item.bank) == bank
    }
  }

  /// What a bank's claims owe at the claim of a month with which they reach a bound; `nil` if none does.
  private func part(
    reaching bound: Int64, from before: Int64, bank: Int, month: Int, _ defaults: TrialDefaults
  ) -> Int64? {
    let range = defaults.places(ofPeriod: periods(of: month..<month + 1).lowerBound)
    let (places, records, month) = (defaults.places, terms.records, month &- terms.hot.delay)
    var count = 0
    for index in range where Int(places[index].month) == month {
      let record = records[Int(places[index].number)]
      let claim =
        places[index].month <= record.lastMonth
        ? (Int32(record.bank), Int64(record.owed)) : otherClaim(of: defaults, at: index)
      guard let claim, claim.0 == bank, places[index].number != defaults.nobody else { continue }
      claims[count] = OwedClaim(loan: defaults.loan(at: index), owed: claim.1)
      count &+= 1
    }
    claims.sortByLoan(0..<count)
    var part = before
    for claim in claims[0..<count] {
      part &+= claim.owed
      if part >= bound { return part }
    }
    return nil
  }
}
