import CompensationKernel
public import DocumentReading
public import FundCore
import Synchronization

/// A reading that a scenario chooses.
public struct ReadingChoice: Sendable {
  /// The interpretation.
  public let id: Written<String>
  /// The name of the reading.
  public let name: Written<String>

  /// Creates a choice.
  public init(id: Written<String>, name: Written<String>) {
    self.id = id
    self.name = name
  }
}

/// A parameter that a scenario sets against the text, and why.
public struct OverrideRequest: Sendable {
  /// The path of the parameter in the programme file.
  public let path: Written<String>
  /// Its value.
  public let value: DocumentNode
  /// Why.
  public let reason: LocalizedText

  /// Creates an override.
  public init(path: Written<String>, value: DocumentNode, reason: LocalizedText) {
    self.path = path
    self.value = value
    self.reason = reason
  }
}

extension PolicyDocument {
  /// The document under other readings and with parameters set by a scenario.
  ///
  /// A run asks for each reading of a programme once a fund: one alone is read once.
  ///
  /// - Throws: Every reading or parameter that the document does not have, and whatever the
  ///   reader refuses in the changed programme.
  public func changed(
    readings: [ReadingChoice], overrides: [OverrideRequest]
  ) throws(Diagnostics) -> PolicyDocument {
    guard !readings.isEmpty || !overrides.isEmpty else { return self }
    guard overrides.isEmpty, readings.count == 1, let choice = readings.first else {
      return try read(readings: readings, overrides: overrides)
    }
    let name = [choice.id.value, choice.name.value]
    if let known = underReadings.withLock({ $0[name] }) { return known }
    let changed = try read(readings: readings, overrides: [])
    underReadings.withLock { $0[name] = changed }
    return changed
  }

  /// The document, read once more with what is changed.
  private func read(
    readings: [ReadingChoice], overrides: [OverrideRequest]
  ) throws(Diagnostics) -> PolicyDocument {
    let problems = ProblemCollector()
    var tree = tree
    let changes = readings.flatMap { self.changes(of: $0, problems) }
    for entry in changes {
      tree = tree.replacing(path: entry.key.value, with: entry.value) ?? tree
    }
    // One reading may take away what another one changes.
    for entry in changes where tree.replacing(path: entry.key.value, with: entry.value) == nil {
      problems.report(unknownParameter: entry, in: tree)
    }
    for item in overrides {
      guard let changed = tree.overriding(item) else {
        problems.report(
          "unknown-parameter",
          .init(
            en: "programme '\(id)' has no parameter '\(item.path.value)'",
            zh: "办法“\(id)”没有参数“\(item.path.value)”"),
          help: suggestion(for: item.path.value, in: tree), at: item.path.location)
        continue
      }
      tree = changed
    }
    try problems.throwIfAny()
    return try readProgramme(tree: tree, log: interpretations).with(check)
  }

  private func changes(of choice: ReadingChoice, _ problems: ProblemCollector) -> [DocumentEntry] {
    guard let interpretation = interpretations.first(where: { $0.id == choice.id.value }) else {
      problems.report(
        "unknown-interpretation",
        .init(
          en: "programme '\(id)' has no interpretation '\(choice.id.value)'",
          zh: "办法“\(id)”没有解释“\(choice.id.value)”"),
        help: oneOf(interpretations.map(\.id)),
        at: choice.id.location)
      return []
    }
    if choice.name.value == "default" { return [] }
    guard let reading = interpretation.others.first(where: { $0.name == choice.name.value }) else {
      let names = ["default"] + interpretation.others.map(\.name)
      problems.report(
        "unknown-reading",
        .init(
          en: "\(interpretation.id) has no reading '\(choice.name.value)'",
          zh: "\(interpretation.id) 没有名为“\(choice.name.value)”的读法"),
        help: oneOf(names), at: choice.name.location)
      return []
    }
    return reading.changes
  }
}

extension DocumentNode {
  /// A text as a file writes it: a value, or, where the languages differ, both of them by their keys.
  public init(_ text: LocalizedText, at place: SourceLocation) {
    func scalar(_ text: String) -> DocumentNode {
      DocumentNode(content: .scalar(text, isPlain: false), location: place)
    }
    guard text.english != text.chinese else {
      self = scalar(text.english)
      return
    }
    let halves = [("zh", text.chinese), ("en", text.english)]
    self.init(
      content: .mapping(
        halves.map { DocumentEntry(key: Written($0.0, at: place), value: scalar($0.1)) }),
      location: place)
  }

  /// This tree with one parameter set, its clause citing the reason as an assumption.
  func overriding(_ item: OverrideRequest) -> DocumentNode? {
    let path = item.path.value
    let parent = path.split(separator: ".").dropLast().joined(separator: ".")
    guard isParameter(path), let changed = replacing(path: path, with: item.value) else {
      return nil
    }
    let reason = DocumentNode(item.reason, at: item.path.location)
    return changed.replacing(path: parent + ".assumption", with: reason)
  }
}
