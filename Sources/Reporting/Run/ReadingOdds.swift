public import FundCore
public import LossStatistics
public import Simulation

/// What a fund's thresholds would be under another reading, on the same draws: the odds that stand
/// beside those of the reading in use (I-16).
public struct ReadingOdds: Sendable {
  /// The interpretation: `I-16`.
  public let interpretation: String
  /// The name by which a scenario chooses the reading.
  public let name: String
  /// What it says.
  public let text: LocalizedText
  /// How often any bank ever reaches each threshold, in the order of the fund's thresholds.
  public let anyBank: [Proportion]

  /// Takes the odds from the fund that was run under the other reading.
  ///
  /// - Parameters:
  ///   - reading: Interpretation, name and text of the reading.
  ///   - sums: What happened to the fund under it.
  ///   - frame: The fund under it.
  ///   - trialCount: The number of trials, at least one.
  public init(
    reading: (interpretation: String, name: String, text: LocalizedText), sums: FundSums,
    of frame: FundFrame, trialCount: Int
  ) {
    (interpretation, name, text) = reading
    anyBank = frame.thresholds.indices.map { threshold in
      let counts = sums.cumulatedBreaches(threshold: threshold, slot: nil)
      return Proportion(
        successes: counts.last ?? 0, of: trialCount, isCertain: frame.certainty.hasNoDefaults)
    }
  }
}
