/// Mean and variance of whole numbers from exact sums, hence the same in whatever order the
/// numbers come.
struct ExactMoments {
  let count: Int
  let mean: Double

  /// The sum of squared distances from the mean.
  let squaredDeviations: Double

  /// Computes the moments.
  ///
  /// - Precondition: At least one number; none further than 4·10¹⁵ from the mean, in which case
  ///   ten million squares stay within 128 bits.
  init(_ numbers: [Int64]) {
    precondition(!numbers.isEmpty, "an empty sample has no mean")
    count = numbers.count
    var sum: Int128 = 0
    for number in numbers { sum += Int128(number) }
    let (floor, rest) = sum.quotientAndRemainder(dividingBy: Int128(count))
    // Distances are taken from a whole number near the mean; what that shifts is known exactly.
    var squares: Int128 = 0
    for number in numbers {
      let distance = Int128(number) - floor
      squares += distance * distance
    }
    let offset = Double(rest)
    mean = Double(floor) + offset / Double(count)
    squaredDeviations = Double(squares) - offset * offset / Double(count)
  }

  private init(count: Int, mean: Double, squaredDeviations: Double) {
    self.count = count
    self.mean = mean
    self.squaredDeviations = squaredDeviations
  }

  /// The moments of the negated numbers, to the last bit: whole numbers are divided towards zero.
  var mirrored: ExactMoments {
    ExactMoments(count: count, mean: -mean, squaredDeviations: squaredDeviations)
  }

  /// The square root of the unbiased estimate of the variance; infinite for a single number.
  var standardDeviation: Double {
    count > 1 ? (max(0, squaredDeviations) / Double(count - 1)).squareRoot() : .infinity
  }
}
