/// What a trial that is settled by totals owes, by bank and month; zero between trials.
///
/// The sums also go by stretches of eight months: what is owed up to the end of a stretch is the
/// most in it. If that is below the lowest bound of its months, none of them needs a look. Measured,
/// that leaves an eighth of the comparisons.
struct OwedTotals {
  /// Whether any threshold can ask for them.
  private let isNeeded: Bool
  private let horizon: Int
  private let stretchCount: Int
  /// Shape `[bank × horizon + month]` and `[bank × stretches + stretch]`.
  private let byMonth: UnsafeMutableBufferPointer<Int64>
  private let byStretch: UnsafeMutableBufferPointer<Int64>
  /// The lowest bound of all thresholds when they are watched, same shapes.
  private let bounds: UnsafeMutableBufferPointer<Int64>
  private let boundsOfStretch: UnsafeMutableBufferPointer<Int64>

  init(tables: ThresholdTables, bankCount: Int, horizon: Int, in memory: WorkingMemory) {
    isNeeded = !tables.thresholds.isEmpty
    self.horizon = horizon
    stretchCount = (horizon + 7) >> 3
    byMonth = memory.table(0, count: bankCount * horizon)
    byStretch = memory.table(0, count: bankCount * stretchCount)
    bounds = tables.lowestBoundOfAll
    boundsOfStretch = memory.table(.max, count: bankCount * stretchCount)
    for cell in bounds.indices {
      let place = cell / horizon * stretchCount + (cell % horizon) >> 3
      boundsOfStretch[place] = min(boundsOfStretch[place], bounds[cell])
    }
  }

  /// What a bank's claims owe in a month.
  func owed(bank: Int, month: Int) -> Int64 { byMonth[bank &* horizon &+ month] }

  /// Adds what is owed for a claim.
  @inline(__always)
  func add(_ fen: Int64, bank: Int, month: Int) {
    guard isNeeded else { return }
    byMonth[bank &* horizon &+ month] &+= fen
    byStretch[bank &* stretchCount &+ month &>> 3] &+= fen
  }

  /// Forgets the trial.
  func reset() {
    guard isNeeded else { return }
    byMonth.update(repeating: 0)
    byStretch.update(repeating: 0)
  }

  /// Whether what a bank's claims owe reaches the lowest bound of any month.
  @inline(__always)
  func mayReach(bank: Int) -> Bool {
    guard isNeeded else { return false }
    let row = bank &* stretchCount
    var sum: Int64 = 0
    for cell in row..<row &+ stretchCount {
      sum &+= byStretch[cell]
      if sum >= boundsOfStretch[cell] { return mayReachInAnyMonth(bank: bank) }
    }
    return false
  }

  @inline(never)
  private func mayReachInAnyMonth(bank: Int) -> Bool {
    var sum: Int64 = 0
    for cell in bank &* horizon..<(bank &+ 1) &* horizon {
      sum &+= byMonth[cell]
      if sum >= bounds[cell] { return true }
    }
    return false
  }
}
