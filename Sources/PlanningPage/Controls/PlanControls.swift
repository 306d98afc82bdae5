import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
public import ReportForm
public import ScenarioInput
import Simulation

/// The controls of a scenario: what a planner can move, from where it stands, within what the text allows.
public struct PlanControls: Sendable {
  /// Controls under a heading.
  struct Group: Sendable {
    let id: String
    let heading: LocalizedText
    var controls: [PlannedControl]
    var further: [PlannedControl] = []
  }

  let groups: [Group]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - document: The scenario file.
  ///   - scenario: What it was read as.
  public init(of document: ScenarioDocument, _ scenario: Scenario) {
    let funds = scenario.funds.indices.map { position in
      FundControlFinder(document: document, scenario: scenario, position: position).group
    }
    groups = funds + [RiskControlFinder(document: document, scenario: scenario).group]
  }

  /// All of them.
  public var all: [PlannedControl] { groups.flatMap { $0.controls + $0.further } }

  /// What the page shows.
  public var sheet: PlanSheet {
    PlanSheet(
      groups.map { group in
        PlanSheet.Group(
          group.id, group.heading, group.controls.map(\.control),
          further: group.further.map(\.control),
          furtherTitle: .init(en: "readings of the text", zh: "条文的读法"))
      })
  }

  /// A word that is another one as soon as the controls are others.
  public var signature: String {
    let parts = all.map { planned -> String in
      let control = planned.control
      let source = control.source.english
      return "\(control.id)|\(control.kind)|\(control.value)|\(source)"
    }
    return String(SHA256.hexDigest(of: Array(parts.joined(separator: "\n").utf8)).prefix(16))
  }
}

/// Finds the controls of one fund.
struct FundControlFinder {
  let document: ScenarioDocument
  let scenario: Scenario
  let position: Int

  private var fund: FundAgreement { scenario.funds[position] }
  private var path: String { "funds.\(position + 1)" }
  private var terms: CompensationTerms { fund.programme.terms }
  private func node(_ key: String) -> DocumentNode? { document.tree.node(at: "\(path).\(key)") }
  /// A fund that has stood for years is what it was.
  private var isResumed: Bool { scenario.resumed != nil }

  var group: PlanControls.Group {
    PlanControls.Group(
      id: "fund-\(position + 1)", heading: .init(same: fund.name),
      controls: (isResumed ? [] : [programme, model].compactMap(\.self) + [initial])
        + shares + refund + delay + caps + fillUp,
      further: isResumed ? [] : readings)
  }

  private var programme: PlannedControl? {
    guard let name = node("programme")?.text else { return nil }
    let ids = PolicyDocument.builtInIDs
    let names = ids.contains(name) ? ids : [name] + ids
    return PlannedControl(
      .programme(fund: position), id: "\(path).programme", .init(en: "programme", zh: "办法"),
      names.map { PlanSheet.Control.Choice($0, .init(same: $0)) }, at: name
    ).saying(fund.programme.title)
  }

  /// Every model that is known, so that one that the text does not allow is refused with its article.
  private var model: PlannedControl? {
    guard let model = fund.model else { return nil }
    let known = OperatingModel.ordered(
      OperatingModel.shared + terms.models.keys.sorted { $0.id < $1.id })
    let allowed = known.filter { terms.models[$0] != nil }.map(\.words).joined()
    let article = terms.models[model]?.citation
    let source: LocalizedText =
      article.map {
        .init(en: "\($0); the text has: \(allowed)", zh: "\($0)；条文规定的模式：\(allowed)")
      } ?? .empty
    return PlannedControl(
      .model(fund: position), id: "\(path).model", .init(en: "operating model", zh: "运作模式"),
      known.map { PlanSheet.Control.Choice($0.id, $0.words) }, at: model.id
    ).saying(source)
  }

  private var initial: PlannedControl {
    let clause = fund.original.terms.fund.initial
    let (reach, source): (Money, LocalizedText) =
      switch clause.value {
      case .exactly(let amount):
        (
          amount,
          .init(en: "\(clause.citation): exactly \(amount)", zh: "\(clause.citation)：须为\(amount)")
        )
      case .atLeast(let amount):
        (
          amount,
          .init(en: "\(clause.citation): at least \(amount)", zh: "\(clause.citation)：不低于\(amount)")
        )
      case .scenario: (.zero, .init(en: "left to the scenario", zh: "由情景给出"))
      }
    let value = fund.initial.yuan / 10_000
    return PlannedControl(
      .value(path: "\(path).initial"), id: "\(path).initial",
      .init(en: "initial amount", zh: "初始资金"),
      .around(value, reaching: reach.yuan / 10_000, .tenThousandYuan), at: value
    ).saying(source)
  }

