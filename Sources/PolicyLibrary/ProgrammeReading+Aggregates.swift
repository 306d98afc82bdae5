import CompensationKernel
import DocumentReading
import FundCore

/// Clauses that look at many claims together: `limits`, `firstLoss`, `stopLoss`, `claimRate`.
extension ProgrammeReading {
  func aggregates(_ top: inout Section) -> AggregateClauses {
    var clauses = AggregateClauses()
    clauses.limits = list("limits", in: &top)
    clauses.firstLosses = list("firstLoss", in: &top)
    clauses.stopLosses = list("stopLoss", in: &top)
    clauses.claimRate = clauseIfPresent("claimRate", in: &top) { claimRate(&$0, $1) }
    return clauses
  }

  private func list(_ key: String, in top: inout Section) -> [Cited<AggregateTerms>] {
    var ids: Set<String> = []
    return (top.sectionsIfPresent(key) ?? []).enumerated().compactMap { place, opened in
      var item = opened
      let found = clause(&item) { self.aggregate(&$0, number: place + 1, $1) }
      if let found, !ids.insert(found.value.id).inserted {
        item.report(
          "id-twice",
          .init(
            en: "'\(found.value.id)' stands in `\(key)` twice",
            zh: "`\(key)` 中“\(found.value.id)”列了两次"),
          help: .init(en: "give each an `id` of its own", zh: "各取不同的 `id`"))
      }
      return found
    }
  }

  private func aggregate(
    _ section: inout Section, number: Int, _ citation: Citation
  ) -> Cited<AggregateTerms>? {
    let id = section.textIfPresent("id")?.value ?? "\(number)"
    let scope = choice("per", of: &section, as: AggregateScope.self, citation)
    let period = choice("over", of: &section, as: AggregatePeriod.self, citation)
    let level = self.level(&section, citation)
    guard let scope, let period, let level else { return nil }
    return Cited(
      AggregateTerms(id: id, scope: scope.value, period: period.value, level: level), citation)
  }

  /// An amount, or a part of the covered lending.
  private func level(_ section: inout Section, _ citation: Citation) -> AggregateLevel? {
    section.allow("amount", "part", "of")
    guard section.has("part") else {
      return amount("amount", of: &section, citation).map { .amount($0) }
    }
    if section.has("amount") {
      section.report(
        "two-levels",
        .init(en: "the level is given twice, by 'amount' and by 'part'", zh: "“amount”和“part”同时给出"),
        help: .init(en: "keep one of the two", zh: "保留其中一个"))
    }
    let part = section.ratio("part")
    let measure = choice("of", of: &section, as: LevelMeasure.self, citation)
    guard let part, let measure else { return nil }
    note(section, "part", part.value.description, unit: "ratio", citation)
    if let lending = LendingMeasure(rawValue: measure.value.rawValue) {
      return .part(part.value, of: lending)
    }
    return FundMoney.Measure(rawValue: measure.value.rawValue).map { .partOfFund(part.value, $0) }
  }

  /// Of what a level can be a part: the covered lending, or the fund's money.
  private enum LevelMeasure: String, CaseIterable, Sendable {
    case madeInPeriod, madeSoFar, outstanding, balance, yearOpening, moneyPutIn
  }

  private func claimRate(
    _ section: inout Section, _ citation: Citation
  ) -> Cited<ClaimRateTerms>? {
    let numerator = choice("counts", of: &section, as: ClaimRateTerms.Numerator.self, citation)
    let denominator = choice("of", of: &section, as: LendingMeasure.self, citation)
    let period = choice("over", of: &section, as: AggregatePeriod.self, citation)
    let scope = choice("per", of: &section, as: AggregateScope.self, citation)
    let beyond = choice("beyond", of: &section, as: ClaimRateTerms.Beyond.self, citation)
    guard let numerator, let denominator, let period, let scope, let beyond else { return nil }
    return Cited(
      ClaimRateTerms(
        numerator.value, of: denominator.value, scope: scope.value, period: period.value,
        beyond: beyond.value), citation)
  }

