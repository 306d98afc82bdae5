/// Sums of squares, cubes and fourth powers of distances from a mean, taken in a fixed order.
struct DistanceSums {
  private(set) var count: Int
  private(set) var squares: Double
  private(set) var cubes: Double
  private(set) var fourths: Double

  init(count: Int = 0, squares: Double = 0, cubes: Double = 0, fourths: Double = 0) {
    self.count = count
    self.squares = squares
    self.cubes = cubes
    self.fourths = fourths
  }

  mutating func add(_ distance: Double, count times: Int = 1) {
    let square = distance * distance
    count += times
    squares += square * Double(times)
    cubes += square * distance * Double(times)
    fourths += square * square * Double(times)
  }

  /// The estimate of the mean.
  ///
  /// - Parameters:
  ///   - value: The mean that the distances were taken from.
  ///   - support: How many trials differ from the most frequent value.
  ///   - stretch: By how much more than for a mean the interval has to reach.
  func mean(_ value: Double, support: Int, stretch: Double = 1) -> Estimate {
    guard support >= reliableTailCount, squares > 0 else {
      return .unknown(
        value, sampleCount: count,
        trialsNeeded: MeanSpread.trialsNeeded(of: count, support: support))
    }
    let error = (squares / Double(count - 1) / Double(count)).squareRoot()
    return Estimate(
      value: value, sampleCount: count,
      knowledge: .spread(
        MeanSpread(
          error: error, skewness: cubes / (squares * squares.squareRoot()), support: support,
          steadiness: squares * squares / fourths, stretch: stretch)))
  }
}

/// The mean of numbers that are mostly zero.
///
/// - Parameters:
///   - numbers: The numbers, in trial order.
///   - groups: Which trials share what is not known; `nil` where all are independent.
/// - Precondition: At least one.
func meanEstimate(_ numbers: [Double], groups: TrialGroups? = nil) -> Estimate {
  let mean = numbers.reduce(0, +) / Double(numbers.count)
  var sums = DistanceSums()
  for number in numbers { sums.add(number - mean) }
  let estimate = sums.mean(mean, support: numbers.count { $0 != 0 })
  guard let groups, groups.matter(among: numbers.count) else { return estimate }
  var distances = [Double](repeating: 0, count: groups.count)
  var bearing = [Bool](repeating: false, count: groups.count)
  for (row, number) in numbers.enumerated() {
    distances[groups.group(ofRow: row)] += number - mean
    if number != 0 { bearing[groups.group(ofRow: row)] = true }
  }
  return estimate.widened(
    by: GroupSpread(distances, trialCount: numbers.count, support: bearing.count { $0 }))
}
