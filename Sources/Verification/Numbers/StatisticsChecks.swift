import FundCore
import LossStatistics

/// Moments, quantiles and tails of samples that were worked by hand, and published ends of intervals.
enum StatisticsChecks {
  static let sets = [
    proportions, never, moments, quantiles, shortfalls, lowerTail, weighted, paired,
  ]

  private static let byHand = LocalizedText(en: "worked by hand", zh: "手工核算")

  private static func check(
    _ name: LocalizedText, _ expected: Double, _ allowance: Check.Allowance = .exact,
    source: LocalizedText = byHand
  ) -> Check {
    Check(name, expected, allowance, source: source)
  }

  /// Ends of intervals of proportions; the source prints four digits.
  private static let published: [(Int, Int, Double, Double)] = [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1684),
    (1, 29, 0.0009, 0.1776), (20, 20, 0.8316, 1), (28, 29, 0.8224, 0.9991),
  ]

  private static let proportions = CheckSet(
    .statistics,
    published.flatMap { item in
      let source = LocalizedText(
        en: "R. G. Newcombe, Statistics in Medicine 17, 1998, table I",
        zh: "R. G. Newcombe，《Statistics in Medicine》17，1998年，表I")
      return [
        check(
          .init(
            en: "95 % interval of \(item.0) in \(item.1), lower end",
            zh: "\(item.1)次中\(item.0)次的95%区间，下端"), item.2, .absolute(0.000051), source: source),
        check(
          .init(
            en: "95 % interval of \(item.0) in \(item.1), upper end",
            zh: "\(item.1)次中\(item.0)次的95%区间，上端"), item.3, .absolute(0.000051), source: source),
      ]
    }
  ) { _ in
    published.flatMap { item -> [Finding] in
      let interval = Proportion(successes: item.0, of: item.1).interval95
      return [.number(interval.low), .number(interval.high)]
    }
  }

  /// (1 − p)ⁿ = 2.5 %.
  private static let never = CheckSet(
    .statistics,
    places: [
      (1, 0.975), (10_000, 3.688199146187623e-4), (10_000_000, 3.688878773722438e-7),
    ] as [(Int, Double)],
    check: {
      check(
        .init(
          en: "upper end of what never happened in \($0.0) trials",
          zh: "\($0.0)次模拟中从未发生的事件的区间上端"), $0.1, .relative(1e-7),
        source: .init(en: "closed form 1 − 0.025^(1/n)", zh: "闭式解：1 − 0.025^(1/n)"))
    }, value: { Proportion(successes: 0, of: $0.0).interval95.high })

  private static let base: Int64 = 1_000_000_000_000_000

  private static let moments = CheckSet(
    .statistics,
    [
      check(.init(en: "mean of 2 4 4 4 5 5 7 9", zh: "2 4 4 4 5 5 7 9的均值"), 5),
      check(
        .init(en: "standard deviation of 2 4 4 4 5 5 7 9", zh: "2 4 4 4 5 5 7 9的标准差"),
        (32.0 / 7).squareRoot()),
      check(.init(en: "mean of −3 0 1", zh: "−3 0 1的均值"), -2.0 / 3, .absolute(1e-15)),
      check(
        .init(en: "mean of four amounts about 10^15", zh: "10^15附近四个金额的均值"),
        1_000_000_000_000_010),
      check(
        .init(en: "standard deviation of four amounts about 10^15", zh: "10^15附近四个金额的标准差"),
        30.0.squareRoot()),
      check(
        .init(en: "standard error of a mean: a hundred of 0 and 1", zh: "均值的标准误：0与1共一百个"),
        (25.0 / 99).squareRoot() / 10),
      check(
        .init(en: "standard error of 20 in 100", zh: "100次中20次的标准误"), 0.04, .absolute(1e-15)),
      check(
        .init(en: "mean of paired differences 1 3 2", zh: "配对差1 3 2的均值"), 2),
    ]
  ) { _ in
    let (sample, signed) = (LossSample([2, 4, 4, 4, 5, 5, 7, 9]), LossSample([-3, 0, 1]))
    let large = LossSample([base + 4, base + 7, base + 13, base + 16])
    let halves = LossSample((0..<100).map { $0 % 2 })
    let fifth = Proportion(successes: 20, of: 100)
    let pairs = PairedDifference.sample([1_001, 503, 92], minus: [1_000, 500, 90])
    return [
      .number(sample.mean.value), .number(sample.standardDeviation), .number(signed.mean.value),
      .number(large.mean.value), .number(large.standardDeviation),
      .number(halves.mean.standardError ?? .nan), .number(fifth.standardError ?? .nan),
      .number(pairs.mean.value),
    ]
  }

  private static let hundred = LossSample((1...100).reversed().map { Int64($0) })

  private static let quantiles = CheckSet(
    .statistics,
    places: [
      (950_000, 95), (950_001, 96), (949_999, 95), (500_000, 50), (290_000, 29), (1, 1),
    ] as [(Int, Double)],
    check: {
      check(
        .init(
          en: "quantile at \($0.0) millionths of 1 to 100", zh: "1至100在百万分之\($0.0)处的分位数"), $0.1,
        source: .init(en: "rank ⌈nα⌉, by hand", zh: "第⌈nα⌉位，手工核算"))
    }, value: { Double(hundred.quantile(Level(millionths: $0.0)).value) })

  private static let shortfalls = CheckSet(
    .statistics,
    [
      check(.init(en: "mean beyond 95 % of 1 to 100", zh: "1至100超过95%部分的均值"), 98),
      check(.init(en: "mean beyond 75 % of 1 to 10", zh: "1至10超过75%部分的均值"), 9.2),
      check(
        .init(en: "mean beyond 90 %: a hundred of a thousand", zh: "超过90%部分的均值：一千个中的一百个"), 50.5),
      check(
        .init(en: "its standard error", zh: "该均值的标准误"),
        ((338_350 - 1_000 * 5.05 * 5.05) / 999 / 1_000 / 0.01).squareRoot(), .absolute(1e-12)),
      check(
        .init(en: "mean beyond 99 %: three of 20,000 are not zero", zh: "超过99%部分的均值：20,000个中三个不为零"),
        30),
      check(.init(en: "interval of a median of ten, lower end", zh: "十个值的中位数区间，下端"), 2),
      check(.init(en: "interval of a median of ten, upper end", zh: "十个值的中位数区间，上端"), 9),
    ]
  ) { _ in
    let ten = LossSample((1...10).map { Int64($0) })
    let tail = LossSample((0..<1_000).map { $0 < 900 ? 0 : $0 - 899 })
    let few = LossSample((0..<20_000).map { $0 < 3 ? 1_000 * $0 + 1_000 : 0 })
    let beyond = tail.expectedShortfall(.percent(90)).mean
    let median = ten.quantile(.percent(50))
    return [
      .number(hundred.expectedShortfall(.percent(95)).mean.value),
      .number(ten.expectedShortfall(.percent(75)).mean.value), .number(beyond.value),
      .number(beyond.standardError ?? .nan),
      .number(few.expectedShortfall(.percent(99)).mean.value),
      .number(Double(median.low)), .number(Double(median.high)),
    ]
  }

  private static let lowerTail = CheckSet(
    .statistics,
    [
      check(.init(en: "mean of the lowest 5 % of 1 to 100", zh: "1至100最低5%的均值"), 3),
      check(.init(en: "mean of the lowest 5 % of a balance", zh: "余额最低5%的均值"), 16),
    ]
  ) { _ in
    let balance = LossSample((0..<1_000).map { $0 < 30 ? 0 : $0 < 50 ? 40 : 100 })
    return [
      .number(hundred.lowerShortfall(.percent(5)).mean.value),
      .number(balance.lowerShortfall(.percent(5), within: Limits(low: 0)).mean.value),
    ]
  }

  /// Weights 1, ½, ¼, ¼ of four trials: 1/4 lies beyond 1, 1/8 beyond 2, 1/16 beyond 3.
  private static let weighted = CheckSet(
    .statistics,
    places: [
      (750_000, 1), (750_001, 2), (875_000, 2), (937_500, 3), (950_000, 4),
    ] as [(Int, Double)],
    check: {
      check(
        .init(
          en: "weighted quantile at \($0.0) millionths of 1 to 4",
          zh: "1至4的加权分位数，百万分之\($0.0)"), $0.1)
    },
    value: {
      let sample = WeightedSample([1, 2, 3, 4], weights: [1, 0.5, 0.25, 0.25])
      return Double(sample.quantile(Level(millionths: $0.0)).value)
    })

  private static let paired = CheckSet(
    .statistics,
    [
      check(
        .init(
          en: "lower end of a difference that a thousand trials share", zh: "一千次模拟均相同的差值的区间下端"),
        1 - 2 * 0.0043724396, .absolute(1e-8),
        source: .init(
          en: "closed form 1 − 2(1 − 0.0125^(1/1000))", zh: "闭式解：1 − 2(1 − 0.0125^(1/1000))"))
    ]
  ) { _ in
    let (ones, zeros) = ([Int64](repeating: 1, count: 1_000), [Int64](repeating: 0, count: 1_000))
    let difference = PairedDifference.ofProbabilities(PairedSigns(ones, zeros))
    return [.number(difference.interval95?.low ?? .nan)]
  }
}
