import Foundation
import LossStatistics
import Testing

@Suite struct EstimateTests {
  @Test func `the interval of an estimate is 1.96 standard errors to both sides`() throws {
    let estimate = Estimate(value: 10, standardError: 2, sampleCount: 100)
    let interval = try #require(estimate.interval95)
    let tolerance = 1e-12  // rounding of one product and one sum
    #expect(abs(interval.low - 6.080072030919892) <= tolerance)
    #expect(abs(interval.high - 13.919927969080108) <= tolerance)
  }

  /// Source: R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics
  /// in Medicine 17, 1998, pp. 857–872, table I: method 3 (score) from ten events and non-events on,
  /// method 5 (exact) below. The score interval of an event that is expected 0.2 times holds the
  /// truth in 84 % of samples only.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1684),
    (1, 29, 0.0009, 0.1776), (20, 20, 0.8316, 1), (28, 29, 0.8224, 0.9991),
  ])
  func `the interval of a proportion has the published ends`(
    successes: Int, trials: Int, low: Double, high: Double
  ) {
    let interval = Proportion(successes: successes, of: trials).interval95
    let tolerance = 0.000051  // the source prints four digits
    #expect(abs(interval.low - low) <= tolerance)
    #expect(abs(interval.high - high) <= tolerance)
  }

  /// (1 − p)ⁿ = 2.5 % at the upper end.
  @Test(arguments: [1, 10_000, 10_000_000])
  func `an event that never happened has an interval with a length, and no error`(trials: Int) {
    let proportion = Proportion(successes: 0, of: trials)
    #expect(proportion.value == 0)
    #expect(proportion.standardError == nil)
    #expect(proportion.interval95.low == 0)
    let high = 1 - exp(log(0.025) / Double(trials))
    #expect(abs(proportion.interval95.high / high - 1) <= 1e-7 /* rounding of 1 − p */)
  }

  @Test func `ten events have a standard error, nine have none`() {
    #expect(Proportion(successes: 9, of: 1_000).standardError == nil)
    #expect(Proportion(successes: 991, of: 1_000).standardError == nil)
    #expect(Proportion(successes: 10, of: 1_000).standardError != nil)
    #expect(Proportion(successes: 9, of: 1_000).trialsNeeded == 1_800)
    #expect(Proportion(successes: 10, of: 1_000).trialsNeeded == nil)
  }

  @Test func `a proportion of one fifth in a hundred trials is known to four hundredths`() throws {
    let proportion = Proportion(successes: 20, of: 100)
    #expect(proportion.value == 0.2)
    let error = try #require(proportion.standardError)
    #expect(abs(error - 0.04) <= 1e-15 /* rounding of a square root */)
  }

  @Test func `what the plan makes certain is exact, unless a trial contradicts it`() {
    let never = Proportion(successes: 0, of: 50, isCertain: true)
    #expect(never.isExact && never.standardError == 0)
    #expect(never.interval95 == Interval(low: 0, high: 0))
    let once = Proportion(successes: 1, of: 50, isCertain: true)
    #expect(!once.isExact && once.standardError == nil)
  }
}
