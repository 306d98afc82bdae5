import FundCore
import Simulation
import Testing

/// `timing: monthly`; what it comes to is in the table of checks (`TimingChecks`).
@Suite struct MonthlyTimingTests {
  private func draft(_ count: Int, term: Int, probability: Double) -> ScenarioDraft {
    var loan = LoanDraft()
    loan.term = term
    loan.probability = probability
    var draft = ScenarioDraft(horizon: 24, loans: Array(repeating: loan, count: count))
    draft.timing = .monthly
    return draft
  }

  @Test func `a loan of a year defaults in its year`() {
    var fund = FundDraft()
    fund.opening = .yuan(10_000)
    let result = draft(200, term: 12, probability: 0.3).run(fund, trials: 500)
    #expect((12..<24).allSatisfy { result.meanFlows(month: $0).paid == 0 })
    #expect((0..<12).allSatisfy { result.meanFlows(month: $0).paid > 0 })
  }

  @Test func `a loan fails once`() {
    let values = draft(30, term: 24, probability: 0.999999).run(FundDraft(), trials: 50, seed: 2)
      .column(.defaults)
    #expect(values.allSatisfy { $0 == 30 })
  }
}
