import CompensationKernel
import DocumentReading
import FundCore

/// Operating models: payers, shares, caps, loss base; and recoveries.
extension ProgrammeReading {
  func models(_ top: inout Section, _ tree: DocumentNode) -> [OperatingModel: ModelClauses]? {
    guard var section = top.section("models") else { return nil }
    var models: [OperatingModel: ModelClauses] = [:]
    for model in OperatingModel.shared {
      guard var opened = section.sectionIfPresent(model.id) else { continue }
      let found = clause(&opened) { self.model(&$0, $1, model: model) }
      if let found { models[model] = found }
    }
    for key in section.keys where isNamed(key, in: tree) {
      guard var opened = section.sectionIfPresent(key.value) else { continue }
      let found = clause(&opened) { section, citation -> (OperatingModel, ModelClauses)? in
        let names = localized("name", in: &section)
        let model = OperatingModel(naming: key.value, names ?? .init(same: key.value))
        own.append(model)
        return self.model(&section, citation, model: model).map { (model, $0) }
      }
      if let found { models[found.0] = found.1 }
    }
    section.finish()
    checkPayerCount(models, at: section)
    checkShareYears(models, at: section)
    if models.isEmpty, problems.problems.isEmpty {
      section.report(
        "no-models", .init(en: "no operating model is allowed", zh: "没有允许任何运作模式"),
        help: .init(en: "allow bank, guarantor or insurer", zh: "至少允许 bank、guarantor、insurer 之一"))
    }
    return models
  }

  /// Whether a key of `models` is a model of the programme's own: one that has a name, and an id
  /// that no misspelt shared one can be taken for.
  private func isNamed(_ key: Written<String>, in tree: DocumentNode) -> Bool {
    tree.node(at: "models.\(key.value).name") != nil && isOwnID(key, "model")
  }

  /// The payers whom a division has places for.
  private func checkPayerCount(_ models: [OperatingModel: ModelClauses], at section: Section) {
    let payers = Party.ordered(models.values.flatMap(\.payers).map(\.party))
      .filter { $0.role == .payer }
    guard payers.count > Parties.mostPayers else { return }
    section.report(
      "too-many-parties",
      .init(
        en:
          "the models name \(payers.count) payers beside the fund: \(payers.map(\.id).joined(separator: ", "))",
        zh: "各模式除基金外共列了\(payers.count)个支付方：\(payers.map(\.id).joined(separator: "、"))"),
      help: .init(
        en: "name at most \(Parties.mostPayers) in all", zh: "合计最多列\(Parties.mostPayers)个"))
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
    let capCut = clauseIfPresent("capCut", in: &section) { section, citation in
      choice("borneBy", of: &section, as: CapCutRule.self, citation)
    }
    let payers = (section.sections("payers") ?? []).compactMap { payer($0) }
    checkPayers(payers, of: section)
    checkShares(payers, bankMustBear: bank?.value ?? false, of: section)
    guard let bank, let lossBase else { return nil }
    if let allowed, !allowed.value {
      refusals[model] = RefusedModel(
        reason: .init(en: "not allowed under the reading that was chosen", zh: "所选读法不允许该模式"),
        citation: allowed.citation)
      return nil
    }
    let clauses = ModelClauses(
      payers: payers, bankMustBear: bank, lossBase: lossBase, capCut: capCut, citation: citation)
    checkOtherShares(clauses, of: section)
    return clauses
  }

  private func checkPayers(_ payers: [PayerClause], of section: Section) {
    if payers.count > SharingTerms.largestPayerCount {
      section.report(
        "too-many-payers",
        .init(
          en: """
            \(payers.count) payers are named beside the bank
            """, zh: "除银行外列了\(payers.count)个支付方"),
        help: .init(
          en: "name at most \(SharingTerms.largestPayerCount)",
          zh: "最多列\(SharingTerms.largestPayerCount)个"))
    }
    for (index, payer) in payers.enumerated() {
      if payers[..<index].contains(where: { $0.party == payer.party }) {
        section.report(
          "payer-twice",
          .init(en: "the \(payer.party.name) is named twice", zh: "\(payer.party.words)列了两次"),
          help: .init(en: "name each payer once", zh: "每个支付方只列一次"))
      }
      if payer.party.role == .bank || payer.party.role == .partner {
        section.report(
          "not-a-payer",
          .init(
            en: "the \(payer.party.name) cannot be named as a payer",
            zh: "\(payer.party.words)不能列为支付方"),
          help: .init(
            en: "the bank bears what is left; a pool's partner pays through `fund.accounts`",
            zh: "剩余部分由银行承担；资金池的合作方通过 `fund.accounts` 支付"))
      }
    }
    if payers.filter({ !$0.caps.isEmpty }).count > 1 {
      section.report(
        "two-capped-payers", .init(en: "two payers have caps", zh: "有两个支付方设了上限"),
        help: .init(en: "only one payer of a model can be capped", zh: "同一模式只能有一个支付方设上限")
      )
    }
    for payer in payers {
      for (earlier, later) in zip(payer.caps, payer.caps.dropFirst())
      where earlier.fromYear == later.fromYear {
        section.report(
          "cap-year-twice",
          .init(
            en: "two caps hold from year \(later.fromYear) on", zh: "自第\(later.fromYear)年起有两个上限"),
          help: .init(en: "give each cap a year of its own", zh: "每个上限的起始年份应各不相同"))
      }
    }
  }

