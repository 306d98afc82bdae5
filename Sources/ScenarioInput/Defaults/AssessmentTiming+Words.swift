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

extension AssessmentTiming {
  /// When a loan can default, in words.
  public var words: LocalizedText {
    switch self {
    case .monthly: .init(en: "monthly", zh: "每月")
    case .maturity: .init(en: "maturity", zh: "到期时")
    }
  }
}
