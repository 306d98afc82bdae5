import RandomStreams

/// The parameters under which the history is likeliest.
public struct BestEstimate: Sendable, Hashable {
  /// The parameters.
  public let parameters: FactorParameters

  /// The log-likelihood there.
  public let logLikelihood: Double

  /// Whether the asset correlation was estimated and lies at its bound: it is not to be told from 0.
  public let correlationIsAtBound: Bool

  /// Whether the persistence was estimated and lies at its bound.
  public let persistenceIsAtBound: Bool
}

extension DefaultHistory {
  /// The maximum of the likelihood, over what the settings leave free.
  ///
  /// A grade without a default gets the probability 0; a correlation without which the history is
  /// as likely gets 0, and the estimate says so.
  public func bestEstimate(_ settings: CalibrationSettings) -> BestEstimate {
    let search = LikelihoodSearch(self, settings)
    let without = search.maximum(correlation: 0, persistence: 0)
    guard defaultCount > 0 else {
      return BestEstimate(
        parameters: without.parameters(fixedBy: settings), logLikelihood: without.value,
        correlationIsAtBound: search.estimatesCorrelation,
        persistenceIsAtBound: search.estimatesPersistence)
    }
    let found = search.maximum()
    if search.estimatesCorrelation, without.value >= found.value - 1e-6 {
      return BestEstimate(
        parameters: without.parameters(fixedBy: settings), logLikelihood: without.value,
        correlationIsAtBound: true, persistenceIsAtBound: search.estimatesPersistence)
    }
    if search.estimatesPersistence {
      let memoryless = search.maximum(persistence: 0)
      if memoryless.value >= found.value - 1e-6 {
        return BestEstimate(
          parameters: memoryless.point.parameters, logLikelihood: memoryless.value,
          correlationIsAtBound: false, persistenceIsAtBound: true)
      }
    }
    return BestEstimate(
      parameters: found.point.parameters, logLikelihood: found.value,
      correlationIsAtBound: false, persistenceIsAtBound: false)
  }
}

/// Coordinates for the maximum: those of ρ and φ are squared, so that 0 is an inner point.
private struct LikelihoodSearch {
  struct Maximum {
    let point: FactorPoint
    let value: Double

    /// With the correlation at 0 the persistence does nothing; a given one is kept.
    func parameters(fixedBy settings: CalibrationSettings) -> FactorParameters {
      var parameters = point.parameters
      if case .fixed(let value) = settings.correlation { parameters.assetCorrelation = value }
      if case .fixed(let value) = settings.persistence { parameters.persistence = value }
      return parameters
    }
  }

  private let history: DefaultHistory
  private let settings: CalibrationSettings
  /// The grades whose probability is above 0.
  private let grades: [Int]

  init(_ history: DefaultHistory, _ settings: CalibrationSettings) {
    self.history = history
    self.settings = settings
    let defaulted = history.grades.indices.filter { history.total(ofGrade: $0).defaults > 0 }
    // Of ordered grades only those better than all that defaulted can have probability 0.
    grades =
      settings.hasOrderedGrades
      ? Array((defaulted.first ?? history.grades.count)..<history.grades.count) : defaulted
  }

  var estimatesCorrelation: Bool {
    if case .fixed = settings.correlation { false } else { true }
  }

  var estimatesPersistence: Bool { settings.persistence == .uniform }

  /// The maximum with what is fixed; of several starts the best.
  func maximum(correlation: Double? = nil, persistence: Double? = nil) -> Maximum {
    var fixed = FactorPoint(thresholds: [], correlation: -1, persistence: -1)
    if case .fixed(let value) = settings.correlation { fixed.correlation = value }
    if case .fixed(let value) = settings.persistence { fixed.persistence = value }
    if let correlation { fixed.correlation = correlation }
    if let persistence { fixed.persistence = persistence }
    let hasCorrelation = fixed.correlation < 0
    let hasPersistence = fixed.persistence < 0
    let scores = startScores()
    let starts = (hasCorrelation ? [0.15, 0.35, 0.7] : [0]).map { root in
      scores + (hasCorrelation ? [root] : []) + (hasPersistence ? [0.6] : [])
    }
    let climbs = starts.map { start in
      Maximiser(from: start) { history.logLikelihood(point($0, fixed)) }
    }
    let best = climbs.reduce(climbs[0]) { $1.value > $0.value ? $1 : $0 }
    return Maximum(point: point(best.point, fixed), value: best.value)
  }

  private func startScores() -> [Double] {
    var scores = grades.map { grade in
      let total = history.total(ofGrade: grade)
      // Months overdue at once can be more defaults than loan-years.
      return normalQuantile(min(0.95, (Double(total.defaults) + 0.25) / (total.atRisk + 0.5)))
    }
    if settings.hasOrderedGrades {
      for index in scores.indices.dropFirst().reversed() {
        scores[index] = max(0.01, scores[index] - scores[index - 1]).squareRoot()
      }
    }
    return scores
  }

  private func point(_ coordinates: [Double], _ fixed: FactorPoint) -> FactorPoint {
    var point = fixed
    point.thresholds = history.grades.map { _ in -.infinity }
    var last = 0.0
    for (index, grade) in grades.enumerated() {
      let value = coordinates[index]
      last = settings.hasOrderedGrades && index > 0 ? last + value * value : value
      point.thresholds[grade] = min(37, max(-37, last))
    }
    var next = grades.count
    if fixed.correlation < 0 {
      point.correlation = Self.proportion(coordinates[next])
      next += 1
    }
    if fixed.persistence < 0 { point.persistence = Self.proportion(coordinates[next]) }
    return point
  }

  private static func proportion(_ root: Double) -> Double {
    min(ParameterSpace.largestCorrelation, root * root / (1 + root * root))
  }
}
