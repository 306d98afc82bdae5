import ClaimRules
public import FundCore
public import ScenarioInput

/// What a page begins with: the scenario as the file has it, and its controls.
public struct PlanBase: Sendable {
  /// The file.
  public let document: ScenarioDocument
  /// What the command line sets.
  public let choices: ScenarioChoices
  /// What was read.
  public let scenario: Scenario
  /// Its controls.
  public let controls: PlanControls

  /// Reads a scenario, and keeps its loans for all that is read of it later.
  ///
  /// - Throws: Every problem of the scenario.
  public init(path: String, choices: ScenarioChoices) throws(Diagnostics) {
    var choices = choices
    choices.known = KnownPortfolios()
    self.choices = choices
    document = try ScenarioDocument(path: path)
    scenario = try document.scenario(choices: choices)
    controls = PlanControls(of: document, scenario)
  }
}
