public import Simulation

/// What the funds of a run come to by the best estimate of the parameters alone, on the first trials of the run.
///
/// Like ``DependenceScreen`` it takes a bounded number of trials, a twentieth of the run's at most from 10,000 on, and
/// what it finds depends on the scenario alone.
public struct EstimateScreen {
  let plan: SimulationPlan
  let fundCount: Int

  /// Prepares for a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan of a run.
  ///   - fundCount: How many of its funds, from the first, are asked about.
  public init(_ plan: SimulationPlan, fundCount: Int) {
    self.plan = plan
    self.fundCount = fundCount
  }

  /// The fewest trials, where a run has so many.
  static let usualTrialCount = 500

  /// The answer of the best estimate.
  ///
  /// - Parameter simulate: Runs the trials of a plan.
  /// - Returns: `nil` in a run whose parameters are known or whose trials are too few, or if it was stopped before.
  public func estimate(
    simulate: (SimulationPlan, Range<Int>) throws -> SimulationResult
  ) rethrows -> HeadlineEstimate? {
    guard let draws = plan.parameterDraws, plan.trialCount >= HeadlineScreen.smallestTrialCount
    else { return nil }
    let work = max(1, plan.portfolio.loans.count) * max(1, fundCount)
    let affordable = max(HeadlineScreen.smallestTrialCount, DependenceScreen.largestWork / work)
    let count = min(
      plan.trialCount, HeadlineScreen.largestTrialCount, affordable,
      max(Self.usualTrialCount, plan.trialCount / 20))
    var few = plan.underBestEstimate
    few.capitalMonths = []
    few.isChecked = false
    few.funds = Array(plan.funds.prefix(fundCount))
    let result = try simulate(few, 0..<count)
    guard result.trialCount == count else { return nil }
    return HeadlineEstimate(
      trials: count,
      exhausted: result.funds.map { $0.column(.exhaustionMonth).count { $0 >= 0 } },
      assetCorrelation: draws.best?.assetCorrelation)
  }
}

extension SimulationPlan {
  /// The plan with the best estimate in the place of draws of the parameters: the plan's own where the draws
  /// say nothing of one.
  public var underBestEstimate: SimulationPlan {
    var plan = self
    plan.parameterDraws = parameterDraws?.best.map { ParameterDraws([$0]) }
    return plan
  }
}
