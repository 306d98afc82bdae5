import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ResultFacts

// What a scenario says beside the text, or instead of it.
extension FundInWords {
  /// How the fund is filled up, and which account; nothing where it is not.
  var fillUp: [LabelledText] {
    guard let rule = fund.fillUp else { return [] }
    var words = LocalizedText(
      en: "to \(rule.amount) \(rule.time.words)", zh: "\(rule.time.words)补足至\(rule.amount)")
    if let limit = rule.atMostAYear {
      words = .init(en: "\(words), at most \(limit) a year", zh: "\(words)，每年不超过\(limit)")
    }
    if let limit = rule.inAll {
      words = .init(en: "\(words), at most \(limit) in all", zh: "\(words)，累计不超过\(limit)")
    }
    if let account = filledAccounts {
      words = .init(en: "\(words); \(account)", zh: "\(words)；\(account)")
    }
    let source =
      fund.fillUpSource.map {
        LocalizedText(en: " (\($0))", zh: "（\($0)）")
      } ?? .empty
    return [
      LabelledText(
        .init(en: "filled up", zh: "补足资金"),
        .init(en: "\(words)\(source)", zh: "\(words)\(source)"))
    ]
  }

  /// Which account of several is filled up.
  private var filledAccounts: LocalizedText? {
    if case .socialFirst = fund.accounts {
      return .init(
        en: "the social and the fiscal account each to its half, within its half of the limits",
        zh: "社会资本账户与财政资金账户各自补足至一半，限额亦各半")
    }
    guard !fund.partition.isEmpty else { return nil }
    return .init(
      en: "each bank's account to its own part, within its part of the limits",
      zh: "各银行专户各自补足至其份额，限额亦按份额")
  }

  /// What banks do that are suspended or paused (I-46); nothing where they lend on and nobody said so.
  var lending: [LabelledText] {
    guard let lending = fund.lendingAfterSuspension,
      lending != .lendsOn || fund.afterSuspension != nil
    else { return [] }
    return [
      LabelledText(
        .init(en: "lending of suspended or paused banks", zh: "被中止（暂停）银行的放款"),
        lending.words)
    ]
  }
}
