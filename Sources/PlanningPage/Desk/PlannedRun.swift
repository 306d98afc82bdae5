import FundCore
import Planning
import Reporting
import ScenarioInput
import Simulation

/// A scenario that is simulated for the page: first on few trials, then on more, which begin with the few.
struct PlannedRun {
  let compiled: CompiledScenario
  let scenario: Scenario
  private let variant: Variant
  private let threads: Int

  /// Compiles a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - version: The version of the program.
  ///   - threads: How many threads work at once.
  init(_ scenario: Scenario, version: EngineVersion, threads: Int) {
    self.scenario = scenario
    self.threads = threads
    variant = Variant(name: scenario.title, settings: [], outcome: .success(scenario))
    var compiled = scenario.compiled(version: version)
    // Other readings are for reports.
    compiled.plan.funds.removeLast(compiled.plan.funds.count - scenario.funds.count)
    // So is what it costs, which is reckoned beside the balance and changes nothing else.
    for place in compiled.plan.funds.indices { compiled.plan.funds[place].costs = nil }
    self.compiled = compiled
  }

  /// What so many trials come to.
  struct Outcome: Sendable {
    let run: VariantRun
    var report: RiskReport
  }

  /// Runs trials; the figures of years are those of an earlier run, if there is one.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - earlier: A run of fewer of them.
  ///   - control: Stops it.
  /// - Returns: `nil` if it was stopped.
  func outcome(_ count: Int, from earlier: Outcome?, control: RunControl) -> Outcome? {
    var plan = compiled.plan
    plan.trialCount = count
    let result = plan.continued(from: earlier?.run.result, threads: threads, control: control)
    guard result.trialCount == count,
      let estimates = RiskEstimates(
        result, fundCount: scenario.funds.count, threads: threads)
    else { return nil }
    var report = RiskReport(
      estimates, provenance: compiled.source.provenance, funds: compiled.source.funds)
    report.years = earlier?.report.years
    return Outcome(run: VariantRun(variant, compiled, result, estimates), report: report)
  }

  /// A run with the figures of its years.
  ///
  /// - Parameters:
  ///   - outcome: The run.
  ///   - count: On how many of its trials they rest at most.
  ///   - control: Stops it.
  /// - Returns: `nil` if it was stopped.
  func withYears(_ outcome: Outcome, of count: Int, control: RunControl) -> Outcome? {
    guard
      let trials = simulateYears(
        outcome.run.result.plan, trialCount: count, fundCount: scenario.funds.count,
        threads: threads, control: control)
    else { return nil }
    var outcome = outcome
    outcome.report.years = YearlyFigures(
      trials, controls: outcome.run.estimates.funds.map(\.controls))
    return outcome
  }
}
