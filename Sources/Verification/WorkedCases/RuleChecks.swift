import CompensationKernel
import FundCore
import PolicyLibrary

/// Cases that were worked by hand from the texts of the programmes, to the fen.
enum RuleChecks {
  static let sets: [CheckSet] = {
    let cases = WorkedCases.all
    let order = Dictionary(
      cases.heads.enumerated().map { ($0.element.location, $0.offset) }, uniquingKeysWith: { $1 })
    let sets =
      cases.claims.map { set($0) } + cases.recoveries.map { set($0) }
      + cases.coverages.map { set($0) } + cases.thresholds.map { set($0) }
      + cases.fees.map { set($0) } + cases.interests.map { set($0) } + cases.shares.map { set($0) }
    return sets.sorted { (order[$0.place] ?? 0) < (order[$1.place] ?? 0) }.map(\.set) + [reading]
  }()

  /// One case, with its place in its file.
  private struct PlacedSet {
    let place: SourceLocation
    let set: CheckSet
  }

  private static func set<Matter: HandWorked>(_ worked: WorkedCase<Matter>) -> PlacedSet {
    let head = worked.head
    let check = Check(
      head.name.named(head.programme), worked.matter.worked, source: head.source)
    return PlacedSet(
      place: head.location,
      set: CheckSet(.rules, [check]) { _ in
        [.value(try worked.matter.found(under: try head.document().terms))]
      })
  }

  /// That the files of cases can be read, for cases that cannot would be missing above.
  private static let reading = CheckSet(
    .rules,
    [
      Check(
        .init(en: "files of worked cases that can be read", zh: "可读取的手工算例文件"),
        Double(PolicyDocument.builtInIDs.count), .exact,
        source: .init(en: "one for each built-in programme", zh: "每个内置办法一份"))
    ]
  ) { _ in
    [.number(Double(Set(try WorkedCases.outcome.get().heads.map(\.programme)).count))]
  }
}

/// What was worked by hand, and what the program comes to.
protocol HandWorked: Sendable {
  /// The result by hand.
  var worked: CheckValue { get }
  /// The result of the program.
  func found(under terms: CompensationTerms) throws -> CheckValue
}

extension [CheckValue.Amount] {
  /// The parts of the parties that are named, and of any other that gets one.
  ///
  /// - Parameter named: The parts of the case.
  fileprivate static func parts(_ parts: PartyAmounts, named: PartyAmounts) -> Self {
    PartyPlace.allCases.compactMap { place in
      guard parts[place] != .zero || named[place] != .zero,
        let party = Parties.shared.party(at: place)
      else { return nil }
      return CheckValue.Amount(party.id, party.words, parts[place])
    }
  }
}

extension CheckValue.Amount {
  fileprivate static func of(_ key: String, _ money: Money) -> Self {
    Self(key, names[key] ?? LocalizedText(same: key), money)
  }

  private static let names: [String: LocalizedText] = [
    "lossBase": .init(en: "loss base", zh: "损失基数"), "unpaid": .init(en: "unpaid", zh: "未付"),
    "toFund": .init(en: "to the fund", zh: "返还资金"), "fee": .init(en: "fee", zh: "费用"),
    "balance": .init(en: "balance", zh: "余额"), "interest": .init(en: "interest", zh: "利息"),
  ]
}

extension WorkedClaim: HandWorked {
  var worked: CheckValue {
    .amounts(
      [.of("lossBase", lossBase)] + .parts(parts, named: parts)
        + [.of("unpaid", unpaid)])
  }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    let settled = try facts.settled(under: terms).settlement
    return .amounts(
      [.of("lossBase", settled.lossBase)] + .parts(settled.parts, named: parts)
        + [.of("unpaid", settled.unpaid)])
  }
}

extension WorkedRecovery: HandWorked {
  var worked: CheckValue {
    .amounts(
      .parts(parts, named: parts) + [.of("toFund", parts[.fund] + parts[.partner])])
  }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    let division = try division(under: terms)
    return .amounts(
      .parts(division.parts, named: parts) + [.of("toFund", division.toFund)])
  }
}

