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

extension QuantileEstimate {
  /// The quantile of what is left when an amount is taken off every value.
  public func less(_ amount: Int64) -> QuantileEstimate {
    QuantileEstimate(
      level: level, value: value - amount, low: low - amount, high: high - amount,
      isReliable: isReliable)
  }
}

/// The mean of the largest values of a sample, or of the smallest.
public struct ShortfallEstimate: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile.
  public let level: Level

  /// The mean of the upper (1 − α)·n values, or of the lower α·n, with its precision. It rests on the
  /// values beyond the quantile, not on how many ranks there are beyond it: a tail of which three trials are not zero
  /// is known from three trials.
  public let mean: Estimate

  /// (1 − α)·n, or α·n, not necessarily whole.
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
    let value = sorted[rank - 1]
    let ranks = QuantileRanks(
      level, among: count, effective: grouped?.effectiveCount(atMost: value))
    return QuantileEstimate(
      level: level,
      value: value,
      low: sorted[max(ranks.low, 1) - 1],
      high: sorted[min(ranks.high, count) - 1],
      isReliable: ranks.isReliable)
  }

  /// The ends between which a quantile lies but for a probability at either side; `nil` where the
  /// sample is too small for them.
  func quantileEnds(_ level: Level, tail: Double) -> (low: Int64, high: Int64)? {
    let value = sorted[level.rank(among: count) - 1]
    let ranks = QuantileRanks(
      level, among: count, effective: grouped?.effectiveCount(atMost: value), tail: tail)
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
    UpperTail(sorted, isMirrored: false, grouped).mean(level, within: limits)
  }

  /// The mean of the lower α·n values, likewise.
  ///
  /// - Parameter limits: What the amount cannot fall below.
  public func lowerShortfall(_ level: Level, within limits: Limits = Limits()) -> ShortfallEstimate
  {
    let mirrored = UpperTail(sorted, isMirrored: true, grouped).mean(
      level.complement, within: limits.mirrored)
    return ShortfallEstimate(
      level: level, mean: mirrored.mean.divided(by: -1), tailCount: mirrored.tailCount)
  }
}
