/// How many members of a sample lie in each of some ranges of equal width.
public struct Histogram: Sendable, Hashable {
  /// The lower edge of the first range, which holds it.
  public let start: Int64
  /// The width of a range. A range holds its lower edge and not its upper one.
  public let width: Int64
  /// How many members lie in each range.
  public let counts: [Int]
  /// How many lie above the last range.
  public let beyond: Int
}

extension LossSample {
  /// How many members are no larger than a value.
  ///
  /// - Complexity: O(log n).
  public func count(atMost value: Int64) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The histogram up to a quantile; what lies further out would flatten the rest, and is counted
  /// as `beyond`. Edges are multiples of the width, a round number (1, 2 or 5 times a power of ten)
  /// that makes at most so many ranges.
  ///
  /// - Parameters:
  ///   - level: The quantile that the last range holds.
  ///   - rangeCount: The largest number of ranges, at least 2.
  ///   - unit: The smallest width.
  public func histogram(upTo level: Level, rangeCount: Int, unit: Int64) -> Histogram {
    let lowest = min(0, sorted[0])
    let highest = sorted[level.rank(among: count) - 1]
    let width = roundWidth(span: highest - lowest, parts: rangeCount - 1, unit: unit)
    let first = lowest >= 0 ? lowest / width : -((width - 1 - lowest) / width)
    let rangeTotal = Int((highest - first * width) / width) + 1
    let below = (0...rangeTotal).map { count(atMost: (first + Int64($0)) * width - 1) }
    return Histogram(
      start: first * width, width: width,
      counts: zip(below, below.dropFirst()).map { $1 - $0 },
      beyond: count - below[rangeTotal])
  }

  /// The 95 % interval of a quantile as ranks among so many members, both from 1.
  ///
  /// For samples of which only counts are known; see `quantile(_:)`.
  ///
  /// - Parameter effective: How many independent ones would tell as much; as many as there are if `nil`.
  public static func quantileRanks(
    _ level: Level, among count: Int, effective: Double? = nil
  ) -> (low: Int, high: Int) {
    let ranks = QuantileRanks(level, among: count, effective: effective)
    return (max(ranks.low, 1), min(ranks.high, count))
  }
}

/// The smallest round multiple of a unit that cuts a span into at most so many parts.
public func roundWidth(span: Int64, parts: Int, unit: Int64) -> Int64 {
  var width = unit
  while true {
    for digit: Int64 in [1, 2, 5] where span / (width * digit) < Int64(max(1, parts)) {
      return width * digit
    }
    width *= 10
  }
}
