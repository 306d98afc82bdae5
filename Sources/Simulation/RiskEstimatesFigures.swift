public import LossStatistics

/// What a whole number in a result column counts.
enum FigureUnit {
  /// Hundredths of a yuan; the figure is in yuan.
  case fen
  /// Things; the figure is their number.
  case count

  var divisor: Double {
    switch self {
    case .fen: 100
    case .count: 1
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
  /// Whether enough trials lie beyond the quantile; otherwise the interval may be too short.
  public let isReliable: Bool

  init(_ quantile: QuantileEstimate, unit: FigureUnit) {
    level = quantile.level
    value = Double(quantile.value) / unit.divisor
    interval95 = Interval(
      low: Double(quantile.low) / unit.divisor, high: Double(quantile.high) / unit.divisor)
    isReliable = quantile.isReliable
  }
}

/// The mean of the worst outcomes, in yuan or a count.
public struct ShortfallFigure: Sendable, Hashable {
  /// The share of all trials that stay at or below the true quantile.
  public let level: Level
  /// The mean of the upper (1 − α)·n values with its standard error.
  public let estimate: Estimate
  /// Whether enough trials lie beyond the quantile.
  public let isReliable: Bool

  init(_ shortfall: ShortfallEstimate, unit: FigureUnit) {
    level = shortfall.level
    estimate = Estimate(
      value: shortfall.value / unit.divisor,
      standardError: shortfall.standardError / unit.divisor,
      sampleCount: Int(shortfall.tailCount))
    isReliable = shortfall.isReliable
  }
}

/// The distribution of an amount in yuan, or of a count.
public struct AmountEstimates: Sendable, Hashable {
  /// The mean.
  public let mean: Estimate
  /// The standard deviation from trial to trial; infinite for a single trial.
  public let standardDeviation: Double
  /// Quantiles, by ascending level.
  public let quantiles: [QuantileFigure]
  /// Means of the worst outcomes, by ascending level.
  public let expectedShortfalls: [ShortfallFigure]

  /// The levels of quantiles.
  public static let quantileLevels = [
    Level.percent(50), .percent(95), .percent(99), Level(millionths: 999_000),
  ]
  /// The levels of expected shortfalls.
  public static let tailLevels = Array(quantileLevels.dropFirst())

  init(
    _ sample: LossSample, unit: FigureUnit, levels: [Level] = quantileLevels,
    tailLevels: [Level] = tailLevels
  ) {
    mean = Estimate(
      value: sample.mean.value / unit.divisor,
      standardError: sample.mean.standardError / unit.divisor,
      sampleCount: sample.mean.sampleCount)
    standardDeviation = sample.standardDeviation / unit.divisor
    quantiles = levels.map { QuantileFigure(sample.quantile($0), unit: unit) }
    expectedShortfalls = tailLevels.map {
      ShortfallFigure(sample.expectedShortfall($0), unit: unit)
    }
  }
}

extension Level {
  /// The trials that a run needs so that figures at this level are reliable.
  public var reliableTrialCount: Int {
    let tail = 1_000_000 - millionths
    return (reliableTailCount * 1_000_000 + tail - 1) / tail
  }
}

/// The probability of exhaustion by the end of a year of the run.
public struct YearOfRun: Sendable, Hashable {
  /// The year, from 1.
  public let year: Int
  /// The last month of the year within the horizon, from 0.
  public let lastMonth: Int
  /// The probability.
  public let exhaustion: Proportion

  static func all(counts: [Int], trials: Int) -> [YearOfRun] {
    stride(from: 0, to: counts.count, by: 12).map { first in
      let last = min(first + 11, counts.count - 1)
      return YearOfRun(
        year: first / 12 + 1, lastMonth: last,
        exhaustion: Proportion(successes: counts[last], of: trials))
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

  init(_ months: [Int64], horizon: Int) {
    let sample = LossSample(months.map { $0 < 0 ? Int64(horizon) : $0 })
    restrictedMean = sample.mean
    let ended = months.filter { $0 >= 0 }
    meanIfExhausted = ended.isEmpty ? nil : LossSample(ended).mean
    quantiles = Self.levels.map {
      let quantile = sample.quantile($0)
      return Quantile(
        level: $0, months: Int(quantile.value), low: Int(quantile.low), high: Int(quantile.high),
        isBeyondHorizon: quantile.value >= Int64(horizon),
        isReliable: quantile.isReliable
          && months.count * $0.millionths >= reliableTailCount * 1_000_000)
    }
  }
}
