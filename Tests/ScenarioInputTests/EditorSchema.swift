import DocumentReading
import Foundation

/// A schema of `scenarios/` for editors, and the part of JSON Schema that these schemas use.
struct EditorSchema {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// What a keyword is applied to: a rule, and the file in which it stands.
  private struct Rule {
    let node: DocumentNode
    let file: String
  }

  private let files: [String: DocumentNode]
  private let name: String

  init(_ name: String) throws {
    self.name = name
    let names = Set([name, "scenario.schema.json"])
    files = Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try readDocument(path: "\(Self.root)/scenarios/\($0)"))
      })
  }

  /// What is wrong with a document, each with its path.
  func problems(of document: DocumentNode) -> [String] {
    files[name].map { problems(document, Rule(node: $0, file: name), "") } ?? ["no schema"]
  }

  /// The rule that a reference names, such as `scenario.schema.json#/$defs/fund`.
  func rule(_ reference: String) -> DocumentNode? { resolved(reference, in: name)?.node }

  private func resolved(_ reference: String, in file: String) -> Rule? {
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
    let target = parts[0].isEmpty ? file : String(parts[0])
    let steps = parts.last?.split(separator: "/") ?? []
    let node = steps.reduce(files[target]) { $0?[String($1)] }
    return node.map { Rule(node: $0, file: target) }
  }

  private func problems(_ value: DocumentNode, _ rule: Rule, _ path: String) -> [String] {
    // `additionalProperties: false` is a rule that nothing fits.
    if rule.node.text == "false" { return ["\(path): not known"] }
    return (rule.node.entries ?? []).flatMap { keyword -> [String] in
      let inner = Rule(node: keyword.value, file: rule.file)
      return switch keyword.key.value {
      case "$ref": reference(value, inner, path)
      case "type", "const", "enum", "pattern", "minLength", "minimum", "maximum",
        "exclusiveMinimum", "minItems", "minProperties", "maxProperties":
        value.fits(keyword.key.value, keyword.value)
          ? [] : ["\(path): \(value.kind) against \(keyword.key.value)"]
      case "anyOf", "oneOf", "allOf", "not", "if":
        combined(value, keyword.key.value, Rule(node: rule.node, file: rule.file), path)
      case "items":
        (value.items ?? []).enumerated().flatMap { problems($1, inner, "\(path)/\($0)") }
      case "properties", "additionalProperties", "unevaluatedProperties", "propertyNames":
        members(value, keyword.key.value, rule, path)
      case "required":
        value.entries == nil
          ? []
          : (keyword.value.items ?? []).compactMap(\.text).filter { value[$0] == nil }
            .map { "\(path): no \($0)" }
      case "$schema", "$defs", "title", "description", "then", "else", "format": []
      default: ["the check does not know \(keyword.key.value)"]
      }
    }
  }

  private func reference(_ value: DocumentNode, _ rule: Rule, _ path: String) -> [String] {
    guard let target = resolved(rule.node.text ?? "", in: rule.file) else {
      return ["\(path): \(rule.node.text ?? "") leads nowhere"]
    }
    return problems(value, target, path)
  }

  private func combined(
    _ value: DocumentNode, _ keyword: String, _ rule: Rule, _ path: String
  ) -> [String] {
    func found(_ node: DocumentNode?) -> [String] {
      node.map { problems(value, Rule(node: $0, file: rule.file), path) } ?? []
    }
    let list = (rule.node[keyword]?.items ?? []).map { found($0) }
    switch keyword {
    case "anyOf": return list.contains([]) ? [] : list.joined() + ["\(path): nothing fits"]
    case "oneOf":
      let count = list.count(where: \.isEmpty)
      return count == 1 ? [] : list.joined() + ["\(path): \(count) rules fit"]
    case "allOf": return Array(list.joined())
    case "not": return found(rule.node[keyword]).isEmpty ? ["\(path): what it must not be"] : []
    default: return found(rule.node[found(rule.node["if"]).isEmpty ? "then" : "else"])
    }
  }

  /// The keys that a rule, or one that it refers to, tells about.
  private func knownKeys(_ rule: Rule) -> Set<String> {
    var keys = Set((rule.node["properties"]?.entries ?? []).map(\.key.value))
    if let target = rule.node["$ref"]?.text.flatMap({ resolved($0, in: rule.file) }) {
      keys.formUnion(knownKeys(target))
    }
    for keyword in ["allOf", "anyOf", "oneOf", "then", "else"] {
      guard let part = rule.node[keyword] else { continue }
      for node in part.items ?? [part] {
        keys.formUnion(knownKeys(Rule(node: node, file: rule.file)))
      }
    }
    return keys
  }

  private func members(
    _ value: DocumentNode, _ keyword: String, _ rule: Rule, _ path: String
  ) -> [String] {
    guard let entries = value.entries, let inner = rule.node[keyword] else { return [] }
    let known =
      keyword == "additionalProperties"
      ? Set((rule.node["properties"]?.entries ?? []).map(\.key.value)) : knownKeys(rule)
    return entries.flatMap { entry -> [String] in
      let key = entry.key.value
      let place = "\(path)/\(key)"
      switch keyword {
      case "properties":
        return inner[key].map {
          problems(entry.value, Rule(node: $0, file: rule.file), place)
        } ?? []
      case "additionalProperties", "unevaluatedProperties":
        return known.contains(key)
          ? [] : problems(entry.value, Rule(node: inner, file: rule.file), place)
      default:
        let name = DocumentNode(
          content: .scalar(key, isPlain: false), location: entry.key.location)
        return problems(name, Rule(node: inner, file: rule.file), place)
      }
    }
  }
}

