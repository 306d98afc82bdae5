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

  /// Adds a trial by its defaults of each month, of which it leaves zeros.
  mutating func add(_ seen: UnsafeMutableBufferPointer<Int32>) {
    for month in seen.indices {
      let count = Int64(seen[month])
      seen[month] = 0
      counts[month] &+= Int128(count)
      squares[month] &+= Int128(count &* count)
    }
  }

  /// Adds trials: their defaults by month, and the squares of those of each trial.
  fileprivate mutating func add(
    _ counts: UnsafeMutableBufferPointer<Int64>, squares: UnsafeMutableBufferPointer<Int64>
  ) {
    for month in counts.indices {
      self.counts[month] &+= Int128(counts[month])
      self.squares[month] &+= Int128(squares[month])
    }
  }
}

/// The defaults of each month, summed over the trials of a block: in 64 bits, so that the wide sums are
/// touched once a block.
struct BlockDefaults {
  /// The trial's defaults; zeros before and after.
  private let seen: UnsafeMutableBufferPointer<Int32>
  private let counts: UnsafeMutableBufferPointer<Int64>
  private let squares: UnsafeMutableBufferPointer<Int64>

  init(horizon: Int, in memory: WorkingMemory) {
    seen = memory.table(0, count: horizon)
    counts = memory.table(0, count: horizon)
    squares = memory.table(0, count: horizon)
  }

  /// Notes a default of the trial, or a place of nobody, which has the first month.
  @inline(__always)
  func note(month: Int16) { seen[Int(month)] &+= 1 }

  /// Adds the trial.
  ///
  /// - Parameter dropped: How many places were of nobody.
  func endTrial(dropped: Int) {
    let (seen, counts, squares) = (seen, counts, squares)
    seen[0] &-= Int32(truncatingIfNeeded: dropped)
    for month in seen.indices {
      let count = Int64(seen[month])
      counts[month] &+= count
      squares[month] &+= count &* count
    }
    seen.update(repeating: 0)
  }

  /// Hands the block to the sums of all trials.
  func finish(into months: inout DefaultMonths) {
    months.add(counts, squares: squares)
    counts.update(repeating: 0)
    squares.update(repeating: 0)
  }
}
