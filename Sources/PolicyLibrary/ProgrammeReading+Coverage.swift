import CompensationKernel
import DocumentReading
import FundCore

/// Thresholds and coverage.
extension ProgrammeReading {
  func threshold(_ opened: Section) -> Cited<ThresholdTerms>? {
    var section = opened
    let id = section.text("id", example: "warning")
    var counting = RatioCounting()
    let ratio = clause("ratio", in: &section) { section, citation -> Ratios? in
      let numerator = choice("numerator", of: &section, as: RatioNumerator.self, citation)
      let denominator = choice("denominator", of: &section, as: RatioDenominator.self, citation)
      let measure = choice("measure", of: &section, as: LoanMeasure.self, citation)
      counting = self.counting(&section, citation)
      guard let numerator, let denominator, let measure else { return nil }
      return (numerator.value, denominator.value, measure.value)
    }
    let level = clause("level", in: &section) { section, citation -> Cited<Ratio>? in
      // What is outstanding can be many times the fund's money.
      let most = ratio?.1.fundMeasure == nil ? Ratio.one : .percent(100_000)
      guard let value = section.ratio("value", in: .zero...most) else { return nil }
      note(section, "value", value.value.description, unit: "ratio", citation)
      return Cited(value.value, citation)
    }
    let effect = clause("effect", in: &section) {
      choice("value", of: &$0, as: ThresholdEffect.self, $1)?.value
    }
    let watch = clause("watched", in: &section) { self.watch(&$0, $1) }
    var standing: [Citation] = []
    let resumes = clauseIfPresent("resumes", in: &section) { section, citation -> Int? in
      standing.append(citation)
      return self.resumption(&section, citation)
    }
    let customers = clauseIfPresent("customers", in: &section) { section, citation in
      standing.append(citation)
      return self.customers(&section, citation)
    }
    let lending = clauseIfPresent("afterSuspension", in: &section) { section, citation in
      choice("lending", of: &section, as: LendingAfterSuspension.self, citation)?.value
    }
    section.finish()
    guard let id, let ratio, let level, let effect, let watch else { return nil }
    if effect == .warning, lending != nil { reportNoSuspension(section) }
    if effect == .suspendNewCustomers, customers == nil { reportNoCustomers(section) }
    var terms = ThresholdTerms(
      id: id.value, ratio: .init(ratio.0, ratio.1, ratio.2), level: level.value, effect: effect,
      watch: watch, resumesAfterMonths: resumes,
      customers: customers, standingSources: standing)
    (terms.lending, terms.overdueAmount) = (counting.lending, counting.amount)
    terms.scope = counting.scope
    terms.overdueEnd = counting.end
    terms.afterSuspension = lending ?? .lendsOn
    return Cited(terms, level.citation)
  }

  /// After how many months a suspension or pause ends; `nil` if it never does.
  private func resumption(_ section: inout Section, _ citation: Citation) -> Int? {
    if section.nodeIfPresent("afterMonths")?.text == "never" {
      note(section, "afterMonths", "never", unit: "months", citation)
      return nil
    }
    return count("afterMonths", of: &section, in: 0...1200, unit: "months", citation)
  }

  /// When a ratio is watched (I-16).
  private func watch(_ section: inout Section, _ citation: Citation) -> ThresholdTerms.Watch? {
    let time = choice("at", of: &section, as: WatchTime.self, citation)
    let minimum = amount("minimumDisbursed", of: &section, citation)
    guard let time, let minimum else { return nil }
    return ThresholdTerms.Watch(time.value, minimumDisbursed: minimum)
  }

