import RandomStreams

/// A parameter that a history says something about.
public enum CalibratedParameter: Sendable, Hashable {
  /// The annual probability of default of a grade, by its number.
  case pd(grade: Int)
  /// The asset correlation.
  case assetCorrelation
  /// The persistence of the factor.
  case persistence

  /// Its name in files: `pd`, or `pd.GRADE` where the history has grades with names.
  public func name(in history: DefaultHistory) -> String {
    switch self {
    case .pd(let grade): history.grades == [""] ? "pd" : "pd.\(history.grades[grade])"
    case .assetCorrelation: "assetCorrelation"
    case .persistence: "persistence"
    }
  }

  /// Its value among parameters.
  public func value(_ parameters: FactorParameters) -> Double {
    switch self {
    case .pd(let grade): parameters.pds[grade]
    case .assetCorrelation: parameters.assetCorrelation
    case .persistence: parameters.persistence
    }
  }
}

/// The law of one parameter in five numbers.
public struct ParameterSummary: Sendable, Hashable {
  /// The parameter.
  public let parameter: CalibratedParameter
  /// Its mean.
  public let mean: Double
  /// The value that it exceeds with 95 %.
  public let low: Double
  /// The value that it exceeds with 50 %.
  public let median: Double
  /// The value that it exceeds with 5 %.
  public let high: Double
}

/// One year with what the model makes of it.
public struct FittedYear: Sendable, Hashable {
  /// The year.
  public let year: Int
  /// The grade's number; `nil` for all together.
  public let grade: Int?
  /// What was seen.
  public let seen: DefaultHistory.Cell
  /// 5 %, 50 % and 95 % of the year's default rate given the whole history, the parameters' own
  /// uncertainty included; `nil` for a year without loans.
  public let low: Double?
  /// See `low`.
  public let median: Double?
  /// See `low`.
  public let high: Double?

  /// The rate that was seen.
  public var rate: Double? { seen.atRisk > 0 ? Double(seen.defaults) / seen.atRisk : nil }
}

/// All that a history says of the parameters.
public struct CalibrationResult: Sendable, Hashable {
  /// The history.
  public let history: DefaultHistory
  /// How it was calibrated.
  public let settings: CalibrationSettings
  /// The parameters under which the history is likeliest: draw 0, and the reference of section 2 of
  /// HISTORY.md.
  public let best: BestEstimate
  /// The parameters before the history is looked at.
  public let prior: [ParameterSummary]
  /// The parameters given the history.
  public let posterior: [ParameterSummary]
  /// Draws 1 … D of the posterior, equally likely, in an order whose beginnings are spread evenly over
  /// it: a run of few trials takes the first ones.
  public let draws: [FactorParameters]
  /// How the posterior was computed.
  public let method: PosteriorMethod
  /// Every year, all grades together first, then by grade if there are several.
  public let years: [FittedYear]

  /// Calibrates a history.
  ///
  /// Deterministic: the same history, settings and seed give the same bits on every machine.
  ///
  /// - Throws: All problems at once.
  public init(_ history: DefaultHistory, _ settings: CalibrationSettings = CalibrationSettings())
    throws(HistoryProblems)
  {
    let problems = history.problems(settings)
    guard problems.isEmpty else { throw HistoryProblems(problems) }
    self.history = history
    self.settings = settings
    best = history.bestEstimate(settings)
    let posterior = Posterior(history, settings)
    method = posterior.method
    let draws = posterior.draws(settings.draws).map(\.parameters)
    self.draws = evenOrder(draws.count).map { draws[$0] }
    let parameters = Self.parameters(history, settings)
    let points = posterior.points.map(\.parameters)
    self.posterior = parameters.map { parameter in
      let numbers = WeightedNumbers(points.map(parameter.value), weights: posterior.weights)
      return ParameterSummary(
        parameter: parameter, mean: numbers.mean, low: numbers.quantile(0.05),
        median: numbers.quantile(0.5), high: numbers.quantile(0.95))
    }
    prior = parameters.map { $0.prior(settings, gradeCount: history.grades.count) }
    years = FittedBand(history, draws).years
  }

