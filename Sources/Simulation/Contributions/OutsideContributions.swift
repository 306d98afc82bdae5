import LossStatistics

/// What lay outside cover in the first trials of a run, told closely, and what credit thresholds cost.
public struct OutsideContributions: Sendable, Hashable, Codable {
  /// What lay outside for one reason and cause.
  public struct Part: Sendable, Hashable, Codable {
    /// The reason, by its name.
    public let reason: String
    /// The closer cause.
    public let cause: OutsideCause
    /// The mean loss a trial, before recoveries, in yuan.
    public let amount: ContributionValue
    /// The mean number of loans a trial.
    public let loans: ContributionValue
  }

  /// Loans that are covered but for a suspension or pause, whether they default or not.
  public struct LostCover: Sendable, Hashable, Codable {
    /// Their mean number a trial.
    public let loans: ContributionValue
    /// The mean number of their enterprises.
    public let firms: ContributionValue
    /// Their mean covered principal, in yuan.
    public let credit: ContributionValue
  }

  /// On how many trials it rests.
  public let trialCount: Int
  /// Every reason and cause that applied.
  public let parts: [Part]
  /// What thresholds cost; `nil` where no loan lost its cover.
  public let lostCover: LostCover?

  init(_ trials: [OutsideSplit], draws: TrialGroups?) {
    trialCount = trials.count
    func mean(_ unit: Double, _ value: (OutsideSplit) -> Int64) -> ContributionValue {
      let estimate = LossSample(trials.map(value), groups: draws).mean
      return ContributionValue(
        estimate.value / unit, standardError: estimate.standardError.map { $0 / unit },
        trialsNeeded: estimate.trialsNeeded)
    }
    var parts: [Part] = []
    for reason in OutsideReason.allCases {
      for cause in OutsideCause.allCases {
        let key = OutsideSplit.Key(reason: reason, cause: cause)
        guard trials.contains(where: { $0.amounts[key, default: 0] != 0 }) else { continue }
        parts.append(
          Part(
            reason: reason.name, cause: cause, amount: mean(100) { $0.amounts[key, default: 0] },
            loans: mean(1) { $0.loans[key, default: 0] }))
      }
    }
    self.parts = parts
    lostCover =
      trials.contains { $0.lostLoans > 0 }
      ? LostCover(
        loans: mean(1, \.lostLoans), firms: mean(1, \.lostFirms), credit: mean(100, \.lostCredit))
      : nil
  }
}
