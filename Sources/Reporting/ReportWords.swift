import FundCore

/// Every word that a report for people uses. A further language is a further table.
public struct ReportWords: Sendable {
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
    case interest, closing, mean, standardDeviation, expectedShortfall
    case capital, capitalHeads, thresholds, thresholdLine, bank, anyBank
    case ratioHead, otherBanks, otherReadings, readingInUse, parties, partyHeads, outsideCover
    case checks, checkMoney, checkDivision, checkCapital, checkDefaults, holds, fails, ofFund
    case defaultsText, defaultsExact, defaultsNoClosedForm, claimsLate, recoveriesLate, lateText
    case provenance, version, scenario, digest, seed, trials, trialsText, programmes, checkedOn
    case signs, plusMinus, plusMinusText, brackets, bracketsText, percentages, percentagesText
    case beyond, beyondText, balances, balancesText, unreliable, unreliableText
    case interval, to, decimalPercent
  }

  /// The language.
  let language: Language
  /// The texts.
  let texts: [Key: String]
  /// Names of parties, operating models and effects, by what the files call them.
  let names: [String: String]
  /// Units of money from the smallest to the largest: how many yuan, and the name.
  let units: [(yuan: Double, name: String)]

  /// The text of a key.
  subscript(key: Key) -> String { texts[key] ?? key.rawValue }

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

  /// What people call a party, model or effect; its own name if the table does not know it.
  func name(of word: String) -> String { names[word] ?? word }
}