  /// The parameters that the settings leave free.
  private static func parameters(
    _ history: DefaultHistory, _ settings: CalibrationSettings
  ) -> [CalibratedParameter] {
    var parameters = history.grades.indices.map { CalibratedParameter.pd(grade: $0) }
    if case .beta = settings.correlation { parameters.append(.assetCorrelation) }
    if settings.persistence == .uniform { parameters.append(.persistence) }
    return parameters
  }
}

extension CalibratedParameter {
  /// The law before the history is looked at.
  fileprivate func prior(_ settings: CalibrationSettings, gradeCount: Int) -> ParameterSummary {
    let quantile: (Double) -> Double =
      switch self {
      case .pd(let grade):
        { probability in
          // Ordered grades are the order statistics of independent ones.
          let rank =
            settings.hasOrderedGrades
            ? betaQuantile(probability, a: Double(grade + 1), b: Double(gradeCount - grade))
            : probability
          return betaQuantile(rank, a: 0.5, b: 0.5)
        }
      case .assetCorrelation:
        if case .beta(let first, let second) = settings.correlation {
          { betaQuantile($0, a: first, b: second) }
        } else {
          { _ in 0 }
        }
      case .persistence: { $0 }
      }
    let count = 2000
    let mean =
      (0..<count).reduce(0) { $0 + quantile((Double($1) + 0.5) / Double(count)) } / Double(count)
    return ParameterSummary(
      parameter: self, mean: mean, low: quantile(0.05), median: quantile(0.5),
      high: quantile(0.95))
  }
}

/// The band of each year's default rate: the law of its factor, over some of the draws.
private struct FittedBand {
  private let history: DefaultHistory
  private let parameters: [FactorParameters]
  private let laws: [[FactorLaw]]

  init(_ history: DefaultHistory, _ draws: [FactorParameters]) {
    self.history = history
    let count = min(64, draws.count)
    parameters = (0..<count).map { draws[$0 * draws.count / count] }
    laws = parameters.map { history.factors($0) }
  }

  var years: [FittedYear] {
    history.years.flatMap { year in
      let grades: [Int?] =
        history.grades.count > 1 ? [nil] + history.grades.indices.map { $0 } : [nil]
      return grades.map { fitted(year, grade: $0) }
    }
  }

  private func fitted(_ year: Int, grade: Int?) -> FittedYear {
    let index = year - history.firstYear
    let cells = history.cells[index]
    let seen = grade.map { cells[$0] } ?? history.total(ofYear: index)
    guard seen.atRisk > 0 else {
      return FittedYear(year: year, grade: grade, seen: seen, low: nil, median: nil, high: nil)
    }
    var (rates, weights): ([Double], [Double]) = ([], [])
    for (parameter, laws) in zip(parameters, laws) {
      let point = FactorPoint(parameter)
      for (factor, weight) in zip(laws[index].factors, laws[index].weights) where weight > 1e-9 {
        let defaults = cells.indices.filter { grade == nil || $0 == grade }.reduce(0) {
          $0 + cells[$1].atRisk * normalCumulative(point.score(ofGrade: $1, factor: factor))
        }
        rates.append(defaults / seen.atRisk)
        weights.append(weight / Double(parameters.count))
      }
    }
    let numbers = WeightedNumbers(rates, weights: weights)
    return FittedYear(
      year: year, grade: grade, seen: seen, low: numbers.quantile(0.05),
      median: numbers.quantile(0.5), high: numbers.quantile(0.95))
  }
}

/// The numbers below a count in an order whose beginnings are spread evenly: by their digits of base two,
/// read backwards.
///
/// Source: J. van der Corput, "Verteilungsfunktionen", Proceedings of the Royal Academy of Amsterdam 38,
/// 1935, pp. 813–821.
private func evenOrder(_ count: Int) -> [Int] {
  var bits = 0
  while 1 << bits < count { bits += 1 }
  return (0..<1 << bits).map { number in
    (0..<bits).reduce(0) { $0 << 1 | (number >> $1 & 1) }
  }.filter { $0 < count }
}
