import Foundation
import TestSupport
import Testing

/// `fundsim run --from` from outside: what is certain comes out as worked by hand, studies take it too, and
/// what does not fit is refused with the way out.
struct `A command that goes on from a state` {
  private static let replay =
    ["replay", "r.csv", "--programme", "baotou", "--model", "bank", "--fund", "1000万"]
    + ["--start", "2024-01", "--facts", "met", "--until", "2024-09-30", "--state", "state.json"]

  /// The state of 30 September 2024 (see the tests of `replay --until`), and a scenario in which nothing
  /// defaults any more and every recovery is 40 % after six months.
  private func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", `The replay command`.register)
    try folder.write("s.yaml", Self.scenario)
    let outcome = try await Command.run(Self.replay, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return folder
  }

  private static let scenario = """
    title: 从今天往后 from today on
    start: 2024-01
    horizon: 30 months
    trials: 200
    seed: 1
    portfolio:
      generate:
        seed: 1
        from: 2024-10
        months: 3
        loansPerMonth: 2
        banks: {甲银行: 50%, 乙银行: 50%}
        sizes: small
        amounts: {small: {from: 50万, to: 200万}}
        roundTo: 1万
        terms: 12 months
        collateral: patent
        ipPart: 100%
        repayment: bullet
        rate: 4%
        renewals: 0%
      facts: met
    defaults:
      timing: monthly
      dependence: independent
      pd: 0%
    recovery:
      mean: 40%
      standardDeviation: 0%
      lag: {from: 6, to: 6}
      writeOffMonths: 24
    funds:
      - {name: 银行, programme: baotou, model: bank, start: 2024-01, interestRate: 0%}

    """

  private func json(_ arguments: [String], in folder: TemporaryFolder) async throws -> [String: Any]
  {
    let outcome = try await Command.run(arguments + ["--json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  /// At the end of September the fund holds 976万. Of L1's claim of September, 30 % of 80万, 40 % of the 80万
  /// come in six months later, in March 2025: 30 % of 32万 are the fund's. The fees of 15万 fall due in
  /// December 2024 and 2025. So it ends with 976 + 9.6 − 30 = 955.6万.
  @Test func `comes to what is certain`() async throws {
    let folder = try await folder()
    let object = try await json(["run", "s.yaml", "--from", "state.json"], in: folder)
    let schema = try Schema(path: "Sources/Reporting/Schemas/summary.schema.json")
    #expect(schema.problems(of: object) == [])
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["firstMonth"] as? String == "2024-10")
    #expect(provenance["horizonMonths"] as? Int == 21)
    let state = try #require(provenance["state"] as? [String: Any])
    #expect(state["day"] as? String == "2024-09-30")
    #expect(state["register"] as? String == "r.csv")
    let traced = try await json(
      ["trace", "s.yaml", "--from", "state.json", "--trial", "3"], in: folder)
    let months = try #require(traced["months"] as? [[String: Any]])
    #expect(months.count == 21)
    #expect(months.last?["balance"] as? Double == 9_556_000)
    #expect(traced["agrees"] as? Bool == true)
  }

  /// Nothing that comes has to be paid: nothing must be added.
  @Test func `needs nothing more`() async throws {
    let folder = try await folder()
    let object = try await json(
      ["size", "s.yaml", "--from", "state.json", "--survive", "95%", "--confirm"], in: folder)
    let schema = try Schema(path: "Sources/Reporting/Schemas/size.schema.json")
    #expect(schema.problems(of: object) == [])
    #expect(object["balance"] as? Double == 9_760_000)
    for item in try #require(object["requirements"] as? [[String: Any]]) {
      #expect((item["topUp"] as? [String: Any])?["value"] as? Double == 0)
      #expect(item["size"] as? Double == 9_760_000)
    }
  }

  @Test(arguments: [
    ["sweep", "--set", "defaults.pd=1%,2%"], ["compare", "--set", "defaults.pd=1%,2%"],
    ["readings"], ["tornado"], ["check"],
  ])
  func `is any study's`(command: [String]) async throws {
    let folder = try await folder()
    let outcome = try await Command.run(
      [command[0], "s.yaml"] + command.dropFirst() + ["--from", "state.json"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(arguments: [
    ("start: 2024-01\nhorizon", "start: 2024-02\nhorizon", "2024-01"),
    ("horizon: 30", "horizon: 9", "2024-09-30"),
    ("model: bank", "model: guarantor", "model"),
    (
      "programme: baotou, model: bank",
      "programme: dalian-2018, model: bank, initial: 4000万, claimDelay: 0 months", "programme"
    ),
    ("甲银行: 50%, 乙银行: 50%", "X: 50%, Y: 50%", "甲银行"),
    ("  pd: 0%", "  grades: {A: 2%}", "pd"),
  ])
  func `refuses what does not fit`(old: String, new: String, told: String) async throws {
    let folder = try await folder()
    precondition(Self.scenario.contains(old), "the scenario holds '\(old)'")
    try folder.write("s.yaml", Self.scenario.replacing(old, with: new))
    for language in ["en", "zh"] {
      let outcome = try await Command.run(
        ["run", "s.yaml", "--from", "state.json", "--lang", language], in: folder.path)
      #expect(outcome.status == 65, "\(outcome.errors)")
      #expect(outcome.errors.contains(told), "\(outcome.errors)")
    }
  }

  /// A bank that the register does not know is refused at its own line, a fund's term at the fund's.
  @Test(arguments: [
    ("甲银行: 50%, 乙银行: 50%", "X: 50%, Y: 50%", "banks:", "unknown-bank"),
    ("model: bank", "model: guarantor", "programme: baotou", "other-fund"),
  ])
  func `refuses at the line that says it`(
    old: String, new: String, line: String, code: String
  ) async throws {
    let folder = try await folder()
    let text = Self.scenario.replacing(old, with: new)
    try folder.write("s.yaml", text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let number = try #require(lines.firstIndex { $0.contains(line) }) + 1
    let outcome = try await Command.run(["run", "s.yaml", "--from", "state.json"], in: folder.path)
    #expect(outcome.status == 65)
    let place = try #require(
      outcome.errors.split(separator: "\n").first { $0.contains("error[\(code)]") })
    #expect(place.hasPrefix("s.yaml:\(number):"), "\(outcome.errors)")
  }

  @Test func `refuses a damaged state`() async throws {
    let folder = try await folder()
    let path = folder.path + "/state.json"
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(filePath: path))
    let outcome = try await Command.run(["run", "s.yaml", "--from", "state.json"], in: folder.path)
    #expect(outcome.status == 65)
  }
}
