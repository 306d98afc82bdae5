public import FundCore
import ScenarioInput
public import Simulation

/// Runs variants so that they can be compared trial by trial.
///
/// Variants that share loans, defaults and recoveries are settled in one run, fund beside fund, on the
/// same draws. The others are run for themselves with the same seed: a draw is a function of seed,
/// trial and purpose, so trial k of each has the same business cycle, and as much of the rest as the
/// inputs allow (common random numbers).
public struct VariantStudy: Sendable {
  /// The variants.
  public let variants: [Variant]
  /// The number of months in each of which needed capital is wanted.
  public var capitalMonths: [Int] = []

  /// Creates a study.
  public init(_ variants: [Variant]) { self.variants = variants }

  /// Runs it.
  ///
  /// - Parameters:
  ///   - version: The version of the program, for the provenance.
  ///   - simulate: Runs one plan.
  /// - Throws: `StudyStopped` if a run was stopped: what is missing cannot be compared.
  public func result(
    version: EngineVersion, simulate: (SimulationPlan) throws -> SimulationResult
  ) throws -> StudyResult {
    let allowed = variants.indices.filter { variants[$0].scenario != nil }
    let compiled = variants.map { $0.scenario?.compiled(version: version) }
    var keys: [String] = []
    for index in allowed {
      if let key = variants[index].scenario?.worldKey, !keys.contains(key) { keys.append(key) }
    }
    let scenarios = keys.compactMap { key in
      variants.lazy.compactMap(\.scenario).first { $0.worldKey == key }
    }
    var rows: [[StudyRow]] = Array(repeating: [], count: variants.count)
    for (run, key) in keys.enumerated() {
      let members = allowed.filter { variants[$0].scenario?.worldKey == key }
      guard let first = compiled[members[0]] else { continue }
      var plan = first.plan
      plan.capitalMonths = capitalMonths.filter { $0 <= plan.horizon }
      plan.funds = members.flatMap { member in
        compiled[member].map { Array($0.plan.funds.prefix($0.funds.count)) } ?? []
      }
      let result = try simulate(plan)
      guard result.trialCount == plan.trialCount, let estimates = RiskEstimates(result) else {
        throw StudyStopped()
      }
      var place = 0
      for member in members {
        for (position, fund) in (compiled[member]?.funds ?? []).enumerated() {
          rows[member].append(
            StudyRow(
              variant: member, position: position, run: run, name: variants[member].name,
              words: variants[member].words,
              fund: fund,
              estimates: estimates.funds[place], result: result.funds[place],
              banks: plan.portfolio.banks))
          place += 1
        }
      }
    }
    return StudyResult(
      variants: variants, rows: named(rows), runCount: keys.count,
      sharedDraws: keys.count > 1 ? SharedDraws(scenarios) : nil,
      provenances: compiled.map { $0?.provenance }, clock: clock)
  }

  private var clock: (firstMonth: CivilMonth, horizon: Int) {
    let scenario = variants.lazy.compactMap(\.scenario).first
    return (scenario?.start ?? CivilMonth(ordinal: 0), scenario?.horizon ?? 0)
  }

  /// The rows, each with a name of its own.
  private func named(_ rows: [[StudyRow]]) -> [StudyRow] {
    let hasSeveralFunds = rows.contains { $0.count > 1 }
    let hasSeveralVariants = variants.count > 1
    return rows.flatMap { $0 }.map { row in
      var named = row
      if hasSeveralFunds {
        named.name = hasSeveralVariants ? "\(row.name) · \(row.fund.name)" : row.fund.name
        named.words =
          hasSeveralVariants
          ? LocalizedText(
            en: "\(row.words) · \(row.fund.name)", zh: "\(row.words)，\(row.fund.name)")
          : LocalizedText(same: row.fund.name)
      }
      return named
    }
  }
}

/// A study that was stopped before all of it was run.
public struct StudyStopped: Error {
  /// Creates the error.
  public init() {}
}

/// One fund of one variant, with what happened to it.
public struct StudyRow: Sendable {
  /// The position of the variant.
  public let variant: Int
  /// The position of the fund in it.
  public let position: Int
  /// The run that it was settled in.
  let run: Int
  /// What the row is called by in the JSON objects and options.
  public var name: String
  /// What the row is called by in reports.
  public var words: LocalizedText
  /// The fund in words.
  public let fund: FundDescription
  /// Its figures.
  public let estimates: FundEstimates
  /// What happened on every path.
  public let result: FundResult
  /// The names of the banks, in portfolio order.
  public let banks: [String]
}

/// What a study found.
public struct StudyResult: Sendable {
  /// The variants, those that are not allowed among them.
  public let variants: [Variant]
  /// The funds of all variants that are allowed, in their order.
  public let rows: [StudyRow]
  /// How many runs it took.
  public let runCount: Int
  /// What several runs share; `nil` if there is one.
  public let sharedDraws: SharedDraws?
  /// Where the figures of each variant come from; `nil` where it is not allowed.
  public let provenances: [Provenance?]
  /// The calendar of the first variant.
  public let clock: (firstMonth: CivilMonth, horizon: Int)

  /// Where the first variant's figures come from.
  public var provenance: Provenance? { provenances.lazy.compactMap(\.self).first }

  /// The number of trials behind every figure.
  public var trialCount: Int { rows.first?.result.trialCount ?? 0 }

  /// How many trials failed a self-check, over all rows: none, unless there is a bug.
  public var failedChecks: Int {
    rows.reduce(0) {
      let checks = $1.estimates.checks
      return $0 + checks.unbalancedTrials + checks.undividedTrials + checks.capitalMismatches
    }
  }
}
