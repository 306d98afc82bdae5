/// What the command line sets in place of what a scenario says.
public struct ScenarioChoices: Sendable {
  /// The number of trials.
  public var trials: Int?
  /// The seed.
  public var seed: UInt64?
  /// The loan tape.
  public var portfolio: String?
  /// The state from which the run goes on.
  public var from: StateSource?

  /// Leaves everything to the scenario.
  public init(trials: Int? = nil, seed: UInt64? = nil, portfolio: String? = nil) {
    self.trials = trials
    self.seed = seed
    self.portfolio = portfolio
  }
}
