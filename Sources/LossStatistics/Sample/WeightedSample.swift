/// Values of trials that were drawn from another law, each with the ratio of the two densities as its weight.
///
/// A probability is the mean of the weights of the trials of an event, a mean that of weight times value: both
/// unbiased, by the central limit theorem where enough trials bear on them.
public struct WeightedSample: Sendable {
  private let values: [Int64]
  private let weights: [Double]
  private let groups: TrialGroups?
  /// The places of the values, descending.
  private let order: [Int]

  /// Creates a sample.
  ///
  /// - Parameters:
  ///   - values: The values, in trial order.
  ///   - weights: The weight of each.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  /// - Precondition: At least one value, and a weight for each.
  /// - Complexity: O(n ln n).
  public init(_ values: [Int64], weights: [Double], groups: TrialGroups? = nil) {
    precondition(!values.isEmpty && values.count == weights.count, "a weight for each value")
    self.values = values
    self.weights = weights
    self.groups = groups
    order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
  }

  /// The number of trials.
  public var count: Int { values.count }

  /// The probability of an event.
  ///
  /// - Parameter largestWeight: What no weight exceeds: of an event that no trial saw, it bounds the probability.
  public func probability(
    largestWeight: Double, _ happens: (Int64) -> Bool
  ) -> Estimate {
    let numbers = zip(values, weights).map { happens($0) ? $1 : 0 }
    let estimate = Self.mean(numbers, groups)
    let seen = numbers.count { $0 > 0 }
    guard seen < reliableTailCount else { return estimate }
    // At least as many events as 1/largest of the probability are expected a trial.
    let high = exactInterval(events: seen, of: count).high * largestWeight
    return Estimate(
      value: estimate.value, sampleCount: count,
      knowledge: .range(
        Interval(low: 0, high: min(1, max(high, estimate.value))),
        trialsNeeded: MeanSpread.trialsNeeded(of: count, support: seen)), method: .importance)
  }

  /// The mean of the values.
  public var mean: Estimate {
    Self.mean(zip(values, weights).map { Double($0) * $1 }, groups)
  }

  private static func mean(_ numbers: [Double], _ groups: TrialGroups?) -> Estimate {
    let estimate = meanEstimate(numbers, groups: groups)
    return Estimate(
      value: estimate.value, sampleCount: estimate.sampleCount, knowledge: estimate.knowledge,
      method: .importance)
  }

  /// The quantile of a level: the smallest value beyond which the weights' share is at most the rest, with the values
  /// that a 95 % interval of that share allows.
  ///
  /// Source: P. Glynn, "Importance sampling for Monte Carlo estimation of quantiles", Proceedings of the
  /// second international workshop on mathematical methods in stochastic simulation, 1996, pp. 180–185.
  public func quantile(_ level: Level) -> QuantileEstimate {
    let rest = Double(level.complement.millionths) / 1_000_000
    let stretch = stretch(rest: rest)
    var beyond = WeightSums(trials: count)
    let largest = values[order[0]]
    var (value, low, high) = (largest, largest, largest)
    var (isHighFound, isLowFound, isReliable) = (false, false, false)
    var place = 0
    // From the largest value down: the share of what lies beyond each grows.
    while place < count {
      let current = values[order[place]]
      let share = beyond.interval95(stretch: stretch)
      isHighFound = isHighFound || share.high > rest
      if !isHighFound {
        high = current
        isReliable = beyond.count >= reliableTailCount
      }
      if beyond.mean <= rest { value = current }
      isLowFound = share.low > rest
      if isLowFound { break }
      low = current
      while place < count, values[order[place]] == current {
        beyond.add(weights[order[place]])
        place += 1
      }
    }
    return QuantileEstimate(
      level: level, value: value, low: min(low, value), high: max(high, value),
      isReliable: isReliable && isHighFound && isLowFound)
  }

  /// By how much more the share beyond a quantile varies because trials share parameters.
  private func stretch(rest: Double) -> Double {
    guard let groups, groups.matter(among: count) else { return 1 }
    var (sum, last) = (0.0, values[order[0]])
    for place in order {
      sum += weights[place]
      last = values[place]
      if sum > rest * Double(count) { break }
    }
    let numbers = zip(values, weights).map { $0 >= last ? $1 : 0 }
    let alone = meanEstimate(numbers)
    let together = meanEstimate(numbers, groups: groups)
    guard let error = alone.error, let wide = together.error else { return 1 }
    return max(1, wide / error)
  }
}

extension Estimate {
  /// Its error, whatever is known of its law.
  fileprivate var error: Double? {
    guard case .spread(let spread) = knowledge, spread.error > 0 else { return nil }
    return spread.error
  }
}

/// Powers of the weights of the trials of an event; the others count as nothing.
private struct WeightSums {
  let trials: Int
  private(set) var count = 0
  private var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)

  init(trials: Int) { self.trials = trials }

  mutating func add(_ weight: Double) {
    count += 1
    first += weight
    second += weight * weight
    third += weight * weight * weight
    fourth += weight * weight * weight * weight
  }

  var mean: Double { first / Double(trials) }

  /// The interval of the event's probability.
  func interval95(stretch: Double) -> Interval {
    let (all, mean) = (Double(trials), mean)
    let square = mean * mean
    let sums = DistanceSums(
      count: trials, squares: second - all * square,
      cubes: third - 3 * mean * second + 2 * all * square * mean,
      fourths: fourth - 4 * mean * third + 6 * square * second - 3 * all * square * square)
    guard sums.squares > 0,
      let interval = sums.mean(mean, support: min(count, trials)).widened(by: stretch).interval95
    else {
      // Too few to exclude anything; who asks looks at their number.
      return Interval(low: 0, high: 0)
    }
    return interval
  }
}