  /// The shares of all who pay beside the bank, which bears the rest.
  private var shares: [PlannedControl] {
    guard let model = fund.model, let clauses = terms.models[model],
      let sharing = fund.sharing[model]
    else { return [] }
    return clauses.payers.enumerated().map { place, payer in
      let (share, citation) = (payer.share.value, payer.share.citation)
      let allowed = share.allowedInWords
      let isFixed = share.atLeast == share.atMost
      return PlannedControl(
        .entry(fund: position, of: "shares", key: payer.party.name),
        id: "\(path).shares.\(payer.party.name)",
        .init(en: "share of the \(payer.party.words)", zh: "\(payer.party.words)份额"),
        // A share that is fixed can be tried, and is refused with its article.
        isFixed
          ? PlanRange(0, 100, step: 1, .percent)
          : PlanRange(
            (share.atLeast.value * 100).rounded(.up), (share.atMost.value * 100).rounded(.down),
            step: 1,
            .percent), at: sharing[place].share.value * 100
      ).saying(.init(en: "\(citation): \(allowed)", zh: "\(citation)：\(allowed)"))
    }
  }

  private var refund: [PlannedControl] {
    guard case .socialFirst(let share, _, _) = terms.fund.accounts.value,
      case .socialFirst(let agreed, _, _) = fund.accounts
    else { return [] }
    let (citation, allowed) = (terms.fund.accounts.citation, share.allowedInWords)
    return [
      PlannedControl(
        .value(path: "\(path).refundShare"), id: "\(path).refundShare",
        .init(en: "refund to the social account", zh: "财政补偿比例"),
        PlanRange(
          (share.atLeast.value * 100).rounded(.up), (share.atMost.value * 100).rounded(.down),
          step: 1, .percent),
        at: agreed.value * 100
      ).saying(.init(en: "\(citation): \(allowed)", zh: "\(citation)：\(allowed)"))
    ]
  }

  private var delay: [PlannedControl] {
    let clause = terms.claim.delayMonths
    let citation = clause.citation
    let source: LocalizedText =
      clause.value.map {
        .init(en: "\(citation): \($0) months", zh: "\(citation)：\($0)个月")
      } ?? .init(en: "left to the scenario", zh: "由情景给出")
    return [
      PlannedControl(
        .value(path: "\(path).claimDelay"), id: "\(path).claimDelay",
        .init(en: "months to the claim", zh: "补偿申请时滞"), PlanRange(0, 24, step: 1, .months),
        at: Double(fund.claimDelay)
      ).saying(source)
    ]
  }

  /// The caps of the model's payers.
  private var caps: [PlannedControl] {
    guard let model = fund.model else { return [] }
    let start = "models.\(model.id).payers."
    return fund.programme.parameters.compactMap { parameter in
      guard parameter.path.hasPrefix(start), parameter.path.hasSuffix(".perClaim"),
        case .success(let amount) = Scalar.money(parameter.value)
      else { return nil }
      let citation = parameter.citation
      let value = amount.yuan / 10_000
      return PlannedControl(
        .override(fund: position, parameter: parameter.path),
        id: "\(path).overrides.\(parameter.path)",
        fund.programme.name(ofParameter: parameter.path), .around(value, .tenThousandYuan),
        at: value
      ).saying(.init(en: "\(citation): \(amount)", zh: "\(citation)：\(amount)"))
    }
  }

  private var fillUp: [PlannedControl] {
    guard !isResumed else { return [] }
    let rule = fund.fillUp
    let citation = fund.fillUpSource
    let never = PlanSheet.Control.Choice(
      "never",
      citation == nil && terms.fund.fillUp == nil
        ? .init(en: "never", zh: "不补足") : .init(en: "as the text says", zh: "按条文"))
    let times = FillUpTime.allCases.map { PlanSheet.Control.Choice($0.rawValue, $0.words) }
    let isOwn = rule != nil && citation == nil
    let amount = (rule?.amount ?? fund.initial).yuan / 10_000
    let source: LocalizedText =
      (citation ?? terms.fund.fillUp?.citation).map { .init(en: "\($0)", zh: "\($0)") }
      ?? .init(en: "the text says nothing of it", zh: "条文未作规定")
    return [
      PlannedControl(
        .fillUpTime(fund: position), id: "\(path).fillUp.at", .init(en: "filled up", zh: "补足"),
        [never] + times, at: isOwn ? rule?.time.rawValue ?? "never" : "never"
      ).saying(source),
      PlannedControl(
        .fillUpAmount(fund: position), id: "\(path).fillUp.to",
        .init(en: "filled up to", zh: "补足至"),
        .around(amount, .tenThousandYuan), at: amount),
    ]
  }

  private var readings: [PlannedControl] {
    fund.original.interpretations.filter { !$0.others.isEmpty }.map { item in
      let used = fund.readings.first { $0.id.value == item.id }?.name.value ?? "default"
      return PlannedControl(
        .entry(fund: position, of: "readings", key: item.id), id: "\(path).readings.\(item.id)",
        .init(en: "\(item.id) \(item.question)", zh: "\(item.id) \(item.question)"),
        [PlanSheet.Control.Choice("default", item.reading)]
          + item.others.map { PlanSheet.Control.Choice($0.name, $0.text) }, at: used
      ).saying(item.words == "—" ? .empty : .init(same: "“\(item.words)”"))
    }
  }
}
