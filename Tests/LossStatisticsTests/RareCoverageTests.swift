import Foundation
import LossStatistics
import Testing

/// What is said of rare events holds. Over 300 seeds such intervals held the truth in 24 to 83 %:
/// no event gave `0 ± 0`, three gave an interval that left the truth out as often as not.
/// With FUNDSIM_LONG_TESTS=1 the measured coverages of 2,000 samples are printed; Validation has them.
@Suite struct RareCoverageTests {
  static let expectedEvents = [0.2, 1, 3, 8, 15, 40]

  @Test(arguments: expectedEvents)
  func `a probability of few expected events`(events: Double) {
    let law = RareLaw(expectedEvents: events)
    let coverage = Coverage.over("probability, \(events) events expected") { words, coverage in
      let count = law.sample(&words).count { $0 > 0 }
      coverage.judge(
        Proportion(successes: count, of: law.trials).interval95, truth: law.probability)
    }
    #expect(coverage.isRight && coverage.shown == Coverage.runs)
  }

  @Test(arguments: expectedEvents)
  func `the mean of an amount that is rarely not zero`(events: Double) {
    for severity in [
      RareLaw.Severity.constant, .exponential, .lognormalHalf, .lognormalOne,
    ] {
      let law = RareLaw(expectedEvents: events, severity: severity)
      let coverage = Coverage.over("mean, \(events) events, \(severity)") { words, coverage in
        coverage.judge(LossSample(law.sample(&words)).mean, truth: law.mean)
      }
      #expect(coverage.isRight, "\(coverage.line(severity.rawValue))")
    }
  }

  /// All events lie in the tail: its mean is theirs, spread over it.
  @Test(arguments: expectedEvents)
  func `a tail of which few trials are not zero`(events: Double) {
    let law = RareLaw(expectedEvents: events, severity: .exponential)
    let level = Level(millionths: 970_000)
    let coverage = Coverage.over("tail beyond 97 %, \(events) events") { words, coverage in
      let tail = LossSample(law.sample(&words)).expectedShortfall(level).mean
      coverage.judge(tail, truth: law.mean / 0.03)
    }
    #expect(coverage.isRight, "\(coverage.line("tail"))")
  }

  /// ES = ln(1/(1 − α)) + 1 for an exponential amount.
  @Test(arguments: [950_000, 990_000, 999_000])
  func `tails at all levels`(millionths: Int) {
    let level = Level(millionths: millionths)
    let truth = (1 - log(1 - level.value)) * RareLaw.unit
    let coverage = Coverage.over("tail beyond \(level.value), exponential") { words, coverage in
      let values = (0..<2_000).map { _ in Int64(words.exponential() * RareLaw.unit) }
      coverage.judge(LossSample(values).expectedShortfall(level).mean, truth: truth)
    }
    #expect(coverage.isRight, "\(coverage.line("tail"))")
    // Two trials lie beyond 99.9 %: nothing is said of them.
    #expect(millionths < 999_000 || coverage.shown == 0)
  }

  /// A balance that is nothing with p = 0.4 %, else uniform up to one: the lowest 5 % have the mean
  /// (0.05 − p)² ÷ (2 (1 − p) · 0.05), the lowest 0.1 % have none.
  @Test func `lower tails of a balance`() {
    for (millionths, truth) in [(50_000, 0.046 * 0.046 / (2 * 0.996 * 0.05)), (1_000, 0.0)] {
      let level = Level(millionths: millionths)
      let coverage = Coverage.over("lowest \(level.value) of a balance") { words, coverage in
        let values = (0..<2_000).map { _ in
          words.uniform() < 0.004 ? 0 : Int64(words.uniform() * RareLaw.unit)
        }
        let tail = LossSample(values).lowerShortfall(level, within: Limits(low: 0)).mean
        coverage.judge(tail, truth: truth * RareLaw.unit)
      }
      #expect(coverage.isRight, "\(coverage.line("lowest"))")
    }
  }

  /// An exhausted fund lasts a uniform whole number of 60 months, 29.5 on average.
  @Test(arguments: expectedEvents)
  func `a restricted mean of few ends`(events: Double) {
    let law = RareLaw(expectedEvents: events)
    let coverage = Coverage.over("restricted mean, \(events) ends") { words, coverage in
      let months = law.sample(&words).map { $0 > 0 ? Int64(words.uniform() * 60) : 60 }
      let mean = LossSample(months).mean(within: Limits(low: 0, high: 60))
      coverage.judge(mean, truth: 60 - law.probability * 30.5)
    }
    #expect(coverage.isRight && coverage.shown == Coverage.runs)
  }

  @Test(arguments: expectedEvents)
  func `the mean of paired differences of which few are not zero`(events: Double) {
    // A third of the differences is negative, and half as large.
    let law = RareLaw(expectedEvents: events, severity: .lognormalHalf)
    let coverage = Coverage.over("paired difference, \(events) trials differ") { words, coverage in
      let first = law.sample(&words).map { amount in
        words.uniform() < 1.0 / 3 ? -amount / 2 : amount
      }
      let second = [Int64](repeating: 0, count: first.count)
      coverage.judge(PairedDifference.sample(first, minus: second).mean, truth: law.mean / 2)
    }
    #expect(coverage.isRight, "\(coverage.line("difference"))")
  }

  @Test(arguments: [(0.1, 0.1), (1, 0), (3, 1), (4, 4), (12, 3), (30, 10)])
  func `the difference of probabilities of which few trials tell`(more: Double, fewer: Double) {
    let coverage = Coverage.over("difference of probabilities, \(more) and \(fewer)") {
      words, coverage in
      var events: (first: [Int64], second: [Int64]) = ([], [])
      for _ in 0..<2_000 {
        let draw = words.uniform() * 2_000
        events.first.append(draw < more ? 1 : 0)
        events.second.append(draw >= more && draw < more + fewer ? 1 : 0)
      }
      let difference = PairedDifference.ofProbabilities(PairedSigns(events.first, events.second))
      coverage.judge(difference, truth: (more - fewer) / 2_000)
    }
    #expect(coverage.isRight && coverage.shown == Coverage.runs, "\(coverage.line("events"))")
  }

  /// 0, 1, 2 with 94, 5 and 1 %: quantiles fall on steps, where order statistics hold the more.
  @Test func `quantiles, and their differences, on a law of steps`() {
    for (percent, truth) in [(90, 0.0), (97, 1), (99, 1)] {
      let coverage = Coverage.over("quantile \(percent) % of three values") { words, coverage in
        let values = (0..<2_000).map { _ in Self.step(words.uniform()) }
        let quantile = LossSample(values).quantile(.percent(percent))
        let ends = Interval(low: Double(quantile.low), high: Double(quantile.high))
        if quantile.isReliable { coverage.judge(ends, truth: truth) }
        let other = values.map { words.uniform() < 0.002 ? 2 - $0 : $0 }
        let difference = PairedTail.quantileDifference(
          PairedTail(values, level: .percent(percent)),
          minus: PairedTail(other, level: .percent(percent)))
        // At 99 % the quantile lies on the step itself.
        if percent < 99 { coverage.judge(difference, truth: 0) }
      }
      #expect(coverage.isRight, "\(coverage.line("quantile"))")
    }
  }

  private static func step(_ draw: Double) -> Int64 { draw < 0.94 ? 0 : draw < 0.99 ? 1 : 2 }
}
