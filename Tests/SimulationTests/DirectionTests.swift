import CompensationKernel
import FundCore
import LossStatistics
import Simulation
import TestSupport
import Testing

/// What must rise when something else rises, and what happens at the ends of the scale.
@Suite struct DirectionTests {
  private func draft(correlation: Double, probability: Double = 0.05) -> ScenarioDraft {
    var loan = LoanDraft()
    loan.probability = probability
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 100))
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [correlation])
    return draft
  }

  @Test func `more correlation makes a fatter tail and leaves the mean`() {
    var last = 0.0
    for correlation in [0, 0.1, 0.3, 0.6] {
      let values = draft(correlation: correlation).run(FundDraft(), trials: 4_000)
        .column(.defaults)
      let shortfall = LossSample(values).expectedShortfall(.percent(99)).mean.value
      #expect(shortfall > last)
      #expect(Moments(values).hasMean(5))
      last = shortfall
    }
  }

  @Test func `a correlation near one makes all loans of a sector fail together or none`() {
    let trials = 4_000
    let values = draft(correlation: 0.999_999).run(FundDraft(), trials: trials).column(.defaults)
    // Between lie only trials whose factor is within a few thousandths of the edge.
    #expect(values.count { $0 > 0 && $0 < 100 } <= trials / 200)
    #expect(Chance.allows(values.count { $0 >= 50 }, of: trials, probability: 0.05))
  }

  @Test(arguments: [Dependence.independent, .gaussian, .gamma(variance: 1)])
  func `loans that cannot default do not`(dependence: Dependence) {
    var draft = draft(correlation: 0.3, probability: 0)
    draft.factors.dependence = dependence
    let result = draft.run(FundDraft(), trials: 200)
    #expect(result.column(.defaults).allSatisfy { $0 == 0 })
    #expect(result.column(.exhaustionMonth).allSatisfy { $0 == -1 })
    #expect(result.column(.neededCapital).allSatisfy { $0 == 0 })
  }

  @Test func `a fund without money is exhausted by its first claim`() {
    let result = draft(correlation: 0.2).run(FundDraft(), trials: 300)
    for (month, count) in zip(result.column(.exhaustionMonth), result.column(.defaults)) {
      #expect(month == (count > 0 ? 11 : -1))
    }
    #expect(result.column(.compensation).allSatisfy { $0 == 0 })
    #expect(result.column(.unpaid) == result.column(.defaults).map { $0 * 100 })
    #expect(result.column(.loss(.bank)) == result.column(.unpaid))
  }

  @Test func `a fund as large as the portfolio is never exhausted`() {
    var fund = FundDraft()
    fund.opening = Money(fen: 100 * 100)
    let result = draft(correlation: 0.9, probability: 0.5).run(fund, trials: 300)
    #expect(result.column(.exhaustionMonth).allSatisfy { $0 == -1 })
    #expect(result.column(.defaults).contains { $0 == 100 })
  }

  /// Without thresholds that count what was paid (I-25); what is owed is then the same.
  @Test(arguments: 0..<10)
  func `a larger fund never runs dry earlier, and never pays less`(seed: UInt64) {
    var words = SeededWords(seed: 4_000 + seed)
    var draft = words.scenario()
    draft.factors.dependence = .gaussian
    var fund = words.fund(for: draft)
    fund.thresholds = []
    let sizes = [0.1, 0.5, 1, 2.5].map { factor in
      var larger = fund
      larger.opening = Money(fen: Int64(Double(fund.opening.fen) * factor))
      return larger
    }
    let results = draft.run(sizes, trials: 60, seed: seed).funds
    let months = results.map { $0.column(.exhaustionMonth).map { $0 < 0 ? Int64.max : $0 } }
    for (smaller, larger) in zip(results.indices, results.indices.dropFirst()) {
      #expect(zip(months[smaller], months[larger]).allSatisfy { $0 <= $1 })
      #expect(
        zip(results[smaller].column(.compensation), results[larger].column(.compensation))
          .allSatisfy { $0 <= $1 })
    }
  }

  @Test func `stress and higher probabilities raise defaults`() {
    var stressed = draft(correlation: 0.2)
    stressed.stress = [11: 1.5]
    let calm = Moments(draft(correlation: 0.2).run(FundDraft(), trials: 3_000).column(.defaults))
    let hard = Moments(stressed.run(FundDraft(), trials: 3_000).column(.defaults))
    #expect(hard.mean > calm.mean)
    #expect(hard.hasMean(7.5))
  }

  /// Convergence: the standard error is σ/√n.
  @Test func `four times the trials halve the error`() {
    let values = draft(correlation: 0.1).run(FundDraft(), trials: 24_000).column(.defaults)
    // The spread of the means of 120 blocks of 50, and of 120 blocks of 200.
    let spread = { (size: Int) -> Double in
      let means = (0..<120).map { block in
        values[block * size..<(block + 1) * size].reduce(0.0) { $0 + Double($1) } / Double(size)
      }
      return (means.reduce(0.0) { $0 + ($1 - 5) * ($1 - 5) } / 120).squareRoot()
    }
    // Each spread is known to 1/√240 of itself, their ratio to 9 %.
    #expect(abs(spread(50) / spread(200) - 2) <= 2 * Chance.limit * 0.09)
  }
}
