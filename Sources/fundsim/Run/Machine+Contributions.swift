import ScenarioInput
import Simulation

extension Machine {
  /// In fewer trials no tail has parts.
  static let fewestDivided = 100

  /// Who uses each fund of a scenario up: trials of the run are run again and divided among its loans.
  ///
  /// - Parameters:
  ///   - compiled: What was run.
  ///   - scenario: The scenario that it comes from.
  ///   - result: The trials, where they are at hand in their order.
  /// - Returns: `nil` if the time was over, or a signal came.
  func contributions(
    of compiled: CompiledScenario, _ scenario: Scenario, from result: SimulationResult?
  ) -> [FundContributions]? {
    return progress.follow(.contributions) { control in
      ContributionStudy(
        compiled.plan, fundCount: scenario.funds.count,
        groupings: scenario.loanGroupings(of: compiled.plan.portfolio), threads: threads
      ).contributions(from: result, control: control)
    }
  }
}
