import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

/// Values that are set in a section that the scenario's file does not have.
@Suite struct `A section that a scenario need not have` {
  private func setting(_ path: String, _ text: String) throws -> ScenarioDocument {
    try ScenarioFixture().document().setting(
      ScenarioEdit(path: path, text: text, option: "--set \(path)=\(text)"))
  }

  @Test(arguments: [
    ("funds.1.fillUp.to", "2000万", "{to: 2000万}"), ("funds.F.fillUp.to", "2000万", "{to: 2000万}"),
    ("funds.*.fillUp.to", "2000万", "{to: 2000万}"), ("limits.claimRate", "4%", "{claimRate: 4%}"),
    ("budget.confidence", "90%", "{confidence: 90%}"),
    ("uncertainty.pd.value", "2%", "{pd: {value: 2%}}"),
  ])
  func `is made where a value is set in it, as braces would`(
    path: String, text: String, braces: String
  ) throws {
    let parts = path.split(separator: ".")
    let section = parts.prefix(parts[0] == "funds" ? 3 : 1).joined(separator: ".")
    let changed = try setting(path, text).tree.node(at: section.replacing("*", with: "1"))
    let whole = try setting(section, braces).tree.node(at: section.replacing("*", with: "1"))
    let found = try #require(changed)
    #expect(found.paths() == whole?.paths())
    #expect(found.paths().map { found.node(at: $0)?.text } == [text])
  }

  @Test func `can be filled value by value`() throws {
    let first = try setting("funds.1.fillUp.to", "2000万")
    let second = try first.setting(
      ScenarioEdit(path: "funds.1.fillUp.at", text: "yearEnds", option: "--set"))
    #expect(second.tree.node(at: "funds.1.fillUp")?.paths() == ["to", "at"])
  }

  @Test func `is not made of a name that it has not, and the right one is told`() throws {
    for (path, meant) in [
      ("funds.1.fillup.to", "funds.1.fillUp.to"), ("limit.claimRate", "limits.claimRate"),
      ("recovery.lg.from", "recovery.lag.from"),
    ] {
      let error = #expect(throws: Diagnostics.self) { try setting(path, "1") }
      #expect(error?.problems.first?.code == "unknown-path")
      #expect(error?.description.contains("did you mean '\(meant)'?") == true, "\(path)")
    }
  }

  /// Every mapping in the schema for editors, apart from those in lists other than that of funds.
  @Test func `is one of the schema for editors`() throws {
    let schema = try readDocument(path: "\(EditorSchema.root)/scenarios/scenario.schema.json")
    var found: Set<String> = []
    collect(schema, at: [], of: schema, into: &found)
    // Keys with a point in them are no parts of a path.
    found.remove("uncertainty.recovery.mean")
    found.remove("uncertainty.recovery.standardDeviation")
    #expect(found.symmetricDifference(ScenarioDocument.optionalSections).sorted() == [])
  }

  private func collect(
    _ rule: DocumentNode, at path: [String], of schema: DocumentNode, into found: inout Set<String>
  ) {
    if let reference = rule.node(at: "$ref")?.text, reference.hasPrefix("#/") {
      let target = reference.dropFirst(2).replacing("/", with: ".")
      if let target = schema.node(at: String(target)) {
        collect(target, at: path, of: schema, into: &found)
      }
    }
    for keyword in ["oneOf", "anyOf", "allOf", "then", "else"] {
      for part in rule.node(at: keyword).map({ $0.items ?? [$0] }) ?? [] {
        collect(part, at: path, of: schema, into: &found)
      }
    }
    if path == ["funds"], let items = rule.node(at: "items") {
      collect(items, at: ["funds", "*"], of: schema, into: &found)
    }
    var members = (rule.node(at: "properties")?.entries ?? []).map { ($0.key.value, $0.value) }
    if let other = rule.node(at: "additionalProperties"), other.entries != nil {
      members.append(("*", other))
    }
    if !members.isEmpty, path != [], path != ["funds", "*"] {
      found.insert(path.joined(separator: "."))
    }
    for (key, member) in members { collect(member, at: path + [key], of: schema, into: &found) }
  }
}
