import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

// Claims, and what was decided of cover, as a state file holds them.

extension ClaimStanding: StateRecord {
  static var blank: ClaimStanding {
    ClaimStanding(loan: 0, on: CivilMonth(ordinal: 0).firstDay, total: .zero)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("loan", &loan, .number)
    fields.field("on", &on, .date)
    fields.field("total", &total, .money)
    fields.field("interest", &interest, ifAny: .money)
    fields.sum("returned", &returned)
    fields.field("divided", &divided, ifAny: .record)
  }
}

extension ClaimStanding.Divided: StateRecord {
  static var blank: ClaimStanding.Divided {
    ClaimStanding.Divided(account: 0, model: .bank, settlement: Settlement(lossBase: .zero))
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("account", &account, .number)
    fields.field("model", &model, .model)
    var places = PartyPlace.allCases.filter(idle.contains)
    fields.list("idle", &places, of: .place)
    idle = Set(places)
    fields.field("settlement", &settlement, .record)
    fields.sum("recovered", &before.divided)
    fields.field("recoveredParts", &before.parts, .record)
  }
}

extension Settlement: StateRecord {
  static var blank: Settlement { Settlement(lossBase: .zero) }

  mutating func go(through fields: inout StateFields) {
    fields.field("lossBase", &lossBase, .money)
    fields.sum("owed", &owed)
    fields.sum("paid", &paid)
    fields.field("parts", &parts, .record)
    fields.sum("refundOwed", &refundOwed)
    fields.mark("isRefundLater", &isRefundLater)
    fields.sum("refunded", &refunded)
  }
}

extension FundStanding.Cover: StateRecord {
  static var blank: FundStanding.Cover {
    FundStanding.Cover(
      CoverageDecision(coveredPrincipal: .zero, admitted: .zero, refusals: []),
      earlierThisYear: .zero)
  }

  mutating func go(through fields: inout StateFields) {
    fields.sum("principal", &decision.coveredPrincipal)
    fields.sum("admitted", &decision.admitted)
    fields.sum("earlierThisYear", &earlierThisYear)
    fields.list("refusals", &decision.refusals, of: .record)
  }
}

extension CoverageRefusal: StateRecord {
  static var blank: CoverageRefusal {
    CoverageRefusal(condition: .term, citation: Citation(article: nil))
  }

  mutating func go(through fields: inout StateFields) {
    var (kind, subject) = condition.named
    fields.field("condition", &kind, .text)
    fields.field("of", &subject, ifAny: .text)
    var article = citation.article
    var interpretations = citation.interpretations
    var assumption = citation.assumption
    fields.field("article", &article, ifAny: .text)
    fields.list("interpretations", &interpretations, of: .text)
    fields.field("assumption", &assumption, ifAny: .record)
    var isPartial = isPartial
    fields.mark("isPartial", &isPartial)
    var idle = Party.ordered(idlePayers)
    fields.list("idle", &idle, of: .party)
    guard let condition = Condition(kind, subject) else { return fields.refuse() }
    self = CoverageRefusal(
      condition: condition,
      citation: Citation(
        article: article, interpretations: interpretations, assumption: assumption),
      isPartial: isPartial, idlePayers: Set(idle))
  }
}

extension LocalizedText: StateRecord {
  static var blank: LocalizedText { .empty }

  mutating func go(through fields: inout StateFields) {
    var (english, chinese) = (self[.english], self[.chinese])
    fields.field("en", &english, .text)
    fields.field("zh", &chinese, .text)
    self = LocalizedText(en: "\(english)", zh: "\(chinese)")
  }
}

extension CoverageRefusal.Condition {
  private static let plain: [(name: String, condition: Self)] = [
    ("collateral", .collateral), ("size", .size), ("singleLoanLimit", .singleLoanLimit),
    ("enterpriseYearLimit", .enterpriseYearLimit), ("term", .term), ("ipPart", .ipPart),
    ("datesInForce", .datesInForce), ("earlierDefault", .earlierDefault),
    ("coverLimit", .coverLimit),
  ]

  /// The condition's name, and what it is about.
  fileprivate var named: (kind: String, subject: String?) {
    switch self {
    case .fact(let id): ("fact", id)
    case .suspension(let id): ("suspension", id)
    case .pause(let id): ("pause", id)
    default: (Self.plain.first { $0.condition == self }?.name ?? "", nil)
    }
  }

  fileprivate init?(_ kind: String, _ subject: String?) {
    switch (kind, subject) {
    case ("fact", let id?): self = .fact(id)
    case ("suspension", let id?): self = .suspension(id)
    case ("pause", let id?): self = .pause(id)
    default:
      guard let found = Self.plain.first(where: { $0.name == kind }) else { return nil }
      self = found.condition
    }
  }
}
