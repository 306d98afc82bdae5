import CompensationKernel
import FundCore
import Simulation

/// What people call parties, operating models, and what a threshold does.
enum Names {
  /// A party by its id, or what banks lose outside cover.
  static func party(_ id: String) -> LocalizedText {
    id == PartyEstimates.outsideCover
      ? .init(en: "bank, outside cover", zh: "银行，补偿范围之外")
      : names[id] ?? .init(same: id)
  }

  /// What a threshold does.
  static func effect(_ id: String) -> LocalizedText { names[id] ?? .init(same: id) }

  /// A threshold by its id.
  static func threshold(_ id: String) -> LocalizedText { names[id] ?? .init(same: id) }

  /// An operating model by its id.
  static func model(_ id: String) -> LocalizedText {
    OperatingModel(rawValue: id)?.words ?? names[id] ?? .init(same: id)
  }

  private static let names: [String: LocalizedText] = [
    "province": Party.province.words, "fund": Party.fund.words,
    "partner": .init(en: "partner institution", zh: "合作机构"),
    "guarantor": Party.guarantor.words, "insurer": Party.insurer.words, "bank": Party.bank.words,
    "fromLoan": .init(en: "each loan's own", zh: "各笔贷款自定"),
    "warning": .init(en: "warning", zh: "预警"),
    "suspension": .init(en: "suspension", zh: "中止"),
    "suspendNewCustomers": .init(en: "suspension for new customers", zh: "中止发放"),
    "pause": .init(en: "pause of new business", zh: "暂停新业务"),
  ]
}
