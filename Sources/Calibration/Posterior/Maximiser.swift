/// Climbs to the largest value of a smooth function of a few variables.
///
/// Source: J. Nocedal, S. Wright, "Numerical Optimization", 2nd edition, algorithm 6.1 (BFGS), with
/// slopes by central differences and steps halved until they climb.
struct Maximiser {
  private(set) var point: [Double]
  private(set) var value: Double
  private let function: ([Double]) -> Double
  private static let difference = 1e-4

  init(from start: [Double], _ function: @escaping ([Double]) -> Double) {
    point = start
    self.function = function
    value = function(start)
    climb()
  }

  private func slope() -> [Double] {
    point.indices.map { index in
      var (above, below) = (point, point)
      above[index] += Self.difference
      below[index] -= Self.difference
      return (function(above) - function(below)) / (2 * Self.difference)
    }
  }

  private mutating func climb() {
    let count = point.count
    var slope = slope()
    var inverse = Self.identity(count)
    for turn in 0..<200 {
      var step = (0..<count).map { row in dot(inverse[row], slope) }
      var rise = dot(step, slope)
      if rise <= 0 {
        inverse = Self.identity(count)
        step = slope
        rise = dot(step, slope)
      }
      // The first step knows no scale.
      let length = dot(step, step).squareRoot()
      let limit = turn == 0 ? 0.2 : 1.0
      if length > limit { step = step.map { $0 * limit / length } }
      guard rise > 1e-13, let share = search(step, slope: dot(step, slope)) else { return }
      let moved = step.map { $0 * share }
      let next = self.slope()
      let change = zip(slope, next).map { $0 - $1 }
      slope = next
      Self.update(&inverse, moved: moved, change: change)
      if rise * share < 1e-11, dot(moved, moved) < 1e-12 { return }
    }
  }

  /// Halves a step until it climbs, and takes it.
  private mutating func search(_ step: [Double], slope: Double) -> Double? {
    var share = 1.0
    while share > 1e-7 {
      let next = zip(point, step).map { $0 + share * $1 }
      let reached = function(next)
      if reached >= value + 1e-4 * share * slope {
        point = next
        value = reached
        return share
      }
      share /= 2
    }
    return nil
  }

  private static func update(_ inverse: inout [[Double]], moved: [Double], change: [Double]) {
    let product = dot(moved, change)
    guard product > 1e-14 else { return }
    let turned = inverse.map { dot($0, change) }
    let factor = (1 + dot(change, turned) / product) / product
    for row in moved.indices {
      for column in moved.indices {
        inverse[row][column] +=
          factor * moved[row] * moved[column]
          - (turned[row] * moved[column] + moved[row] * turned[column]) / product
      }
    }
  }

  private static func identity(_ count: Int) -> [[Double]] {
    (0..<count).map { row in (0..<count).map { $0 == row ? 0.1 : 0 } }
  }

  /// The negative second derivatives at the point.
  func curvature(difference: Double) -> [[Double]] {
    func moved(_ first: Int, _ second: Int, _ signs: [Double]) -> Double {
      var place = point
      place[first] += signs[0] * difference
      place[second] += signs[1] * difference
      return function(place)
    }
    return point.indices.map { row in
      point.indices.map { column in
        let sum =
          moved(row, column, [1, 1]) - moved(row, column, [1, -1]) - moved(row, column, [-1, 1])
          + moved(row, column, [-1, -1])
        return -sum / (4 * difference * difference)
      }
    }
  }
}

func dot(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
}

/// The lower triangle L of a positive matrix L Lᵀ.
struct Triangle {
  private(set) var rows: [[Double]]

  /// Factors a matrix; `nil` if it is not positive.
  init?(_ matrix: [[Double]]) {
    rows = matrix.map { $0.map { _ in 0 } }
    for row in matrix.indices {
      for column in 0...row {
        var sum = matrix[row][column]
        for index in 0..<column { sum -= rows[row][index] * rows[column][index] }
        if row == column {
          guard sum > 1e-14 * abs(matrix[row][row]), sum > 0 else { return nil }
          rows[row][row] = sum.squareRoot()
        } else {
          rows[row][column] = sum / rows[column][column]
        }
      }
    }
  }

  /// A triangle that is known.
  init(lower rows: [[Double]]) { self.rows = rows }

  /// L x.
  func times(_ vector: [Double]) -> [Double] {
    rows.map { dot($0, vector) }
  }

  /// L⁻¹ x.
  func solved(_ vector: [Double]) -> [Double] {
    var result = vector
    for row in rows.indices {
      for column in 0..<row { result[row] -= rows[row][column] * result[column] }
      result[row] /= rows[row][row]
    }
    return result
  }

  /// (L Lᵀ)⁻¹.
  var inverse: [[Double]] {
    let columns = rows.indices.map { index in solved(rows.indices.map { $0 == index ? 1 : 0 }) }
    return rows.indices.map { row in rows.indices.map { dot(columns[row], columns[$0]) } }
  }

  /// The product of the diagonal.
  var diagonal: [Double] { rows.indices.map { rows[$0][$0] } }
}
