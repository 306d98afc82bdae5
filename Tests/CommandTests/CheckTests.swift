import Foundation
import TestSupport
import Testing

/// What programs read of `check`, `policy` and `portfolio`, which had no `--json`.
struct `What is checked and shown` {
  private static func object(
    _ arguments: [String], status: Int32 = 0, files: [(String, String)] = []
  ) async throws -> [String: Any] {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    for (name, text) in files { try folder.write(name, text) }
    let outcome = try await Command.run(arguments + ["--json"], in: folder.path)
    try #require(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    return try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test(arguments: [
    (["check", "s.yaml"], "check"), (["policy", "list"], "policies"),
    (["policy", "show", "baotou"], "policy"), (["portfolio", "s.yaml"], "portfolio"),
  ]) func `is one JSON object of its schema`(arguments: [String], name: String) async throws {
    let object = try await Self.object(arguments)
    let schema = try Schema(path: "Sources/Reporting/Schemas/\(name).schema.json")
    #expect(schema.problems(of: object) == [])
  }

  @Test func `is one JSON object where there are problems, and leaves with 65`() async throws {
    let text = SmallScenario.text.replacing("monthly", with: "monthy")
      .replacing("initial: 500万", with: "initial: 500")
    let object = try await Self.object(["check", "b.yaml"], status: 65, files: [("b.yaml", text)])
    let schema = try Schema(path: "Sources/Reporting/Schemas/check.schema.json")
    #expect(schema.problems(of: object) == [])
    let problems = try #require(object["problems"] as? [[String: Any]])
    #expect(problems.compactMap { $0["code"] as? String } == ["unknown-choice", "unclear-unit"])
    #expect(problems[0]["file"] as? String == "b.yaml")
    #expect((problems[0]["line"] as? Int ?? 0) > 0)
  }

  /// Loans before and after the run, settled loans and a loan in default stand under the cover.
  @Test func `counts the loans that cannot matter under the cover`() async throws {
    let rows = """
      编号,银行,放款,期限,本金,质押,评级,状态
      L1,甲银行,2019-01,12,100万,专利,A,正常
      L2,甲银行,2024-02,12,150万,专利,B,正常
      L3,乙银行,2024-03,12,80万,专利,A,已结清
      L4,乙银行,2023-10,12,80万,专利,A,逾期
      L5,乙银行,2031-01,12,80万,专利,A,正常

      """
    let mapping = TapeTexts.mapping(tape: "t.csv").replacing(
      "grade: 评级}", with: "grade: 评级, status: 状态}")
    let object = try await Self.object(
      ["check", "t.yaml"],
      files: [("t.csv", rows), ("t.yaml", SmallScenario.withTape(mapping))])
    let scenario = try #require(object["scenario"] as? [String: Any])
    let fund = try #require((scenario["funds"] as? [[String: Any]])?.first)
    let coverage = try #require(fund["coverage"] as? [String: Any])
    let leftOut = try #require(coverage["leftOut"] as? [[String: Any]])
    let reasons = leftOut.filter { $0["article"] as? String == "not simulated" }
    #expect(
      reasons.map { $0["condition"] as? String } == [
        "matured before the run", "starting after the run", "settled before the run",
        "overdue or in default at the opening, cannot default again",
      ])
    #expect(reasons.map { $0["amount"] as? Int } == [1_000_000, 800_000, 800_000, 800_000])
  }

  /// `--survive 0.95` was 0.95 %, and `--fund 1000` a thousand yuan, in silence.
  @Test(arguments: [
    (["size", "s.yaml", "--survive", "0.95"], Int32(64), "write 95% or 0.95%"),
    (["tornado", "s.yaml", "--step", "0.2"], 64, "write 20% or 0.2%"),
    (["size", "s.yaml", "--precision", "1"], 64, "write 1% of the size, or 1万 or 1元"),
    (["compare", "s.yaml", "--fund", "1000"], 65, "1000 yuan, or 1000万"),
    (["compare", "s.yaml", "--set", "recovery.mean=35"], 65, "write 35% or 0.35"),
    (["size", "s.yaml", "--survive", "95", "--trials", "50"], 0, "is heard as 95%"),
  ]) func `asks what a number without a unit means`(
    arguments: [String], status: Int32, says: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test func `says in a sentence that a file is another`() async throws {
    for (arguments, says) in [
      (["check", "scenarios/my-draft/my-draft.yaml"], "this is a programme file"),
      (["check", "scenarios/baotou/claim.yaml"], "this is a claim file"),
      (["check", "scenarios/sba-7a/register.yaml"], "this is a terms file"),
      (["check", "scenarios/baotou/register.csv"], "this is a table"),
      (["policy", "show", "scenarios/baotou/scenario.yaml"], "this is a scenario"),
      (["explain", "scenarios/baotou/scenario.yaml"], "this is a scenario"),
    ] {
      let outcome = try await Command.run(arguments, in: Command.root)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      #expect(outcome.errors.contains("1 problem."))
    }
  }
}
