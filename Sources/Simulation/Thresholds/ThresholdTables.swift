import CompensationKernel
import FundCore

/// What the comparisons of the thresholds read, flat: nothing to retain on the way.
struct ThresholdTables {
  /// One threshold.
  struct Watched: BitwiseCopyable {
    let numerator: RatioNumerator
    let isWarning: Bool
    /// Whether it is watched at claims, and not at the ends of periods.
    let isAtClaims: Bool
    /// Whether its denominators are known beforehand.
    let hasBounds: Bool
    let noticeLagMonths: Int
    /// Months after which a suspension or pause can end; none does where it is `Int.max`.
    let resumesAfterMonths: Int
    /// Whether only loans that are pledged on intellectual property make a customer.
    let countsPledgedOnly: Bool
    /// Whether its ratio looks at more than the bank's own claims and lending; whether it is that of all banks
    /// together.
    let isCoupled: Bool
    let isOfFund: Bool

    init(_ item: FundSetup.Threshold) {
      let terms = item.terms
      numerator = terms.numerator
      isWarning = terms.effect == .warning
      isAtClaims = terms.watched == .claims
      hasBounds = !item.bounds.isEmpty
      noticeLagMonths = terms.customers?.noticeLagMonths ?? 0
      resumesAfterMonths = terms.resumesAfterMonths ?? .max
      countsPledgedOnly = !terms.counts(isIPPledged: false)
      isCoupled = terms.isCoupled
      isOfFund = terms.scope == .fund
    }
  }
  /// A bank that reaches a threshold's minimum volume.
  struct Reaching: BitwiseCopyable {
    let threshold: Int32
    let bank: Int32
  }

  let thresholds: UnsafeMutableBufferPointer<Watched>
  /// The thresholds on compensation that are watched at claims.
  let atClaims: UnsafeMutableBufferPointer<Int>
  /// Shape `[(threshold × banks + bank) × horizon + month]`: the smallest numerator that reaches
  /// the level, and the denominator. Zeros where the denominator depends on the trial.
  let bounds: UnsafeMutableBufferPointer<Int64>
  let denominators: UnsafeMutableBufferPointer<Int64>
  /// The lowest bound of `atClaims`, shape `[bank × horizon + month]`.
  let lowestBound: UnsafeMutableBufferPointer<Int64>
  /// Whether the lowest bounds of a bank never come down, by bank.
  let boundsRise: UnsafeMutableBufferPointer<Bool>
  /// The lowest bound of all thresholds at the months when they are watched, same shape.
  let lowestBoundOfAll: UnsafeMutableBufferPointer<Int64>
  /// Whether a threshold's period ends, shape `[threshold × horizon + month]`.
  let isPeriodEnd: UnsafeMutableBufferPointer<Bool>
  /// Whether a threshold is watched at the ends of periods.
  let hasPeriods: Bool
  /// Whether any period ends with a month, shape `[horizon]`.
  let endsPeriod: UnsafeMutableBufferPointer<Bool>
  /// By such a threshold and the last month of each of its periods: the banks whose bound came down
  /// in it or whose minimum volume was reached; rows `[threshold × horizon + month]`.
  let loweredBounds: BankSets
  /// Whether a bound comes down or a minimum volume is reached, or covered loans start, shape
  /// `[horizon]`: there is something to look at whatever happens in the trial.
  let isEventful: UnsafeMutableBufferPointer<Bool>
  /// Who reaches a minimum volume, by month: first for ratios of compensation, then for others.
  let reaching: UnsafeMutableBufferPointer<Reaching>
  /// Where a month's entries begin, shape `[2 × horizon + 1]`.
  let reachingOffsets: UnsafeMutableBufferPointer<Int>

  /// Whether a suspension or pause can end.
  let canResume: Bool

