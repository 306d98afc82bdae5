import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

extension CaseHead {
  init?(_ section: inout Section, programme: String) {
    let name = section.words("name")
    let article = section.text("article")
    let interpretation = section.textIfPresent("interpretation")
    var readings: [ReadingChoice] = []
    if var chosen = section.sectionIfPresent("reading") {
      for id in chosen.keys {
        if let name = chosen.text(id.value) { readings.append(ReadingChoice(id: id, name: name)) }
      }
    }
    guard let name, let article else { return nil }
    self.init(
      programme: programme, name: name, articles: listed(article.value),
      interpretations: listed(interpretation?.value), readings: readings,
      location: section.location)
  }
}

extension Section {
  /// The amounts of all parties; nothing for those that are not named.
  fileprivate mutating func parts() -> PartyAmounts {
    var parts = PartyAmounts()
    for place in PartyPlace.allCases {
      let party = Parties.shared.party(at: place)
      parts[place] = party.flatMap { moneyIfPresent($0.id, sign: .any)?.value } ?? .zero
    }
    return parts
  }

  /// One of the operating models that all programmes share.
  fileprivate mutating func model(_ key: String) -> Written<OperatingModel>? {
    let models = OperatingModel.shared
    return value(key, example: "bank") { text in
      Scalar.choice(text, among: models.map(\.id), others: models.map(\.otherWords))
        .map { models[$0] }
    }
  }

  fileprivate mutating func agreedShares() -> [Party: Ratio] {
    guard var shares = sectionIfPresent("shares") else { return [:] }
    var agreed: [Party: Ratio] = [:]
    for party in Party.shared { agreed[party] = shares.ratioIfPresent(party.name)?.value }
    shares.finish()
    return agreed
  }
}

extension ClaimFacts {
  init?(_ given: inout Section) {
    let model = given.model("model")
    let principal = given.money("loss")
    let single = given.moneyIfPresent("balance")?.value
    let social = given.moneyIfPresent("socialBalance")?.value
    let fiscal = given.moneyIfPresent("fiscalBalance")?.value
    let year = given.integerIfPresent("yearOfOperation", in: 1...100)
    guard let model, let principal else { return nil }
    var balance = Balance.enough
    if let single { balance = .single(single) }
    if let social, let fiscal { balance = .pool(social: social, fiscal: fiscal) }
    self.init(
      model: model.value, principal: principal.value,
      interest: given.moneyIfPresent("interest")?.value ?? .zero,
      ipPart: given.ratioIfPresent("ipPart")?.value ?? .one, balance: balance,
      agreed: given.agreedShares(), yearOfOperation: year?.value ?? 1,
      missing: Set((given.textsIfPresent("missing") ?? []).map(\.value)))
  }
}

extension WorkedClaim {
  init?(_ given: inout Section, _ expect: inout Section) {
    let lossBase = expect.money("lossBase")
    guard let facts = ClaimFacts(&given), let lossBase else { return nil }
    self.init(
      facts: facts, lossBase: lossBase.value, parts: expect.parts(),
      unpaid: expect.moneyIfPresent("unpaid")?.value ?? .zero)
  }
}

extension WorkedRecovery {
  init?(_ given: inout Section, _ expect: inout Section) {
    let recovered = given.money("recovered")
    let costs = given.moneyIfPresent("costs")?.value ?? .zero
    guard let facts = ClaimFacts(&given), let recovered else { return nil }
    self.init(facts: facts, recovered: recovered.value, costs: costs, parts: expect.parts())
  }
}

extension WorkedCoverage {
  init?(_ given: inout Section, _ expect: inout Section) {
    let size = given.choice("size", as: SizeClass.self)
    let collateral = given.choice("collateral", as: CollateralKind.self)
    let principal = given.money("principal")
    let term = given.integer("termMonths")
    let model = given.model("model")
    let start = given.month("start")
    let isCovered = expect.flag("covered")
    let reasons = expect.textsIfPresent("reasons")
    let idle = (expect.textsIfPresent("nothingFrom") ?? []).compactMap { word in
      Party.shared.first { $0.id == word.value }
    }
    var missing: Set<String> = []
    if var facts = given.sectionIfPresent("facts") {
      for id in facts.keys where facts.flag(id.value)?.value == false { missing.insert(id.value) }
    }
    guard let size, let collateral, let principal, let term, let model, let start, let isCovered
    else { return nil }
    let ipPart = given.ratioIfPresent("ipPart")?.value ?? .one
    self.init(
      loan: LoanToCover(
        size: size.value, collateral: collateral.value, principal: principal.value,
        ipPrincipal: principal.value.multiplied(by: ipPart, rounding: .halfUp),
        termMonths: term.value,
        earlierThisYear: given.moneyIfPresent("earlierThisYear")?.value ?? .zero),
      model: model.value, start: start.value,
      firstOverdue: given.monthIfPresent("firstOverdue")?.value,
      programmeStart: given.monthIfPresent("programmeStart")?.value, missingFacts: missing,
      hasEarlierDefault: given.flagIfPresent("earlierDefault")?.value ?? false,
      isCovered: isCovered.value,
      coveredPrincipal: (isCovered.value ? expect.money("coveredPrincipal")?.value : nil) ?? .zero,
      idlePayers: Set(idle), reasons: reasons.map { Set($0.flatMap { listed($0.value) }) })
  }
}

extension WorkedThreshold {
  init?(_ given: inout Section, _ expect: inout Section) {
    let id = given.text("id")
    let numerator = given.money("numerator")
    let denominator = given.money("denominator")
    let disbursed = given.moneyIfPresent("disbursed")
    let isReached = expect.flag("reached")
    guard let id, let numerator, let denominator, let isReached else { return nil }
    self.init(
      id: id.value, numerator: numerator.value, denominator: denominator.value,
      disbursed: disbursed?.value ?? denominator.value, isReached: isReached.value)
  }
}

extension WorkedFee {
  init?(_ given: inout Section, _ expect: inout Section) {
    guard let balance = given.money("balance"), let fee = expect.money("fee") else { return nil }
    self.init(balance: balance.value, fee: fee.value)
  }
}

extension WorkedInterest {
  init?(_ given: inout Section, _ expect: inout Section) {
    let balance = given.money("balance")
    let rate = given.ratio("annualRate")
    let interest = expect.money("interest")
    guard let balance, let rate, let interest else { return nil }
    self.init(balance: balance.value, annualRate: rate.value, interest: interest.value)
  }
}

extension WorkedShares {
  init?(_ given: inout Section, _ expect: inout Section) {
    let model = given.model("model")
    let isAllowed = expect.flag("allowed")
    let article = expect.text("article")
    guard let model, let isAllowed, let article else { return nil }
    self.init(
      model: model.value, agreed: given.agreedShares(), isAllowed: isAllowed.value,
      article: article.value)
  }
}

/// The parts of a list such as `12, 14`.
func listed(_ text: String?) -> [String] {
  (text ?? "").split(separator: ",").map { String($0).trimmingBlanks }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
