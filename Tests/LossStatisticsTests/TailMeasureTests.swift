import LossStatistics
import Testing

@Suite struct TailMeasureTests {
  static let hundred = LossSample((1...100).reversed().map { Int64($0) })

  @Test func `a level is exact where floating point is not`() {
    // 0.999 · 1000 and 0.29 · 100 round up to more than a whole number in some orders.
    let thousand = LossSample((1...1000).map { Int64($0) })
    #expect(thousand.quantile(Level(millionths: 999_000)).value == 999)
    #expect(Self.hundred.quantile(.percent(29)).value == 29)
    #expect(Level.percent(95) == Level(millionths: 950_000))
    #expect(Level.percent(95) < Level.percent(99))
    #expect(Level.percent(95).value == 0.95)
  }

  /// Ten values, half below the median: P(B ≤ 1) = 11/1024 = 1.1 %, P(B ≤ 2) = 5.5 %.
  /// The second and the ninth enclose the median with 97.9 %.
  @Test func `the interval of a median of ten is from the second to the ninth`() {
    let median = LossSample((1...10).map { Int64($0) }).quantile(.percent(50))
    #expect(median.value == 5)
    #expect(median.low == 2)
    #expect(median.high == 9)
    #expect(!median.isReliable)
  }

  @Test func `five values cannot bound their median, and say so`() {
    // P(B = 0) = 1/32 = 3.1 %: even the smallest value is above the median too often.
    let median = LossSample([10, 20, 30, 40, 50]).quantile(.percent(50))
    #expect(median.low == 10)
    #expect(median.high == 50)
    #expect(!median.isReliable)
  }

  /// Normal limit: ranks 950 ± 1.96 √(1000 · 0.95 · 0.05) = 950 ± 13.5.
  @Test func `the interval of a large sample is the normal one`() {
    let quantile = LossSample((1...1000).map { Int64($0) }).quantile(.percent(95))
    #expect(abs(quantile.low - 936) <= 1 /* the normal law is not the binomial */)
    #expect(abs(quantile.high - 964) <= 1)
    #expect(quantile.isReliable)
  }

  @Test(arguments: [(1_000, true), (999, false)])
  func `ten trials beyond the quantile make it reliable`(count: Int, isReliable: Bool) {
    // Of 1000 values 10 lie beyond the 99 % quantile, of 999 (rank 990) only 9.
    let sample = LossSample((0..<count).map { Int64($0) })
    #expect(sample.expectedShortfall(.percent(99)).mean.isReliable == isReliable)
    #expect(sample.quantile(.percent(99)).isReliable == isReliable)
  }

  /// It was called reliable because 200 trials lie beyond the level: of these, three are not zero.
  @Test func `a tail rests on what lies above its quantile, not on its ranks`() {
    let sample = LossSample((0..<20_000).map { $0 < 3 ? 1_000 * $0 + 1_000 : 0 })
    let shortfall = sample.expectedShortfall(.percent(99)).mean
    #expect(shortfall.value == 30)
    #expect(shortfall.standardError == nil && !shortfall.isReliable)
    // The quantile itself is known: at most a hundredth of all trials are not zero.
    #expect(sample.quantile(.percent(99)).isReliable && sample.quantile(.percent(99)).high == 0)
  }

  /// The mean of the highest closing balances stood where the worst were announced.
  @Test func `the lower tail is that of the lowest values`() {
    #expect(Self.hundred.lowerShortfall(.percent(5)).mean.value == 3)
    let amounts = LossSample((0..<1_000).map { $0 < 30 ? 0 : 10 + $0 })
    // All of the lowest 2 % are zero, and no amount is below.
    let none = amounts.lowerShortfall(.percent(2), within: Limits(low: 0)).mean
    #expect(none.interval95 == Interval(low: 0, high: 0))
    #expect(none.standardError == nil)
  }

  /// Nothing is sorted or copied for it.
  @Test func `a lower tail is the upper one of the negated values, to the last bit`() {
    for shift: Int64 in [-1_234_567, 0, 3, 98_765_432_101] {
      let values = (0..<997).map { ($0 * $0 * 7_919) % 100_003 + shift }
      let (sample, negated) = (LossSample(values), LossSample(values.map { -$0 }))
      for level in [Level.percent(1), .percent(5), .percent(40), Level(millionths: 1_000)] {
        let lower = sample.lowerShortfall(level, within: Limits(low: shift))
        let upper = negated.expectedShortfall(level.complement, within: Limits(high: -shift))
        #expect(lower.mean == upper.mean.divided(by: -1))
        #expect(lower.level == level && lower.tailCount == upper.tailCount)
      }
    }
  }

  /// Lowest 5 % of 1,000: 30 of nothing and 20 of 40, on average 16, with an error of 12 by the 43 events
  /// alike that its skewness leaves. `16 ± 12`, and an interval from −7 on, stood there for a balance
  /// that cannot fall below nothing.
  @Test func `an amount whose error would reach beyond its limit has an interval that ends there`()
    throws
  {
    let amounts = LossSample((0..<1_000).map { $0 < 30 ? 0 : $0 < 50 ? 40 : 100 })
    let mean = amounts.lowerShortfall(.percent(5), within: Limits(low: 0)).mean
    #expect(mean.value == 16)
    #expect(mean.standardError == nil)
    let interval = try #require(mean.interval95)
    #expect(interval.low == 0 && interval.high > 16 + 12)
    #expect(try #require(mean.trialsNeeded) > 1_000)
    let free = amounts.lowerShortfall(.percent(5)).mean
    #expect(free.standardError != nil && free.interval95?.high == interval.high)
  }

  @Test func `expected shortfall is never below the quantile, nor falls with the level`() {
    var words = Words(seed: 8)
    let sample = LossSample((0..<5_000).map { _ in Int64(words.exponential() * 1e9) })
    var last = -Double.infinity
    for percent in stride(from: 50, to: 100, by: 1) {
      let shortfall = sample.expectedShortfall(.percent(percent)).mean.value
      #expect(shortfall >= Double(sample.quantile(.percent(percent)).value))
      #expect(shortfall >= last)
      last = shortfall
    }
  }
}
