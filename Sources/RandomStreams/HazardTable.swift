/// Λ(a) = −ln(1 − Φ(a)), the hazard an assessment of probability Φ(a) accumulates, by table.
///
/// Cubic pieces 1/128 wide over [−9.5, 31]. The relative error is below 1e-7 from −7 on, the
/// absolute error below 1e-16 below it. Outside, the nearest end answers: Λ(−9.5) = 1.0e-21,
/// Λ(31) = 484.9. A twelfth of that is still certain: a month's part of a year that is all but
/// certain to fail.
@frozen
public struct HazardTable: Sendable {
  @usableFromInline static var lowest: Double { -9.5 }
  @usableFromInline static var highest: Double { 31 }
  @usableFromInline static var cellsPerUnit: Double { 128 }
  @usableFromInline let cells: [CubicCell]

  /// Computes the table, about 0.2 ms. Make it once a run and pass it on.
  public init() {
    cells = equidistantCells(from: Self.lowest, to: Self.highest, perUnit: Self.cellsPerUnit) {
      argument in
      let upper = normalCumulative(-argument)
      let hazard =
        argument < 0 ? -logarithm(onePlus: -normalCumulative(argument)) : -logarithm(upper)
      return (hazard, normalDensity(argument) / upper)
    }
  }

  /// Λ at an argument that is a number.
  @inlinable
  public func hazard(at argument: Double) -> Double {
    let below = argument < Self.highest ? argument : Self.highest
    let place = below > Self.lowest ? below : Self.lowest
    return interpolated(cells, at: (place - Self.lowest) * Self.cellsPerUnit)
  }
}

/// Φ by table, for speed; `normalCumulative` is the exact one.
///
/// Cubic pieces 1/256 wide over [−8.5, 8.5], with an absolute error below 1e-11. Outside, the
/// nearest end answers: Φ(−8.5) = 9.5e-18 and 1.
@frozen
public struct NormalCumulativeTable: Sendable {
  @usableFromInline static var limit: Double { 8.5 }
  @usableFromInline static var cellsPerUnit: Double { 256 }
  @usableFromInline let cells: [CubicCell]

  /// Computes the table, about 0.2 ms. Make it once a run and pass it on.
  public init() {
    cells = equidistantCells(from: -Self.limit, to: Self.limit, perUnit: Self.cellsPerUnit) {
      (normalCumulative($0), normalDensity($0))
    }
  }

  /// Φ at an argument that is a number.
  @inlinable
  public func probability(at argument: Double) -> Double {
    interpolated(cells, at: (clamped(argument, Self.limit) + Self.limit) * Self.cellsPerUnit)
  }
}

/// A number no further from 0 than a limit. `min` and `max` take twice the instructions.
@inlinable
@inline(__always)
func clamped(_ number: Double, _ limit: Double) -> Double {
  let below = number < limit ? number : limit
  return below > -limit ? below : -limit
}

/// The cubic pieces at a position counted in cells, which the caller has clamped to them.
@inlinable
func interpolated(_ cells: [CubicCell], at position: Double) -> Double {
  // Adding 1.5 · 2⁵² leaves the whole number in the low bits, quicker than a checked conversion. It
  // rounds; between two cells either will do, with the coordinate 1 or 0.
  let rounded = position - 0.5 + 0x1.8p52
  let index = Int(truncatingIfNeeded: rounded.bitPattern & 0xFFFF_FFFF)
  return cells.span[unchecked: index].value(at: position - (rounded - 0x1.8p52))
}

/// Cubic pieces of equal width, and one more cell for the very end of the range.
private func equidistantCells(
  from start: Double, to end: Double, perUnit: Double,
  _ evaluate: (Double) -> (value: Double, slope: Double)
) -> [CubicCell] {
  let count = Int((end - start) * perUnit)
  let nodes = (0...count).map { index in
    let node = evaluate(start + Double(index) / perUnit)
    return CubicCell.End(value: node.value, slope: node.slope / perUnit)
  }
  let pieces = (0..<count).map { CubicCell(start: nodes[$0], end: nodes[$0 + 1]) }
  return pieces + [CubicCell(constant: nodes[count].value)]
}
