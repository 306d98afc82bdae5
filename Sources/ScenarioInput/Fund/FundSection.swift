import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// Reads one item of `funds:`, and holds it against its programme.
struct FundSection {
  let problems: ProblemCollector
  let shelf: ProgrammeShelf
  let start: CivilMonth
  let horizon: Int
  let portfolio: LoanTape
  /// Whether dates count by the day (registers), and not by the month.
  var isByDay = false

  /// Reads all items, as far as they can be read.
  func readAll(_ sections: [Section]) -> [FundAgreement] {
    sections.enumerated().compactMap { read($0.element, number: $0.offset + 1) }
  }

  func read(_ opened: Section, number: Int) -> FundAgreement? {
    var section = opened
    let name = section.textIfPresent("name")?.value
    let programmeName = section.text("programme", example: "dalian-2018")
    section.allow("model", "shares")
    let readings = readings(&section)
    let overrides = (section.sectionsIfPresent("overrides") ?? []).compactMap { override($0) }
    let loaded = programmeName.flatMap { load($0, readings: readings, overrides: overrides) }
    let model = model(&section, of: loaded?.changed.terms, programmeName?.value)
    let agreed = shares(&section, of: loaded?.changed.terms)
    guard let loaded, let programmeName else {
      checkWithoutProgramme(&section)
      section.finish()
      return nil
    }
    let programme = loaded.changed
    let terms = programme.terms
    let sharing = model.flatMap {
      self.sharing(
        terms, model: $0.value, agreed: agreed ?? [:], at: $0.location, programmeName.value)
    }
    let initial = initial(&section, terms, programme.id)
    let dates = dates(&section, terms, programme.id)
    let delay = claimDelay(&section, terms)
    let money = money(&section, programme, initial: initial)
    let injections = injections(&section)
    let contributors = contributors(&section, initial: initial, accounts: money?.accounts)
    let caps = bankCaps(&section, terms)
    let afterSuspension = afterSuspension(&section, terms)
    let fillUp = fillUp(&section, terms, initial: initial ?? .zero)
    let premiums = WrittenPremium.all(&section)
    section.finish()
    guard let model, let sharing, let initial, let dates, let delay, let money, let injections,
      let contributors, let caps, let premiums
    else { return nil }
    var agreement = FundAgreement(
      name: name ?? "\(programme.id) \(model.value?.id ?? "fromLoan") \(number)",
      original: loaded.original, programme: programme, model: model.value, sharing: sharing,
      initial: initial, dates: dates, claimDelay: delay,
      interestRate: money.interest, penaltyRate: money.penalty, annualFee: money.fee,
      accounts: money.accounts, partition: money.partition, injections: injections.byMonth,
      bankCaps: caps, readings: readings, overrides: overrides)
    agreement.afterSuspension = afterSuspension
    enter(contributors, injections, in: &agreement)
    (agreement.fillUp, agreement.fillUpSource) = (fillUp?.rule, fillUp?.source)
    agreement.agreed = (agreed ?? [:]).mapValues(\.value)
    return withPremiums(premiums, agreement)
  }

  /// The fund with the premiums that its section states; their discount rate is the scenario's.
  private func withPremiums(_ written: [WrittenPremium], _ fund: FundAgreement) -> FundAgreement {
    guard !written.isEmpty else { return fund }
    var fund = fund
    fund.costs = CostTerms(
      discountRate: .zero,
      premiums: written.compactMap { item in
        let premium = item.premium(of: fund)
        if premium == nil { problems.refuse(item, among: fund.premiumTakers) }
        return premium
      })
    return fund
  }

  private func load(
    _ name: Written<String>, readings: [ReadingChoice], overrides: [OverrideRequest]
  ) -> (original: PolicyDocument, changed: PolicyDocument)? {
    do {
      let original = try shelf.programme(name)
      return (original, try original.changed(readings: readings, overrides: overrides))
    } catch {
      problems.report(error)
      return nil
    }
  }

  // MARK: Choices

  /// The words for each loan's own model.
  private static let fromLoan = (name: "fromLoan", others: ["按贷款", "按各笔贷款", "各笔贷款自定"])

  /// Whether a word says that each loan has its own operating model.
  static func takesModelFromLoan(_ word: String) -> Bool {
    if case .success = Scalar.choice(word, among: [fromLoan.name], others: [fromLoan.others]) {
      return true
    }
    return false
  }

  /// The operating model; `nil` for each loan's own.
  ///
  /// - Parameters:
  ///   - section: The fund.
  ///   - terms: What its programme says; `nil` if it cannot be read.
  ///   - programme: The programme's name. One that cannot be read may have models of its own.
  private func model(
    _ section: inout Section, of terms: CompensationTerms?, _ programme: String?
  ) -> Written<OperatingModel?>? {
    let known = terms.map { KnownModels(of: $0) } ?? .shared
    let names = known.all.map(\.id) + [Self.fromLoan.name]
    let others = known.all.map(\.otherWords) + [Self.fromLoan.others]
    let isUnknown = terms == nil && !PolicyDocument.builtInIDs.contains(programme ?? "")
    return section.value("model", example: names.joined(separator: " | ")) { text in
      Scalar.choice(text, among: names, others: others)
        .flatMapError { isUnknown ? .success(names.count - 1) : .failure($0) }
        .map { known.all.indices.contains($0) ? known.all[$0] : nil }
    }
  }

