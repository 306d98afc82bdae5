import DocumentReading
import FundCore

/// An option of the command line that stands in place of a key of a claim file.
public enum ClaimOption: String, CaseIterable, Sendable {
  case programme
  case model
  case fund
  case fundStart = "fund-start"
  case claimDelay = "claim-delay"
  case interestRate = "interest-rate"
  case penaltyRate = "penalty-rate"
  case fee
  case refundShare = "refund-share"
  case share
  case reading
  case principal
  case ipPart = "ip-part"
  case size
  case collateral
  case term
  case start
  case rate
  case facts
  case notMet = "not"
  case filed
  case overdue
  case loss
  case lossInterest = "loss-interest"
  case overduePrincipal = "overdue-principal"
  case curedOn = "cured-on"
  case writtenOffOn = "written-off-on"
  case interestPaidTo = "interest-paid-to"
  case recognised
  case provincePaid = "province-paid"
  case applied
  case recovered
  case recoveredOn = "recovered-on"
  case recoveryCosts = "recovery-costs"
  case returnedOn = "returned-on"
  case earlierThisYear = "earlier-this-year"
  case earlierDefault = "earlier-default"
  case earlierCured = "earlier-cured"
  case suspendedOn = "suspended-on"
  case customerSince = "customer-since"
  case customerUntil = "customer-until"
  case balance
  case lentBefore = "lent-before"
  case lossesBefore = "losses-before"
  case owedBefore = "owed-before"

  /// The section and the key of a claim file that the option stands for; `nil` for options that
  /// are put together.
  var key: (section: String, key: String)? {
    switch self {
    case .programme: ("fund", "programme")
    case .model: ("fund", "model")
    case .fund: ("fund", "initial")
    case .fundStart: ("fund", "start")
    case .claimDelay: ("fund", "claimDelay")
    case .interestRate: ("fund", "interestRate")
    case .penaltyRate: ("fund", "penaltyRate")
    case .fee: ("fund", "fee")
    case .refundShare: ("fund", "refundShare")
    case .principal: ("loan", "principal")
    case .ipPart: ("loan", "ipPart")
    case .size: ("loan", "size")
    case .collateral: ("loan", "collateral")
    case .term: ("loan", "term")
    case .start: ("loan", "start")
    case .rate: ("loan", "rate")
    case .facts: ("loan", "facts")
    case .filed: ("loan", "filed")
    case .overdue: ("loan", "overdue")
    case .loss: ("loan", "loss")
    case .lossInterest: ("loan", "interest")
    case .overduePrincipal: ("loan", "overduePrincipal")
    case .curedOn: ("loan", "cured")
    case .writtenOffOn: ("loan", "writtenOff")
    case .interestPaidTo: ("loan", "interestPaidTo")
    case .recognised: ("loan", "recognised")
    case .provincePaid: ("loan", "provincePaid")
    case .applied: ("loan", "applied")
    case .earlierThisYear: ("before", "earlierThisYear")
    case .earlierDefault: ("before", "earlierDefault")
    case .earlierCured: ("before", "earlierCured")
    case .suspendedOn: ("before", "suspendedOn")
    case .customerSince: ("before", "customerSince")
    case .customerUntil: ("before", "customerUntil")
    case .balance: ("before", "balance")
    case .lentBefore: ("before", "lent")
    case .lossesBefore: ("before", "losses")
    case .owedBefore: ("before", "owed")
    case .share, .reading, .notMet, .recovered, .recoveredOn, .recoveryCosts, .returnedOn: nil
    }
  }
}

extension ClaimOption {
  /// The option that stands for a key of a claim file; `nil` if none does.
  fileprivate init?(_ missing: MissingKey) {
    let option = Self.allCases.first {
      $0.key.map { $0.section == missing.section && $0.key == missing.key } ?? false
    }
    guard let option else { return nil }
    self = option
  }
}

