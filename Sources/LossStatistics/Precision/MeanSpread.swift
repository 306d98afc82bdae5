/// How far a mean lies from the truth: its error, and how lopsided that is.
///
/// A mean of few, or of very unequal amounts is not normal: ± 1.96 standard errors of ten events
/// that are not alike hold the truth in some 85 % of samples. Hall's transformation takes the
/// skewness out, and Student's distribution, with as many degrees of freedom as trials bear on the
/// mean, the uncertainty of the error. Measured coverages stand in Validation.
///
/// Source: P. Hall, "On the removal of skewness by transformation", Journal of the Royal Statistical
/// Society B 54(1), 1992, pp. 221–228.
struct MeanSpread: Hashable, Sendable {
  /// The standard error.
  var error: Double
  /// The skewness of the mean: Σd³ ÷ (Σd²)^1.5 over the distances from it.
  let skewness: Double
  /// How many trials differ from the most frequent value: those that the mean rests on.
  let support: Int
  /// How many trials the variance rests on: (Σd²)² ÷ Σd⁴.
  let steadiness: Double
  /// By how much more than Student's distribution the interval has to reach.
  var stretch = 1.0

  /// As many events, all alike, would leave as much doubt: by the skewness of the mean, and where gains
  /// and losses cancel that, by the steadiness of the variance, of which a normal amount has a third of
  /// its trials.
  var effectiveCount: Double {
    min(1e18, 1 / (skewness * skewness), Double(support), 1.25 * steadiness)
  }

  /// Whether ± 1.96 standard errors will do.
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 2.15: n above 25 times
  /// the squared skewness, so that a 95 % interval fails in at most 6 % of samples.
  var isNearlyNormal: Bool { effectiveCount >= Self.cochransCount }

  private static let cochransCount = 25.0
  /// So many are expected where Cochran's number is to come with 95 %.
  private static let wantedCount = 35.0

  private var reach: Double { stretch * studentPoint95(degrees: support - 1) }

  func interval95(around value: Double) -> Interval {
    let point = reach
    return Interval(
      low: value - error * untransformed(point), high: value - error * untransformed(-point))
  }

  /// Hall's transformation of a distance in standard errors, on the scale of the normal
  /// distribution.
  func distance(_ errors: Double) -> Double {
    let bent = skewness * errors
    let straight = errors + bent * errors / 3 + bent * bent * errors / 27 + skewness / 6
    return straight * normalPoint95 / reach
  }

  /// Its inverse, in closed form.
  private func untransformed(_ straight: Double) -> Double {
    guard abs(skewness) > 1e-9 else { return straight }
    return 3 / skewness * (cubeRoot(1 + skewness * (straight - skewness / 6)) - 1)
  }

  func divided(by divisor: Double) -> MeanSpread {
    MeanSpread(
      error: error / abs(divisor), skewness: divisor < 0 ? -skewness : skewness, support: support,
      steadiness: steadiness, stretch: stretch)
  }

  /// How many trials would make the mean nearly normal.
  func trialsNeeded(of count: Int) -> Int {
    roundedCount(Double(count) * Self.wantedCount / effectiveCount)
  }

  /// The same of a mean that too few trials bear on. Where none does, as many are taken to be
  /// expected as leave an even chance of none: ln 2.
  static func trialsNeeded(of count: Int, support: Int) -> Int {
    let expected = support == 0 ? 0.6931471805599453 : Double(support)
    return roundedCount(Double(count) * wantedCount / expected)
  }
}

/// The 97.5 % point of Student's distribution, for nine degrees of freedom and more, to 0.0002.
///
/// Source: M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 1964, 26.7.5.
func studentPoint95(degrees: Int) -> Double {
  let z = normalPoint95
  let square = z * z
  let inverse = 1 / Double(degrees)
  let first = (square + 1) / 4
  let second = ((5 * square + 16) * square + 3) / 96
  let third = (((3 * square + 19) * square + 17) * square - 15) / 384
  return z * (1 + inverse * (first + inverse * (second + inverse * third)))
}

/// ∛x by Newton's iteration, from a power of two near it.
func cubeRoot(_ number: Double) -> Double {
  guard number != 0, number.isFinite else { return number }
  let size = abs(number)
  var root = Double(sign: .plus, exponent: Int(size.exponent) / 3, significand: 1)
  // Each step doubles the digits; the start is off by a factor of less than 2.2.
  for _ in 0..<8 { root -= (root - size / (root * root)) / 3 }
  return number < 0 ? -root : root
}
