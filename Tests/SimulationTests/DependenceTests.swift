import FundCore
import Simulation
import Testing

/// What the laws of default counts come to is in the table of checks (`DependenceChecks`).
@Suite struct DependenceTests {
  @Test func `a stress that would make a probability one stops short of it`() {
    var loan = LoanDraft()
    loan.probability = 0.04
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 100))
    draft.stress = [11: 1_000]
    // min(p · factor, 0.999999)
    #expect(draft.run(FundDraft(), trials: 100).column(.defaults).allSatisfy { $0 >= 99 })
  }
}
