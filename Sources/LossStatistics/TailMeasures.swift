/// How many trials must stand beyond a quantile before its figures are called reliable.
///
/// The number beyond is random with a standard deviation of its square root: at ten it is known to
/// a third, and the order statistics that bound the quantile still exist. With fewer, the bound
/// rests on the largest values of the sample alone.
public let reliableTailCount = 10

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

  /// Whether at least `reliableTailCount` trials lie beyond the quantile and the sample is large
  /// enough for both ends. Otherwise an end may be the sample's own, and the true quantile beyond.
  public let isReliable: Bool
}

/// The mean of the worst outcomes of a sample.
public struct ShortfallEstimate: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile.
  public let level: Level

  /// The mean of the upper (1 − α)·n values.
  public let value: Double

  /// The standard deviation of the figure from one run to another.
  public let standardError: Double

  /// (1 − α)·n, not necessarily whole.
  public let tailCount: Double

  /// Whether at least `reliableTailCount` trials lie beyond the quantile.
  public let isReliable: Bool

  /// The interval of 1.96 standard errors to both sides.
  public var interval95: Interval {
    Interval(
      low: value - normalPoint95 * standardError, high: value + normalPoint95 * standardError)
  }
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
      isReliable: count - rank >= reliableTailCount && ranks.low >= 1 && ranks.high <= count)
  }

  /// The mean of the upper (1 − α)·n values, the quantile's own counted in part.
  ///
  /// Standard error: √((Var(L | tail) + α (ES − VaR)²) / (n (1 − α))), the second term for the
  /// quantile being estimated too.
  ///
  /// Source: B. J. Manistre, G. H. Hancock, "Variance of the CTE estimator", North American
  /// Actuarial Journal 9(2), 2005, pp. 129–156.
  public func expectedShortfall(_ level: Level) -> ShortfallEstimate {
    let rank = level.rank(among: count)
    let quantile = sorted[rank - 1]
    // In millionths of a value, so that all weights are whole.
    let tailWeight = Int128(count) * Int128(1_000_000 - level.millionths)
    // Distances from the quantile: its own, counted in part, is 0 and drops out.
    var sum: Int128 = 0
    var squares: Int128 = 0
    for value in sorted[rank...] {
      let distance = Int128(value) - Int128(quantile)
      sum += distance
      squares += distance * distance
    }
    let tailCount = Double(tailWeight) / 1_000_000
    let excess = Double(sum * 1_000_000) / Double(tailWeight)
    let variance = max(0, Double(squares) / tailCount - excess * excess)
    let spread = variance + level.value * excess * excess
    return ShortfallEstimate(
      level: level,
      value: Double(quantile) + excess,
      standardError: (spread / tailCount).squareRoot(),
      tailCount: tailCount,
      isReliable: count - rank >= reliableTailCount)
  }
}
