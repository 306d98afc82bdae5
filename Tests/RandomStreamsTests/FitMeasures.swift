/// Measures of how well draws fit a distribution, with limits that a right program exceeds in one
/// seed out of a million. Seeds are fixed, so a test that passes keeps passing.
enum Fit {
  /// The largest distance between the distribution of a sample and the uniform one.
  static func kolmogorovDistance(_ sample: [Double]) -> Double {
    let count = Double(sample.count)
    return sample.sorted().enumerated().reduce(0) { largest, entry in
      let (index, value) = entry
      return max(largest, value - Double(index) / count, Double(index + 1) / count - value)
    }
  }

  /// The distance that a sample of this size exceeds with probability 1e-6.
  ///
  /// Kolmogorov's limit law: P(√n D > x) ≈ 2 exp(−2x²), and 2 exp(−2 · 2.6934²) = 1e-6.
  static func kolmogorovLimit(_ count: Int) -> Double {
    2.6934 / Double(count).squareRoot()
  }

  /// Σ (observed − expected)² / expected for equally likely cells.
  static func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
  }

  /// The value that a chi-square variable of so many degrees exceeds with probability 1e-6.
  ///
  /// Source: E. B. Wilson, M. M. Hilferty, "The distribution of chi-square", PNAS 17, 1931; the
  /// normal variable exceeds 4.7534 that rarely.
  static func chiSquareLimit(degrees: Int) -> Double {
    let share = 2 / (9 * Double(degrees))
    let root = 1 - share + 4.7534 * share.squareRoot()
    return Double(degrees) * root * root * root
  }

  /// The deviation, in standard deviations to either side, of probability 1e-6.
  static let normalLimit = 4.8917
}

/// The relative difference, or the absolute one where the expected value is 0.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  expected == 0 ? abs(value) : abs(value / expected - 1)
}
