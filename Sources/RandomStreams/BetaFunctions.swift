/// The regularized incomplete beta function I_x(a, b), the distribution function of a Beta variable.
///
/// - Parameters:
///   - argument: From 0 to 1.
///   - a: Above 0.
///   - b: Above 0.
public func regularizedIncompleteBeta(_ argument: Double, a: Double, b: Double) -> Double {
  betaTails(BetaPoint(argument), a: a, b: b).lower
}

/// The quantile of a Beta variable.
///
/// - Parameters:
///   - probability: From 0 to 1.
///   - a: Above 0.
///   - b: Above 0.
public func betaQuantile(_ probability: Double, a: Double, b: Double) -> Double {
  betaQuantile(TailProbabilities(lower: probability), a: a, b: b).value
}

/// A number between 0 and 1 with its distance from 1, each to its own relative precision.
struct BetaPoint {
  let value: Double
  let complement: Double

  init(_ value: Double) {
    self.value = value
    complement = 1 - value
  }

  /// The point whose log odds are given: every point from 1e-323 to 1 − 1e-323.
  init(logOdds: Double) {
    let odds = exponential(-abs(logOdds))
    let (smaller, larger) = (odds / (1 + odds), 1 / (1 + odds))
    value = logOdds < 0 ? smaller : larger
    complement = logOdds < 0 ? larger : smaller
  }

  var logOdds: Double { logarithm(value) - logarithm(complement) }
}

/// xᵃ (1 − x)ᵇ / B(a, b): the Beta density times x (1 − x).
///
/// The large terms cancel on paper, as for the gamma density.
func betaDensityTimesVariance(_ point: BetaPoint, a: Double, b: Double) -> Double {
  guard point.value > 0, point.complement > 0 else { return 0 }
  let sum = a + b
  let deviance =
    a * logarithm(point.value * (sum / a)) + b * logarithm(point.complement * (sum / b))
  let correction = stirlingError(sum) - stirlingError(a) - stirlingError(b)
  return exponential(deviance + correction) * (a / sum * b / (2 * .pi)).squareRoot()
}

/// I_x(a, b) and its complement, each to its own relative precision.
///
/// Source: W. Press et al., "Numerical Recipes", 3rd edition, 6.4.
func betaTails(_ point: BetaPoint, a: Double, b: Double) -> TailProbabilities {
  guard point.value > 0 else { return TailProbabilities(lower: 0, upper: 1) }
  guard point.complement > 0 else { return TailProbabilities(lower: 1, upper: 0) }
  let density = betaDensityTimesVariance(point, a: a, b: b)
  if point.value < (a + 1) / (a + b + 2) {
    let lower = density / (a * betaFraction(point.value, a: a, b: b))
    return TailProbabilities(lower: min(lower, 1))
  }
  let upper = density / (b * betaFraction(point.complement, a: b, b: a))
  return TailProbabilities(upper: min(upper, 1))
}

/// The continued fraction of the incomplete beta function, quick to converge below the mean.
private func betaFraction(_ argument: Double, a: Double, b: Double) -> Double {
  var fraction = ContinuedFraction(first: 1)
  fraction.add(numerator: -(a + b) * argument / (a + 1), denominator: 1)
  var index = 1.0
  while !fraction.hasConverged {
    let even = index * (b - index) * argument / ((a + 2 * index - 1) * (a + 2 * index))
    fraction.add(numerator: even, denominator: 1)
    let odd =
      -(a + index) * (a + b + index) * argument / ((a + 2 * index) * (a + 2 * index + 1))
    fraction.add(numerator: odd, denominator: 1)
    index += 1
  }
  return fraction.value
}

/// The Beta quantile by both tails, so that either may be tiny.
///
/// - Parameter start: The log odds of a guess; the table builder gives those of the neighbour.
func betaQuantile(
  _ tails: TailProbabilities, a: Double, b: Double, start: Double? = nil
) -> BetaPoint {
  guard tails.lower > 0 else { return BetaPoint(0) }
  guard tails.upper > 0 else { return BetaPoint(1) }
  let root = solveTail(
    tails, bracket: -745...745, start: start ?? logarithm(a / b)
  ) { logOdds in
    let point = BetaPoint(logOdds: logOdds)
    return (betaTails(point, a: a, b: b), betaDensityTimesVariance(point, a: a, b: b))
  }
  return BetaPoint(logOdds: root)
}
