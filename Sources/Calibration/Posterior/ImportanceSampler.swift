import RandomStreams

/// A posterior of more than three coordinates by importance sampling.
///
/// Points of a multivariate t law, first around the mode, then by the mean and the covariance that
/// the first points found, each weighted by what the posterior's density is to the t law's.
///
/// Sources: J. Geweke, "Bayesian inference in econometric models using Monte Carlo integration",
/// Econometrica 57(6), 1989, pp. 1317–1339 (t law at the mode); M.-S. Oh, J. Berger, "Adaptive
/// importance sampling in Monte Carlo integration", Journal of Statistical Computation and
/// Simulation 41, 1992, pp. 143–168.
struct ImportanceSampler {
  private let start: Cloud.Place
  private let settings: CalibrationSettings
  /// The degrees of freedom of the t law: tails that are heavier than the posterior's.
  private static let freedom = 6.0

  init(from climb: Maximiser, _ settings: CalibrationSettings) {
    start = Cloud.Place(climb)
    self.settings = settings
  }

  private var dimension: Int { start.centre.count }

  func cloud(_ logDensity: ([Double]) -> Double) -> Cloud {
    var place = start
    for round in 1...3 {
      let first = sample(place, count: max(512, settings.points / 8), round: round, logDensity)
      // With few points behind it a covariance is too small as a rule.
      let isThin = effectiveNumber(first.weights) < Double(20 * dimension)
      if let next = first.moments(widened: isThin ? 2 : 1.1) { place = next }
    }
    let cloud = sample(place, count: settings.points, round: 4, logDensity)
    return ordered(cloud)
  }

  /// (Σ w)² / Σ w².
  private func effectiveNumber(_ weights: [Double]) -> Double {
    1 / weights.reduce(0) { $0 + $1 * $1 }
  }

  private func sample(
    _ place: Cloud.Place, count: Int, round: Int, _ logDensity: ([Double]) -> Double
  ) -> Cloud {
    let key = DrawKey(seed: settings.seed, trial: UInt64(round), purpose: .calibration)
    var cloud = Cloud()
    var logs: [Double] = []
    for index in 0..<count {
      let units = (0...dimension).map { axis in
        UniformDraw.unit(from: key.word(at: UInt64(index * (dimension + 1) + axis)))
      }
      let normal = units.dropLast().map(normalQuantile)
      let mixing = 2 * gammaQuantile(units[dimension], shape: Self.freedom / 2)
      let scale = (Self.freedom / mixing).squareRoot()
      let place = place.moved(normal.map { $0 * scale })
      let size = dot(normal, normal) * scale * scale
      let logProposal =
        -0.5 * (Self.freedom + Double(dimension)) * logarithm(1 + size / Self.freedom)
      cloud.places.append(place)
      // A place so far out that its density is no number has none.
      let weight = logDensity(place) - logProposal
      logs.append(weight.isNaN ? -.infinity : weight)
    }
    cloud.weights = normalised(logs)
    return cloud
  }

  /// In strips by the last coordinate, which is a correlation or a persistence, and within each by
  /// the mean of the others.
  private func ordered(_ cloud: Cloud) -> Cloud {
    let byLast = cloud.places.indices.sorted {
      (cloud.places[$0][dimension - 1], $0) < (cloud.places[$1][dimension - 1], $1)
    }
    let stripCount = Double(settings.draws).squareRoot().rounded(.up)
    var sum = 0.0
    var strips: [[Int]] = []
    for index in byLast {
      if sum * stripCount >= Double(strips.count) { strips.append([]) }
      sum += cloud.weights[index]
      strips[strips.count - 1].append(index)
    }
    let means = cloud.places.map { $0.dropLast().reduce(0, +) }
    let order = strips.enumerated().flatMap { number, strip in
      let rising = strip.sorted { (means[$0], $0) < (means[$1], $1) }
      return number % 2 == 0 ? rising : rising.reversed()
    }
    return Cloud(
      places: order.map { cloud.places[$0] }, weights: order.map { cloud.weights[$0] },
      method: .importance(
        points: order.count, effectiveNumber: effectiveNumber(cloud.weights)))
  }
}
