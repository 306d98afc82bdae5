import Foundation
import TestSupport
import Testing

/// What `explain` says of clauses that look beyond one loan: whose claims they count, over which time, and what is taken to
/// have been before.
@Suite struct ExplainedClauseTests {
  /// 400万 lent in March 2025, lost in full, and claimed in February 2026; the fund has 1,000万.
  private func explained(
    _ draft: String, _ further: String = "", start: String = "2025-03-01", language: String = "en"
  ) async throws -> String {
    let folder = try TemporaryFolder()
    let line =
      "explain --programme \(Command.root)/scenarios/other-cities/\(draft).yaml --model bank --fund 1000万 "
      + "--principal 400万 --size small --collateral patent --ip-part 100% --term 12 --start \(start) --facts met "
      + "--overdue 2026-01-10 --loss 400万 --applied 2026-03-15 --lang \(language) --width 300 \(further)"
    let outcome = try await Command.run(
      line.split(separator: " ").map(String.init), in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split { $0.isWhitespace }.joined(separator: language == "en" ? " " : "")
  }

  private func expect(_ text: String, _ lines: [String]) {
    for line in lines { #expect(text.contains(line), "\(line) is not there") }
  }

  /// 10 % of what the bank lent in 2026: the loan of 2025 is none of it. Of 1,000万 that is 100万, of which 30万 are used; 50 %
  /// of the loss are 200万.
  @Test func `a limit by bank and year`() async throws {
    expect(
      try await explained("bank-year-limit"),
      [
        "limit 'bankYear' (Art. 7) counts what comes to this bank in 2026: owed before this claim nothing, as "
          + "--owed-before is not given; lent under cover besides this loan nothing, as --lent-before is not given; this "
          + "loan, made on 2025-03-01, is not among it",
        "CUT limit 'bankYear', this bank in 2026: 10% of the covered lending of the period, 0.00, = 0.00, of which 0.00 had "
          + "been used before; 2,000,000.00 is cut to 0.00 Art. 7",
      ])
    expect(
      try await explained("bank-year-limit", "--lent-before 1000万 --owed-before 30万"),
      [
        "owed before this claim 300000 yuan, as given", "besides this loan 10000000 yuan, as given",
        "10% of the covered lending of the period, 10,000,000.00, = 1,000,000.00, of which 300,000.00 had been used before; "
          + "2,000,000.00 is cut to 700,000.00",
      ])
    // A loan of the year of its claim is among it.
    expect(
      try await explained("bank-year-limit", start: "2026-01-02"),
      ["10% of the covered lending of the period, 4,000,000.00, = 400,000.00"])
    expect(
      try await explained("bank-year-limit", language: "zh"),
      ["限额“bankYear”（第七条）计本银行2026年内的合计", "限额“bankYear”（本银行，2026年）：期内纳入补偿的放款0.00×10%=0.00"])
  }

  /// The loan's terms are those of its day.
  @Test func `an amendment`() async throws {
    expect(
      try await explained("amended-share"),
      [
        "amendment 'second' is for loans made from 2026-01-01 on: not for this one Art. 21",
        "share of the fund 50% × 4,000,000.00",
      ])
    expect(
      try await explained("amended-share", start: "2026-01-02"),
      [
        "amendment 'second' is for loans made from 2026-01-01 on: for this one too Art. 21",
        "share of the fund 45% × 4,000,000.00",
      ])
    expect(
      try await explained("amended-share", language: "zh"), ["修订“second”适用于2026-01-01起发放的贷款：本笔不适用"])
  }

  @Test func `shares by year and size, layers, and the fund's money`() async throws {
    expect(
      try await explained("size-and-year"),
      [
        "limit 'whole' (Art. 7) counts what comes to all banks since the programme began",
        "(year 2, small)",
        "limit 'whole', all banks over the programme: 8,000,000.00, of which 0.00 had been used before",
      ])
    expect(
      try await explained("stop-loss", "--losses-before 5万"),
      [
        "first loss 'bankFirst' (Art. 7) counts what comes to this bank in 2026: losses claimed before 50000 yuan, as given",
        "first loss 'bankFirst', this bank in 2026: the bank bears the first 200,000.00, of which 50,000.00 had been lost before; of "
          + "this loss 150,000.00",
        "stop-loss 'bankStop', this bank in 2026: beyond losses of 2,000,000.00",
      ])
    expect(
      try await explained("fund-thresholds", "--balance 900万"),
      [
        "the balance at the year's start is taken to be that at the claim, 9000000 yuan",
        "limit 'year', all banks in 2026: 20% of the fund's balance at the year's start, 9,000,000.00, = 1,800,000.00",
      ])
    expect(
      try await explained("claim-rate-steps"),
      [
        "the claim rate (Art. 6) counts what comes to this bank since the programme began",
        "(this bank over the programme)",
      ])
    expect(
      try await explained("leverage"),
      [
        "the limit of covered lending (Art. 7): outstanding besides this loan nothing, as --lent-before is not given"
      ])
  }
}
