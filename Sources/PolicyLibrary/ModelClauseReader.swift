import CompensationKernel
import DocumentReading
import FundCore

/// Operating models: payers, shares, caps, loss base; and recoveries.
extension ProgrammeReading {
  func models(_ top: inout Section) -> [OperatingModel: ModelClauses]? {
    guard var section = top.section("models") else { return nil }
    var models: [OperatingModel: ModelClauses] = [:]
    for model in OperatingModel.allCases {
      guard var opened = section.sectionIfPresent(model.rawValue) else { continue }
      let found = clause(&opened) { self.model(&$0, $1, model: model) }
      if let found { models[model] = found }
    }
    section.finish()
    if models.isEmpty, problems.problems.isEmpty {
      section.report(
        "no-models", "no operating model is allowed", help: "allow bank, guarantor or insurer")
    }
    return models
  }

  private enum BankRule: String, CaseIterable, Sendable { case rest, restAboveZero }

  private func model(
    _ section: inout Section, _ citation: Citation, model: OperatingModel
  ) -> ModelClauses? {
    let allowed = clauseIfPresent("allowed", in: &section) { section, citation in
      flag("value", of: &section, citation).map { Cited($0, citation) }
    }
    let bank = clause("bankShare", in: &section) { section, citation in
      choice("rule", of: &section, as: BankRule.self, citation)
        .map { Cited($0.value == .restAboveZero, citation) }
    }
    let lossBase = clause("lossBase", in: &section) { section, citation in
      choice("value", of: &section, as: LossBase.self, citation)
    }
    let payers = (section.sections("payers") ?? []).compactMap { payer($0) }
    checkPayers(payers, of: section)
    checkShares(payers, bankMustBear: bank?.value ?? false, of: section)
    guard let bank, let lossBase else { return nil }
    if let allowed, !allowed.value {
      refusals[model] = RefusedModel(
        reason: "not allowed under the reading that was chosen", citation: allowed.citation)
      return nil
    }
    return ModelClauses(
      payers: payers, bankMustBear: bank, lossBase: lossBase, citation: citation)
  }

  private func checkPayers(_ payers: [PayerClause], of section: Section) {
    if payers.count > SharingTerms.largestPayerCount {
      section.report(
        "too-many-payers", "\(payers.count) payers are named beside the bank",
        help: "name at most \(SharingTerms.largestPayerCount)")
    }
    for (index, payer) in payers.enumerated() {
      if payers[..<index].contains(where: { $0.party == payer.party }) {
        section.report(
          "payer-twice", "the \(payer.party.name) is named twice", help: "name each payer once")
      }
      if payer.party == .bank || payer.party == .partner {
        section.report(
          "not-a-payer", "the \(payer.party.name) cannot be named as a payer",
          help: "the bank bears what is left; a pool's partner pays through `fund.accounts`")
      }
    }
    if payers.filter({ !$0.caps.isEmpty }).count > 1 {
      section.report(
        "two-capped-payers", "two payers have caps", help: "only one payer of a model can be capped"
      )
    }
    for payer in payers {
      for (earlier, later) in zip(payer.caps, payer.caps.dropFirst())
      where earlier.fromYear == later.fromYear {
        section.report(
          "cap-year-twice", "two caps hold from year \(later.fromYear) on",
          help: "give each cap a year of its own")
      }
    }
  }

  private func checkShares(_ payers: [PayerClause], bankMustBear: Bool, of section: Section) {
    let total = payers.filter { $0.base == .wholeLoss }
      .reduce(Ratio.zero) { $0 + $1.share.value.value }
    if total > .one {
      section.report(
        "shares-above-whole", "the shares add up to \(total)", help: "keep them within 100%")
    } else if bankMustBear, total == .one {
      section.report(
        "shares-above-whole", "the shares add up to 100%, but the bank must bear a part",
        help: "keep them below 100%")
    }
  }

  private func payer(_ opened: Section) -> PayerClause? {
    var section = opened
    let party = section.value("party", example: "fund") { text in
      Party(name: text).map { .success($0) }
        ?? .failure(
          ScalarProblem(
            "unknown-party", "no party is called '\(text)'",
            help: "use one of: \(Party.allCases.map(\.name).joined(separator: ", "))"))
    }
    var base: ShareBase = .wholeLoss
    let share = clause("share", in: &section) { section, citation in
      if section.has("of") {
        base = choice("of", of: &section, as: ShareBase.self, citation)?.value ?? base
      }
      return self.share(&section, citation)
    }
    let caps = (section.sectionsIfPresent("caps") ?? []).compactMap { cap($0) }
      .sorted { $0.fromYear < $1.fromYear }
    let years = clauseIfPresent("capYears", in: &section) { section, citation in
      choice("counted", of: &section, as: CapYears.self, citation)?.value
    }
    section.finish()
    guard let party, let share else { return nil }
    return PayerClause(
      party: party.value, share: share, base: base, caps: caps, capYears: years ?? .programme)
  }

