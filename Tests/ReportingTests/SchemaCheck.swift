/// The part of JSON Schema that `summary.schema.json` uses, and one thing more: that keys come in
/// the schema's order.
struct SchemaCheck {
  let schema: OrderedJSON

  /// What is wrong with a document, each with its path.
  func problems(of document: OrderedJSON) -> [String] {
    problems(document, schema, "")
  }

  private func problems(_ value: OrderedJSON, _ rule: OrderedJSON, _ path: String) -> [String] {
    guard case .object(let keywords) = rule else { return ["\(path): the rule is no object"] }
    return keywords.flatMap { keyword -> [String] in
      switch keyword.key {
      case "$ref":
        guard case .string(let name) = keyword.value,
          let target = schema["$defs"]?[String(name.dropFirst("#/$defs/".count))]
        else { return ["\(path): unknown reference"] }
        return problems(value, target, path)
      case "type":
        let names = Self.strings(keyword.value)
        return names.contains { Self.isOf(value, type: $0) } ? [] : ["\(path): not \(names)"]
      case "const": return value == keyword.value ? [] : ["\(path): not \(keyword.value)"]
      case "enum":
        guard case .array(let allowed) = keyword.value else { return ["\(path): enum is no list"] }
        return allowed.contains(value) ? [] : ["\(path): not one of \(allowed)"]
      case "anyOf":
        guard case .array(let rules) = keyword.value else { return ["\(path): anyOf is no list"] }
        return rules.contains { problems(value, $0, path).isEmpty } ? [] : ["\(path): none fits"]
      case "minimum", "maximum": return limit(value, keyword, path)
      case "items":
        guard case .array(let items) = value else { return [] }
        return items.enumerated().flatMap { problems($1, keyword.value, "\(path)/\($0)") }
      case "properties": return members(value, keyword.value, path)
      case "required":
        // Of what is no object nothing is required: its type is judged by itself.
        guard case .object = value else { return [] }
        return Self.strings(keyword.value).filter { value[$0] == nil }.map { "\(path): no \($0)" }
      case "$schema", "title", "description", "$defs", "additionalProperties", "pattern": return []
      default: return ["\(path): the check does not know \(keyword.key)"]
      }
    }
  }

  /// Every key is known, and known keys come in order.
  private func members(_ value: OrderedJSON, _ rules: OrderedJSON, _ path: String) -> [String] {
    guard case .object(let members) = value, case .object(let known) = rules else { return [] }
    var problems: [String] = []
    var last = -1
    for member in members {
      guard let place = known.firstIndex(where: { $0.key == member.key }) else {
        problems.append("\(path)/\(member.key): unknown")
        continue
      }
      if place <= last { problems.append("\(path)/\(member.key): out of order") }
      last = place
      problems += self.problems(member.value, known[place].value, "\(path)/\(member.key)")
    }
    return problems
  }

  private func limit(
    _ value: OrderedJSON, _ keyword: OrderedJSON.Member, _ path: String
  ) -> [String] {
    guard case .number(let number) = value, case .number(let bound) = keyword.value else {
      return []
    }
    let isWithin = keyword.key == "minimum" ? number >= bound : number <= bound
    return isWithin ? [] : ["\(path): \(number) is beyond \(keyword.key) \(bound)"]
  }

  private static func strings(_ value: OrderedJSON) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let items): items.flatMap { strings($0) }
    default: []
    }
  }

  private static func isOf(_ value: OrderedJSON, type: String) -> Bool {
    switch (value, type) {
    case (.object, "object"), (.array, "array"), (.string, "string"), (.number, "number"),
      (.bool, "boolean"), (.null, "null"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}
