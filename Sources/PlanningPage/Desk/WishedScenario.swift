import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import Planning
import PolicyLibrary
import ReportForm
import ScenarioInput

/// A scenario with its controls moved: what comes of it, or what does not go, beside the control that asks for it.
struct WishedScenario {
  /// The controls, as the programmes and models of the wish have them.
  private(set) var controls: PlanControls
  /// The file with what was moved; that of the last step that could be made.
  private(set) var document: ScenarioDocument
  /// What was read; `nil` where something does not go.
  private(set) var scenario: Scenario?
  /// What does not go, by the id of a control; what belongs to none under other names.
  var problems: [String: LocalizedText] = [:]
  /// What goes, and departs from the text, by the id of a control.
  private(set) var notes: [String: LocalizedText] = [:]

  private let choices: ScenarioChoices

  /// Moves the controls of a scenario.
  ///
  /// - Parameters:
  ///   - base: The scenario as the file has it.
  ///   - moved: The ids of controls, and where they stand. Those of controls that are not there are left out.
  init(_ base: PlanBase, moved: [String: String]) {
    self.init(moving: moved, of: base)
    blame(moved, of: base)
  }

  /// The same, with what does not go where it was found.
  init(moving moved: [String: String], of base: PlanBase) {
    (controls, document, choices) = (base.controls, base.document, base.choices)
    guard let structured = restructured(base, moved) else { return }
    var position = structured
    let wishes = controls.all.filter { !$0.isStructural && moved[$0.id] != nil }
    for control in wishes {
      guard let text = moved[control.id], text != control.control.value else { continue }
      guard let value = control.written(text) else {
        problems[control.id] = .init(
          en: "\(quoted(text)) is no value of this control", zh: "\(quoted(text))不是此项可取的值")
        continue
      }
      if let limit = control.limit, let number = Double(text), number > limit {
        problems[control.id] = .init(
          en: "more than a page answers at once: at most \(limit) here, more with `fundsim run`",
          zh: "超出测算页能及时回答的范围：此处最多\(limit)，更多请用 `fundsim run`")
        continue
      }
      do {
        try apply(control, value, moved)
      } catch {
        note(error)
      }
    }
    guard problems.isEmpty else { return }
    do throws(Diagnostics) {
      position = try document.scenario(choices: choices)
      scenario = position
      noteDepartures(position)
    } catch {
      note(error)
    }
  }

  // MARK: Programmes and models

  /// Takes the programmes and models of the wish, on which the other controls hang.
  ///
  /// - Returns: What is read then; `nil` where it does not go.
  private mutating func restructured(_ base: PlanBase, _ moved: [String: String]) -> Scenario? {
    var scenario = base.scenario
    let wishes = base.controls.all.filter { control in
      control.isStructural && moved[control.id].map { $0 != control.control.value } ?? false
    }
    guard !wishes.isEmpty else { return scenario }
    do throws(Diagnostics) {
      for control in wishes {
        guard let text = moved[control.id], let value = control.written(text) else { continue }
        switch control.action {
        case .programme(let fund):
          document = try document.usingProgramme(
            value, of: scenario.funds[fund], at: fund, option: control.id)
          // An amount that the other text does not allow is studied, and departs from it.
          let path = "funds.\(fund + 1).initial"
          if let text = document.tree.node(at: path)?.text {
            document = try document.setting(
              ScenarioEdit(path: path, text: text, option: control.id))
          }
        case .model(let fund):
          // Shares that were agreed belong to the model that was left.
          document = document.removing("funds.\(fund + 1).shares")
          document = try document.setting(
            ScenarioEdit(path: "funds.\(fund + 1).model", text: value, option: control.id))
        default: break
        }
      }
      scenario = try completed()
      controls = PlanControls(of: document, scenario)
      return scenario
    } catch {
      note(error)
      return nil
    }
  }

  /// What is read under other programmes. A text that counts overdue principal asks when that is written off,
  /// which a file for another text need not say: never, unless it does.
  private mutating func completed() throws(Diagnostics) -> Scenario {
    let refusal: Diagnostics
    do throws(Diagnostics) {
      return try document.scenario(choices: choices)
    } catch {
      refusal = error
    }
    let path = "recovery.writeOffMonths"
    guard document.tree.node(at: path) == nil,
      refusal.problems.contains(where: { $0.code == "missing-key" })
    else { throw refusal }
    let completed = try document.setting(ScenarioEdit(path: path, text: "never", option: path))
    let scenario: Scenario
    do throws(Diagnostics) {
      scenario = try completed.scenario(choices: choices)
    } catch {
      throw refusal
    }
    document = completed
    notes[path] = .init(
      en: "this text asks for it and the file does not say it: never is taken",
      zh: "该条文需要此项而情景文件未写：按不核销计")
    return scenario
  }

  // MARK: Values

