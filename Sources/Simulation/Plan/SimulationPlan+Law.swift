extension SimulationPlan {
  /// The same loans, probabilities and draws under another law of dependence.
  ///
  /// - Parameter factors: The law with its correlations; sectors and periods as in the plan.
  public func under(_ factors: FactorModel) -> SimulationPlan {
    var changed = self
    changed.defaults = DefaultModel(
      factors: factors, timing: defaults.timing, portfolio: portfolio, risks: defaults.risks,
      course: defaults.course)
    return changed
  }

  /// The mean of the loans' annual probabilities of default; 0 without loans.
  public var meanProbability: Double {
    let risks = defaults.risks
    return risks.reduce(0) { $0 + $1.annualProbability } / Double(max(1, risks.count))
  }
}
