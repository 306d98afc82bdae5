/// How often an event happened, as an estimate of its probability.
public struct Proportion: Sendable, Hashable {
  /// The number of trials in which the event happened.
  public let successes: Int

  /// The number of trials.
  public let trials: Int

  /// Whether nothing random decides the event, as the plan says.
  public let isExact: Bool

  /// How many independent trials would tell as much: fewer where trials share what is not known.
  public let effectiveTrials: Double

  /// Creates a proportion.
  ///
  /// - Parameters:
  ///   - successes: How often the event happened.
  ///   - trials: In how many trials.
  ///   - isCertain: Whether the plan leaves nothing to chance. It counts only while all trials agree.
  ///   - effectiveTrials: How many independent trials would tell as much; all if `nil`.
  /// - Precondition: At least one trial, and no more successes than trials.
  public init(
    successes: Int, of trials: Int, isCertain: Bool = false, effectiveTrials: Double? = nil
  ) {
    self.effectiveTrials = min(max(effectiveTrials ?? Double(trials), 1), Double(trials))
    precondition(trials > 0, "a proportion needs a trial")
    precondition(successes >= 0 && successes <= trials, "an event happens at most once a trial")
    self.successes = successes
    self.trials = trials
    isExact = isCertain && (successes == 0 || successes == trials)
  }

  /// The same of the event that does not happen.
  public var complement: Proportion {
    Proportion(
      successes: trials - successes, of: trials, isCertain: isExact,
      effectiveTrials: effectiveTrials)
  }

  /// The observed frequency.
  public var value: Double { Double(successes) / Double(trials) }

  /// Events or non-events, whichever are fewer: what the proportion rests on.
  private var support: Double {
    Double(min(successes, trials - successes)) * (effectiveTrials / Double(trials))
  }

  /// √(p (1 − p) / n) at the observed frequency; `nil` below ten events or ten non-events, where the
  /// interval says more.
  public var standardError: Double? {
    if isExact { return 0 }
    guard support >= Double(reliableTailCount) else { return nil }
    return (value * (1 - value) / effectiveTrials).squareRoot()
  }

  /// How many trials would show a standard error; `nil` where these do.
  public var trialsNeeded: Int? {
    guard standardError == nil else { return nil }
    // Sixteen are expected where ten are to come with 95 %.
    let expected = support == 0 ? 0.6931471805599453 : support
    return roundedCount(Double(trials) * 16 / expected)
  }

  /// The probabilities that the observed frequency does not contradict: the score interval, below
  /// ten events or ten non-events the exact one. At 0.2 expected events the score interval holds
  /// the truth in 84 % of samples.
  ///
  /// Unlike ± 1.96 standard errors it stays within 0 and 1 and has a length at 0 and 1 too.
  ///
  /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
  /// Journal of the American Statistical Association 22(158), 1927, pp. 209–212; recommended by
  /// L. Brown, T. Cai, A. DasGupta, Statistical Science 16(2), 2001, pp. 101–133.
  public var interval95: Interval {
    if isExact { return Interval(low: value, high: value) }
    guard support >= Double(reliableTailCount) else { return rareInterval }
    let count = effectiveTrials
    let square = normalPoint95 * normalPoint95
    let centre = (value + square / (2 * count)) / (1 + square / count)
    let spread = value * (1 - value) / count + square / (4 * count * count)
    let reach = normalPoint95 / (1 + square / count) * spread.squareRoot()
    return Interval(low: max(0, centre - reach), high: min(1, centre + reach))
  }

  /// The exact interval; of as many independent trials as tell as much, with a count of events that is
  /// rounded outwards.
  private var rareInterval: Interval {
    guard effectiveTrials < Double(trials) else {
      return exactInterval(events: successes, of: trials)
    }
    let independent = max(1, Int(effectiveTrials))
    let events = value * Double(independent)
    return Interval(
      low: exactInterval(events: Int(events), of: independent).low,
      high: exactInterval(events: min(independent, Int(events.rounded(.up))), of: independent).high)
  }
}
