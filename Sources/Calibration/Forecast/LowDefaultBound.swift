import RandomStreams

/// An upper bound of a grade's probability of default where there were few defaults or none.
public struct LowDefaultBound: Sendable, Hashable {
  /// The number of the grade.
  public let grade: Int
  /// The confidence of the bound.
  public let level: Double
  /// The largest probability under which so few defaults are not rarer than 1 − level.
  public let bound: Double

  /// The usual confidences.
  public static let levels = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999]
}

extension DefaultHistory {
  /// The most prudent bound of a grade: it and all riskier grades are taken together, as if all of
  /// them had its probability.
  ///
  /// With an asset correlation the defaults of one year share a factor; those of different years are
  /// independent. Exact to rounding: the number of defaults is counted, not approximated.
  ///
  /// Source: K. Pluto, D. Tasche, "Thinking positively", Risk 18(8), 2005 (issue from memory); and
  /// "Estimating probabilities of default for low default portfolios", in B. Engelmann,
  /// R. Rauhmeier (editors), "The Basel II Risk Parameters", Springer, 2006.
  ///
  /// - Returns: `nil` with more than 200 defaults, which need no such bound, or without a loan.
  public func lowDefaultBound(
    grade: Int, level: Double, assetCorrelation: Double
  ) -> LowDefaultBound? {
    let pooled = cells.map { year in
      Cell(
        atRisk: year[grade...].reduce(0) { $0 + $1.atRisk },
        defaults: year[grade...].reduce(0) { $0 + $1.defaults })
    }.filter { $0.atRisk > 0 }
    let defaults = pooled.reduce(0) { $0 + $1.defaults }
    let atRisk = pooled.reduce(0) { $0 + $1.atRisk }
    guard defaults <= 200, atRisk > 0, level > 0, level < 1 else { return nil }
    guard Double(defaults) < atRisk else {
      return LowDefaultBound(grade: grade, level: level, bound: 1)
    }
    var (low, high) = (-37.0, 8.0)
    while high - low > 1e-10 {
      let middle = (low + high) / 2
      let chance = FewDefaults(
        limit: defaults, correlation: assetCorrelation, threshold: middle
      ).chance(pooled.map(\.atRisk), assessment: assessment)
      if chance > 1 - level { low = middle } else { high = middle }
    }
    return LowDefaultBound(grade: grade, level: level, bound: normalCumulative((low + high) / 2))
  }
}

/// The chance of no more than so many defaults in all years together.
private struct FewDefaults {
  let limit: Int
  let correlation: Double
  let threshold: Double

  func chance(_ atRisk: [Double], assessment: DefaultHistory.Assessment) -> Double {
    let trials = atRisk.map { $0 / assessment.length }
    guard correlation > 0 else {
      // One probability in all years: a single binomial number.
      return year(trials.reduce(0, +), assessment, factors: [0]).reduce(0, +)
    }
    // The integrand is analytic and fades: a step of 1/20 is exact to rounding.
    let factors = (0...360).map { Double($0) / 20 - 9 }
    var total = [1.0] + [Double](repeating: 0, count: limit)
    for count in trials {
      let year = year(count, assessment, factors: factors)
      total = (0...limit).map { sum in
        (0...sum).reduce(0) { $0 + total[$1] * year[sum - $1] }
      }
    }
    return total.reduce(0, +)
  }

  /// The probabilities of 0, 1, … defaults in a year.
  private func year(
    _ trials: Double, _ assessment: DefaultHistory.Assessment, factors: [Double]
  ) -> [Double] {
    let point = FactorPoint(thresholds: [threshold], correlation: correlation, persistence: 0)
    let weights = normalised(factors.map { -0.5 * $0 * $0 })
    var year = [Double](repeating: 0, count: limit + 1)
    for (factor, weight) in zip(factors, weights) {
      let score = point.score(ofGrade: 0, factor: factor)
      let survival = logNormal(-score).value * assessment.length
      let failure =
        assessment == .yearly ? logNormal(score).value : LogProbabilityTable.monthly.value(score)
      let odds = exponential(failure - survival)
      var chance = weight * exponential(trials * survival)
      for number in 0...limit where Double(number) <= trials {
        year[number] += chance
        chance *= odds * (trials - Double(number)) / Double(number + 1)
      }
    }
    return year
  }
}
