import LossStatistics
import Testing

@Suite struct TailMeasureTests {
  static let hundred = LossSample((1...100).reversed().map { Int64($0) })

  @Test(arguments: [(950_000, 95), (950_001, 96), (949_999, 95), (500_000, 50), (1, 1)])
  func `a quantile is the value of rank ⌈nα⌉`(millionths: Int, expected: Int64) {
    #expect(Self.hundred.quantile(Level(millionths: millionths)).value == expected)
  }

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
    #expect(sample.expectedShortfall(.percent(99)).isReliable == isReliable)
    #expect(sample.quantile(.percent(99)).isReliable == isReliable)
  }

  /// 2.5 values: 10, 9 and half of 8, together 23. Above 8 by 1.2 on average, with a variance of
  /// 5/2.5 − 1.44 = 0.56; 0.56 + 0.75 · 1.44 = 1.64, divided by 2.5: 0.656.
  @Test func `expected shortfall counts the quantile's own value in part`() {
    let shortfall = LossSample((1...10).map { Int64($0) }).expectedShortfall(.percent(75))
    #expect(shortfall.value == 9.2)
    #expect(shortfall.tailCount == 2.5)
    #expect(abs(shortfall.standardError - 0.656.squareRoot()) <= 1e-15 /* rounding */)
    #expect(!shortfall.isReliable)
  }

  @Test func `expected shortfall of a whole number of values is their mean`() {
    #expect(Self.hundred.expectedShortfall(.percent(95)).value == 98)
    #expect(Self.hundred.expectedShortfall(.percent(95)).tailCount == 5)
  }

  @Test func `expected shortfall is never below the quantile, nor falls with the level`() {
    var words = Words(seed: 8)
    let sample = LossSample((0..<5_000).map { _ in Int64(words.exponential() * 1e9) })
    var last = -Double.infinity
    for percent in stride(from: 50, to: 100, by: 1) {
      let shortfall = sample.expectedShortfall(.percent(percent)).value
      #expect(shortfall >= Double(sample.quantile(.percent(percent)).value))
      #expect(shortfall >= last)
      last = shortfall
    }
  }
}
