import RandomStreams

/// A posterior of up to three coordinates on a lattice, turned and scaled so that in its own
/// coordinates the law is round.
///
/// From the middle outwards every cell is looked at whose neighbour matters: no bound has to be
/// guessed, and a bent law costs no more than a straight one. Within a cell points are spread evenly,
/// and weighted by the parabola through the logarithms of the cell and its neighbours.
struct LatticeSampler {
  private let start: Cloud.Place
  private let settings: CalibrationSettings
  /// What is below the top by more than this, in logarithms, is left out.
  private static let drop = 16.0
  private static let largestCellCount = 60_000

  init(from climb: Maximiser, _ settings: CalibrationSettings) {
    start = Cloud.Place(climb)
    self.settings = settings
  }

  private var dimension: Int { start.centre.count }

  private struct Cell {
    let index: [Int]
    let logDensity: Double
  }

  /// The law, by three passes: each lays its lattice by the moments that the last one found.
  func cloud(_ logDensity: ([Double]) -> Double) -> Cloud {
    var place = start
    for _ in 0..<2 {
      let coarse = centres(cells(place, step: 1, logDensity), place, step: 1)
      if let next = coarse.moments(widened: 1) { place = next }
    }
    let step = [0.1, 0.3, 0.6][dimension - 1]
    return spread(cells(place, step: step, logDensity), place, step: step)
  }

  private func cells(
    _ place: Cloud.Place, step: Double, _ logDensity: ([Double]) -> Double
  ) -> [Cell] {
    let origin = [Int](repeating: 0, count: dimension)
    var seen: Set<[Int]> = [origin]
    var cells: [Cell] = []
    var edge = [origin]
    var top = -Double.infinity
    while !edge.isEmpty, cells.count < Self.largestCellCount {
      var next: [[Int]] = []
      for index in edge {
        let value = logDensity(place.moved(index.map { Double($0) * step }))
        top = max(top, value)
        guard value > top - Self.drop else { continue }
        cells.append(Cell(index: index, logDensity: value))
        for axis in index.indices {
          for side in [-1, 1] {
            var neighbour = index
            neighbour[axis] += side
            if seen.insert(neighbour).inserted { next.append(neighbour) }
          }
        }
      }
      edge = next
    }
    return cells.filter { $0.logDensity > top - Self.drop }
  }

  private func centres(_ cells: [Cell], _ place: Cloud.Place, step: Double) -> Cloud {
    let weights = normalised(cells.map(\.logDensity))
    return Cloud(
      places: cells.map { cell in place.moved(cell.index.map { Double($0) * step }) },
      weights: weights)
  }

  /// Points within the cells, which follow each other like the lines of a ploughed field.
  private func spread(_ cells: [Cell], _ place: Cloud.Place, step: Double) -> Cloud {
    let sorted = cells.sorted { Self.precedes($0.index, $1.index) }
    let heights = Dictionary(uniqueKeysWithValues: cells.map { ($0.index, $0.logDensity) })
    let share = max(1, settings.points / max(1, sorted.count))
    let offsets = EvenOffsets(dimension: dimension, seed: settings.seed)
    var cloud = Cloud(method: .lattice(cells: sorted.count))
    var logs: [Double] = []
    for (number, cell) in sorted.enumerated() {
      let parabola = CellParabola(cell.index, heights, step: step)
      for part in 0..<share {
        let offset = offsets.offset(number * share + part)
        cloud.places.append(
          place.moved(zip(cell.index, offset).map { step * (Double($0) + $1) }))
        logs.append(parabola.value(offset))
      }
    }
    cloud.weights = normalised(logs)
    return cloud
  }

  private static func precedes(_ first: [Int], _ second: [Int]) -> Bool {
    var isReversed = false
    for axis in first.indices {
      if first[axis] != second[axis] { return (first[axis] < second[axis]) != isReversed }
      if first[axis] % 2 != 0 { isReversed.toggle() }
    }
    return false
  }
}

/// Places within a cell, from −½ to ½ along each axis: an additive recurrence, any few successive
/// members of which fill a cell evenly, shifted by addressed words.
///
/// Source: H. Niederreiter, "Quasi-Monte Carlo methods and pseudo-random numbers", Bulletin of the
/// American Mathematical Society 84(6), 1978, pp. 957–1041; with the powers of the generalised golden
/// ratio for steps.
private struct EvenOffsets {
  private let shifts: [Double]
  private let steps: [Double]

  init(dimension: Int, seed: UInt64) {
    let key = DrawKey(seed: seed, trial: 0, purpose: .calibration)
    shifts = (0..<dimension).map { UniformDraw.unit(from: key.word(at: UInt64($0))) }
    // The root of x^(d + 1) = x + 1.
    var ratio = 1.5
    for _ in 0..<100 { ratio = exponential(logarithm(1 + ratio) / Double(dimension + 1)) }
    var step = 1.0
    steps = (0..<dimension).map { _ in
      step /= ratio
      return step
    }
  }

  func offset(_ number: Int) -> [Double] {
    zip(shifts, steps).map { shift, step in
      let value = shift + Double(number) * step
      return value - value.rounded(.down) - 0.5
    }
  }
}

/// A parabola through the logarithms at a cell's centre and its neighbours'.
private struct CellParabola {
  private let top: Double
  private var slope: [Double] = []
  private var bend: [[Double]]

  init(_ index: [Int], _ heights: [[Int]: Double], step: Double) {
    let top = heights[index] ?? 0
    func height(_ first: Int, _ side: Int, _ second: Int? = nil, _ other: Int = 0) -> Double? {
      var place = index
      place[first] += side
      if let second { place[second] += other }
      return heights[place]
    }
    self.top = top
    bend = index.map { _ in index.map { _ in 0 } }
    for axis in index.indices {
      // At the edge, where next to nothing lies, a normal law goes on.
      let (above, below) = (height(axis, 1), height(axis, -1))
      let next = above ?? below.map { 2 * top - $0 - step * step } ?? top
      let last = below ?? above.map { 2 * top - $0 - step * step } ?? top
      slope.append((next - last) / 2)
      bend[axis][axis] = (next + last - 2 * top) / 2
      for other in 0..<axis {
        guard let both = height(axis, 1, other, 1), let one = height(axis, 1, other, -1),
          let two = height(axis, -1, other, 1), let none = height(axis, -1, other, -1)
        else { continue }
        bend[axis][other] = (both - one - two + none) / 4
      }
    }
  }

  func value(_ offset: [Double]) -> Double {
    top + dot(slope, offset) + zip(offset, bend).reduce(0) { $0 + $1.0 * dot($1.1, offset) }
  }
}

/// Weights that sum to 1, from logarithms up to a constant.
func normalised(_ logarithms: [Double]) -> [Double] {
  let top = logarithms.max() ?? 0
  let raw = logarithms.map { exponential($0 - top) }
  let sum = raw.reduce(0, +)
  return raw.map { $0 / sum }
}
