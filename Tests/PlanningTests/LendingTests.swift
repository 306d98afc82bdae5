import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import Testing

/// More and less lending of the same kind.
@Suite struct LendingTests {
  @Test func `a factor of one changes nothing but the digest`() throws {
    let scenario = try StudyFixture.scenario()
    let same = scenario.withLending(times: 1)
    #expect(same.portfolio.loans.map(\.id) == scenario.portfolio.loans.map(\.id))
    let results = [scenario, same].map { StudyFixture.run($0.compiled(version: "").plan).funds[0] }
    #expect(results[0].column(.compensation) == results[1].column(.compensation))
  }

  @Test func `every loan of a smaller factor is there at a larger one`() throws {
    let scenario = try StudyFixture.scenario()
    var before: Set<String> = []
    for factor in [0, 0.25, 0.5, 0.9, 1, 1.3, 2, 2.75] {
      let loans = scenario.withLending(times: factor).portfolio.loans.map(\.id)
      let names = Set(loans)
      #expect(names.count == loans.count, "each loan once")
      #expect(before.isSubset(of: names), "\(factor)")
      before = names
    }
  }

  @Test func `lending is what the factor says, and copies are enterprises of their own`() throws {
    let scenario = try StudyFixture.scenario()
    let double = scenario.withLending(times: 2)
    #expect(abs(double.yearlyLending / scenario.yearlyLending - 2) < 1e-12 /* rounding */)
    #expect(double.portfolio.loans.count == 2 * scenario.portfolio.loans.count)
    #expect(
      Set(double.portfolio.loans.map(\.enterprise)).count == double.portfolio.enterprises.count)
    #expect(double.defaults.annualPD.count == double.portfolio.loans.count)
    // Multiples of the golden section leave no gap larger than two in a hundred of a hundred.
    let half = scenario.withLending(times: 0.5)
    let share =
      Double(half.portfolio.enterprises.count) / Double(scenario.portfolio.enterprises.count)
    #expect(abs(share - 0.5) < 0.02)
  }

  @Test func `a loan keeps its own probability of default`() throws {
    let scenario = try StudyFixture.scenario()
    let scaled = scenario.withLending(times: 1.5)
    var known: [String: Double] = [:]
    for (loan, probability) in zip(scenario.portfolio.loans, scenario.defaults.annualPD) {
      known[loan.id] = probability
    }
    for (loan, probability) in zip(scaled.portfolio.loans, scaled.defaults.annualPD) {
      #expect(known[String(loan.id.prefix { $0 != "#" })] == probability)
    }
  }

  @Test func `the fund lasts at the lending that was found, and not at a fiftieth more`() throws {
    let scenario = try StudyFixture.scenario()
    let level = Level.percent(90)
    let study = try LendingStudy(
      scenario, levels: [level], months: [36], simulate: StudyFixture.run)
    let found = try #require(study.capacities.first)
    let factor = try #require(found.factor)
    let low = try #require(found.low)
    let high = try #require(found.high)
    #expect(low <= factor && factor <= high)
    let at = try #require(study.trials.first { $0.factor == factor })
    #expect(at.survival[0].value >= level.value)
    let next = try #require(study.trials.first { $0.factor > factor })
    #expect(next.survival[0].value < level.value)
    #expect(next.factor <= factor * 1.02)
    // The same by a run of its own: what needed capital says is what happens.
    let plan = scenario.withLending(times: factor).compiled(version: "").plan
    let months = StudyFixture.run(plan).funds[0].column(.exhaustionMonth)
    #expect(months.count { $0 < 0 } == at.survival[0].successes)
  }
}
