import ClaimRules
import Foundation
import FundCore
import RandomStreams
@testable import ScenarioInput
@testable import Simulation
import TestSupport
import Testing

/// Forecasts given what happened so far are right on average: over simulated histories their mean is the
/// unconditional one, and what then happens lies at any rank of them equally often.
struct `A forecast from a state` {
  /// The long test has many more histories.
  private static var histories: Int {
    ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1" ? 2_000 : 32
  }
  private static let trials = 15

  /// Factors that are drawn take a chain of their own for each state: half as many.
  private static func histories(of defaults: String) -> Int {
    [student, sectors, loaded].contains(defaults) ? histories / 2 : histories
  }

  /// A fund that pays every claim, in the middle of a year of a factor that persists.
  private static func text(_ defaults: String) -> String {
    """
    title: forecast
    start: 2024-01
    horizon: 30 months
    trials: 1000
    seed: 7
    portfolio:
      generate:
        seed: 3
        months: 24
        loansPerMonth: 6
        banks: {A: 100%}
        sizes: small
        amounts: {small: {from: 50万, to: 150万}}
        roundTo: 1万
        terms: {6 months: 30%, 12 months: 70%}
        grades: {good: 60%, weak: 40%}
        collateral: patent
        ipPart: 100%
        repayment: bullet
        rate: 4%
        renewals: 20%
      facts: met
    defaults:
    \(defaults)
      grades: {good: 4%, weak: 12%}
    recovery:
      mean: 40%
      standardDeviation: 20%
      lag: {from: 2, to: 10}
      writeOffMonths: 24
    funds:
      - {name: F, programme: dalian-hitech-2022, model: bank, initial: 3000万, claimDelay: 2 months}
    """
  }

  /// With sectors or loaded recoveries where the law wants them.
  private static func scenarioText(_ defaults: String) -> String {
    var text = text(defaults.replacing("\n#loaded", with: ""))
    if defaults == sectors {
      text = text.replacing(
        "    collateral:", with: "    sectors: {p: 50%, q: 50%}\n    collateral:")
    }
    if defaults == loaded {
      text = text.replacing("  lag: {from", with: "  loading: 0.5\n  lag: {from")
    }
    return text
  }

  private static let gaussian = """
      timing: monthly
      dependence: gaussian
      assetCorrelation: 0.3
      factor: {period: year, persistence: 0.6}
    """
  private static let gamma = """
      timing: monthly
      dependence: gamma
      variance: 0.8
      factor: {period: year}
    """
  /// Laws whose factors hang together given what was seen: these are drawn.
  private static let student = gaussian.replacing(
    "dependence: gaussian", with: "dependence: studentT\n  degreesOfFreedom: 4")
  private static let sectors = gaussian.replacing(
    "assetCorrelation: 0.3", with: "assetCorrelation: {p: 0.35, q: 0.2}\n  sectorCorrelation: 0.4")
  private static let loaded = gaussian + "\n#loaded"
  private static let atMaturity = gaussian.replacing("monthly", with: "maturity")

  /// What one history and the forecasts from its state come to after the day.
  private struct Outcome {
    /// The forecast's mean less what happened, by figure.
    var errors: [OutcomeColumn: Double] = [:]
    /// The rank of what happened among the forecasts' compensation, ties broken evenly.
    var rank = 0
  }

  @Test(arguments: [
    (gaussian, 18), (atMaturity, 20), (gamma, 15), (student, 17), (sectors, 18), (loaded, 19),
  ])
  func `is right on average`(defaults: String, gone: Int) throws {
    let folder = try TemporaryFolder()
    let document = try ScenarioDocument(
      path: folder.write("scenario.yaml", Self.scenarioText(defaults)))
    let scenario = try document.scenario()
    let plan = scenario.compiled(version: "test").plan
    var errors: [OutcomeColumn: [Double]] = [:]
    var ranks = [Int](repeating: 0, count: Self.trials + 1)
    for history in simulateTrials(plan, Array(0..<Self.histories(of: defaults))) {
      let outcome = try outcome(of: history, scenario, document, gone: gone)
      for (column, error) in outcome.errors { errors[column, default: []].append(error) }
      ranks[outcome.rank] += 1
    }
    for (column, values) in errors {
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let error = (square / (count * (count - 1))).squareRoot()
      // Three figures of six laws, each exceeded once in 10,000 under Student's t with a degree of freedom
      // fewer than there are histories: one alarm in 550 seeds.
      let bound = values.count > 100 ? 3.9 : values.count > 16 ? 4.46 : 5.24
      #expect(abs(mean) <= bound * error, "\(column): \(mean) ± \(error)")
    }
    // Ranks in four equal classes, eight in the long test: chi-square with three or seven degrees of freedom, one
    // alarm in a thousand.
    let histories = Self.histories(of: defaults)
    let classes = histories > 100 ? 8 : 4
    let size = ranks.count / classes
    let expected = Double(histories) / Double(classes)
    let chi = (0..<classes).reduce(0.0) { sum, part in
      let count = ranks[part * size..<(part + 1) * size].reduce(0, +)
      return sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    #expect(chi < (classes == 8 ? 24.32 : 16.27), "\(ranks)")
  }

  private func outcome(
    of history: TrialHistory, _ scenario: Scenario, _ document: ScenarioDocument, gone: Int
  ) throws -> Outcome {
    let fund = scenario.funds[0]
    let opening = scenario.start.firstDay
    var register = scenario.register(of: history, fund: fund, place: 0)
    register.until = scenario.start.advanced(by: gone - 1).lastDay
    let before = try #require(
      ClaimRules.replay(register, under: fund, opening: opening, keepsStanding: true).standing)
    var standing = before
    standing.terms = fund.stateTerms(banks: register.banks)
    var state = RegisterState(of: register, opening: opening)
    state.funds = [standing]
    var choices = ScenarioChoices()
    // A seed of its own for each history: the forecasts' errors are then independent.
    choices.seed = UInt64(100_000 + history.trial)
    choices.from = StateSource(file: "state.json", digest: "", state: state)
    let resumed = try document.scenario(choices: choices)
    let plan = resumed.compiled(version: "test").plan
    let forecasts = simulateTrials(plan, Array(0..<Self.trials))
    let whole = scenario.replay(history, fund: 0)
    let happened: [OutcomeColumn: Money] = [
      .compensation: whole.totals.compensation - before.totals.compensation,
      .returned: whole.totals.returned - before.totals.returned,
      .closing: whole.totals.closing,
    ]
    var outcome = Outcome()
    for (column, amount) in happened {
      let sum = forecasts.reduce(0.0) { $0 + Double($1.funds[0].figures[column] ?? 0) }
      outcome.errors[column] = sum / Double(Self.trials) - Double(amount.fen)
    }
    let own = happened[.compensation]?.fen ?? 0
    let amounts = forecasts.map { $0.funds[0].figures[.compensation] ?? 0 }
    let ties = amounts.count { $0 == own }
    outcome.rank = amounts.count { $0 < own } + (ties > 0 ? history.trial % (ties + 1) : 0)
    return outcome
  }
}
