import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import Testing

/// What is not known of a fund's size.
@Suite struct SizeDoubtsTests {
  /// A fund whose probabilities are known from 60 % to 170 %, with sixteen draws.
  private static let drawn = StudyFixture.text.replacing(
    "\nrecovery:",
    with: """

      uncertainty:
        pd: {value: 5%, low: 3%, high: 8.5%}
        reference: 5%
        count: 16

      recovery:
      """)

  private func study(_ text: String, trials: Int) throws -> SizeStudy {
    var scenario = try StudyFixture.scenario(text)
    scenario.trials = trials
    var sizes = try SizeStudy(
      scenario, version: "test", levels: [.percent(80)], months: [36], simulate: StudyFixture.run)
    try sizes.weigh(scenario, simulate: StudyFixture.run)
    return sizes
  }

  /// The best estimate's size is that of the scenario without `uncertainty:`; the amounts over the draws
  /// lie about the size, and most of the width comes from them.
  @Test func `a size with draws`() throws {
    let sizes = try study(Self.drawn, trials: 1_600)
    let item = try #require(sizes.requirements.first)
    let doubts = try #require(item.doubts)
    let plain = try #require(try study(StudyFixture.text, trials: 1_600).requirements.first)
    #expect(sizes.drawCount == 16)
    #expect(try #require(doubts.bestEstimate) == plain.size)
    let range = try #require(doubts.overDraws)
    #expect(range.low < item.size.value && item.size.value < range.high)
    #expect(try #require(doubts.varianceShare) > 0)
    #expect(try #require(item.intervalShare) > 0.5)
  }

  @Test func `a size without draws leaves them out`() throws {
    let sizes = try study(StudyFixture.text, trials: 200)
    let item = try #require(sizes.requirements.first)
    let doubts = try #require(item.doubts)
    #expect(sizes.drawCount == nil && item.intervalShare == nil)
    #expect(doubts.bestEstimate == nil && doubts.overDraws == nil && doubts.varianceShare == nil)
    let ranges = [try #require(doubts.readings), try #require(doubts.dependence)]
    for range in ranges {
      #expect(range.low <= item.size.value && item.size.value <= range.high)
    }
    #expect(doubts.trials == 200)
  }

  /// Readings and laws move the size by what runs of their own say on the same trials.
  @Test func `the law of dependence moves a size by the difference of two runs`() throws {
    let sizes = try study(StudyFixture.text, trials: 400)
    let item = try #require(sizes.requirements.first)
    let student = StudyFixture.text.replacing(
      "dependence: gaussian",
      with: "dependence: studentT\n  degreesOfFreedom: \(DependenceScreen.degreesOfFreedom)")
    let other = try #require(try study(student, trials: 400).requirements.first).size.value
    let own = item.size.value
    let range = try #require(item.doubts?.dependence)
    #expect(range.low == min(own, other) && range.high == max(own, other))
  }
}
