/// The upper tail of a sample, or of its values with the other sign: that is the lower tail.
struct UpperTail {
  private let sorted: [Int64]
  private let isMirrored: Bool
  private let grouped: GroupedValues?

  /// Takes the values in ascending order, and in trial order where trials share what is not known.
  init(_ sorted: [Int64], isMirrored: Bool, _ grouped: GroupedValues?) {
    self.grouped = grouped
    self.sorted = sorted
    self.isMirrored = isMirrored
  }

  private var count: Int { sorted.count }

  /// The value at a place in ascending order, from 0.
  @inline(__always)
  private func value(at place: Int) -> Int64 {
    isMirrored ? -sorted[count - 1 - place] : sorted[place]
  }

  /// The first place whose value is above one that stands at a place before.
  private func firstPlace(above value: Int64, from place: Int) -> Int {
    var (low, high) = (place, count)
    while low < high {
      let middle = (low + high) / 2
      if self.value(at: middle) <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The mean of the upper (1 − α)·n values.
  func mean(_ level: Level, within limits: Limits) -> ShortfallEstimate {
    let rank = level.rank(among: count)
    let quantile = value(at: rank - 1)
    let first = firstPlace(above: quantile, from: rank)
    // In millionths of a value, so that all weights are whole.
    let tailWeight = Int128(count) * Int128(1_000_000 - level.millionths)
    // Distances from the quantile: its own, counted in part, is 0 and drops out. No two values are
    // further apart than 8·10¹⁵.
    var sum: Int128 = 0
    for place in first..<count { sum &+= Int128(value(at: place) &- quantile) }
    let support = count - first
    let mean = Double(sum) / Double(count)
    var sums = DistanceSums()
    sums.add(-mean, count: first)
    for place in first..<count { sums.add(Double(value(at: place) &- quantile) - mean) }
    // The quantile of few trials moves too; for amounts that crowd at a bound the first order is short
    // of that (91.6 % at ten trials without the stretch, measured).
    let stretch = (1 + 3 / Double(max(support, 1))).squareRoot()
    let sign: Int64 = isMirrored ? -1 : 1
    let groups = grouped?.spread {
      Double(max(0, $0 &* sign &- quantile)) - mean
    } where: {
      $0 &* sign > quantile
    }
    let excess = sums.mean(mean, support: support, stretch: stretch).widened(by: groups)
      .divided(by: 1 - level.value)
    let value = Double(quantile) + Double(sum * 1_000_000) / Double(tailWeight)
    return ShortfallEstimate(
      level: level,
      mean: limited(excess.replaced(by: value), level, limits),
      tailCount: Double(tailWeight) / 1_000_000)
  }

  /// A tail's mean, with the interval between quantile and limit where the trials tell no other.
  private func limited(_ mean: Estimate, _ level: Level, _ limits: Limits) -> Estimate {
    guard !mean.isReliable, let high = limits.high, let needed = mean.trialsNeeded else {
      return mean.clipped(to: limits)
    }
    let quantile = self.value(at: level.rank(among: count) - 1)
    let ranks = QuantileRanks(
      level, among: count,
      effective: isMirrored
        ? grouped?.effectiveCount(atLeast: -quantile) : grouped?.effectiveCount(atMost: quantile),
      tail: 0.05)
    guard ranks.low >= 1, ranks.high <= count else { return mean.clipped(to: limits) }
    return .unknown(
      mean.value, interval: Interval(low: Double(value(at: ranks.low - 1)), high: Double(high)),
      sampleCount: count, trialsNeeded: needed)
  }
}

extension Estimate {
  /// The same knowledge of another figure, which differs from this one by a number that is taken as
  /// known.
  func replaced(by value: Double) -> Estimate {
    Estimate(value: value, sampleCount: sampleCount, knowledge: knowledge, method: method)
  }
}
