/// The numbers of a trial's defaults, as a block's walk leaves them.
struct ListedTrial: BitwiseCopyable {
  /// The trial.
  var trial = 0
  /// Who defaults, nobody among them, in the order of the trial's own walk; as many as `count`.
  private(set) var numbers = UnsafeMutableBufferPointer<UInt32>(start: nil, count: 0)
  private(set) var count = 0
  /// How many of them are nobody.
  var dropped = 0
  /// Where each period's numbers end.
  let periodEnds: UnsafeMutableBufferPointer<Int>

  /// Forgets the trial before.
  mutating func begin(_ trial: Int) {
    self.trial = trial
    count = 0
    dropped = 0
  }

  /// Makes room for so many numbers more.
  mutating func reserve(_ more: Int, in memory: WorkingMemory) {
    guard count &+ more > numbers.count else { return }
    let room = memory.table(UInt32(0), count: 2 * (count + more))
    _ = room.update(fromContentsOf: numbers[..<count])
    numbers = room
  }

  @inline(__always)
  mutating func append(_ number: UInt32) {
    numbers[count] = number
    count &+= 1
  }

  mutating func endPeriod(_ period: Int) { periodEnds[period] = count }
}

/// Defaults of one cell in the trials of a block.
struct CellDefaults: BitwiseCopyable {
  let places: UnsafeMutableBufferPointer<DefaultPlace>
  /// The trial of each, by its place in the block.
  let trials: UnsafeMutableBufferPointer<UInt32>

  init(length: Int, in memory: WorkingMemory) {
    places = memory.table(DefaultPlace(), count: length)
    trials = memory.table(0, count: length)
  }
}
