import ClaimRules
import FundCore
public import ScenarioInput
public import Simulation

/// A variant that was run, kept to be compared with others on the same draws.
public struct VariantRun: Sendable {
  /// The variant.
  public let variant: Variant
  /// What it was compiled to.
  public let compiled: CompiledScenario
  /// What happened on every path.
  public let result: SimulationResult
  /// Its figures.
  public let estimates: RiskEstimates

  /// Keeps a run.
  ///
  /// - Precondition: The variant has a scenario, and the figures are of its funds.
  public init(
    _ variant: Variant, _ compiled: CompiledScenario, _ result: SimulationResult,
    _ estimates: RiskEstimates
  ) {
    precondition(variant.scenario?.funds.count == estimates.funds.count, "every fund has figures")
    (self.variant, self.compiled, self.result) = (variant, compiled, result)
    self.estimates = estimates
  }
}

extension VariantRun {
  /// The same run under another name.
  public func named(_ name: String) -> VariantRun {
    VariantRun(
      Variant(name: name, settings: variant.settings, outcome: variant.outcome), compiled, result,
      estimates)
  }
}

extension StudyResult {
  /// Runs side by side that were made one by one: with one seed, trial k of each has the same business cycle,
  /// and as much of the rest as their inputs share.
  ///
  /// - Precondition: All have as many trials.
  public init(of runs: [VariantRun]) {
    precondition(Set(runs.map(\.result.trialCount)).count <= 1, "rows are compared trial by trial")
    var rows: [StudyRow] = []
    for (index, run) in runs.enumerated() {
      for (position, fund) in (run.variant.scenario?.funds ?? []).enumerated() {
        rows.append(
          StudyRow(
            variant: index, position: position, run: index,
            name: "\(run.variant.name) · \(fund.name)", fund: fund,
            estimates: run.estimates.funds[position], result: run.result.funds[position],
            banks: run.compiled.plan.portfolio.banks))
      }
    }
    let scenarios = runs.compactMap(\.variant.scenario)
    self.init(
      variants: runs.map(\.variant), rows: rows, runCount: runs.count,
      sharedDraws: runs.count > 1 ? SharedDraws(scenarios) : nil,
      sources: runs.map { $0.compiled.source },
      clock: (
        scenarios.first?.start ?? CivilMonth(ordinal: 0), scenarios.first?.horizon ?? 0
      ))
  }
}
