public import CompensationKernel
import FundCore
import PolicyLibrary

// What banks do that are suspended or paused: the fund's own word goes before the programme's (I-46).
extension FundAgreement {
  /// The thresholds as they are in force, in the order of the programme file.
  public var thresholds: [ThresholdTerms] {
    terms.thresholds.map {
      var threshold = $0.value
      if threshold.effect != .warning, let afterSuspension {
        threshold.afterSuspension = afterSuspension
      }
      return threshold
    }
  }

  /// What banks do that are suspended or paused; `nil` where the programme suspends and pauses none. Where
  /// its thresholds differ, what stops more.
  public var lendingAfterSuspension: LendingAfterSuspension? {
    let chosen = thresholds.filter { $0.effect != .warning }.map(\.afterSuspension)
    return LendingAfterSuspension.allCases.last { chosen.contains($0) }
  }
}
