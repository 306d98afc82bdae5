import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import Testing

/// The readings that move a headline.
@Suite struct HeadlineScreenTests {
  private func scenario(_ settings: [(path: String, text: String)] = []) throws -> Scenario {
    var document = try ScenarioDocument(path: StudyFixture.root + "/scenarios/baotou")
    for (path, text) in settings {
      document = try document.setting(
        try ScenarioEdit(path: path, text: text, option: "--set"))
    }
    return try document.scenario(choices: ScenarioChoices(trials: 400))
  }

  /// Both answers are those of runs of their own, one with the reading set in the scenario.
  @Test func `the answers under I-28 are those of separate runs`() throws {
    let scenario = try scenario()
    let plan = scenario.compiled(version: "test").plan
    let readings = try #require(
      HeadlineScreen(scenario, plan: plan).readings { simulate($0, trials: $1, threads: 2) })
    let accounts = try #require(readings.first { $0.fund == 0 && $0.interpretation == "I-28" })
    #expect(accounts.other.reading == "byBank" && accounts.trials == 400)
    let other = try self.scenario([("funds.1.readings", "{I-28: byBank}")])
    for (answer, scenario) in [(accounts.inUse, scenario), (accounts.other, other)] {
      let fund = simulate(scenario.compiled(version: "test").plan, threads: 2).funds[0]
      #expect(answer.exhausted == fund.column(.exhaustionMonth).count { $0 >= 0 })
      let mean = Double(fund.column(.compensation).reduce(0, +)) / 400 / 100
      #expect(abs(answer.compensation - mean) < 0.01)
    }
    #expect(accounts.other.exhausted > accounts.inUse.exhausted + 20, "more than five points")
  }

  /// Trials that share a draw tell less of exhaustion than as many independent ones: as the run's own groups say.
  @Test func `answers under draws have the error of their groups`() throws {
    let scenario = try scenario([
      ("uncertainty", "{pd: {value: 3%, low: 1%, high: 9%}, reference: 3%, count: 20}")
    ])
    let plan = scenario.compiled(version: "test").plan
    let readings = try #require(
      HeadlineScreen(scenario, plan: plan).readings { simulate($0, trials: $1, threads: 2) })
    let answer = try #require(readings.first).inUse
    let fund = simulate(plan, threads: 2)
    let own = LossSample(
      fund.funds[readings[0].fund].column(.exhaustionMonth), groups: fund.groups
    ).share(atMost: -1).complement
    #expect(answer.exhaustion(of: 400) == own)
    #expect(answer.effectiveTrials < 300)
  }

  /// On a tape of 100,000 loans the search took ten seconds, whatever time a run was given.
  @Test func `a search that is stopped knows nothing, and ends at once`() throws {
    let scenario = try scenario()
    let control = RunControl()
    control.stop(atLimit: true)
    var runs = 0
    let readings = HeadlineScreen(scenario, plan: scenario.compiled(version: "test").plan)
      .readings { plan, trials in
        runs += 1
        return simulate(plan, trials: trials, threads: 2, control: control)
      }
    #expect(readings == nil)
    #expect(runs == 1)
  }
}
