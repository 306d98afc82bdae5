import LossStatistics
import Testing

@Suite struct EstimateTests {
  @Test func `the interval of an estimate is 1.96 standard errors to both sides`() {
    let interval = Estimate(value: 10, standardError: 2, sampleCount: 100).interval95
    let tolerance = 1e-12  // rounding of one product and one sum
    #expect(abs(interval.low - 6.080072030919892) <= tolerance)
    #expect(abs(interval.high - 13.919927969080108) <= tolerance)
  }

  /// Source: R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics
  /// in Medicine 17, 1998, pp. 857–872, table I, method 3.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
    (1, 29, 0.0061, 0.1718), (20, 20, 0.8389, 1),
  ])
  func `the score interval has the published ends`(
    successes: Int, trials: Int, low: Double, high: Double
  ) {
    let interval = Proportion(successes: successes, of: trials).interval95
    let tolerance = 0.000051  // the source prints four digits
    #expect(abs(interval.low - low) <= tolerance)
    #expect(abs(interval.high - high) <= tolerance)
  }

  @Test func `an event that never happened has an interval with a length`() {
    let proportion = Proportion(successes: 0, of: 10_000)
    #expect(proportion.value == 0)
    #expect(proportion.standardError == 0)
    #expect(proportion.interval95.low == 0)
    #expect(proportion.interval95.high > 0)
  }

  @Test func `a proportion of one fifth in a hundred trials is known to four hundredths`() {
    let estimate = Proportion(successes: 20, of: 100).estimate
    #expect(estimate.value == 0.2)
    #expect(abs(estimate.standardError - 0.04) <= 1e-15 /* rounding of a square root */)
    #expect(estimate.sampleCount == 100)
  }
}
