import ClaimRules
import CompensationKernel
import DocumentReading
import Foundation
import FundCore
import PolicyLibrary
import ScenarioInput
import Simulation
import Synchronization
import Testing

/// The simulation and the rules code apply the same law: a simulated trial, written down as a
/// register and replayed day by day, moves the same money, to the fen and to the month.
struct `A replayed trial` {
  static let isLong = ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1"

  /// A portfolio of loans that often default, so that caps, thresholds and shortages all happen.
  static let head = """
    title: replay
    start: 2024-01
    horizon: 54 months
    trials: 100
    seed: 11
    portfolio:
      generate:
        seed: 3
        months: 30
        loansPerMonth: 8
        banks: {A: 50%, B: 40%, C: 10%}
        sizes: {micro: 20%, small: 60%, medium: 20%}
        amounts:
          micro: {from: 20万, to: 120万}
          small: {from: 50万, to: 350万}
          medium: {from: 100万, to: 900万}
        roundTo: 1万
        terms: {6 months: 20%, 12 months: 70%, 24 months: 10%}
        grades: {good: 70%, weak: 30%}
        collateral: {patent: 80%, trademark: 15%, copyright: 5%}
        ipPart: {100%: 60%, 50%: 25%, 33.3333%: 15%}
        repayment: {bullet: 50%, equalPrincipal: 30%, annuity: 20%}
        rate: 4.35%
        renewals: 40%
      facts: met
    defaults:
      timing: TIMING
      dependence: gaussian
      assetCorrelation: 0.3
      factor: {period: year, persistence: 0.4}
      grades: {good: 4%, weak: 15%}
    recovery:
      mean: 45%
      standardDeviation: 25%
      lag: {from: 3, to: 20}
      costs: 8%
      writeOffMonths: 9
    funds:

    """

  /// What a fund of a programme has to say beside its name, model and readings.
  static let needs: [String: String] = [
    "dalian-2018":
      "initial: 500万, start: 2024-01, claimDelay: 3 months, overrides: "
      + "[{parameter: fund.initial.amount, value: 500万, reason: a fund that runs dry}]",
    "baotou":
      "start: 2024-02, interestRate: 1.7%, overrides: "
      + "[{parameter: fund.initial.amount, value: 400万, reason: a fund that runs dry}]",
    "dalian-hitech-2022": "initial: 400万, claimDelay: 0 months",
    "weihai-2020": "initial: 600万, claimDelay: 2 months",
    "chaoyang": "initial: 800万, start: 2024-01, claimDelay: 3 months, penaltyRate: 6.5%",
  ]

  /// Readings under which a fund has to say more.
  static let needsOfReading: [String: String] = [
    "I-28": ", partition: {A: 50%, B: 30%, C: 20%}"
  ]

  /// Who has put the money in, and who puts in more.
  static let contributors =
    ", contributors: {市: 33.3333%, 区: 66.6667%}, "
    + "injections: [{month: 2024-09, amount: 7.77万, by: 区}, {month: 2025-03, amount: 1.01万}]"

  /// A scenario with a fund for each operating model and each reading of a programme.
  static func text(_ id: String, timing: String) throws -> String {
    let name = Written(id, at: SourceLocation(file: "test"))
    let document = try PolicyDocument.named(name, in: "")
    var choices = [""]
    for item in document.interpretations {
      for other in item.others {
        choices.append(
          ", readings: {\(item.id): \(other.name)}" + (needsOfReading[item.id] ?? ""))
      }
    }
    var funds: [String] = []
    for model in OperatingModel.shared where document.terms.models[model] != nil {
      // I-20 read otherwise, Baotou has no bank model.
      for choice in choices where model != .bank || !choice.contains("I-20") {
        // Two accounts are their contributors' own.
        let whose = id == "chaoyang" ? "" : Self.contributors
        funds.append(
          "  - {name: f\(funds.count), programme: \(id), model: \(model.id), "
            + "\(needs[id] ?? "")\(choice)\(whose)}")
      }
    }
    return head.replacing("TIMING", with: timing) + funds.joined(separator: "\n") + "\n"
  }

  /// A scenario and its plan, once somebody asked for them; who asks meanwhile waits.
  private final class Compiled: Sendable {
    let value = Mutex<(scenario: Scenario, plan: SimulationPlan)?>(nil)
  }

  private static let all: [String: Compiled] = Dictionary(
    uniqueKeysWithValues: PolicyDocument.builtInIDs.flatMap { id in
      ["maturity", "monthly"].map { ("\(id) \($0)", Compiled()) }
    })

  /// The scenario of a programme and its plan, which take a second in a debug build and are made once for all tests.
  static func compiled(
    _ id: String, timing: String
  ) throws -> (scenario: Scenario, plan: SimulationPlan) {
    try #require(all["\(id) \(timing)"]).value.withLock { value in
      if let value { return value }
      let scenario = try ScenarioFixture(text: text(id, timing: timing)).read()
      let made: (scenario: Scenario, plan: SimulationPlan) = (
        scenario, scenario.compiled(version: "test").plan
      )
      value = made
      return made
    }
  }

  /// One of two pairs of fund and trial by turns, one of six where there are many funds; with FUNDSIM_LONG_TESTS=1
  /// all of them.
  @Test(arguments: PolicyDocument.builtInIDs, ["maturity", "monthly"])
  func `agrees with the simulation to the fen`(id: String, timing: String) throws {
    let (scenario, plan) = try Self.compiled(id, timing: timing)
    var shortages = 0
    var crossings = 0
    for history in simulateTrials(plan, Array(0..<12)) {
      for position in scenario.funds.indices
      where Self.isLong || (position + history.trial) % (scenario.funds.count > 30 ? 6 : 2) == 0 {
        let replay = scenario.replay(history, fund: position)
        let differences = replay.differences(from: history.funds[position])
        #expect(
          differences.isEmpty,
          "\(id) \(timing), trial \(history.trial), \(scenario.funds[position].readings)")
        #expect(replay.totals.isBalanced)
        #expect(replay.totals.isDivided)
        if replay.ranDryOn != nil { shortages += 1 }
        crossings += replay.crossings.count
      }
    }
    // Nothing would be shown by trials in which nothing happens.
    #expect(shortages > 0)
    if !scenario.funds[0].terms.thresholds.isEmpty { #expect(crossings > 0) }
  }
}
