import FundCore
@testable import Reporting
import Testing

/// What is asked of a figure, and what is said when it is missed.
@Suite struct RequirementTests {
  @Test(arguments: [
    ("survival>=95%", "survival", 0.95), ("survival ≥ 95 ％", "survival", 0.95),
    ("compensation.q99<=2000万", "compensation.q99", 20_000_000),
    ("2026.leverage.q95<10", "2026.leverage.q95", 10),
    ("closing.mean > -5", "closing.mean", -5),
  ])
  func `is read as people write it`(text: String, figure: String, bound: Double) throws {
    let requirement = try #require(Requirement(text))
    #expect(requirement.figure == figure && requirement.fund == nil)
    #expect(abs(requirement.bound - bound) < 1e-12)
  }

  @Test func `names a fund before a colon`() throws {
    let requirement = try #require(Requirement("担保模式：exhaustion<=5%"))
    #expect(requirement.fund == "担保模式" && requirement.figure == "exhaustion")
  }

  @Test(arguments: [
    "", "survival", "survival=95%", ">=95%", "survival>=", "survival>=much", "a:>=1",
  ])
  func `is refused where it is none`(text: String) { #expect(Requirement(text) == nil) }

  private func verdict(
    _ text: String, _ value: Double, _ interval: ClosedRange<Double>?
  ) throws -> Requirement.Verdict {
    try #require(Requirement(text)).verdict(
      SummaryFigure(name: "survival", value: value, interval: interval), fund: "F")
  }

  @Test func `the estimate decides, and the interval is told`() throws {
    let met = try verdict("survival>=95%", 0.951, 0.94...0.96)
    #expect(met.isMet && !met.isCertain)
    #expect(met.words.english.contains("95 % interval 94 % to 96 %"))
    #expect(met.words.english.contains("more trials would decide"))
    let missed = try verdict("survival>=95%", 0.929, 0.922...0.935)
    #expect(!missed.isMet && missed.isCertain)
    #expect(missed.words.english.hasPrefix("missed by 2.1 %: survival>=95%"))
    #expect(missed.words.chinese.hasPrefix("未达到，相差2.1%"))
    #expect(try verdict("survival>=95%", 0.95, nil).isMet)
    #expect(try !verdict("survival>95%", 0.95, nil).isMet)
  }

  @Test func `what is infinite is above every bound`() throws {
    let verdict = try verdict("survival<=10", .infinity, nil)
    #expect(!verdict.isMet && verdict.words.english.contains("∞"))
  }
}
