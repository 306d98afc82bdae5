/// Mean and variance of whole numbers from exact sums.
struct ExactMoments {
  let count: Int
  let mean: Double

  /// The sum of squared distances from the mean.
  let squaredDeviations: Double

  /// Computes the moments of numbers in ascending order; where all are the same, at once.
  ///
  /// - Precondition: At least one number; none further than 4·10¹⁵ from the mean, in which case
  ///   ten million squares stay within 128 bits.
  init(sorted numbers: [Int64]) {
    precondition(!numbers.isEmpty, "an empty sample has no mean")
    count = numbers.count
    guard numbers[0] < numbers[count - 1] else {
      mean = Double(numbers[0])
      squaredDeviations = 0
      return
    }
    var sum: Int128 = 0
    for number in numbers { sum &+= Int128(number) }
    let (floor, rest) = sum.quotientAndRemainder(dividingBy: Int128(count))
    // Distances are taken from a whole number near the mean; what that shifts is known exactly.
    let middle = Int64(floor)
    var squares: UInt128 = 0
    for number in numbers {
      let distance = UInt128((number &- middle).magnitude)
      squares &+= distance &* distance
    }
    let offset = Double(rest)
    mean = Double(floor) + offset / Double(count)
    squaredDeviations = Double(squares) - offset * offset / Double(count)
  }

  /// The mean squared distance from the mean.
  var variance: Double { squaredDeviations / Double(count) }

  /// The square root of the unbiased estimate of the variance; infinite for a single number.
  var standardDeviation: Double {
    count > 1 ? (max(0, squaredDeviations) / Double(count - 1)).squareRoot() : .infinity
  }
}
