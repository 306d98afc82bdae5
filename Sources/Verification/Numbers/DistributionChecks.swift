import FundCore
import RandomStreams

/// Laws of large portfolios, and tables of distributions, against published and high-precision values.
enum DistributionChecks {
  static let sets = [vasicek, riskWeights, chiSquare, hazards]

  /// Φ((Φ⁻¹(p) + √ρ Φ⁻¹(α)) ÷ √(1 − ρ)).
  private static func defaultRate(_ probability: Double, _ rho: Double, _ level: Double) -> Double {
    let argument = normalQuantile(probability) + rho.squareRoot() * normalQuantile(level)
    return normalCumulative(argument / (1 - rho).squareRoot())
  }

  /// The source prints ten digits.
  private static let vasicek = CheckSet(
    .functions, places: [(0.99, 0.2495748246), (0.999, 0.3844224668)] as [(Double, Double)],
    check: {
      Check(
        .init(
          en: "default rate of infinitely many loans, 5 %, correlation 0.2, level \($0.0)",
          zh: "无穷多笔贷款的违约率，违约概率5%，相关系数0.2，置信水平\($0.0)"),
        $0.1, .absolute(5e-11),
        source: .init(
          en: "O. Vasicek, Risk 15(12), 2002", zh: "O. Vasicek，《Risk》15(12)，2002年"))
    }, value: { defaultRate(0.05, 0.2, $0.0) })

  /// The risk weights of corporate loans by M. Gordy's asymptotic single factor, with LGD 45 % and 2.5 years; the source
  /// prints two decimals, of which the last can be off by one.
  private static let riskWeights = CheckSet(
    .functions,
    places: [
      (0.03, 14.44), (0.05, 19.65), (0.1, 29.65), (0.25, 49.47), (0.4, 62.72), (0.5, 69.61),
      (0.75, 82.78), (1, 92.32), (1.3, 100.95), (1.5, 105.59), (2, 114.86), (2.5, 122.16),
      (3, 128.44), (4, 139.58), (5, 149.86), (6, 159.61), (10, 193.09), (15, 221.54), (20, 238.23),
    ] as [(Double, Double)],
    check: {
      Check(
        .init(
          en: "risk weight of a corporate loan, PD \($0.0) %", zh: "企业贷款的风险权重，违约概率\($0.0)%"),
        $0.1, .absolute(0.01),
        source: .init(
          en: "Basel Committee, Basel II, 2006, Annex 5 (formula: M. Gordy, 2003)",
          zh: "巴塞尔委员会《巴塞尔协议II》，2006年，附录5（公式：M. Gordy，2003年）"))
    }, value: { riskWeight($0.0 / 100) })

  private static func riskWeight(_ pd: Double) -> Double {
    let weight = (1 - exponential(-50 * pd)) / (1 - exponential(-50))
    let rho = 0.12 * weight + 0.24 * (1 - weight)
    let slope = 0.11852 - 0.05478 * logarithm(pd)
    let capital = 0.45 * (defaultRate(pd, rho, 0.999) - pd) / (1 - 1.5 * slope * slope)
    return 1_250 * capital
  }

  /// Five digits are printed.
  private static let chiSquare = CheckSet(
    .functions,
    [
      Check(
        .init(
          en: "95 % point of chi-square with four degrees", zh: "自由度为4的卡方分布的95%分位点"), 9.48773,
        .absolute(0.000005),
        source: .init(
          en: "Abramowitz and Stegun, table 26.8", zh: "Abramowitz、Stegun，表26.8"))
    ]
  ) { _ in
    guard let table = QuantileTable.chiSquareOverDegrees(4) else { return [] }
    return [.number(table.value(at: 0.95) * 4)]
  }

  /// −ln Φ(−a): what a month's probability of default is read from.
  private static let hazards = CheckSet(
    .functions,
    places: [
      (-7, 1.279812543886654e-12), (-6.9951171875, 1.3251865088371057e-12),
      (-5.003, 2.8222474433427267e-7), (-3.71, 0.00010363499359447429),
      (-2.0039, 0.022798304376240218), (-1, 0.17275377902344989), (-0.5, 0.36894641528865639),
      (0, 0.69314718055994531), (0.251, 0.91402566259602465), (1.5, 2.7059444008238898),
      (3.77, 9.4133899940310867), (6.001, 20.742927920586593), (9.4999, 48.30505899890417),
      // SciPy 1.17, -log_ndtr(-a). The table ended at 9.5: in a year all but certain to fail, a month
      // failed with 98.2 % at most.
      (9.51, 48.402099279971125), (12.3, 79.08004179618399), (20.01, 204.11770277865995),
      (30.9, 481.75573931771584),
    ] as [(Double, Double)],
    check: {
      Check(
        .init(en: "hazard at \($0.0), by table", zh: "违约强度，自变量\($0.0)，查表"), $0.1,
        .relative(1e-7),
        source: .init(
          en: "mpmath 1.3, 40 digits; beyond 9.5 SciPy 1.17",
          zh: "mpmath 1.3，40位精度；9.5以上为 SciPy 1.17"))
    }, value: { HazardTable().hazard(at: $0.0) })
}
