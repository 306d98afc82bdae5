import LossStatistics
import Testing

/// Differences of quantiles and shortfalls on the same trials.
@Suite struct PairedTailTests {
  /// Uniform losses up to 1e9, and 1.5 times a loss that is the same in half of the trials: the 95 %
  /// quantiles differ by 0.475e9, the shortfalls beyond it by 0.4875e9.
  private static func pair(_ count: Int, _ words: inout Words) -> ([Int64], [Int64]) {
    var first: [Int64] = []
    var second: [Int64] = []
    for _ in 0..<count {
      let loss = words.uniform()
      let other = words.uniform() < 0.5 ? loss : words.uniform()
      first.append(Int64(loss * 1e9))
      second.append(Int64(other * 1.5e9))
    }
    return (first, second)
  }

  /// Of 1 000 runs 95 % hold the truth; the share has a standard deviation of 0.7 %, so that a right
  /// error leaves 91–99 % for one seed in a million.
  @Test func `intervals of differences hold the truth in 95 of 100 runs`() {
    var hits = (quantile: 0, shortfall: 0)
    for run in 0..<1_000 {
      var words = Words(seed: UInt64(run))
      let (first, second) = Self.pair(2_000, &words)
      let tails = (
        PairedTail(first, level: .percent(95)), PairedTail(second, level: .percent(95))
      )
      let quantile = PairedTail.quantileDifference(tails.1, minus: tails.0).interval95
      let shortfall = PairedTail.shortfallDifference(tails.1, minus: tails.0).interval95
      if quantile?.holds(0.475e9) ?? false { hits.quantile += 1 }
      if shortfall?.holds(0.4875e9) ?? false { hits.shortfall += 1 }
    }
    #expect((910...990).contains(hits.quantile))
    #expect((910...990).contains(hits.shortfall))
  }

  /// Both were called known without error, from trials none of which differs.
  @Test func `a column that is the same in these trials, or shifted, has no error`() throws {
    var words = Words(seed: 5)
    let (first, _) = Self.pair(500, &words)
    let shifted = first.map { $0 + 77 }
    let tails = (PairedTail(first, level: .percent(90)), PairedTail(shifted, level: .percent(90)))
    for difference in [
      PairedTail.quantileDifference(tails.0, minus: tails.0),
      PairedTail.shortfallDifference(tails.0, minus: tails.0),
    ] {
      #expect(difference.value == 0 && difference.standardError == nil)
      #expect(difference.trialsNeeded != nil)
    }
    let quantile = PairedTail.quantileDifference(tails.1, minus: tails.0)
    #expect(quantile.value == 77 && quantile.standardError == nil)
    #expect(try #require(quantile.interval95).holds(77))
    #expect(PairedTail.chance(tails.1, tails.0) == 1)
    #expect(
      PairedTail.chance(tails.1, PairedTail(first.map { $0 / 2 }, level: .percent(90))) < 1e-6)
    let shortfall = PairedTail.shortfallDifference(tails.1, minus: tails.0)
    #expect(abs(shortfall.value - 77) < 1e-5 /* rounding of a billion */)
    #expect(shortfall.standardError == nil)
  }

  @Test func `what trials share makes a difference better known`() throws {
    var words = Words(seed: 6)
    let (first, second) = Self.pair(2_000, &words)
    let tied = PairedTail.quantileDifference(
      PairedTail(second, level: .percent(95)), minus: PairedTail(first, level: .percent(95)))
    let untied = PairedTail.quantileDifference(
      PairedTail(Array(second.reversed()), level: .percent(95)),
      minus: PairedTail(first, level: .percent(95)))
    #expect(tied.value == untied.value)
    let errors = try (#require(tied.standardError), #require(untied.standardError))
    #expect(errors.0 < 0.95 * errors.1)
  }

  /// A difference of one in each of 1,000 trials was known without error.
  @Test func `a difference that all trials share is bounded by what none of them shows`() throws {
    let (ones, zeros) = ([Int64](repeating: 1, count: 1_000), [Int64](repeating: 0, count: 1_000))
    let difference = PairedDifference.ofProbabilities(PairedSigns(ones, zeros))
    #expect(difference.value == 1 && difference.standardError == nil)
    // 1 − 0.0125^(1/1000) for either sign.
    let interval = try #require(difference.interval95)
    #expect(interval.high == 1 && abs(interval.low - (1 - 2 * 0.0043724396)) < 1e-8)
    #expect(difference.trialsNeeded ?? 0 > 1_000)
  }

  @Test func `signs count which is larger`() {
    let signs = PairedSigns([1, 5, 3, 4], [1, 2, 9, 3])
    #expect(signs.larger == 2 && signs.smaller == 1 && !signs.isIdentical)
    #expect(PairedSigns([1, 2], [1, 2]).isIdentical)
  }
}
