/// What lay outside cover, by reason, before recoveries. Sums alone are recorded: means without an error of
/// their own, beside the banks' loss outside cover after recoveries, which has one.
public struct OutsideEstimates: Sendable, Hashable {
  /// One reason.
  public struct Part: Sendable, Hashable {
    /// The reason.
    public let reason: OutsideReason
    /// The mean loss a trial, in yuan.
    public let amount: Double
    /// The mean number of loans a trial.
    public let loans: Double
  }

  /// The mean of all losses a trial, covered or not, in yuan.
  public let losses: Double
  /// Every reason, also those that never applied.
  public let parts: [Part]

  /// The part of all losses that lay outside cover; `nil` without any loss.
  public var share: Double? {
    losses > 0 ? parts.reduce(0) { $0 + $1.amount } / losses : nil
  }

  init(_ tally: FundTally, trialCount: Int) {
    let divisor = Double(max(1, trialCount))
    losses = Double(tally.losses) / (100 * divisor)
    let count = OutsideReason.allCases.count
    parts = OutsideReason.allCases.map { reason in
      Part(
        reason: reason, amount: Double(tally.outside[reason.rawValue]) / (100 * divisor),
        loans: Double(tally.outside[count + reason.rawValue]) / divisor)
    }
  }
}
