public import LossStatistics

/// What the whole numbers of a figure are.
public enum FigureUnit: Sendable, Hashable {
  /// Hundredths of a yuan; in results the figure is in yuan.
  case fen
  /// A number of things.
  case count
  /// A month of the run, from 0; −1 for one that never came.
  case month

  /// What one of the figure in results is.
  var divisor: Double {
    switch self {
    case .fen: 100
    case .count, .month: 1
    }
  }
}

/// A quantile of an amount in yuan, or of a count, with a 95 % interval.
public struct QuantileFigure: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile.
  public let level: Level
  /// The ⌈nα⌉-th smallest value.
  public let value: Double
  /// The 95 % interval, from order statistics.
  public let interval95: Interval
  /// Whether enough trials lie to either side; otherwise the interval may be too short.
  public let isReliable: Bool

  init(_ quantile: QuantileEstimate, unit: FigureUnit, isCertain: Bool = false) {
    level = quantile.level
    value = Double(quantile.value) / unit.divisor
    interval95 = Interval(
      low: Double(quantile.low) / unit.divisor, high: Double(quantile.high) / unit.divisor)
    isReliable = quantile.isReliable || isCertain
  }

  /// The figure over a number that is known.
  init(_ figure: QuantileFigure, over whole: Double) {
    level = figure.level
    value = figure.value / whole
    interval95 = Interval(low: figure.interval95.low / whole, high: figure.interval95.high / whole)
    isReliable = figure.isReliable
  }
}

/// Which end of an amount is the bad one.
public enum WorstEnd: String, Sendable, Hashable {
  /// Little is bad: what is left, or comes back.
  case low
  /// Much is bad: what is lost, owed or needed.
  case high

  /// The levels of the quantiles: the median, and three towards the bad end.
  public var quantileLevels: [Level] { [.percent(50)] + tailLevels }

  /// The levels beyond which means are taken, from the nearest to the most extreme.
  public var tailLevels: [Level] {
    let high = [Level.percent(95), .percent(99), Level(millionths: 999_000)]
    return self == .high ? high : high.map(\.complement)
  }

  /// The same two lists with levels of the analyst's own, in their order: 97.5 % is 2.5 % where little
  /// is bad.
  func levels(with own: [Level]) -> (quantiles: [Level], tails: [Level]) {
    let turned = Set(own.map { self == .high ? $0 : $0.complement })
    func ordered(_ levels: [Level]) -> [Level] {
      let sorted = turned.union(levels).sorted()
      return self == .high ? sorted : sorted.reversed()
    }
    return (ordered(quantileLevels), ordered(tailLevels))
  }
}

/// At which levels an amount is estimated beside its mean.
enum WantedLevels {
  /// Quantiles at 95 and 99 %, and no means of the worst outcomes.
  case brief
  /// The usual ones, with levels of the analyst's own, from 50 %.
  case usual(own: [Level])

  /// The levels of quantiles and of means of the worst outcomes, towards the bad end.
  func levels(towards end: WorstEnd) -> (quantiles: [Level], tails: [Level]) {
    switch self {
    case .brief: ([.percent(95), .percent(99)], [])
    case .usual(let own): end.levels(with: own)
    }
  }
}

/// The mean of the worst outcomes, in yuan or a count.
public struct TailMean: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile beyond which the mean is taken:
  /// 99 % for the highest 1 %, 1 % for the lowest.
  public let level: Level
  /// The mean with its precision.
  public let estimate: Estimate
}

/// The distribution of an amount in yuan, or of a count.
public struct AmountEstimates: Sendable, Hashable {
  /// The mean.
  public let mean: Estimate
  /// The standard deviation from trial to trial; infinite for a single trial.
  public let standardDeviation: Double
  /// Its own standard error; `nil` where the trials do not show it.
  public let deviationError: Double?
  /// Which end is the bad one.
  public let worstEnd: WorstEnd
  /// Quantiles, from the median towards the bad end.
  public let quantiles: [QuantileFigure]
  /// Means of the worst outcomes, from the least extreme.
  public let tailMeans: [TailMean]

  /// The levels of an amount of which much is bad.
  public static let quantileLevels = WorstEnd.high.quantileLevels

