/// The probabilities below and above a point. Both are kept, because 1 − p forgets a tiny p.
struct TailProbabilities {
  let lower: Double
  let upper: Double

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  init(lower: Double) {
    self.init(lower: lower, upper: 1 - lower)
  }

  init(upper: Double) {
    self.init(lower: 1 - upper, upper: upper)
  }

  var swapped: TailProbabilities { TailProbabilities(lower: upper, upper: lower) }
}

/// Where a distribution function takes given values, by Newton steps that a bracket keeps in check.
///
/// The steps are taken on the logarithm of the smaller tail, which is nearly straight where the
/// tail itself is nearly flat.
///
/// - Parameters:
///   - target: The probabilities to be reached, both above 0.
///   - bracket: Holds the solution; the ends answer when it does not.
///   - start: A first guess.
///   - evaluate: The tails at a point, and the derivative of the lower one.
func solveTail(
  _ target: TailProbabilities,
  bracket: ClosedRange<Double>,
  start: Double,
  evaluate: (Double) -> (tails: TailProbabilities, density: Double)
) -> Double {
  let usesLower = target.lower <= target.upper
  let goal = logarithm(usesLower ? target.lower : target.upper)
  var (low, high) = (bracket.lowerBound, bracket.upperBound)
  var point = min(max(start, low), high)
  // Bisecting the widest bracket to the last bit takes about 70 steps; Newton needs four.
  for _ in 0..<200 {
    let (tails, density) = evaluate(point)
    let tail = usesLower ? tails.lower : tails.upper
    let excess = tail > 0 ? logarithm(tail) - goal : -.infinity
    if (excess < 0) == usesLower { low = point } else { high = point }
    let step = excess * tail / (usesLower ? density : -density)
    // Steps converge quadratically: what a step of 1e-9 leaves is below rounding.
    if abs(step) <= 1e-9 * min(1, max(abs(point), 1e-7)) { return point - step }
    let next = point - step
    if next > low && next < high {
      point = next
    } else if next <= low && low == bracket.lowerBound && point != low {
      point = low  // not looked at yet: the solution may lie beyond it
    } else if next >= high && high == bracket.upperBound && point != high {
      point = high
    } else {
      point = low + (high - low) / 2
    }
    if high <= low || (point == low && low != bracket.lowerBound) { break }
  }
  return point
}

/// A continued fraction b₀ + a₁/(b₁ + a₂/(b₂ + …)), taken term by term.
///
/// Source: W. J. Lentz's method as modified by I. Thompson and A. Barnett; W. Press et al.,
/// "Numerical Recipes", 3rd edition, 5.2.
struct ContinuedFraction {
  private(set) var value: Double
  private(set) var hasConverged = false
  private var ratio: Double
  private var inverse = 0.0
  private var terms = 0

  init(first: Double) {
    value = Self.awayFromZero(first)
    ratio = value
  }

  mutating func add(numerator: Double, denominator: Double) {
    inverse = 1 / Self.awayFromZero(denominator + numerator * inverse)
    ratio = Self.awayFromZero(denominator + numerator / ratio)
    let factor = ratio * inverse
    value *= factor
    terms += 1
    hasConverged = abs(factor - 1) < 4e-16 || terms >= 100_000
  }

  private static func awayFromZero(_ number: Double) -> Double {
    abs(number) < 1e-300 ? 1e-300 : number
  }
}
