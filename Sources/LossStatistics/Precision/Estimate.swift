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

/// On how many trials a figure must rest before anything is said of its error.
public let reliableTailCount = 10

/// A figure computed from a sample, with its precision, or with the word that the sample does not
/// tell it.
public struct Estimate: Sendable, Hashable {
  /// What is known of the distance between the figure and the truth.
  enum Knowledge: Hashable, Sendable {
    /// There is none: nothing random moves the figure, as the plan says.
    case exact
    /// That of a mean.
    case spread(MeanSpread)
    /// An interval that holds, by other means than an error.
    case range(Interval, trialsNeeded: Int)
    /// Nothing: too few trials bear on the figure.
    case unknown(trialsNeeded: Int)
  }

  /// The figure.
  public let value: Double
  /// The number of independent observations behind the figure.
  public let sampleCount: Int
  /// How it was found.
  public let method: EstimateMethod
  let knowledge: Knowledge

  init(
    value: Double, sampleCount: Int, knowledge: Knowledge, method: EstimateMethod = .plain
  ) {
    self.value = value
    self.sampleCount = sampleCount
    self.knowledge = knowledge
    self.method = method
  }

  /// A figure with a normal error.
  ///
  /// - Precondition: The error is above zero.
  public init(value: Double, standardError: Double, sampleCount: Int) {
    precondition(standardError > 0, "what has no error is exact, or not known")
    self.init(
      value: value, sampleCount: sampleCount,
      knowledge: .spread(
        MeanSpread(error: standardError, skewness: 0, support: .max, steadiness: .infinity)))
  }

  /// A figure that nothing random moves.
  public static func exact(_ value: Double, sampleCount: Int) -> Estimate {
    Estimate(value: value, sampleCount: sampleCount, knowledge: .exact)
  }

  /// A figure of which these trials tell an interval at most.
  public static func unknown(
    _ value: Double, interval: Interval? = nil, sampleCount: Int, trialsNeeded: Int
  ) -> Estimate {
    Estimate(
      value: value, sampleCount: sampleCount,
      knowledge: interval.map { .range($0, trialsNeeded: trialsNeeded) }
        ?? .unknown(trialsNeeded: trialsNeeded))
  }

  /// Whether nothing random moves the figure.
  public var isExact: Bool { knowledge == .exact }

  /// The standard deviation of the figure from one run to another; `nil` where the trials do not
  /// show it, or where ± 1.96 of it would not hold the truth often enough.
  public var standardError: Double? {
    switch knowledge {
    case .exact: 0
    case .spread(let spread): spread.isNearlyNormal ? spread.error : nil
    case .range, .unknown: nil
    }
  }

  /// The 95 % interval; `nil` where none is known to hold.
  public var interval95: Interval? {
    switch knowledge {
    case .exact: Interval(low: value, high: value)
    case .spread(let spread): spread.interval95(around: value)
    case .range(let interval, _): interval
    case .unknown: nil
    }
  }

  /// Whether the figure has an interval that holds.
  public var isReliable: Bool { interval95 != nil }

  /// How many trials would show the error; `nil` where these do.
  public var trialsNeeded: Int? {
    switch knowledge {
    case .exact: nil
    case .spread(let spread): spread.isNearlyNormal ? nil : spread.trialsNeeded(of: sampleCount)
    case .range(_, let count), .unknown(let count): count
    }
  }

  /// How many standard errors a number lies below the figure, on the scale of the normal
  /// distribution: 1.96 and more where the 95 % interval does not hold it. `nil` without an error.
  public func distance(from truth: Double) -> Double? {
    guard case .spread(let spread) = knowledge else { return nil }
    return spread.distance((value - truth) / spread.error)
  }

  /// The estimate in a unit so many times as large, plus a number that is known.
  public func divided(by divisor: Double, plus shift: Double = 0) -> Estimate {
    func moved(_ number: Double) -> Double { number / divisor + shift }
    let knowledge: Knowledge =
      switch self.knowledge {
      case .exact, .unknown: self.knowledge
      case .spread(let spread): .spread(spread.divided(by: divisor))
      case .range(let interval, let count):
        .range(
          Interval(
            low: moved(divisor < 0 ? interval.high : interval.low),
            high: moved(divisor < 0 ? interval.low : interval.high)), trialsNeeded: count)
      }
    return Estimate(
      value: moved(value), sampleCount: sampleCount, knowledge: knowledge, method: method)
  }

  /// The estimate, or its figure alone where nothing random moves it.
  public func exact(if isCertain: Bool) -> Estimate {
    isCertain ? .exact(value, sampleCount: sampleCount) : self
  }

  /// The estimate of an amount that cannot leave some limits: its interval ends at them, and what
  /// would reach beyond is not normal, so that ± says nothing.
  func clipped(to limits: Limits) -> Estimate {
    guard case .spread(let spread) = knowledge, let interval = interval95 else { return self }
    let low = limits.low.map { max(Double($0), interval.low) } ?? interval.low
    let high = limits.high.map { min(Double($0), interval.high) } ?? interval.high
    guard (low, high) != (interval.low, interval.high) else { return self }
    // The interval shrinks by the root of the number of trials.
    let excess = max(
      low > interval.low ? (value - interval.low) / (value - low) : 1,
      high < interval.high ? (interval.high - value) / (high - value) : 1)
    return .unknown(
      value, interval: Interval(low: low, high: high), sampleCount: sampleCount,
      trialsNeeded: max(
        spread.trialsNeeded(of: sampleCount), roundedCount(Double(sampleCount) * excess * excess)))
  }

  /// The estimate of a part of a larger sample; trials that would tell are those of the whole.
  public func of(_ count: Int) -> Estimate {
    guard let needed = trialsNeeded, interval95 == nil else { return self }
    let factor = Double(count) / Double(max(1, sampleCount))
    return .unknown(
      value, sampleCount: sampleCount, trialsNeeded: roundedCount(Double(needed) * factor))
  }
}

/// A number of trials, rounded up to two digits that count.
func roundedCount(_ count: Double) -> Int {
  guard count < 1e17 else { return 100_000_000_000_000_000 }
  let whole = Int(count.rounded(.up))
  var step = 1
  while whole / step >= 100 { step *= 10 }
  return (whole + step - 1) / step * step
}
