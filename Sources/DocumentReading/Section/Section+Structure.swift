public import FundCore

/// Readers of mappings and lists, and what all readers share.
extension Section {
  /// A mapping inside this one.
  public mutating func section(_ key: String) -> Section? {
    node(key, example: "{ … }").flatMap { below($0, key) }
  }

  /// A mapping inside this one, if the key is there.
  public mutating func sectionIfPresent(_ key: String) -> Section? {
    find(key).flatMap { below($0, key) }
  }

  /// A text of the analyst's own: one for both languages, or a mapping of `zh` and `en`.
  public mutating func words(_ key: String, example: String = "…") -> LocalizedText? {
    guard find(key)?.entries != nil, var both = section(key) else {
      return text(key, example: example).map { LocalizedText(same: $0.value) }
    }
    let chinese = both.text("zh")
    let english = both.text("en")
    both.finish()
    guard let chinese, let english else { return nil }
    return LocalizedText(english: english.value, chinese: chinese.value)
  }

  /// A text of the analyst's own, if the key is there.
  public mutating func wordsIfPresent(_ key: String) -> LocalizedText? {
    find(key) == nil ? nil : words(key)
  }

  /// A list; reports an empty one.
  public mutating func sequence(_ key: String) -> [DocumentNode]? {
    node(key, example: "[ … ]").flatMap { items(of: $0, key, mayBeEmpty: false) }
  }

  /// A list, if the key is there. It may be empty.
  public mutating func sequenceIfPresent(_ key: String) -> [DocumentNode]? {
    find(key).flatMap { items(of: $0, key, mayBeEmpty: true) }
  }

  /// A list of mappings; those that are none are reported and left out.
  public mutating func sections(_ key: String) -> [Section]? {
    sequence(key).map { sections(of: $0, key) }
  }

  /// A list of mappings, if the key is there; those that are none are reported and left out.
  public mutating func sectionsIfPresent(_ key: String) -> [Section]? {
    sequenceIfPresent(key).map { sections(of: $0, key) }
  }

  /// A list of texts.
  public mutating func texts(_ key: String) -> [Written<String>]? {
    sequence(key).map { texts(of: $0, key) }
  }

  /// A list of texts, if the key is there.
  public mutating func textsIfPresent(_ key: String) -> [Written<String>]? {
    sequenceIfPresent(key).map { texts(of: $0, key) }
  }

  /// Any scalar by a parser of the caller's.
  public mutating func value<Value>(
    _ key: String, example: String, parse: (String) -> Result<Value, ScalarProblem>
  ) -> Written<Value>? {
    required(key, example, parse)
  }

  /// Any scalar by a parser of the caller's, if the key is there.
  public mutating func valueIfPresent<Value>(
    _ key: String, example: String, parse: (String) -> Result<Value, ScalarProblem>
  ) -> Written<Value>? {
    optional(key, example, parse)
  }

  mutating func required<Value>(
    _ key: String, _ example: String, _ parse: (String) -> Result<Value, ScalarProblem>
  ) -> Written<Value>? {
    node(key, example: example).flatMap {
      readScalar($0, name: path(of: key), example: example, problems: problems, parse: parse)
    }
  }

  mutating func optional<Value>(
    _ key: String, _ example: String, _ parse: (String) -> Result<Value, ScalarProblem>
  ) -> Written<Value>? {
    find(key).flatMap {
      readScalar($0, name: path(of: key), example: example, problems: problems, parse: parse)
    }
  }

  private func below(_ node: DocumentNode, _ key: String) -> Section? {
    Section(node, name: path(of: key), problems: problems)
  }

  private func sections(of items: [DocumentNode], _ key: String) -> [Section] {
    zip(pathNames(of: items), items).compactMap { name, item in
      Section(item, name: "\(path(of: key)).\(name)", problems: problems)
    }
  }

  private func texts(of items: [DocumentNode], _ key: String) -> [Written<String>] {
    items.enumerated().compactMap { index, item in
      readScalar(
        item, name: "\(path(of: key)).\(index + 1)", example: "…", problems: problems,
        parse: { Scalar.text($0) })
    }
  }

  private func items(
    of node: DocumentNode, _ key: String, mayBeEmpty: Bool
  ) -> [DocumentNode]? {
    guard let items = node.items else {
      problems.report(
        "not-a-list",
        .init(
          en: "\(path(of: key)): \(node.kind) stands where a list is expected",
          zh: "\(path(of: key))：此处应为列表，却是\(node.kind)"),
        help: .init(
          en: "write each item on a line of its own behind '- ', or all in [ ]",
          zh: "每项单独一行，以“- ”开头，或全部写在 [ ] 中"),
        at: node.location)
      return nil
    }
    if items.isEmpty, !mayBeEmpty {
      problems.report(
        "empty-list",
        .init(en: "\(path(of: key)): the list has no items", zh: "\(path(of: key))：列表是空的"),
        help: .init(en: "write at least one item", zh: "至少写一项"),
        at: node.location)
      return nil
    }
    return items
  }
}

/// The value of a scalar node, or `nil` with a problem reported at its place.
///
/// - Parameters:
///   - node: What the file says.
///   - name: How the message names the value, such as `fund.initial`.
///   - example: A right value, for the help line.
///   - problems: Where a problem goes.
///   - parse: Turns the text into the value.
public func readScalar<Value>(
  _ node: DocumentNode, name: String, example: String, problems: ProblemCollector,
  parse: (String) -> Result<Value, ScalarProblem>
) -> Written<Value>? {
  let problem: ScalarProblem
  switch node.content {
  case .scalar(let text, _):
    switch parse(text) {
    case .success(let value): return Written(value, at: node.location)
    case .failure(let found):
      problem = ScalarProblem(
        found.code, found.message, help: found.advice + TypedMarks.advice(text))
    }
  case .null:
    problem = ScalarProblem(
      "missing-value", .init(en: "there is no value", zh: "没有值"),
      help: .init(en: "write a value, such as \(example)", zh: "写一个值，如\(example)"))
  case .sequence, .mapping:
    problem = ScalarProblem(
      "not-a-value",
      .init(
        en: "\(node.kind) stands where a single value is expected", zh: "此处应为单个值，却是\(node.kind)"),
      help: .init(en: "write a single value, such as \(example)", zh: "写单个值，如\(example)"))
  }
  problems.report(
    problem.code, problem.message.named(name), help: problem.advice, at: node.location)
  return nil
}