  private mutating func apply(
    _ control: PlannedControl, _ value: String, _ moved: [String: String]
  ) throws(Diagnostics) {
    switch control.action {
    case .value(let path):
      if path.hasSuffix(".initial"), let parts = document.contributorAmounts(of: value, at: path) {
        for (name, amount) in parts { try set(name, amount, control) }
      }
      try set(path, value, control)
    case .entry(let fund, let parent, let key):
      let path = "funds.\(fund + 1).\(parent)"
      if document.tree.node(at: path)?.entries == nil {
        try set(path, "{\(key): \(value)}", control)
      } else {
        try set("\(path).\(key)", value, control)
      }
    case .override(let fund, let parameter):
      let item = """
        {parameter: \(parameter), value: \(value), reason: {en: a value to study, zh: 测算的取值}}
        """
      try add(item, to: "funds.\(fund + 1).overrides", control) {
        $0.node(at: "parameter")?.text != parameter
      }
    case .fillUpTime(let fund): try setFillUp(fund, at: value, to: nil, control, moved)
    case .fillUpAmount(let fund): try setFillUp(fund, at: nil, to: value, control, moved)
    case .stress:
      let (first, last) = (
        document.tree.node(at: "start")?.text ?? "", "\(lastMonth ?? CivilMonth(ordinal: 0))"
      )
      try add("{from: \(first), until: \(last), factor: \(value)}", to: "defaults.stress", control)
    case .programme, .model: break
    }
  }

  private var lastMonth: CivilMonth? {
    guard
      case .success(let start)? = document.tree.node(at: "start")?.text.map({ Scalar.month($0) }),
      case .success(let count)? = document.tree.node(at: "horizon")?.text.map({
        Scalar.monthCount($0, in: 1...longestHorizon)
      })
    else { return nil }
    return start.advanced(by: count - 1)
  }

  private mutating func set(
    _ path: String, _ value: String, _ control: PlannedControl
  ) throws(Diagnostics) {
    document = try document.setting(ScenarioEdit(path: path, text: value, option: control.id))
  }

  /// Adds an item to a list, which may be missing; of those that are there some may go.
  private mutating func add(
    _ item: String, to path: String, _ control: PlannedControl,
    keeping isKept: (DocumentNode) -> Bool = { _ in true }
  ) throws(Diagnostics) {
    let kept = (document.tree.node(at: path)?.items ?? []).filter(isKept).map(\.yamlLine)
    try set(path, "[" + (kept + [item]).joined(separator: ", ") + "]", control)
  }

  /// When and to what a fund is filled up; limits that the file sets stay.
  private mutating func setFillUp(
    _ fund: Int, at time: String?, to amount: String?, _ control: PlannedControl,
    _ moved: [String: String]
  ) throws(Diagnostics) {
    let path = "funds.\(fund + 1).fillUp"
    func place(_ action: PlannedControl.Action) -> String? {
      guard let other = controls.all.first(where: { $0.action == action }) else { return nil }
      return other.written(moved[other.id] ?? other.control.value)
    }
    guard let time = time ?? place(.fillUpTime(fund: fund)),
      let amount = amount ?? place(.fillUpAmount(fund: fund))
    else { return }
    guard time != "never" else {
      document = document.removing(path)
      return
    }
    let limits = (document.tree.node(at: path)?.entries ?? []).filter {
      !["to", "at"].contains($0.key.value)
    }.map { "\($0.key.value): \($0.value.yamlLine)" }
    try set(
      path, "{" + (["to: \(amount)", "at: \(time)"] + limits).joined(separator: ", ") + "}", control
    )
  }

  // MARK: What is said

  /// Puts problems beside the controls that they are about.
  private mutating func note(_ reason: Diagnostics) {
    for problem in reason.problems {
      let (message, advice) = (problem.message, problem.advice)
      let words = LocalizedText(en: "\(message). \(advice)", zh: "\(message)。\(advice)")
      say(words, beside: place(of: problem.location))
    }
  }

  /// The control whose value stands at a place; otherwise the place itself.
  private func place(of location: SourceLocation) -> String {
    if controls.all.contains(where: { $0.id == location.file }) { return location.file }
    let found = controls.all.first { control in
      switch control.action {
      case .value(let path): document.tree.node(at: path)?.location == location
      case .model(let fund): document.tree.node(at: "funds.\(fund + 1).model")?.location == location
      case .programme(let fund):
        document.tree.node(at: "funds.\(fund + 1).programme")?.location == location
      default: false
      }
    }
    return found?.id ?? "\(location)"
  }

  /// What departs from the text, and is studied all the same.
  private mutating func noteDepartures(_ scenario: Scenario) {
    for control in controls.all {
      switch control.action {
      case .value(let path):
        guard path.hasSuffix(".initial"), let position = Int(path.split(separator: ".")[1]) else {
          continue
        }
        let fund = scenario.funds[position - 1]
        let clause = fund.original.terms.fund.initial
        let isWithin =
          switch clause.value {
          case .exactly(let amount): fund.initial == amount
          case .atLeast(let amount): fund.initial >= amount
          case .scenario: true
          }
        if !isWithin { noteDeparture(control) }
      case .override(let fund, let parameter):
        let isSet = scenario.funds[fund].overrides.contains { $0.path.value == parameter }
        if isSet { noteDeparture(control) }
      default: continue
      }
    }
  }

  private mutating func noteDeparture(_ control: PlannedControl) {
    let source = control.control.source
    notes[control.id] = .init(
      en: "departs from the text (\(source)); it is studied, and the report says so",
      zh: "与条文不符（\(source)）；仅作测算，报告会注明")
  }
}
