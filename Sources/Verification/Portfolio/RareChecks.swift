import FundCore
import LossStatistics
import Simulation

/// Exact probabilities of exhaustion, from common to one in a hundred million, by importance sampling.
///
/// Five cohorts of 100 loans of one unit, assessed once with 2.5 %; asset correlation 0.12, a factor a year. The exact values
/// were computed twice, independently (quadrature over the factors, convolution of binomial laws).
enum RareChecks {
  private static let ladder: [(Int64, Double, Double)] = [
    (20, 0.4, 0.135856), (30, 0.4, 0.0277415), (40, 0.4, 0.00529152), (60, 0.4, 1.83675e-4),
    (80, 0.4, 6.32795e-6), (120, 0.4, 7.18547e-9), (20, 0, 0.103008), (30, 0, 0.0106663),
    (40, 0, 8.72334e-4), (60, 0, 4.08184e-6), (80, 0, 1.36242e-8),
  ]

  static let sets: [CheckSet] = ladder.map { units, persistence, exact in
    CheckSet(
      .funds,
      [
        Check(
          .init(
            en: "rare exhaustion, \(units) units, persistence \(persistence)",
            zh: "稀有耗尽，\(units)个单位，持续性\(persistence)"), exact, .chance,
          source: .init(
            en: "RareEvents: quadrature over the factors, convolution of binomial laws",
            zh: "《RareEvents》：对因子数值积分、二项分布卷积")),
        Check(
          .init(
            en: "its standard error within 5 %: \(units) units, persistence \(persistence)",
            zh: "其标准误在5%以内：\(units)个单位，持续性\(persistence)"), .word("≤ 5 %"),
          source: .init(en: "RareEvents: acceptance", zh: "《RareEvents》：验收标准")),
      ]
    ) { work in
      let figure = try estimate(units: units, persistence: persistence, on: work)
      let error = figure.standardError ?? .infinity
      return [
        try .estimate(figure.value, error: figure.standardError),
        .word(error <= 0.05 * exact ? "≤ 5 %" : "\(error / exact)"),
      ]
    }
  }

  private static func estimate(
    units: Int64, persistence: Double, on work: CheckWork
  ) throws -> KnownFigure {
    var portfolio = ReferencePortfolio(horizon: 60)
    portfolio.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.12], persistence: persistence)
    for year in 0..<5 {
      portfolio.loans += Array(
        repeating: ReferenceLoan(start: 12 * year - 1, probability: 0.025), count: 100)
    }
    let fund = ReferenceFund(opening: Money(fen: 100 * units))
    let plan = portfolio.plan([fund], trials: 100, seed: 20_261_129)
    let request = RareRequest(trials: work.trials(RareRequest.usualTrials), levels: [])
    guard
      let trials = simulateRare(plan, request, fundCount: 1, on: RareWork(threads: work.threads))
    else { throw UnknownError() }
    let frame = simulate(plan, trials: 0..<1, threads: 1).frame
    guard let figure = RareFigures(trials, request, frame: frame).funds[0].exhaustion.last else {
      throw UnknownError()
    }
    return figure
  }
}
