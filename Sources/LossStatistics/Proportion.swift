/// How often an event happened, as an estimate of its probability.
public struct Proportion: Sendable, Hashable {
  /// The number of trials in which the event happened.
  public let successes: Int

  /// The number of trials.
  public let trials: Int

  /// Creates a proportion.
  ///
  /// - Precondition: At least one trial, and no more successes than trials.
  public init(successes: Int, of trials: Int) {
    precondition(trials > 0, "a proportion needs a trial")
    precondition(successes >= 0 && successes <= trials, "an event happens at most once a trial")
    self.successes = successes
    self.trials = trials
  }

  /// The observed frequency.
  public var value: Double { Double(successes) / Double(trials) }

  /// √(p (1 − p) / n) at the observed frequency: 0 for an event that never or always happened,
  /// where the interval says more.
  public var standardError: Double { (value * (1 - value) / Double(trials)).squareRoot() }

  /// The score interval: the probabilities that the observed frequency does not contradict.
  ///
  /// Unlike ± 1.96 standard errors it stays within 0 and 1 and has a length at 0 and 1 too.
  ///
  /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
  /// Journal of the American Statistical Association 22(158), 1927, pp. 209–212; recommended by
  /// L. Brown, T. Cai, A. DasGupta, Statistical Science 16(2), 2001, pp. 101–133.
  public var interval95: Interval {
    let count = Double(trials)
    let square = normalPoint95 * normalPoint95
    let centre = (value + square / (2 * count)) / (1 + square / count)
    let spread = value * (1 - value) / count + square / (4 * count * count)
    let reach = normalPoint95 / (1 + square / count) * spread.squareRoot()
    return Interval(
      low: successes == 0 ? 0 : max(0, centre - reach),
      high: successes == trials ? 1 : min(1, centre + reach))
  }

  /// The frequency with its standard error. Its normal interval is not the score interval.
  public var estimate: Estimate {
    Estimate(value: value, standardError: standardError, sampleCount: trials)
  }
}
