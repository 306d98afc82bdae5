import RandomStreams

/// How a posterior was computed.
public enum PosteriorMethod: Sendable, Hashable {
  /// On a lattice that covers all but 1e-6 of it: up to three free parameters.
  case lattice(cells: Int)
  /// By weighted points; as many independent draws would know a mean as well.
  case importance(points: Int, effectiveNumber: Double)
}

/// The law of the parameters given the history, as weighted points in an order in which neighbours
/// are alike, so that a systematic choice among them is a stratified one.
struct Posterior {
  let method: PosteriorMethod
  let points: [FactorPoint]
  /// The weights of the points, which sum to 1.
  let weights: [Double]

  init(_ history: DefaultHistory, _ settings: CalibrationSettings) {
    var space = ParameterSpace(gradeCount: history.grades.count, settings: settings)
    var cloud: Cloud?
    if settings.hasOrderedGrades, space.dimension > 3 {
      // Grades that are in order as it is are better looked for one by one, and those out of order
      // left out; the steps between them bend the law.
      space.settings.hasOrderedGrades = false
      cloud = Self.cloud(history, space).inOrder(ofFirst: space.gradeCount)
      if cloud == nil { space.settings.hasOrderedGrades = true }
    }
    let found = cloud ?? Self.cloud(history, space)
    method = found.method
    points = found.places.map { space.point($0) }
    weights = found.weights
  }

  private static func cloud(_ history: DefaultHistory, _ space: ParameterSpace) -> Cloud {
    func logDensity(_ coordinates: [Double]) -> Double {
      history.logLikelihood(space.point(coordinates)) + space.logPrior(coordinates)
    }
    let climb = Maximiser(from: space.start(history)) { logDensity($0) }
    return space.dimension <= 3
      ? LatticeSampler(from: climb, space.settings).cloud(logDensity)
      : ImportanceSampler(from: climb, space.settings).cloud(logDensity)
  }

  /// Draws of equal weight, by systematic resampling.
  ///
  /// Each point is chosen as often as its weight says, to within one. Source: J. Carpenter,
  /// P. Clifford, P. Fearnhead, "Improved particle filter for nonlinear problems", IEE Proceedings
  /// Radar, Sonar and Navigation 146(1), 1999.
  func draws(_ count: Int) -> [FactorPoint] {
    var chosen: [FactorPoint] = []
    var sum = 0.0
    for (point, weight) in zip(points, weights) {
      sum += weight
      while chosen.count < count, sum * Double(count) > Double(chosen.count) + 0.5 {
        chosen.append(point)
      }
    }
    while chosen.count < count, let last = points.last { chosen.append(last) }
    return chosen
  }

  /// A summary of one number of a parameter.
  func summary(_ number: (FactorPoint) -> Double) -> WeightedNumbers {
    WeightedNumbers(points.map(number), weights: weights)
  }
}

/// Weighted places in the space of coordinates.
struct Cloud {
  var places: [[Double]] = []
  var weights: [Double] = []
  var method = PosteriorMethod.lattice(cells: 0)

  /// The places whose first coordinates rise; `nil` if too few points are worth anything then.
  func inOrder(ofFirst count: Int) -> Cloud? {
    var ordered = self
    for (index, place) in places.enumerated()
    where zip(place[..<count], place[1..<count]).contains(where: { $0 > $1 }) {
      ordered.weights[index] = 0
    }
    let sum = ordered.weights.reduce(0, +)
    guard sum > 0 else { return nil }
    ordered.weights = ordered.weights.map { $0 / sum }
    let effectiveNumber = 1 / ordered.weights.reduce(0) { $0 + $1 * $1 }
    ordered.method = .importance(points: places.count, effectiveNumber: effectiveNumber)
    return effectiveNumber * 8 < Double(places.count) ? nil : ordered
  }

  /// A normal law with the same mean and covariance.
  func moments(widened width: Double) -> Place? {
    guard let count = places.first?.count else { return nil }
    let centre = (0..<count).map { index in
      zip(weights, places).reduce(0) { $0 + $1.0 * $1.1[index] }
    }
    var matrix = centre.map { _ in centre.map { _ in 0.0 } }
    for (weight, place) in zip(weights, places) where weight > 0 {
      for row in 0..<count {
        for column in 0..<count {
          matrix[row][column] +=
            width * weight * (place[row] - centre[row]) * (place[column] - centre[column])
        }
      }
    }
    return Triangle(matrix).map { Place(centre: centre, shape: $0) }
  }

  /// Where a law lies and how wide it is.
  struct Place {
    let centre: [Double]
    let shape: Triangle

    init(centre: [Double], shape: Triangle) {
      self.centre = centre
      self.shape = shape
    }

    /// Around a mode, by the curvature there.
    init(_ climb: Maximiser) {
      var matrix = climb.curvature(difference: 0.02)
      // Where the curvature is not that of a peak the prior's is near enough to begin with.
      for index in matrix.indices { matrix[index][index] = max(matrix[index][index], 0.25) }
      let diagonal = matrix.indices.map { row in
        matrix.indices.map { $0 == row ? 1 / matrix[row][row].squareRoot() : 0 }
      }
      let shape = Triangle(matrix).flatMap { Triangle($0.inverse) }
      self.init(centre: climb.point, shape: shape ?? Triangle(lower: diagonal))
    }

    func moved(_ vector: [Double]) -> [Double] {
      zip(centre, shape.times(vector)).map { $0 + $1 }
    }
  }
}

/// Numbers with weights that sum to 1.
struct WeightedNumbers {
  private let values: [Double]
  private let weights: [Double]
  let mean: Double

  init(_ values: [Double], weights: [Double]) {
    let order = values.indices.sorted {
      (values[$0], $0) < (values[$1], $1)
    }
    self.values = order.map { values[$0] }
    self.weights = order.map { weights[$0] }
    mean = dot(self.values, self.weights)
  }

  /// The value below which a probability lies, each weight counted half at its own value.
  func quantile(_ probability: Double) -> Double {
    var below = 0.0
    var last: Double?
    var lastValue = values.first ?? 0
    for (value, weight) in zip(values, weights) {
      let middle = below + weight / 2
      if middle >= probability {
        guard let last, middle > last else { return value }
        return lastValue + (value - lastValue) * (probability - last) / (middle - last)
      }
      below += weight
      last = middle
      lastValue = value
    }
    return lastValue
  }

  /// The weight of the smaller values.
  func share(below value: Double) -> Double {
    zip(values, weights).reduce(0) { $0 + ($1.0 < value ? $1.1 : 0) }
  }
}
