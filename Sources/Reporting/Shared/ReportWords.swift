import CompensationKernel
import FundCore
import ResultFacts
import Simulation

/// Every word that a report of a run uses, in every language.
struct ReportWords: Sendable {
  /// What a text is for. Places for figures are written as `{name}` in the text.
  enum Key: String, CaseIterable {
    case title, overrides, overrideLine, overrideLineWithOriginal, readings, readingLine
    case assumptions, warnings, stopped
    case portfolio, portfolioSource, portfolioLoans, portfolioLoansText, setAside, setAsideLine
    case model, leftOut, leftOutHeads, coveredRow, comparison, comparisonHeads
    case differences, differenceHeads, programme, operatingModel, initial, shares, shareText
    case claimDelay, claimDelayText, months, survival, survivalHeads, yearEnd
    case exhaustion, exhaustionText, lasts, lastsText, meanIfExhausted, meanIfExhaustedText
    case lastsQuantile, lastsQuantileText
    case payouts, cashFlows, compensation, unpaid, recovered, neededCapital, defaults, fees
    case interest, closing, lowest, kept, lowestMean, mean, standardDeviation, expectedShortfall
    case capital, capitalHeads, thresholds, thresholdLine, bank, anyBank
    case ratioHead, otherBanks, otherReadings, readingInUse, parties, partyHeads, outsideCover
    case checks, checkMoney, checkDivision, checkCapital, checkDefaults, holds, fails, ofFund
    case defaultsText, defaultsExact, defaultsNotComputed, checkMonths, monthsHold, monthsFail
    case monthsNotComputed, monthsOf, claimsLate, recoveriesLate, lateText
    case provenance, version, scenario, digest, seed, trials, trialsText, programmes, checkedOn
    case programmeNamed, itsText
    case signs, plusMinus, plusMinusText, brackets, bracketsText, percentages, percentagesText
    case beyond, beyondText, below, belowText, balances, balancesText, exactly, exactlyText
    case unreliable, unreliableText, toFigure
    case interval, to, decimalPercent
  }

  /// The language in which they are read.
  let language: Language

  /// The words in a language.
  init(_ language: Language) { self.language = language }

  /// The words in English.
  static let english = ReportWords(.english)

  /// The texts; every key has one, as a test holds.
  static let texts = openingTexts.merging(fundTexts) { $1 }.merging(closingTexts) { $1 }

  /// Units of money from the smallest to the largest: how many yuan, and the name.
  var units: [(yuan: Double, name: String)] {
    switch language {
    case .english:
      [(1, "yuan"), (1e3, "thousand yuan"), (1e6, "million yuan"), (1e9, "billion yuan")]
    case .chinese: [(1, "元"), (1e4, "万元"), (1e8, "亿元")]
    }
  }

  /// The text of a key.
  subscript(key: Key) -> String { Self.texts[key]?[language] ?? key.rawValue }

  /// Items of a list in a sentence.
  func list(_ items: [String]) -> String {
    items.joined(separator: language == .english ? ", " : "；")
  }

  /// The text of a key with its figures in their places.
  func callAsFunction(_ key: Key, _ figures: [String: String]) -> String {
    var text = ""
    var rest = self[key][...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      text += figures[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// The heads of a table, written with `|` between them; `/` breaks a head.
  func heads(_ key: Key, _ figures: [String: String] = [:]) -> [String] {
    self(key, figures).split(separator: "|", omittingEmptySubsequences: false).map {
      $0.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\n")
    }
  }

  /// What people call a party, operating model or effect; its own name if it is none of them.
  func name(of word: String) -> String { Self.names[word]?[language] ?? word }

  private static let names: [String: LocalizedText] = [
    "province": Party.province.words, "fund": Party.fund.words,
    "partner": .init(en: "partner institution", zh: "合作机构"),
    "guarantor": Party.guarantor.words, "insurer": Party.insurer.words, "bank": Party.bank.words,
    "fromLoan": .init(en: "each loan's own", zh: "各笔贷款自定"),
    "warning": .init(en: "warning", zh: "预警"),
    "suspendNewCustomers": .init(en: "suspension for new customers", zh: "中止发放"),
    "pause": .init(en: "pause of new business", zh: "暂停新业务"),
  ]

  /// What people call a party.
  func name(of party: PartyEstimates) -> String {
    Self.names[party.party]?[language] ?? party.words[language]
  }

  /// What people call a fund's operating model.
  func name(ofModelOf fund: FundDescription) -> String {
    let shared = OperatingModel.shared.first { $0.id == fund.operatingModel }?.words
    return (fund.operatingModelWords ?? shared)?[language] ?? name(of: fund.operatingModel)
  }
}
