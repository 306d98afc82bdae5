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

/// The defaults of one trial, as the walk finds them, and sorted where their order matters.
struct TrialDefaults {
  /// The defaults as they were found; as many as `count`. A loan defaults once in a trial at most.
  let events: UnsafeMutableBufferPointer<DefaultEvent>
  var count = 0
  /// After `order()`: the defaults by month, and by portfolio order within a month.
  let ordered: UnsafeMutableBufferPointer<DefaultEvent>
  /// After `order()`: where each month's defaults begin, shape `[horizon + 1]`.
  let offsets: UnsafeMutableBufferPointer<Int>
  private var isDealt = false
  /// Which months are sorted, once dealt.
  private let isOrdered: UnsafeMutableBufferPointer<Bool>
  private let cursors: UnsafeMutableBufferPointer<Int>

  init(loanCount: Int, horizon: Int, in memory: WorkingMemory) {
    // One more, which the walk writes and does not count.
    events = memory.room(count: loanCount + 1)
    ordered = memory.room(count: loanCount)
    offsets = memory.table(0, count: horizon + 1)
    isOrdered = memory.table(false, count: horizon)
    cursors = memory.table(0, count: horizon + 1)
  }

  /// Forgets the trial before.
  mutating func reset() {
    count = 0
    isDealt = false
  }

  /// The places of a month's defaults among `ordered`, after `deal()` or `order()`.
  @inline(__always)
  func range(_ month: Int) -> Range<Int> {
    Range(uncheckedBounds: (offsets[month], offsets[month &+ 1]))
  }

  /// Sorts the defaults by month, and by portfolio order within a month.
  mutating func order() {
    deal()
    for month in 0..<offsets.count - 1 { order(month) }
  }

  /// Sorts a dealt month's defaults by portfolio order.
  func order(_ month: Int) {
    guard !isOrdered[month] else { return }
    isOrdered[month] = true
    sortMonth(range(month))
  }

  /// Deals the defaults out to their months, once a trial.
  mutating func deal() {
    guard !isDealt else { return }
    isDealt = true
    let horizon = offsets.count - 1
    offsets.update(repeating: 0)
    for event in events[0..<count] { offsets[Int(event.month) &+ 1] &+= 1 }
    for month in 0..<horizon {
      isOrdered[month] = false
      cursors[month] = offsets[month]
      offsets[month &+ 1] &+= offsets[month]
    }
    for event in events[0..<count] {
      let month = Int(event.month)
      ordered[cursors[month]] = event
      cursors[month] &+= 1
    }
  }

  /// Sorts a month's defaults by portfolio order. Most months hold few.
  @inline(__always)
  private func sortMonth(_ range: Range<Int>) {
    guard range.count > 1 else { return }
    guard range.count <= 32 else {
      ordered[range].sort { $0.loan < $1.loan }
      return
    }
    var index = range.lowerBound &+ 1
    while index < range.upperBound {
      let event = ordered[index]
      var place = index
      while place > range.lowerBound, ordered[place &- 1].loan > event.loan {
        ordered[place] = ordered[place &- 1]
        place &-= 1
      }
      ordered[place] = event
      index &+= 1
    }
  }
}
