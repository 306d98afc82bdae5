import Foundation
import LossStatistics
import RandomStreams

/// What chance allows. Every limit is one that a right program exceeds for about one seed in
/// 10 000 (3.9 standard errors, MODEL.md §8); seeds are fixed, so a test that passes keeps passing.
enum Chance {
  /// Standard errors to either side.
  static let limit = 3.9

  /// The probability that both sides of the limit hold together.
  static let falseAlarm = 1e-4

  /// The test runs with more trials where the environment asks for longer evidence.
  static func trials(_ short: Int, long: Int) -> Int {
    ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1" ? long : short
  }

  /// Whether so many successes are plausible for a probability: exact binomial tails.
  static func allows(_ successes: Int, of trials: Int, probability: Double) -> Bool {
    let atMost = binomialCumulative(successes, of: trials, probability: probability)
    let atLeast = 1 - binomialCumulative(successes - 1, of: trials, probability: probability)
    return min(atMost, atLeast) > falseAlarm / 2
  }

  private static func binomialCumulative(_ count: Int, of trials: Int, probability: Double)
    -> Double
  {
    guard count >= 0 else { return 0 }
    let (odds, rest) = (log(probability), log1p(-probability))
    let whole = logGamma(Double(trials) + 1)
    return (0...count).reduce(0.0) { sum, index in
      let ways = whole - logGamma(Double(index) + 1) - logGamma(Double(trials - index) + 1)
      return sum + exp(ways + Double(index) * odds + Double(trials - index) * rest)
    }
  }
}

/// Mean and standard deviation of a sample, each with its standard error.
struct Moments {
  let mean: Double
  let meanError: Double
  let deviation: Double
  /// √((m₄ − s⁴)/n) / 2s: the standard error of the standard deviation.
  let deviationError: Double

  init(_ values: [Int64]) {
    let count = Double(values.count)
    let mean = values.reduce(0.0) { $0 + Double($1) } / count
    let squares = values.reduce(0.0) { $0 + pow(Double($1) - mean, 2) } / count
    let fourth = values.reduce(0.0) { $0 + pow(Double($1) - mean, 4) } / count
    self.mean = mean
    meanError = (squares / count).squareRoot()
    deviation = squares.squareRoot()
    deviationError = (max(0, fourth - squares * squares) / count).squareRoot() / (2 * deviation)
  }

  func hasMean(_ expected: Double) -> Bool {
    abs(mean - expected) <= Chance.limit * meanError
  }

  func hasDeviation(_ expected: Double) -> Bool {
    abs(deviation - expected) <= Chance.limit * deviationError
  }

  /// Whether two independent samples can have the same mean and standard deviation.
  func agrees(with other: Moments) -> Bool {
    let first = hypot(meanError, other.meanError)
    let second = hypot(deviationError, other.deviationError)
    return abs(mean - other.mean) <= Chance.limit * first
      && abs(deviation - other.deviation) <= Chance.limit * second
  }
}

extension LossSample {
  /// Whether the α-quantile of the law can be `value`: α lies between P(X < value) and
  /// P(X ≤ value).
  func allowsQuantile(_ value: Int64, at level: Level) -> Bool {
    let count = Double(sorted.count)
    let error = (level.value * (1 - level.value) / count).squareRoot()
    let below = Double(sorted.count { $0 < value }) / count
    let upTo = Double(sorted.count { $0 <= value }) / count
    return below <= level.value + Chance.limit * error
      && upTo >= level.value - Chance.limit * error
  }

  /// Whether the expected shortfall of the law can be `value`.
  func allowsShortfall(_ value: Double, at level: Level) -> Bool {
    // Where too few trials lie in the tail, nothing is claimed.
    abs(expectedShortfall(level).mean.distance(from: value) ?? 0) <= Chance.limit
  }
}