  private func cap(_ opened: Section) -> CapClause? {
    var section = opened
    return clause(&section) { section, citation in
      section.allow("id")
      let year = count("fromYear", of: &section, in: 1...100, unit: "year", citation)
      let limit = amount("perClaim", of: &section, citation)
      guard let year, let limit else { return nil }
      if limit == .zero {
        section.report("cap-of-zero", "the cap is zero", help: "give a cap above zero")
      }
      return CapClause(fromYear: year, perClaim: Cited(limit, citation))
    }
  }

  /// A share with its bounds: fixed, bounded (`atMost`, `atLeast`), or `negotiable`.
  func share(_ section: inout Section, _ citation: Citation) -> Cited<NegotiableShare>? {
    let value = section.ratio("value")
    let most = section.ratioIfPresent("atMost")
    let least = section.ratioIfPresent("atLeast")
    let written = section.flagIfPresent("negotiable")?.value
    let isNegotiable = written ?? (most != nil || least != nil)
    if let written { note(section, "negotiable", written ? "yes" : "no", unit: "", citation) }
    guard let value else { return nil }
    note(section, "value", value.value.description, unit: "share", citation)
    if let most { note(section, "atMost", most.value.description, unit: "share", citation) }
    if let least { note(section, "atLeast", least.value.description, unit: "share", citation) }
    guard citation.assumption == nil, isNegotiable else {
      return Cited(
        NegotiableShare(value: value.value, atLeast: value.value, atMost: value.value), citation)
    }
    let share = NegotiableShare(
      value: value.value, atLeast: least?.value ?? .zero, atMost: most?.value ?? .one)
    if !share.allows(value.value) {
      problems.report(
        "share-outside-bounds", "the share \(value.value) is not within its own bounds",
        help: "give \(share.allowedInWords)", at: value.location)
    }
    return Cited(share, citation)
  }

  func refusedModels(_ top: inout Section) -> [OperatingModel: RefusedModel] {
    guard var section = top.sectionIfPresent("refusedModels") else { return refusals }
    for model in OperatingModel.allCases {
      guard var opened = section.sectionIfPresent(model.rawValue) else { continue }
      let found = clause(&opened) { section, citation -> RefusedModel? in
        section.allow("zh")
        return section.text("en").map { RefusedModel(reason: $0.value, citation: citation) }
      }
      if let found { refusals[model] = found }
    }
    section.finish()
    return refusals
  }

  private enum BasisKind: String, CaseIterable, Sendable {
    case nominalShare, shareBorne, fixedRate
  }
  private enum CostRule: String, CaseIterable, Sendable { case gross, net }
  private enum BeyondRule: String, CaseIterable, Sendable { case partners, shared }

  func recovery(_ top: inout Section) -> Cited<RecoveryTerms>? {
    guard var section = top.section("recovery") else { return nil }
    var source: Citation?
    let basis = clause("basis", in: &section) { section, citation -> RecoveryBasis? in
      source = citation
      section.allow("rate")
      let kind = choice("value", of: &section, as: BasisKind.self, citation)?.value
      let rate = section.ratioIfPresent("rate")?.value
      if let rate { note(section, "rate", rate.description, unit: "of the recovery", citation) }
      switch kind {
      case .nominalShare: return .nominalShare
      case .shareBorne: return .shareBorne
      case .fixedRate:
        return rate.map { .fixedRate($0) } ?? section.ratio("rate").map { .fixedRate($0.value) }
      case nil: return nil
      }
    }
    let limited = clause("limitedToPaid", in: &section) { flag("value", of: &$0, $1) }
    let costs = clause("costs", in: &section) {
      choice("value", of: &$0, as: CostRule.self, $1)?.value
    }
    let beyond = clause("beyondPrincipal", in: &section) {
      choice("value", of: &$0, as: BeyondRule.self, $1)?.value
    }
    section.finish()
    guard let basis, let limited, let costs, let beyond, let source else { return nil }
    return Cited(
      RecoveryTerms(
        basis: basis, isLimitedToPaid: limited, isNetOfCosts: costs == .net,
        stopsAtLossBase: beyond == .partners), source)
  }
}
