/// A distribution that a `QuantileTable` can hold.
@usableFromInline
enum TabulatedDistribution: Sendable {
  case beta(a: Double, b: Double)
  case gamma(shape: Double, scale: Double)
  case normal

  /// A quantile, its derivative by the tail probability, and where to start the next search.
  struct Node {
    let value: Double
    let slope: Double
    let start: Double
  }

  /// What the error is measured against.
  private var scale: Double {
    switch self {
    case .beta, .normal: 1
    case .gamma(_, let scale): scale.squareRoot()
    }
  }

  /// The quantile at a tail probability of at most ½.
  ///
  /// - Parameter start: The `start` of a neighbour, or `nil`.
  func node(tail: Double, isUpper: Bool, start: Double?) -> Node {
    let tails = isUpper ? TailProbabilities(upper: tail) : TailProbabilities(lower: tail)
    let sign = isUpper ? -1.0 : 1.0
    switch self {
    case .beta(let a, let b):
      let point = betaQuantile(tails, a: a, b: b, start: start)
      let density = betaDensityTimesVariance(point, a: a, b: b)
      let slope = density > 0 ? sign * point.value * point.complement / density : 0
      return Node(value: point.value, slope: slope, start: point.logOdds)
    case .gamma(let shape, let scale):
      let value = gammaQuantile(tails, shape: shape, start: start)
      let density = gammaDensityTimesArgument(shape, value)
      let slope = density > 0 ? sign * value / density : 0
      return Node(value: value * scale, slope: slope * scale, start: logarithm(value))
    case .normal:
      let size = normalQuantile(tail)
      return Node(value: sign * size, slope: sign / normalDensity(size), start: 0)
    }
  }

  /// Cells of equal width over (0, 1), and one more for its upper end.
  ///
  /// The first, the last and those whose middle is off by more than 5e-8 of the scale hold no number.
  /// Both halves are searched from the centre outwards, like the tails.
  func evenCells(count: Int) -> [CubicCell] {
    let width = 1 / Double(count)
    var cells = [CubicCell](repeating: .missing, count: count + 1)
    for isUpper in [false, true] {
      let sign = isUpper ? -1.0 : 1.0
      var inner = node(tail: 0.5, isUpper: isUpper, start: nil)
      for number in (1..<count / 2).reversed() {
        let tail = Double(number) * width
        let middle = node(tail: tail + width / 2, isUpper: isUpper, start: inner.start)
        let outer = node(tail: tail, isUpper: isUpper, start: middle.start)
        // A slope is by the tail, which falls as u grows in the upper half.
        let ends = [
          CubicCell.End(value: outer.value, slope: sign * outer.slope * width),
          CubicCell.End(value: inner.value, slope: sign * inner.slope * width),
        ]
        let cell = CubicCell(start: ends[isUpper ? 1 : 0], end: ends[isUpper ? 0 : 1])
        if abs(cell.value(at: 0.5) - middle.value) <= 5e-8 * scale {
          cells[isUpper ? count - 1 - number : number] = cell
        }
        inner = outer
      }
    }
    return cells
  }

  /// The cells of both tails, the lower first, each from the far end to ½.
  ///
  /// Cells whose middle is off by more than 2e-8 of the scale hold no number.
  func cells(octaves: Int, bits: Int) -> [CubicCell] {
    [false, true].flatMap { isUpper in tailCells(isUpper, octaves: octaves, bits: bits) }
  }

  private func tailCells(_ isUpper: Bool, octaves: Int, bits: Int) -> [CubicCell] {
    var cells: [CubicCell] = []
    cells.reserveCapacity(octaves << bits + 1)
    // Searched from the centre outwards: that start is safe, and every next one near.
    var right = node(tail: 0.5, isUpper: isUpper, start: nil)
    cells.append(CubicCell(constant: right.value))
    for number in (0..<octaves << bits).reversed() {
      let octave = number >> bits - octaves - 1
      let width = Double(sign: .plus, exponent: octave - bits, significand: 1)
      let tail = Double(number & (1 << bits - 1) + 1 << bits) * width
      let middle = node(tail: tail + width / 2, isUpper: isUpper, start: right.start)
      let left = node(tail: tail, isUpper: isUpper, start: middle.start)
      let cell = CubicCell(
        start: CubicCell.End(value: left.value, slope: left.slope * width),
        end: CubicCell.End(value: right.value, slope: right.slope * width))
      let error = abs(cell.value(at: 0.5) - middle.value)
      cells.append(error <= 2e-8 * scale ? cell : .missing)
      right = left
    }
    return cells.reversed()
  }
}
