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

  @Test func `ten events have a standard error, nine have none`() {
    #expect(Proportion(successes: 9, of: 1_000).standardError == nil)
    #expect(Proportion(successes: 991, of: 1_000).standardError == nil)
    #expect(Proportion(successes: 10, of: 1_000).standardError != nil)
    #expect(Proportion(successes: 9, of: 1_000).trialsNeeded == 1_800)
    #expect(Proportion(successes: 10, of: 1_000).trialsNeeded == nil)
  }

  @Test func `what the plan makes certain is exact, unless a trial contradicts it`() {
    let never = Proportion(successes: 0, of: 50, isCertain: true)
    #expect(never.isExact && never.standardError == 0)
    #expect(never.interval95 == Interval(low: 0, high: 0))
    let once = Proportion(successes: 1, of: 50, isCertain: true)
    #expect(!once.isExact && once.standardError == nil)
  }
}
