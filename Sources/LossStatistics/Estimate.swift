/// A range of numbers that holds the true one with a stated probability.
public struct Interval: Sendable, Hashable {
  /// The lower end.
  public let low: Double

  /// The upper end.
  public let high: Double

  /// Creates an interval.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The 97.5 % point of the standard normal distribution: between it and its mirror lie 95 %.
let normalPoint95 = 1.959963984540054

/// A figure computed from a sample, with its precision.
public struct Estimate: Sendable, Hashable {
  /// The figure.
  public let value: Double

  /// The standard deviation of the figure from one run to another; infinite if one observation
  /// is all there is.
  public let standardError: Double

  /// The number of independent observations behind the figure.
  public let sampleCount: Int

  /// Creates an estimate.
  public init(value: Double, standardError: Double, sampleCount: Int) {
    self.value = value
    self.standardError = standardError
    self.sampleCount = sampleCount
  }

  /// The interval of 1.96 standard errors to both sides, right for figures that are nearly normal.
  public var interval95: Interval {
    Interval(
      low: value - normalPoint95 * standardError, high: value + normalPoint95 * standardError)
  }
}
