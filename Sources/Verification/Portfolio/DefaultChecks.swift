import FundCore
import LossStatistics
import Simulation

/// Defaults of equal loans under one factor: Vasicek's law and the binomial one.
enum DefaultChecks {
  static let sets = [correlated, independent, small]

  private static let source = LocalizedText(
    en: "Validation A: O. Vasicek's law by quadrature over the factor",
    zh: "《Validation》A：O. Vasicek 分布，对因子数值积分")
  private static let binomial = LocalizedText(en: "binomial sums", zh: "二项分布求和")
  private static let mille = Level(millionths: 999_000)

  private static func check(
    _ name: LocalizedText, _ expected: Double, source: LocalizedText = source
  ) -> Check {
    Check(name, expected, .chance, source: source)
  }

  private static func portfolio(
    _ count: Int, _ probability: Double, _ correlation: Double
  ) -> ReferencePortfolio {
    var portfolio = ReferencePortfolio(
      horizon: 12, count, of: ReferenceLoan(probability: probability))
    portfolio.factors = FactorModel(dependence: .gaussian, assetCorrelations: [correlation])
    return portfolio
  }

  private static func named(_ what: LocalizedText) -> LocalizedText {
    .init(
      en: "1,000 loans, 5 %, correlation 0.2: \(what)", zh: "1,000笔贷款，5%，相关系数0.2：\(what)")
  }

  private static let correlated = CheckSet(
    .defaults,
    [
      check(named(.init(en: "mean", zh: "均值")), 50),
      check(named(.init(en: "standard deviation", zh: "标准差")), 52.8223841),
      check(named(.init(en: "95 % quantile", zh: "95%分位数")), 156),
      check(named(.init(en: "99 % quantile", zh: "99%分位数")), 251),
      check(named(.init(en: "99.9 % quantile", zh: "99.9%分位数")), 386),
      check(named(.init(en: "mean beyond 95 %", zh: "超过95%部分的均值")), 214.486875),
      check(named(.init(en: "mean beyond 99 %", zh: "超过99%部分的均值")), 309.687635),
      check(named(.init(en: "mean beyond 99.9 %", zh: "超过99.9%部分的均值")), 440.587485),
    ]
  ) { work in
    let values = portfolio(1_000, 0.05, 0.2).defaults(trials: work.trials(80_000), on: work)
    let (sample, moments) = (LossSample(values), SampleMoments(values))
    return [
      moments.mean, moments.deviation, .quantile(sample, .percent(95)),
      .quantile(sample, .percent(99)), .quantile(sample, mille),
      try shortfall(sample, .percent(95)), try shortfall(sample, .percent(99)),
      try shortfall(sample, mille),
    ]
  }

  static func shortfall(_ sample: LossSample, _ level: Level) throws -> Finding {
    let mean = sample.expectedShortfall(level).mean
    return try .estimate(mean.value, error: mean.standardError)
  }

  private static let independent = CheckSet(
    .defaults,
    [
      check(
        .init(en: "1,000 independent loans, 5 %: mean", zh: "1,000笔独立贷款，5%：均值"), 50,
        source: binomial),
      check(
        .init(en: "1,000 independent loans, 5 %: standard deviation", zh: "1,000笔独立贷款，5%：标准差"),
        (1_000 * 0.05 * 0.95).squareRoot(), source: binomial),
      check(
        .init(en: "1,000 independent loans, 5 %: 99 % quantile", zh: "1,000笔独立贷款，5%：99%分位数"), 67,
        source: binomial),
      check(
        .init(en: "1,000 independent loans, 5 %: mean beyond 99 %", zh: "1,000笔独立贷款，5%：超过99%部分的均值"),
        69.2583495, source: binomial),
    ]
  ) { work in
    let values = portfolio(1_000, 0.05, 0).defaults(trials: work.trials(40_000), on: work)
    let (sample, moments) = (LossSample(values), SampleMoments(values))
    return [
      moments.mean, moments.deviation, .quantile(sample, .percent(99)),
      try shortfall(sample, .percent(99)),
    ]
  }

  private static let small = CheckSet(
    .defaults,
    [
      check(
        .init(en: "100 loans, 2 %, correlation 0.1: no default", zh: "100笔贷款，2%，相关系数0.1：无违约"),
        0.2707168001),
      check(
        .init(en: "100 loans, 2 %, correlation 0.1: ten defaults", zh: "100笔贷款，2%，相关系数0.1：十笔违约"),
        0.0040698801),
    ]
  ) { work in
    let trials = work.trials(15_000)
    let values = portfolio(100, 0.02, 0.1).defaults(trials: trials, on: work)
    return [0, 10].map { wanted in .count(values.count { $0 == wanted }, of: trials) }
  }
}