  private func readings(_ section: inout Section) -> [ReadingChoice] {
    guard section.has("readings"), var readings = section.section("readings") else { return [] }
    let keys = readings.keys
    let choices = keys.compactMap { key -> ReadingChoice? in
      readings.text(key.value).map { ReadingChoice(id: key, name: $0) }
    }
    readings.finish()
    return choices
  }

  private func override(_ opened: Section) -> OverrideRequest? {
    var section = opened
    let parameter = section.text("parameter", example: "models.bank.payers.fund.share.value")
    let value = section.node("value", example: "45%")
    let reason = section.words("reason", example: "draft for consultation, January 2026")
    section.finish()
    guard let parameter, let value, let reason else { return nil }
    return OverrideRequest(path: parameter, value: value, reason: reason)
  }

  private func shares(
    _ section: inout Section, of terms: CompensationTerms?
  ) -> [Party: Written<Ratio>]? {
    guard section.has("shares"), var shares = section.section("shares") else { return nil }
    guard let terms else {
      for key in shares.keys { _ = shares.ratio(key.value) }
      shares.finish()
      return nil
    }
    var agreed: [Party: Written<Ratio>] = [:]
    for party in terms.parties.listed where party.role != .partner {
      let key =
        shares.keys.first { party.otherWords.contains(Scalar.normalised($0.value)) }?.value
        ?? party.name
      if let share = shares.ratioIfPresent(key) { agreed[party] = share }
    }
    shares.finish()
    return agreed
  }

  // MARK: Shares against the articles

  private func sharing(
    _ terms: CompensationTerms, model: OperatingModel?, agreed: [Party: Written<Ratio>],
    at location: SourceLocation, _ programme: String
  ) -> [OperatingModel: SharingTerms]? {
    let used = model.map { [$0] } ?? Array(Set(portfolio.loans.map(\.model)))
    var result: [OperatingModel: SharingTerms] = [:]
    for model in OperatingModel.ordered(used.sorted { $0.id < $1.id }) {
      guard let clauses = terms.models[model] else {
        refuse(model, terms, programme, at: location)
        continue
      }
      checkParties(model, clauses, agreed, programme)
      switch clauses.sharing(
        agreed: agreed.mapValues(\.value), rounding: terms.rounding.value, among: terms.parties)
      {
      case .success(let sharing):
        result[model] = sharing
        checkBank(agreed[.bank], sharing)
        checkOthers(model, of: terms, agreed: agreed, at: location, programme)
      case .failure(let broken):
        for problem in broken.problems {
          problems.report(
            "forbidden-share",
            .init(
              en: """
                the \(problem.party.name)'s share of \(problem.share) in the \(model.id) \
                model is not allowed by \(problem.citation) of '\(programme)'
                """,
              zh: """
                “\(programme)”\(problem.citation)不允许\(model.id)模式下 \(problem.party.name) \
                承担\(problem.share)
                """
            ),
            help: .init(
              en: "allowed: \(problem.allowed); or override the parameter with a reason",
              zh: "允许的份额：\(problem.allowed)；或用 `overrides` 改参数并写明理由"),
            at: agreed[problem.party]?.location ?? location)
        }
      }
    }
    return result.count == used.count ? result : nil
  }

  /// The bank takes what is left; a share written for it must be just that.
  private func checkBank(_ written: Written<Ratio>?, _ sharing: SharingTerms) {
    guard let written else { return }
    let rest = sharing.bankShare
    if written.value != rest {
      problems.report(
        "shares-not-whole",
        .init(
          en: "the bank's share is given as \(written.value), but \(rest) is left",
          zh: "银行份额写为\(written.value)，而剩余\(rest)"),
        help: .init(
          en: "make the shares add up to 100%, or leave the bank out", zh: "各方份额应合计100%；或不写银行份额"),
        at: written.location)
    }
  }

  private func refuse(
    _ model: OperatingModel, _ terms: CompensationTerms, _ programme: String,
    at location: SourceLocation
  ) {
    let allowed = KnownModels(of: terms).all.filter { terms.models[$0] != nil }.map(\.id)
    let refusal = terms.refusedModels[model]
    let source: LocalizedText =
      refusal.map {
        .init(en: " (\($0.citation): \($0.reason))", zh: "（\($0.citation)：\($0.reason)）")
      } ?? .empty
    problems.report(
      "model-not-allowed",
      .init(
        en: "'\(programme)' does not allow the \(model.id) model\(source)",
        zh: "“\(programme)”不允许\(model.id)模式\(source)"),
      help: oneOf(allowed), at: location)
  }
}
