import CompensationKernel
import FundCore
import ScenarioInput
import Simulation
import Testing

/// Who has put the fund's money in, as a scenario writes it.
@Suite struct ContributorKeyTests {
  private func fixture(_ lines: String, programme: String = "dalian-hitech-2022") -> ScenarioFixture
  {
    ScenarioFixture()
      .replacing("claimDelay: 0 months", "claimDelay: 0 months\n" + lines)
      .replacing("dalian-hitech-2022", programme)
  }

  private static let new = """
        injections:
          - {month: 2024-07, amount: 100万, by: 区}
          - {month: 2025-01, amount: 50万}
    """

  /// 1000万 by 60 : 40, then 100万 of the second alone, and 50万 of both by 60 : 40: 630 and 520.
  @Test(arguments: ["{市: 60%, 区: 40%}", "{市: 600万, 区: 400万}"])
  func `shares or amounts, new money of one or of all`(text: String) throws {
    let scenario = try fixture("    contributors: \(text)\n" + Self.new).read()
    let plan = scenario.compiled(version: "test").plan
    #expect(plan.funds[0].cash.contributors.map(\.putIn) == [.yuan(6_300_000), .yuan(5_200_000)])
    let years = try #require(simulateYears(plan, fundCount: 1, threads: 1))
    let ends = YearlyFigures(years).funds[0].contributors
    #expect(ends.map(\.name.chinese) == ["市", "区"])
    // The balance of every trial is divided, so that the means add up to its mean.
    let period = try #require(YearlyFigures(years).funds[0].periods(.run).first)
    let closing = try #require(period.entry(.closing)?.mean).value
    let parts = try ends.map { try #require($0.atEnd.mean).value }
    #expect(abs(parts.reduce(0, +) - closing) < 0.01)
    #expect(abs(parts[0] / closing - 630.0 / 1150) < 1e-8)
  }

  @Test func `two accounts are two sides, each with half of what was put in`() throws {
    let scenario = try fixture(
      "    shares: {fund: 20%, fiscal: 10%}\n    refundShare: 50%\n    start: 2024-01\n    claimDelay: 3 months",
      programme: "chaoyang"
    ).replacing("    claimDelay: 0 months\n", "")
      .replacing("    shares: {fund: 20%, fiscal: 10%}\n", "").read()
    let plan = scenario.compiled(version: "test").plan
    #expect(plan.funds[0].cash.contributors.map(\.putIn) == [.yuan(5_000_000), .yuan(5_000_000)])
    let years = try #require(simulateYears(plan, fundCount: 1, threads: 1))
    let fund = YearlyFigures(years).funds[0]
    let run = try #require(fund.periods(.run).first)
    // The social account pays first; its end is the first account's.
    #expect(fund.contributors.map(\.atEnd) == run.accounts)
  }

  @Test(arguments: [
    ("    contributors: {市: 60%, 区: 30%}", "shares-not-whole"),
    ("    contributors: {市: 600万, 区: 300万}", "shares-not-whole"),
    ("    contributors: {市: 600万, 区: 40%}", "shares-not-whole"),
    (
      "    contributors: {市: 60%, 区: 40%}\n    injections: [{month: 2024-07, amount: 1万, by: 省}]",
      "unknown-name"
    ),
    ("    injections: [{month: 2024-07, amount: 1万, by: 省}]", "unknown-name"),
    ("    contributors: {}", "error["), ("    contributors: {市: much}", "error["),
  ]) func `what does not fit is refused with its place`(lines: String, code: String) throws {
    let problems = try fixture(lines).problems()
    #expect(problems.contains { $0.contains(code) && $0.contains("scenario.yaml:") }, "\(problems)")
  }
}
