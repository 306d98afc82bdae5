/// How the sums of groups lie about their expectation.
struct GroupSpread {
  /// The standard error of the mean over all trials.
  let error: Double
  /// Of the groups' sums.
  let distances: DistanceSums
  /// How many groups the mean rests on.
  let support: Int

  init(_ sums: [Double], trialCount: Int, support: Int) {
    var distances = DistanceSums()
    for sum in sums { distances.add(sum) }
    self.distances = distances
    self.support = support
    let groups = Double(sums.count)
    error = (distances.squares * groups / max(1, groups - 1)).squareRoot() / Double(trialCount)
  }
}

extension Estimate {
  /// The estimate of a mean, with the error that groups of trials show where that is the larger one.
  func widened(by groups: GroupSpread?) -> Estimate {
    guard let groups, case .spread(let spread) = knowledge, groups.error > spread.error else {
      return self
    }
    guard groups.support >= reliableTailCount else {
      return .unknown(
        value, sampleCount: sampleCount,
        trialsNeeded: MeanSpread.trialsNeeded(of: sampleCount, support: groups.support))
    }
    let sums = groups.distances
    return Estimate(
      value: value, sampleCount: sampleCount,
      knowledge: .spread(
        MeanSpread(
          error: groups.error, skewness: sums.cubes / (sums.squares * sums.squares.squareRoot()),
          support: min(spread.support, groups.support),
          steadiness: sums.squares * sums.squares / sums.fourths, stretch: spread.stretch)))
  }

  /// The estimate with an error so many times as large.
  func widened(by factor: Double) -> Estimate {
    guard factor > 1, case .spread(let spread) = knowledge else { return self }
    return Estimate(
      value: value, sampleCount: sampleCount,
      knowledge: .spread(
        MeanSpread(
          error: spread.error * factor, skewness: spread.skewness * factor, support: spread.support,
          steadiness: spread.steadiness / (factor * factor), stretch: spread.stretch)))
  }
}
