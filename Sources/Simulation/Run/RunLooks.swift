/// When a run is looked at, and whether it is enough then.
///
/// A run that ends at a look is, to the bit, the run of as many trials.
public struct RunLooks<Result>: Sendable {
  /// After how many trials, ascending.
  let counts: [Int]
  /// Whether the trials so far are enough.
  let isEnough: @Sendable (Result) -> Bool

  /// Creates looks.
  ///
  /// - Parameters:
  ///   - counts: After how many trials, ascending.
  ///   - isEnough: Whether the trials so far are enough.
  public init(after counts: [Int], isEnough: @escaping @Sendable (Result) -> Bool) {
    self.counts = counts
    self.isEnough = isEnough
  }
}

/// The looks that are still to come.
struct ComingLooks<Result> {
  private let looks: RunLooks<Result>?
  private var counts: ArraySlice<Int>
  /// Whether a look has found the trials enough.
  private(set) var haveEnded = false

  init(_ looks: RunLooks<Result>?) {
    self.looks = looks
    counts = (looks?.counts ?? [])[...]
  }

  /// Looks, as often as so many trials allow.
  ///
  /// - Parameters:
  ///   - done: How many trials are done.
  ///   - result: What the first ones came to.
  mutating func areEnough(_ done: Int, _ result: (_ trials: Int) -> Result) -> Bool {
    while let next = counts.first, next <= done, !haveEnded {
      counts.removeFirst()
      haveEnded = looks?.isEnough(result(next)) ?? false
    }
    return haveEnded
  }

  /// How many trials there are until the next look.
  func room(after done: Int) -> Int { counts.first.map { $0 - done } ?? .max }
}
