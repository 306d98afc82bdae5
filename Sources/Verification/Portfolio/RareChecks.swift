import FundCore
import LossStatistics
import Simulation

/// Exact probabilities of exhaustion, from common to one in a hundred million, by importance sampling.
///
/// Five cohorts of 100 loans of one unit, which fail with 2.5 % within the year of their term; asset correlation 0.12, a factor a
/// year. The exact values were computed twice, independently (quadrature over the factors, convolution of binomial laws). They
/// are the same whether a loan is assessed once or in each of its twelve months.
enum RareChecks {
  private struct Rung {
    let units: Int64
    let persistence: Double
    let exact: Double
    var timing = AssessmentTiming.maturity

    init(_ units: Int64, _ persistence: Double, _ exact: Double) {
      (self.units, self.persistence, self.exact) = (units, persistence, exact)
    }

    /// The same, assessed month by month.
    var monthly: Rung {
      var rung = self
      rung.timing = .monthly
      return rung
    }

    /// What of it is told.
    func name(_ what: LocalizedText) -> LocalizedText {
      let monthly = timing == .monthly ? LocalizedText(en: ", monthly", zh: "，逐月") : .empty
      return LocalizedText(
        en: "\(what), \(units) units, persistence \(persistence)\(monthly)",
        zh: "\(what)，\(units)个单位，持续性\(persistence)\(monthly)")
    }
  }

  private static let ladder: [Rung] = [
    Rung(20, 0.4, 0.135856), Rung(30, 0.4, 0.0277415), Rung(40, 0.4, 0.00529152),
    Rung(60, 0.4, 1.83675e-4), Rung(80, 0.4, 6.32795e-6), Rung(120, 0.4, 7.18547e-9),
    Rung(20, 0, 0.103008), Rung(30, 0, 0.0106663), Rung(40, 0, 8.72334e-4),
    Rung(60, 0, 4.08184e-6), Rung(80, 0, 1.36242e-8), Rung(40, 0.4, 0.00529152).monthly,
    Rung(80, 0.4, 6.32795e-6).monthly,
  ]

  static let sets: [CheckSet] = ladder.map { rung in
    CheckSet(
      .funds,
      [
        Check(
          rung.name(.init(en: "rare exhaustion", zh: "稀有耗尽")), rung.exact, .chance,
          source: .init(
            en: "RareEvents: quadrature over the factors, convolution of binomial laws",
            zh: "《RareEvents》：对因子数值积分、二项分布卷积")),
        Check(
          rung.name(
            .init(en: "standard error of rare exhaustion within 5 %", zh: "稀有耗尽的标准误在5%以内")),
          .word("≤ 5 %"),
          source: .init(en: "RareEvents: acceptance", zh: "《RareEvents》：验收标准")),
      ]
    ) { work in
      let figure = try estimate(rung, on: work)
      let error = figure.standardError ?? .infinity
      return [
        try .estimate(figure.value, error: figure.standardError),
        .word(error <= 0.05 * rung.exact ? "≤ 5 %" : "\(error / rung.exact)"),
      ]
    }
  }

  private static func estimate(_ rung: Rung, on work: CheckWork) throws -> KnownFigure {
    var portfolio = ReferencePortfolio(horizon: 60)
    portfolio.timing = rung.timing
    portfolio.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.12], persistence: rung.persistence)
    for year in 0..<5 {
      portfolio.loans += Array(
        repeating: ReferenceLoan(start: 12 * year - 1, probability: 0.025), count: 100)
    }
    let fund = ReferenceFund(opening: Money(fen: 100 * rung.units))
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
