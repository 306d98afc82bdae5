import FundCore
import LossStatistics

/// The second set of trials, or a part of it: what each came to, and how much it counts.
///
/// Every part of a run finds the same shifts, because pilots are addressed; so parts add up to the whole, to the bit.
public struct RareTrials: Sendable, Hashable {
  /// What the trials of one fund came to, in trial order.
  public struct Fund: Sendable, Hashable {
    /// Amounts in fen and months, by column, in the order of `RareTrials.columns`.
    public var columns: [[Int64]]

    /// Creates what they came to.
    public init(columns: [[Int64]]) { self.columns = columns }
  }

  /// Which trials, counted from the first of the set.
  public internal(set) var range: Range<Int>
  /// The weight of each.
  public private(set) var weights: [Double]
  /// One entry a fund, in the order of the plan.
  public private(set) var funds: [Fund]

  /// Creates trials.
  ///
  /// - Precondition: A weight, and in each column an entry, for each.
  public init(_ range: Range<Int>, weights: [Double], funds: [Fund]) {
    precondition(weights.count == range.count, "a weight for each trial")
    (self.range, self.weights, self.funds) = (range, weights, funds)
  }

  /// The first trial of a run as the only one of the set: what names of figures are asked of.
  public init(plain result: SimulationResult, fundCount: Int) {
    self.init(
      0..<1, weights: [1],
      funds: result.funds.prefix(fundCount).map { fund in
        Fund(columns: Self.columns().map { Array(fund.column($0).prefix(1)) })
      })
  }

  /// What is kept of each trial and fund.
  ///
  /// - Parameter capitalMonths: For how many months the needed capital is kept too.
  public static func columns(capitalMonths: [Int] = []) -> [OutcomeColumn] {
    [.exhaustionMonth, .unpaid, .neededCapital]
      + capitalMonths.map { .neededCapitalThrough(months: $0) }
  }

  /// Adds the trials that follow.
  ///
  /// - Returns: Whether they do; otherwise nothing was added.
  public mutating func append(_ others: RareTrials) -> Bool {
    guard others.range.lowerBound == range.upperBound, others.funds.count == funds.count,
      zip(funds, others.funds).allSatisfy({ $0.columns.count == $1.columns.count })
    else { return false }
    range = range.lowerBound..<others.range.upperBound
    weights += others.weights
    for fund in funds.indices {
      for column in funds[fund].columns.indices {
        funds[fund].columns[column] += others.funds[fund].columns[column]
      }
    }
    return true
  }

  /// What no weight exceeds.
  public static var largestWeight: Double { 1 / RareMixture.usualPlainShare }
}

/// Runs the second set of trials of a plan, drawn so that its funds fail often.
///
/// Pilots come first, a climb a fund to its opening amount and to each level of needed capital: what they find
/// depends on the seed and the plan alone.
///
/// - Parameters:
///   - plan: The plan of a run.
///   - request: How many trials, and which levels.
///   - trials: Which of them; all if `nil`. A trial is the same in any range.
///   - fundCount: How many of the plan's funds, from the first.
///   - threads: How many threads work at once, at least 1.
///   - control: Follows and stops it.
/// - Precondition: The plan has no `rareRefusal`.
/// - Returns: The first of the trials, if it was stopped; `nil` if that was before any.
/// - Complexity: Some five to ten rounds of 8,192 trials a fund and column of needed capital, then the trials, each
///   a plain one with some 3 µs for its weight.
public func simulateRare(
  _ plan: SimulationPlan, _ request: RareRequest, trials: Range<Int>? = nil, fundCount: Int,
  on work: RareWork
) -> RareTrials? {
  var plan = plan
  plan.funds = plan.funds.prefix(fundCount).map { fund in
    var fund = fund
    fund.costs = nil
    return fund
  }
  plan.isChecked = false
  let study = RareStudy(plan, request, work)
  guard let mixture = study.mixture() else { return nil }
  return study.trials(trials ?? 0..<request.trials, under: mixture)
}

/// The rare trials of one plan.
private struct RareStudy {
  private let plan: SimulationPlan
  private let request: RareRequest
  private let model: RareModel
  private let work: RareWork

  init(_ plan: SimulationPlan, _ request: RareRequest, _ work: RareWork) {
    (self.plan, self.request, self.work) = (plan, request, work)
    model = RareModel(plan.defaults)
  }

  /// What the pilots of all funds found; `nil` if they were stopped.
  func mixture() -> RareMixture? {
    var (wanted, way): ([RareMixture.Level], [RareMixture.Level]) = ([], [])
    let drawn = DrawnModel(plan, trials: 0..<RarePilot.roundTrials)
    for position in plan.funds.indices {
      var alone = plan
      alone.funds = [plan.funds[position]]
      var pilot = RarePilot(
        RarePass(alone, model, drawn: drawn, work), width: model.layout.count, fund: position)
      for (column, targets) in targets(of: position) {
        guard pilot.climb(to: targets, of: column) else { return nil }
      }
      wanted += pilot.wanted
      way += pilot.way
    }
    return RareMixture(wanted: wanted, way: way)
  }

  /// What a fund's pilot climbs to, by column.
  private func targets(of position: Int) -> [(OutcomeColumn, [RareTarget])] {
    let levels = request.levels.map { Level(millionths: $0) }
    guard plan.capitalMonths.isEmpty else {
      return plan.capitalMonths.map { months in
        (.neededCapitalThrough(months: months), levels.map { .quantile($0) })
      }
    }
    let opening = plan.funds[position].cash.opening.fen
    return [(.neededCapital, [.amount(opening)] + levels.suffix(1).map { .quantile($0) })]
  }

  func trials(_ range: Range<Int>, under mixture: RareMixture) -> RareTrials? {
    let pass = RarePass(plan, model, drawn: DrawnModel(plan, trials: range), work)
    guard let rows = pass.run(range, under: mixture, seed: 0, isPilot: false) else { return nil }
    let columns = RareTrials.columns(capitalMonths: plan.capitalMonths)
    return RareTrials(
      range.prefix(rows.count), weights: rows.weights,
      funds: plan.funds.indices.map { fund in
        RareTrials.Fund(columns: columns.map { rows.column($0, fund: fund) })
      })
  }
}
