import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import ScenarioInput
import Testing

/// `discountRate` and `premiums` of a scenario.
@Suite struct CostInputTests {
  private static func scenario(_ lines: String, model: String = "insurer") -> ScenarioFixture {
    ScenarioFixture().replacing("model: bank", "model: \(model)")
      .replacing("portfolio:\n", lines + "\nportfolio:\n")
  }

  private static func costs(_ fixture: ScenarioFixture) throws -> CostTerms? {
    try fixture.read().funds[0].costs
  }

  @Test func `a scenario that names neither reckons no cost`() throws {
    #expect(try Self.costs(ScenarioFixture()) == nil)
  }

  @Test func `a rate alone is enough, and so is a premium`() throws {
    #expect(
      try Self.costs(Self.scenario("discountRate: 3%")) == CostTerms(discountRate: .percent(3)))
    let premium = CostTerms.Premium(
      party: .insurer, rate: .percent(2), paidBy: .borrower, subsidy: .percent(50))
    #expect(
      try Self.costs(
        Self.scenario("premiums: {insurer: {rate: 2%, paidBy: borrower, subsidy: 50%}}"))
        == CostTerms(discountRate: .zero, premiums: [premium]))
    #expect(
      try Self.costs(Self.scenario("premiums: {保险公司: {rate: 2%, paidBy: 企业, subsidy: 50%}}"))
        == CostTerms(discountRate: .zero, premiums: [premium]))
  }

  /// The funds of a scenario share its premiums, and a study may keep one of them alone.
  @Test func `a premium at the top is none of a fund whose model has not the party`() throws {
    let fixture = Self.scenario("premiums: {guarantor: {rate: 2%, paidBy: bank}}")
    #expect(try Self.costs(fixture) == CostTerms(discountRate: .zero))
    let own = ScenarioFixture().replacing(
      "claimDelay: 0 months",
      "claimDelay: 0 months\n    premiums: {guarantor: {rate: 2%, paidBy: bank}}")
    #expect(try own.problems().count == 1)
  }

  @Test func `a fund's own premium goes before one at the top`() throws {
    let fixture = Self.scenario(
      "discountRate: 3%\npremiums: {insurer: {rate: 2%, paidBy: bank}, fund: {rate: 1%, paidBy: bank}}"
    ).replacing(
      "claimDelay: 0 months",
      "claimDelay: 0 months\n    premiums: {insurer: {rate: 3%, paidBy: fund}}")
    let premiums = try Self.costs(fixture)?.premiums ?? []
    #expect(premiums.map(\.party) == [.insurer, .fund])
    #expect(premiums.map(\.rate) == [.percent(3), .percent(1)])
    #expect(premiums.map(\.paidBy) == [.fund, .bank])
  }

  @Test(arguments: [
    (
      "premiums: {appraiser: {rate: 2%, paidBy: bank}}", "no-such-party",
      "'appraiser' bears no share of a loss"
    ),
    (
      "premiums: {insurer: {rate: 2%, paidBy: fund, subsidy: 50%}}", "key-without-use",
      "has nothing to refund"
    ),
    ("premiums: {insurer: {rate: 2%, paidBy: city}}", "unknown-choice", "city"),
    ("premiums: {insurer: {paidBy: bank}}", "missing-key", "rate"),
    ("discountRate: 300%", "out-of-range", "300%"),
  ])
  func `what is wrong is told at its place`(lines: String, code: String, says: String) throws {
    let problems = try Self.scenario(lines).problems()
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.contains("[\(code)]") ?? false, "\(problems)")
    #expect(problems.first?.contains(says) ?? false, "\(problems)")
    #expect(problems.first?.contains("scenario.yaml:6:") ?? false, "\(problems)")
  }
}
