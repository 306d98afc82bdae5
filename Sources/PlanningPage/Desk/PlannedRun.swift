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
  ///   - name: What it is called beside others.
  ///   - version: The version of the program.
  ///   - threads: How many threads work at once.
  init(_ scenario: Scenario, name: String, version: EngineVersion, threads: Int) {
    self.scenario = scenario
    self.threads = threads
    variant = Variant(name: name, settings: [], outcome: .success(scenario))
    var compiled = scenario.compiled(version: version)
    // Other readings are for reports.
    compiled.plan.funds.removeLast(compiled.plan.funds.count - scenario.funds.count)
    self.compiled = compiled
  }

  /// What so many trials come to.
  struct Outcome: Sendable {
    let run: VariantRun
    let report: RiskReport
  }

  /// Runs trials.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - years: On how many of them the figures of years rest.
  ///   - earlier: A run of fewer of them.
  ///   - control: Stops it.
  /// - Returns: `nil` if it was stopped.
  func outcome(
    _ count: Int, years: Int, from earlier: Outcome?, control: RunControl
  ) -> Outcome? {
    var plan = compiled.plan
    plan.trialCount = count
    let result = plan.continued(from: earlier?.run.result, threads: threads, control: control)
    guard result.trialCount == count,
      let estimates = RiskEstimates(result, fundCount: scenario.funds.count, levels: [])
    else { return nil }
    var report = RiskReport(
      estimates, provenance: compiled.source.provenance, funds: compiled.source.funds)
    guard
      let trials = simulateYears(
        plan, trialCount: years, fundCount: scenario.funds.count, threads: threads, control: control
      )
    else { return nil }
    report.years = YearlyFigures(trials, controls: estimates.funds.map(\.controls))
    return Outcome(run: VariantRun(variant, compiled, result, estimates), report: report)
  }
}
