/// A small symmetric matrix, or the lower triangle that is its root.
struct SquareMatrix {
  let size: Int
  private var cells: [Double]

  init(_ size: Int) {
    self.size = size
    cells = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { cells[row * size + column] }
    set { cells[row * size + column] = newValue }
  }

  /// The product with a vector.
  func times(_ vector: [Double]) -> [Double] {
    (0..<size).map { row in
      (0..<size).reduce(0) { $0 + self[row, $1] * vector[$1] }
    }
  }

  /// vᵀ M v.
  func square(_ vector: [Double]) -> Double {
    let cells = cells.span
    let vector = vector.span
    var sum = 0.0
    for row in 0..<size {
      var inner = 0.0
      for column in 0..<size where cells[row * size + column] != 0 {
        inner += cells[row * size + column] * vector[column]
      }
      sum += inner * vector[row]
    }
    return sum
  }

  /// Adds the product with a vector to another.
  func add(times vector: [Double], to sum: inout [Double]) {
    let cells = cells.span
    let vector = vector.span
    for row in 0..<size {
      var inner = 0.0
      for column in row..<size { inner += cells[row * size + column] * vector[column] }
      sum[row] += inner
    }
  }

  /// The inverse of this lower triangle, transposed: an upper triangle; each cell times a number.
  func inverseTransposed(times factor: Double) -> SquareMatrix {
    var inverse = SquareMatrix(size)
    for column in 0..<size {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = factor
      for (row, value) in solvedTransposed(unit).enumerated() { inverse[row, column] = value }
    }
    return inverse
  }

  /// The lower triangle L with L Lᵀ the matrix (Cholesky); `nil` if there is none.
  var root: SquareMatrix? {
    var root = SquareMatrix(size)
    for row in 0..<size {
      for column in 0...row {
        let sum = (0..<column).reduce(self[row, column]) {
          $0 - root[row, $1] * root[column, $1]
        }
        if row == column {
          guard sum > 0 else { return nil }
          root[row, row] = sum.squareRoot()
        } else {
          root[row, column] = sum / root[column, column]
        }
      }
    }
    return root
  }

  /// x with L x = b, L this lower triangle.
  func solved(_ right: [Double]) -> [Double] {
    var found = right
    for row in 0..<size {
      for column in 0..<row { found[row] -= self[row, column] * found[column] }
      found[row] /= self[row, row]
    }
    return found
  }

  /// x with Lᵀ x = b.
  func solvedTransposed(_ right: [Double]) -> [Double] {
    var found = right
    for row in (0..<size).reversed() {
      for column in row + 1..<size { found[row] -= self[column, row] * found[column] }
      found[row] /= self[row, row]
    }
    return found
  }
}
