public import FundCore
public import LossStatistics
import RandomStreams

/// Whether loans default in the months in which they should.
///
/// Adjacent months are taken together until some hundred defaults are expected in them. Each such
/// stretch's deviation is counted in standard errors, the larger of the sample's own and the model's:
/// a sample without a crisis in it shows too small an error, and one of the model alone would take no
/// notice of what a crisis leaves behind. The limit is that of Student's t for which one right program in a
/// million would fail in any stretch.
public struct DefaultMonthsCheck: Sendable, Hashable {
  /// The defaults of a month, a trial.
  public struct Month: Sendable, Hashable {
    /// The mean number over the trials.
    public let simulated: Estimate
    /// What it should be; `nil` where it was not computed.
    public let expected: Double?
  }

  /// The stretch that deviates most.
  public struct Deviation: Sendable, Hashable {
    /// Its months.
    public let months: ClosedRange<Int>
    /// The mean number of defaults in it, and what it should be.
    public let (simulated, expected): (Double, Double)
    /// How far they lie apart, in standard errors.
    public let errors: Double
  }

  /// The months of the run.
  public let months: [Month]
  /// What deviates most; `nil` where nothing was expected and nothing happened, or nothing was computed.
  public let largest: Deviation?
  /// How many standard errors are allowed; `nil` where nothing was computed.
  public let limit: Double?
  /// Why it was not computed.
  public let missing: LocalizedText?

  /// One right program in so many fails.
  private static let falseAlarm = 1e-6
  /// The fewest defaults that a stretch's error is measured on.
  private static let leastCount = 100.0

  init(_ sums: DefaultMonths, expected: ExpectedDefaults?, trialCount: Int) {
    let trials = Double(trialCount)
    let means = sums.counts.map { Double($0) / trials }
    let variances = zip(means, sums.squares).map { mean, square in
      max(0, Double(square) / trials - mean * mean) * trials / max(1, trials - 1)
    }
    months = means.indices.map { month in
      let law = expected?.byMonth[month]
      return Month(
        simulated: Self.mean(
          means[month], count: sums.counts[month], variance: variances[month], of: trialCount,
          isImpossible: law == 0), expected: law)
    }
    guard let expected, trialCount > 1 else {
      (largest, limit) = (nil, nil)
      missing =
        trialCount > 1
        ? LocalizedText(
          en: "too many loans are unlike each other, or a year's factor is known in part",
          zh: "彼此不同的贷款过多，或某年的因子已部分已知")
        : LocalizedText(en: "one trial has no spread", zh: "只有一次模拟，无法估计误差")
      return
    }
    let stretches = Self.stretches(expected.byMonth.map { $0 * trials })
    let all = stretches.map { stretch in
      let (mean, law) = (
        means[stretch].reduce(0, +), expected.byMonth[stretch].reduce(0, +)
      )
      // Months that move together have the sum of their deviations, others less.
      let sample = stretch.reduce(0) { $0 + variances[$1].squareRoot() }
      let common = stretch.reduce(0) { $0 + expected.factorDeviations[$1] }
      // Bernstein's bound in place of a plain count's error: few defaults are no normal number.
      let count = law + abs(mean - law) / 3
      let own = expected.errors.isEmpty ? 0 : stretch.reduce(0) { $0 + expected.errors[$1] }
      let error =
        (max(sample * sample, common * common + count) / trials + own * own).squareRoot()
      let errors = mean == law ? 0 : law > 0 ? abs(mean - law) / error : .infinity
      return Deviation(months: stretch, simulated: mean, expected: law, errors: errors)
    }
    largest = all.max { $0.errors < $1.errors }
    limit = studentTQuantile(
      1 - Self.falseAlarm / 2 / Double(max(1, all.count)), degreesOfFreedom: trials - 1)
    missing = nil
  }

  /// The mean number of defaults in a month: with an error where enough of them happened to show one.
  private static func mean(
    _ mean: Double, count: Int128, variance: Double, of trialCount: Int, isImpossible: Bool
  ) -> Estimate {
    if isImpossible, count == 0 { return .exact(0, sampleCount: trialCount) }
    guard count >= Int128(reliableTailCount), variance > 0 else {
      let share = Double(max(1, count)) / Double(trialCount)
      return .unknown(
        mean, sampleCount: trialCount,
        trialsNeeded: Int((Double(reliableTailCount) / share).rounded(.up)))
    }
    return Estimate(
      value: mean, standardError: (variance / Double(trialCount)).squareRoot(),
      sampleCount: trialCount)
  }

  /// Whether the months hold what they should; `nil` where that was not computed.
  public var holds: Bool? { limit.map { (largest?.errors ?? 0) <= $0 } }

  /// Adjacent months with enough expected defaults; those in which none can be, alone.
  private static func stretches(_ expected: [Double]) -> [ClosedRange<Int>] {
    var stretches: [ClosedRange<Int>] = []
    var start = 0
    var sum = 0.0
    for (month, count) in expected.enumerated() {
      if count == 0 {
        if sum > 0 { stretches.append(start...month - 1) }
        stretches.append(month...month)
        (start, sum) = (month + 1, 0)
        continue
      }
      sum += count
      guard sum >= leastCount else { continue }
      stretches.append(start...month)
      (start, sum) = (month + 1, 0)
    }
    if sum > 0 { stretches.append(start...expected.count - 1) }
    return merged(stretches, expected)
  }

  /// Joins what has too few defaults to the stretch before it, if that borders on it.
  private static func merged(
    _ stretches: [ClosedRange<Int>], _ expected: [Double]
  ) -> [ClosedRange<Int>] {
    stretches.reduce(into: []) { result, next in
      let count = expected[next].reduce(0, +)
      if count > 0, count < leastCount, let before = result.last,
        expected[before.upperBound] > 0
      {
        result[result.count - 1] = before.lowerBound...next.upperBound
      } else {
        result.append(next)
      }
    }
  }
}
