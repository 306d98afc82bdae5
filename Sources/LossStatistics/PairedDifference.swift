/// How two samples differ whose members belong together, trial by trial.
///
/// What both members of a pair share cancels, so the difference is known better than either mean.
public struct PairedDifference: Sendable, Hashable {
  /// The mean of first minus second.
  public let mean: Estimate

  /// The standard deviation of a single difference, by n − 1; infinite for a single pair.
  public let standardDeviation: Double

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: One value a trial, in trial order.
  ///   - second: The same trials in the same order. A sorted sample has lost it.
  /// - Precondition: As many values in both, at least one.
  public init(_ first: [Int64], minus second: [Int64]) {
    self.init(MomentSums(first, minus: second))
  }

  /// The comparison behind exact sums of differences.
  ///
  /// - Precondition: At least one difference.
  public init(_ differences: MomentSums) {
    mean = differences.mean
    standardDeviation = differences.standardDeviation
  }
}

extension MomentSums {
  /// The sums of the differences of two samples, trial by trial.
  ///
  /// - Precondition: As many values in both.
  public init(_ first: [Int64], minus second: [Int64]) {
    precondition(first.count == second.count, "a pair has two members")
    self.init()
    for (one, other) in zip(first, second) { add(Int128(one) - Int128(other)) }
  }
}
