public import ClaimRules
public import FundCore
import LossStatistics
public import ScenarioInput
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
  /// What is kept of the rows beside their totals.
  public var detail = StudyDetail()

  /// Creates a study.
  public init(_ variants: [Variant]) { self.variants = variants }

  /// Runs it.
  ///
  /// - Parameters:
  ///   - version: The version of the program, for the provenance.
  ///   - simulate: Runs one plan.
  ///   - repeats: Runs trials again for what is wanted beside totals; without it nothing is kept beside them.
  /// - Throws: `StudyStopped` if a run was stopped: what is missing cannot be compared.
  public func result(
    version: EngineVersion, simulate: StudySimulator, repeats: (any StudyRepeats)? = nil
  ) throws -> StudyResult {
    let members = members(version: version)
    var worlds: [[Member]] = []
    for member in members {
      let world = worlds.firstIndex { $0[0].scenario.worldKey == member.scenario.worldKey }
      if let world { worlds[world].append(member) } else { worlds.append([member]) }
    }
    var rows: [[StudyRow]] = Array(repeating: [], count: variants.count)
    for (run, world) in worlds.enumerated() {
      let plan = plan(of: world)
      let result = try simulate(plan, worlds.count - run - 1)
      guard result.trialCount == plan.trialCount, let estimates = RiskEstimates(result) else {
        throw StudyStopped()
      }
      let details = try details(
        of: world, plan, result, controls: estimates.funds.map(\.controls), repeats)
      var place = 0
      for member in world {
        for (position, fund) in member.scenario.funds.enumerated() {
          var row = StudyRow(
            variant: member.index, position: position, run: run,
            name: variants[member.index].name, fund: fund,
            estimates: estimates.funds[place], result: result.funds[place],
            banks: plan.portfolio.banks)
          (row.years, row.divided) = details[place]
          rows[member.index].append(row)
          place += 1
        }
      }
    }
    var sources: [RunSource?] = Array(repeating: nil, count: variants.count)
    for member in members { sources[member.index] = member.compiled.source }
    return StudyResult(
      variants: variants, rows: named(rows), runCount: worlds.count,
      sharedDraws: worlds.count > 1 ? SharedDraws(worlds.map { $0[0].scenario }) : nil,
      sources: sources, clock: clock)
  }

  /// A variant that the articles allow.
  private struct Member {
    let index: Int
    let scenario: Scenario
    let compiled: CompiledScenario
  }

  private func members(version: EngineVersion) -> [Member] {
    variants.enumerated().compactMap { index, variant in
      variant.scenario.map {
        Member(index: index, scenario: $0, compiled: $0.compiled(version: version))
      }
    }
  }

  /// The plan of variants that share loans, defaults and recoveries: their funds beside each other.
  private func plan(of world: [Member]) -> SimulationPlan {
    var plan = world[0].compiled.plan
    plan.capitalMonths = capitalMonths.filter { $0 <= plan.horizon }
    plan.reportedFunds = nil
    plan.funds = world.flatMap { $0.compiled.plan.funds.prefix($0.scenario.funds.count) }
    return plan
  }

  /// What is kept of each fund of a run beside its totals.
  private func details(
    of world: [Member], _ plan: SimulationPlan, _ result: SimulationResult,
    controls: [FundControls], _ repeats: (any StudyRepeats)?
  ) throws -> [(StudyYears?, DividedFund?)] {
    guard let repeats else { return plan.funds.map { _ in (nil, nil) } }
    let requests = world.flatMap { member in
      member.scenario.funds.map { _ in member.compiled.plan.years }
    }
    let years = try detail.years(of: plan, asked: requests, controls: controls, repeats)
    guard !detail.traits.isEmpty, plan.trialCount >= StudyDetail.fewestDivided else {
      return years.map { ($0, nil) }
    }
    let groupings = world[0].scenario.loanGroupings(of: plan.portfolio)
      .filter { detail.traits.contains($0.by) }
    let divided = try repeats.division(plan, by: groupings, from: result)
    return zip(years, divided).map { ($0, $1) }
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
      }
      return named
    }
  }
}

/// Runs one plan of a study.
///
/// Beside the plan it is told how many runs of as many trials come after this one, so that the study can be
/// followed as one; `nil` if nobody knows, in a search for one.
public typealias StudySimulator =
  (_ plan: SimulationPlan, _ later: Int?) throws -> SimulationResult

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
  /// The fund.
  public let fund: FundAgreement
  /// Its figures.
  public let estimates: FundEstimates
  /// What happened on every path.
  public let result: FundResult
  /// The names of the banks, in portfolio order.
  public let banks: [String]
  /// The years; `nil` where the study keeps none.
  public internal(set) var years: StudyYears?
  /// Who uses the fund up; `nil` where the study does not ask.
  public internal(set) var divided: DividedFund?
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
  public let sources: [RunSource?]
  /// The calendar of the first variant.
  public let clock: (firstMonth: CivilMonth, horizon: Int)

  /// The number of trials behind every figure.
  public var trialCount: Int { rows.first?.result.trialCount ?? 0 }

  /// Over how many draws of the parameters the figures of any variant are taken; `nil` where all take
  /// them as they stand.
  public var drawCount: Int? { rows.compactMap { $0.result.groups?.count }.max() }

  /// How many trials failed a self-check, over all rows: none, unless there is a bug.
  public var failedChecks: Int {
    rows.reduce(0) {
      let checks = $1.estimates.checks
      return $0 + checks.unbalancedTrials + checks.undividedTrials + checks.capitalMismatches
    }
  }
}
