import FundCore
import Simulation

/// The laws of default counts under each kind of dependence, against numerical integration with scipy 1.17.1: h the
/// unconditional probability, C(h) the conditional one of the article Model.
enum DependenceChecks {
  static let sets =
    [studentT, gamma, cut, thousands, sectors, stress]
    + [(12, 0.0039926551), (24, 0.0033423894)].map { persistence(later: $0.0, joint: $0.1) }

  private static let quadrature = LocalizedText(
    en: "Model: integral over the factors (scipy, Gauss–Hermite × Gauss–Laguerre)",
    zh: "《Model》：对因子积分（scipy，Gauss–Hermite × Gauss–Laguerre）")

  private static func check(
    _ name: LocalizedText, _ expected: Double, source: LocalizedText = quadrature
  ) -> Check {
    Check(name, expected, .chance, source: source)
  }

  private static func portfolio(
    _ count: Int, _ probability: Double, _ dependence: Dependence, _ correlation: Double = 0
  ) -> ReferencePortfolio {
    var portfolio = ReferencePortfolio(
      horizon: 12, count, of: ReferenceLoan(probability: probability))
    portfolio.factors = FactorModel(dependence: dependence, assetCorrelations: [correlation])
    return portfolio
  }

  /// Mean, spread, no default and at least so many.
  private static func findings(
    _ values: [Int64], atLeast many: Int64
  ) -> [Finding] {
    let moments = SampleMoments(values)
    return [
      moments.mean, moments.deviation, .count(values.count { $0 == 0 }, of: values.count),
      .count(values.count { $0 >= many }, of: values.count),
    ]
  }

  private static func tailChecks(_ law: LocalizedText, _ expected: [Double]) -> [Check] {
    let names: [LocalizedText] = [
      .init(en: "mean", zh: "均值"), .init(en: "standard deviation", zh: "标准差"),
      .init(en: "no default", zh: "无违约"), .init(en: "40 defaults and more", zh: "违约不少于40笔"),
    ]
    return zip(names, expected).map { name, value in
      check(.init(en: "200 loans, 4 %, \(law): \(name)", zh: "200笔贷款，4%，\(law)：\(name)"), value)
    }
  }

  /// C = Φ((t⁻¹(h) √(w/ν) − √ρ x) ÷ √(1 − ρ)), ρ = 0.15, ν = 5.
  private static let studentT = CheckSet(
    .defaults,
    tailChecks(
      .init(en: "Student t copula with 5 degrees", zh: "自由度5的学生t连接函数"),
      [8, 13.5259231, 0.2962704899, 0.0404331449])
  ) { work in
    findings(
      portfolio(200, 0.04, .studentT(degreesOfFreedom: 5), 0.15)
        .defaults(trials: work.trials(12_000), seed: 5, on: work), atLeast: 40)
  }

  /// C = min(1, h G), G gamma with mean 1 and variance 1.5: SD = √(8 + 39,800 · 0.004 − 64).
  private static let gamma = CheckSet(
    .defaults,
    tailChecks(
      .init(en: "gamma factor with variance 1.5", zh: "方差1.5的伽马因子"),
      [8, 10.1587401, 0.1804447453, 0.0188499728])
  ) { work in
    findings(
      portfolio(200, 0.04, .gamma(variance: 1.5))
        .defaults(trials: work.trials(8_000), seed: 5, on: work), atLeast: 40)
  }

  /// G exceeds 1/h in 6.8 % of the trials, in which all loans fail.
  private static let cut = CheckSet(
    .defaults,
    [
      check(
        .init(
          en: "100 loans, 30 %, gamma factor with variance 2: mean", zh: "100笔贷款，30%，方差2的伽马因子：均值"),
        26.4980101),
      check(
        .init(
          en: "100 loans, 30 %, gamma factor with variance 2: standard deviation",
          zh: "100笔贷款，30%，方差2的伽马因子：标准差"), 30.5837824),
      check(
        .init(
          en: "100 loans, 30 %, gamma factor with variance 2: all fail",
          zh: "100笔贷款，30%，方差2的伽马因子：全部违约"),
        0.0692808641),
    ]
  ) { work in
    let values = portfolio(100, 0.3, .gamma(variance: 2))
      .defaults(trials: work.trials(3_000), seed: 5, on: work)
    let moments = SampleMoments(values)
    return [
      moments.mean, moments.deviation, .count(values.count { $0 == 100 }, of: values.count),
    ]
  }

