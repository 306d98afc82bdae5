import FundCore
public import ReportForm

/// A control of the page, with what it does to the scenario.
public struct PlannedControl: Sendable, Hashable {
  /// What moving a control changes.
  public enum Action: Sendable, Hashable {
    /// The programme of a fund.
    case programme(fund: Int)
    /// The operating model of a fund.
    case model(fund: Int)
    /// The value at a path of the scenario file, whose parent stands there.
    case value(path: String)
    /// The value of a key below one of a fund's keys, which may be missing: a share, a reading.
    case entry(fund: Int, of: String, key: String)
    /// A parameter of a fund's programme, set against the text.
    case override(fund: Int, parameter: String)
    /// When a fund is filled up, or never.
    case fillUpTime(fund: Int)
    /// To what a fund is filled up.
    case fillUpAmount(fund: Int)
    /// What multiplies all probabilities of default over the whole run.
    case stress
  }

  /// What is shown.
  public var control: PlanSheet.Control
  /// What it changes.
  public var action: Action

  /// The name by which the page knows it.
  public var id: String { control.id }

  /// Whether other controls hang on where it stands.
  var isStructural: Bool {
    switch action {
    case .programme, .model: true
    default: false
    }
  }

  /// The largest number that it takes where more would be more work: of loans, four times what its slider
  /// reaches; `nil` where all are as much work.
  var limit: Double? {
    guard case .number(let range) = control.kind, isOfLending else { return nil }
    return range.high * 4
  }

  private var isOfLending: Bool {
    switch action {
    case .value(path: "portfolio.lending"), .value(path: "portfolio.generate.loansPerMonth"): true
    default: false
    }
  }

  /// A value that was sent, as a scenario file writes it; `nil` if it is none that the control can have.
  func written(_ text: String) -> String? {
    switch control.kind {
    case .choice(let choices): return choices.contains { $0.value == text } ? text : nil
    case .number(let range):
      guard text.utf8.count <= 16, text.wholeMatch(of: /[0-9]{1,12}(\.[0-9]{1,6})?/) != nil else {
        return nil
      }
      return range.unit.written(text)
    }
  }
}

extension PlannedControl {
  /// A slider.
  init(
    _ action: Action, id: String, _ name: LocalizedText, _ range: PlanRange, at value: Double
  ) {
    control = PlanSheet.Control(
      Self.safe(id), name, .number(range), value: PlanFace.number(value))
    self.action = action
  }

  /// A choice.
  init(
    _ action: Action, id: String, _ name: LocalizedText, _ choices: [PlanSheet.Control.Choice],
    at value: String
  ) {
    control = PlanSheet.Control(Self.safe(id), name, .choice(choices), value: value)
    self.action = action
  }

  /// The same with what the text says of it.
  func saying(_ source: LocalizedText) -> PlannedControl {
    var control = self
    control.control.source = source
    return control
  }

  /// An id without blanks, which part the names of elements in a page.
  private static func safe(_ id: String) -> String {
    String(id.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
  }
}

extension PlanRange {
  /// A range from nothing to some multiple of where it stands, in round steps.
  ///
  /// - Parameters:
  ///   - value: Where it stands.
  ///   - reach: What it must reach at least.
  ///   - unit: What it counts.
  static func around(_ value: Double, reaching reach: Double = 0, _ unit: Unit) -> PlanRange {
    let wanted = max(value * 2.5, reach * 1.5, 1)
    let step = rounded(wanted / 250)
    let high = (wanted / step / 10).rounded(.up) * step * 10
    return PlanRange(step, high, step: step, unit)
  }

  /// The next of 1, 2, 5, 10, 20, … above a number.
  private static func rounded(_ value: Double) -> Double {
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    return power * ([1.0, 2, 5, 10].first { power * $0 >= value } ?? 10)
  }
}
