public import FundCore
public import Simulation

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
  /// The balance that a year's budget keeps.
  public var floor: Money?
  /// On how many of the first trials the figures of years rest.
  public var yearTrials: Int?

  /// The portfolios that were read before, where scenarios that share theirs are read one after the other.
  public var known: KnownPortfolios?

  /// Leaves everything to the scenario.
  public init(trials: Int? = nil, seed: UInt64? = nil, portfolio: String? = nil) {
    self.trials = trials
    self.seed = seed
    self.portfolio = portfolio
  }

  /// What a scenario asks of its years, with what the command line sets.
  public func applied(to years: YearRequest) -> YearRequest {
    var years = years
    if let floor { years.floor = floor }
    if let yearTrials { years.trials = yearTrials }
    return years
  }
}