  init(setup: FundSetup, bankCount: Int, horizon: Int, in memory: WorkingMemory) {
    let items = setup.thresholds
    canResume = items.contains { $0.terms.resumesAfterMonths != nil }
    thresholds = memory.table(of: items.map { Watched($0) })
    atClaims = memory.table(
      of: items.indices.filter {
        items[$0].terms.watched == .claims && items[$0].terms.numerator.countsCompensation
      })
    let none = [Int64](repeating: 0, count: bankCount * horizon)
    bounds = memory.table(of: items.flatMap { $0.bounds.isEmpty ? none : $0.bounds })
    denominators = memory.table(
      of: items.flatMap { $0.denominators.isEmpty ? none : $0.denominators })
    lowestBound = memory.table(.max, count: bankCount * horizon)
    for index in atClaims {
      for cell in 0..<bankCount * horizon {
        let bound = items[index].bounds.isEmpty ? 0 : items[index].bounds[cell]
        lowestBound[cell] = min(lowestBound[cell], bound)
      }
    }
    boundsRise = memory.table(true, count: bankCount)
    for bank in 0..<bankCount {
      let row = lowestBound[bank * horizon..<(bank + 1) * horizon]
      boundsRise[bank] = zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }
    }
    lowestBoundOfAll = memory.table(.max, count: bankCount * horizon)
    for item in items where !item.bounds.isEmpty {
      for cell in 0..<bankCount * horizon
      where item.terms.watched == .claims || item.isPeriodEnd[cell % horizon] {
        lowestBoundOfAll[cell] = min(lowestBoundOfAll[cell], item.bounds[cell])
      }
    }
    isPeriodEnd = memory.table(of: items.flatMap(\.isPeriodEnd))
    hasPeriods = items.contains { $0.terms.watched != .claims }
    endsPeriod = memory.table(
      of: (0..<horizon).map { month in items.contains { $0.isPeriodEnd[month] } })
    isEventful = memory.table(setup.countsCovered, count: horizon)
    loweredBounds = BankSets(rowCount: items.count * horizon, bankCount: bankCount, in: memory)
    let (flat, offsets) = Self.reaching(items, horizon: horizon)
    reaching = memory.table(of: flat)
    reachingOffsets = memory.table(of: offsets)
    findEvents(items, bankCount: bankCount, horizon: horizon)
  }

  /// Fills the tables of what there is to look at whatever happens in a trial.
  private func findEvents(_ items: [FundSetup.Threshold], bankCount: Int, horizon: Int) {
    for (index, item) in items.enumerated() where item.terms.watched != .claims {
      Self.forEachLowered(item, bankCount: bankCount, horizon: horizon) { bank, month in
        loweredBounds.insert(bank, row: index * horizon + month)
        isEventful[month] = true
      }
    }
    for month in 0..<horizon where reachingOffsets[2 * month] < reachingOffsets[2 * month + 2] {
      isEventful[month] = true
    }
  }

  /// Hands out the banks whose bound comes down, or whose minimum volume is reached, with the month
  /// in which that is seen: the last one of the period.
  private static func forEachLowered(
    _ item: FundSetup.Threshold, bankCount: Int, horizon: Int, _ body: (Int, Int) -> Void
  ) {
    for month in 1..<max(1, horizon) {
      guard let end = (month..<horizon).first(where: { item.isPeriodEnd[$0] }) else { return }
      if !item.reachingMinimum.isEmpty {
        for bank in item.reachingMinimum[month] { body(Int(bank), end) }
      }
      guard !item.bounds.isEmpty else { continue }
      for bank in 0..<bankCount {
        let cell = bank * horizon + month
        if item.bounds[cell] < item.bounds[cell - 1] { body(bank, end) }
      }
    }
  }

  /// Who reaches a minimum volume, month by month: for ratios of compensation, then for others.
  private static func reaching(
    _ items: [FundSetup.Threshold], horizon: Int
  ) -> (flat: [Reaching], offsets: [Int]) {
    var flat: [Reaching] = []
    var offsets = [0]
    for month in 0..<horizon {
      for countsCompensation in [true, false] {
        for (index, item) in items.enumerated()
        where item.terms.watched == .claims && !item.reachingMinimum.isEmpty
          && item.terms.numerator.countsCompensation == countsCompensation
        {
          flat += item.reachingMinimum[month].map {
            Reaching(threshold: Int32(index), bank: $0)
          }
        }
        offsets.append(flat.count)
      }
    }
    return (flat, offsets)
  }

  /// Who reaches a minimum volume in a month, for ratios of compensation or for the others.
  @inline(__always)
  func reaching(in month: Int, countsCompensation: Bool) -> Range<Int> {
    let place = 2 &* month &+ (countsCompensation ? 0 : 1)
    return Range(uncheckedBounds: (reachingOffsets[place], reachingOffsets[place &+ 1]))
  }
}
