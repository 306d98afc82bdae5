/// One cell of an interpolation table: a cubic in the cell's own coordinate, from 0 to 1.
///
/// Single numbers and not a vector: the processor then multiplies and adds them where they lie.
@frozen
@usableFromInline
struct CubicCell: Sendable {
  @usableFromInline let constant: Double
  @usableFromInline let linear: Double
  @usableFromInline let quadratic: Double
  @usableFromInline let cubic: Double

  /// Value and slope at an end of a cell.
  struct End {
    let value: Double
    let slope: Double
  }

  /// The cubic with given values and slopes at the ends of the cell.
  ///
  /// - Parameters:
  ///   - start: Value and slope at 0.
  ///   - end: Value and slope at 1.
  init(start: End, end: End) {
    let rise = end.value - start.value
    constant = start.value
    linear = start.slope
    quadratic = 3 * rise - 2 * start.slope - end.slope
    cubic = start.slope + end.slope - 2 * rise
  }

  /// The weighted sum of cells; one that cannot answer makes it unable to.
  init(_ cells: [CubicCell], weights: [Double]) {
    var sum = (0.0, 0.0, 0.0, 0.0)
    for (cell, weight) in zip(cells, weights) {
      sum.0 += weight * cell.constant
      sum.1 += weight * cell.linear
      sum.2 += weight * cell.quadratic
      sum.3 += weight * cell.cubic
    }
    (constant, linear, quadratic, cubic) = sum
  }

  /// A cell with one value throughout.
  init(constant: Double) {
    self.constant = constant
    (linear, quadratic, cubic) = (0, 0, 0)
  }

  /// A cell that cannot answer: its value is not a number.
  static let missing = CubicCell(constant: .nan)

  /// Whether the cell cannot answer.
  var isMissing: Bool { constant.isNaN }

  /// The cubic at a coordinate from 0 to 1.
  @inlinable
  func value(at coordinate: Double) -> Double {
    constant + coordinate * (linear + coordinate * (quadratic + coordinate * cubic))
  }
}
