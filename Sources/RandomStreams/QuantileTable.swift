/// Draws from a continuous distribution by its inverse distribution function, from two tables.
///
/// 512 even cells over (0, 1) answer first: half the instructions, and 16 KB that stay in the first
/// cache. Those that would be too coarse, near the ends mostly, leave it to the second table, whose
/// cells shrink with the distance to the nearer end of (0, 1): each octave [2⁻ᵏ⁻¹, 2⁻ᵏ) of u or of
/// 1 − u holds equally many. A tail that behaves like a power or a logarithm is hence as smooth to
/// its cells as the centre is, down to 2⁻⁵³, and the bits of u are the cell's number.
///
/// The error is below 1e-7 of the distribution's scale: 1 for a Beta, the standard deviation
/// otherwise. It is measured in the middle of each cell when the table is made; a cell that would
/// be too coarse (Betas with almost all their weight at 0 and 1) is answered by the slow quantile.
@frozen
public struct QuantileTable: Sendable {
  @usableFromInline let evenCells: [CubicCell]
  let cells: [CubicCell]
  private let cellBits: UInt64
  private let distribution: TabulatedDistribution
  /// What this is a weighted sum of; empty for a table of its own.
  private let parts: [WeightedQuantile]

  /// How many even cells there are: 2⁹.
  @usableFromInline static var evenBits: UInt64 { 9 }
  private static var smallestTail: Double { 0x1p-53 }
  private static var octaves: Int { 52 }

  /// The Beta distribution of a given mean and standard deviation.
  ///
  /// - Returns: `nil` unless the mean lies above 0 and below 1 and the variance above 0 and below
  ///   mean (1 − mean), the variance of a yes or no. Also `nil` if the variance is less than a
  ///   millionth of that: such a variable is a fixed number.
  public static func beta(
    mean: Double, standardDeviation: Double, isTabulated: Bool = true
  ) -> QuantileTable? {
    let limit = mean * (1 - mean)
    let variance = standardDeviation * standardDeviation
    guard mean > 0, mean < 1, standardDeviation > 0, variance < limit, variance >= limit * 1e-6
    else { return nil }
    let sum = limit / variance - 1
    return QuantileTable(.beta(a: mean * sum, b: (1 - mean) * sum), isTabulated: isTabulated)
  }

  /// The gamma distribution of mean 1 and a given variance.
  ///
  /// - Returns: `nil` unless the variance lies from 1e-6 to 1e3. Below, the variable is a fixed
  ///   number; above, almost always 0.
  public static func gamma(variance: Double, isTabulated: Bool = true) -> QuantileTable? {
    guard variance >= 1e-6, variance <= 1e3 else { return nil }
    return QuantileTable(
      .gamma(shape: 1 / variance, scale: variance), isTabulated: isTabulated)
  }

  /// W/ν, a chi-square variable divided by its degrees of freedom: a gamma of mean 1 and
  /// variance 2/ν.
  ///
  /// - Returns: `nil` unless the degrees lie from 0.002 to two million.
  public static func chiSquareOverDegrees(
    _ degreesOfFreedom: Double, isTabulated: Bool = true
  ) -> QuantileTable? {
    guard degreesOfFreedom > 0 else { return nil }
    return gamma(variance: 2 / degreesOfFreedom, isTabulated: isTabulated)
  }

  /// The standard normal distribution.
  public static func standardNormal() -> QuantileTable {
    QuantileTable(.normal, isTabulated: true)
  }

  /// The quantile at u, which lies from 0 to 1.
  ///
  /// Nearer to 0 or 1 than 2⁻⁵³, the quantile at that distance answers.
  @inlinable
  public func value(at u: Double) -> Double {
    let value = interpolated(evenCells, at: u * Double(UInt64(1) &<< Self.evenBits))
    return value.isNaN ? tailValue(at: u) : value
  }

