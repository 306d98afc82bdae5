public import FundCore
public import ResultFacts

/// What the results of a scenario come from: checked, counted, and without a sentence. Reports put it into
/// words.
public struct RunSource: Sendable {
  /// A reading that a fund cannot stand under.
  public struct RefusedReading: Sendable {
    /// The position of the fund in the scenario.
    public let fund: Int
    /// The interpretation: `I-16`.
    public let interpretation: String
    /// The name by which a scenario chooses the reading.
    public let name: String
    /// Why it cannot: a parameter that the scenario sets does not go with it, for one.
    public let reason: Diagnostics
  }

  /// The program.
  public let engine: EngineVersion
  /// The scenario.
  public let scenario: Scenario
  /// The digest of everything that was read, in hexadecimal digits.
  public let digest: String
  /// Every input on which the answers rest.
  public let inputs: [InputFact]
  /// Which loans each fund covers, in the order of the funds.
  public let coverages: [CoverageSummary]
  /// The readings beside those in use that a fund cannot stand under, in the order of the funds.
  public let refusedReadings: [RefusedReading]

  /// Adds up a scenario.
  init(
    _ scenario: Scenario, engine: EngineVersion, coverages: [CoverageSummary],
    refusedReadings: [RefusedReading]
  ) {
    self.engine = engine
    self.scenario = scenario
    digest = scenario.digest
    inputs = ScenarioFacts(scenario: scenario).all
    self.coverages = coverages
    self.refusedReadings = refusedReadings
  }
}
