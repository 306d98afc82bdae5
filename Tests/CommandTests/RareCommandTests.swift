import Foundation
import TestSupport
import Testing

/// `run --rare`, and `size` far out.
struct `Rare exhaustion by the command line` {
  private static func folder(_ old: String = "", _ new: String = "") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml", try old.isEmpty ? SmallScenario.text : SmallScenario.changed(old, to: new))
    return folder
  }

  private static func run(_ line: String, in folder: TemporaryFolder) async throws
    -> Command.Outcome
  {
    try await Command.run(line.split(separator: " ").map(String.init), in: folder.path)
  }

  private static func object(_ text: String, schema name: String) throws -> [String: Any] {
    let read = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let object = try #require(read as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/\(name).schema.json")
    #expect(schema.problems(of: object) == [])
    return object
  }

  @Test func `the summary, the table and the report say it`() async throws {
    let folder = try Self.folder()
    let line = "run s.yaml --rare --rare-trials 2000 --width 300 --out r"
    let outcome = try await Self.run(line, in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    // Heads of columns are broken into lines.
    for words in ["importance sampling,", "2,000 trials", "plain, 300 trials"] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    let summary = try Self.object(folder.text("r/summary.json"), schema: "summary")
    let fund = try #require((summary["funds"] as? [[String: Any]])?.first)
    let rare = try #require(fund["rare"] as? [String: Any])
    #expect(rare["trials"] as? Int == 2_000 && rare["plannedTrials"] as? Int == 2_000)
    let months = try #require(rare["exhaustionByMonth"] as? [[String: Any]])
    let chances = try months.map { month in
      try #require((month["probability"] as? [String: Any])?["value"] as? Double)
    }
    // It can only rise, and ends where the year's figure does.
    #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 <= $1 })
    let whole = try #require(rare["exhaustionProbability"] as? [String: Any])
    #expect(whole["value"] as? Double == chances.last && whole["method"] as? String == "importance")
    let rows = try folder.text("r/rare.csv").split(whereSeparator: \.isNewline)
    #expect(rows.count == 1 + months.count + 3 + 1)
    // Without --rare there is none of it, and every other figure is the same.
    let plain = try await Self.run("run s.yaml --json", in: folder)
    var own = try Self.object(plain.output, schema: "summary")
    var funds = try #require(summary["funds"] as? [[String: Any]])
    for index in funds.indices { funds[index]["rare"] = nil }
    own["provenance"] = nil
    var other = summary
    (other["funds"], other["provenance"]) = (funds, nil)
    #expect(own as NSDictionary == other as NSDictionary)
  }

  @Test func `shards give what the whole run gives, byte for byte`() async throws {
    let folder = try Self.folder()
    let rare = "--rare --rare-trials 501"
    #expect(try await Self.run("run s.yaml \(rare) --out whole", in: folder).status == 0)
    for index in 0..<3 {
      let line =
        "run s.yaml \(rare) --shard \(index)/3 --threads \(index % 2 + 1) --out parts/\(index).part"
      #expect(try await Self.run(line, in: folder).status == 0)
    }
    let merged = try await Self.run("merge parts --out merged", in: folder)
    #expect(merged.status == 0, "\(merged.errors)")
    for file in ["summary.json", "rare.csv", "timeline.csv"] {
      #expect(try folder.text("merged/\(file)") == folder.text("whole/\(file)"))
    }
    // A part without rare trials, or with others, belongs to another run.
    let other = try await Self.run("run s.yaml --shard 2/3 --out parts/2.part --force", in: folder)
    #expect(other.status == 0)
    let refused = try await Self.run("merge parts --out merged --force", in: folder)
    #expect(refused.status == 65 && refused.errors.contains("rare trials 0, not 501"))
  }

  @Test func `what cannot be moved is refused before anything is run`() async throws {
    let folder = try Self.folder("grades: {A: 2%, B: 6%}", "grades: {A: 0%, B: 0%}")
    let outcome = try await Self.run("run s.yaml --rare --out r", in: folder)
    #expect(outcome.status == 65 && outcome.errors.contains("--rare"), "\(outcome.errors)")
    #expect(try folder.names() == ["s.yaml"])
    #expect(try await Self.run("run s.yaml --rare-trials 5", in: folder).status == 64)
  }

  @Test func `size finds a level that the trials of the run do not tell`() async throws {
    let folder = try Self.folder()
    let outcome = try await Self.run("size s.yaml --survive 95%,99.9% --json", in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let report = try Self.object(outcome.output, schema: "size")
    let items = try #require(report["requirements"] as? [[String: Any]])
    for item in items {
      let isFar = item["survival"] as? Double == 0.999
      #expect(item["method"] as? String == (isFar ? "importance" : "plain"))
      #expect(item["reliable"] as? Bool == true)
    }
    #expect(items.contains { $0["rareTrials"] as? Int == 20_000 })
  }
}
