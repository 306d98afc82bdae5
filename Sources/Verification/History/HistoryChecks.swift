import Calibration
import FundCore

/// What years of defaults say of a probability and a correlation (computed twice without this program).
enum HistoryChecks {
  static let sets = [sixteenYears, fiveYears, priors] + bounds + [twoYears]

  private static let source = LocalizedText(
    en: "History: integration on grids, by two programs", zh: "《History》：网格积分，由两个程序分别算出")

  private static func table(
    atRisk: [Double], defaults: [Int], firstYear: Int = 2020
  ) -> DefaultHistory {
    DefaultHistory(
      grades: [""], firstYear: firstYear,
      cells: zip(atRisk, defaults).map { [DefaultHistory.Cell(atRisk: $0, defaults: $1)] },
      assessment: .yearly)
  }

  private static let long = table(
    atRisk: [
      5413, 5991, 6105, 5948, 5869, 5004, 5011, 12113, 15328, 15915, 13764, 12557, 11423, 10718,
      6056, 3449,
    ],
    defaults: [3, 8, 18, 61, 42, 26, 5, 49, 413, 366, 582, 97, 52, 41, 28, 6], firstYear: 1998)

  /// 4, 7, 3, 9, 5 of 200.
  private static let short = table(
    atRisk: Array(repeating: 200, count: 5), defaults: [4, 7, 3, 9, 5])

  private static func check(
    _ years: LocalizedText, _ what: LocalizedText, _ expected: Double, _ allowance: Check.Allowance
  ) -> Check {
    Check(
      .init(en: "\(years): \(what)", zh: "\(years)：\(what)"), expected, allowance, source: source)
  }

  private static let pd = LocalizedText(en: "PD", zh: "违约概率")
  private static let rho = LocalizedText(en: "asset correlation", zh: "资产相关系数")
  private static func best(_ name: LocalizedText) -> LocalizedText {
    .init(en: "best \(name)", zh: "\(name)最优估计")
  }
  private static func at(_ level: Int, _ name: LocalizedText) -> LocalizedText {
    .init(en: "\(name), \(level) %", zh: "\(name)，\(level)%分位")
  }

  private static func findings(_ history: DefaultHistory) throws -> [Finding] {
    let result = try CalibrationResult(history)
    let best = result.best.parameters
    return [.number(best.pds[0]), .number(best.assetCorrelation)]
      + result.posterior.prefix(2).flatMap { law -> [Finding] in
        [.number(law.low), .number(law.median), .number(law.high)]
      }
  }

  private static let sixteen = LocalizedText(en: "sixteen years", zh: "十六年数据")
  private static let sixteenYears = CheckSet(
    .history,
    [
      check(sixteen, best(pd), 0.0089, .absolute(0.0001)),
      check(sixteen, best(rho), 0.139, .absolute(0.002)),
      check(sixteen, at(5, pd), 0.0060, .relative(0.03)),
      check(sixteen, at(50, pd), 0.0098, .relative(0.03)),
      check(sixteen, at(95, pd), 0.0178, .relative(0.03)),
      check(sixteen, at(5, rho), 0.094, .relative(0.03)),
      check(sixteen, at(50, rho), 0.156, .relative(0.03)),
      check(sixteen, at(95, rho), 0.259, .relative(0.03)),
    ]
  ) { _ in try findings(long) }

  private static let five = LocalizedText(en: "five years", zh: "五年数据")
  private static let fiveYears = CheckSet(
    .history,
    [
      check(five, best(pd), 0.028, .absolute(1e-5)),
      check(five, best(rho), 0, .exact),
      check(five, at(5, pd), 0.0189, .relative(0.01)),
      check(five, at(50, pd), 0.0309, .relative(0.01)),
      check(five, at(95, pd), 0.0579, .relative(0.01)),
      // Told to one digit: 0.0054.
      check(five, at(5, rho), 0.005, .absolute(0.0005)),
      check(five, at(50, rho), 0.049, .relative(0.02)),
      check(five, at(95, rho), 0.203, .relative(0.01)),
    ]
  ) { _ in try findings(short) }

