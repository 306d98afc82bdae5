import RandomStreams

/// A value with its first two derivatives.
struct Jet {
  var value: Double
  var first: Double
  var second: Double
}

/// ln of a probability as a function of a normal score, tabulated: the likelihood asks for it some
/// ten million times, and a polynomial of degree five takes a tenth of the time of the function.
///
/// Between two entries, 1/16 apart, the quintic agrees with the function and its first two
/// derivatives at both ends; what it leaves is below 3e-12.
struct LogProbabilityTable: Sendable {
  private static let reach = 40.0
  private static let density = 16.0

  /// Six coefficients a cell, of the powers of the place within it.
  private let coefficients: [Double]
  /// What to add to ln Φ below the table.
  private let offset: Double

  /// Tabulates a function between −40 and 40.
  ///
  /// - Parameter offset: Below −40 the function is ln Φ plus this; above 40 it keeps its last value.
  private init(offset: Double, _ function: (Double) -> Jet) {
    let count = Int(2 * Self.reach * Self.density)
    let jets = (0...count).map { function(Double($0) / Self.density - Self.reach) }
    var coefficients: [Double] = []
    coefficients.reserveCapacity(6 * count)
    for cell in 0..<count {
      let (left, right) = (jets[cell].scaled(Self.density), jets[cell + 1].scaled(Self.density))
      let rise = right.value - left.value
      coefficients += [
        left.value, left.first, left.second / 2,
        10 * rise - 6 * left.first - 4 * right.first - 1.5 * left.second + 0.5 * right.second,
        -15 * rise + 8 * left.first + 7 * right.first + 1.5 * left.second - right.second,
        6 * rise - 3 * left.first - 3 * right.first - 0.5 * left.second + 0.5 * right.second,
      ]
    }
    self.coefficients = coefficients
    self.offset = offset
  }

  /// The function at a score.
  @inline(__always)
  func value(_ score: Double) -> Double {
    let place = (score + Self.reach) * Self.density
    guard place >= 0 else { return logNormalTail(score).value + offset }
    let cell = min(Int(min(place, 1e9)), coefficients.count / 6 - 1)
    let part = min(place - Double(cell), 1)
    let first = 6 * cell
    return coefficients.withUnsafeBufferPointer { values in
      let upper = (values[first + 5] * part + values[first + 4]) * part + values[first + 3]
      return ((upper * part + values[first + 2]) * part + values[first + 1]) * part + values[first]
    }
  }

  /// The function with its derivatives.
  func jet(_ score: Double) -> Jet {
    let place = (score + Self.reach) * Self.density
    guard place >= 0 else {
      var jet = logNormalTail(score)
      jet.value += offset
      return jet
    }
    guard place < Double(coefficients.count / 6) else {
      return Jet(value: value(score), first: 0, second: 0)
    }
    let cell = Int(place)
    let part = place - Double(cell)
    var jet = coefficients.withUnsafeBufferPointer { values in
      let (five, four, three) = (values[6 * cell + 5], values[6 * cell + 4], values[6 * cell + 3])
      let (two, one) = (values[6 * cell + 2], values[6 * cell + 1])
      return Jet(
        value: value(score),
        first: (((5 * five * part + 4 * four) * part + 3 * three) * part + 2 * two) * part + one,
        second: ((20 * five * part + 12 * four) * part + 6 * three) * part + 2 * two)
    }
    jet.first *= Self.density
    jet.second *= Self.density * Self.density
    return jet
  }

  /// ln Φ: the logarithm of a probability whose score is given; at the negative score, that of its
  /// complement.
  static let normal = LogProbabilityTable(offset: 0, logNormal)

  /// ln (1 − (1 − Φ)^(1/12)): a year's probability spread evenly over its months.
  static let monthly = LogProbabilityTable(offset: logarithm(1.0 / 12)) { score in
    let survival = logNormal(-score)
    let hazard = -survival.value / 12
    let slope = survival.first / 12
    let bend = -survival.second / 12
    // With u the month's hazard: ln(1 − e⁻ᵘ), whose derivative by u is 1 / (eᵘ − 1).
    let failure = oneMinusExponential(-hazard)
    let odds = (1 - failure) / failure
    return Jet(
      value: logarithm(failure), first: slope * odds,
      second: bend * odds - slope * slope * odds / failure)
  }
}

extension Jet {
  /// By the place within a cell of the table in place of the score.
  fileprivate func scaled(_ density: Double) -> Jet {
    Jet(value: value, first: first / density, second: second / (density * density))
  }
}

/// 1 − eˣ, accurate near 0 too.
func oneMinusExponential(_ exponent: Double) -> Double {
  guard abs(exponent) < 0.01 else { return 1 - exponential(exponent) }
  var (term, sum) = (-exponent, -exponent)
  for power in 2...7 {
    term *= exponent / Double(power)
    sum += term
  }
  return sum
}

/// ln Φ with its derivatives.
func logNormal(_ score: Double) -> Jet {
  guard score > -30 else { return logNormalTail(score) }
  let value =
    score < 0
    ? logarithm(normalCumulative(score)) : logarithm(onePlus: -normalCumulative(-score))
  let hazard = exponential(-0.5 * score * score - 0.918938533204672742 - value)
  return Jet(value: value, first: hazard, second: -hazard * (score + hazard))
}

/// ln Φ far below 0, by the asymptotic series of Mills' ratio.
///
/// Source: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 26.2.12.
private func logNormalTail(_ score: Double) -> Jet {
  let inverse = 1 / (score * score)
  let ratio = 1 - inverse * (1 - 3 * inverse * (1 - 5 * inverse * (1 - 7 * inverse)))
  let value = -0.5 * score * score - 0.918938533204672742 - logarithm(-score) + logarithm(ratio)
  let hazard = -score / ratio
  return Jet(value: value, first: hazard, second: -hazard * (score + hazard))
}
