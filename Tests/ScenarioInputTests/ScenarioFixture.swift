import Foundation
import FundCore
import ScenarioInput
import TestSupport

/// A small scenario that reads without problems; tests change one line of it.
struct ScenarioFixture {
  /// The text of the scenario.
  var text = """
    title: test
    start: 2024-01
    horizon: 36 months
    trials: 200
    seed: 1
    portfolio:
      generate:
        seed: 1
        months: 24
        loansPerMonth: 5
        banks: {A: 60%, B: 40%}
        sizes: small
        amounts: {small: {from: 50万, to: 200万}}
        roundTo: 1万
        terms: 12 months
        grades: {good: 70%, weak: 30%}
        collateral: patent
        ipPart: 100%
        repayment: bullet
        rate: 4%
        renewals: 20%
      facts: met
    defaults:
      timing: maturity
      dependence: gaussian
      assetCorrelation: 0.12
      factor: {period: year}
      grades: {good: 2%, weak: 8%}
    recovery:
      mean: 40%
      standardDeviation: 20%
      lag: {from: 6, to: 12}
      writeOffMonths: 24
    funds:
      - name: F
        programme: dalian-hitech-2022
        model: bank
        initial: 1000万
        claimDelay: 0 months
    """

  /// The fixture with one piece of its text replaced.
  func replacing(_ old: String, _ new: String) -> ScenarioFixture {
    precondition(text.contains(old), "the fixture holds '\(old)'")
    return ScenarioFixture(text: text.replacing(old, with: new))
  }

  /// The scenario, read from a file in a folder of its own.
  func read(choices: ScenarioChoices = ScenarioChoices()) throws -> Scenario {
    let folder = try TemporaryFolder()
    return try readScenario(path: folder.write("scenario.yaml", text), choices: choices)
  }

  /// Every problem as it is printed, without the folder's name.
  func problems(choices: ScenarioChoices = ScenarioChoices()) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = try folder.write("scenario.yaml", text)
    do {
      _ = try readScenario(path: path, choices: choices)
      return []
    } catch {
      return error.problems.map { $0.description.replacing(path, with: "scenario.yaml") }
    }
  }

  /// The document, read from a file in a folder of its own.
  func document() throws -> ScenarioDocument {
    let folder = try TemporaryFolder()
    return try ScenarioDocument(path: folder.write("scenario.yaml", text))
  }
}
