import Foundation
import TestSupport
import Testing

/// `fundsim verify` from outside; what it checks is held in `VerificationTests`.
struct `Verifying` {
  private static func run(_ arguments: [String]) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    return try await Command.run(["verify"] + arguments, in: folder.path)
  }

  /// 270 cases of the programmes; the number is that of the cases in the files.
  @Test func `tells how many checks hold`() async throws {
    let outcome = try await Self.run(["--group", "rules", "--group", "random"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(" checks hold."))
    let chinese = try await Self.run(["--group", "random", "--lang", "zh"])
    #expect(chinese.status == 0 && chinese.output.contains("项核对全部成立"))
  }

  @Test func `ends with 1 where a check fails: all do once their values are wrong`() async throws {
    let outcome = try await Self.run(["--group", "rules", "--group", "functions", "--spoil"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("None of "), "\(outcome.output.prefix(400))")
  }

  @Test func `prints what its schema says, and as many checks`() async throws {
    let outcome = try await Self.run(["--group", "statistics", "--group", "rules", "--json"])
    #expect(outcome.status == 0)
    let schema = try Schema(path: "Sources/Reporting/Schemas/verify.schema.json")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    #expect(schema.problems(of: value) == [])
    let listed = try await Self.run(["--group", "statistics", "--group", "rules", "--list"])
    let lines = listed.output.split(separator: "\n").count { $0.hasPrefix("  ") }
    #expect(outcome.output.contains("\"count\": \(lines),"))
  }

  @Test func `writes a page and a workbook, each with every check`() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(
      ["verify", "--group", "money", "--out", "v", "--report", "--xlsx", "v.xlsx", "--quiet"],
      in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try folder.text("v/report.html").contains("break-even premium of the insurer"))
    #expect(try folder.names().contains("v.xlsx"))
  }

  @Test func `an unknown group is refused`() async throws {
    let outcome = try await Self.run(["--group", "moeny"])
    #expect(outcome.status == 64 && outcome.errors.contains("money"))
  }
}
