/// The headline of a run by the best estimate of its parameters alone, as if that were the truth: beside the
/// predictive one it says what the want of knowledge comes to.
public struct HeadlineEstimate: Sendable, Hashable, Codable {
  /// On how many trials it rests: as many of the run's first ones, all under the same parameters.
  public let trials: Int
  /// In how many of them each fund is exhausted, in the order of the scenario.
  public let exhausted: [Int]
  /// The asset correlation of the best estimate, if the draws say something of it.
  public let assetCorrelation: Double?

  /// Creates a record.
  public init(trials: Int, exhausted: [Int], assetCorrelation: Double?) {
    self.trials = trials
    self.exhausted = exhausted
    self.assetCorrelation = assetCorrelation
  }

  /// Whether it can be one of so many funds.
  public func isSound(fundCount: Int) -> Bool {
    trials > 0 && exhausted.count == fundCount
      && exhausted.allSatisfy { (0...trials).contains($0) }
      && (0..<1).contains(assetCorrelation ?? 0)
  }
}
