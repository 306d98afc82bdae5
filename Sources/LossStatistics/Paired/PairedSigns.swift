/// In how many pairs the first value is the larger one, and in how many the smaller.
public struct PairedSigns: Sendable, Hashable {
  /// In how many trials the first value is the larger one.
  public let larger: Int

  /// In how many trials the first value is the smaller one.
  public let smaller: Int

  /// The number of trials.
  public let count: Int

  /// How many times as far the difference varies as that of independent trials would; 1 without groups.
  let designEffect: Double

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: One value a trial, in trial order.
  ///   - second: The same trials in the same order.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  /// - Precondition: As many values in both.
  public init(_ first: [Int64], _ second: [Int64], groups: TrialGroups? = nil) {
    precondition(first.count == second.count, "a pair has two members")
    let signs = groups.flatMap { groups in
      GroupedValues(zip(first, second).map { ($0 > $1 ? 1 : 0) - ($0 < $1 ? 1 : 0) }, groups)
    }
    designEffect = signs?.designEffect ?? 1
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
    designEffect = differences.grouped?.mapped { $0.signum() }.designEffect ?? 1
  }

  /// The signs of as many independent pairs as would tell as much.
  public var independent: PairedSigns {
    func reduced(_ number: Int) -> Int { Int((Double(number) / designEffect).rounded()) }
    return PairedSigns(
      larger: reduced(larger), smaller: reduced(smaller), count: max(1, reduced(count)))
  }

  private init(larger: Int, smaller: Int, count: Int) {
    (self.larger, self.smaller, self.count) = (larger, smaller, max(count, larger + smaller))
    designEffect = 1
  }

  /// Whether both values are the same in every trial.
  public var isIdentical: Bool { larger == 0 && smaller == 0 }
}
