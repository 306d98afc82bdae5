import Foundation
import TestSupport
import Testing

/// A run whose fund is filled up and whose paused banks stop lending: what it tells, in pieces and as a whole.
struct `A run with clauses of its own` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml",
      try SmallScenario.changed(
        "    claimDelay: 0 months\n",
        to: """
              claimDelay: 0 months
              afterSuspension: stops
              fillUp: {to: 500万, at: yearStart, atMostAYear: 60万}

          """))
    return folder
  }

  private static func run(_ line: String, in folder: TemporaryFolder) async throws
    -> Command.Outcome
  {
    try await Command.run(line.split(separator: " ").map(String.init), in: folder.path)
  }

  @Test func `the JSON object has the documented keys, and the money put in by year`() async throws
  {
    let folder = try Self.folder()
    let outcome = try await Self.run("run s.yaml --json", in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let read = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(read as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/summary.schema.json")
    #expect(schema.problems(of: object) == [])
    let fund = try #require((object["funds"] as? [[String: Any]])?.first)
    let years = try #require(fund["filledUpByYear"] as? [[String: Any]])
    #expect(years.compactMap { $0["year"] as? Int } == [2024, 2025, 2026])
    func mean(_ amount: Any?) throws -> Double {
      let amount = try #require(amount as? [String: Any])
      return try #require((amount["mean"] as? [String: Any])?["value"] as? Double)
    }
    let means = try years.map { try mean($0["amount"]) }
    #expect(means[0] == 0 && means[1] > 0 && means[1] <= 600_000 && means[2] <= 600_000)
    // Sums of whole fen, divided once: equal but for the rounding of a division.
    #expect(abs(try mean(fund["filledUp"]) - means.reduce(0, +)) < 1e-6)
    for key in ["stoppedLoans", "stoppedFirms", "stoppedCredit"] {
      #expect(try mean(fund[key]) > 0)
    }
    let checks = try #require(fund["selfChecks"] as? [String: Any])
    #expect(checks["hold"] as? Bool == true)
  }

  @Test func `shards give what the whole run gives, byte for byte`() async throws {
    let folder = try Self.folder()
    #expect(try await Self.run("run s.yaml --out whole", in: folder).status == 0)
    for index in 0..<2 {
      let line = "run s.yaml --shard \(index)/2 --threads \(index + 1) --out parts/\(index).part"
      #expect(try await Self.run(line, in: folder).status == 0)
    }
    let merged = try await Self.run("merge parts --out merged", in: folder)
    #expect(merged.status == 0, "\(merged.errors)")
    for file in ["summary.json", "timeline.csv"] {
      #expect(try folder.text("merged/" + file) == folder.text("whole/" + file))
    }
  }

  @Test(arguments: [
    (
      "en",
      [
        "Money put in by filling up", "Loans that suspended or paused banks do not make",
        "at most 600000 yuan a year",
      ]
    ),
    ("zh", ["补足投入的资金", "银行被中止（暂停）期间没有发放的贷款", "每年不超过60万元"]),
  ]) func `the report tells both`(language: String, words: [String]) async throws {
    let folder = try Self.folder()
    let outcome = try await Self.run("run s.yaml --lang \(language) --width 300", in: folder)
    for text in words { #expect(outcome.output.contains(text), "\(text)") }
  }

  @Test func `a trial is told with what was put in, and which loans were not made`() async throws {
    let folder = try Self.folder()
    let outcome = try await Self.run("trace s.yaml --worst --json", in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let read = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let object = try #require(read as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/trace.schema.json")
    #expect(schema.problems(of: object) == [])
    #expect(object["agrees"] as? Bool == true)
    let notMade = try #require(object["notMade"] as? [[String: Any]])
    #expect(!notMade.isEmpty)
    let events = (object["ledger"] as? [[String: Any]])?.compactMap { $0["event"] as? String } ?? []
    #expect(events.contains("fillUp"))
  }

  /// What banks do is compared on the same draws: with `lendsOn` no credit is lost.
  @Test func `variants of what banks do are compared`() async throws {
    let folder = try Self.folder()
    let outcome = try await Self.run(
      "compare s.yaml --set funds.1.afterSuspension=lendsOn,newCustomersStop,stops --json",
      in: folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let read = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let rows = (read as? [String: Any])?["rows"] as? [[String: Any]] ?? []
    let credit = rows.compactMap { row in
      (row["figures"] as? [[String: Any]])?.first { $0["figure"] as? String == "stoppedCredit" }?[
        "value"] as? Double
    }
    #expect(credit.count == 3)
    #expect(credit.first == 0 && credit.dropFirst().allSatisfy { $0 > 0 })
  }
}
