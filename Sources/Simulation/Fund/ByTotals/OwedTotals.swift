/// What a trial that is settled by totals owes, by bank.
///
/// The sums go by stretches of eight months: what is owed up to the end of a stretch is the most in
/// it. If that is below the lowest bound of its months, none of them needs a look. Only a trial in
/// which a stretch may hold a breach is summed by month.
struct OwedTotals {
  /// The month in which a bank first reaches a bound, and what was owed before it.
  struct Reach: BitwiseCopyable {
    let month: Int
    let before: Int64
  }

  private static let stretchBits = 3

  private let horizon: Int
  private let stretchCount: Int
  /// How far the rows of two banks lie apart; 0 where there is one row.
  let rowLength: Int
  /// Shape `[bank × stretches + stretch]`. Where there are no thresholds, a single row that nobody
  /// reads.
  let byStretch: UnsafeMutableBufferPointer<Int64>
  /// The banks that may reach a bound, as `findSuspects()` left them.
  let suspects: UnsafeMutableBufferPointer<Int32>
  /// Shape `[suspect × horizon + month]`, after `add(_:bank:inMonth:)` for all claims; behind it a row
  /// for all other banks, which nobody reads.
  private let byMonth: UnsafeMutableBufferPointer<Int64>
  /// Where a bank's row begins.
  private let rows: UnsafeMutableBufferPointer<Int>
  /// The lowest bound of all thresholds when they are watched, same shapes.
  private let bounds: UnsafeMutableBufferPointer<Int64>
  private let boundsOfStretch: UnsafeMutableBufferPointer<Int64>

  init(tables: ThresholdTables, bankCount: Int, horizon: Int, in memory: WorkingMemory) {
    let rowCount = tables.thresholds.isEmpty ? 0 : bankCount
    self.horizon = horizon
    stretchCount = Self.stretch(of: horizon - 1) + 1
    rowLength = rowCount == 0 ? 0 : stretchCount
    byStretch = memory.table(0, count: max(1, rowCount) * stretchCount)
    suspects = memory.table(0, count: rowCount + 1)
    byMonth = memory.table(0, count: (rowCount + 1) * horizon)
    rows = memory.table(rowCount * horizon, count: rowCount)
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

  /// Where what a bank owes in a month is summed.
  @inline(__always)
  func place(bank: Int, month: Int) -> Int { bank &* rowLength &+ Self.stretch(of: month) }

  /// Adds what is owed for a claim.
  @inline(__always)
  func add(_ fen: Int64, bank: Int, month: Int) {
    guard !boundsOfStretch.isEmpty else { return }
    byStretch[bank &* stretchCount &+ Self.stretch(of: month)] &+= fen
  }

  /// Forgets the trial before.
  func reset() { byStretch.update(repeating: 0) }

  /// Finds the banks whose claims may reach the lowest bound of any month, and makes room for their
  /// months.
  ///
  /// - Returns: Their places in `suspects`.
  func findSuspects() -> Range<Int> {
    var count = 0
    var first = 0
    for bank in rows.indices {
      var sum: Int64 = 0
      // Negative if any of the differences is. All stretches: where to stop is anybody's guess.
      var signs: Int64 = 0
      for cell in first..<first &+ stretchCount {
        sum &+= byStretch[cell]
        signs |= boundsOfStretch[cell] &- 1 &- sum
      }
      suspects[count] = Int32(truncatingIfNeeded: bank)
      count &+= signs < 0 ? 1 : 0
      first &+= stretchCount
    }
    if count > 0 {
      rows.update(repeating: rows.count &* horizon)
      for suspect in 0..<count { rows[Int(suspects[suspect])] = suspect &* horizon }
      byMonth[0..<count &* horizon].update(repeating: 0)
    }
    return 0..<count
  }

  /// Adds what is owed for a claim to its month.
  @inline(__always)
  func add(_ fen: Int64, bank: Int, inMonth month: Int) {
    byMonth[rows[bank] &+ month] &+= fen
  }

  /// Whether a bank is among the suspects, of which there are some.
  @inline(__always)
  func isSuspect(_ bank: Int) -> Bool { rows[bank] < rows.count &* horizon }

  /// What a suspect's claims owe in a month.
  @inline(__always)
  func owed(bank: Int, month: Int) -> Int64 { byMonth[rows[bank] &+ month] }

  /// The first month in which what a suspect's claims owe reaches the lowest bound, and what they owe
  /// before; `nil` if there is none.
  func firstReach(bank: Int) -> Reach? {
    var sum: Int64 = 0
    for month in 0..<horizon {
      let before = sum
      sum &+= owed(bank: bank, month: month)
      if sum >= bounds[bank &* horizon &+ month] { return Reach(month: month, before: before) }
    }
    return nil
  }
}
