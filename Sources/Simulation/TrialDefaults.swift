/// One loan that defaulted in a trial.
struct DefaultEvent: BitwiseCopyable {
  var loan: Int32
  var month: Int16
  /// Months from the claim to its recovery.
  var lag: Int16 = 0
  /// The part of the loss that is recovered; the uniform draw behind it where the recovery is
  /// loaded on a factor.
  var recovery: Double = 0
}

/// The defaults of one trial: taken from the walk in any order, then sorted by month, and by
/// portfolio order within a month.
///
/// The walk adds keys of month and loan that compare as the order asks. They are dealt out to
/// their months (the walk has counted them) and sorted there; most months hold few.
struct TrialDefaults {
  /// Where each month's defaults begin, shape `[horizon + 1]`.
  private(set) var offsets: UnsafeMutableBufferPointer<Int>
  /// The defaults in order; as many as `count`.
  let events: UnsafeMutableBufferPointer<DefaultEvent>
  private(set) var count = 0
  private let found: UnsafeMutableBufferPointer<UInt64>
  private let sorted: UnsafeMutableBufferPointer<UInt64>
  private let cursors: UnsafeMutableBufferPointer<Int>

  init(loanCount: Int, horizon: Int, in memory: WorkingMemory) {
    offsets = memory.table(0, count: horizon + 1)
    cursors = memory.table(0, count: horizon + 1)
    found = memory.table(0, count: loanCount)
    sorted = memory.table(0, count: loanCount)
    events = memory.table(DefaultEvent(loan: 0, month: 0), count: loanCount)
  }

  /// Forgets the trial before.
  mutating func reset() {
    count = 0
    offsets.update(repeating: 0)
  }

  /// Adds a default. A loan defaults once in a trial at most.
  @inline(__always)
  mutating func add(loan: Int32, month: Int) {
    found[count] = UInt64(truncatingIfNeeded: month) &<< 32 | UInt64(UInt32(bitPattern: loan))
    count &+= 1
    offsets[month &+ 1] &+= 1
  }

  /// The places of a month's defaults.
  @inline(__always)
  func range(_ month: Int) -> Range<Int> {
    Range(uncheckedBounds: (offsets[month], offsets[month &+ 1]))
  }

  /// Sorts the defaults.
  mutating func order() {
    let horizon = offsets.count - 1
    var total = 0
    for month in 0..<horizon {
      cursors[month] = total
      total &+= offsets[month &+ 1]
      offsets[month &+ 1] = total
    }
    for index in 0..<count {
      let key = found[index]
      let month = Int(truncatingIfNeeded: key &>> 32)
      sorted[cursors[month]] = key
      cursors[month] &+= 1
    }
    for month in 0..<horizon { sortMonth(range(month)) }
    for index in 0..<count {
      let key = sorted[index]
      events[index] = DefaultEvent(
        loan: Int32(truncatingIfNeeded: key), month: Int16(truncatingIfNeeded: key &>> 32))
    }
  }

  @inline(__always)
  private func sortMonth(_ range: Range<Int>) {
    guard range.count > 1 else { return }
    guard range.count <= 32 else {
      sorted[range].sort()
      return
    }
    var index = range.lowerBound &+ 1
    while index < range.upperBound {
      let key = sorted[index]
      var place = index
      while place > range.lowerBound, sorted[place &- 1] > key {
        sorted[place] = sorted[place &- 1]
        place &-= 1
      }
      sorted[place] = key
      index &+= 1
    }
  }
}
