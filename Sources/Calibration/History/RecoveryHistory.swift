import RandomStreams

/// What came back of one year's losses.
public struct YearlyRecovery: Sendable, Hashable {
  /// The year of the defaults.
  public let year: Int
  /// How much the year counts: its losses, or its cases.
  public let weight: Double
  /// The part recovered.
  public let rate: Double

  /// Creates a year.
  public init(year: Int, weight: Double, rate: Double) {
    self.year = year
    self.weight = weight
    self.rate = rate
  }
}

/// A default, and what has been recovered since.
public struct RecoveryCase: Sendable, Hashable {
  /// The year of the default.
  public let year: Int
  /// The part of the loss base recovered so far.
  public let recovered: Double
  /// Months from the first month overdue to the recovery; `nil` before there is any.
  public let lag: Int?
  /// Months from the first month overdue to the closing of the case, or to the last look at it.
  public let observed: Int
  /// Whether nothing more can come.
  public let isClosed: Bool

  /// Creates a case.
  public init(year: Int, recovered: Double, lag: Int?, observed: Int, isClosed: Bool) {
    self.year = year
    self.recovered = recovered
    self.lag = lag
    self.observed = observed
    self.isClosed = isClosed
  }
}

/// A mean and a standard deviation of the part recovered.
public struct RecoveryMoments: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The standard deviation between cases; `nil` where single cases are not known.
  public let standardDeviation: Double?
}

/// Recoveries of single cases, open ones censored and not dropped.
public struct RecoveryHistory: Sendable, Hashable {
  /// The cases.
  public let cases: [RecoveryCase]

  /// For each case its weight in the law of what is recovered in the end: 0 for an open one.
  private let weights: [Double]

  /// Weighs the cases.
  ///
  /// A closed case counts for the open ones that would have closed like it: its weight is one over
  /// the chance of having been observed for so long. Dropping open cases would keep the quick ones,
  /// whose recoveries differ.
  ///
  /// Source: H. Bang, A. Tsiatis, "Estimating medical costs with censored data", Biometrika 87(2),
  /// 2000, pp. 329–343.
  public init(_ cases: [RecoveryCase]) {
    self.cases = cases
    let ends = CensoredTimes(cases.map { .init(time: $0.observed, isSeen: !$0.isClosed) })
    let raw = cases.map { item in
      // A case that closes in a month was not yet lost from sight in it.
      item.isClosed ? 1 / max(ends.survival(before: item.observed), 1e-9) : 0
    }
    let sum = raw.reduce(0, +)
    weights = raw.map { sum > 0 ? $0 / sum : 0 }
  }

  /// The number of closed cases.
  public var closedCount: Int { cases.count { $0.isClosed } }

  /// The number of open cases.
  public var openCount: Int { cases.count - closedCount }

  /// Mean and standard deviation of what is recovered in the end; `nil` without a closed case.
  public var moments: RecoveryMoments? { moments(weights) }

  private func moments(_ weights: [Double]) -> RecoveryMoments? {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return nil }
    let mean = zip(weights, cases).reduce(0) { $0 + $1.0 * $1.1.recovered } / sum
    let square = zip(weights, cases).reduce(0) { sum, item in
      sum + item.0 * (item.1.recovered - mean) * (item.1.recovered - mean)
    }
    return RecoveryMoments(mean: mean, standardDeviation: (square / sum).squareRoot())
  }

  /// The fewest closed cases from which draws are made.
  public static let casesForDraws = 5

  /// Draws of mean and standard deviation given the cases: the Bayesian bootstrap, which weighs the
  /// cases anew by exponential numbers. Empty with fewer than five closed cases.
  ///
  /// Source: D. Rubin, "The Bayesian bootstrap", Annals of Statistics 9(1), 1981, pp. 130–134.
  public func draws(_ count: Int, seed: UInt64) -> [RecoveryMoments] {
    guard closedCount >= Self.casesForDraws else { return [] }
    return (0..<count).compactMap { draw in
      let key = DrawKey(seed: seed, trial: 1 << 32 + UInt64(draw), purpose: .calibration)
      return moments(
        weights.enumerated().map { index, weight in
          weight * -logarithm(UniformDraw.unit(from: key.word(at: UInt64(index))))
        })
    }
  }

  /// The lags from the first month overdue to the recovery, open cases censored; cases that closed
  /// without a recovery have no lag.
  public var lags: CensoredTimes {
    CensoredTimes(
      cases.compactMap { item in
        if let lag = item.lag { return .init(time: lag, isSeen: true) }
        return item.isClosed ? nil : .init(time: item.observed, isSeen: false)
      })
  }

  /// The mean recovery of the closed cases of each year, by the same weights.
  public var years: [YearlyRecovery] {
    let byYear = Dictionary(grouping: cases.indices) { cases[$0].year }
    return byYear.keys.sorted().compactMap { year in
      let members = byYear[year] ?? []
      let weight = members.reduce(0) { $0 + weights[$1] }
      guard weight > 0 else { return nil }
      let sum = members.reduce(0) { $0 + weights[$1] * cases[$1].recovered }
      return YearlyRecovery(
        year: year, weight: Double(members.count { cases[$0].isClosed }), rate: sum / weight)
    }
  }
}

extension [YearlyRecovery] {
  /// The weighted mean over the years.
  public var moments: RecoveryMoments? {
    let weight = reduce(0) { $0 + $1.weight }
    guard weight > 0 else { return nil }
    return RecoveryMoments(
      mean: reduce(0) { $0 + $1.weight * $1.rate } / weight, standardDeviation: nil)
  }
}
