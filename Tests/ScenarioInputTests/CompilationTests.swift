import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ResultFacts
import ScenarioInput
import Simulation
import Testing

@Suite struct CompilationTests {
  @Test func `a generated portfolio depends on its own seed alone`() throws {
    let first = try ScenarioFixture().read()
    let other = try ScenarioFixture().replacing("seed: 1\nportfolio", "seed: 99\nportfolio").read()
    #expect(first.portfolio.loans.map(\.principal) == other.portfolio.loans.map(\.principal))
    let reseeded = try ScenarioFixture().replacing("  seed: 1\n    months", "  seed: 2\n    months")
      .read()
    #expect(first.portfolio.loans.map(\.principal) != reseeded.portfolio.loans.map(\.principal))
  }

  @Test func `five new customers a month for 24 months are 120, and renewals come on top`() throws {
    let scenario = try ScenarioFixture().read()
    #expect(scenario.portfolio.enterprises.count == 120)
    // 60 customers of the first year may renew once: binomial, mean 12, SD 3.1; 3.9 SD each way.
    let renewals = scenario.portfolio.loans.count - 120
    #expect(renewals > 0 && renewals < 25)
    for loan in scenario.portfolio.loans {
      #expect(loan.principal >= .yuan(500_000) && loan.principal <= .yuan(2_000_000))
      #expect(loan.principal.fen % 1_000_000 == 0)
    }
  }

  @Test func `an override replaces the share, and its reason stands in the report`() throws {
    let scenario = try ScenarioFixture().replacing(
      "initial: 1000万",
      """
      initial: 1000万
          overrides:
            - parameter: models.bank.payers.fund.share.value
              value: 45%
              reason: draft for consultation
      """
    ).read()
    #expect(scenario.funds[0].sharing[.bank]?.payers.first?.share == .percent(45))
    let override = try #require(scenario.funds[0].overrides.first)
    #expect(override.value.text == "45%")
    #expect(override.reason == LocalizedText(same: "draft for consultation"))
  }

  @Test func `a reading is a change of terms`() throws {
    let scenario = try ScenarioFixture().replacing(
      "initial: 1000万", "initial: 1000万\n    readings: {I-9: never}"
    ).read()
    #expect(scenario.funds[0].programme.terms.thresholds[0].value.resumesAfterMonths == nil)
    #expect(
      try ScenarioFixture().read().funds[0].programme.terms.thresholds[0].value.resumesAfterMonths
        == 6)
    #expect(scenario.funds[0].readings.map(\.id.value) == ["I-9"])
  }

  @Test func `the third loan of a year is covered only up to 400万 in the Hi-tech Zone`() throws {
    // Art. 15: 支持金额每年累计不超过400万元. Three loans of 150万 in one year: 150, 150, 100.
    let scenario = try ScenarioFixture().read()
    var changed = scenario
    changed.portfolio.loans = (0..<3).map { index in
      LoanRecord(
        id: "\(index)", start: CivilMonth(ordinal: 2024 * 12 + index), termMonths: 12,
        principal: .yuan(1_500_000))
    }
    changed.defaults.annualPD = [0.02, 0.02, 0.02]
    let plan = changed.compiled(version: "test").plan
    #expect(plan.funds[0].cover.principal == [150_000_000, 150_000_000, 100_000_000])
  }

  @Test func `a loan that starts after the last day in force is not covered`() throws {
    // Art. 23: to 2027-05-12; the simulation dates a loan of May 2027 on the 15th.
    var scenario = try ScenarioFixture().read()
    scenario.portfolio.loans = [4, 5].map { month in
      LoanRecord(
        id: "\(month)", start: CivilMonth(ordinal: 2027 * 12 + month - 1), termMonths: 6,
        principal: .yuan(1_000_000))
    }
    scenario.defaults.annualPD = [0.02, 0.02]
    let compiled = scenario.compiled(version: "test")
    #expect(compiled.plan.funds[0].cover.principal == [100_000_000, 0])
    #expect(compiled.source.coverages[0].leftOut.first?.article.english == "Art. 23")
  }

  @Test func `the fee of Baotou falls in each twelfth month of its two years`() throws {
    let scenario = try ScenarioFixture().replacing(
      "programme: dalian-hitech-2022",
      "programme: baotou\n    start: 2024-03\n    interestRate: 1%"
    ).replacing("    claimDelay: 0 months", "").read()
    let fees = scenario.compiled(version: "test").plan.funds[0].cash.fees
    // Art. 8(二)7: 1.5 % of 1000万 a year = 15万; the years end in February 2025 and 2026.
    #expect(fees.indices.filter { fees[$0] > .zero } == [13, 25])
    #expect(fees[13] == .yuan(150_000))
  }

  @Test func `every trial of a compiled scenario conserves money`() throws {
    let plan = try ScenarioFixture().read().compiled(version: "test").plan
    let result = simulate(plan, threads: 2)
    #expect(result.funds[0].unbalancedTrials == 0)
    #expect(result.funds[0].undividedTrials == 0)
    #expect(result.trialCount == 200)
  }
}