  /// Beta(1.2, 6): mean 1.2 ÷ 7.2. Jeffreys' law is the arc sine's: quantiles sin²(π q ÷ 2).
  private static let priors = CheckSet(
    .history,
    [
      Check(
        .init(en: "Jeffreys' prior: mean", zh: "杰弗里斯先验：均值"), 0.5, .absolute(1e-6),
        source: .init(en: "closed form sin²(πq ÷ 2)", zh: "闭式解：sin²(πq ÷ 2)")),
      Check(
        .init(en: "Jeffreys' prior: median", zh: "杰弗里斯先验：中位数"), 0.5, .absolute(1e-12),
        source: .init(en: "closed form sin²(πq ÷ 2)", zh: "闭式解：sin²(πq ÷ 2)")),
      Check(
        .init(en: "Jeffreys' prior: 5 %", zh: "杰弗里斯先验：5%分位"), 0.006155829702431, .absolute(1e-12),
        source: .init(en: "closed form sin²(πq ÷ 2)", zh: "闭式解：sin²(πq ÷ 2)")),
      Check(
        .init(en: "prior of the correlation, Beta(1.2, 6): mean", zh: "相关系数先验 Beta(1.2, 6)：均值"),
        1.2 / 7.2, .absolute(1e-5),
        source: .init(en: "closed form a ÷ (a + b)", zh: "闭式解：a ÷ (a + b)")),
    ]
  ) { _ in
    let prior = try CalibrationResult(short).prior
    return [prior[0].mean, prior[0].median, prior[0].low, prior[1].mean].map { .number($0) }
  }

  /// Defaults of three grades of 100, 400 and 300 loans; a grade; a correlation; the bounds in per cent.
  private struct Bound: Sendable {
    let defaults: [Int]
    let grade: Int
    let correlation: Double
    let percent: [Double]
  }

  private static let prudent = [
    Bound(
      defaults: [0, 0, 0], grade: 0, correlation: 0,
      percent: [0.0866, 0.1731, 0.2874, 0.3738, 0.5740, 0.8598]),
    Bound(
      defaults: [0, 0, 0], grade: 2, correlation: 0,
      percent: [0.2308, 0.4610, 0.7646, 0.9936, 1.5233, 2.2763]),
    Bound(
      defaults: [0, 2, 1], grade: 0, correlation: 0,
      percent: [0.4588, 0.6378, 0.8332, 0.9663, 1.2501, 1.6225]),
    Bound(
      defaults: [0, 2, 1], grade: 1, correlation: 0,
      percent: [0.5243, 0.7288, 0.9519, 1.1039, 1.4278, 1.8527]),
    Bound(
      defaults: [0, 0, 0], grade: 0, correlation: 0.12,
      percent: [0.1535, 0.4027, 0.8643, 1.3103, 2.6563, 5.2930]),
    Bound(
      defaults: [0, 2, 1], grade: 0, correlation: 0.12,
      percent: [0.7106, 1.4149, 2.4910, 3.4121, 5.8758, 10.0754]),
  ]

  private static let bounds: [CheckSet] = prudent.map { item in
    let grade = ["A", "B", "C"][item.grade]
    let seen = item.defaults.map { "\($0)" }.joined(separator: "-")
    return CheckSet(
      .history,
      zip(LowDefaultBound.levels, item.percent).map { level, percent in
        Check(
          .init(
            en:
              "prudent bound, defaults \(seen), grade \(grade), correlation \(item.correlation), level \(level)",
            zh: "审慎上界，违约\(seen)，等级\(grade)，相关系数\(item.correlation)，置信水平\(level)"),
          percent, .absolute(1e-4),
          source: .init(
            en:
              "K. Pluto and D. Tasche, Estimating probabilities of default for low default portfolios, 2005",
            zh: "K. Pluto、D. Tasche，《低违约组合违约概率的估计》，2005年"))
      }
    ) { _ in
      let history = DefaultHistory(
        grades: ["A", "B", "C"], firstYear: 2020,
        cells: [
          zip([100.0, 400, 300], item.defaults).map {
            DefaultHistory.Cell(atRisk: $0, defaults: $1)
          }
        ], assessment: .yearly)
      return LowDefaultBound.levels.map { level in
        let bound = history.lowDefaultBound(
          grade: item.grade, level: level, assetCorrelation: item.correlation)
        return .number(100 * (bound?.bound ?? .nan))
      }
    }
  }

  /// (1 − 0.64) = (1 − 0.4)².
  private static let twoYears = CheckSet(
    .history,
    [
      Check(
        .init(
          en: "bound of two years without a default less that of one, levels 0.64 and 0.4",
          zh: "两年无违约的上界减一年的上界，置信水平0.64与0.4"), 0, .absolute(1e-9),
        source: .init(en: "the chance is the product of the years'", zh: "概率为各年之积"))
    ]
  ) { _ in
    let year = [DefaultHistory.Cell(atRisk: 150, defaults: 0)]
    func bound(_ years: Int, _ level: Double) -> Double {
      let history = DefaultHistory(
        grades: [""], firstYear: 2020, cells: Array(repeating: year, count: years),
        assessment: .yearly)
      return history.lowDefaultBound(grade: 0, level: level, assetCorrelation: 0.12)?.bound ?? .nan
    }
    return [.number(bound(2, 0.64) - bound(1, 0.4))]
  }
}
