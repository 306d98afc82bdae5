public import FundCore
public import Simulation

extension AssessmentTiming: SpokenChoice {
  /// The words of a scenario in Chinese.
  public var otherWords: [String] {
    switch self {
    case .monthly: ["每月", "按月", "逐月"]
    case .maturity: ["到期", "到期时"]
    }
  }
}
