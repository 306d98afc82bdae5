import RandomStreams

/// The free parameters as coordinates that range over all numbers, in which priors are bell-shaped.
///
/// For the grades the normal scores of their probabilities, or, if they are ordered, the first score
/// and the logarithms of the steps between them; for ρ and φ the normal score of their place in the
/// prior.
struct ParameterSpace {
  let gradeCount: Int
  var settings: CalibrationSettings

  /// Above this the model is one year long and the numbers lose their meaning.
  static let largestCorrelation = 0.995

  var hasCorrelation: Bool {
    if case .beta = settings.correlation { true } else { false }
  }

  var hasPersistence: Bool { settings.persistence == .uniform }

  var dimension: Int { gradeCount + (hasCorrelation ? 1 : 0) + (hasPersistence ? 1 : 0) }

  func point(_ coordinates: [Double]) -> FactorPoint {
    FactorPoint(
      thresholds: thresholds(coordinates), correlation: correlation(coordinates),
      persistence: persistence(coordinates))
  }

  private func thresholds(_ coordinates: [Double]) -> [Double] {
    var thresholds = coordinates.prefix(gradeCount).map { min(37, max(-37, $0)) }
    if settings.hasOrderedGrades {
      for grade in thresholds.indices.dropFirst() {
        let step = exponential(min(4, coordinates[grade]))
        thresholds[grade] = min(37, thresholds[grade - 1] + step)
      }
    }
    return thresholds
  }

  private func correlation(_ coordinates: [Double]) -> Double {
    switch settings.correlation {
    case .fixed(let value): value
    case .beta(let first, let second):
      min(
        Self.largestCorrelation,
        betaQuantile(normalCumulative(coordinates[gradeCount]), a: first, b: second))
    }
  }

  private func persistence(_ coordinates: [Double]) -> Double {
    switch settings.persistence {
    case .fixed(let value): value
    case .uniform: min(Self.largestCorrelation, normalCumulative(coordinates[dimension - 1]))
    }
  }

  /// The logarithm of the prior's density in these coordinates, up to a constant.
  func logPrior(_ coordinates: [Double]) -> Double {
    // Jeffreys' law for a proportion, Beta(½, ½), by its normal score.
    var sum = thresholds(coordinates).reduce(0) { sum, score in
      sum - 0.5 * score * score
        - 0.5 * (LogProbabilityTable.normal.value(score) + LogProbabilityTable.normal.value(-score))
    }
    if settings.hasOrderedGrades {
      sum += coordinates[1..<gradeCount].reduce(0, +)
    }
    return coordinates[gradeCount...].reduce(sum) { $0 - 0.5 * $1 * $1 }
  }

  /// A place to begin.
  func start(_ history: DefaultHistory) -> [Double] {
    var scores = (0..<gradeCount).map { grade in
      let total = history.total(ofGrade: grade)
      // Months overdue at once can be more defaults than loan-years.
      return normalQuantile(min(0.95, (Double(total.defaults) + 0.5) / (total.atRisk + 1)))
    }
    if settings.hasOrderedGrades {
      for grade in scores.indices.dropFirst().reversed() {
        scores[grade] = logarithm(max(0.1, scores[grade] - scores[grade - 1]))
      }
    }
    return scores + [Double](repeating: 0, count: dimension - gradeCount)
  }
}
