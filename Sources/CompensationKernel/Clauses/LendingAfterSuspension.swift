public import FundCore

/// What a bank does while it is suspended or paused (I-46).
public enum LendingAfterSuspension: String, CaseIterable, Sendable {
  /// It lends on, at its own risk (I-17).
  case lendsOn
  /// It makes no loans to enterprises that were no customers before the notice.
  case newCustomersStop
  /// It makes no loans at all.
  case stops
}

extension LendingAfterSuspension: SpokenChoice {
  /// The words of planners.
  public var otherWords: [String] {
    switch self {
    case .lendsOn: ["照常放贷", "继续放贷"]
    case .newCustomersStop: ["停止新增客户", "不向新增客户放贷"]
    case .stops: ["停止放贷", "不放贷"]
    }
  }

  /// What the bank does, in words.
  public var words: LocalizedText {
    switch self {
    case .lendsOn: .init(en: "goes on, at the bank's own risk", zh: "照常放贷，风险自担")
    case .newCustomersStop: .init(en: "stops for new customers", zh: "停止向新增客户放贷")
    case .stops: .init(en: "stops", zh: "停止放贷")
    }
  }
}

extension CustomerRule {
  /// Who is a customer where a threshold does not say so: an enterprise with any loan of the bank from before
  /// the notice.
  public static let ofBank = CustomerRule(
    earlierLoan: .any, lender: .sameBank, noticeLagMonths: 0)
}
