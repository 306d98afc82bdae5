/// One cell of an interpolation table: a cubic in the cell's own coordinate, from 0 to 1.
///
/// A vector of four keeps a cell on one cache line and takes one bounds check to reach.
@frozen
@usableFromInline
struct CubicCell: Sendable {
  /// The coefficients, from the constant up.
  @usableFromInline let coefficients: SIMD4<Double>

  /// The cubic with given values and slopes at the ends of the cell.
  ///
  /// - Parameters:
  ///   - start: Value and slope at 0.
  ///   - end: Value and slope at 1.
  init(start: (value: Double, slope: Double), end: (value: Double, slope: Double)) {
    let rise = end.value - start.value
    coefficients = SIMD4(
      start.value, start.slope, 3 * rise - 2 * start.slope - end.slope,
      start.slope + end.slope - 2 * rise)
  }

  /// A cell with one value throughout.
  init(constant: Double) {
    coefficients = SIMD4(constant, 0, 0, 0)
  }

  /// A cell that cannot answer: its value is not a number.
  static let missing = CubicCell(constant: .nan)

  /// Whether the cell cannot answer.
  var isMissing: Bool { coefficients.x.isNaN }

  /// The cubic at a coordinate from 0 to 1.
  @inlinable
  func value(at coordinate: Double) -> Double {
    let cubic = coefficients
    return cubic.x + coordinate * (cubic.y + coordinate * (cubic.z + coordinate * cubic.w))
  }
}