  /// 2,000 loans with 40 % and 2,000 with 38 %: variance 480 + 471.2.
  private static let thousands = CheckSet(
    .defaults,
    [
      check(
        .init(en: "4,000 independent loans, 40 and 38 %: mean", zh: "4,000笔独立贷款，40%和38%：均值"),
        1_560, source: .init(en: "sum of two binomials", zh: "两个二项分布之和")),
      check(
        .init(
          en: "4,000 independent loans, 40 and 38 %: standard deviation",
          zh: "4,000笔独立贷款，40%和38%：标准差"),
        30.8415304, source: .init(en: "sum of two binomials", zh: "两个二项分布之和")),
    ]
  ) { work in
    let loans = (0..<4_000).map { ReferenceLoan(probability: $0 < 2_000 ? 0.4 : 0.38) }
    let values = ReferencePortfolio(horizon: 12, loans: loans)
      .defaults(trials: work.trials(4_000), seed: 5, on: work)
    let moments = SampleMoments(values)
    return [moments.mean, moments.deviation]
  }

  /// The pairs of a default among the first and one among the second 100 loans.
  private static func pairs(_ portfolio: ReferencePortfolio, on work: CheckWork) -> Finding {
    let funds = [0..<100, 100..<200].map {
      ReferenceFund(opening: .yuan(1_000), covered: $0)
    }
    let counts = portfolio.run(funds, trials: work.trials(2_500), seed: 8, on: work).funds.map {
      $0.column(.compensation).map { $0 / 100 }
    }
    return SampleMoments(zip(counts[0], counts[1]).map { $0 * $1 }).mean
  }

  /// Φ₂(Φ⁻¹(.05), Φ⁻¹(.08); √(ρ₁ρ₂) c), ρ₁ = 0.2, ρ₂ = 0.3, c = 0.5.
  private static let sectors = CheckSet(
    .defaults,
    [
      check(
        .init(
          en: "two sectors of 100 loans: pairs that fail together", zh: "两个行业各100笔贷款：同时违约的对数"),
        61.516516, source: .init(en: "bivariate normal Φ₂ (scipy)", zh: "二元正态分布 Φ₂（scipy）"))
    ]
  ) { work in
    var portfolio = ReferencePortfolio(horizon: 12)
    for (sector, probability) in [0.05, 0.08].enumerated() {
      let loan = ReferenceLoan(sector: sector, probability: probability)
      portfolio.loans += Array(repeating: loan, count: 100)
    }
    portfolio.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.2, 0.3], sectorCorrelation: 0.5)
    return [pairs(portfolio, on: work)]
  }

  /// Φ₂(Φ⁻¹(.05), Φ⁻¹(.05); ρ φᵏ), ρ = 0.2, φ = 0.6.
  private static func persistence(later: Int, joint: Double) -> CheckSet {
    let years = later / 12
    return CheckSet(
      .defaults,
      [
        check(
          .init(
            en: "persistence 0.6, years apart: \(years): pairs that fail",
            zh: "持续性0.6，相隔\(years)年：均违约的对数"),
          joint * 10_000,
          source: .init(en: "bivariate normal Φ₂ (scipy)", zh: "二元正态分布 Φ₂（scipy）"))
      ]
    ) { work in
      var portfolio = ReferencePortfolio(horizon: 36)
      for start in [-1, later - 1] {
        portfolio.loans += Array(repeating: ReferenceLoan(start: start), count: 100)
      }
      portfolio.factors = FactorModel(
        dependence: .gaussian, assetCorrelations: [0.2], persistence: 0.6)
      return [pairs(portfolio, on: work)]
    }
  }

  private static let stress = CheckSet(
    .defaults,
    [
      check(
        .init(
          en: "100 loans, 4 %, stress 2.5 in the assessed month: mean",
          zh: "100笔贷款，4%，评估当月压力2.5倍：均值"), 10,
        source: .init(en: "closed form", zh: "闭式解")),
      check(
        .init(
          en: "100 loans, 4 %, stress 2.5 in the month before: mean", zh: "100笔贷款，4%，评估前一月压力2.5倍：均值"
        ), 4,
        source: .init(en: "closed form", zh: "闭式解")),
    ]
  ) { work in
    [11, 10].map { month in
      var portfolio = portfolio(100, 0.04, .independent)
      portfolio.stress = [month: 2.5]
      return SampleMoments(portfolio.defaults(trials: work.trials(4_000), on: work)).mean
    }
  }
}
