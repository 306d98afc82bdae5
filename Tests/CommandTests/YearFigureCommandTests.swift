import Foundation
import TestSupport
import Testing

/// Figures of years, of groups and of contributors, asked for as a planner does.
struct `Figures of years on the command line` {
  private static func run(_ arguments: [String], text: String = SmallScenario.text) async throws
    -> Command.Outcome
  {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", text)
    return try await Command.run(arguments, in: folder.path)
  }

  private static func object(
    _ arguments: [String], _ schema: String, text: String = SmallScenario.text
  ) async throws -> [String: Any] {
    let outcome = try await run(arguments + ["--json"], text: text)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/\(schema).schema.json")
    #expect(schema.problems(of: object) == [])
    return try #require(object as? [String: Any])
  }

  @Test func `every name that is listed can be asked for, and one that is not is told the nearest`()
    async throws
  {
    let listed = try await Self.run([
      "sweep", "s.yaml", "--set", "recovery.mean=30%,40%", "--figure", "list",
    ])
    let names = listed.output.split(separator: "\n").map(String.init)
    #expect(listed.status == 0 && names.count > 200 && names.contains("exhaustion"))
    let budget = try #require(names.first { $0.hasSuffix(".budget.q95") && !$0.hasPrefix("run") })
    let object = try await Self.object(
      ["sweep", "s.yaml", "--set", "recovery.mean=30%,40%", "--figure", budget], "sweep")
    #expect(object["figure"] as? String == budget)
    let wrong = try await Self.run(
      ["sweep", "s.yaml", "--set", "recovery.mean=30%,40%", "--figure", budget + "9"])
    #expect(wrong.status == 65 && wrong.errors.contains(budget) && wrong.errors.contains("list"))
    #expect(wrong.errors.count < 1_000)
  }

  @Test func `requirements name the nearest figures, and list all`() async throws {
    let wrong = try await Self.run([
      "run", "s.yaml", "--require", "survivel>=95%", "--trials", "50",
    ])
    #expect(wrong.status == 64 && wrong.errors.contains("survival"))
    #expect(wrong.errors.contains("--require list") && wrong.errors.count < 1_000)
    let listed = try await Self.run(["run", "s.yaml", "--require", "list"])
    #expect(listed.status == 0 && listed.output.split(separator: "\n").contains("survival"))
  }

  /// The years of the rows are those of runs of their own.
  @Test func `compare tells every variant's years, as a run does`() async throws {
    let compared = try await Self.object(
      ["compare", "s.yaml", "--fund", "300万,500万", "--by", "bank", "--trials", "200"], "compare")
    let rows = try #require(compared["rows"] as? [[String: Any]])
    let alone = try await Self.object(
      ["run", "s.yaml", "--trials", "200"], "summary",
      text: SmallScenario.text)
    let fund = try #require((alone["funds"] as? [[String: Any]])?.first)
    let own = try #require(fund["years"] as? [[String: Any]])
    let initial = try #require(fund["initial"] as? Double)
    for row in rows where row["initial"] as? Double == initial {
      let years = try #require(row["years"] as? [[String: Any]])
      #expect(NSArray(array: years) == NSArray(array: own))
    }
    #expect(rows.allSatisfy { $0["contributions"] is [Any] })
    let differences = try #require(compared["differences"] as? [[String: Any]])
    #expect(differences.allSatisfy { ($0["years"] as? [Any])?.isEmpty == false })
  }

  @Test func `size tells figures and years of a fund that holds the size`() async throws {
    let object = try await Self.object(
      [
        "size", "s.yaml", "--survive", "80%", "--through", "12,30", "--trials", "200", "--figure",
        "exhaustion,es90",
      ], "size")
    let items = try #require(object["requirements"] as? [[String: Any]])
    for item in items {
      #expect((item["figures"] as? [Any])?.count == 2 && item["years"] is [Any])
    }
    let none = try await Self.object(
      ["size", "s.yaml", "--survive", "80%", "--trials", "100", "--year-trials", "0"], "size")
    let bare = try #require(none["requirements"] as? [[String: Any]])
    #expect(bare.allSatisfy { $0["years"] is NSNull })
  }
}
