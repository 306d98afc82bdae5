import Foundation
import FundCore
import Planning
import ScenarioInput
import Simulation
import TestSupport

/// Small scenarios for studies, and the folder of the scenarios that come with the program.
enum StudyFixture {
  /// Two years of lending by two banks under a fund of Dalian.
  static let text = """
    title: small
    start: 2024-01
    horizon: 36 months
    trials: 300
    seed: 11
    portfolio:
      generate:
        seed: 3
        months: 24
        loansPerMonth: 6
        banks: {甲银行: 70%, 乙银行: 30%}
        sizes: {micro: 50%, small: 50%}
        amounts:
          micro: {from: 30万, to: 100万}
          small: {from: 80万, to: 300万}
        terms: {6 months: 20%, 12 months: 80%}
        grades: {A: 60%, B: 40%}
        collateral: patent
        ipPart: 100%
        repayment: bullet
        rate: 4.5%
        renewals: 30%
      facts: met
    defaults:
      timing: monthly
      dependence: gaussian
      assetCorrelation: 0.12
      factor: {period: year, persistence: 0.4}
      grades: {A: 3%, B: 8%}
    recovery:
      mean: 35%
      standardDeviation: 20%
      lag: {from: 6, to: 12}
      writeOffMonths: 24
    funds:
      - name: fund
        programme: dalian-2018
        model: bank
        initial: 1600万
        claimDelay: 3 months
    """

  /// One loan of a million yuan that fails in month 11 (with 99.99 %), nothing recovered.
  static let certain = """
    title: one certain default
    start: 2024-01
    horizon: 24 months
    trials: 200
    seed: 1
    portfolio:
      generate:
        seed: 1
        months: 1
        loansPerMonth: 1
        banks: A
        sizes: small
        amounts: {small: {from: 100万, to: 100万}}
        terms: 6 months
        collateral: patent
        ipPart: 100%
        repayment: bullet
        rate: 4%
        renewals: 0%
      facts: met
    defaults: {timing: maturity, dependence: independent, pd: 99.9999%}
    recovery: {mean: 0%, standardDeviation: 0%, lag: {from: 1, to: 1}}
    funds:
      - {name: fund, programme: weihai-2020, model: bank, initial: 100万, claimDelay: 2 months}
    """

  /// The folder that holds `Package.swift`.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// A scenario from a text.
  static func scenario(_ text: String = StudyFixture.text) throws -> Scenario {
    let folder = try TemporaryFolder()
    return try ScenarioDocument(path: folder.write("scenario.yaml", text)).scenario()
  }

  /// Runs a plan on two threads.
  static func run(_ plan: SimulationPlan, later: Int? = nil) -> SimulationResult {
    simulate(plan, threads: 2)
  }

  /// A study of variants of the scenario.
  static func study(
    _ settings: [String], text: String = StudyFixture.text, trials: Int? = nil
  ) throws -> StudyResult {
    let folder = try TemporaryFolder()
    var request = StudyRequest(
      scenarios: [try folder.write("scenario.yaml", text)], choices: ScenarioChoices(trials: trials)
    )
    request.settings = try settings.map { try VariedSetting($0, option: "--set") }
    return try VariantStudy(try request.variants()).result(version: "test", simulate: run)
  }
}
