/// What a trial that is settled by totals owes, by stretch of months and bank.
///
/// What is owed up to the end of a stretch is the most in it. If that is below the lowest bound of its
/// months, none of them needs a look. Banks lie side by side, so that all of them are looked at in one
/// pass, eight at a time.
struct OwedTotals {
  /// A stretch has 2² months.
  private static let stretchBits = 2
  private typealias Lanes = SIMD8<Int64>

  /// A stretch in which a bank's claims may reach a threshold.
  struct Reach: BitwiseCopyable {
    /// −1 before the first.
    fileprivate var stretch = -1
    fileprivate var place = 0
    /// What the claims of the stretches before owe.
    fileprivate(set) var before: Int64 = 0
    fileprivate var after: Int64 = 0
  }

  /// The banks, rounded up to whole groups of eight.
  private let width: Int
  private let stretchCount: Int
  private let bankCount: Int
  private let horizon: Int
  /// The lowest bound of all thresholds when they are watched, less one, shape `[stretch × width + bank]`;
  /// above everything for banks that are none.
  private let bounds: UnsafeMutableBufferPointer<Int64>
  /// The lowest bound of each threshold when it is watched, shape `[(threshold × stretch) × width + bank]`.
  private let boundsByThreshold: UnsafeMutableBufferPointer<Int64>
  /// What a bank's claims must owe at a stretch's last claim to reach for certain a threshold that is more than
  /// a warning, shape as `bounds`: the highest bound of its months.
  private let sureBounds: UnsafeMutableBufferPointer<Int64>
  /// The banks that may reach a bound, as `findSuspects(in:)` left them.
  let suspects: UnsafeMutableBufferPointer<Int32>

  init(tables: ThresholdTables, bankCount: Int, horizon: Int, in memory: WorkingMemory) {
    self.bankCount = bankCount
    self.horizon = horizon
    width = (max(1, bankCount) + Lanes.scalarCount - 1) / Lanes.scalarCount * Lanes.scalarCount
    stretchCount = (horizon - 1) >> Self.stretchBits + 1
    suspects = memory.table(0, count: width)
    bounds = memory.table(.max, count: stretchCount * width)
    sureBounds = memory.table(.max, count: stretchCount * width)
    boundsByThreshold = memory.table(
      .max, count: tables.thresholds.count * stretchCount * width)
    for cell in tables.lowestBoundOfAll.indices {
      let place = place(bank: cell / horizon, month: cell % horizon)
      bounds[place] = min(bounds[place], tables.lowestBoundOfAll[cell] - 1)
    }
    for (index, threshold) in tables.thresholds.enumerated() where threshold.hasBounds {
      for cell in 0..<bankCount * horizon
      where threshold.isAtClaims || tables.isPeriodEnd[index * horizon + cell % horizon] {
        let place = index * rowLength + place(bank: cell / horizon, month: cell % horizon)
        boundsByThreshold[place] = min(
          boundsByThreshold[place], tables.bounds[index * bankCount * horizon + cell])
      }
    }
    for (index, threshold) in tables.thresholds.enumerated()
    where threshold.hasBounds && threshold.isAtClaims && !threshold.isWarning {
      for bank in 0..<bankCount {
        for first in stride(from: 0, to: horizon, by: 1 << Self.stretchBits) {
          let months = first..<min(first + 1 << Self.stretchBits, horizon)
          let highest = months.map { tables.bounds[(index * bankCount + bank) * horizon + $0] }
            .max()
          let place = place(bank: bank, month: first)
          sureBounds[place] = min(sureBounds[place], highest ?? .max)
        }
      }
    }
  }

  /// Whether a bank's claims reach a threshold for certain that is more than a warning: at the last claim of a
  /// stretch all of the stretch is owed.
  func surelySuspends(bank: Int, in row: UnsafeMutableBufferPointer<Int64>) -> Bool {
    var sum: Int64 = 0
    for place in stride(from: bank, to: rowLength, by: width) {
      sum &+= row[place]
      if row[place] > 0, sum >= sureBounds[place] { return true }
    }
    return false
  }

  /// How long a trial's row is.
  var rowLength: Int { stretchCount * width }

  /// Where a row holds what a bank's claims of a month owe.
  @inline(__always)
  func place(bank: Int, month: Int) -> Int { month &>> Self.stretchBits &* width &+ bank }

  /// The months of a stretch.
  @inline(__always)
  func months(of reach: Reach) -> Range<Int> {
    let first = reach.stretch &<< Self.stretchBits
    return Range(uncheckedBounds: (first, min(first &+ 1 &<< Self.stretchBits, horizon)))
  }

  /// Finds the next stretch in which a bank's claims may reach a threshold.
  ///
  /// - Returns: `false` if there is none.
  @inline(__always)
  func findNext(
    _ reach: inout Reach, of threshold: Int, bank: Int,
    in row: UnsafeMutableBufferPointer<Int64>
  ) -> Bool {
    let bounds = boundsByThreshold.baseAddress.unsafelyUnwrapped + threshold &* rowLength
    reach.place = reach.stretch < 0 ? bank : reach.place &+ width
    reach.stretch &+= 1
    while reach.stretch < stretchCount {
      reach.before = reach.after
      reach.after &+= row[reach.place]
      if reach.after >= bounds[reach.place] { return true }
      reach.stretch &+= 1
      reach.place &+= width
    }
    return false
  }

  /// The first month of the first stretch in which a bank's claims may reach the lowest bound.
  func firstMonth(of bank: Int, in row: UnsafeMutableBufferPointer<Int64>) -> Int {
    var (place, sum) = (bank, Int64(0))
    for stretch in 0..<stretchCount {
      sum &+= row[place]
      if sum > bounds[place] { return stretch &<< Self.stretchBits }
      place &+= width
    }
    return .max
  }

  /// Finds the banks whose claims may reach the lowest bound of any month.
  ///
  /// - Returns: How many there are; they stand in `suspects`.
  func findSuspects(in row: UnsafeMutableBufferPointer<Int64>) -> Int {
    var count = 0
    for first in stride(from: 0, to: width, by: Lanes.scalarCount) {
      let signs = signs(of: first, in: row)
      let folded = signs.lowHalf | signs.highHalf
      guard folded[0] | folded[1] | folded[2] | folded[3] < 0 else { continue }
      for bank in 0..<min(Lanes.scalarCount, bankCount &- first) where signs[bank] < 0 {
        suspects[count] = Int32(truncatingIfNeeded: first &+ bank)
        count &+= 1
      }
    }
    return count
  }

  /// For eight banks, a number that is negative if what the bank's claims owe may reach a bound.
  @inline(__always)
  private func signs(of first: Int, in row: UnsafeMutableBufferPointer<Int64>) -> Lanes {
    var (sum, signs) = (Lanes(), Lanes())
    // All stretches: where to stop is anybody's guess.
    for start in stride(from: first, to: rowLength, by: width) {
      sum &+= Self.lanes(row, start)
      signs |= Self.lanes(bounds, start) &- sum
    }
    return signs
  }

  @inline(__always)
  private static func lanes(_ table: UnsafeMutableBufferPointer<Int64>, _ start: Int) -> Lanes {
    UnsafeRawPointer(table.baseAddress.unsafelyUnwrapped + start).loadUnaligned(as: Lanes.self)
  }
}
