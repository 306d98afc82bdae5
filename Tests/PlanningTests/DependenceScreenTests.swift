import Foundation
import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation
import Testing

/// The headline under another law of dependence.
@Suite struct DependenceScreenTests {
  private func scenario(
    _ settings: [(path: String, text: String)] = [], trials: Int = 400
  ) throws -> Scenario {
    var document = try ScenarioDocument(path: StudyFixture.root + "/scenarios/weihai-2020")
    for (path, text) in settings {
      document = try document.setting(
        try ScenarioEdit(path: path, text: text, option: "--set"))
    }
    return try document.scenario(choices: ScenarioChoices(trials: trials))
  }

  private func laws(of scenario: Scenario) throws -> HeadlineLaws? {
    DependenceScreen(
      scenario.compiled(version: "test").plan, fundCount: scenario.funds.count
    ).laws { simulate($0, trials: $1, threads: 2) }
  }

  /// Gaussian factors against t, and t against Gaussian: each answer is that of a run of its own, with the
  /// law written in the scenario.
  @Test func `the answers are those of scenarios with the other law`() throws {
    let student = [
      ("defaults.dependence", "studentT"),
      ("defaults.degreesOfFreedom", "\(DependenceScreen.degreesOfFreedom)"),
    ]
    let gaussian = try #require(try laws(of: try scenario()))
    let other = try #require(try laws(of: try scenario(student)))
    #expect(gaussian.trials == 400 && gaussian.inUse.name == "gaussian")
    #expect(gaussian.others.map(\.name) == ["studentT"])
    #expect(gaussian.others[0].parameter == DependenceScreen.degreesOfFreedom)
    #expect(other.inUse == gaussian.others[0] && other.others == [gaussian.inUse])
    for (law, settings) in [(gaussian.inUse, []), (gaussian.others[0], student)] {
      let plan = try scenario(settings).compiled(version: "test").plan
      let result = simulate(plan, threads: 2)
      for (fund, count) in law.exhausted.enumerated() {
        #expect(count == result.funds[fund].column(.exhaustionMonth).count { $0 >= 0 })
      }
    }
  }

  /// A gamma factor has no asset correlation: Gaussian factors get the one under which two loans default
  /// together as often. Held against E[Φ(…)²] by Simpson's rule over ±8 with the C library's erfc: p² (1 + σ²)
  /// is to come out.
  @Test func `a gamma factor is held against as much correlation`() throws {
    let scenario = try scenario([
      (
        "defaults",
        "{timing: monthly, dependence: gamma, variance: 0.5, factor: {period: year}, pd: 3%}"
      )
    ])
    let laws = try #require(try laws(of: scenario))
    let law = try #require(laws.others.first)
    let correlation = try #require(law.ownCorrelation)
    #expect(law.name == "gaussian" && (0.02...0.2).contains(correlation))
    let threshold = -1.880_793_608_151_250_9
    let steps = 2_000
    let sum = (0...steps).reduce(0.0) { sum, step in
      let factor = -8 + 16 * Double(step) / Double(steps)
      let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      let distance =
        (threshold - correlation.squareRoot() * factor) / (1 - correlation).squareRoot()
      let conditional = erfc(-distance / 2.0.squareRoot()) / 2
      let density = exp(-factor * factor / 2) / (2 * Double.pi).squareRoot()
      return sum + weight * density * conditional * conditional
    }
    #expect(abs(sum * 16 / Double(steps) / 3 / (0.03 * 0.03 * 1.5) - 1) < 1e-6)
  }

  @Test func `few trials say nothing, and a search that is stopped knows nothing`() throws {
    #expect(try laws(of: try scenario(trials: 99)) == nil)
    let control = RunControl()
    control.stop(atLimit: true)
    var runs = 0
    let laws = DependenceScreen(try self.scenario().compiled(version: "test").plan, fundCount: 1)
      .laws { plan, trials in
        runs += 1
        return simulate(plan, trials: trials, threads: 2, control: control)
      }
    #expect(laws == nil && runs == 1)
  }

  /// On many loans it takes fewer trials, and never fewer than a hundred.
  @Test func `its work is bounded`() throws {
    let plan = try scenario(trials: 20_000).compiled(version: "test").plan
    var most = 0
    _ = DependenceScreen(plan, fundCount: 1).laws { plan, trials in
      most = max(most, trials.count)
      return simulate(plan, trials: trials, threads: 2)
    }
    #expect(most == HeadlineScreen.largestTrialCount)
  }
}
