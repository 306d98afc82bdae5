import CompensationKernel
import FundCore
import Simulation

/// When funds run dry, and when thresholds are reached (article Validation, C and D).
enum FundChecks {
  static let sets = [exhaustion, warning, everWarned]

  /// C: a fund of twelve loans' worth; 40 loans a year of 12 months, 5 % each.
  private static let years = [
    4e-8, 0.00016407, 0.00719267, 0.05889962, 0.20351565, 0.42400967, 0.64661451, 0.81364317,
    0.91390374, 0.96449410,
  ]

  private static let exhaustion = CheckSet(
    .funds,
    years.enumerated().map { year, probability in
      Check(
        .init(
          en: "twelve loans' worth, 40 loans a year: exhausted by month \(12 * year + 11)",
          zh: "可赔十二笔的资金，每年40笔贷款：至第\(12 * year + 11)月耗尽"), probability, .chance,
        source: .init(
          en: "Validation C: recursion over the years", zh: "《Validation》C：逐年递推"))
    }
  ) { work in
    var portfolio = ReferencePortfolio(horizon: 120)
    for year in 0..<10 {
      portfolio.loans += Array(repeating: ReferenceLoan(start: year * 12 - 1), count: 40)
    }
    let fund = ReferenceFund(opening: Money(fen: 12 * 100))
    let months = portfolio.run([fund], trials: work.trials(10_000), on: work).funds[0]
      .column(.exhaustionMonth)
    return years.indices.map { year in
      .count(months.count { $0 >= 0 && $0 <= year * 12 + 11 }, of: months.count)
    }
  }

  private static let binomial = LocalizedText(
    en: "Validation D: binomial sum", zh: "《Validation》D：二项分布求和")

  /// 200 loans, 6 %, share 30 %: 3 % of lending are reached with twenty defaults.
  private static let warning = CheckSet(
    .funds,
    [
      Check(
        .init(
          en: "200 loans, 6 %, share 30 %: 3 % reached by the end of the year",
          zh: "200笔贷款，6%，份额30%：年末达到3%"), 0.01793497, .chance, source: binomial),
      Check(
        .init(
          en: "200 loans, 6 %, share 30 %: 3 % reached at the claims", zh: "200笔贷款，6%，份额30%：补偿时达到3%"
        ),
        0.01793497, .chance, source: binomial),
    ]
  ) { work in
    let portfolio = ReferencePortfolio(
      horizon: 24, 200, of: ReferenceLoan(start: 0, probability: 0.06))
    var fund = ReferenceFund.of(share: .percent(30))
    fund.delay = 2
    fund.thresholds = [
      .owed(.percent(3), watched: .claims), .owed(.percent(3), watched: .yearEnds),
    ]
    let result = portfolio.run([fund], trials: work.trials(8_000), on: work).funds[0]
    // All claims fall in month 14, and nothing changes from then on.
    return [(1, 23), (0, 14)].map { threshold, month in
      let breaches = result.firstBreaches(threshold: threshold, slot: 0)
      return .count(breaches.count { Int($0) == month }, of: breaches.count)
    }
  }

  /// A loan of a month every second month, 3 % each.
  private static let everWarned = CheckSet(
    .funds,
    [
      Check(
        .init(
          en: "a ratio watched from the first loan on: ever 3 %", zh: "自首笔贷款起监测的比率：曾达到3%"),
        0.29999995, .chance,
        source: .init(en: "Validation D: recursion over the loans", zh: "《Validation》D：逐笔递推")),
      Check(
        .init(
          en: "a ratio watched from the fiftieth loan on: ever 3 %", zh: "自第五十笔贷款起监测的比率：曾达到3%"),
        0.02014678, .chance,
        source: .init(en: "Validation D: recursion over the loans", zh: "《Validation》D：逐笔递推")),
    ]
  ) { work in
    // 1 − 0.97¹².
    let probability = 1 - (0..<12).reduce(1.0) { power, _ in power * 0.97 }
    let portfolio = ReferencePortfolio(
      horizon: 400,
      loans: stride(from: 0, to: 400, by: 2).map {
        ReferenceLoan(start: $0, term: 1, probability: probability)
      })
    var fund = ReferenceFund.of(share: .percent(30))
    fund.thresholds = [
      .owed(.percent(3)), .owed(.percent(3), minimum: Money(fen: 50 * 100)),
    ]
    let result = portfolio.run([fund], trials: work.trials(1_000), on: work).funds[0]
    return [0, 1].map { threshold in
      let breaches = result.firstBreaches(threshold: threshold, slot: 0)
      return .count(breaches.count { $0 >= 0 }, of: breaches.count)
    }
  }
}