  private func checkShares(_ payers: [PayerClause], bankMustBear: Bool, of section: Section) {
    let total = payers.filter { $0.base == .wholeLoss }
      .reduce(Ratio.zero) { $0 + $1.share.value.value }
    if total > .one {
      section.report(
        "shares-above-whole", .init(en: "the shares add up to \(total)", zh: "各方份额合计\(total)"),
        help: .init(en: "keep them within 100%", zh: "合计不得超过100%"))
    } else if bankMustBear, total == .one {
      section.report(
        "shares-above-whole",
        .init(
          en: "the shares add up to 100%, but the bank must bear a part",
          zh: "各方份额合计100%，而银行必须承担一部分"),
        help: .init(en: "keep them below 100%", zh: "合计应低于100%"))
    }
  }

  private func payer(_ opened: Section) -> PayerClause? {
    var section = opened
    let party = section.value("party", example: "fund") { text in
      self.party(named: text).map { .success($0) }
        ?? .failure(
          ScalarProblem(
            "unknown-party", .init(en: "no party is called '\(text)'", zh: "没有名为“\(text)”的承担方"),
            help: oneOf(parties.map(\.name))))
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
    let others = otherShares(&section)
    section.finish()
    guard let party, let share else { return nil }
    var clause = PayerClause(
      party: party.value, share: share, base: base, caps: caps, capYears: years ?? .programme)
    clause.otherShares = others
    return clause
  }

  private func cap(_ opened: Section) -> CapClause? {
    var section = opened
    return clause(&section) { section, citation in
      section.allow("id")
      let year = count("fromYear", of: &section, in: 1...100, unit: "year", citation)
      let limit = amount("perClaim", of: &section, citation)
      guard let year, let limit else { return nil }
      if limit == .zero {
        section.report(
          "cap-of-zero", .init(en: "the cap is zero", zh: "上限为零"),
          help: .init(en: "give a cap above zero", zh: "上限应大于零"))
      }
      return CapClause(fromYear: year, perClaim: Cited(limit, citation))
    }
  }

  /// A share with its bounds: fixed, bounded (`atMost`, `atLeast`), or `negotiable`.
  func share(_ section: inout Section, _ citation: Citation) -> Cited<NegotiableShare>? {
    let value = section.ratio("value")
    let (most, least) = bounds(of: &section, citation)
    let written = section.flagIfPresent("negotiable")?.value
    let isNegotiable = written ?? (most != nil || least != nil)
    if let written { note(section, "negotiable", written ? "yes" : "no", unit: "", citation) }
    guard let value else { return nil }
    note(section, "value", value.value.description, unit: "share", citation)
    guard citation.assumption == nil, isNegotiable else {
      return Cited(
        NegotiableShare(value: value.value, atLeast: value.value, atMost: value.value), citation)
    }
    let share = NegotiableShare(
      value: value.value, atLeast: least ?? .zero, atMost: most ?? .one)
    if !share.allows(value.value) {
      problems.report(
        "share-outside-bounds",
        .init(
          en: "the share \(value.value) is not within its own bounds",
          zh: "份额\(value.value)不在自身的上下限之内"),
        help: .init(en: "give \(share.allowedInWords)", zh: "份额应\(share.allowedInWords)"),
        at: value.location)
    }
    return Cited(share, citation)
  }

  /// The bounds of a share. One that is itself not allowed (`lessThan`, `moreThan`) stands as the
  /// nearest share that is: shares are whole millionths.
  private func bounds(
    of section: inout Section, _ citation: Citation
  ) -> (most: Ratio?, least: Ratio?) {
    func bound(_ key: String, by step: Int64 = 0) -> Ratio? {
      guard let written = section.ratioIfPresent(key)?.value else { return nil }
      note(section, key, written.description, unit: "share", citation)
      return Ratio(millionths: min(1_000_000, max(0, written.millionths + step)))
    }
    let most = bound("atMost") ?? bound("lessThan", by: -1)
    return (most, bound("atLeast") ?? bound("moreThan", by: 1))
  }

  func refusedModels(_ top: inout Section) -> [OperatingModel: RefusedModel] {
    guard var section = top.sectionIfPresent("refusedModels") else { return refusals }
    for model in OperatingModel.shared + own {
      guard var opened = section.sectionIfPresent(model.id) else { continue }
      let found = clause(&opened) { section, citation -> RefusedModel? in
        let chinese = section.text("zh")
        let english = section.text("en")
        guard let chinese, let english else { return nil }
        let reason = LocalizedText(english: english.value, chinese: chinese.value)
        return RefusedModel(reason: reason, citation: citation)
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
