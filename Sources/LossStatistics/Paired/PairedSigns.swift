/// In how many pairs the first value is the larger one, and in how many the smaller.
public struct PairedSigns: Sendable, Hashable {
  /// In how many trials the first value is the larger one.
  public let larger: Int

  /// In how many trials the first value is the smaller one.
  public let smaller: Int

  /// The number of trials.
  public let count: Int

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: One value a trial, in trial order.
  ///   - second: The same trials in the same order.
  /// - Precondition: As many values in both.
  public init(_ first: [Int64], _ second: [Int64]) {
    precondition(first.count == second.count, "a pair has two members")
    larger = zip(first, second).count { $0 > $1 }
    smaller = zip(first, second).count { $0 < $1 }
    count = first.count
  }

  /// Counts the differences of two samples.
  public init(_ differences: LossSample) {
    let below = differences.count(atMost: -1)
    larger = differences.count - differences.count(atMost: 0)
    smaller = below
    count = differences.count
  }

  /// Whether both values are the same in every trial.
  public var isIdentical: Bool { larger == 0 && smaller == 0 }
}
