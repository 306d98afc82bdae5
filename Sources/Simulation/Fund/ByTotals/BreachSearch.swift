import CompensationKernel
import FundCore

/// Finds the warnings of a trial that is settled by totals from what the banks' claims owe.
struct BreachSearch {
  private let hot: HotFund
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let records: UnsafeMutableBufferPointer<PlainClaim>
  private let totals: OwedTotals
  /// The claims of the banks that may reach a bound.
  private let pending: UnsafeMutableBufferPointer<Int32>

  init(_ terms: FundTerms, totals: OwedTotals, in memory: WorkingMemory) {
    hot = terms.hot
    claims = terms.claims
    records = terms.records
    self.totals = totals
    pending = memory.table(0, count: hot.hasThresholds ? terms.loans.count + 1 : 0)
  }

  /// Finds the warnings of the trial.
  ///
  /// - Returns: `false` if a suspension or pause may come about, or a breach cannot be told from
  ///   the sums.
  mutating func findWarnings(_ defaults: TrialDefaults, watch: inout ThresholdWatch) -> Bool {
    guard hot.hasThresholds else { return true }
    guard hot.canTellFromSums else { return false }
    let suspects = totals.findSuspects()
    guard !suspects.isEmpty else { return true }
    let claimCount = sumByMonth(defaults)
    for suspect in suspects {
      let bank = Int(totals.suspects[suspect])
      guard let start = totals.firstReach(bank: bank) else { continue }
      for index in watch.tables.thresholds.indices {
        guard
          let breach = firstBreach(
            of: Watched(index, of: watch, bank: bank), from: start, defaults, claimCount)
        else { continue }
        guard watch.tables.thresholds[index].isWarning else { return false }
        watch.noteBreach(index, bank: bank, month: breach.month, part: breach.part)
      }
    }
    return true
  }

  /// A threshold of a bank.
  private struct Watched {
    let index: Int
    let tables: ThresholdTables
    let bankCount: Int
    let bank: Int

    init(_ index: Int, of watch: ThresholdWatch, bank: Int) {
      self.index = index
      self.bank = bank
      tables = watch.tables
      bankCount = watch.bankCount
    }
  }

  /// Sums what is owed by month, for the banks that may reach a bound, and lists their claims in
  /// `pending`.
  ///
  /// - Returns: The number of these claims.
  private func sumByMonth(_ defaults: TrialDefaults) -> Int {
    var count = 0
    for place in 0..<defaults.placeCount {
      guard let claim = claim(at: place, of: defaults) else { continue }
      pending[count] = Int32(truncatingIfNeeded: place)
      count &+= totals.isSuspect(claim.bank) ? 1 : 0
      totals.add(
        claim.owed, bank: claim.bank, inMonth: Int(defaults.places[place].month) &+ hot.delay)
    }
    return count
  }

  /// The bank of a covered default within the horizon, and what it is owed; `nil` for others and for
  /// nobody.
  ///
  /// - Precondition: The claim was settled beforehand.
  @inline(__always)
  private func claim(at place: Int, of defaults: TrialDefaults) -> (bank: Int, owed: Int64)? {
    let (number, month) = (defaults.places[place].number, Int(defaults.places[place].month))
    guard number != defaults.nobody else { return nil }
    let plain = records[Int(number)]
    if month <= Int(plain.lastMonth) { return (Int(plain.bank), Int64(plain.owed)) }
    let claim = claims[Int(defaults.loan(at: place))]
    guard claim.isFixed, claim.settled.lossBase > .zero, month <= hot.lastDefaultMonth,
      month + hot.delay < hot.horizon
    else { return nil }
    return (Int(claim.bank), claim.settled.owed.fen)
  }

  /// The first month in which a bank reaches a threshold, and the numerator at that moment: at a
  /// claim, when the minimum volume is reached, or at a period's end.
  ///
  /// - Parameter start: The first month in which it reaches any, and the numerator before.
  private func firstBreach(
    of item: Watched, from start: OwedTotals.Reach, _ defaults: TrialDefaults, _ claimCount: Int
  ) -> (month: Int, part: Int64)? {
    let (index, bank, tables) = (item.index, item.bank, item.tables)
    let watched = tables.thresholds[index]
    var before = start.before
    for month in start.month..<hot.horizon {
      let after = before &+ totals.owed(bank: bank, month: month)
      defer { before = after }
      let cell = (index &* item.bankCount &+ bank) &* hot.horizon &+ month
      let bound = tables.bounds[cell]
      guard after >= bound else { continue }
      guard watched.isAtClaims else {
        if tables.isPeriodEnd[index * hot.horizon + month] { return (month, after) }
        continue
      }
      if before >= bound, reachesMinimum(item, month: month) {
        return (month, before)
      }
      var part = before
      for place in 0..<orderClaims(ofBank: bank, month: month, defaults, claimCount) {
        part += claim(at: Int(pending[place]), of: defaults)?.owed ?? 0
        if part >= bound { return (month, part) }
      }
    }
    return nil
  }

  private func reachesMinimum(_ item: Watched, month: Int) -> Bool {
    item.tables.reaching(in: month, countsCompensation: true).contains {
      let reaching = item.tables.reaching[$0]
      return Int(reaching.threshold) == item.index && Int(reaching.bank) == item.bank
    }
  }

  /// Brings a bank's claims of a month to the front of the listed ones, in portfolio order. They are
  /// few, and sought once or twice a trial: less work than to sort all of the trial's defaults.
  ///
  /// - Returns: Their number.
  private func orderClaims(
    ofBank bank: Int, month: Int, _ defaults: TrialDefaults, _ claimCount: Int
  ) -> Int {
    var count = 0
    for listed in 0..<claimCount {
      let place = pending[listed]
      let loan = defaults.loan(at: Int(place))
      guard Int(defaults.places[Int(place)].month) == month &- hot.delay,
        claim(at: Int(place), of: defaults)?.bank == bank
      else { continue }
      pending[listed] = pending[count]
      var slot = count
      while slot > 0, defaults.loan(at: Int(pending[slot &- 1])) > loan {
        pending[slot] = pending[slot &- 1]
        slot &-= 1
      }
      pending[slot] = place
      count &+= 1
    }
    return count
  }
}
