import FundCore

/// What a fen of each month is worth in month 0, in fixed point: sums of whole fen are exact then, and their bits do not
/// depend on any order.
struct DiscountFactors: Sendable {
  /// How many binary digits stand behind the point.
  static let fraction = 62

  /// The factor of each month, times 2⁶², shape `[months]`.
  let factors: [Int64]

  /// The factors (1 + rate)^(−t/12) of some months from 0, to about 15 digits.
  ///
  /// - Precondition: The rate is not negative.
  init(annualRate: Ratio, months: Int) {
    precondition(annualRate >= .zero, "money to come is worth no more than money now")
    let year = 1 / (1 + annualRate.value)
    let month = Self.twelfthRoot(year)
    factors = (0..<months).map { index in
      let factor = Self.power(year, index / 12) * Self.power(month, index % 12)
      return Int64((factor * 0x1p62).rounded())
    }
  }

  /// An amount of fen that was multiplied by factors and summed, half up to the fen.
  static func present(_ sum: Int128) -> Int64 {
    Int64(clamping: (sum + 1 << 61) >> 62)
  }

  // Written out, because powers of the C library differ in the last bit from one version to the next.

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var product = 1.0
    for _ in 0..<exponent { product *= base }
    return product
  }

  /// By Newton's iteration, from above: each step comes nearer until nothing is left to gain.
  private static func twelfthRoot(_ number: Double) -> Double {
    var root = 1.0
    while true {
      let slope = power(root, 11)
      let next = root - (slope * root - number) / (12 * slope)
      guard next < root else { return root }
      root = next
    }
  }
}
