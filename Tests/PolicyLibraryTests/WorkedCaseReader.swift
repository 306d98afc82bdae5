import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// Every case of every file, by kind.
struct WorkedCases: Sendable {
  private(set) var claims: [WorkedCase<WorkedClaim>] = []
  private(set) var recoveries: [WorkedCase<WorkedRecovery>] = []
  private(set) var coverages: [WorkedCase<WorkedCoverage>] = []
  private(set) var thresholds: [WorkedCase<WorkedThreshold>] = []
  private(set) var fees: [WorkedCase<WorkedFee>] = []
  private(set) var interests: [WorkedCase<WorkedInterest>] = []
  private(set) var shares: [WorkedCase<WorkedShares>] = []
  /// What the cases of all kinds have in common, in the order of the files.
  private(set) var heads: [CaseHead] = []

  /// The cases, or every problem of their files.
  static let outcome = Result { try WorkedCases(folder: Places.cases) }
  /// The cases; none if their files cannot be read, which a test of its own reports.
  static let all = (try? outcome.get()) ?? WorkedCases()

  private init() {}

  private init(folder: String) throws {
    let problems = ProblemCollector()
    for name in try Places.names(in: folder, ending: ".yaml") {
      let file = "\(name).yaml"
      let tree = try readDocument(path: "\(folder)/\(file)", displayName: file)
      guard var top = Section(tree, problems: problems) else { continue }
      for opened in top.sections("cases") ?? [] {
        var section = opened
        read(&section, programme: name)
        section.finish()
      }
      top.finish()
    }
    try problems.throwIfAny()
  }

  private enum Kind: String, CaseIterable, Sendable {
    case claim, recovery, coverage, threshold, fee, interest, shares
  }

  private mutating func read(_ section: inout Section, programme: String) {
    let kind = section.choice("kind", as: Kind.self)?.value
    _ = section.text("working")
    guard let kind, let head = CaseHead(&section, programme: programme),
      var given = section.section("given"), var expect = section.section("expect")
    else { return }
    heads.append(head)
    func worked<Matter>(_ matter: Matter?) -> [WorkedCase<Matter>] {
      matter.map { [WorkedCase(head: head, matter: $0)] } ?? []
    }
    switch kind {
    case .claim: claims += worked(WorkedClaim(&given, &expect))
    case .recovery: recoveries += worked(WorkedRecovery(&given, &expect))
    case .coverage: coverages += worked(WorkedCoverage(&given, &expect))
    case .threshold: thresholds += worked(WorkedThreshold(&given, &expect))
    case .fee: fees += worked(WorkedFee(&given, &expect))
    case .interest: interests += worked(WorkedInterest(&given, &expect))
    case .shares: shares += worked(WorkedShares(&given, &expect))
    }
    given.finish()
    expect.finish()
  }
}

extension CaseHead {
  fileprivate init?(_ section: inout Section, programme: String) {
    let name = section.text("name")
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
      programme: programme, name: name.value, articles: listed(article.value),
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
  fileprivate init?(_ given: inout Section) {
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
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
    let lossBase = expect.money("lossBase")
    guard let facts = ClaimFacts(&given), let lossBase else { return nil }
    self.init(
      facts: facts, lossBase: lossBase.value, parts: expect.parts(),
      unpaid: expect.moneyIfPresent("unpaid")?.value ?? .zero)
  }
}

extension WorkedRecovery {
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
    let recovered = given.money("recovered")
    let costs = given.moneyIfPresent("costs")?.value ?? .zero
    guard let facts = ClaimFacts(&given), let recovered else { return nil }
    self.init(facts: facts, recovered: recovered.value, costs: costs, parts: expect.parts())
  }
}

extension WorkedCoverage {
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
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
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
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
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
    guard let balance = given.money("balance"), let fee = expect.money("fee") else { return nil }
    self.init(balance: balance.value, fee: fee.value)
  }
}

extension WorkedInterest {
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
    let balance = given.money("balance")
    let rate = given.ratio("annualRate")
    let interest = expect.money("interest")
    guard let balance, let rate, let interest else { return nil }
    self.init(balance: balance.value, annualRate: rate.value, interest: interest.value)
  }
}

extension WorkedShares {
  fileprivate init?(_ given: inout Section, _ expect: inout Section) {
    let model = given.model("model")
    let isAllowed = expect.flag("allowed")
    let article = expect.text("article")
    guard let model, let isAllowed, let article else { return nil }
    self.init(
      model: model.value, agreed: given.agreedShares(), isAllowed: isAllowed.value,
      article: article.value)
  }
}
