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

  /// Adds a trial, default by default: from c to c + 1 a square grows by 2c + 1.
  ///
  /// - Parameter seen: Memory for the trial's counts, shape `[horizon]`.
  mutating func add(_ defaults: TrialDefaults, _ seen: UnsafeMutableBufferPointer<Int32>) {
    Self.add(defaults, seen, &counts, &squares)
  }

  @inline(__always)
  private static func add(
    _ defaults: TrialDefaults, _ seen: UnsafeMutableBufferPointer<Int32>, _ counts: inout [Int128],
    _ squares: inout [Int128]
  ) {
    var counts = counts.mutableSpan
    var squares = squares.mutableSpan
    seen.update(repeating: 0)
    for place in 0..<defaults.count {
      let month = Int(defaults.events[place].month)
      let before = seen[month]
      seen[month] = before &+ 1
      counts[unchecked: month] &+= 1
      squares[unchecked: month] &+= Int128(2 &* Int64(before) &+ 1)
    }
  }

  mutating func merge(_ other: DefaultMonths) {
    for month in counts.indices {
      counts[month] += other.counts[month]
      squares[month] += other.squares[month]
    }
  }

  /// All sums as one list.
  var numbers: [Int128] { counts + squares }

  /// Adds the sums that `numbers` gave for other trials.
  mutating func add(_ numbers: ArraySlice<Int128>) {
    for month in counts.indices {
      counts[month] += numbers[numbers.startIndex + month]
      squares[month] += numbers[numbers.startIndex + counts.count + month]
    }
  }
}