  /// Which loans a ratio counts (I-39), and what of overdue ones and for how long (I-38).
  private func counting(_ section: inout Section, _ citation: Citation) -> RatioCounting {
    section.allow("per", "lending", "overdueAmount", "overdueUntil")
    var counting = RatioCounting()
    if section.has("per") {
      counting.scope =
        choice("per", of: &section, as: AggregateScope.self, citation)?.value ?? counting.scope
    }
    if section.has("lending") {
      counting.lending =
        choice("lending", of: &section, as: RatioLending.self, citation)?.value ?? counting.lending
    }
    if section.has("overdueAmount") {
      counting.amount =
        choice("overdueAmount", of: &section, as: OverdueAmount.self, citation)?.value
        ?? counting.amount
    }
    if section.has("overdueUntil") {
      counting.end =
        choice("overdueUntil", of: &section, as: OverdueEnd.self, citation)?.value ?? counting.end
    }
    return counting
  }

  private func reportNoSuspension(_ section: Section) {
    section.report(
      "key-without-use",
      .init(
        en: "a warning suspends nobody, so 'afterSuspension' has no use",
        zh: "预警不中止任何银行的业务，“afterSuspension”不起作用"),
      help: .init(en: "remove 'afterSuspension'", zh: "删去“afterSuspension”"))
  }

  private func reportNoCustomers(_ section: Section) {
    section.report(
      "missing-key",
      .init(
        en: "a suspension of new customers does not say who they are",
        zh: "规定了对新增客户中止，却没有说明何为新增客户"),
      help: .init(
        en: "add `customers: {earlierLoan: any, lender: sameBank, noticeLagMonths: 0, …}`",
        zh: "加上 `customers: {earlierLoan: any, lender: sameBank, noticeLagMonths: 0, …}`"))
  }

  private struct RatioCounting {
    var scope: AggregateScope = .bank
    var lending: RatioLending = .ipPledged
    var amount: OverdueAmount = .outstanding
    var end: OverdueEnd = .repaid
  }
  private typealias Ratios = (RatioNumerator, RatioDenominator, LoanMeasure)

  private func customers(_ section: inout Section, _ citation: Citation) -> CustomerRule? {
    let earlier = choice(
      "earlierLoan", of: &section, as: CustomerRule.EarlierLoan.self, citation)
    let lender = choice("lender", of: &section, as: CustomerRule.Lender.self, citation)
    let lag = count("noticeLagMonths", of: &section, in: 0...120, unit: "months", citation)
    guard let earlier, let lender, let lag else { return nil }
    return CustomerRule(earlierLoan: earlier.value, lender: lender.value, noticeLagMonths: lag)
  }

  func coverage(_ top: inout Section) -> CoverageClauses? {
    guard var section = top.section("coverage") else { return nil }
    let pledge = clause("combinedPledge", in: &section) {
      choice("covered", of: &$0, as: LoanMeasure.self, $1)
    }
    guard let pledge else { return nil }
    var clauses = CoverageClauses(combinedPledge: pledge)
    clauses.collateral = clauseIfPresent("collateral", in: &section) {
      kinds(of: &$0, as: CollateralKind.self, $1)
    }
    clauses.sizes = clauseIfPresent("sizes", in: &section) {
      kinds(of: &$0, as: SizeClass.self, $1)
    }
    clauses.singleLoan = (section.sectionsIfPresent("singleLoan") ?? []).compactMap { opened in
      var item = opened
      return clause(&item) { section, citation in
        section.allow("id")
        guard let sizes = kinds("sizes", of: &section, as: SizeClass.self, citation) else {
          return nil
        }
        return limit(&section, citation, sizes: sizes.value)
      }
    }
    clauses.perEnterpriseYear = clauseIfPresent("perEnterpriseYear", in: &section) {
      enterpriseLimit(&$0, $1)
    }
    clauses.longestTerm = clauseIfPresent("term", in: &section) { section, citation in
      count("atMostMonths", of: &section, in: 1...1200, unit: "months", citation)
        .map { Cited($0, citation) }
    }
    clauses.earlierDefaultRemovesCover = clauseIfPresent("earlierDefault", in: &section) {
      section, citation in
      if section.has("lasts") {
        clauses.earlierDefaultLasts =
          choice("lasts", of: &section, as: EarlierDefaultSpan.self, citation)?.value ?? .forGood
      }
      return flag("removesCover", of: &section, citation).map { Cited($0, citation) }
    }
    clauses.headroom = clauseIfPresent("headroom", in: &section) {
      choice("usedBy", of: &$0, as: HeadroomUse.self, $1)
    }
    clauses.coverLimit = clauseIfPresent("coverLimit", in: &section) { section, citation in
      count("times", of: &section, in: 1...1_000, unit: "times", citation)
        .map { Cited($0, citation) }
    }
    clauses.facts = (section.sectionsIfPresent("facts") ?? []).compactMap { fact($0) }
    section.finish()
    return clauses
  }

