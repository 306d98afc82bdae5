/// What a trial that is settled by totals owes, by bank.
///
/// The sums go by stretches of eight months: what is owed up to the end of a stretch is the most in
/// it. If that is below the lowest bound of its months, none of them needs a look. Only a trial in
/// which a stretch may hold a breach is summed by month.
struct OwedTotals {
  private static let stretchBits = 3

  private let horizon: Int
  private let stretchCount: Int
  /// How far the rows of two banks lie apart; 0 where there is one row.
  let rowLength: Int
  /// Shape `[bank × stretches + stretch]`. Where there are no thresholds, a single row that nobody
  /// reads.
  let byStretch: UnsafeMutableBufferPointer<Int64>
  /// Shape `[bank × horizon + month]`, after `clearMonths()` and `add(_:bank:inMonth:)`.
  private let byMonth: UnsafeMutableBufferPointer<Int64>
  /// The lowest bound of all thresholds when they are watched, same shapes.
  private let bounds: UnsafeMutableBufferPointer<Int64>
  private let boundsOfStretch: UnsafeMutableBufferPointer<Int64>

  init(tables: ThresholdTables, bankCount: Int, horizon: Int, in memory: WorkingMemory) {
    let rowCount = tables.thresholds.isEmpty ? 0 : bankCount
    self.horizon = horizon
    stretchCount = Self.stretch(of: horizon - 1) + 1
    rowLength = rowCount == 0 ? 0 : stretchCount
    byStretch = memory.table(0, count: max(1, rowCount) * stretchCount)
    byMonth = memory.table(0, count: rowCount * horizon)
    bounds = tables.lowestBoundOfAll
    boundsOfStretch = memory.table(.max, count: rowCount * stretchCount)
    for cell in 0..<rowCount * horizon {
      let place = cell / horizon * stretchCount + Self.stretch(of: cell % horizon)
      boundsOfStretch[place] = min(boundsOfStretch[place], bounds[cell])
    }
  }

  /// The stretch that holds a month.
  @inline(__always)
  static func stretch(of month: Int) -> Int { month &>> stretchBits }

  /// Adds what is owed for a claim.
  @inline(__always)
  func add(_ fen: Int64, bank: Int, month: Int) {
    guard !boundsOfStretch.isEmpty else { return }
    byStretch[bank &* stretchCount &+ Self.stretch(of: month)] &+= fen
  }

  /// Forgets the trial before.
  func reset() { byStretch.update(repeating: 0) }

  /// Whether what a bank's claims owe may reach the lowest bound of any month.
  @inline(__always)
  func mayReach(bank: Int) -> Bool {
    let row = bank &* stretchCount
    var sum: Int64 = 0
    for cell in row..<row &+ stretchCount {
      sum &+= byStretch[cell]
      if sum >= boundsOfStretch[cell] { return true }
    }
    return false
  }

  /// Forgets what the months hold.
  func clearMonths() { byMonth.update(repeating: 0) }

  /// Adds what is owed for a claim to its month.
  @inline(__always)
  func add(_ fen: Int64, bank: Int, inMonth month: Int) {
    byMonth[bank &* horizon &+ month] &+= fen
  }

  /// What a bank's claims owe in a month.
  func owed(bank: Int, month: Int) -> Int64 { byMonth[bank &* horizon &+ month] }

  /// Whether what a bank's claims owe reaches the lowest bound of any month.
  func reaches(bank: Int) -> Bool {
    var sum: Int64 = 0
    for cell in bank &* horizon..<(bank &+ 1) &* horizon {
      sum &+= byMonth[cell]
      if sum >= bounds[cell] { return true }
    }
    return false
  }
}
