import CompensationKernel
import FundCore

/// Finds the warnings of a trial that is settled by totals from what the banks' claims owe.
///
/// Only the claims of banks that may reach a bound are looked at: dealt out to their months once, and
/// walked once, month by month. Within a month in which a bank does reach a bound, the order of its claims
/// decides.
struct BreachSearch {
  /// A claim of a bank that may reach a bound.
  private struct OwedClaim: LoanOrdered {
    var owed: Int64 = 0
    var loan: Int32 = 0
    var bank: Int32 = 0
  }

  private let hot: HotFund
  private let claims: UnsafeMutableBufferPointer<LoanClaim>
  private let records: UnsafeMutableBufferPointer<PlainClaim>
  private let totals: OwedTotals
  private let tables: ThresholdTables
  private let bankCount: Int
  /// 1 for a bank that is among those, by bank.
  private let suspicion: UnsafeMutableBufferPointer<UInt8>
  /// What a bank's claims owe until a month, by bank.
  private let owed: UnsafeMutableBufferPointer<Int64>
  /// The places of the claims in the list of defaults.
  private let pending: UnsafeMutableBufferPointer<Int32>
  /// The claims by month, and where each month's begin, shape `[horizon + 1]`.
  private let dealt: UnsafeMutableBufferPointer<OwedClaim>
  private let offsets: UnsafeMutableBufferPointer<Int>

  init(
    _ terms: FundTerms, tables: ThresholdTables, totals: OwedTotals, bankCount: Int,
    in memory: WorkingMemory
  ) {
    hot = terms.hot
    claims = terms.claims
    records = terms.records
    self.totals = totals
    self.tables = tables
    self.bankCount = bankCount
    suspicion = memory.table(0, count: bankCount)
    owed = memory.table(0, count: bankCount)
    let most = hot.hasThresholds ? terms.candidateCount : 0
    pending = memory.room(count: most)
    dealt = memory.room(count: most)
    offsets = memory.table(0, count: hot.horizon + 2)
  }

  /// Finds the warnings of the trial, and notes them in the watch.
  ///
  /// - Returns: `false` if a suspension or pause may come about, or a breach cannot be told from
  ///   the sums.
  func findWarnings(
    _ defaults: inout TrialDefaults, row: TrialRow, watch: inout ThresholdWatch
  ) -> Bool {
    guard hot.hasThresholds else { return true }
    guard hot.canTellFromSums else { return false }
    let count = totals.findSuspects(in: row.byStretch)
    guard count > 0 else { return true }
    let suspects = totals.suspects[0..<count]
    for bank in suspects {
      suspicion[Int(bank)] = 1
      owed[Int(bank)] = 0
    }
    defaults.makeList()
    deal(defaults)
    for bank in suspects { suspicion[Int(bank)] = 0 }
    for month in 0..<hot.horizon {
      // Negative once a bank's claims reach its lowest bound.
      var signs: Int64 = 0
      for place in offsets[month]..<offsets[month &+ 1] {
        let bank = Int(dealt[place].bank)
        owed[bank] &+= dealt[place].owed
        signs |= tables.lowestBoundOfAll[bank &* hot.horizon &+ month] &- 1 &- owed[bank]
      }
      // Without a claim of its own a bank reaches a bound only if that begins to hold, or at a period's end.
      guard signs < 0 || tables.isEventful[month] || tables.endsPeriod[month] else { continue }
      for bank in suspects {
        guard judge(Int(bank), month: month, watch: &watch) else { return false }
      }
    }
    return true
  }

