import Foundation
import TestSupport
import Testing

/// One loan and its claim, told step by step.
struct `Explain` {
  private static func explained(_ arguments: [String]) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(try folder.names() == [])
    return outcome
  }

  private static func flat(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test(arguments: ExplainCase.all)
  func `each programme and model comes to what the articles say`(item: ExplainCase) async throws {
    let outcome = try await Self.explained(item.arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    var rest = Self.flat(outcome.output)[...]
    for line in item.lines {
      let place = rest.firstRange(of: line)
      #expect(place != nil, "\(line) is not there, or not behind what stands before it")
      if let place { rest = rest[place.upperBound...] }
    }
    for line in outcome.output.split(separator: "\n") {
      let wide = line.unicodeScalars.count { $0.value >= 0x2E80 && $0.value < 0x1_F000 }
      #expect(line.count + wide <= 100, "\(line)")
    }
    #expect(outcome.output.contains("I-14"), "the order of the steps is a reading")
  }

  @Test(arguments: [
    ("weihai-2020 --model guarantor --fund 1000万 --claim-delay 3", "Art. 4"),
    ("weihai-2020 --model insurer --fund 1000万 --claim-delay 3", "Art. 4"),
    (
      "chaoyang --model insurer --fund-start 2023-01 --fund 1000万 --claim-delay 3", "Art. 10"
    ),
    (
      "baotou --model bank --fund-start 2024-01 --interest-rate 0% --reading I-20=notAllowed",
      "allow"
    ),
  ])
  func `a model that the programme does not allow is refused`(
    fund: String, source: String
  ) async throws {
    let outcome = try await Self.explained(ExplainCase(fund).arguments)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("model-not-allowed") && outcome.errors.contains(source))
    #expect(outcome.output.isEmpty)
  }

  @Test func `all reasons against cover are told, each with its article`() async throws {
    let item = ExplainCase(
      "dalian-hitech-2022 --model bank --fund 1000万 --claim-delay 0",
      "--size large --collateral copyright --term 14 --start 2023-02-28 --not inProjectLibrary "
        + "--earlier-default 2023-01-10 --suspended-on 2023-02-01")
    let outcome = try await Self.explained(item.arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = Self.flat(outcome.output)
    for reason in [
      "NOT MET made on 2023-02-28; in force from 2023-03-01 to 2027-05-12 Art. 23",
      "NOT MET collateral copyright, which is none of patent, trademark, Art. 6, I-49 otherIP",
      "NOT MET borrower large, which is none of micro, small, medium Art. 1, I-23",
      "NOT MET term 14 months, at most 12 months Art. 15",
      "NOT MET recorded in the project library before the loan",
      "NOT MET the enterprise defaulted before, on 2023-01-10 Art. 19",
      "NOT MET the bank's cover was paused on 2023-02-01", "→ not covered, for 7 reasons",
      "no cover: the whole loss of 1,000,000.00 stays with the bank", "bank: 1,000,000.00 (100%)",
    ] { #expect(text.contains(reason), "\(reason)") }
  }

  /// Art. 13 of Baotou: after the notice, loans to new customers are the bank's own risk. Art. 11
  /// of the Hi-tech Zone with I-9: a pause ends six months after its notice.
  @Test(arguments: [
    ("baotou --model bank --fund-start 2024-01 --interest-rate 0%", "2024-02-10", false),
    ("dalian-hitech-2022 --model bank --fund 1000万 --claim-delay 0", "2024-02-10", false),
    ("dalian-hitech-2022 --model bank --fund 1000万 --claim-delay 0", "2023-08-10", true),
  ])
  func `a suspended bank's new loan`(fund: String, notice: String, covered: Bool) async throws {
    let item = ExplainCase(fund, "--suspended-on \(notice)")
    let outcome = try await Self.explained(item.arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(covered ? "→ covered" : "→ not covered, for 1 reason"))
  }

  /// A loan made before the notice, or on its day, stays covered (Art. 13: 继续履行风险补偿责任), and so does one
  /// whose borrower defaults elsewhere later. Both were refused as dates out of order.
  @Test(arguments: [
    ("baotou --model bank --fund-start 2024-01 --interest-rate 0%", "--suspended-on 2024-06-01"),
    ("baotou --model bank --fund-start 2024-01 --interest-rate 0%", "--suspended-on 2024-03-01"),
    ("dalian-hitech-2022 --model bank --fund 1000万 --claim-delay 0", "--suspended-on 2024-06-01"),
    ("baotou --model bank --fund-start 2024-01 --interest-rate 0%", "--earlier-default 2024-04-01"),
    (
      "chaoyang --model bank --fund-start 2023-01 --fund 1000万 --claim-delay 3",
      "--rate 0% --earlier-default 2024-04-01"
    ),
  ])
  func `what comes after the loan leaves it covered`(fund: String, later: String) async throws {
    let outcome = try await Self.explained(ExplainCase(fund, later).arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("→ covered"))
    #expect(Self.flat(outcome.output).contains("still covered"))
  }

  /// I-37, I-38, I-42 in options: money before the claim, a cured loan, a default that ended.
  @Test(arguments: [
    (
      "baotou --model bank --fund-start 2024-01 --interest-rate 0%",
      "--loss 100万 --recovered 40万 --recovered-on 2025-03-01",
      "loss of principal: 1,000,000.00 less 400,000.00 that came in",
      "share of the fund 30% × 600,000.00"
    ),
    (
      "baotou --model bank --fund-start 2024-01 --interest-rate 0%",
      "--loss 100万 --recovered 100万 --recovered-on 2025-04-09", "repaid in full before the claim",
      ""
    ),
    // On the day of the claim it is shared.
    (
      "baotou --model bank --fund-start 2024-01 --interest-rate 0%",
      "--loss 100万 --recovered 100万 --recovered-on 2025-04-10",
      "share of the fund 30% × 1,000,000.00", "comes back to the fund: 30% × 1,000,000.00"
    ),
    (
      "chaoyang --model bank --fund-start 2023-01 --fund 1000万 --claim-delay 3",
      "--rate 0% --earlier-default 2024-01-10 --earlier-cured 2024-02-28",
      "no longer when this loan was made", "→ covered"
    ),
    (
      "chaoyang --model bank --fund-start 2023-01 --fund 1000万 --claim-delay 3",
      "--rate 0% --earlier-default 2024-01-10 --earlier-cured 2024-03-01",
      "NOT MET the enterprise defaulted before", "→ not covered"
    ),
    // 2025-01-31 to 2025-05-10 are 99 days: 16,500.
    (
      "dalian-2018 --model bank --fund 1600万 --claim-delay 3",
      "--rate 6% --interest-paid-to 2025-01-31",
      "1,000,000.00 × 99 days × 6% / 360 = 16,500.00", "50% × 1,016,500.00 = 508,250.00"
    ),
  ])
  func `what stands between the first day overdue and the claim`(
    fund: String, options: String, first: String, second: String
  ) async throws {
    let outcome = try await Self.explained(ExplainCase(fund, options).arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = Self.flat(outcome.output)
    #expect(text.contains(first), "\(text)")
    #expect(second.isEmpty || text.contains(second), "\(text)")
  }

  /// Art. 13: enterprises that had a loan before the notice stay covered (I-18, I-26).
  @Test(arguments: [
    ("", "--customer-since 2023-05-10", "met", "a customer since 2023-05-10, keeps its cover"),
    ("", "--customer-since 2024-02-10", "met", "a customer since 2024-02-10, keeps its cover"),
    // One day after the notice.
    ("", "--customer-since 2024-02-11", "NOT MET", "does not count as one"),
    (
      " --reading I-18=runningLoansOnly",
      "--customer-since 2023-05-10 --customer-until 2024-05-10", "met", "keeps its cover"
    ),
    (
      " --reading I-18=runningLoansOnly",
      "--customer-since 2023-05-10 --customer-until 2024-02-10", "NOT MET", "does not count"
    ),
  ])
  func `an old customer of a suspended bank`(
    reading: String, customer: String, verdict: String, words: String
  ) async throws {
    let item = ExplainCase(
      "baotou --model bank --fund-start 2024-01 --interest-rate 0%" + reading,
      "--suspended-on 2024-02-10 " + customer)
    let outcome = try await Self.explained(item.arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = Self.flat(outcome.output)
    #expect(text.contains(verdict + " the bank's cover was suspended on 2024-02-10, and"))
    #expect(text.contains(words), "\(text)")
    for id in ["I-8:", "I-18:", "I-26:"] { #expect(text.contains(id), "\(id)") }
  }

  static let file = """
    fund:
      programme: baotou
      model: bank
      start: 2024-01
      interestRate: 0%
    loan:
      principal: 100万
      ipPart: 100%
      size: small
      collateral: patent
      term: 12 months
      start: 2024-03-01
      facts: met
      overdue: 2025-02-10
      loss: 100万
      recoveries:
        - {amount: 10万, on: 2026-01-05}
    before:
      balance: 20万
    """

  @Test func `a file and options say the same`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("claim.yaml", Self.file)
    let item = ExplainCase(
      "baotou --model bank --fund-start 2024-01 --interest-rate 0%",
      "--recovered 10万 --recovered-on 2026-01-05 --balance 20万")
    for json in [[], ["--json"]] {
      let written = try await Command.run(["explain", "claim.yaml"] + json, in: folder.path)
      let typed = try await Self.explained(item.arguments + json)
      #expect(written.status == 0 && typed.status == 0)
      #expect(written.output == typed.output)
    }
  }

  @Test(arguments: [ExplainCase.all[0], ExplainCase.all[10], ExplainCase.all[12]])
  func `the object is what its schema says`(item: ExplainCase) async throws {
    let outcome = try await Self.explained(item.arguments + ["--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let schema = try Schema(path: "Sources/Reporting/Schemas/explanation.schema.json")
    #expect(schema.problems(of: object) == [])
    let steps = try #require(object["steps"] as? [[String: Any]])
    let share = try #require(
      steps.first { $0["rule"] as? String == "share" && $0["subject"] as? String == "fund" })
    let sources = try #require(share["sources"] as? [[String: Any]])
    #expect(sources.contains { $0["article"] is String })
    #expect((share["result"] as? [String: Any])?["unit"] as? String == "yuan")
  }

  @Test func `help shows an example`() async throws {
    let outcome = try await Self.explained(["explain", "--help"])
    #expect(outcome.status == 0)
    #expect(Self.flat(outcome.output).contains("fundsim explain --programme baotou --model bank"))
  }

  /// A claim that waited for the province, or for the last recovery, said "settled after 2 months".
  @Test(arguments: [
    (
      "weihai-2020 --model bank --fund 1000万 --claim-delay 2 --reading I-54=paymentAwaited",
      "--province-paid 2025-12-01",
      "settled on 2025-12-01: first overdue on 2025-02-10, settled after 2 months, the province paid on 2025-12-01"
    ),
    (
      "weihai-2020 --model bank --fund 1000万 --claim-delay 2 --reading I-54=paymentAwaited",
      "--province-paid 2025-02-11",
      "settled on 2025-04-10: first overdue on 2025-02-10, settled after 2 months, the province paid on 2025-02-11"
    ),
    (
      "dalian-hitech-2022 --model bank --fund 1000万 --claim-delay 2 --reading I-52=afterRealisation",
      "--recovered 10万 --recovered-on 2025-12-01",
      "settled on 2025-12-01: first overdue on 2025-02-10, settled after 2 months, the last recovery came in on 2025-12-01"
    ),
  ])
  func `the day of a claim says what it waited for`(
    fund: String, changes: String, line: String
  ) async throws {
    let outcome = try await Self.explained(
      ExplainCase(fund, changes).arguments + ["--json"])
    #expect(outcome.output.contains(line), "\(outcome.output) \(outcome.errors)")
  }
}
