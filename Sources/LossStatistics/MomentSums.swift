/// How many whole numbers there are, their sum, and the sum of their squares: exact, so that sums
/// over parts of a sample add up to those of the whole, in any order.
public struct MomentSums: Sendable, Hashable {
  /// The number of numbers.
  public var count: Int
  /// Their sum.
  public var sum: Int128
  /// The sum of their squares.
  public var squares: WideSum

  /// Creates sums, by default those of no numbers.
  public init(count: Int = 0, sum: Int128 = 0, squares: WideSum = WideSum()) {
    self.count = count
    self.sum = sum
    self.squares = squares
  }

  /// Adds a number.
  ///
  /// - Precondition: No further from 0 than the difference of two 64-bit numbers can be.
  public mutating func add(_ number: Int128) {
    count += 1
    sum += number
    squares.add(number.multipliedFullWidth(by: number))
  }

  /// Adds the numbers behind other sums.
  public mutating func add(_ other: MomentSums) {
    count += other.count
    sum += other.sum
    squares.add((high: other.squares.high, low: other.squares.low))
  }

  /// The mean with its standard error.
  ///
  /// - Precondition: At least one number.
  public var mean: Estimate { ExactMoments(self).meanEstimate }

  /// The standard deviation, by n − 1; infinite for a single number.
  ///
  /// - Precondition: At least one number.
  public var standardDeviation: Double { ExactMoments(self).standardDeviation }
}

/// A whole number of 256 bits: high · 2¹²⁸ + low. No sum of squares of a run outgrows it.
public struct WideSum: Sendable, Hashable {
  /// The upper half.
  public private(set) var high: Int128
  /// The lower half.
  public private(set) var low: UInt128

  /// Creates a number.
  public init(high: Int128 = 0, low: UInt128 = 0) {
    self.high = high
    self.low = low
  }

  mutating func add(_ other: (high: Int128, low: UInt128)) {
    let (sum, carries) = low.addingReportingOverflow(other.low)
    low = sum
    high &+= other.high &+ (carries ? 1 : 0)
  }

  mutating func subtract(_ other: (high: Int128, low: UInt128)) {
    let (difference, borrows) = low.subtractingReportingOverflow(other.low)
    low = difference
    high &-= other.high &+ (borrows ? 1 : 0)
  }

  /// The nearest double; exact rounding where the number has 127 bits or fewer.
  var value: Double {
    if high == 0, let small = Int128(exactly: low) { return Double(small) }
    return Double(high) * 0x1p128 + Double(low)
  }
}