  /// Deals the claims of the banks that may reach a bound out to their months.
  private func deal(_ defaults: TrialDefaults) {
    let count = list(defaults)
    let (places, records, offsets, delay) = (defaults.places, records, offsets, hot.delay)
    let nobody = defaults.nobody
    offsets.update(repeating: 0)
    // Two places ahead, so that the offsets stand where they belong when all are dealt.
    for index in pending[0..<count] where places[Int(index)].number != nobody {
      offsets[Int(places[Int(index)].month) &+ delay &+ 2] &+= 1
    }
    for month in 1...hot.horizon { offsets[month &+ 1] &+= offsets[month] }
    for index in pending[0..<count] where places[Int(index)].number != nobody {
      let place = places[Int(index)]
      let record = records[Int(place.number)]
      let loan = defaults.loan(at: Int(index))
      let isPlain = place.month <= record.lastMonth
      let month = Int(place.month) &+ delay
      dealt[offsets[month &+ 1]] = OwedClaim(
        owed: isPlain ? Int64(record.owed) : claims[Int(loan)].settled.owed.fen, loan: loan,
        bank: isPlain ? Int32(record.bank) : claims[Int(loan)].bank)
      offsets[month &+ 1] &+= 1
    }
  }

  /// Lists the claims that count: those of covered defaults within the horizon. Nobody may stand among
  /// them.
  ///
  /// - Precondition: They were settled beforehand.
  private func list(_ defaults: TrialDefaults) -> Int {
    // Local copies, which the compiler keeps close.
    let (places, records, suspicion) = (defaults.places, records, suspicion)
    var count = 0
    for index in 0..<defaults.placeCount {
      let place = places[index]
      let record = records[Int(place.number)]
      pending[count] = Int32(truncatingIfNeeded: index)
      // Without a branch: whose a default is, is anybody's guess.
      var counts = Int(suspicion[Int(record.bank)])
      if place.month > record.lastMonth {
        counts = countsAnyway(defaults.loan(at: index), month: Int(place.month))
      }
      count &+= counts
    }
    return count
  }

  /// 1 if a claim that is not plain counts.
  @inline(never)
  private func countsAnyway(_ loan: Int32, month: Int) -> Int {
    let claim = claims[Int(loan)]
    return claim.isFixed && claim.settled.lossBase > .zero && month <= hot.lastDefaultMonth
      && month + hot.delay < hot.horizon ? Int(suspicion[Int(claim.bank)]) : 0
  }

  /// Notes the thresholds that a bank reaches for the first time in a month.
  ///
  /// - Returns: `false` if one of them is more than a warning.
  @inline(__always)
  private func judge(_ bank: Int, month: Int, watch: inout ThresholdWatch) -> Bool {
    owed[bank] < tables.lowestBoundOfAll[bank &* hot.horizon &+ month]
      || noteReached(bank, month: month, watch: &watch)
  }

  @inline(never)
  private func noteReached(_ bank: Int, month: Int, watch: inout ThresholdWatch) -> Bool {
    for index in tables.thresholds.indices
    where watch.firstBreach[index &* bankCount &+ bank] < 0 {
      guard let part = part(reaching: index, bank: bank, month: month) else { continue }
      guard tables.thresholds[index].isWarning else { return false }
      watch.noteBreach(index, bank: bank, month: month, part: part)
    }
    return true
  }

  /// What a bank's claims owe at the moment when they reach a threshold in a month: at a claim, when
  /// the minimum volume is reached, or at a period's end; `nil` if they do not.
  private func part(reaching index: Int, bank: Int, month: Int) -> Int64? {
    let bound = tables.bounds[(index &* bankCount &+ bank) &* hot.horizon &+ month]
    let after = owed[bank]
    guard after >= bound else { return nil }
    guard tables.thresholds[index].isAtClaims else {
      return tables.isPeriodEnd[index &* hot.horizon &+ month] ? after : nil
    }
    let range = offsets[month]..<offsets[month &+ 1]
    var part = after
    for claim in dealt[range] where claim.bank == bank { part &-= claim.owed }
    if part >= bound, reachesMinimum(index, bank: bank, month: month) { return part }
    dealt.sortByLoan(range)
    for claim in dealt[range] where claim.bank == bank {
      part &+= claim.owed
      if part >= bound { return part }
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
