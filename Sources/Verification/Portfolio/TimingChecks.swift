import FundCore
import Simulation

/// `timing: monthly` against closed forms (article Model).
enum TimingChecks {
  static let sets = independent + [withinAYear, spread] + parts + [evenly, remaining, stressed]

  private static let source = LocalizedText(en: "Model, closed form", zh: "《Model》，闭式解")

  private static func check(
    _ name: LocalizedText, _ expected: Double, source: LocalizedText = source
  ) -> Check {
    Check(name, expected, .chance, source: source)
  }

  private static func portfolio(
    _ count: Int, _ start: Int, _ term: Int, _ probability: Double
  ) -> ReferencePortfolio {
    var portfolio = ReferencePortfolio(
      horizon: 24, count, of: ReferenceLoan(start: start, term: term, probability: probability))
    portfolio.timing = .monthly
    return portfolio
  }

  private static func moments(
    _ portfolio: ReferencePortfolio, trials: Int, on work: CheckWork
  ) -> SampleMoments {
    SampleMoments(portfolio.defaults(trials: work.trials(trials), seed: 2, on: work))
  }

  /// 100 (1 − 0.8^(m/12)), and its binomial spread.
  private static let independent: [CheckSet] = [
    (1, 0, 1.8423470126248342, 1.344769343595978), (5, 3, 8.878506792032281, 2.844332604227334),
    (12, -1, 20, 4), (12, 7, 20, 4), (17, 2, 27.10280543362582, 4.44490548942225),
  ].map { (term: Int, start: Int, mean: Double, deviation: Double) in
    let what = LocalizedText(
      en: "monthly, 100 loans of \(term) months from month \(start)",
      zh: "按月评估，100笔\(term)个月的贷款，自第\(start)月")
    return CheckSet(
      .defaults,
      [
        check(.init(en: "\(what): mean", zh: "\(what)：均值"), mean),
        check(.init(en: "\(what): standard deviation", zh: "\(what)：标准差"), deviation),
      ]
    ) { work in
      let moments = moments(portfolio(100, start, term, 0.2), trials: 2_000, on: work)
      return [moments.mean, moments.deviation]
    }
  }

  private static let vasicek = LocalizedText(
    en: "Validation A: the conditional probability of a year spread over its months",
    zh: "《Validation》A：一年的条件违约概率分摊到各月")

  private static let withinAYear = CheckSet(
    .defaults,
    [
      check(
        .init(
          en: "monthly, 100 loans, 2 %, correlation 0.1: mean", zh: "按月评估，100笔贷款，2%，相关系数0.1：均值"),
        2, source: vasicek),
      check(
        .init(
          en: "monthly, 100 loans, 2 %, correlation 0.1: none", zh: "按月评估，100笔贷款，2%，相关系数0.1：无违约"),
        0.2707168001, source: vasicek),
      check(
        .init(
          en: "monthly, 100 loans, 2 %, correlation 0.1: ten", zh: "按月评估，100笔贷款，2%，相关系数0.1：十笔违约"),
        0.0040698801, source: vasicek),
    ]
  ) { work in
    var portfolio = portfolio(100, -1, 12, 0.02)
    portfolio.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.1])
    let values = portfolio.defaults(trials: work.trials(10_000), seed: 2, on: work)
    return [SampleMoments(values).mean]
      + [0, 10].map { wanted in .count(values.count { $0 == wanted }, of: values.count) }
  }

  private static let spread = CheckSet(
    .defaults,
    [
      check(
        .init(
          en: "monthly, 1,000 loans, 5 %, correlation 0.2: mean", zh: "按月评估，1,000笔贷款，5%，相关系数0.2：均值"),
        50, source: vasicek),
      check(
        .init(
          en: "monthly, 1,000 loans, 5 %, correlation 0.2: standard deviation",
          zh: "按月评估，1,000笔贷款，5%，相关系数0.2：标准差"), 52.8223841, source: vasicek),
    ]
  ) { work in
    var portfolio = portfolio(1_000, 11, 12, 0.05)
    portfolio.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.2])
    let moments = moments(portfolio, trials: 4_000, on: work)
    return [moments.mean, moments.deviation]
  }

  /// e(k) = E[(1 − C)^(k/12)]: three months of one year 1 − e(3); six months of each of two years 1 − e(6)²; a factor a
  /// month 1 − e(1)¹².
  private static let parts: [CheckSet] = [
    (2, 3, 12, 1.30492521), (5, 12, 12, 5.07788204), (-1, 12, 1, 5.14606915),
  ].map { (start: Int, term: Int, period: Int, mean: Double) in
    CheckSet(
      .defaults,
      [
        check(
          .init(
            en: "monthly, \(term) months from month \(start), a factor for \(period) months: mean",
            zh: "按月评估，自第\(start)月起\(term)个月，每\(period)个月一个因子：均值"), mean,
          source: .init(
            en: "Model: E[(1 − C)^(k/12)], Gauss–Hermite (scipy)",
            zh: "《Model》：E[(1 − C)^(k/12)]，Gauss–Hermite（scipy）"))
      ]
    ) { work in
      var portfolio = portfolio(100, start, term, 0.05)
      portfolio.factors = FactorModel(
        dependence: .gaussian, assetCorrelations: [0.2], periodMonths: period)
      return [moments(portfolio, trials: 3_000, on: work).mean]
    }
  }

  /// 0.7^(m/12) − 0.7^((m + 1)/12).
  private static let months: [Double] = [
    0.029285530376777613, 0.028427888087328546, 0.02759536230719939, 0.026787217486093806,
    0.026002739614695347, 0.025241235593829736, 0.02450203262209938, 0.02378447760145197,
    0.02308793656015884, 0.02241179409268923, 0.021755452815989673, 0.021118332841686516,
  ]

  /// Read off the mean flows of a fund that pays one yuan for each default.
  private static let evenly = CheckSet(
    .defaults,
    months.enumerated().map { month, probability in
      check(
        .init(en: "monthly, 30 %: defaults in month \(month)", zh: "按月评估，30%：第\(month)月违约的比例"),
        probability)
    }
  ) { work in
    let trials = work.trials(500)
    let fund = ReferenceFund(opening: .yuan(10_000))
    let result = portfolio(200, -1, 12, 0.3).run([fund], trials: trials, on: work).funds[0]
    return months.indices.map { month in
      let count = result.meanFlows(month: month).paid * Double(trials)
      return .count(Int(count.rounded()), of: 200 * trials)
    }
  }

  /// Term 12 from month −7: assessed in the months 0 … 5.
  private static let remaining = CheckSet(
    .defaults,
    [
      check(
        .init(
          en: "monthly, 30 %: a loan that runs at the start keeps the months left",
          zh: "按月评估，30%：起始时已发放的贷款只计剩余月份"), 16.333997346592444)
    ]
  ) { work in [moments(portfolio(100, -7, 12, 0.3), trials: 2_000, on: work).mean] }

  /// 100 (1 − √0.8 √0.9).
  private static let stressed = CheckSet(
    .defaults,
    [
      check(
        .init(en: "monthly, 10 %, stress 2 in half of the year: mean", zh: "按月评估，10%，半年压力2倍：均值"),
        15.147186257614297)
    ]
  ) { work in
    var portfolio = portfolio(100, -1, 12, 0.1)
    for month in 0..<6 { portfolio.stress[month] = 2 }
    return [moments(portfolio, trials: 3_000, on: work).mean]
  }
}
