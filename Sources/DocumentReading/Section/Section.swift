public import FundCore

/// One mapping while it is read. It remembers which keys were asked for.
///
/// Readers named plainly (`money`) want the key to be there; readers with `IfPresent` in their
/// name do not. Both report what is wrong at its own place and return `nil`, so that reading goes
/// on and finds everything. A key without a value is a problem for both. `finish()` then reports the keys that nobody asked for.
public struct Section {
  /// The path of the mapping from the top of the document; empty for the document itself.
  public let path: String
  /// Where the mapping starts.
  public let location: SourceLocation
  /// Where problems go.
  public let problems: ProblemCollector
  let entries: [DocumentEntry]
  var allowedKeys: [String] = []
  /// Keys that are refused with a reason of their own: known, and never offered.
  private var traps: Set<String> = []
  /// Keys that were reported as missing.
  private var missing: Set<String> = []

  /// Starts to read a mapping.
  ///
  /// - Parameters:
  ///   - node: The mapping.
  ///   - name: Its path from the top of the document; empty for the document itself.
  ///   - problems: Where problems go.
  /// - Returns: `nil`, with a problem reported, if the node is not a mapping.
  public init?(_ node: DocumentNode, name: String = "", problems: ProblemCollector) {
    path = name
    location = node.location
    self.problems = problems
    guard let entries = node.entries else {
      problems.report(notAMapping(node, path: name))
      return nil
    }
    self.entries = entries
  }

  /// The keys of the mapping, in the order of the file.
  public var keys: [Written<String>] { entries.map(\.key) }

  /// Whether a key has a single word that meets a condition; the key is known then.
  public mutating func hasWord(_ key: String, where isMeant: (String) -> Bool) -> Bool {
    find(key)?.text.map(isMeant) ?? false
  }

  /// Whether the mapping has a key. Asking makes the key a known one.
  public mutating func has(_ key: String) -> Bool { find(key) != nil }

  /// Whether a key was read or made known.
  public func wasAsked(_ key: String) -> Bool { allowedKeys.contains(key) }

  /// Whether the mapping has a key that the caller refuses with its reason. The key is not unknown,
  /// and is not among those that are offered.
  public mutating func hasTrap(_ key: String) -> Bool {
    traps.insert(key)
    return entries.contains { $0.key.value == key }
  }

  /// Makes keys known that are not read this time.
  public mutating func allow(_ keys: String...) {
    for key in keys { remember(key) }
  }

  /// Reports a problem with what this mapping says as a whole.
  public func report(_ code: String, _ message: LocalizedText, help advice: LocalizedText) {
    problems.report(code, message, help: advice, at: location)
  }

  /// The value of a key as it stands; reports that the key is missing.
  public mutating func node(_ key: String, example: String = "…") -> DocumentNode? {
    guard let node = find(key) else {
      reportMissing(key, example: example)
      missing.insert(key)
      return nil
    }
    return node
  }

  /// The value of a key as it stands.
  public mutating func nodeIfPresent(_ key: String) -> DocumentNode? { find(key) }

  /// Reports every key that was never asked for, with the one that was probably meant.
  public mutating func finish() {
    for entry in entries
    where !allowedKeys.contains(entry.key.value) && !traps.contains(entry.key.value) {
      let key = entry.key.value
      let name = Scalar.name(key)
      if allowedKeys.contains(name),
        entries.count(where: { Scalar.name($0.key.value) == name }) == 1
      {
        continue
      }
      let suggestion = didYouMean(key, among: allowedKeys)
      // A key that was misspelt is not missing, too: one cause, one message.
      if let meant = closestMatch(to: key, among: allowedKeys), missing.remove(meant) != nil {
        problems.withdraw(missing: meant, in: path, at: location)
      }
      let place: LocalizedText =
        path.isEmpty ? .init(en: "here", zh: "此处") : .init(en: "in '\(path)'", zh: "“\(path)”中")
      let list: LocalizedText =
        allowedKeys.isEmpty
        ? .init(en: "remove it; no keys are expected \(place)", zh: "删去它；\(place)不应有任何键")
        : .init(
          en: "keys \(place): \(allowedKeys.joined(separator: ", "))",
          zh: "\(place)可用的键：\(allowedKeys.joined(separator: "、"))")
      problems.report(
        "unknown-key",
        .init(en: "the key \(quoted(key)) is not known \(place)", zh: "\(place)没有键\(quoted(key))"),
        help: suggestion + list + TypedMarks.advice(key),
        at: entry.key.location)
    }
  }

  /// The path of a key from the top of the document.
  public func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  mutating func find(_ key: String) -> DocumentNode? {
    remember(key)
    // Names are compared in their normal form, so that 甲银行（总行） is 甲银行(总行).
    return
      (entries.first { $0.key.value == key }
      ?? entries.first { Scalar.name($0.key.value) == key })?.value
  }

  func reportMissing(_ key: String, example: String) {
    var problem = Diagnostic(
      code: "missing-key", message: absence(of: key),
      advice: .init(en: "add `\(key): \(example)`", zh: "加上 `\(key): \(example)`"),
      location: location)
    problem.missingKey = MissingKey(key, in: path, example: example)
    problems.report(problem)
  }

  private func absence(of key: String) -> LocalizedText {
    path.isEmpty
      ? .init(en: "the key '\(key)' is missing", zh: "缺少键“\(key)”")
      : .init(en: "the key '\(key)' is missing in '\(path)'", zh: "“\(path)”中缺少键“\(key)”")
  }

  private mutating func remember(_ key: String) {
    if !allowedKeys.contains(key) { allowedKeys.append(key) }
  }
}

/// The report of something that should be a mapping.
private func notAMapping(_ node: DocumentNode, path: String) -> Diagnostic {
  let place: LocalizedText = path.isEmpty ? .empty : .init(en: "\(path): ", zh: "\(path)：")
  if let text = node.text {
    if let column = columnOfFullWidthColon(text) {
      let location = SourceLocation(
        file: node.location.file, line: node.location.line,
        column: node.location.column + column - 1)
      return fullWidthColonProblem(at: location).problems[0]
    }
    if text.contains(":") {
      return Diagnostic(
        code: "missing-blank",
        message: .init(
          en: "\(place)\(quoted(text)) has no blank behind the colon",
          zh: "\(place)\(quoted(text))的冒号后面没有空格"),
        advice: .init(
          en: "write `key: value`, with a blank behind the colon", zh: "写成 `key: value`，冒号后面加空格"),
        location: node.location)
    }
  }
  return Diagnostic(
    code: "not-a-mapping",
    message: .init(
      en: """
        \(place)\(node.kind) stands where keys are expected
        """, zh: "\(place)此处应为键，却是\(node.kind)"),
    advice: .init(
      en: "write keys below it, each on a line of its own and indented, as `key: value`",
      zh: "在下面逐行缩进写出各键，形如 `key: value`"),
    location: node.location)
}
