/// A quantile of a sample, with a range that holds the true one with 95 % probability.
public struct QuantileEstimate: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile.
  public let level: Level

  /// The ⌈nα⌉-th smallest value.
  public let value: Int64

  /// The lower end of the 95 % interval: a value of the sample, at least its smallest.
  public let low: Int64

  /// The upper end: a value of the sample, at most its largest.
  public let high: Int64

  /// Whether at least `reliableTailCount` trials lie to either side of the quantile, so that the
  /// sample is large enough for both ends. Otherwise an end may be the sample's own, and the true
  /// quantile beyond.
  public let isReliable: Bool
}

/// The mean of the largest values of a sample.
public struct ShortfallEstimate: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile.
  public let level: Level

  /// The mean of the upper (1 − α)·n values with its precision. It rests on the values above the
  /// quantile, not on how many ranks there are beyond it: a tail of which three trials are not zero
  /// is known from three trials.
  public let mean: Estimate

  /// (1 − α)·n, not necessarily whole.
  public let tailCount: Double
}

extension LossSample {
  /// The quantile of a level, with an interval that assumes nothing about the distribution.
  ///
  /// The number of values below the true quantile is binomial; the interval ends at the values
  /// whose ranks enclose that number with at least 95 % probability.
  ///
  /// Source: H. A. David, H. N. Nagaraja, "Order Statistics", 3rd edition, 2003, section 7.1.
  public func quantile(_ level: Level) -> QuantileEstimate {
    let rank = level.rank(among: count)
    let ranks = BinomialRanks(count: count, level: level)
    return QuantileEstimate(
      level: level,
      value: sorted[rank - 1],
      low: sorted[max(ranks.low, 1) - 1],
      high: sorted[min(ranks.high, count) - 1],
      isReliable: level.isReliable(among: count) && ranks.low >= 1 && ranks.high <= count)
  }

  /// The ends between which a quantile lies but for a probability at either side; `nil` where the
  /// sample is too small for them.
  func quantileEnds(_ level: Level, tail: Double) -> (low: Int64, high: Int64)? {
    let ranks = BinomialRanks(count: count, level: level, tail: tail)
    guard ranks.low >= 1, ranks.high <= count else { return nil }
    return (sorted[ranks.low - 1], sorted[ranks.high - 1])
  }

  /// The mean of the upper (1 − α)·n values, the quantile's own counted in part.
  ///
  /// To first order it is the quantile and the mean, over all trials, of max(0, value − quantile) ÷
  /// (1 − α): a mean of a rarely non-zero amount, whose error is √((Var(L | tail) + α (ES − VaR)²) /
  /// (n (1 − α))).
  ///
  /// Source: B. J. Manistre, G. H. Hancock, "Variance of the CTE estimator", North American
  /// Actuarial Journal 9(2), 2005, pp. 129–156.
  ///
  /// - Parameter limits: What the amount cannot exceed. Where the trials show no error, the tail's
  ///   mean still lies between its quantile and that.
  public func expectedShortfall(_ level: Level, within limits: Limits = Limits())
    -> ShortfallEstimate
  {
    let rank = level.rank(among: count)
    let quantile = sorted[rank - 1]
    // In millionths of a value, so that all weights are whole.
    let tailWeight = Int128(count) * Int128(1_000_000 - level.millionths)
    // Distances from the quantile: its own, counted in part, is 0 and drops out.
    var sum: Int128 = 0
    var support = 0
    for value in sorted[rank...] where value > quantile {
      // No two values are further apart than 8·10¹⁵.
      sum += Int128(value - quantile)
      support += 1
    }
    let value = Double(quantile) + Double(sum * 1_000_000) / Double(tailWeight)
    let mean = Double(sum) / Double(count)
    var sums = DistanceSums()
    sums.add(-mean, count: count - support)
    for value in sorted[(count - support)...] {
      sums.add(Double(value - quantile) - mean)
    }
    let share = 1 - level.value
    // The quantile of few trials moves too; for amounts that crowd at a bound the first order is short
    // of that (91.6 % at ten trials without the stretch, measured).
    let stretch = (1 + 3 / Double(max(support, 1))).squareRoot()
    let excess = sums.mean(mean, support: support, stretch: stretch).divided(by: share)
    return ShortfallEstimate(
      level: level,
      mean: limited(excess.replaced(by: value), level, limits),
      tailCount: Double(tailWeight) / 1_000_000)
  }

  /// A tail's mean, with the interval between quantile and limit where the trials tell no other.
  private func limited(_ mean: Estimate, _ level: Level, _ limits: Limits) -> Estimate {
    guard !mean.isReliable, let high = limits.high, let needed = mean.trialsNeeded,
      let ends = quantileEnds(level, tail: 0.05)
    else { return mean.clipped(to: limits) }
    return .unknown(
      mean.value, interval: Interval(low: Double(ends.low), high: Double(high)),
      sampleCount: count, trialsNeeded: needed)
  }
}

extension Estimate {
  /// The same knowledge of another figure, which differs from this one by a number that is taken as
  /// known.
  func replaced(by value: Double) -> Estimate {
    Estimate(value: value, sampleCount: sampleCount, knowledge: knowledge)
  }
}
