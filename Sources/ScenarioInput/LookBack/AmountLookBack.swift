/// What was forecast of an amount of a fund, and where its outcome lay.
public struct AmountForecast: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The median.
  public let q50: Double
  /// The bound that is passed on the bad side with 5 %: the 95 % quantile of what is paid, the 5 % quantile of
  /// what is left.
  public let q95: Double
  /// The same with 1 %.
  public let q99: Double
  /// The share of the forecast that lies below the outcome; that of what equals it (``AmountLookBack/slack``) is
  /// spread evenly.
  public let pit: Double

  /// - Parameters:
  ///   - sample: Trials of the forecast, at least one.
  ///   - seen: What happened.
  ///   - isLowBad: Whether a small amount is the bad one.
  ///   - slack: What is as good as equal.
  ///   - unit: A uniform number, which spreads outcomes that trials equal.
  init(_ sample: [Double], seen: Double, isLowBad: Bool, slack: Double, unit: Double) {
    let sorted = sample.sorted()
    func quantile(_ level: Double) -> Double {
      let rank = Int((Double(sorted.count) * level).rounded(.up)) - 1
      return sorted[min(max(rank, 0), sorted.count - 1)]
    }
    mean = sorted.reduce(0, +) / Double(sorted.count)
    q50 = quantile(0.5)
    q95 = quantile(isLowBad ? 0.05 : 0.95)
    q99 = quantile(isLowBad ? 0.01 : 0.99)
    let (below, same) = (
      sorted.count { $0 < seen - slack }, sorted.count { abs($0 - seen) <= slack }
    )
    pit = (Double(below) + unit * Double(same)) / Double(sorted.count)
  }
}

/// What a fund paid in a year, or held at its end, beside what was forecast of it.
public struct AmountLookBack: Sendable, Hashable {
  /// What happened, in yuan.
  public let seen: Double
  /// The forecast by the best estimate, as if that were the truth.
  public let best: AmountForecast
  /// The forecast that carries what was not known of the parameters.
  public let predictive: AmountForecast
  /// Whether a small amount is the bad one.
  public let isLowBad: Bool
  /// What counts as equal: a register's interest goes by days, that of a run by months, so that a claim that is
  /// certain differs a little.
  let slack: Double

  /// Which part of the year's compensation the slack is.
  static let slackShare = 0.005

  /// Whether a bound was broken.
  public func breaks(_ bound: Double) -> Bool {
    isLowBad ? seen < bound - slack : seen > bound + slack
  }
}

/// A fund's year looked back at.
public struct FundYearLookBack: Sendable, Hashable {
  /// The year.
  public let year: Int
  /// The fund.
  public let fund: String
  /// What it paid in the year.
  public let compensation: AmountLookBack
  /// What it held at the year's end; `nil` where nothing was known of recoveries, which come back to it.
  public let balance: AmountLookBack?
}
