import Foundation

/// The keys of a scenario file, as the schema for editors tells them: `funds[].initial`,
/// `portfolio.generate.banks.*`. Keys that hold keys are left out for those that they hold.
struct ScenarioKeys {
  private let schema: OrderedJSON
  private var found: [String] = []

  /// All of them, in the order of the schema.
  static func all() throws -> [String] {
    let file = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "scenarios/scenario.schema.json")
    let schema = try OrderedJSON(try String(contentsOf: file, encoding: .utf8))
    var keys = ScenarioKeys(schema: schema)
    keys.walk(schema, "")
    let all = keys.found
    return all.filter { key in
      !all.contains { $0.hasPrefix(key + ".") || $0.hasPrefix(key + "[]") }
    }
  }

  private init(schema: OrderedJSON) { self.schema = schema }

  private mutating func walk(_ rule: OrderedJSON, _ path: String) {
    if case .string(let name)? = rule["$ref"],
      let target = schema["$defs"]?[String(name.dropFirst("#/$defs/".count))]
    {
      walk(target, path)
    }
    if case .object(let members)? = rule["properties"] {
      for member in members {
        add(member.value, path.isEmpty ? member.key : path + "." + member.key)
      }
    }
    if case .object? = rule["items"], let items = rule["items"] { walk(items, path + "[]") }
    if case .object? = rule["additionalProperties"], let rest = rule["additionalProperties"],
      !path.isEmpty
    {
      add(rest, path + ".*")
    }
    for word in ["oneOf", "anyOf", "allOf"] {
      guard case .array(let rules)? = rule[word] else { continue }
      for part in rules { walk(part, path) }
    }
    for word in ["then", "else"] {
      if let part = rule[word] { walk(part, path) }
    }
  }

  private mutating func add(_ rule: OrderedJSON, _ key: String) {
    if !found.contains(key) { found.append(key) }
    walk(rule, key)
  }
}
