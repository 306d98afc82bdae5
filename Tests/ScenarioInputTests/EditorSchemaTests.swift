import DocumentReading
import Foundation
import Testing

@testable import ScenarioInput

/// The schemas for editors against the files that they describe, and against the readers.
struct `Schemas for editors` {
  static let scenarios =
    ((try? FileManager.default.contentsOfDirectory(atPath: EditorSchema.root + "/scenarios")) ?? [])
    .map { "scenarios/\($0)/scenario.yaml" }
    .filter { FileManager.default.fileExists(atPath: "\(EditorSchema.root)/\($0)") }
  static let programmes =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: EditorSchema.root + "/Sources/PolicyLibrary/Programmes")) ?? [])
    .map { "Sources/PolicyLibrary/Programmes/\($0)" }
  static let files =
    scenarios.map { ("scenario", $0) } + programmes.map { ("programme", $0) } + [
      ("programme", "scenarios/my-draft/my-draft.yaml"),
      ("programme", "scenarios/other-cities/amended-share.yaml"),
      ("programme", "scenarios/other-cities/bank-year-limit.yaml"),
      ("programme", "scenarios/other-cities/claim-rate-steps.yaml"),
      ("programme", "scenarios/other-cities/four-parties.yaml"),
      ("programme", "scenarios/other-cities/size-and-year.yaml"),
      ("programme", "scenarios/other-cities/stop-loss.yaml"),
      ("programme", "Tests/CommandTests/Drafts/re-guarantee.yaml"),
      ("scenario", "Tests/CommandTests/Drafts/scenario.yaml"),
      ("claim", "Tests/CommandTests/Drafts/claim.yaml"),
      ("register", "scenarios/sba-7a/register.yaml"), ("claim", "scenarios/baotou/claim.yaml"),
    ]

  @Test func `there are files to check`() { #expect(Self.scenarios.count >= 8) }

  @Test(arguments: files) func `files of the repository fit`(schema: String, file: String) throws {
    let document = try readDocument(path: "\(EditorSchema.root)/\(file)")
    let problems = try EditorSchema(schema + ".schema.json").problems(of: document)
    #expect(problems == [])
  }

  /// What the readers refuse, an editor marks.
  @Test(arguments: [
    ("register", "scenarios/sba-7a/register.yaml", "opening:", "openning:"),
    ("register", "scenarios/sba-7a/register.yaml", "opening: 2004-01", "opening: soon"),
    ("register", "scenarios/sba-7a/register.yaml", "    start: disbursement_date\n", ""),
    ("register", "scenarios/sba-7a/register.yaml", "overdueDate:", "overdue:"),
    ("register", "scenarios/sba-7a/register.yaml", "badRows: setAside", "badRows: ignore"),
    ("register", "scenarios/sba-7a/register.yaml", "model: bank\n", "model: banks\n"),
    ("claim", "scenarios/baotou/claim.yaml", "size: small", "size: tiny"),
    ("claim", "scenarios/baotou/claim.yaml", "facts: met", "facts: maybe"),
    ("claim", "scenarios/baotou/claim.yaml", "overdue: 2025-02-10", "overdue: later"),
    ("claim", "scenarios/baotou/claim.yaml", "  loss: 400万\n", ""),
    ("claim", "scenarios/baotou/claim.yaml", "amount: 100万, ", ""),
    ("claim", "scenarios/baotou/claim.yaml", "ipPart: 80%", "ipPart: 180%"),
    ("scenario", "scenarios/baotou/scenario.yaml", "horizon: 54 months", "horizon: 54 kg"),
    ("programme", "scenarios/my-draft/my-draft.yaml", "format: 1", "format: 2"),
  ])
  func `a mistake does not fit`(schema: String, file: String, old: String, new: String) throws {
    let path = "\(EditorSchema.root)/\(file)"
    let text = String(decoding: try readFileBytes(path: path, limit: 1 << 20), as: UTF8.self)
    try #require(text.contains(old))
    let document = try parseDocument(
      text: text.replacing(old, with: new, maxReplacements: 1), file: "x.yaml")
    let problems = try EditorSchema(schema + ".schema.json").problems(of: document)
    #expect(problems != [])
  }

  @Test func `a claim file knows every key that an option stands for`() throws {
    let schema = try EditorSchema("claim.schema.json")
    for (section, key) in ClaimOption.allCases.compactMap(\.key) {
      let place = section == "fund" ? "scenario.schema.json#/$defs/fund" : "#/$defs/\(section)"
      #expect(schema.rule("\(place)/properties/\(key)") != nil, "\(section).\(key)")
    }
  }
}
