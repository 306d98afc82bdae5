import FundCore
import LossStatistics
import Simulation
import Testing

/// PRECISION §1: exact probabilities of exhaustion, from common to one in a hundred million.
///
/// Five cohorts of 100 loans of one unit, assessed once with 2.5 %; asset correlation 0.12, a factor a year. The exact values were
/// computed twice, independently (quadrature over the factors, convolution of binomial laws).
@Suite struct RareLadderTests {
  private static func plan(units: Int64, persistence: Double) -> SimulationPlan {
    var draft = ScenarioDraft(horizon: 60, loans: [])
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.12], persistence: persistence)
    for year in 0..<5 {
      var loan = LoanDraft()
      loan.start = 12 * year - 1
      loan.probability = 0.025
      draft.loans += Array(repeating: loan, count: 100)
    }
    var fund = FundDraft()
    fund.opening = Money(fen: 100 * units)
    return draft.plan([fund.plan(for: draft)], trials: 100, seed: 20_261_129)
  }

  private static func estimate(units: Int64, persistence: Double) throws -> KnownFigure {
    let plan = plan(units: units, persistence: persistence)
    let request = RareRequest(levels: [])
    let trials = try #require(
      simulateRare(plan, request, fundCount: 1, on: RareWork(threads: 2)))
    let frame = simulate(plan, trials: 0..<1, threads: 1).frame
    return try #require(RareFigures(trials, request, frame: frame).funds[0].exhaustion.last)
  }

  /// Eleven figures within 3.9 standard errors: a false alarm in a thousand changes of the draws.
  @Test(arguments: [
    (20, 0.4, 0.135856), (30, 0.4, 0.0277415), (40, 0.4, 0.00529152), (60, 0.4, 1.83675e-4),
    (80, 0.4, 6.32795e-6), (120, 0.4, 7.18547e-9), (20, 0, 0.103008), (30, 0, 0.0106663),
    (40, 0, 8.72334e-4), (60, 0, 4.08184e-6), (80, 0, 1.36242e-8),
  ])
  func `the ladder, within 5 % of one standard error`(
    units: Int64, persistence: Double, exact: Double
  ) throws {
    let figure = try Self.estimate(units: units, persistence: persistence)
    let error = try #require(figure.standardError)
    #expect(abs(figure.value - exact) <= 3.9 * error)
    #expect(error <= 0.05 * exact)
  }
}
