import Foundation
import TestSupport
import Testing

/// A draft with a model and two parties of its own: files of `Drafts`, and nothing in Swift.
///
/// By hand, of a loss of 1,234,567.89: the fund's 20 % is 246,913.578, the guarantee fund's 40 %
/// 493,827.156, the re-guarantor's 20 % 246,913.578; half up 246,913.58, 493,827.16 and 246,913.58, and
/// the bank has the rest, 246,913.57. Of the 333,333.33 that come back (27 % of the loss) 66,666.67,
/// 133,333.33, 66,666.67 and the rest, 66,666.66. In the end 180,246.91, 360,493.83, 180,246.91 and
/// 180,246.91: together 901,234.56, the loss less what came back.
@Suite struct `A model and parties of a draft's own` {
  static let lost = [
    "fund": 180_246.91, "guarantee-fund": 360_493.83, "re-guarantor": 180_246.91,
    "bank": 180_246.91, "province": 0, "partner": 0, "guarantor": 0, "insurer": 0,
  ]
  private static let folder = Command.root + "/Tests/CommandTests/Drafts"

  private static func object(_ line: String) async throws -> [String: Any] {
    let outcome = try await Command.run(
      line.split(separator: " ").map(String.init), in: Self.folder)
    try #require(outcome.status == 0, "\(line): \(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  private static func losses(_ list: Any?) throws -> [String: Double] {
    let items = try #require(list as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: try items.map {
        (try #require($0["party"] as? String), try #require($0["loss"] as? Double))
      })
  }

  @Test func `are explained to the fen`() async throws {
    let explained = try await Self.object("explain claim.yaml --json")
    #expect(explained["operatingModel"] as? String == "re-guarantee")
    #expect(try Self.losses(explained["parties"]) == Self.lost)
    let steps = try #require(explained["steps"] as? [[String: Any]])
    func result(_ rule: String, _ party: String) -> Double? {
      let step = steps.first {
        $0["rule"] as? String == rule && $0["subject"] as? String == party
      }
      return (step?["result"] as? [String: Any])?["value"] as? Double
    }
    #expect(result("part", "guarantee-fund") == 493_827.16)
    #expect(result("part", "re-guarantor") == 246_913.58)
    #expect(result("part", "bank") == 246_913.57)
    #expect(result("returned", "guarantee-fund") == 133_333.33)
    #expect(result("returned", "re-guarantor") == 66_666.67)
    #expect(result("gets", "bank") == 66_666.66)
  }

  @Test func `are replayed to the fen`() async throws {
    let options = "--programme re-guarantee.yaml --model re-guarantee --fund 100万 --start 2024-01"
    let replayed = try await Self.object("replay register.csv \(options) --json")
    let fund = try #require((replayed["funds"] as? [[String: Any]])?.first)
    #expect(fund["operatingModel"] as? String == "re-guarantee")
    #expect(try Self.losses(fund["parties"]) == Self.lost)
  }

  /// The fund named `short` holds 20万 and owes 246,913.58: it pays 200,000.00, the guarantee fund half,
  /// 617,283.95 (617,283.945 half up), the re-guarantor 246,913.58 (20 %), the bank the rest, 170,370.36.
  /// A tenth of a share limited by nothing: 66,666.67 come back to the fund, 166,666.67 (166,666.665) to
  /// the guarantee fund, 66,666.67 to the re-guarantor, 33,333.32 to the bank.
  @Test func `are simulated to the fen, and every trial conserves money`() async throws {
    let place = try TemporaryFolder()
    let run = try await Command.run(
      ["run", "scenario.yaml", "--trials-format", "csv", "--out", place.path], in: Self.folder)
    try #require(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("re-guarantor"))
    let lines = try Command.text(of: place.path + "/trials.csv").split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let head = try #require(lines.first)
    let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(head, $0)) }
    try #require(rows.count == 80)
    for row in rows {
      let worked =
        row["fund"] == "whole"
        ? [180_246.91, 360_493.83, 180_246.91, 180_246.91]
        : [133_333.33, 450_617.28, 180_246.91, 137_037.04]
      let names = ["lossFund", "lossGuaranteeFund", "lossReGuarantor", "lossBank"]
      #expect(names.compactMap { row[$0].flatMap { Double($0) } } == worked)
    }
    let summary = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: place.path + "/summary.json"))) as? [String: Any])
    let funds = try #require(summary["funds"] as? [[String: Any]])
    let parties = try #require(funds.first?["parties"] as? [[String: Any]])
    #expect(
      parties.compactMap { $0["party"] as? String } == [
        "fund", "guarantee-fund", "re-guarantor", "bank", "bankOutsideCover",
      ])
    #expect(
      try Schema(path: "Sources/Reporting/Schemas/summary.schema.json").problems(of: summary) == [])
    for fund in ["whole", "short"] {
      let traced = try await Self.object("trace scenario.yaml --trial 7 --fund \(fund) --json")
      #expect(traced["agrees"] as? Bool == true)
    }
  }

  @Test(arguments: [
    "check scenario.yaml", "run scenario.yaml --quiet --report --out OUT",
    "policy show re-guarantee.yaml", "explain claim.yaml",
    "trace scenario.yaml --trial 0 --fund whole", "portfolio scenario.yaml --out OUT",
    "sweep scenario.yaml --fund whole --set recovery.mean=27%,20% --figure loss:re-guarantor --out OUT",
    "compare scenario.yaml --model re-guarantee,fromLoan --only whole --out OUT",
  ])
  func `are taken by every command`(line: String) async throws {
    let place = try TemporaryFolder()
    let outcome = try await Command.run(
      line.replacing("OUT", with: place.path).split(separator: " ").map(String.init)
        + ["--lang", "zh"], in: Self.folder)
    #expect(outcome.status == 0, "\(line): \(outcome.errors)")
    let page = line.contains("--report") ? try Command.text(of: place.path + "/report.html") : ""
    #expect((outcome.output + page).contains("再担保") || line.hasPrefix("sweep"), "\(line)")
  }

  @Test func `are told from misspelt names`() async throws {
    let place = try TemporaryFolder()
    let draft = try Command.text(of: Self.folder + "/re-guarantee.yaml")
    let mistakes = [
      ("party: re-guarantor", "party: re-guaranto", "error[unknown-party]"),
      ("id: re-guarantor", "id: reguarantor", "error[own-name]"),
      (
        "  re-guarantee:\n    name: {zh: 再担保模式, en: re-guarantee}", "  re-guarantee:", "unknown-key"
      ),
      ("concerns: [re-guarantor]", "concerns: [partner]", "error[unknown-party]"),
    ]
    for (old, new, message) in mistakes {
      try #require(draft.contains(old))
      try place.write("d.yaml", draft.replacing(old, with: new, maxReplacements: 1))
      let outcome = try await Command.run(["policy", "show", "d.yaml"], in: place.path)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains(message), "\(new): \(outcome.errors)")
    }
  }
}
