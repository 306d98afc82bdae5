import Foundation
import TestSupport
import Testing

/// The story of one trial.
struct `Tracing a trial` {
  private static func object(_ outcome: Command.Outcome) throws -> [String: Any] {
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  /// What `trials.csv` tells of a trial of the first fund.
  private struct Row {
    let compensation: Double
    let closing: Double
    let yearEnds: [Double]
  }

  /// The rows of `trials.csv` of the first fund.
  private static func rows(_ text: String) throws -> [Row] {
    let lines = text.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let head = try #require(lines.first)
    let compensation = try #require(head.firstIndex(of: "compensation"))
    let closing = try #require(head.firstIndex(of: "closing"))
    let years = head.indices.filter { head[$0].hasPrefix("balanceYear") }
    #expect(years.map { head[$0] } == (1...years.count).map { "balanceYear\($0)" })
    let fund = try #require(head.firstIndex(of: "fund"))
    return try lines.dropFirst().filter { $0[fund] == lines[1][fund] }.map { cells in
      Row(
        compensation: try #require(Double(cells[compensation])),
        closing: try #require(Double(cells[closing])),
        yearEnds: try years.map { try #require(Double(cells[$0])) })
    }
  }

  @Test(arguments: Scenarios.generated)
  func `agrees with the simulation, in every scenario`(name: String) async throws {
    let arguments = ["trace", "scenarios/\(name)", "--trials", "50", "--json"]
    for choice in [["--trial", "7"], ["--worst", "--by", "exhaustion"]] {
      let object = try Self.object(try await Command.run(arguments + choice, in: Command.root))
      #expect(object["agrees"] as? Bool == true)
      #expect(
        try Schema(path: "Sources/Reporting/Schemas/trace.schema.json").problems(of: object) == [])
    }
  }

  @Test func `is the trial of the run, whatever its rank`() async throws {
    let place = try TemporaryFolder()
    let scenario = ["scenarios/three-models", "--trials", "200"]
    let run = try await Command.run(
      ["run"] + scenario + ["--quiet", "--trials-format", "csv", "--out", place.path],
      in: Command.root)
    try #require(run.status == 0, "\(run.errors)")
    let rows = try Self.rows(try Command.text(of: place.path + "/trials.csv"))
    try #require(rows.count == 200)
    let ranked = rows.map(\.compensation).sorted()
    for (choice, rank) in [(["--worst"], 199), (["--quantile", "0.5"], 99)] {
      let object = try Self.object(
        try await Command.run(["trace"] + scenario + choice + ["--json"], in: Command.root))
      let trial = try #require(object["trial"] as? Int)
      #expect(rows[trial].compensation == ranked[rank])
      let months = try #require(object["months"] as? [[String: Any]])
      let paid = months.reduce(0.0) { $0 + ($1["compensation"] as? Double ?? .nan) }
      #expect(abs(paid - ranked[rank]) < 0.005)
      #expect(months.last?["balance"] as? Double == rows[trial].closing)
      let ends = months.enumerated().filter {
        $0.offset % 12 == 11 || $0.offset == months.count - 1
      }
      #expect(ends.map { $0.element["balance"] as? Double } == rows[trial].yearEnds)
    }
  }

  @Test func `tells months, articles and the agreement, within 100 columns`() async throws {
    let outcome = try await Command.run(
      ["trace", "scenarios/baotou", "--trials", "300", "--worst"], in: Command.root)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("the worst of 300 trials by compensation"))
    #expect(outcome.output.contains("Art. 15"))
    #expect(outcome.output.contains("every threshold agree to the"))
    #expect(outcome.output.contains("reaches 3% (warning)"))
    let long = outcome.output.split(separator: "\n").filter { line in
      line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEE).contains($1.value) ? 2 : 1) } > 100
    }
    #expect(long == [])
  }

  @Test(arguments: [
    (["--trial", "1", "--worst"], Int32(64), "Choose one of --trial N, --worst and --quantile Q."),
    ([], 64, "Choose one of --trial N, --worst and --quantile Q."),
    (["--quantile", "0"], 64, "--quantile takes a number above 0 and at most 1"),
    // 99 was no number from 0 to 1, and the message did not say what to write.
    (["--quantile", "99"], 64, "write 99%"),
    (["--quantile", "1"], 64, "write 1% or 100%"),
    (["--trial", "-1"], 64, "--trial"),
    (["--trials", "300", "--trial", "300"], 64, "The run has 300 trials, from 0 to 299"),
    (["--trial", "1", "--fund", "nobody"], 65, "error[unknown-fund]"),
    (["--trial", "1", "--fund", "模式"], 65, "error[unclear-fund]"),
  ])
  func `refuses what it cannot do`(
    arguments: [String], status: Int32, message: String
  ) async throws {
    let outcome = try await Command.run(
      ["trace", "scenarios/three-models"] + arguments, in: Command.root)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  /// Loans that ended before the run. 甲 is a customer of A by the first of them, and its new loan is covered
  /// after A's suspension (001 Art. 13: 已经获得…贷款的企业): of its loss of 100万 the fund pays 30万. 乙 and its
  /// loan are new. 丙 had 300万 of its 400万 in 2024 (002 Art. 15), whose last 100万 are covered: 40万. 丁 is
  /// in default at the opening. The first was not known to a run, none to the replay of its trials.
  @Test func `knows the loans that are not simulated`() async throws {
    let place = try TemporaryFolder()
    try """
    id,firm,start,term,amount,pd,status
    1,甲,2024-01,3,300万,1%,正常
    2,甲,2025-01,2,100万,99.9999%,正常
    3,乙,2025-01,2,100万,99.9999%,正常
    4,X,2024-07,2,300万,99.9999%,正常
    5,丙,2024-01,3,300万,1%,正常
    6,丙,2024-07,2,300万,99.9999%,正常
    7,丁,2023-09,12,100万,1%,不良
    8,丁,2024-07,2,300万,99.9999%,正常
    9,丁,2024-07,2,300万,1%,正常
    """.write(toFile: place.path + "/tape.csv", atomically: true, encoding: .utf8)
    try """
    title: x
    start: 2024-07
    horizon: 24 months
    trials: 5
    seed: 1
    portfolio:
      tape: tape.csv
      columns: {id: id, enterprise: firm, start: start, term: term, principal: amount, pd: pd, status: status}
      constants: {bank: A, model: bank, size: small, collateral: patent, ipPart: 100%, repayment: bullet}
      facts: {others: met}
    defaults: {timing: maturity, dependence: independent}
    recovery: {mean: 0%, standardDeviation: 0%, lag: 12 months, writeOffMonths: 12}
    funds:
      - {name: baotou, programme: baotou, model: bank, start: 2024-01, interestRate: 0%}
      - {name: zone, programme: dalian-hitech-2022, model: bank, initial: 1000万, claimDelay: 2 months}

    """.write(toFile: place.path + "/scenario.yaml", atomically: true, encoding: .utf8)
    for (fund, paid) in [
      ("baotou", ["4": 900_000, "6": 900_000, "2": 300_000]),
      ("zone", ["4": 1_200_000, "6": 400_000]),
    ] {
      let object = try Self.object(
        try await Command.run(
          ["trace", "scenario.yaml", "--trial", "3", "--fund", fund, "--json"], in: place.path))
      #expect(object["agrees"] as? Bool == true)
      let ledger = try #require(object["ledger"] as? [[String: Any]])
      let claims = ledger.filter { $0["event"] as? String == "claim" }
      let found = claims.map { ($0["loan"] as? String ?? "", -($0["amount"] as? Int ?? 0)) }
      // A loan of two months and 99.9999 % a year defaults in nine of ten trials.
      let defaulted = try #require(object["defaults"] as? [[String: Any]])
        .compactMap { $0["loan"] as? String }
      #expect(defaulted.contains("2") && defaulted.contains("6") && defaulted.contains("8"))
      let expected = paid.filter { defaulted.contains($0.key) }
      #expect(Dictionary(found, uniquingKeysWith: +) == expected, "\(fund)")
    }
  }
}