/// The claim file that the options of the command line stand for. Its values stand at the names of
/// their options, and it is read as any other.
struct ClaimOptionDocument {
  let values: [ClaimOption: [String]]
  /// Where the whole of the options stands.
  static let place = SourceLocation(file: "command line")

  var tree: DocumentNode {
    mapping([
      entry(
        "fund", mapping(simple("fund") + pairs(.share, "shares") + pairs(.reading, "readings"))),
      entry("loan", mapping(simple("loan") + facts + recoveries)),
      entry("before", mapping(simple("before"))),
    ])
  }

  private func simple(_ section: String) -> [DocumentEntry] {
    ClaimOption.allCases.compactMap { option in
      guard let key = option.key, key.section == section, let text = values[option]?.last else {
        return nil
      }
      return entry(key.key, scalar(text, option))
    }
  }

  /// Options such as `--share fund=45%`, as a mapping.
  private func pairs(_ option: ClaimOption, _ key: String) -> [DocumentEntry] {
    guard let texts = values[option], !texts.isEmpty else { return [] }
    return [
      entry(
        key,
        mapping(
          texts.map { text in
            let name = text.prefix { $0 != "=" }
            return entry(String(name), scalar(String(text.dropFirst(name.count + 1)), option))
          }, at: place(of: option))
      )
    ]
  }

  private var facts: [DocumentEntry] {
    guard let names = values[.notMet], !names.isEmpty, values[.facts] == nil else { return [] }
    let list = DocumentNode(
      content: .sequence(names.map { scalar($0, .notMet) }), location: place(of: .notMet))
    return [entry("facts", mapping([entry("notMet", list)], at: place(of: .notMet)))]
  }

  private var recoveries: [DocumentEntry] {
    guard let amounts = values[.recovered], !amounts.isEmpty else { return [] }
    let items = amounts.enumerated().map { index, amount in
      var entries = [entry("amount", scalar(amount, .recovered))]
      for (option, key) in [
        (ClaimOption.recoveredOn, "on"), (.recoveryCosts, "costs"), (.returnedOn, "returned"),
      ] {
        if let texts = values[option], texts.indices.contains(index) {
          entries.append(entry(key, scalar(texts[index], option)))
        }
      }
      return mapping(entries, at: place(of: .recovered))
    }
    return [
      entry("recoveries", DocumentNode(content: .sequence(items), location: place(of: .recovered)))
    ]
  }

  // MARK: Nodes

  private func place(of option: ClaimOption) -> SourceLocation {
    SourceLocation(file: "--\(option.rawValue)")
  }

  private func scalar(_ text: String, _ option: ClaimOption) -> DocumentNode {
    DocumentNode(content: .scalar(text, isPlain: false), location: place(of: option))
  }

  private func entry(_ key: String, _ value: DocumentNode) -> DocumentEntry {
    DocumentEntry(key: Written(key, at: value.location), value: value)
  }

  private func mapping(
    _ entries: [DocumentEntry], at location: SourceLocation = place
  ) -> DocumentNode {
    DocumentNode(content: .mapping(entries), location: location)
  }
}

extension Diagnostics {
  /// The problems with options named where keys of a claim file are missing.
  var namingOptions: Diagnostics {
    Diagnostics(
      problems.map { problem in
        guard problem.location == ClaimOptionDocument.place, let missing = problem.missingKey,
          let option = ClaimOption(missing)
        else { return problem }
        return Diagnostic(
          code: "missing-option",
          message: .init(en: "there is no --\(option.rawValue)", zh: "缺少 --\(option.rawValue)"),
          advice: .init(
            en: """
              add it with its value for this loan or fund, written like --\(option.rawValue) \
              '\(missing.example)' (an example; nothing is taken for granted)
              """,
            zh: """
              按该笔贷款或基金的实际值加上，写法如 --\(option.rawValue) '\(missing.example)'\
              （仅为示例，程序不作假定）
              """),
          location: SourceLocation(file: "--\(option.rawValue)"))
      })
  }
}
