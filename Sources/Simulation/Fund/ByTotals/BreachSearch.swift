import CompensationKernel
import FundCore

/// Finds the warnings of a trial that is settled by totals from what the banks' claims owe.
///
/// The sums of a stretch tell where a bank may first reach a threshold. Only the claims of those banks in
/// those stretches are looked at: listed in one pass, and walked in the order of months and, within a month,
/// of the portfolio, which decides what the ratio was. Where a bank does not get there after all, the next
/// stretch is looked at in which it may.
struct BreachSearch {
  /// A claim that is looked at.
  private struct OwedClaim: BitwiseCopyable {
    let bank: Int32
    let month: Int32
    let loan: Int32
    let owed: Int64

    @inline(__always)
    func comes(before other: OwedClaim) -> Bool {
      if bank != other.bank { return bank < other.bank }
      return month != other.month ? month < other.month : loan < other.loan
    }
  }

  /// A bank that may reach a threshold for the first time in a stretch.
  private struct Suspicion: BitwiseCopyable {
    let threshold: Int32
    let bank: Int32
    var reach = OwedTotals.Reach()
  }

  private let terms: FundTerms
  private let tables: ThresholdTables
  private let totals: OwedTotals
  private let bankCount: Int
  private let suspicions: UnsafeMutableBufferPointer<Suspicion>
  /// 1 for a stretch of a bank whose claims are looked at, by its place among the totals.
  private let isWanted: UnsafeMutableBufferPointer<UInt8>
  /// The places of their claims in the list of defaults, and these claims in order.
  private let pending: UnsafeMutableBufferPointer<Int32>
  private let claims: UnsafeMutableBufferPointer<OwedClaim>

  init(
    _ terms: FundTerms, tables: ThresholdTables, totals: OwedTotals, bankCount: Int,
    in memory: WorkingMemory
  ) {
    self.terms = terms
    self.tables = tables
    self.totals = totals
    self.bankCount = bankCount
    suspicions = memory.room(count: tables.thresholds.count * bankCount)
    isWanted = memory.table(0, count: totals.rowLength)
    let most = terms.hot.hasThresholds ? terms.candidateCount : 0
    pending = memory.room(count: most)
    claims = memory.room(count: most)
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
      for index in 0..<count { isWanted[suspicions[index].reach.place] = 1 }
      let claimCount = list(defaults)
      for index in 0..<count { isWanted[suspicions[index].reach.place] = 0 }
      guard let left = settle(count, claimCount, row, &watch) else { return false }
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

  /// Settles suspicions by the listed claims.
  ///
  /// - Returns: How many are left, each for a later stretch; `nil` if one is of more than a warning.
  private func settle(
    _ count: Int, _ claimCount: Int, _ row: TrialRow, _ watch: inout ThresholdWatch
  ) -> Int? {
    var (left, first) = (0, 0)
    for index in 0..<count {
      var item = suspicions[index]
      while first < claimCount, claims[first].bank < item.bank { first &+= 1 }
      if let breach = breach(item, first..<claimCount) {
        guard tables.thresholds[Int(item.threshold)].isWarning else { return nil }
        watch.noteBreach(
          Int(item.threshold), bank: Int(item.bank), month: breach.month, part: breach.part)
      } else if totals.findNext(
        &item.reach, of: Int(item.threshold), bank: Int(item.bank), in: row.byStretch)
      {
        suspicions[left] = item
        left &+= 1
      }
    }
    return left
  }

  /// The month of a stretch in which a bank first reaches a threshold, and what its claims owe at that
  /// moment: at a claim, when the minimum volume is reached, or at a period's end; `nil` if it does not.
  ///
  /// - Parameter listed: The listed claims from the bank's first on.
  private func breach(_ item: Suspicion, _ listed: Range<Int>) -> (month: Int, part: Int64)? {
    let (index, bank, horizon) = (Int(item.threshold), Int(item.bank), terms.hot.horizon)
    let isAtClaims = tables.thresholds[index].isAtClaims
    let bounds = (index &* bankCount &+ bank) &* horizon
    var part = item.reach.before
    var next = listed.lowerBound
    for month in totals.months(of: item.reach) {
      let bound = tables.bounds[bounds &+ month]
      if isAtClaims, part >= bound, reachesMinimum(index, bank: bank, month: month) {
        return (month, part)
      }
      while next < listed.upperBound, claims[next].bank == item.bank, claims[next].month <= month {
        if claims[next].month == month {
          part &+= claims[next].owed
          if isAtClaims, part >= bound { return (month, part) }
        }
        next &+= 1
      }
      if !isAtClaims, part >= bound, tables.isPeriodEnd[index &* horizon &+ month] {
        return (month, part)
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
}

// The claims that are looked at.
extension BreachSearch {
  /// Lists the claims that count, of covered defaults within the horizon, in the stretches that are wanted:
  /// by bank, month and loan.
  ///
  /// - Precondition: They were settled beforehand.
  private func list(_ defaults: TrialDefaults) -> Int {
    // Local copies, which the compiler keeps close.
    let (places, records, isWanted) = (defaults.places, terms.records, isWanted)
    let (pending, totals, delay) = (pending, totals, terms.hot.delay)
    var found = 0
    for index in 0..<defaults.placeCount {
      let place = places[index]
      let record = records[Int(place.number)]
      let isPlain = place.month <= record.lastMonth
      pending[found] = Int32(truncatingIfNeeded: index)
      // Without a branch: whose a default is, is anybody's guess. A claim that is not plain is looked at.
      let month = isPlain ? Int(place.month) &+ delay : 0
      found &+=
        isPlain ? Int(isWanted[totals.place(bank: Int(record.bank), month: month)]) : 1
    }
    var count = 0
    for index in pending[0..<found] {
      guard let claim = claim(defaults, at: Int(index)) else { continue }
      var slot = count
      while slot > 0, claim.comes(before: claims[slot &- 1]) {
        claims[slot] = claims[slot &- 1]
        slot &-= 1
      }
      claims[slot] = claim
      count &+= 1
    }
    return count
  }

  /// A claim that is looked at; `nil` if it is none.
  @inline(__always)
  private func claim(_ defaults: TrialDefaults, at index: Int) -> OwedClaim? {
    let place = defaults.places[index]
    guard place.number != defaults.nobody else { return nil }
    let record = terms.records[Int(place.number)]
    let month = Int32(place.month) &+ Int32(truncatingIfNeeded: terms.hot.delay)
    let loan = defaults.loan(at: index)
    guard place.month > record.lastMonth else {
      return OwedClaim(
        bank: Int32(record.bank), month: month, loan: loan, owed: Int64(record.owed))
    }
    let claim = terms.claims[Int(loan)]
    guard claim.isFixed, claim.settled.lossBase > .zero, place.month <= terms.hot.lastDefaultMonth,
      Int(month) < terms.hot.horizon,
      isWanted[totals.place(bank: Int(claim.bank), month: Int(month))] != 0
    else { return nil }
    return OwedClaim(bank: claim.bank, month: month, loan: loan, owed: claim.settled.owed.fen)
  }
}
