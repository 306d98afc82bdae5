/// The losses of all trials, sorted once.
public struct LossSample: Sendable {
  /// The values, ascending.
  public let sorted: [Int64]

  /// The mean with its standard error.
  public let mean: Estimate

  /// The standard deviation, by n − 1; infinite for a single value.
  public let standardDeviation: Double

  /// Creates a sample.
  ///
  /// - Precondition: At least one value; none further than 4·10¹⁵ from the mean.
  /// - Complexity: O(n): a million values take about 40 ms.
  public init(_ values: [Int64]) {
    let moments = ExactMoments(values)
    mean = moments.meanEstimate
    standardDeviation = moments.standardDeviation
    sorted = sortedByDigits(values)
  }

  /// The number of values.
  public var count: Int { sorted.count }
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