  /// Reports what does not go together with clauses on many claims.
  func checkAggregates(_ terms: CompensationTerms, at section: Section) {
    let models = Array(terms.models.values)
    let hangsOnRate = models.contains { !$0.claimRateSteps.isEmpty }
    if hangsOnRate, terms.aggregates.claimRate == nil {
      section.report(
        "missing-key",
        .init(
          en: "shares hang on a claim rate, and `claimRate` does not say what it counts",
          zh: "份额随代偿率变化，却没有用 `claimRate` 写明如何计算"),
        help: .init(
          en:
            "add `claimRate: {counts: losses, of: madeSoFar, per: bank, over: programme, beyond: part, article: …}`",
          zh:
            "加上 `claimRate: {counts: losses, of: madeSoFar, per: bank, over: programme, beyond: part, article: …}`"
        ))
    }
    if !hangsOnRate, terms.aggregates.claimRate != nil {
      section.report(
        "key-without-use",
        .init(en: "no share hangs on the claim rate", zh: "没有份额随代偿率变化"),
        help: .init(
          en: "give a payer `otherShares` with `aboveClaimRate`, or remove `claimRate`",
          zh: "在支付方的 `otherShares` 中写 `aboveClaimRate`，或删去 `claimRate`"))
    }
    checkCoverLimit(terms, at: section)
    for threshold in terms.thresholds { checkRatio(threshold.value, at: section) }
    guard !terms.aggregates.isEmpty else { return }
    checkCaps(models, at: section)
    let isLayered =
      hangsOnRate || !terms.aggregates.firstLosses.isEmpty || !terms.aggregates.stopLosses.isEmpty
    guard isLayered, terms.recovery.value.basis == .nominalShare else { return }
    section.report(
      "no-nominal-share",
      .init(
        en: "recoveries go by the nominal share, but a claim can have several shares here",
        zh: "追偿所得按约定份额分配，而此处一笔补偿可能适用多个份额"),
      help: .init(
        en: "write `recovery.basis: {value: shareBorne}`, or `fixedRate` with its rate",
        zh: "写 `recovery.basis: {value: shareBorne}`，或 `fixedRate` 并给出比例"))
  }

  /// What a limit on covered lending does not go with: what counts loans by what they were covered of before.
  private func checkCoverLimit(_ terms: CompensationTerms, at section: Section) {
    guard terms.coverage.coverLimit != nil else { return }
    let hasRatio = terms.thresholds.contains { $0.value.denominator == .covered }
    guard hasRatio || terms.coverage.perEnterpriseYear?.limits == .principal else { return }
    let other: LocalizedText =
      hasRatio
      ? .init(en: "a ratio of covered lending", zh: "以纳入补偿的放款为分母的比率")
      : .init(same: "`perEnterpriseYear`")
    section.report(
      "cover-limit-alone",
      .init(
        en: "`coverage.coverLimit` does not go with \(other)",
        zh: "`coverage.coverLimit` 不能与\(other)并用"),
      help: .init(
        en: "measure the ratio against `disbursed`, or leave one of the two out",
        zh: "比率的分母改用 `disbursed`，或只留其一"))
  }

  /// What a ratio of all banks, of what is outstanding, or of the fund's money does not go with.
  private func checkRatio(_ terms: ThresholdTerms, at section: Section) {
    if terms.scope == .fund, terms.minimumDisbursed > .zero {
      section.report(
        "minimum-of-one-bank",
        .init(
          en: "threshold '\(terms.id)': a ratio of all banks has no minimum volume of one",
          zh: "触发线“\(terms.id)”：各银行合计的比率没有单家银行的最低发放额"),
        help: .init(
          en: "write `minimumDisbursed: 0`, or `per: bank`",
          zh: "写 `minimumDisbursed: 0`，或 `per: bank`"))
    }
    guard terms.numerator == .lendingOutstanding else { return }
    if terms.denominator.fundMeasure == nil {
      section.report(
        "lending-against-lending",
        .init(
          en: """
            threshold '\(terms.id)': what is outstanding is measured against \
            '\(terms.denominator.rawValue)'
            """,
          zh: "触发线“\(terms.id)”：贷款余额以“\(terms.denominator.rawValue)”为分母"),
        help: .init(
          en: "measure it against the fund: `balance`, `yearOpening` or `moneyPutIn`",
          zh: "分母写基金的 `balance`、`yearOpening` 或 `moneyPutIn`"))
    }
    if terms.watched == .claims {
      section.report(
        "no-claim-moves-it",
        .init(
          en: "threshold '\(terms.id)': what is outstanding does not change at a claim",
          zh: "触发线“\(terms.id)”：贷款余额并不因补偿而变化"),
        help: .init(
          en: "watch it `at: monthEnds`, `quarterEnds` or `yearEnds`",
          zh: "写 `at: monthEnds`、`quarterEnds` 或 `yearEnds`"))
    }
  }

  private func checkCaps(_ models: [ModelClauses], at section: Section) {
    if models.contains(where: { model in
      model.payers.contains { $0.party != .fund && !$0.caps.isEmpty }
    }) {
      section.report(
        "two-capped-payers",
        .init(en: "the fund has a limit and another payer a cap", zh: "基金设有限额，另一支付方又设有单笔上限"),
        help: .init(
          en: "only the fund can be capped beside `limits`, `firstLoss` and the like",
          zh: "有 `limits`、`firstLoss` 等条款时，只有基金可设单笔上限"))
    }
    if models.contains(where: { $0.capCut?.value == .inProportion }) {
      section.report(
        "cap-cut-not-shared",
        .init(
          en: "what a cap cuts cannot be shared beside clauses on many claims",
          zh: "有跨笔条款时，上限削减的部分不能按比例分担"),
        help: .init(en: "write `capCut: {borneBy: bank}`", zh: "写 `capCut: {borneBy: bank}`"))
    }
  }
}
