/// The tail of one column of a paired comparison: what its quantile and its expected shortfall owe to
/// each trial.
///
/// To first order both figures are means over the trials, of their influence functions. Differences
/// of two such figures on the same trials are then means of differences, with the error of a mean.
public struct PairedTail: Sendable {
  /// The values in trial order.
  private let values: [Int64]
  private let quantile: QuantileEstimate
  private let shortfall: ShortfallEstimate

  /// Takes a column.
  ///
  /// - Precondition: At least one value.
  public init(_ values: [Int64], level: Level) {
    let sample = LossSample(values)
    self.values = values
    quantile = sample.quantile(level)
    shortfall = sample.expectedShortfall(level)
  }

  /// How the quantiles of two columns differ.
  ///
  /// By Bahadur's representation a quantile is q + (α − share of the trials at or below q) ÷ density.
  /// The density stands in the length of the quantile's own interval, from order statistics, so that
  /// the error of a difference is √(s₁² + s₂² − 2 r s₁ s₂): s from the two intervals, r the correlation
  /// of the two events "at or below its quantile".
  ///
  /// Source: R. R. Bahadur, "A note on quantiles in large samples", Annals of Mathematical Statistics
  /// 37(3), 1966, pp. 577–580; G. J. Babu, C. R. Rao, "Joint asymptotic distribution of marginal
  /// quantiles", Journal of Multivariate Analysis 27(1), 1988, pp. 15–23.
  public static func quantileDifference(_ first: PairedTail, minus second: PairedTail) -> Estimate {
    let count = first.values.count
    let errors = [first, second].map {
      Double($0.quantile.high - $0.quantile.low) / (2 * normalPoint95)
    }
    let isBelow = [first, second].map { tail in tail.values.map { $0 <= tail.quantile.value } }
    let shares = isBelow.map { Double($0.count { $0 }) / Double(count) }
    let both = Double(zip(isBelow[0], isBelow[1]).count { $0 && $1 }) / Double(count)
    let spread = (shares[0] * (1 - shares[0]) * shares[1] * (1 - shares[1])).squareRoot()
    let correlation = spread > 0 ? (both - shares[0] * shares[1]) / spread : 0
    let variance =
      errors[0] * errors[0] + errors[1] * errors[1] - 2 * correlation * errors[0] * errors[1]
    return Estimate(
      value: Double(first.quantile.value) - Double(second.quantile.value),
      standardError: first.values == second.values ? 0 : max(0, variance).squareRoot(),
      sampleCount: count)
  }

  /// How the expected shortfalls of two columns differ.
  ///
  /// The influence of a trial is max(0, loss − quantile) ÷ (1 − α), to a constant; the variance of its
  /// mean is that of Manistre and Hancock, which `expectedShortfall` uses.
  public static func shortfallDifference(_ first: PairedTail, minus second: PairedTail) -> Estimate
  {
    let count = first.values.count
    let factor = 1 / (1 - first.quantile.level.value)
    let differences = zip(first.values, second.values).map { one, other in
      Double(max(0, one - first.quantile.value) - max(0, other - second.quantile.value)) * factor
    }
    let mean = differences.reduce(0, +) / Double(count)
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Estimate(
      value: first.shortfall.value - second.shortfall.value,
      standardError: count > 1
        ? (squares / Double(count - 1) / Double(count)).squareRoot() : .infinity,
      sampleCount: count)
  }

  /// Whether enough trials lie beyond the quantiles of both.
  public static func isReliable(_ first: PairedTail, _ second: PairedTail) -> Bool {
    first.quantile.isReliable && second.quantile.isReliable
  }
}
