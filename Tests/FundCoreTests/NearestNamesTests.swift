import FundCore
import Testing

/// The names that somebody may have meant who wrote another.
@Suite struct NearestNamesTests {
  private static let names = [
    "survival", "exhaustion", "compensation", "compensation.q99", "es99", "capital95",
    "2026.budget", "2026.budget.q95", "2027.budget.q95", "2026.claimRate.q95", "run.leverage",
    "contributions.grade.B.compensationMean", "selfChecks.defaultsByMonth.months.1.simulated",
  ]

  @Test(arguments: [
    ("survivel", "survival"), ("Budget 2026", "2026.budget"),
    ("2026.budgets.q95", "2026.budget.q95"),
    ("claim rate", "2026.claimRate.q95"), ("compensation.q98", "compensation.q99"),
    ("capital", "capital95"), ("grade B", "contributions.grade.B.compensationMean"),
  ]) func `the first shares most words, then is fewest letters away`(word: String, meant: String) {
    let near = nearestNames(to: word, among: Self.names)
    #expect(near.first == meant, "\(near)")
    #expect(near.count <= 6)
  }

  @Test func `what is like nothing has none, and a long word is no trouble`() {
    #expect(nearestNames(to: "zzzzzz", among: Self.names) == [])
    #expect(nearestNames(to: "", among: Self.names) == [])
    #expect(nearestNames(to: String(repeating: "q", count: 100_000), among: Self.names) == [])
    #expect(nearestNames(to: "2026.budget", among: Self.names, count: 2).count == 2)
  }
}