  /// Estimates from all trials.
  ///
  /// - Parameters:
  ///   - sample: The amounts.
  ///   - column: What they are.
  ///   - certainty: What the plan leaves to no chance, if that is known.
  ///   - means: Sharpens the mean; `nil` leaves it as the trials give it.
  ///   - wanted: Which levels are wanted beside the mean.
  init(
    _ sample: LossSample, of column: OutcomeColumn, certainty: FundCertainty? = nil,
    means: SharpenedMeans? = nil, wanted: WantedLevels = .usual(own: [])
  ) {
    let (unit, worstEnd) = (column.unit, column.worstEnd)
    let limits = certainty?[keyPath: column.limits] ?? Limits()
    let isCertain = sample.isConstant && (certainty?[keyPath: column.isCertain] ?? false)
    let found =
      means?.mean(of: column, sample, within: limits) ?? sample.mean(within: limits)
    mean = found.exact(if: isCertain).divided(by: unit.divisor)
    standardDeviation = sample.standardDeviation / unit.divisor
    deviationError = isCertain ? 0 : sample.deviationError.map { $0 / unit.divisor }
    let levels = wanted.levels(towards: worstEnd)
    quantiles = levels.quantiles.map {
      QuantileFigure(sample.quantile($0), unit: unit, isCertain: isCertain)
    }
    tailMeans = levels.tails.map { level in
      let tail =
        worstEnd == .low
        ? sample.lowerShortfall(level, within: limits)
        : sample.expectedShortfall(level, within: limits)
      return TailMean(
        level: level, estimate: tail.mean.exact(if: isCertain).divided(by: unit.divisor))
    }
    self.worstEnd = worstEnd
  }

  /// Those of an amount over a number that is known, around a mean that was found by itself.
  init(_ amount: AmountEstimates, over whole: Double, mean: Estimate) {
    self.mean = mean
    standardDeviation = amount.standardDeviation / whole
    deviationError = amount.deviationError.map { $0 / whole }
    worstEnd = amount.worstEnd
    quantiles = amount.quantiles.map { QuantileFigure($0, over: whole) }
    tailMeans = amount.tailMeans.map {
      TailMean(level: $0.level, estimate: $0.estimate.divided(by: whole))
    }
  }
}

/// A fund at the end of a year of the run.
public struct YearOfRun: Sendable, Hashable {
  /// The year, from 1.
  public let year: Int
  /// The last month of the year within the horizon, from 0.
  public let lastMonth: Int
  /// The probability of exhaustion by then.
  public let exhaustion: Proportion

  /// From the probabilities of exhaustion by the end of each month.
  static func all(_ exhausted: [Proportion]) -> [YearOfRun] {
    stride(from: 0, to: exhausted.count, by: 12).map { first in
      let last = min(first + 11, exhausted.count - 1)
      return YearOfRun(year: first / 12 + 1, lastMonth: last, exhaustion: exhausted[last])
    }
  }
}

/// How long a fund lasts: the months that it survives whole, at most the horizon.
public struct TimeEstimates: Sendable, Hashable {
  /// A quantile of the months survived.
  public struct Quantile: Sendable, Hashable {
    /// The share of trials that last no longer.
    public let level: Level
    /// Months, at most the horizon.
    public let months: Int
    /// The 95 % interval.
    public let low: Int
    /// Its upper end.
    public let high: Int
    /// Whether the fund still lasts at the horizon, where the figure is cut off.
    public let isBeyondHorizon: Bool
    /// Whether enough trials lie to both sides.
    public let isReliable: Bool
  }

  /// The mean of the months survived within the horizon (restricted mean).
  public let restrictedMean: Estimate
  /// The mean of the months survived in the trials that end in exhaustion; `nil` without any.
  public let meanIfExhausted: Estimate?
  /// Quantiles of the months survived.
  public let quantiles: [Quantile]

  static let levels = [
    Level.percent(1), .percent(5), .percent(25), .percent(50), .percent(75),
  ]

  /// Estimates from the months that every trial survives.
  init(_ time: SurvivalTimes, isCertain: Bool) {
    let sample = time.months
    let limits = Limits(low: 0, high: Int64(time.horizon))
    restrictedMean = sample.mean(within: limits).exact(if: isCertain && sample.isConstant)
    meanIfExhausted = time.ended?.mean(within: limits)
      .exact(if: isCertain && sample.isConstant).of(sample.count)
    quantiles = Self.levels.map {
      let quantile = sample.quantile($0)
      return Quantile(
        level: $0, months: Int(quantile.value), low: Int(quantile.low), high: Int(quantile.high),
        isBeyondHorizon: quantile.value >= Int64(time.horizon), isReliable: quantile.isReliable)
    }
  }
}

/// The whole months that the trials survive: the horizon where nothing goes unpaid.
struct SurvivalTimes {
  let months: LossSample
  /// Of the trials that end in exhaustion; `nil` without any.
  let ended: LossSample?
  let horizon: Int

  /// From the month of exhaustion of every trial, −1 for none.
  init(_ exhaustion: LossSample, horizon: Int) {
    self.horizon = horizon
    let whole = Int64(horizon)
    months = exhaustion.mapped { $0 < 0 ? whole : $0 } ?? exhaustion
    ended = exhaustion.mapped { $0 < 0 ? nil : $0 }
  }

  /// The probability of exhaustion by the end of each month.
  func exhausted(isCertain: Bool) -> [Proportion] {
    months.shares(atMost: (0..<horizon).map { Int64($0) }, isCertain: isCertain)
  }
}