extension WorkedCoverage: HandWorked {
  var worked: CheckValue {
    .words(words(isCovered, coveredPrincipal, idlePayers, reasons))
  }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    let decision = try decision(under: terms)
    let isSaid = decision.covered > .zero || !decision.against.isEmpty
    let words = words(
      decision.covered > .zero, decision.covered, decision.idle,
      reasons == nil ? nil : decision.against)
    return .words(
      isSaid ? words : words + .init(en: ", and nobody says why", zh: "，且未说明理由"))
  }

  private func words(
    _ isCovered: Bool, _ principal: Money, _ idle: Set<Party>, _ against: Set<String>?
  ) -> LocalizedText {
    var parts: [LocalizedText] = [
      isCovered
        ? .init(en: "covered with \(principal)", zh: "纳入补偿\(principal)")
        : .init(en: "not covered", zh: "不纳入补偿")
    ]
    if !idle.isEmpty {
      let names = Party.ordered(Array(idle)).map(\.words).joined()
      parts.append(.init(en: "nothing from \(names)", zh: "不由\(names)支付"))
    }
    if let against, !against.isEmpty {
      let articles = LocalizedText(same: against.sorted().joined(separator: ", "))
      parts.append(.init(en: "against it: Art. \(articles)", zh: "不符合：第\(articles)条"))
    }
    return parts.joined()
  }
}

extension WorkedThreshold: HandWorked {
  private static func words(_ isReached: Bool) -> LocalizedText {
    isReached ? .init(en: "reached", zh: "达到") : .init(en: "not reached", zh: "未达到")
  }

  var worked: CheckValue { .words(Self.words(isReached)) }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    guard let threshold = terms.thresholds.first(where: { $0.value.id == id })?.value else {
      throw UnsettledCase(description: "the programme has no threshold \(id)")
    }
    let isReached = threshold.isReached(by: numerator, of: denominator, disbursed: disbursed)
    let smallest = threshold.smallestPart(reaching: denominator, disbursed: disbursed)
    guard isReached == (numerator >= smallest) else {
      return .words(
        .init(
          en: "reached by one rule and not by the other", zh: "两种算法结论不一"))
    }
    return .words(Self.words(isReached))
  }
}

extension WorkedFee: HandWorked {
  var worked: CheckValue {
    .amounts([.of("fee", fee), .of("balance", balance - fee)])
  }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    var account = FundAccount(paying: balance)
    let fee = account.takeFee(try terms.annualFee())
    return .amounts([.of("fee", fee), .of("balance", account.balance)])
  }
}

extension WorkedInterest: HandWorked {
  var worked: CheckValue {
    .amounts([.of("interest", interest), .of("balance", balance + interest)])
  }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    guard terms.fund.interestStays?.value == true else {
      return .words(.init(en: "interest leaves the fund", zh: "利息不留存"))
    }
    var account = FundAccount(paying: balance)
    let interest = account.addMonthlyInterest(annualRate: annualRate)
    return .amounts([.of("interest", interest), .of("balance", account.balance)])
  }
}

extension WorkedShares: HandWorked {
  private static func words(
    _ isAllowed: Bool, _ articles: [String], _ shares: [Party: Ratio]
  ) -> LocalizedText {
    let list = LocalizedText(same: articles.joined(separator: ", "))
    let verdict: LocalizedText =
      isAllowed
      ? .init(en: "allowed by Art. \(list)", zh: "第\(list)条允许")
      : .init(en: "against Art. \(list)", zh: "不符合第\(list)条")
    let parts = Party.ordered(Array(shares.keys)).map { party in
      party.words + LocalizedText(same: " \(shares[party] ?? .zero)")
    }
    return ([verdict] + (isAllowed ? parts : [])).joined()
  }

  var worked: CheckValue { .words(Self.words(isAllowed, [article], agreed)) }

  func found(under terms: CompensationTerms) throws -> CheckValue {
    guard let clauses = terms.models[model] else {
      let article = terms.refusedModels[model]?.citation.article
      return .words(Self.words(false, [article].compactMap(\.self), [:]))
    }
    switch clauses.sharing(agreed: agreed, rounding: terms.rounding.value) {
    case .success(let sharing):
      var shares: [Party: Ratio] = [:]
      for payer in sharing.payers {
        guard let party = terms.parties.party(at: payer.party), agreed[party] != nil else {
          continue
        }
        shares[party] = payer.share
      }
      for (party, share) in agreed where shares[party] == nil && party == .bank {
        shares[party] = share
      }
      return .words(
        Self.words(true, [clauses.citation.article].compactMap(\.self), shares))
    case .failure(let broken):
      return .words(Self.words(false, broken.problems.compactMap(\.citation.article), [:]))
    }
  }
}
