/// The losses of all trials, sorted once.
public struct LossSample: Sendable {
  /// The values, ascending.
  public let sorted: [Int64]

  /// The standard deviation, by n − 1; infinite for a single value.
  public let standardDeviation: Double

  private let moments: ExactMoments

  /// The value that comes most often, the smallest of several, and how often it comes.
  let mostFrequent: (value: Int64, count: Int)

  /// Creates a sample.
  ///
  /// - Precondition: At least one value; none further than 4·10¹⁵ from the mean.
  /// - Complexity: O(n): a million values take about 40 ms.
  public init(_ values: [Int64]) {
    moments = ExactMoments(values)
    standardDeviation = moments.standardDeviation
    sorted = sortedByDigits(values)
    mostFrequent = Self.mostFrequent(of: sorted)
  }

  private init(sorted: [Int64], _ moments: ExactMoments) {
    self.moments = moments
    standardDeviation = moments.standardDeviation
    self.sorted = sorted
    mostFrequent = Self.mostFrequent(of: sorted)
  }

  /// The number of values.
  public var count: Int { sorted.count }

  /// Whether all values are the same.
  public var isConstant: Bool { sorted[0] == sorted[count - 1] }

  /// The mean with its precision.
  ///
  /// - Complexity: O(n): a pass for the skewness.
  public var mean: Estimate { mean(within: Limits()) }

  /// The mean of an amount that cannot leave some limits: where fewer than ten values differ from
  /// the most frequent one, no more than their share can, by the limits, move the mean.
  public func mean(within limits: Limits) -> Estimate {
    let mode = mostFrequent
    let support = count - mode.count
    var sums = DistanceSums()
    if support >= reliableTailCount {
      for value in sorted { sums.add(Double(value) - moments.mean) }
      return sums.mean(moments.mean, support: support).clipped(to: limits)
    }
    let share = exactInterval(events: support, of: count).high
    let middle = Double(mode.value)
    let ends = [limits.low, limits.high].map { limit in
      limit.map { middle + share * (Double($0) - middle) }
    }
    var interval: Interval?
    if let low = ends[0], let high = ends[1] { interval = Interval(low: low, high: high) }
    return .unknown(
      moments.mean, interval: interval, sampleCount: count,
      trialsNeeded: MeanSpread.trialsNeeded(of: count, support: support))
  }

  /// The standard error of the standard deviation; `nil` where the trials do not show it.
  public var deviationError: Double? {
    let support = count - mostFrequent.count
    let variance = moments.squaredDeviations / Double(count)
    var sums = DistanceSums()
    for value in sorted {
      let distance = Double(value) - moments.mean
      sums.add(distance * distance - variance)
    }
    return sums.mean(variance, support: support).standardError.map {
      $0 / (2 * variance.squareRoot())
    }
  }

  private static func mostFrequent(of sorted: [Int64]) -> (value: Int64, count: Int) {
    var best = (value: sorted[0], count: 0)
    var start = 0
    for place in 1...sorted.count where place == sorted.count || sorted[place] != sorted[start] {
      if place - start > best.count { best = (sorted[start], place - start) }
      start = place
    }
    return best
  }

  /// The negated values: its upper tail is this one's lower tail.
  public var mirrored: LossSample {
    LossSample(sorted: sorted.reversed().map { -$0 }, moments.mirrored)
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
  public var mirrored: Limits { Limits(low: high.map { -$0 }, high: low.map { -$0 }) }
}

/// The values in ascending order.
///
/// Digit by digit from the lowest, each pass keeping the order of the last: about twice as fast
/// as `sort()` at a million values.
func sortedByDigits(_ values: [Int64]) -> [Int64] {
  guard values.count > 2048, let lowest = values.min(), let highest = values.max() else {
    return values.sorted()
  }
  let digitBits = 11
  let digitCount = 1 << digitBits
  // Distances from the smallest value are not negative, and have as few digits as can be.
  let usedBits = UInt64.bitWidth - UInt64(bitPattern: highest &- lowest).leadingZeroBitCount
  var source = values.map { UInt64(bitPattern: $0 &- lowest) }
  var target = [UInt64](repeating: 0, count: source.count)
  for shift in stride(from: 0, to: usedBits, by: digitBits) {
    var places = [Int](repeating: 0, count: digitCount)
    for value in source {
      places[Int(truncatingIfNeeded: value &>> UInt64(shift)) & (digitCount - 1)] += 1
    }
    var next = 0
    for digit in places.indices {
      (places[digit], next) = (next, next + places[digit])
    }
    for value in source {
      let digit = Int(truncatingIfNeeded: value &>> UInt64(shift)) & (digitCount - 1)
      target[places[digit]] = value
      places[digit] += 1
    }
    swap(&source, &target)
  }
  return source.map { Int64(bitPattern: $0) &+ lowest }
}