/// A value of a document as JSON Schema sees it.
extension DocumentNode {
  fileprivate subscript(key: String) -> DocumentNode? {
    entries?.first { $0.key.value == key }?.value
  }

  /// The number that a scalar without quotes is in YAML 1.2.
  private var number: Double? {
    guard case .scalar(let text, isPlain: true) = content,
      text.wholeMatch(of: /[-+]?([.][0-9]+|[0-9]+([.][0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
    else { return nil }
    return Double(text)
  }

  private var isFlag: Bool {
    if case .scalar(let text, isPlain: true) = content {
      text == "true" || text == "false"
    } else {
      false
    }
  }

  private func isOf(type: String) -> Bool {
    switch (type, content) {
    case ("object", .mapping), ("array", .sequence), ("null", .null): true
    case ("string", .scalar): number == nil && !isFlag
    case ("number", .scalar): number != nil
    case ("integer", .scalar): number.map { $0 == $0.rounded() } ?? false
    case ("boolean", .scalar): isFlag
    default: false
    }
  }

  private func isSame(as other: DocumentNode) -> Bool {
    if let number { return number == other.number }
    return text != nil && text == other.text && isFlag == other.isFlag
  }

  /// Whether the value fits a keyword that looks at nothing inside it.
  fileprivate func fits(_ keyword: String, _ rule: DocumentNode) -> Bool {
    let isText = isOf(type: "string")
    switch keyword {
    case "type": return (rule.items ?? [rule]).contains { isOf(type: $0.text ?? "") }
    case "const": return isSame(as: rule)
    case "enum": return (rule.items ?? []).contains { isSame(as: $0) }
    case "pattern":
      guard isText, let text, let pattern = rule.text else { return !isText }
      return (try? Regex(pattern).firstMatch(in: text)) ?? nil != nil
    default: break
    }
    guard let bound = rule.number else { return false }
    switch keyword {
    case "minLength": return !isText || Double(text?.count ?? 0) >= bound
    case "minimum": return number.map { $0 >= bound } ?? true
    case "maximum": return number.map { $0 <= bound } ?? true
    case "exclusiveMinimum": return number.map { $0 > bound } ?? true
    case "minItems": return items.map { Double($0.count) >= bound } ?? true
    case "minProperties": return entries.map { Double($0.count) >= bound } ?? true
    case "maxProperties": return entries.map { Double($0.count) <= bound } ?? true
    default: return false
    }
  }
}
