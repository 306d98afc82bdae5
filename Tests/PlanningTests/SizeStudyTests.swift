import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import Testing

/// The smallest fund that lasts, confirmed by runs with it and with one fen less.
@Suite struct SizeStudyTests {
  private func sizes(
    _ scenario: Scenario, _ levels: [Int], _ months: [Int]
  ) throws -> SizeStudy {
    try SizeStudy(
      scenario, version: "test", levels: levels.map { Level.percent($0) }, months: months,
      simulate: StudyFixture.run)
  }

  /// Every fund of every scenario that comes with the program: all programmes and models, with
  /// injections, fees, interest, two accounts, thresholds.
  @Test(arguments: [
    "three-models", "dalian-2018", "baotou", "chaoyang", "weihai-2020", "dalian-hitech-2022",
    "my-draft",
  ])
  func `a run at the size survives as predicted, and one fen below it less often`(name: String)
    throws
  {
    let document = try ScenarioDocument(path: StudyFixture.root + "/scenarios/" + name)
    let choices = ScenarioChoices(trials: 60)
    let funds = try document.scenario(choices: choices).funds.count
    for position in 0..<funds {
      let scenario = try document.keepingFund(position).scenario(choices: choices)
      var found = try sizes(scenario, [80], [12, 30, scenario.horizon])
      try found.confirm(simulate: StudyFixture.run)
      for item in found.requirements {
        let counts = try #require(item.confirmed)
        #expect(counts.atSize == item.survivors, "fund \(position), \(item.months) months")
        let wanted = (found.trialCount * item.level.millionths + 999_999) / 1_000_000
        #expect(counts.atSize >= wanted)
        #expect(
          item.size.value == 0 || counts.below < wanted, "fund \(position), \(item.months) months")
      }
    }
  }

  /// Weihai pays 20 % of a million yuan after the province's 40 %, two months after the default in
  /// month 6: nothing is needed through 8 months, 200,000 yuan through 9.
  @Test func `one certain default needs exactly what is owed on it, from its claim on`() throws {
    let found = try sizes(try StudyFixture.scenario(StudyFixture.certain), [50, 99], [8, 9, 24])
    #expect(
      found.requirements.map(\.size.value) == [
        0, 0, 20_000_000, 20_000_000, 20_000_000, 20_000_000,
      ])
    #expect(found.requirements.map(\.size.low) == found.requirements.map(\.size.value))
    #expect(found.survival(with: Money(fen: 19_999_999)).map(\.successes) == [200, 0, 0])
    #expect(found.survival(with: Money(fen: 20_000_000)).map(\.successes) == [200, 200, 200])
  }

  @Test func `survival rises with the size and falls with the time, on the whole curve`() throws {
    let found = try sizes(try StudyFixture.scenario(), [95], [12, 24, 36])
    #expect(found.curve.count > 50)
    for (smaller, larger) in zip(found.curve, found.curve.dropFirst()) {
      #expect(smaller.size < larger.size)
      for (low, high) in zip(smaller.survival, larger.survival) {
        #expect(low.successes <= high.successes)
      }
      for (early, late) in zip(larger.survival, larger.survival.dropFirst()) {
        #expect(early.successes >= late.successes)
      }
    }
    let last = try #require(found.curve.last)
    #expect(last.survival.allSatisfy { $0.value >= 0.999 })
  }

  /// Four times the trials halve the interval, so both predict the same number. The length of an
  /// interval from 400 trials is itself known to about a fifth: a factor of two is beyond chance.
  @Test func `the trials that a precision takes do not depend on the trials that told it`() throws {
    var scenario = try StudyFixture.scenario()
    scenario.trials = 1_000
    let few = try sizes(scenario, [80], [36])
    scenario.trials = 16_000
    let many = try sizes(scenario, [80], [36])
    let wanted = SizeStudy.Precision.relative(0.01)
    let predictions = try [few, many].map {
      Double(try #require($0.requirements[0].trials(forPrecision: wanted, of: $0.trialCount)))
    }
    #expect((0.5...2).contains(predictions[0] / predictions[1]))
    let rate = many.requirements[0].halfWidth / few.requirements[0].halfWidth
    #expect((0.17...0.36).contains(rate))
    #expect(
      few.requirements[0].trials(forPrecision: .relative(0.005), of: 1_000).map(Double.init)
        .map { abs($0 / (4 * predictions[0]) - 1) < 0.001 } == true)
  }

  @Test func `the band of the whole curve is that of Massart`() throws {
    var scenario = try StudyFixture.scenario()
    scenario.trials = 10_000
    let found = try sizes(scenario, [95], [12])
    // √(ln 40 / 20000), from a table of logarithms.
    #expect(abs(found.bandHalfWidth - 0.013581) < 0.000001 /* six decimals */)
  }
}
