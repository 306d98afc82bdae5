import CompensationKernel
import FundCore

/// Finds the warnings of a trial that is settled by totals from what the banks' claims owe.
///
/// The sums of a stretch tell where a bank may first reach a threshold. Of those stretches the claims are
/// summed by month, all in one pass; within the month that gets there the order of the bank's claims decides
/// what the ratio was. Where none does, the next stretch is looked at in which the bank may.
struct BreachSearch {
  /// A claim of a month whose order decides.
  private struct OwedClaim: LoanOrdered {
    let loan: Int32
    let owed: Int64
  }

  /// A bank that may reach a threshold for the first time in a stretch.
  private struct Suspicion: BitwiseCopyable {
    let threshold: Int32
    let bank: Int32
    var reach = OwedTotals.Reach()
    /// Where the months of the stretch stand among the sums.
    var slot: Int32 = 0
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
  private let suspicions: UnsafeMutableBufferPointer<Suspicion>
  /// The slot of a stretch of a bank that is looked at, by its place among the totals; 0 for all others.
  private let slots: UnsafeMutableBufferPointer<Int32>
  /// What is owed by month, shape `[slot × 4 + month of the stretch]`; nobody asks for slot 0.
  private let sums: UnsafeMutableBufferPointer<Int64>
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
    let most = tables.thresholds.count * bankCount
    suspicions = memory.room(count: most)
    slots = memory.table(0, count: totals.rowLength)
    sums = memory.table(0, count: (most + 1) * OwedTotals.stretchLength)
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
    var count = suspect(totals.findSuspects(in: row.byStretch), row)
    guard count > 0 else { return true }
    defaults.makeList()
    while count > 0 {
      openSlots(count)
      addClaims(defaults)
      for index in 0..<count { slots[suspicions[index].reach.place] = 0 }
      guard let left = settle(count, defaults, row, &watch) else { return false }
      count = left
    }
    return true
  }

  /// Notes where each bank that may reach a bound may first reach each threshold.
  private func suspect(_ bankCount: Int, _ row: TrialRow) -> Int {
    var count = 0
    for bank in totals.suspects[0..<bankCount] {
      for threshold in tables.thresholds.indices {
        var item = Suspicion(threshold: Int32(truncatingIfNeeded: threshold), bank: bank)
        guard
          totals.findNext(&item.reach, of: threshold, bank: Int(bank), in: row.byStretch)
        else { continue }
        suspicions[count] = item
        count &+= 1
      }
    }
    return count
  }

  /// Opens a slot for each stretch that is looked at.
  private func openSlots(_ count: Int) {
    var slot: Int32 = 0
    for index in 0..<count {
      let place = suspicions[index].reach.place
      if slots[place] == 0 {
        slot &+= 1
        slots[place] = slot
        let first = Int(slot) &* OwedTotals.stretchLength
        for month in first..<first &+ OwedTotals.stretchLength { sums[month] = 0 }
      }
      suspicions[index].slot = slots[place]
    }
  }

  /// Sums the claims of the open slots by month.
  ///
  /// - Precondition: The claims were settled beforehand.
  private func addClaims(_ defaults: TrialDefaults) {
    // Local copies, which the compiler keeps close.
    let (places, records, slots, sums) = (defaults.places, terms.records, slots, sums)
    let (totals, delay) = (totals, min(terms.hot.delay, terms.hot.horizon - 1))
    for index in 0..<defaults.placeCount {
      let place = places[index]
      let record = records[Int(place.number)]
      let month = Int(place.month) &+ delay
      if place.month <= record.lastMonth {
        // All claims: whose a default is, is anybody's guess.
        let slot = Int(slots[totals.place(bank: Int(record.bank), month: month)])
        sums[OwedTotals.place(slot, month)] &+= Int64(record.owed)
      } else if let (bank, owed) = otherClaim(of: defaults, at: index) {
        let slot = Int(slots[totals.place(bank: Int(bank), month: month)])
        sums[OwedTotals.place(slot, month)] &+= owed
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

  /// Settles suspicions by what their months owe.
  ///
  /// - Returns: How many are left, each for a later stretch; `nil` if one is of more than a warning.
  private func settle(
    _ count: Int, _ defaults: TrialDefaults, _ row: TrialRow, _ watch: inout ThresholdWatch
  ) -> Int? {
    var left = 0
    for index in 0..<count {
      var item = suspicions[index]
      let (threshold, bank) = (Int(item.threshold), Int(item.bank))
      if let breach = breach(item, defaults) {
        guard tables.thresholds[threshold].isWarning else { return nil }
        watch.noteBreach(threshold, bank: bank, month: breach.month, part: breach.part)
      } else if totals.findNext(&item.reach, of: threshold, bank: bank, in: row.byStretch) {
        suspicions[left] = item
        left &+= 1
      }
    }
    return left
  }

  /// How a bank reaches a threshold in a stretch: at a claim, when the minimum volume is reached, or at a
  /// period's end; `nil` if it does not.
  private func breach(_ item: Suspicion, _ defaults: TrialDefaults) -> Breach? {
    let (index, bank, horizon) = (Int(item.threshold), Int(item.bank), terms.hot.horizon)
    let threshold = tables.thresholds[index]
    let bounds = (index &* bankCount &+ bank) &* horizon
    var before = item.reach.before
    for month in totals.months(of: item.reach) {
      let bound = tables.bounds[bounds &+ month]
      let after = before &+ sums[OwedTotals.place(Int(item.slot), month)]
      defer { before = after }
      guard after >= bound else { continue }
      guard threshold.isAtClaims else {
        guard tables.isPeriodEnd[index &* horizon &+ month] else { continue }
        return Breach(month: month, part: after)
      }
      if before >= bound, reachesMinimum(index, bank: bank, month: month) {
        return Breach(month: month, part: before)
      }
      // What it was at that moment is asked of warnings alone.
      if !threshold.isWarning, after > before { return Breach(month: month, part: after) }
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
    let (places, records, month) = (defaults.places, terms.records, month &- terms.hot.delay)
    var count = 0
    for index in 0..<defaults.placeCount where Int(places[index].month) == month {
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
