public import LossStatistics

/// A figure with what is known of its precision, as files and parts of a run hold it.
public struct KnownFigure: Sendable, Hashable, Codable {
  /// The figure, in yuan or as a number.
  public let value: Double
  /// Its standard error; `nil` where the trials do not show it.
  public let standardError: Double?
  /// The lower end of its 95 % interval; `nil` where none is known to hold.
  public let low: Double?
  /// The upper end.
  public let high: Double?
  /// Whether the interval holds.
  public let isReliable: Bool
  /// Whether nothing random moves the figure.
  public let isExact: Bool
  /// How it was found.
  public let method: EstimateMethod
  /// How many trials would tell what these do not; `nil` where there is no such lack.
  public let trialsNeeded: Int?

  /// Takes an estimate.
  init(_ estimate: Estimate) {
    value = estimate.value
    standardError = estimate.standardError
    (low, high) = (estimate.interval95?.low, estimate.interval95?.high)
    isReliable = estimate.isReliable
    isExact = estimate.isExact
    method = estimate.method
    trialsNeeded = estimate.trialsNeeded
  }

  /// Takes a proportion, whose interval holds however few the events.
  init(_ proportion: Proportion) {
    value = proportion.value
    standardError = proportion.standardError
    (low, high) = (proportion.interval95.low, proportion.interval95.high)
    isReliable = true
    isExact = proportion.isExact
    method = .plain
    trialsNeeded = proportion.trialsNeeded
  }

  /// Whether it can be a figure.
  var isSound: Bool {
    value.isFinite && (standardError ?? 0) >= 0 && (low == nil) == (high == nil)
      && (trialsNeeded ?? 0) >= 0
  }
}

/// A quantile of a figure of which trials can be infinite.
public struct KnownQuantile: Sendable, Hashable, Codable {
  /// The share of trials that stay at or below it, in millionths.
  public let level: Int
  /// The quantile; `nil` for an infinite one.
  public let value: Double?
  /// The lower end of its 95 % interval; `nil` for an infinite one.
  public let low: Double?
  /// The upper end.
  public let high: Double?
  /// Whether enough trials lie to either side.
  public let isReliable: Bool

  init(_ quantile: QuantileEstimate, divisor: Double, isCertain: Bool) {
    func number(_ value: Int64) -> Double? {
      divisor == Double(YearRatio.unit) && value >= YearRatio.infiniteMark
        ? nil : Double(value) / divisor
    }
    level = quantile.level.millionths
    (value, low, high) = (number(quantile.value), number(quantile.low), number(quantile.high))
    isReliable = quantile.isReliable || isCertain
  }
}
