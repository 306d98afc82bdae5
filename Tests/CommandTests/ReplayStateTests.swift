import Foundation
import TestSupport
import Testing

/// `fundsim replay --until --state` from outside: what the report says of the end of a month, the file,
/// and what is refused.
struct `A replay that stops at the end of a month` {
  private static let baotou =
    ["replay", "r.csv", "--programme", "baotou", "--model", "bank", "--fund", "1000万"]
    + ["--start", "2024-01", "--facts", "met"]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", `The replay command`.register)
    return folder
  }

  private func standing(_ until: String, in folder: TemporaryFolder) async throws -> [String: Any] {
    let outcome = try await Command.run(
      Self.baotou + ["--until", until, "--json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/replay.schema.json")
    #expect(schema.problems(of: object) == [])
    let funds = try #require(object["funds"] as? [[String: Any]])
    return try #require(funds[0]["standing"] as? [String: Any])
  }

  private func sum(_ standing: [String: Any], _ key: String) throws -> (count: Int, amount: Double)
  {
    let sum = try #require(standing[key] as? [String: Any])
    return (try #require(sum["count"] as? Int), try #require(sum["amount"] as? Double))
  }

  /// L1, 100万, overdue since June 2024 with 80万 lost, was claimed on 20 September: 30 % of 80万. Its
  /// 30万 of December 2024 came back to the fund on 10 February 2025: 30 % of them. L2 runs from March
  /// 2024 for a year. L3, 90万 since January 2025, was overdue in April and claimed on 3 June, but has no
  /// cover: the bank is suspended. The fee of 15万 falls due at each year's end.
  @Test func `stands there as worked by hand`() async throws {
    let folder = try folder()
    let june = try await standing("2024-06", in: folder)
    #expect(june["balance"] as? Double == 10_000_000)
    // The whole of L1 is overdue by schedule, lost or not.
    #expect(try sum(june, "overdue") == (1, 1_000_000))
    #expect(try sum(june, "running") == (1, 600_000))
    #expect(june["monthsOfFactorYear"] as? Int == 6)

    let september = try await standing("2024-09-30", in: folder)
    #expect(september["balance"] as? Double == 9_760_000)
    #expect(try sum(september, "overdue").count == 0)
    #expect(try sum(september, "recovering") == (1, 240_000))
    let thresholds = try #require(september["thresholds"] as? [[String: Any]])
    let suspended = try #require(
      thresholds.first {
        $0["threshold"] as? String == "suspension" && $0["bank"] as? String == "甲银行"
      })
    #expect(suspended["lastsSince"] as? String == "2024-09-20")
    #expect(suspended["numerator"] as? Double == 240_000)
    #expect(suspended["denominator"] as? Double == 1_000_000)

    let december = try await standing("2024-12", in: folder)
    #expect(december["balance"] as? Double == 9_610_000)
    #expect(december["monthsSinceOpening"] as? Int == 12)
    #expect(december["monthsOfFactorYear"] as? Int == 0)
    let fee = try #require(december["nextFee"] as? [String: Any])
    #expect(fee["on"] as? String == "2025-12-31" && fee["amount"] as? Double == 150_000)

    let february = try await standing("2025-02", in: folder)
    #expect(february["balance"] as? Double == 9_700_000)
    // L2 is due in March; L3 runs.
    #expect(try sum(february, "running") == (2, 1_500_000))
    #expect(try sum(february, "recovering") == (1, 150_000))

    let june2025 = try await standing("2025-06", in: folder)
    #expect(try sum(june2025, "running").count == 0)
    #expect(try sum(june2025, "overdue").count == 0)
    #expect(june2025["balance"] as? Double == 9_700_000)
  }

  @Test func `says so in both languages, at the end of a month alone`() async throws {
    let folder = try folder()
    let english = try await Command.run(Self.baotou + ["--until", "2024-09"], in: folder.path)
    #expect(english.output.contains("Where the fund stands on 2024-09-30"))
    let chinese = try await Command.run(
      Self.baotou + ["--until", "2024-09", "--lang", "zh"], in: folder.path)
    #expect(chinese.output.contains("2024-09-30的基金状况"))
    let midst = try await Command.run(Self.baotou + ["--until", "2024-09-29"], in: folder.path)
    #expect(midst.status == 0)
    #expect(!midst.output.contains("Where the fund stands"))
    let whole = try await Command.run(Self.baotou, in: folder.path)
    #expect(!whole.output.contains("Where the fund stands"))
  }

  @Test func `writes its state, the same every time, as documented`() async throws {
    let folder = try folder()
    let options = Self.baotou + ["--until", "2024-12"]
    let first = try await Command.run(options + ["--state", "a/b/s.json"], in: folder.path)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasSuffix("State on 2024-12-31: a/b/s.json\n"))
    let second = try await Command.run(
      options + ["--state", "t.json", "--lang", "zh", "--quiet"], in: folder.path)
    #expect(second.status == 0 && second.output.isEmpty)
    let bytes = try Data(contentsOf: URL(filePath: folder.path + "/a/b/s.json"))
    #expect(bytes == (try Data(contentsOf: URL(filePath: folder.path + "/t.json"))))
    let object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/state.schema.json")
    #expect(schema.problems(of: object) == [])
    // An older state may be replaced, and is not another command's output.
    let again = try await Command.run(
      Self.baotou + ["--until", "2025-06", "--state", "t.json", "--json"], in: folder.path)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.hasPrefix("{") && again.output.hasSuffix("}\n"))
  }

  @Test func `stops a register with terms before its last day, never after`() async throws {
    let folder = try folder()
    try folder.write("t.yaml", `The replay command`.terms)
    try folder.write("back.csv", "loan,date,amount\nL1,2024-12-02,10万\nL1,2024-10-08,20万\n")
    try folder.write("days.csv", "2024-10-01,holiday\n")
    let options = ["replay", "r.csv", "--terms", "t.yaml"]
    let outcome = try await Command.run(
      options + ["--until", "2024-09", "--state", "s.json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2024-01-01 to 2024-09-30"))
    let bytes = try Data(contentsOf: URL(filePath: folder.path + "/s.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/state.schema.json")
    #expect(schema.problems(of: object) == [])
    let state = try #require(object["state"] as? [String: Any])
    #expect((state["funds"] as? [Any])?.count == 2)
    let late = try await Command.run(options + ["--until", "2026-03"], in: folder.path)
    #expect(late.status == 65)
    #expect(late.errors.contains("--until: error[until-after-register]"), "\(late.errors)")
  }

  @Test(arguments: [
    (
      ["--until", "2024-09-15"], "--until: error[not-a-month-end]",
      "give --until 2024-08-31, or --until 2024-09-30"
    ),
    (["--until", "2024-01-15"], "--until: error[not-a-month-end]", "give --until 2024-01-31"),
    (["--until", "2023-12"], "--until: error[until-before-opening]", "after the opening"),
    (["--until", "soon"], "--until: error[invalid-date]", "2024-01-31"),
    ([], "r.csv: error[not-a-month-end]", "--until 2025-06-30"),
  ]) func `refuses a state at any other time, and writes nothing`(
    options: [String], message: String, help: String
  ) async throws {
    let folder = try folder()
    let before = try folder.names()
    let outcome = try await Command.run(
      Self.baotou + options + ["--state", "o/s.json"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.errors.contains(help), "\(outcome.errors)")
    #expect(outcome.errors.contains("1 problem. Nothing was replayed."), "\(outcome.errors)")
    #expect(try folder.names() == before)
  }

  @Test func `never writes over an input, nor over what is no state`() async throws {
    let folder = try folder()
    try folder.write("mine.json", "{}\n")
    for path in ["r.csv", "mine.json"] {
      let outcome = try await Command.run(
        Self.baotou + ["--until", "2024-12", "--state", path], in: folder.path)
      #expect(outcome.status == 74)
      #expect(outcome.errors.contains("\(path): error[cannot-write]"), "\(outcome.errors)")
    }
    #expect(
      try String(contentsOfFile: folder.path + "/r.csv", encoding: .utf8)
        == `The replay command`.register)
  }
}
