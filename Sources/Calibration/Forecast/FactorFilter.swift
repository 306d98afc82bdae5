import RandomStreams

/// Filters the yearly factor through a history: the likelihood with persistence, and the law of the
/// factor of any year given what was seen.
///
/// Every year has a grid of its own, fine enough for the narrower of its likelihood and the law of
/// one year given its neighbours; on it the trapezoidal rule converges exponentially.
///
/// Source: G. Kitagawa, "Non-Gaussian state-space modeling of nonstationary time series", Journal
/// of the American Statistical Association 82(400), 1987, pp. 1032–1041.
struct FactorFilter {
  /// One year: points at equal distance, and weights that include the distance.
  private struct Grid {
    var first: Double
    var step: Double
    /// The year's likelihood, relative to its value at the mode.
    var likelihood: [Double]
    /// The law of the factor given this year and those before it, up to a constant.
    var forward: [Double]

    func factor(_ index: Int) -> Double { first + Double(index) * step }
  }

  private var grids: [Grid] = []
  private let persistence: Double
  /// The log-likelihood of the history.
  private(set) var logLikelihood = 0.0

  init(_ years: [YearTerms], persistence: Double) {
    self.persistence = persistence
    guard !years.contains(where: \.isImpossible) else {
      logLikelihood = -.infinity
      return
    }
    let path = FactorPath(years, persistence: persistence)
    for (index, year) in years.enumerated() {
      let place = path.places[index]
      let top = year.value(place.factor)
      var grid = Self.grid(year, place, path.diagonal[index], top)
      grid.forward = forecast(for: grid)
      for point in grid.forward.indices { grid.forward[point] *= grid.likelihood[point] }
      let largest = grid.forward.max() ?? 1
      guard largest > 0 else {
        logLikelihood = -.infinity
        return
      }
      for point in grid.forward.indices { grid.forward[point] /= largest }
      logLikelihood += year.constant + top + logarithm(largest)
      grids.append(grid)
    }
    if let last = grids.last { logLikelihood += logarithm(last.forward.reduce(0, +) * last.step) }
  }

  private static func grid(
    _ year: YearTerms, _ place: FactorPath.Place, _ diagonal: Double, _ top: Double
  ) -> Grid {
    func height(_ factor: Double) -> Double {
      let away = factor - place.outsideMean
      let base = place.factor - place.outsideMean
      return year.value(factor) - top - 0.5 * place.outsidePrecision * (away * away - base * base)
    }
    // The sharpest place of the region that matters sets the step.
    let reach = place.variance.squareRoot()
    var sharpest = place.information
    for side in [-1.0, 1] {
      var factor = place.factor + side * reach / 2
      while height(factor) > -4 {
        sharpest = max(sharpest, -year.jet(factor).second)
        factor += side * reach / 2
      }
    }
    let step = 0.7 / (diagonal + sharpest).squareRoot()
    var (below, above) = (0, 0)
    while below < 20_000, height(place.factor - Double(below) * step) > -28 { below += 1 }
    while above < 20_000, height(place.factor + Double(above) * step) > -28 { above += 1 }
    let first = place.factor - Double(below) * step
    return Grid(
      first: first, step: step,
      likelihood: (0...below + above).map {
        exponential(year.value(first + Double($0) * step) - top)
      }, forward: [])
  }

  /// The density of the next year's factor on a grid, given the years so far.
  private func forecast(for grid: Grid) -> [Double] {
    guard let last = grids.last, persistence > 0 else {
      // Without persistence the years before weigh as one number.
      let weight = grids.last.map { $0.forward.reduce(0, +) * $0.step } ?? 1
      return grid.likelihood.indices.map { weight * normalDensity(grid.factor($0)) }
    }
    let spread = (1 - persistence * persistence).squareRoot()
    let kernel = GaussianSum(
      step: persistence * last.step / spread, weights: last.forward)
    let scale = last.step * 0.398942280401432677939946 / spread
    return grid.likelihood.indices.map { index in
      scale * kernel.sum(at: (grid.factor(index) - persistence * last.first) / spread)
    }
  }

  /// The law of the factor of the last year, given all years.
  var current: FactorLaw { law(grids.count - 1, backward: nil) }

  /// The law of each year's factor, given all years.
  var smoothed: [FactorLaw] {
    var laws: [FactorLaw] = []
    var backward: [Double]?
    for index in grids.indices.reversed() {
      laws.append(law(index, backward: backward))
      if index > 0 { backward = carried(backward, from: index) }
    }
    return laws.reversed()
  }

  private func law(_ index: Int, backward: [Double]?) -> FactorLaw {
    guard grids.indices.contains(index) else { return .stationary }
    let grid = grids[index]
    let weights = backward.map { zip(grid.forward, $0).map(*) } ?? grid.forward
    return FactorLaw(first: grid.first, step: grid.step, weights: weights)
  }

  /// What the years from one on say of the year before it.
  private func carried(_ backward: [Double]?, from index: Int) -> [Double] {
    let (grid, earlier) = (grids[index], grids[index - 1])
    guard persistence > 0 else { return earlier.forward.map { _ in 1 } }
    let spread = (1 - persistence * persistence).squareRoot()
    let known = backward.map { zip(grid.likelihood, $0).map(*) } ?? grid.likelihood
    let kernel = GaussianSum(step: grid.step / spread, weights: known)
    let values = earlier.forward.indices.map {
      kernel.sum(at: (persistence * earlier.factor($0) - grid.first) / spread)
    }
    let largest = max(values.max() ?? 1, 1e-300)
    return values.map { $0 / largest }
  }
}

/// Σ wⱼ exp(−(a − j s)² / 2) for weights at equal distances s.
///
/// From one j to the next the exponential changes by a factor that itself changes by a constant
/// one: three exponentials a sum, and two multiplications a weight, outwards from the largest.
private struct GaussianSum {
  let step: Double
  let weights: [Double]

  func sum(at place: Double) -> Double {
    let nearest = min(max((place / step).rounded(), 0), Double(weights.count - 1))
    let away = place - nearest * step
    let start = Int(nearest)
    let top = exponential(-0.5 * away * away)
    let shrink = exponential(-step * step)
    let decay = exponential(-0.5 * step * step)
    let tilt = exponential(step * away)
    return weights.withUnsafeBufferPointer { weights in
      var sum = top * weights[start]
      var (value, ratio) = (top, decay * tilt)
      var index = start + 1
      while index < weights.count {
        value *= ratio
        ratio *= shrink
        if value < 1e-290 { break }
        sum += value * weights[index]
        index += 1
      }
      (value, ratio) = (top, decay / tilt)
      index = start - 1
      while index >= 0 {
        value *= ratio
        ratio *= shrink
        if value < 1e-290 { break }
        sum += value * weights[index]
        index -= 1
      }
      return sum
    }
  }
}
