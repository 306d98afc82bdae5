import Testing

@testable import LossStatistics

@Suite struct LossSampleTests {
  @Test func `the order of the trials changes nothing`() {
    var words = Words(seed: 5)
    let values = (0..<10_000).map { _ in Int64(words.uniform() * 1e12) }
    let (forwards, backwards) = (LossSample(values), LossSample(values.reversed()))
    #expect(forwards.mean == backwards.mean)
    #expect(forwards.standardDeviation == backwards.standardDeviation)
    #expect(forwards.sorted == backwards.sorted)
  }

  @Test(arguments: [1, 2, 24, 25, 2_048, 50_000], [1, 60, 1_000, 1e10, 1.8e19])
  func `a sample is sorted, whatever its size and range`(count: Int, range: Double) {
    var words = Words(seed: 6)
    let values = (0..<count).map { _ in Int64((words.uniform() - 0.5) * range) }
    let sorted = values.sorted()
    #expect(inAscendingOrder(values) == sorted && sortedByBuckets(values) == sorted)
  }

  /// Few values that come often, beside each other and far apart; a bucket that holds nearly all; ends.
  @Test func `samples with much of the same are sorted`() {
    var words = Words(seed: 9)
    let lattice = (0..<20_000).map { _ in Int64(words.uniform() * 40) * 50_000 }
    let close = (0..<20_000).map { _ in 1_600_000_000 - Int64(words.uniform() * 3) }
    let skewed = (0..<20_000).map { _ in
      words.uniform() < 0.999 ? Int64(words.uniform() * 100) : Int64(words.uniform() * 9e18)
    }
    for values in [lattice, close, skewed, close + [.min, .max], [.max, .min, 0, -1, 1]] {
      let sorted = values.sorted()
      #expect(inAscendingOrder(values) == sorted && sortedByBuckets(values) == sorted)
    }
  }

  /// Digits of every number up to all bits, also where a pass has one value alone.
  @Test(arguments: [0, 1, 11, 12, 22, 31, 32, 33, 64], [1, 2, 10_000])
  func `numbers are sorted by their digits`(bits: Int, count: Int) {
    var words = Words(seed: 10)
    let limit = bits == 64 ? UInt64.max : 1 << UInt64(bits) - 1
    var wide = (0..<count).map { _ in UInt64(words.uniform() * 0x1p53) << 11 & limit } + [limit]
    var narrow = wide.map { UInt32(truncatingIfNeeded: $0) }
    let (wideSorted, narrowSorted) = (wide.sorted(), narrow.sorted())
    DigitSort.sort(&wide)
    DigitSort.sort(&narrow)
    #expect(wide == wideSorted && narrow == narrowSorted)
  }

  @Test func `equal values are sorted too`() {
    let values = [Int64](repeating: -7, count: 3_000)
    #expect(LossSample(values).sorted == values)
  }

  /// The value that comes most often is the smallest of several: of 1, 3, 3, 5, 5, 9 it is 3, and four
  /// values differ from it.
  @Test func `the most frequent value is found, and how many differ`() {
    let shape = SampleShape(sorted: [1, 3, 3, 5, 5, 9], ExactMoments(sorted: [1, 3, 3, 5, 5, 9]))
    #expect(shape.mostFrequent == 3 && shape.mostFrequentCount == 2)
    let distances = [1, 3, 3, 5, 5, 9].map { $0 - 26.0 / 6 }
    var sums = DistanceSums()
    for distance in distances { sums.add(distance) }
    #expect(shape.distances.squares == sums.squares && shape.distances.fourths == sums.fourths)
    #expect(shape.distances.cubes == sums.cubes && shape.distances.count == 6)
  }

  @Test func `a single value has a mean of unknown precision`() {
    let sample = LossSample([42])
    #expect(sample.mean.value == 42 && sample.mean.standardError == nil)
    #expect(!sample.mean.isReliable && sample.standardDeviation == .infinity)
  }

  /// They were called known without error: `0 ± 0` of an amount that none of the trials showed.
  @Test func `equal values have no deviation, and say nothing of the error of their mean`() {
    let sample = LossSample(Array(repeating: 7, count: 20_000))
    #expect(sample.standardDeviation == 0)
    for mean in [sample.mean, sample.expectedShortfall(.percent(95)).mean] {
      #expect(mean.value == 7 && mean.standardError == nil && mean.interval95 == nil)
      // 35 trials that differ, where an even chance of none means ln 2 of them in 20,000.
      #expect(mean.trialsNeeded == 1_100_000)
    }
  }

  /// Sums of 0 and 1, half each: 100 values have the variance 25/99.
  @Test func `a mean that many trials bear on has the classical error`() {
    let sample = LossSample((0..<100).map { $0 % 2 })
    #expect(sample.mean.standardError == (25.0 / 99).squareRoot() / 10)
    #expect(sample.mean.trialsNeeded == nil)
  }

  @Test func `a paired difference forgets what both have in common`() {
    // Differences 1, 3, 2: mean 2, variance 1.
    let difference = PairedDifference.sample([1_001, 503, 92], minus: [1_000, 500, 90])
    #expect(difference.mean.value == 2)
    #expect(difference.standardDeviation == 1)
    #expect(difference.mean.sampleCount == 3)
  }
}
