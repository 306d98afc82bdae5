import TestSupport
import Testing

@testable import LossStatistics

/// Trials that share parameters tell less than as many independent ones, and every interval says so.
@Suite struct TrialGroupTests {
  /// A sample of 60 groups: each has a level of its own, and its trials stray about it.
  private struct Sample {
    let values: [Int64]
    let groups = TrialGroups(count: 60)

    /// - Parameters:
    ///   - words: What is drawn.
    ///   - between: How far levels lie apart, in the unit in which trials stray by 100.
    init(_ words: inout SeededWords, trials: Int, between: Double) {
      func normal() -> Double {
        // Twelve uniform numbers less six: near enough to a normal one.
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &words) }
      }
      let levels = (0..<60).map { _ in between * normal() }
      values = (0..<trials).map { Int64((1_000 + levels[$0 % 60] + 100 * normal()).rounded()) }
    }
  }

  /// 400 samples: with 95 % right, fewer than 366 or more than 393 hold the truth in one of a thousand
  /// right programs. Intervals that took the trials for independent would hold it in half of the samples.
  @Test func `means, quantiles and shares hold the truth as often as they say`() {
    var words = SeededWords(seed: 5)
    var held = (mean: 0, quantile: 0, share: 0, alone: 0)
    let count = 400
    for _ in 0..<count {
      let drawn = Sample(&words, trials: 900, between: 60)
      let sample = LossSample(drawn.values, groups: drawn.groups)
      func holds(_ interval: Interval?, _ truth: Double) -> Int {
        interval.map { $0.low <= truth && truth <= $0.high } == true ? 1 : 0
      }
      held.mean += holds(sample.mean.interval95, 1_000)
      held.alone += holds(LossSample(drawn.values).mean.interval95, 1_000)
      // The law is symmetric about 1000.
      let median = sample.quantile(.percent(50))
      held.quantile += holds(
        Interval(low: Double(median.low) - 0.5, high: Double(median.high) + 0.5), 1_000)
      held.share += holds(sample.share(atMost: 999).interval95, 0.4983)
    }
    for number in [held.mean, held.quantile, held.share] { #expect((366...396).contains(number)) }
    #expect(held.alone < 290)
  }

  /// Levels that are all the same leave the figures of independent trials, or a little more doubt.
  @Test func `groups that are alike cost little`() {
    var words = SeededWords(seed: 6)
    let drawn = Sample(&words, trials: 1_200, between: 0)
    let (grouped, alone) = (
      LossSample(drawn.values, groups: drawn.groups), LossSample(drawn.values)
    )
    #expect(grouped.mean.value == alone.mean.value)
    let errors = [grouped, alone].map { $0.mean.standardError ?? 0 }
    #expect(errors[0] >= errors[1] && errors[0] < 1.25 * errors[1])
    #expect(grouped.share(atMost: 1_000).effectiveTrials > 700)
  }

  /// As long as every trial has a group of its own, they are independent: the same to the bit.
  @Test func `groups of one trial are none`() {
    var words = SeededWords(seed: 7)
    let drawn = Sample(&words, trials: 60, between: 60)
    let (grouped, alone) = (
      LossSample(drawn.values, groups: drawn.groups), LossSample(drawn.values)
    )
    #expect(grouped.mean == alone.mean && grouped.quantile(.percent(90)) == alone.quantile(.percent(90)))
    #expect(grouped.share(atMost: 990) == alone.share(atMost: 990))
    #expect(LossSample(drawn.values, groups: TrialGroups(count: 1)).mean == alone.mean)
  }

  /// By hand: two groups of two, in which the event happens in all trials or in none. They tell as much as
  /// two independent trials would, less what Student's distribution takes for few groups.
  @Test func `the design effect of a worked case`() {
    let groups = TrialGroups(count: 10)
    // Five groups in which it always happens: 40 trials, four a group; variance 10/9 × 0.25/10 of the mean.
    let effective = groups.effectiveCount(of: [4, 4, 4, 4, 4, 0, 0, 0, 0, 0], among: 40)
    // 0.25 ÷ (10/9 × 0.025) = 9, times (1.96 ÷ 2.2622)².
    #expect(abs(effective - 9 * 0.7507) < 0.01)
    #expect(groups.effectiveCount(of: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2], among: 40) == 40)
    #expect(groups.effectiveCount(of: Array(repeating: 0, count: 10), among: 40) == 40)
  }

  /// Paired figures: groups in which one fund always does better by as much leave no error between trials,
  /// and groups that differ leave theirs.
  @Test func `differences know the groups`() {
    let groups = TrialGroups(count: 40)
    let base = (0..<800).map { Int64($0 * 37 % 101) }
    let other = base.enumerated().map { $1 + ($0 % 40 < 20 ? 10 : -2) }
    let difference = PairedDifference.sample(other, minus: base, groups: groups).mean
    #expect(difference.value == 4)
    // 40 groups of ± 6 about 4: 6 × √(40/39) ÷ √40.
    #expect(abs((difference.standardError ?? 0) - 6 / 39.0.squareRoot()) < 1e-9)
    let events = (0..<800).map { Int64($0 % 40 < 20 ? 1 : 0) }
    let none = events.map { _ in Int64(0) }
    let signs = PairedSigns(events, none, groups: groups)
    let share = PairedDifference.ofProbabilities(signs)
    #expect(share.value == 0.5)
    #expect(abs((share.standardError ?? 0) - 0.5 / 39.0.squareRoot()) < 1e-3)
    let tails = [other, base].map { PairedTail($0, level: .percent(90), groups: groups) }
    let shortfall = PairedTail.shortfallDifference(tails[0], minus: tails[1])
    let alone = PairedTail.shortfallDifference(
      PairedTail(other, level: .percent(90)), minus: PairedTail(base, level: .percent(90)))
    #expect(shortfall.value == alone.value)
    #expect((shortfall.standardError ?? 0) >= (alone.standardError ?? 1))
  }
}
