/// The losses of all trials, sorted once.
public struct LossSample: Sendable {
  /// The values, ascending.
  public let sorted: [Int64]

  /// The standard deviation, by n − 1; infinite for a single value.
  public let standardDeviation: Double

  private let moments: ExactMoments
  private let shape: SampleShape
  /// The values in trial order where trials share what is not known; else `nil`.
  let grouped: GroupedValues?

  /// Creates a sample.
  ///
  /// - Parameters:
  ///   - values: The values, in trial order where there are groups.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  /// - Precondition: At least one value; none further than 4·10¹⁵ from the mean.
  /// - Complexity: O(n): a million values take about 11 ms, and less than one if all are the same.
  public init(_ values: [Int64], groups: TrialGroups? = nil) {
    self.init(inAscendingOrder(values), GroupedValues(values, groups))
  }

  /// Creates a sample of values that are sorted, and independent of each other.
  ///
  /// - Parameter values: The values, ascending.
  /// - Precondition: As above.
  /// - Complexity: O(n): a million values take about 3 ms.
  public init(ascending values: [Int64]) { self.init(values, nil) }

  private init(_ sorted: [Int64], _ grouped: GroupedValues?) {
    self.grouped = grouped
    self.sorted = sorted
    moments = ExactMoments(sorted: sorted)
    standardDeviation = moments.standardDeviation
    shape = SampleShape(sorted: sorted, moments)
  }

  /// Some values in ascending order, and nothing else of them.
  public static func ascending(_ values: [Int64]) -> [Int64] { inAscendingOrder(values) }

  /// The number of values.
  public var count: Int { sorted.count }

  /// The values as others, one by one; what becomes of a value may be nothing.
  ///
  /// - Returns: `nil` if nothing is left.
  public func mapped(_ change: (Int64) -> Int64?) -> LossSample? {
    let grouped = grouped?.mapped(change)
    var values = grouped?.values ?? changed(change)
    if values.isEmpty { return nil }
    // Most changes leave the order as it was, or put the first values behind the others.
    if !turn(&values) { values = inAscendingOrder(values) }
    return LossSample(values, grouped)
  }

  private func changed(_ change: (Int64) -> Int64?) -> [Int64] {
    var values: [Int64] = []
    values.reserveCapacity(sorted.count { change($0) != nil })
    for value in sorted { if let value = change(value) { values.append(value) } }
    return values
  }

  /// How often a value is at most a number, as the estimate of a probability.
  public func share(atMost value: Int64, isCertain: Bool = false) -> Proportion {
    Proportion(
      successes: count(atMost: value), of: count, isCertain: isCertain,
      effectiveTrials: grouped?.effectiveCount(atMost: value))
  }

  /// The same for several numbers, which rise.
  public func shares(atMost values: [Int64], isCertain: Bool = false) -> [Proportion] {
    values.map { share(atMost: $0, isCertain: isCertain) }
  }

  /// How many independent trials would tell as much of a quantile; `nil` where all are independent.
  public func effectiveCount(atQuantile level: Level) -> Double? {
    let value = sorted[level.rank(among: count) - 1]
    return grouped?.effectiveCount(atMost: value)
  }

  /// How often a value lies above one number and is at most another.
  public func share(above low: Int64, atMost high: Int64) -> Proportion {
    Proportion(
      successes: count(atMost: high) - count(atMost: low), of: count,
      effectiveTrials: grouped?.effectiveCount(above: low, atMost: high))
  }

  /// Whether all values are the same.
  public var isConstant: Bool { sorted[0] == sorted[count - 1] }

  /// How many values differ from the most frequent one.
  private var support: Int { count - shape.mostFrequentCount }

  /// The mean with its precision.
  public var mean: Estimate { mean(within: Limits()) }

  /// The mean of an amount that cannot leave some limits: where fewer than ten values differ from
  /// the most frequent one, no more than their share can, by the limits, move the mean.
  public func mean(within limits: Limits) -> Estimate {
    if support >= reliableTailCount {
      return shape.distances.mean(moments.mean, support: support)
        .widened(by: groupSpread).clipped(to: limits)
    }
    let share = exactInterval(events: support, of: count).high
    let middle = Double(shape.mostFrequent)
    let ends = [limits.low, limits.high].map { limit in
      limit.map { middle + share * (Double($0) - middle) }
    }
    var interval: Interval?
    if let low = ends[0], let high = ends[1] { interval = Interval(low: low, high: high) }
    return .unknown(
      moments.mean, interval: interval, sampleCount: count,
      trialsNeeded: MeanSpread.trialsNeeded(of: count, support: support))
  }

  private var groupSpread: GroupSpread? {
    grouped?.spread {
      Double($0) - moments.mean
    } where: {
      $0 != shape.mostFrequent
    }
  }

  /// The standard error of the standard deviation; `nil` where the trials do not show it.
  public var deviationError: Double? {
    let variance = moments.variance
    return shape.squares.mean(variance, support: support).widened(
      by: grouped?.spread { value in
        let distance = Double(value) - moments.mean
        return distance * distance - variance
      } where: {
        $0 != shape.mostFrequent
      }
    ).standardError.map {
      $0 / (2 * variance.squareRoot())
    }
  }
}

/// What an amount cannot fall below, and what it cannot exceed, by its plan.
public struct Limits: Sendable, Hashable {
  /// The smallest amount; `nil` if none is known.
  public var low: Int64?
  /// The largest amount; `nil` if none is known.
  public var high: Int64?

  /// Creates limits.
  public init(low: Int64? = nil, high: Int64? = nil) {
    self.low = low
    self.high = high
  }

  /// The limits of the negated amount.
  var mirrored: Limits { Limits(low: high.map { -$0 }, high: low.map { -$0 }) }
}
