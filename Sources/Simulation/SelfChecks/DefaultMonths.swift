/// The defaults of each month, summed over trials.
struct DefaultMonths: Sendable, Equatable {
  /// The number of defaults by month, shape `[horizon]`.
  var counts: [Int128]
  /// The sum over trials of the squares of that number, same shape.
  var squares: [Int128]

  init(horizon: Int) {
    counts = Array(repeating: 0, count: horizon)
    squares = counts
  }

  /// Adds a trial: counts its defaults month by month first, so that the wide sums are touched once a
  /// month and not once a default.
  ///
  /// - Parameter seen: Memory for the trial's counts, shape `[horizon]`; zeros before and after.
  mutating func add(_ defaults: TrialDefaults, _ seen: UnsafeMutableBufferPointer<Int32>) {
    Self.add(defaults, seen, &counts, &squares)
  }

  @inline(__always)
  private static func add(
    _ defaults: TrialDefaults, _ seen: UnsafeMutableBufferPointer<Int32>, _ counts: inout [Int128],
    _ squares: inout [Int128]
  ) {
    for place in 0..<defaults.placeCount { seen[Int(defaults.places[place].month)] &+= 1 }
    // The places of nobody have the first month.
    seen[0] &-= Int32(truncatingIfNeeded: defaults.placeCount &- defaults.count)
    var counts = counts.mutableSpan
    var squares = squares.mutableSpan
    for month in seen.indices {
      let count = Int64(seen[month])
      seen[month] = 0
      counts[unchecked: month] &+= Int128(count)
      squares[unchecked: month] &+= Int128(count &* count)
    }
  }
}
