import ClaimRules
import CompensationKernel
import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import Testing

/// The smallest fund that serves a share, where a clause feeds its money back into what is owed.
@Suite struct ServeStudyTests {
  /// A scenario under a draft of another city.
  private func scenario(_ text: String, under draft: String) throws -> Scenario {
    let path = StudyFixture.root + "/scenarios/other-cities/\(draft).yaml"
    return try StudyFixture.scenario(
      text.replacing("start: 2024-01", with: "start: 2025-01")
        .replacing("programme: weihai-2020", with: "programme: \(path)")
        .replacing("programme: dalian-2018", with: "programme: \(path)")
        .replacing(", claimDelay: 2 months", with: "")
        .replacing("\n    claimDelay: 3 months", with: ""))
  }

  private func study(
    _ scenario: Scenario, _ share: Int, _ levels: [Int] = [], _ months: [Int] = [24]
  ) throws -> ServeStudy {
    try ServeStudy(
      scenario, version: "test",
      .init(
        share: .percent(Int64(share)), levels: levels.map { Level.percent($0) }, months: months),
      simulate: StudyFixture.run)
  }

  /// A loan of a million needs a tenth of it in the fund to be covered, and takes half of it when it fails.
  @Test func `one loan needs a tenth of it to be covered, and half to be paid`() throws {
    let scenario = try scenario(StudyFixture.certain, under: "leverage")
    let found = try study(scenario, 50, [95])
    #expect(found.served == [.credit])
    #expect(found.wantedCredit.value == 1_000_000)
    #expect(found.wantedCompensation.value == 500_000)
    let lasting = try #require(found.answers.first?.found)
    #expect(lasting.size.fen == 50_000_000)
    #expect(try #require(found.answers.first?.below).survival[0].successes == 0)
    let open = try #require(try study(scenario, 50).answers.first)
    let point = try #require(open.found)
    let below = try #require(open.below)
    #expect(point.size.fen == 10_000_000)
    #expect(point.credit.value == 1 && below.credit.value == 0)
    #expect(abs(point.compensation.value - 0.2) < 1e-9 && below.compensation.value == 0)
    #expect(point.survival.map(\.successes) == [0])
    #expect(below.survival.map(\.successes) == [200])
  }

  /// At most 20 % of what the fund held in January are owed in a year: 25万 of 50万 take 125万, to the fen.
  @Test func `a limit of the balance is served by its part`() throws {
    let found = try study(try scenario(StudyFixture.certain, under: "fund-thresholds"), 50)
    #expect(found.served == [.credit, .compensation])
    let answer = try #require(found.answers.first)
    #expect(answer.found?.size.fen == 125_000_000)
    #expect(abs(try #require(answer.found).compensation.value - 0.5) < 1e-9)
    #expect(try #require(answer.below).compensation.value < 0.5)
    #expect(
      found.clauses.map(\.path) == ["limits.year", "thresholds.lending", "thresholds.claims"])
  }

  @Test func `the share is that of runs with and without the clause`() throws {
    let scenario = try scenario(StudyFixture.text, under: "leverage")
    let found = try study(scenario, 90, [], [36])
    let answer = try #require(found.answers.first)
    let point = try #require(answer.found)
    #expect(point.credit.value >= 0.9)
    #expect(try #require(answer.below).credit.value < 0.9)
    let (low, high) = (try #require(answer.low), try #require(answer.high))
    #expect(low <= point.size && point.size <= high)
    // Every smaller size of the grid serves less than was asked.
    #expect(found.curve.filter { $0.size < point.size }.allSatisfy { $0.credit.value < 0.9 })
    func lent(_ plan: FundPlan) -> Double {
      var run = scenario.compiled(version: "test").plan
      run.funds = [plan]
      let column = StudyFixture.run(run).funds[0].column(.coveredLending)
      return column.reduce(0) { $0 + Double($1) }
    }
    var fund = scenario.compiled(version: "test").plan.funds[0]
    fund.costs = .init(discountRate: .zero)
    var free = fund
    free.cover.coverLimit = nil
    let share = lent(fund.holding(point.size)) / lent(free)
    #expect(abs(share - point.credit.value) < 1e-9)
  }

  @Test func `what has no such clause is refused, and what has one has no needed capital`() throws {
    let plain = try StudyFixture.scenario(StudyFixture.certain)
    let refusal = #expect(throws: Diagnostics.self) { try study(plain, 95) }
    #expect(refusal?.problems.map(\.code) == ["serves-all"])
    let limited = try scenario(StudyFixture.certain, under: "leverage")
    let undefined = #expect(throws: Diagnostics.self) {
      try SizeStudy(
        limited, version: "test", levels: [.percent(95)], months: [24], simulate: StudyFixture.run)
    }
    let problem = try #require(undefined?.problems.first)
    #expect(problem.code == "capital-not-defined")
    #expect(problem.message.english.contains("coverage.coverLimit"))
    #expect(problem.advice.english.contains("--serve"))
  }
}
