/// The tail of one column of a paired comparison: what its quantile and its expected shortfall owe to
/// each trial.
///
/// To first order both figures are means over the trials, of their influence functions. Differences
/// of two such figures on the same trials are then means of differences, with the error of a mean.
public struct PairedTail: Sendable {
  /// The values in trial order.
  private let values: [Int64]
  private let sample: LossSample
  private let level: Level
  private let quantile: QuantileEstimate
  private let groups: TrialGroups?

  /// Takes a column.
  ///
  /// - Parameters:
  ///   - values: The values, in trial order.
  ///   - level: Beyond which share of them the tail begins.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  /// - Precondition: At least one value.
  public init(_ values: [Int64], level: Level, groups: TrialGroups? = nil) {
    self.values = values
    self.level = level
    self.groups = groups
    sample = LossSample(values, groups: groups)
    quantile = sample.quantile(level)
  }

  /// How the quantiles of two columns differ.
  ///
  /// By Bahadur's representation a quantile is q + (α − share of the trials at or below q) ÷ density.
  /// The density stands in the length of the quantile's own interval, from order statistics, so that
  /// the error of a difference is √(s₁² + s₂² − 2 r s₁ s₂): s from the two intervals, r the correlation
  /// of the two events "at or below its quantile". It rests on the trials in which one event happens
  /// alone; where these are fewer than ten, the interval is that between the ends of both quantiles,
  /// each at 97.5 %, which needs no correlation.
  ///
  /// Source: R. R. Bahadur, "A note on quantiles in large samples", Annals of Mathematical Statistics
  /// 37(3), 1966, pp. 577–580; G. J. Babu, C. R. Rao, "Joint asymptotic distribution of marginal
  /// quantiles", Journal of Multivariate Analysis 27(1), 1988, pp. 15–23.
  public static func quantileDifference(_ first: PairedTail, minus second: PairedTail) -> Estimate {
    let count = first.values.count
    let value = Double(first.quantile.value) - Double(second.quantile.value)
    let events = zip(first.values, second.values).map { one, other in
      (one <= first.quantile.value, other <= second.quantile.value)
    }
    let discordant = events.count { $0 != $1 }
    let errors = [first, second].map {
      Double($0.quantile.high - $0.quantile.low) / (2 * normalPoint95)
    }
    let shares = [events.count { $0.0 }, events.count { $0.1 }].map { Double($0) / Double(count) }
    let both = Double(events.count { $0.0 && $0.1 }) / Double(count)
    let spread = (shares[0] * (1 - shares[0]) * shares[1] * (1 - shares[1])).squareRoot()
    let correlation =
      groupCorrelation(first, second) ?? (spread > 0 ? (both - shares[0] * shares[1]) / spread : 0)
    let variance =
      errors[0] * errors[0] + errors[1] * errors[1] - 2 * correlation * errors[0] * errors[1]
    guard discordant >= reliableTailCount, variance > 0, errors.allSatisfy({ $0 > 0 }),
      isReliable(first, second)
    else {
      return .unknown(
        value, interval: interval(first, second, tail: 0.0125), sampleCount: count,
        trialsNeeded: max(
          MeanSpread.trialsNeeded(of: count, support: discordant), first.level.reliableTrialCount))
    }
    return Estimate(value: value, standardError: variance.squareRoot(), sampleCount: count)
  }

  /// How the groups' shares at or below either quantile go together; `nil` without groups.
  private static func groupCorrelation(_ first: PairedTail, _ second: PairedTail) -> Double? {
    let sums = [first, second].map { tail in
      tail.sample.grouped.map { grouped in
        let share =
          Double(tail.sample.count(atMost: tail.quantile.value)) / Double(tail.values.count)
        return grouped.sums { ($0 <= tail.quantile.value ? 1 : 0) - share }
      }
    }
    guard let one = sums[0], let other = sums[1] else { return nil }
    let products = zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = [one, other].map { $0.reduce(0) { $0 + $1 * $1 } }
    let spread = (squares[0] * squares[1]).squareRoot()
    return spread > 0 ? products / spread : nil
  }

  /// The differences that both quantiles' own intervals leave.
  private static func interval(_ first: PairedTail, _ second: PairedTail, tail: Double) -> Interval?
  {
    guard let one = first.sample.quantileEnds(first.level, tail: tail),
      let other = second.sample.quantileEnds(second.level, tail: tail)
    else { return nil }
    return Interval(
      low: Double(one.low) - Double(other.high), high: Double(one.high) - Double(other.low))
  }

  /// How often chance alone would bring quantiles so far apart that their own intervals do not meet:
  /// an upper bound, 1 where they do.
  public static func chance(_ first: PairedTail, _ second: PairedTail) -> Double {
    for tail in [1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 2.5e-3, 5e-3, 0.0125] {
      if let interval = interval(first, second, tail: tail), interval.low > 0 || interval.high < 0 {
        return 4 * tail
      }
    }
    return 1
  }

  /// How the expected shortfalls of two columns differ.
  ///
  /// The influence of a trial is max(0, loss − quantile) ÷ (1 − α), to a constant; the variance of its
  /// mean is that of Manistre and Hancock, which `expectedShortfall` uses. The difference rests on the
  /// trials whose influences differ.
  public static func shortfallDifference(_ first: PairedTail, minus second: PairedTail) -> Estimate
  {
    let share = 1 - first.level.value
    let differences = zip(first.values, second.values).map { one, other in
      Double(max(0, one - first.quantile.value) - max(0, other - second.quantile.value)) / share
    }
    let value =
      first.sample.expectedShortfall(first.level).mean.value
      - second.sample.expectedShortfall(second.level).mean.value
    return meanEstimate(differences, groups: first.groups).replaced(by: value)
  }

  /// Whether enough trials lie beyond the quantiles of both.
  public static func isReliable(_ first: PairedTail, _ second: PairedTail) -> Bool {
    first.quantile.isReliable && second.quantile.isReliable
  }
}