  /// The limit of an enterprise: over which time it counts, and what it limits.
  private func enterpriseLimit(
    _ section: inout Section, _ citation: Citation
  ) -> SingleLoanLimit? {
    section.allow("period", "limits")
    var found = limit(&section, citation, sizes: Set(SizeClass.allCases))
    if section.has("period") {
      let period = choice("period", of: &section, as: LimitPeriod.self, citation)
      found?.period = period?.value ?? .calendarYear
    }
    if section.has("limits") {
      let matter = choice("limits", of: &section, as: LimitMatter.self, citation)
      found?.limits = matter?.value ?? .principal
    }
    return found
  }

  private func limit(
    _ section: inout Section, _ citation: Citation, sizes: Set<SizeClass>
  ) -> SingleLoanLimit? {
    let most = amount("atMost", of: &section, citation)
    let measure = choice("measure", of: &section, as: LoanMeasure.self, citation)
    let above = choice("above", of: &section, as: AboveLimit.self, citation)
    guard let most, let measure, let above else { return nil }
    return SingleLoanLimit(
      sizes: sizes, atMost: Cited(most, citation), measure: measure.value, above: above.value)
  }

  func kinds<Kind>(
    _ key: String = "kinds", of section: inout Section, as type: Kind.Type, _ citation: Citation
  ) -> Cited<Set<Kind>>?
  where Kind: RawRepresentable & CaseIterable & Hashable & Sendable, Kind.RawValue == String {
    guard let texts = section.texts(key) else { return nil }
    let kinds = texts.compactMap { written -> Kind? in
      switch Scalar.choice(written.value, as: type) {
      case .success(let kind): return kind
      case .failure(let problem):
        problems.report(problem.code, problem.message, help: problem.advice, at: written.location)
        return nil
      }
    }
    note(section, key, texts.map(\.value).joined(separator: ", "), unit: "", citation)
    return Cited(Set(kinds), citation)
  }

  /// The payers whom a condition or a duty concerns; `nil` where it concerns all.
  func concerns(_ section: inout Section, _ citation: Citation) -> Set<Party>? {
    guard let node = section.nodeIfPresent("concerns") else { return nil }
    if node.text == "all" {
      note(section, "concerns", "all", unit: "", citation)
      return nil
    }
    guard let texts = section.texts("concerns") else { return nil }
    let payers = parties.filter { $0.role == .payer || $0.role == .fund }
    for written in texts where !payers.contains(where: { $0.name == written.value }) {
      problems.report(
        "unknown-party",
        .init(
          en: "'\(written.value)' is no payer whom this can concern",
          zh: "“\(written.value)”不是可以单独指明的支付方"),
        help: oneOf(["all"] + payers.map(\.name)), at: written.location)
    }
    note(section, "concerns", texts.map(\.value).joined(separator: ", "), unit: "", citation)
    return Set(texts.compactMap { party(named: $0.value) })
  }

  private func fact(_ opened: Section) -> FactClause? {
    var section = opened
    return clause(&section) { section, citation in
      let id = section.text("id")
      let chinese = section.text("zh")
      let english = section.text("en")
      section.allow("asked", "concerns")
      let concerns = concerns(&section, citation)
      let isAsked = section.has("asked") ? flag("asked", of: &section, citation) ?? true : true
      guard let id, let chinese, let english else { return nil }
      note(section, "id", id.value, unit: "", citation)
      var clause = FactClause(
        id: id.value, english: english.value, chinese: chinese.value, concerns: concerns,
        citation: citation)
      clause.isAsked = isAsked
      return clause
    }
  }
}
