import PartialResults
import ScenarioInput
import Simulation

extension Machine {
  /// In fewer trials no tail has parts.
  private static let fewestTrials = 100

  /// Who uses each fund of a scenario up: trials of the run are run again and divided among its loans.
  ///
  /// - Parameters:
  ///   - compiled: What was run.
  ///   - scenario: The scenario that it comes from.
  ///   - shard: Which part of the run this is. The first one alone divides: a merge takes the answer from it.
  ///   - result: The trials, where they are at hand in their order.
  /// - Returns: `nil` if trials are few, another shard tells it, or the time was over.
  func contributions(
    of compiled: CompiledScenario, _ scenario: Scenario, shard: Shard,
    from result: SimulationResult?
  ) -> [FundContributions]? {
    guard shard.index == 0, compiled.plan.trialCount >= Self.fewestTrials else { return nil }
    return progress.follow(trials: 0) { control in
      ContributionStudy(
        compiled.plan, fundCount: scenario.funds.count,
        groupings: scenario.loanGroupings(of: compiled.plan.portfolio), threads: threads
      ).contributions(from: result, control: control)
    }
  }
}
