import Foundation
import TestSupport
import Testing

/// What programs read.
struct `The JSON object` {
  private static func object(_ arguments: [String]) async throws -> [String: Any] {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let outcome = try await Command.run(["run", "s.yaml", "--json"] + arguments, in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(try folder.names() == ["s.yaml"], "--json alone writes no files")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `it has the documented keys, and no others`() async throws {
    let object = try await Self.object([])
    let schema = try Schema(path: "Sources/Reporting/Schemas/summary.schema.json")
    #expect(schema.problems(of: object) == [])
  }

  @Test func `the checker of schemas finds what is wrong`() async throws {
    var object = try await Self.object([])
    let schema = try Schema(path: "Sources/Reporting/Schemas/summary.schema.json")
    object["schemaVersion"] = 99
    object["funds"] = [["name": 3]]
    object["extra"] = true
    let problems = schema.problems(of: object)
    #expect(problems.contains("schemaVersion: not 3"))
    #expect(problems.contains("extra: not documented"))
    #expect(problems.contains("funds.0.name: not string"))
    #expect(problems.contains("funds.0.survival: missing"))
  }

  @Test func `it names the seed and the trials of the command line`() async throws {
    let object = try await Self.object(["--seed", "42", "--trials", "150"])
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["seed"] as? Int == 42)
    #expect(provenance["trials"] as? Int == 150)
    let digest = try #require(provenance["scenarioDigest"] as? String)
    #expect(digest.count == 64)
  }
}

/// The part of JSON Schema that the schemas of results use.
struct Schema {
  private let root: [String: Any]

  init(path: String) throws {
    let data = try Data(contentsOf: URL(filePath: Command.root + "/" + path))
    root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Everything that a value does not keep to.
  func problems(of value: Any) -> [String] { problems(of: value, root, at: "") }

  private func problems(of value: Any, _ schema: [String: Any], at path: String) -> [String] {
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
      let definitions = root["$defs"] as? [String: Any]
      guard let next = definitions?[String(name)] as? [String: Any] else {
        return ["\(path): no definition '\(name)'"]
      }
      return problems(of: value, next, at: path)
    }
    if let constant = schema["const"] as? NSObject {
      return constant.isEqual(value) ? [] : ["\(path): not \(constant)"]
    }
    if let choices = schema["anyOf"] as? [[String: Any]] {
      return choices.contains { problems(of: value, $0, at: path).isEmpty }
        ? [] : ["\(path): none fits"]
    }
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    guard types.isEmpty || types.contains(where: { isA($0, value) }) else {
      return ["\(path): not \(types.joined(separator: " or "))"]
    }
    if let items = schema["items"] as? [String: Any], let array = value as? [Any] {
      return array.enumerated().flatMap { problems(of: $1, items, at: "\(path).\($0)") }
    }
    guard let object = value as? [String: Any] else { return [] }
    return members(of: object, schema, at: path.isEmpty ? "" : path + ".")
  }

  private func members(
    of object: [String: Any], _ schema: [String: Any], at prefix: String
  ) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let required = schema["required"] as? [String] ?? []
    let missing = required.filter { object[$0] == nil }.map { "\(prefix)\($0): missing" }
    return missing
      + object.flatMap { key, value -> [String] in
        if let next = properties[key] { return problems(of: value, next, at: prefix + key) }
        return schema["additionalProperties"] as? Bool == false
          ? ["\(prefix)\(key): not documented"] : []
      }
  }

  private func isA(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "number", "integer", "boolean": value is NSNumber
    default: false
    }
  }
}
