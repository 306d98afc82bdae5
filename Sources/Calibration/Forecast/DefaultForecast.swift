import RandomStreams

/// The law of the number of defaults in a year to come: a mixture over its factor, and over the
/// parameters if several are given.
///
/// Given factor and parameters the defaults are binomial; those of several grades together, or of
/// months, are taken for the binomial law with the same mean and variance, which is exact for one
/// grade (W. Ehm, "Binomial approximation to the Poisson binomial distribution", Statistics and
/// Probability Letters 11(1), 1991). Components whose means differ by less than 1 % are taken
/// together.
public struct DefaultForecast: Sendable {
  private struct Component {
    var weight = 0.0
    var mean = 0.0
    var probability = 0.0
  }

  private let components: [Component]
  private let largest: Int
  private static let density = 100.0
  private static let depth = 40.0

  /// The forecast for the year after a history.
  ///
  /// - Parameters:
  ///   - history: What is known.
  ///   - parameters: Equally likely parameters: one for a point forecast, the draws of a posterior
  ///     for a predictive one.
  ///   - atRisk: The loan-years at risk of each grade in the year to come.
  public init(after history: DefaultHistory, parameters: [FactorParameters], atRisk: [Double]) {
    let trials = atRisk.map { $0 / history.assessment.length }
    let reach = Int((Self.depth + 20) * Self.density)
    var bins = [Component](repeating: Component(), count: reach + 1)
    // Among thousands of loans a factor fixes the defaults to within a few: its grid has to be fine,
    // or many grids beside each other, each moved by another part of a step.
    let step = 1 / Double(min(128, max(4, 4096 / max(1, parameters.count))))
    for (number, parameter) in parameters.enumerated() {
      let point = FactorPoint(parameter)
      let shift = (0.618033988749895 * Double(number)).truncatingRemainder(dividingBy: 1)
      let grid = FactorGrid(step: step, shift: parameters.count > 1 ? shift : 0)
      let law =
        point.persistence > 0 && point.correlation > 0 && !history.cells.isEmpty
        ? history.currentFactor(parameter).next(point.persistence, grid) : .normal(grid)
      for (factor, weight) in zip(law.factors, law.weights) {
        let component = Self.component(point, factor, trials, history.assessment)
        let place = (logarithm(max(component.mean, 1e-300)) + Self.depth) * Self.density
        let bin = min(max(0, Int(place)), reach)
        bins[bin].weight += weight
        bins[bin].mean += weight * component.mean
        bins[bin].probability += weight * component.probability
      }
    }
    let count = Double(parameters.count)
    components = bins.filter { $0.weight > 0 }.map {
      Component(
        weight: $0.weight / count, mean: $0.mean / $0.weight,
        probability: $0.probability / $0.weight)
    }
    largest = Int(trials.reduce(0, +))
  }

  /// Mean and probability of the binomial law of one factor.
  private static func component(
    _ point: FactorPoint, _ factor: Double, _ trials: [Double],
    _ assessment: DefaultHistory.Assessment
  ) -> Component {
    var (mean, square) = (0.0, 0.0)
    for (grade, count) in trials.enumerated() where count > 0 {
      guard point.thresholds[grade] > -.infinity else { continue }
      let score = point.score(ofGrade: grade, factor: factor)
      let chance =
        assessment == .yearly
        ? normalCumulative(score) : exponential(LogProbabilityTable.monthly.value(score))
      mean += count * chance
      square += count * chance * chance
    }
    return Component(weight: 1, mean: mean, probability: mean > 0 ? square / mean : 0)
  }

  /// The mean number of defaults.
  public var mean: Double { components.reduce(0) { $0 + $1.weight * $1.mean } }

  /// P(defaults ≤ count).
  public func cumulative(_ count: Int) -> Double {
    guard count >= 0 else { return 0 }
    guard count < largest else { return 1 }
    return components.reduce(0) { sum, component in
      guard component.mean > 0 else { return sum + component.weight }
      let trials = component.mean / component.probability
      guard Double(count) < trials else { return sum + component.weight }
      if let certain = Self.certainty(count, mean: component.mean) {
        return sum + component.weight * certain
      }
      let above = regularizedIncompleteBeta(
        component.probability, a: Double(count) + 1, b: trials - Double(count))
      return sum + component.weight * (1 - above)
    }
  }

  /// 0 or 1 where P(defaults ≤ count) is as good as that, by Chernoff's bound for a Poisson number,
  /// which holds for a binomial one.
  private static func certainty(_ count: Int, mean: Double) -> Double? {
    let reached = Double(count) < mean ? Double(count) : Double(count + 1)
    let isBetween = Double(count) < mean && Double(count + 1) > mean
    guard !isBetween else { return nil }
    let entropy = reached > 0 ? reached * logarithm(reached / mean) : 0
    guard entropy - reached + mean > 34 else { return nil }
    return Double(count) < mean ? 0 : 1
  }

  /// The smallest number that is exceeded with no more than the rest of a probability.
  public func quantile(_ probability: Double) -> Int {
    var (low, high) = (-1, max(0, largest))
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if cumulative(middle) >= probability { high = middle } else { low = middle }
    }
    return high
  }

  /// Where an outcome lies in the forecast: uniform on 0 … 1 under a right forecast, because a
  /// uniform number decides within the probability of the outcome itself.
  ///
  /// Source: C. Czado, T. Gneiting, L. Held, "Predictive model assessment for count data", Biometrics
  /// 65(4), 2009, pp. 1254–1261 (the randomized form).
  public func probabilityTransform(of outcome: Int, unit: Double) -> Double {
    let below = cumulative(outcome - 1)
    return below + unit * (cumulative(outcome) - below)
  }
}