  /// The quantile at `UniformDraw.unit(from: word)`, to the bit.
  @inlinable
  public func value(from word: UInt64) -> Double {
    // The first bits of the number are the cell's, the others up to the 52nd the place in it, and its
    // odd end half a unit more.
    let cell = Int(truncatingIfNeeded: word &>> (64 &- Self.evenBits))
    let half = UInt64(1) &<< (Self.evenBits &- 1)
    let place = ((word &<< Self.evenBits) &>> 12) & (0 &- 2 &* half) | half
    let coordinate = Double(bitPattern: place | 0x3FF0_0000_0000_0000) - 1
    let value = evenCells.span[unchecked: cell].value(at: coordinate)
    return value.isNaN ? tailValue(at: UniformDraw.unit(from: word)) : value
  }

  /// The probability of at most a value, to 2⁻⁴⁰: where the quantile reaches it.
  public func probability(atMost value: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if self.value(at: middle) <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// The quantile from the second table.
  @usableFromInline
  @inline(never)
  func tailValue(at u: Double) -> Double {
    guard parts.isEmpty else { return parts.reduce(0) { $0 + $1.weight * $1.table.value(at: u) } }
    // Without a branch: which half u is in cannot be predicted; guessing took 5 ns a draw.
    let tail = max(min(u, 1 - u), Self.smallestTail)
    let half = Int(truncatingIfNeeded: (0.5 - u).bitPattern &>> 63) &* (cells.count &>> 1)
    let bits = tail.bitPattern
    let number = bits &>> (52 &- cellBits) &- Self.smallestTail.bitPattern &>> (52 &- cellBits)
    let cell = cells[Int(truncatingIfNeeded: number) &+ half]
    // What the cell's number leaves of the bits is the place in the cell.
    let coordinate = Double(bitPattern: bits &<< cellBits & 0xF_FFFF_FFFF_FFFF | 0x3FF0 &<< 48) - 1
    let value = cell.value(at: coordinate)
    return value.isNaN ? exactValue(at: u) : value
  }

  /// The quantile without the table, some microseconds.
  private func exactValue(at u: Double) -> Double {
    let isUpper = u > 0.5
    let tail = max(isUpper ? 1 - u : u, Self.smallestTail)
    return distribution.node(tail: tail, isUpper: isUpper, start: nil).value
  }

  /// - Parameter isTabulated: Whether the tables are made, some milliseconds; without them every draw
  ///   is answered by the slow quantile, which is quicker for a few.
  private init(_ distribution: TabulatedDistribution, isTabulated: Bool) {
    self.distribution = distribution
    parts = []
    guard isTabulated else {
      evenCells = Array(repeating: .missing, count: 1 << Int(Self.evenBits) + 1)
      cells = Array(repeating: .missing, count: 2 * (Self.octaves << 6 + 1))
      cellBits = 6
      return
    }
    // Most distributions are happy with 64 cells an octave.
    var bits = 5
    var built: [CubicCell]
    repeat {
      bits += 1
      built = distribution.cells(octaves: Self.octaves, bits: bits)
    } while bits < 8 && built.contains { $0.isMissing }
    evenCells = distribution.evenCells(count: 1 << Int(Self.evenBits))
    cells = built
    cellBits = UInt64(bits)
  }

  /// The weighted sum of tables, as a table: what interpolates between laws at each probability.
  ///
  /// - Precondition: At least one table, each of its own.
  public init(weighted parts: [WeightedQuantile]) {
    precondition(!parts.isEmpty, "a sum has summands")
    self.parts = parts
    let first = parts[0].table
    (distribution, cells, cellBits) = (first.distribution, [], first.cellBits)
    evenCells = first.evenCells.indices.map { index in
      CubicCell(weighted: parts.map { ($0.table.evenCells[index], $0.weight) })
    }
  }
}

/// A table with its weight in a sum.
public struct WeightedQuantile: Sendable {
  let table: QuantileTable
  let weight: Double

  /// Gives a table a weight.
  public init(_ table: QuantileTable, weight: Double) {
    self.table = table
    self.weight = weight
  }
}
