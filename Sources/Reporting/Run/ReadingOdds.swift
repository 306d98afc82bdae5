public import FundCore
public import LossStatistics
public import Simulation

/// What a fund's thresholds would be under another reading, on the same draws: the odds that stand
/// beside those of the reading in use (I-16).
public struct ReadingOdds: Sendable {
  /// A reading: of which interpretation, its name, and what it says.
  public struct Reading: Sendable {
    let interpretation: String
    let name: String
    let text: LocalizedText

    /// Names a reading.
    public init(interpretation: String, name: String, text: LocalizedText) {
      self.interpretation = interpretation
      self.name = name
      self.text = text
    }
  }

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
  ///   - reading: The reading.
  ///   - sums: What happened to the fund under it.
  ///   - frame: The fund under it.
  ///   - trialCount: The number of trials, at least one.
  public init(
    reading: Reading, sums: FundSums, of frame: FundFrame, trialCount: Int
  ) {
    (interpretation, name, text) = (reading.interpretation, reading.name, reading.text)
    anyBank = frame.thresholds.indices.map { threshold in
      let counts = sums.cumulatedBreaches(threshold: threshold, slot: nil)
      return Proportion(
        successes: counts.last ?? 0, of: trialCount, isCertain: frame.certainty.hasNoDefaults,
        effectiveTrials: sums.effectiveTrials(threshold: threshold, slot: nil, of: trialCount))
    }
  }
}
