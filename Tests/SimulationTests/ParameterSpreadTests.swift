import LossStatistics
import RandomStreams
import Simulation
import TestSupport
import Testing

/// What lies between draws of parameters, with the noise of few trials a draw taken off.
@Suite struct ParameterSpreadTests {
  /// Counts of `groups` draws of 20 trials each, whose probabilities come from a law's quantile.
  private func nested(
    groups: Int, trials: Int = 20, words: inout SeededWords, quantile: (Double) -> Double
  ) throws -> NestedProportion {
    let successes = (0..<groups).map { _ in
      let probability = quantile(Double.random(in: 0..<1, using: &words))
      return (0..<trials).count { _ in Double.random(in: 0..<1, using: &words) < probability }
    }
    return try #require(
      NestedProportion(successes: successes, trials: Array(repeating: trials, count: groups)))
  }

  /// Uniform probabilities: 5 % and 95 % points are 0.05 and 0.95, and a third of the variance lies between
  /// draws. The frequencies themselves would put them at 0 and 1. Over 40 samples of a thousand draws the
  /// mean lies within 3.9 standard errors (1 of 10,000 seeds fails).
  @Test func `noise makes the range no wider`() throws {
    var words = SeededWords(seed: 14)
    var lows: [Double] = []
    var shares: [Double] = []
    for _ in 0..<40 {
      let spread = ParameterSpread(try nested(groups: 1_000, words: &words) { $0 })
      lows.append(spread.low)
      shares.append(try #require(spread.varianceShare))
      #expect(abs(spread.high - 0.95) < 0.03)
    }
    #expect(distance(lows, from: 0.05) < 3.9)
    #expect(distance(shares, from: 1.0 / 3) < 3.9)
  }

  /// Probit-normal probabilities, Φ(1.5 + Z), are no Beta variables: the fitted points are still within
  /// 0.02 of Φ(1.5 ∓ 1.645).
  @Test func `another law than the one that is fitted`() throws {
    var words = SeededWords(seed: 15)
    let spread = ParameterSpread(
      try nested(groups: 20_000, words: &words) { normalCumulative(1.5 + normalQuantile($0)) })
    #expect(abs(spread.low - normalCumulative(1.5 - 1.6449)) < 0.02)
    #expect(abs(spread.high - normalCumulative(1.5 + 1.6449)) < 0.02)
  }

  /// Draws that are all alike leave nothing between the two ends where chance puts the variance below
  /// zero, and little elsewhere: the share's error under no difference is √(2/1000)/20 = 0.0022, so a
  /// range of ± 1.645 · √(0.0022 · 0.16 · 4) and more is seen in 1 of 10,000 seeds.
  @Test func `draws that are alike`() throws {
    var words = SeededWords(seed: 16)
    let spread = ParameterSpread(try nested(groups: 1_000, words: &words) { _ in 0.8 })
    #expect(spread.high - spread.low < 2 * 1.645 * (0.0022 * 0.16 * 4).squareRoot())
    let same = try #require(
      NestedProportion(successes: [8, 8, 8, 8], trials: [10, 10, 10, 10]))
    #expect(ParameterSpread(same).low == 0.8 && ParameterSpread(same).high == 0.8)
    let never = try #require(NestedProportion(successes: [0, 0, 0], trials: [10, 10, 10]))
    #expect(ParameterSpread(never).low == 0 && ParameterSpread(never).high == 0)
  }

  /// The mean of a sample's distance in its standard errors.
  private func distance(_ values: [Double], from truth: Double) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return abs(mean - truth) / (squares / (count - 1) / count).squareRoot()
  }
}
