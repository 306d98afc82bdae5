/// ln Γ(x) for x above 0, with an error below 2e-14 of max(1, |ln Γ(x)|).
public func logGamma(_ argument: Double) -> Double {
  // Stirling's series needs a large argument; Γ(x) = Γ(x + n) / (x (x + 1) … (x + n − 1)).
  var shifted = argument
  var product = 1.0
  while shifted < 10 {
    product *= shifted
    shifted += 1
  }
  return stirlingLogGamma(shifted) + stirlingSeries(shifted) - logarithm(product)
}

/// (x − ½) ln x − x + ½ ln 2π.
private func stirlingLogGamma(_ argument: Double) -> Double {
  (argument - 0.5) * logarithm(argument) - argument + 0.91893853320467274178
}

/// ln Γ(x) less Stirling's formula, for x of at least 10.
///
/// Source: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 6.1.41.
private func stirlingSeries(_ argument: Double) -> Double {
  let square = 1 / (argument * argument)
  return polynomial(
    square, 1.0 / 156, -691.0 / 360_360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12)
    / argument
}

/// ln Γ(x) less Stirling's formula, for any x above 0.
func stirlingError(_ argument: Double) -> Double {
  argument >= 10
    ? stirlingSeries(argument) : logGamma(argument) - stirlingLogGamma(argument)
}

/// The regularized lower incomplete gamma function P(shape, x), the distribution function of a
/// gamma variable of unit scale.
public func regularizedIncompleteGamma(_ shape: Double, _ argument: Double) -> Double {
  gammaTails(shape, argument).lower
}

/// The quantile of a gamma variable of unit scale.
///
/// - Parameters:
///   - probability: From 0 to 1.
///   - shape: Above 0.
public func gammaQuantile(_ probability: Double, shape: Double) -> Double {
  gammaQuantile(TailProbabilities(lower: probability), shape: shape)
}

/// xᵃ e⁻ˣ / Γ(a): the gamma density times x.
///
/// Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000: what is
/// large cancels on paper, before it is computed.
func gammaDensityTimesArgument(_ shape: Double, _ argument: Double) -> Double {
  guard argument > 0 else { return 0 }
  let deviance = shape * logarithm(argument / shape) + shape - argument
  return exponential(deviance - stirlingError(shape)) * (shape / (2 * .pi)).squareRoot()
}

/// P(shape, x) and its complement, each to its own relative precision.
///
/// Source: W. Press et al., "Numerical Recipes", 3rd edition, 6.2: the series below the mean, the
/// continued fraction above it.
func gammaTails(_ shape: Double, _ argument: Double) -> TailProbabilities {
  guard argument > 0 else { return TailProbabilities(lower: 0, upper: 1) }
  guard argument < .infinity else { return TailProbabilities(lower: 1, upper: 0) }
  let density = gammaDensityTimesArgument(shape, argument)
  if argument < shape + 1 {
    var term = 1 / shape
    var sum = term
    var divisor = shape
    while term > sum * 0x1p-54 {
      divisor += 1
      term *= argument / divisor
      sum += term
    }
    return TailProbabilities(lower: min(sum * density, 1))
  }
  var fraction = ContinuedFraction(first: argument + 1 - shape)
  var index = 1.0
  while !fraction.hasConverged {
    fraction.add(
      numerator: index * (shape - index), denominator: argument + 1 - shape + 2 * index)
    index += 1
  }
  return TailProbabilities(upper: min(density / fraction.value, 1))
}

/// The gamma quantile by both tails, so that either may be tiny.
///
/// - Parameter start: ln x of a guess; the table builder gives that of the neighbour.
func gammaQuantile(
  _ tails: TailProbabilities, shape: Double, start: Double? = nil
) -> Double {
  guard tails.lower > 0 else { return 0 }
  guard tails.upper > 0 else { return .infinity }
  // Near 0 the distribution function is xᵃ / Γ(a + 1).
  let tailGuess = (logarithm(tails.lower) + logGamma(shape + 1)) / shape
  let root = solveTail(
    tails, bracket: -745...709, start: start ?? min(tailGuess, logarithm(shape + 1))
  ) { logArgument in
    let argument = exponential(logArgument)
    return (gammaTails(shape, argument), gammaDensityTimesArgument(shape, argument))
  }
  return exponential(root)
}
