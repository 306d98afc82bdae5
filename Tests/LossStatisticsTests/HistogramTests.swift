import LossStatistics
import Testing

@Suite struct HistogramTests {
  @Test func `ranges hold their lower edge and not their upper one`() {
    let sample = LossSample([0, 99, 100, 250, 399, 400])
    let histogram = sample.histogram(upTo: Level(millionths: 999_999), rangeCount: 6, unit: 100)
    #expect(histogram.start == 0)
    #expect(histogram.width == 100)
    #expect(histogram.counts == [2, 1, 1, 1, 1])
    #expect(histogram.beyond == 0)
  }

  @Test func `what lies beyond the quantile is counted apart`() {
    // The 90 % quantile of ten values is the ninth, 8: ranges of 1 up to it, then the far one.
    let sample = LossSample([0, 1, 2, 3, 4, 5, 6, 7, 8, 1_000_000])
    let histogram = sample.histogram(upTo: .percent(90), rangeCount: 10, unit: 1)
    #expect(histogram.counts == Array(repeating: 1, count: 9))
    #expect(histogram.beyond == 1)
  }

  @Test func `amounts below nothing lie in ranges of their own`() {
    let sample = LossSample([-150, -100, -1, 0, 100])
    let histogram = sample.histogram(upTo: Level(millionths: 999_999), rangeCount: 6, unit: 100)
    #expect(histogram.start == -200)
    #expect(histogram.counts == [1, 2, 1, 1])
  }

  @Test(arguments: 1...40) func `every member is counted once, in few ranges`(seed: UInt64) {
    var words = Words(seed: seed)
    let size = 1 + Int(words.uniform() * 500)
    let scale = [0, 1, 1e4, 1e12][Int(seed % 4)]
    let values = (0..<size).map { _ in Int64((words.uniform() - 0.2) * scale) }
    let sample = LossSample(values)
    let histogram = sample.histogram(upTo: .percent(99), rangeCount: 48, unit: 100)
    #expect(histogram.counts.reduce(histogram.beyond, +) == size)
    #expect(histogram.counts.count <= 49)
    for (place, count) in histogram.counts.enumerated() {
      let low = histogram.start + Int64(place) * histogram.width
      #expect(count == values.count { $0 >= low && $0 < low + histogram.width })
    }
  }

  @Test func `members up to a value are counted as one by one`() {
    let sample = LossSample([5, 1, 3, 3, 9])
    #expect([0, 1, 3, 4, 9, 10].map { sample.count(atMost: $0) } == [0, 1, 3, 3, 5, 5])
  }

  @Test(arguments: [
    (47, 48, 1), (48, 48, 2), (95, 48, 2), (96, 48, 5), (0, 1, 1), (4_800, 48, 200),
  ])
  func `a width is the smallest round one`(span: Int64, parts: Int, width: Int64) {
    #expect(roundWidth(span: span, parts: parts, unit: 1) == width)
  }

  @Test func `the ranks of an interval are those of the quantile`() {
    let sample = LossSample((1...1_000).map { Int64($0) })
    let ranks = LossSample.quantileRanks(.percent(95), among: 1_000)
    let quantile = sample.quantile(.percent(95))
    #expect(Int64(ranks.low) == quantile.low)
    #expect(Int64(ranks.high) == quantile.high)
  }
}
