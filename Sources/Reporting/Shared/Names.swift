import CompensationKernel
import FundCore
import Planning
import ResultFacts
import Simulation

/// What people call that which files and results name by an id: parties, operating models, thresholds
/// and what they do, settings of a scenario. The only table of such names.
enum Names {
  /// A party by its id, or what banks lose outside cover.
  static func party(_ id: String) -> LocalizedText { parties[id] ?? .init(same: id) }

  /// A party of a programme: one of its own has the name that it gives it.
  static func party(_ party: Party) -> LocalizedText { parties[party.id] ?? party.words }

  /// A party to a fund's losses: one of a programme's own has the name that the programme gives it.
  static func party(_ party: PartyEstimates) -> LocalizedText {
    parties[party.party] ?? party.words
  }

  /// Who bears costs, by name: a party, or the borrowers.
  static func payer(_ name: String) -> LocalizedText {
    name == OutcomeColumn.borrowers ? .init(en: "borrowers", zh: "借款企业") : party(name)
  }

  /// A fund's operating model: one of a programme's own has the name that the programme gives it.
  static func model(of fund: FundDescription) -> LocalizedText {
    fund.operatingModelWords ?? model(fund.operatingModel)
  }

  /// An operating model by its id; `fromLoan` where each loan has its own.
  static func model(_ id: String) -> LocalizedText { models[id] ?? .init(same: id) }

  /// A threshold by its id in the programme's file.
  static func threshold(_ id: String) -> LocalizedText { thresholds[id] ?? .init(same: id) }

  /// What reaching a threshold does.
  static func effect(_ id: String) -> LocalizedText { effects[id] ?? .init(same: id) }

  /// A setting by its path in the scenario file, whichever the fund; the path itself where it has no
  /// name.
  static func setting(_ path: String) -> LocalizedText { Variant.name(ofKey: path) }

  /// A value of a setting in words.
  static func value(_ text: String, of path: String) -> LocalizedText {
    Variant.words(ofValue: text, forKey: path)
  }

  private static let parties: [String: LocalizedText] = [
    "province": Party.province.words, "fund": Party.fund.words,
    "partner": .init(en: "partner institution", zh: "合作机构"),
    "guarantor": Party.guarantor.words, "insurer": Party.insurer.words, "bank": Party.bank.words,
    PartyEstimates.outsideCover: .init(en: "bank, outside cover", zh: "银行，补偿范围之外"),
  ]

  private static let models: [String: LocalizedText] = [
    "bank": OperatingModel.bank.words, "guarantor": OperatingModel.guarantor.words,
    "insurer": OperatingModel.insurer.words,
    "fromLoan": .init(en: "each loan's own", zh: "各笔贷款自定"),
  ]

  private static let thresholds: [String: LocalizedText] = [
    "warning": .init(en: "warning", zh: "预警"),
    "suspension": .init(en: "suspension", zh: "中止发放"),
    "pause": .init(en: "pause", zh: "暂停新业务"),
  ]

  private static let effects: [String: LocalizedText] = [
    "warning": .init(en: "warning", zh: "预警"),
    "suspendNewCustomers": .init(en: "suspension for new customers", zh: "中止发放"),
    "pause": .init(en: "pause of new business", zh: "暂停新业务"),
  ]
}
