import LossStatistics
import TestSupport
import Testing

@Suite struct RatioMomentTests {
  /// The linearised values of the trials have the ratio's error as that of their mean.
  @Test func `a ratio has the error of its linearised values`() throws {
    var words = SeededWords(seed: 12)
    var (parts, wholes): ([Int64], [Int64]) = ([], [])
    for _ in 0..<5_000 {
      let part = Int64.random(in: 0...2_000_000, using: &words)
      parts.append(part)
      wholes.append(50_000_000 - 3 * part + Int64.random(in: 0...100_000, using: &words))
    }
    let moments = RatioMoments(parts, over: wholes)
    let ratio = try #require(moments.ratio(of: LossSample(parts).mean))
    let mean = wholes.reduce(0) { $0 + Double($1) } / 5_000
    let linear = LossSample(
      zip(parts, wholes).map { Int64(((Double($0) - ratio.value * Double($1)) / mean * 1e12)) })
    let error = try #require(linear.mean.standardError) / 1e12
    let own = try #require(ratio.standardError)
    #expect(abs(own / error - 1) < 1e-3)
    // The whole falls as the part rises: the ratio is known less well than the part's mean.
    let plain = try #require(LossSample(parts).mean.standardError) / mean
    #expect(own > 1.02 * plain)
  }

  @Test func `moments of parts add up to those of the whole`() {
    let (parts, wholes): ([Int64], [Int64]) = ([3, -5, 8], [10, 20, 30])
    var sum = RatioMoments([3], over: [10])
    sum.add(RatioMoments([-5, 8], over: [20, 30]))
    #expect(sum == RatioMoments(parts, over: wholes))
    #expect(RatioMoments(sum.numbers) == sum)
    #expect(RatioMoments([1], over: [0]).ratio(of: .exact(1, sampleCount: 1)) == nil)
  }
}
