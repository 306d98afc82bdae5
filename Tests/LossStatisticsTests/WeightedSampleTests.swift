import Foundation
import LossStatistics
import Testing

/// Samples drawn from another law: intervals that hold.
@Suite struct WeightedSampleTests {
  /// Normal numbers moved by 2.5 half of the time, weighted back: tails of the standard normal law.
  private static func sample(_ words: inout Words, count: Int) -> WeightedSample {
    var (values, weights): ([Int64], [Double]) = ([], [])
    for _ in 0..<count {
      let isMoved = words.uniform() < 0.5
      let normal =
        (-2 * log(words.uniform())).squareRoot() * cos(2 * .pi * words.uniform())
        + (isMoved ? 2.5 : 0)
      values.append(Int64((normal * unit).rounded()))
      weights.append(1 / (0.5 + 0.5 * exp(2.5 * normal - 3.125)))
    }
    return WeightedSample(values, weights: weights)
  }

  private static let unit = 1e6

  /// Φ⁻¹ of 99, 99.9 and 99.99 %: 2.326347874, 3.090232306, 3.719016485.
  @Test(arguments: [(990_000, 2.326347874), (999_000, 3.090232306), (999_900, 3.719016485)])
  func `quantiles far out`(millionths: Int, truth: Double) {
    let level = Level(millionths: millionths)
    let coverage = Coverage.over("weighted quantile \(level.value)") { words, coverage in
      let found = Self.sample(&words, count: 1_000).quantile(level)
      #expect(found.isReliable)
      coverage.judge(
        Interval(low: Double(found.low) / Self.unit, high: Double(found.high) / Self.unit),
        truth: truth)
    }
    #expect(coverage.isRight && coverage.shown == Coverage.runs)
  }

  /// 1 − Φ(3.5) = 2.326290790e-4.
  @Test func `a probability`() {
    let coverage = Coverage.over("weighted probability") { words, coverage in
      let found = Self.sample(&words, count: 1_000).probability(largestWeight: 2) {
        Double($0) > 3.5 * Self.unit
      }
      coverage.judge(found, truth: 2.326290790e-4)
    }
    #expect(coverage.isRight && coverage.shown == Coverage.runs)
  }

  /// By hand: weights 1, ½, ¼, ¼ of four trials, so that 1/4 lies beyond 1, 1/8 beyond 2, and 1/16 beyond 3.
  @Test func `the smallest value beyond which little enough lies`() {
    let sample = WeightedSample([1, 2, 3, 4], weights: [1, 0.5, 0.25, 0.25])
    #expect(sample.quantile(.percent(75)).value == 1)
    #expect(sample.quantile(Level(millionths: 750_001)).value == 2)
    #expect(sample.quantile(Level(millionths: 875_000)).value == 2)
    #expect(sample.quantile(Level(millionths: 937_500)).value == 3)
    #expect(sample.quantile(.percent(95)).value == 4)
    #expect(!sample.quantile(.percent(95)).isReliable)
  }

  @Test func `an event that nobody saw is bounded by the largest weight`() {
    let sample = WeightedSample(
      Array(repeating: 0, count: 100), weights: Array(repeating: 1, count: 100))
    let found = sample.probability(largestWeight: 10) { $0 > 0 }
    // 1 − 0.025^(1/100) = 0.036217.
    #expect(found.value == 0 && found.standardError == nil)
    #expect(abs((found.interval95?.high ?? 0) - 0.36217) < 1e-4)
  }
}
