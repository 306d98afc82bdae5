import RandomStreams

/// One year's likelihood as a function of its factor: all grades together.
struct YearTerms {
  private struct Term {
    let score: Double
    let defaults: Double
    let survived: Double
  }

  private let terms: [Term]
  private let loading: Double
  private let failure: LogProbabilityTable
  private let survival = LogProbabilityTable.normal
  /// The sum of what does not depend on parameters: ln of the number of ways.
  let constant: Double
  /// Whether the year happened although a grade that cannot default did.
  let isImpossible: Bool
  /// Near the largest value.
  let guess: Double

  init(
    _ cells: [DefaultHistory.Cell], _ assessment: DefaultHistory.Assessment, at point: FactorPoint
  ) {
    var terms: [Term] = []
    var isImpossible = false
    for (cell, threshold) in zip(cells, point.thresholds) where cell.atRisk > 0 {
      if threshold == -.infinity {
        isImpossible = isImpossible || cell.defaults > 0
        continue
      }
      terms.append(
        Term(
          score: threshold * point.stretch, defaults: Double(cell.defaults),
          survived: cell.survived(assessment)))
    }
    self.terms = terms
    self.isImpossible = isImpossible
    loading = point.loading
    failure = assessment == .yearly ? .normal : .monthly
    constant =
      assessment == .yearly
      ? cells.reduce(0) { $0 + logWays($1.defaults, of: $1.atRisk) } : 0
    guess = Self.guess(terms, loading: point.loading)
  }

  /// Where the mean score meets the score of the observed rate, drawn towards 0.
  private static func guess(_ terms: [Term], loading: Double) -> Double {
    let trials = terms.reduce(0) { $0 + $1.defaults + $1.survived }
    guard trials > 0, loading > 1e-6 else { return 0 }
    let mean = terms.reduce(0) { $0 + $1.score * ($1.defaults + $1.survived) } / trials
    let rate = (terms.reduce(0) { $0 + $1.defaults } + 0.5) / (trials + 1)
    let information = (trials * rate).squareRoot() * loading
    return min(
      6, max(-6, (mean - normalQuantile(rate)) / loading * information / (1 + information)))
  }

  /// The year's log-likelihood at a factor, without the constant.
  @inline(__always)
  func value(_ factor: Double) -> Double {
    var sum = 0.0
    for term in terms {
      let score = term.score - loading * factor
      if term.defaults > 0 { sum += term.defaults * failure.value(score) }
      if term.survived > 0 { sum += term.survived * survival.value(-score) }
    }
    return sum
  }

  /// The same with its derivatives by the factor.
  func jet(_ factor: Double) -> Jet {
    var sum = Jet(value: 0, first: 0, second: 0)
    for term in terms {
      let score = term.score - loading * factor
      let fails = term.defaults > 0 ? failure.jet(score) : Jet(value: 0, first: 0, second: 0)
      let survives = survival.jet(-score)
      sum.value += term.defaults * fails.value + term.survived * survives.value
      sum.first -= loading * (term.defaults * fails.first - term.survived * survives.first)
      sum.second +=
        loading * loading * (term.defaults * fails.second + term.survived * survives.second)
    }
    return sum
  }

  var dependsOnFactor: Bool { loading > 0 && !terms.isEmpty }

  /// ln ∫ φ(x) e^value(x) dx: the trapezoidal rule on a grid centred and scaled at the mode, halved
  /// until a halving changes less than 1e-5.
  ///
  /// For integrands that are analytic and fade, each halving squares the error, so what remains is
  /// about 1e-10. Source: L. N. Trefethen, J. A. C. Weideman, "The exponentially convergent
  /// trapezoidal rule", SIAM Review 56(3), 2014, pp. 385–458. Centring at each year's mode:
  /// Q. Liu, D. A. Pierce, "A note on Gauss–Hermite quadrature", Biometrika 81(3), 1994.
  var logIntegral: Double {
    guard !isImpossible else { return -.infinity }
    guard dependsOnFactor else { return constant + value(0) }
    let mode = peak()
    let top = value(mode.factor) - 0.5 * mode.factor * mode.factor
    func height(_ factor: Double) -> Double {
      exponential(value(factor) - 0.5 * factor * factor - top)
    }
    func march(from start: Double, by step: Double) -> Double {
      var (sum, factor) = (0.0, start)
      while true {
        let part = height(factor)
        sum += part
        if part < 1e-16 { return sum }
        factor += step
      }
    }
    var step = mode.width
    var sum =
      1 + march(from: mode.factor + step, by: step) + march(from: mode.factor - step, by: -step)
    for _ in 0..<9 {
      let half = step / 2
      let middle =
        march(from: mode.factor + half, by: step) + march(from: mode.factor - half, by: -step)
      let change = abs(middle - sum)
      sum += middle
      step = half
      if change < 1e-5 * sum { break }
    }
    return constant + top + logarithm(sum * step) - 0.918938533204672742
  }

  /// Where φ(x) e^value(x) is largest, and 1/√ of its curvature there.
  struct Peak {
    let factor: Double
    let width: Double
  }

  /// Newton's steps, held within the bracket that the slopes seen so far give: the function is
  /// concave, and its largest value lies between slopes of unlike sign.
  private func peak() -> Peak {
    var factor = guess
    var (low, high) = (-1e8, 1e8)
    for _ in 0..<200 {
      let jet = jet(factor)
      let (slope, curvature) = (jet.first - factor, max(1, 1 - jet.second))
      if slope > 0 { low = factor } else { high = factor }
      let step = slope / curvature
      if abs(step) < 1e-6 / curvature.squareRoot() { break }
      let next = factor + step
      factor = next > low && next < high ? next : (low + high) / 2
    }
    return Peak(factor: factor, width: 1 / max(1, 1 - jet(factor).second).squareRoot())
  }
}

/// ln of the number of ways to choose, also among a number that is not whole.
func logWays(_ count: Int, of trials: Double) -> Double {
  guard count > 0, trials > Double(count) else { return 0 }
  return logGamma(trials + 1) - logGamma(Double(count) + 1) - logGamma(trials - Double(count) + 1)
}
