import ClaimRules
public import CompensationKernel
public import FundCore
public import ScenarioInput

/// One way to answer a planner's question: a scenario with something changed.
public struct Variant: Sendable {
  /// A place of the scenario, and what stands there in this variant.
  public struct Setting: Sendable, Hashable {
    /// The place, or what is varied.
    public let path: String
    /// The value, as it was written.
    public let value: String

    /// What the place is called in reports.
    public var name: LocalizedText { Variant.name(ofKey: path) }
    /// The value in words.
    public var words: LocalizedText { Variant.words(ofValue: value, forKey: path) }

    /// Creates a setting.
    public init(path: String, value: String) {
      self.path = path
      self.value = value
    }

    /// Whether the value alone tells what it is: an initial amount, a programme, a model that was
    /// asked for by its own option.
    public var tellsItself: Bool {
      ["programme", "model", "initial"].contains(path) || path.hasSuffix(".initial")
    }
  }

  /// One of the pieces of which a name is put together.
  public enum NamePart: Sendable, Hashable {
    /// What a file or a folder calls it.
    case text(String)
    /// A value of a setting.
    case setting(Setting)

    /// The piece in the names of rows, as files and options know it: the last key of the path, and the
    /// value; the value alone where it tells what it is.
    public var label: String {
      switch self {
      case .text(let text): return text
      case .setting(let setting):
        let key = setting.path.split(separator: ".").last.map(String.init) ?? setting.path
        return setting.tellsItself ? setting.value : "\(key) \(setting.value)"
      }
    }
  }

  /// Its name, by which options and results know it.
  public let name: String
  /// The pieces of the name; none where it is none of several.
  public internal(set) var nameParts: [NamePart] = []
  /// What was changed.
  public let settings: [Setting]
  /// The scenario, or why the articles do not allow it.
  public let outcome: Result<Scenario, Diagnostics>

  /// Creates a variant.
  public init(name: String, settings: [Setting], outcome: Result<Scenario, Diagnostics>) {
    self.name = name
    self.settings = settings
    self.outcome = outcome
  }

  /// The names of the thresholds of all funds of some variants.
  public static func thresholds(of variants: [Variant]) -> [String] {
    var names: [String] = []
    for fund in variants.compactMap(\.scenario).flatMap(\.funds) {
      for name in fund.terms.thresholds.map(\.value.id) where !names.contains(name) {
        names.append(name)
      }
    }
    return names
  }

  /// The parties that all funds of some variants can name.
  public static func parties(of variants: [Variant]) -> [Party] {
    let funds = variants.compactMap(\.scenario).flatMap(\.funds)
    return Party.ordered(Party.shared + funds.flatMap(\.parties.all))
  }

  /// The same with another number of trials.
  public func with(trials: Int) -> Variant {
    guard case .success(var scenario) = outcome else { return self }
    scenario.trials = trials
    return Variant(name: name, settings: settings, outcome: .success(scenario))
  }

  /// Whether it reckons what its funds cost.
  public var reckonsCosts: Bool { scenario?.funds.contains { $0.costs != nil } ?? false }

  /// The scenario; `nil` if it is not allowed.
  public var scenario: Scenario? {
    switch outcome {
    case .success(let scenario): scenario
    case .failure: nil
    }
  }
}

/// One thing that is varied, with its values.
public struct VariedSetting: Sendable {
  /// Where the values go.
  public let path: String
  /// The values.
  public let edits: [ScenarioEdit]

  /// The values as they were written.
  public var texts: [String] { edits.map(\.text) }

  /// Reads `path=value,value`, or the values alone where the path is known.
  ///
  /// - Parameters:
  ///   - text: What stands behind the option. Commas between brackets or quotes belong to a value.
  ///   - option: The option, for messages.
  ///   - path: Where the values go; `nil` if the text says it.
  public init(_ text: String, option: String, path: String? = nil) throws(Diagnostics) {
    var place = option
    var values = text
    if let path {
      self.path = path
    } else {
      place = "\(option) \(text)"
      guard let equals = text.firstIndex(of: "=") else {
        throw Diagnostics(
          "malformed-setting",
          .init(
            en: "'\(text)' does not say what is set to which value",
            zh: "“\(text)”没有说明把什么设为何值"),
          help: .init(
            en: "write a path and its values: \(option) defaults.assetCorrelation=0.12,0.2",
            zh: "请写路径和各个值：\(option) defaults.assetCorrelation=0.12,0.2"),
          at: SourceLocation(file: place))
      }
      self.path = String(text[..<equals]).trimmingBlanks
      values = String(text[text.index(after: equals)...])
    }
    var edits: [ScenarioEdit] = []
    for value in Self.values(of: values) {
      edits.append(try ScenarioEdit(path: self.path, text: value, option: place))
    }
    for (index, edit) in edits.enumerated()
    where edits[..<index].contains(where: { $0.text == edit.text }) {
      throw Diagnostics(
        "value-twice",
        .init(en: "the value '\(edit.text)' is given twice", zh: "值“\(edit.text)”重复"),
        help: .init(
          en: "a comma separates values; write large amounts as 1000万 or 10000000",
          zh: "逗号用于分隔各个值；大额请写作1000万或10000000"),
        at: SourceLocation(file: place))
    }
    self.edits = edits
  }

  /// What commas separate, outside brackets and quotes.
  static func values(of text: String) -> [String] {
    var values: [String] = []
    var current = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if "{[(".contains(character) {
        depth += 1
      } else if "}])".contains(character) {
        depth -= 1
      } else if depth == 0, character == "," || character == "，" {
        values.append(current.trimmingBlanks)
        current = ""
        continue
      }
      current.append(character)
    }
    return values + [current.trimmingBlanks]
  }
}

extension String {
  /// This text without blanks at its ends.
  var trimmingBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
  }
}
