/// An event that was counted group by group, where all trials of a group share something that is not
/// known and that other groups have otherwise: parameters of one draw, in a nested simulation.
///
/// The frequencies of the groups differ more than their probabilities do, because each rests on few
/// trials. The analysis of variance takes that noise off: with mean squares between and within groups,
/// (MSB − MSW) ÷ n₀ is the variance of the groups' probabilities without bias, whatever their law and
/// however few trials a group has.
///
/// Source: S. Searle, G. Casella, C. McCulloch, "Variance Components", 1992, section 3.6 (unequal groups);
/// Y. Sun, D. Apley, J. Staum, "Efficient nested simulation for estimating the variance of a conditional
/// expectation", Operations Research 59(4), 2011, pp. 998–1007.
public struct NestedProportion: Sendable, Hashable {
  /// The event over all trials.
  public let mean: Double
  /// How many groups have trials.
  public let groupCount: Int
  /// How many trials there are.
  public let trialCount: Int
  /// The variance of the groups' probabilities, without bias; below zero by chance where they are alike.
  public let betweenVariance: Double
  /// The mean variance of a trial within its group: that of chance, were the group known.
  public let withinVariance: Double
  /// The part of a trial's variance that lies between groups, 0 … 1: what is below zero by chance counts
  /// as none. `nil` below ten events or ten non-events.
  public let share: Double?
  /// Its standard error, by leaving out one group after the other.
  public let shareError: Double?

  /// Estimates from counts.
  ///
  /// - Parameters:
  ///   - successes: How often the event happened, group by group.
  ///   - trials: In how many trials of each group; a group without any counts for nothing.
  /// - Returns: `nil` if fewer than three groups have trials, or none has two: nothing can be taken apart.
  /// - Precondition: As many groups in both, and no more successes than trials.
  public init?(successes: [Int], trials: [Int]) {
    precondition(successes.count == trials.count, "a group has successes and trials")
    var sums = Sums()
    for (events, count) in zip(successes, trials) where count > 0 {
      precondition((0...count).contains(events), "an event happens at most once a trial")
      sums.add(events, of: count)
    }
    guard let parts = sums.parts, sums.groups > 2 else { return nil }
    mean = sums.events / sums.trials
    groupCount = Int(sums.groups)
    trialCount = Int(sums.trials)
    betweenVariance = parts.between
    withinVariance = parts.within
    let support = Int(min(sums.events, sums.trials - sums.events))
    guard support >= reliableTailCount else {
      (share, shareError) = (nil, nil)
      return
    }
    share = min(1, max(0, parts.share))
    var deviations = (sum: 0.0, squares: 0.0)
    for (events, count) in zip(successes, trials) where count > 0 {
      // Around the whole sample's: all differ from it by little.
      let other = (sums.without(events, of: count).parts?.share ?? parts.share) - parts.share
      deviations = (deviations.sum + other, deviations.squares + other * other)
    }
    let spread = deviations.squares - deviations.sum * deviations.sum / sums.groups
    shareError = (max(0, spread) * (sums.groups - 1) / sums.groups).squareRoot()
  }

  /// The sums that the mean squares are made of.
  private struct Sums {
    var groups = 0.0
    var trials = 0.0
    var events = 0.0
    /// Σ k² ÷ n, and Σ n².
    var squares = 0.0
    var sizes = 0.0

    mutating func add(_ events: Int, of count: Int, times sign: Double = 1) {
      let (k, n) = (Double(events), Double(count))
      groups += sign
      trials += sign * n
      self.events += sign * k
      squares += sign * k * k / n
      sizes += sign * n * n
    }

    /// The sums without one of the groups.
    func without(_ events: Int, of count: Int) -> Sums {
      var sums = self
      sums.add(events, of: count, times: -1)
      return sums
    }

    /// `nil` where no group has two trials, or there is but one.
    var parts: Parts? {
      guard groups > 1, trials > groups else { return nil }
      let between = (squares - events * events / trials) / (groups - 1)
      let within = max(0, events - squares) / (trials - groups)
      let size = (trials - sizes / trials) / (groups - 1)
      return Parts(between: (between - within) / size, within: within)
    }
  }

  private struct Parts {
    let between: Double
    let within: Double

    var share: Double { between + within > 0 ? between / (between + within) : 0 }
  }
}

extension Interval {
  /// How much of the width of two things that are not known comes from this one: squared widths at 90 %
  /// add up, as variances do. `nil` where neither has a width.
  ///
  /// - Parameter error: The other one's 95 % interval; this one is at 90 %.
  public func widthShare(beside error: Interval) -> Double? {
    // From 1.960 to 1.645 standard errors.
    let other = (error.high - error.low) * 0.839_226_5
    let own = high - low
    let sum = own * own + other * other
    return sum > 0 ? own * own / sum : nil
  }
}
