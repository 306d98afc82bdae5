import LossStatistics

/// Divides what a run says of its funds among the loans: who uses them up.
///
/// No figure of the run is kept by loan. But every trial can be run again alone, and few trials make a tail:
/// these are run again claim by claim, and divided. A part of a tail's mean is the mean of the part over the
/// same trials, so that parts add up to the whole.
///
/// Source: D. Tasche, "Risk contributions and performance measurement", 1999; L. Euler's theorem on
/// homogeneous functions.
public struct ContributionStudy {
  /// On how many trials it rests at most: the first ones of the run.
  public static let mostTrials = 20_000
  /// How many trials of a tail, or in which a fund ran dry, are run again at most.
  static let mostDivided = 1_000
  /// How many trials are run again for a mean.
  static let meanTrials = 2_000

  private let plan: SimulationPlan
  private let groupings: [LoanGrouping]
  private let groups: GroupPlaces
  private let threads: Int

  /// Prepares a study.
  ///
  /// - Parameters:
  ///   - plan: The plan of the run.
  ///   - fundCount: How many of its funds are divided, from the first.
  ///   - groupings: How its loans are told apart; those of one group say nothing, and are left out.
  ///   - threads: How many threads work at once.
  public init(
    _ plan: SimulationPlan, fundCount: Int, groupings: [LoanGrouping], threads: Int
  ) {
    var plan = plan
    // The draws do not depend on the funds.
    plan.funds = Array(plan.funds.prefix(fundCount))
    plan.capitalMonths = []
    plan.isChecked = false
    self.plan = plan
    self.groupings = groupings.filter { $0.groups.count > 1 }
    groups = GroupPlaces(self.groupings, loanCount: plan.portfolio.loans.count)
    self.threads = threads
  }

  /// How many trials it rests on.
  private var trialCount: Int { min(plan.trialCount, Self.mostTrials) }

  /// Divides the funds.
  ///
  /// - Parameters:
  ///   - result: The run's trials where they are at hand: those that the study rests on are then not run
  ///     twice.
  ///   - control: Stops it.
  /// - Returns: One entry a fund; `nil` if it was stopped.
  /// - Complexity: Some 3,000 to 5,000 trials claim by claim a fund, whatever the length of the run.
  public func contributions(
    from result: SimulationResult? = nil, control: RunControl = RunControl()
  ) -> [FundContributions]? {
    divided(from: result, control: control)?.map(\.contributions)
  }

  /// Divides the funds, and keeps the trials that were divided: so funds on the same draws can be compared.
  ///
  /// - Parameters:
  ///   - result: The run's trials where they are at hand.
  ///   - control: Stops it.
  /// - Returns: One entry a fund; `nil` if it was stopped.
  public func divided(
    from result: SimulationResult? = nil, control: RunControl = RunControl()
  ) -> [DividedFund]? {
    guard trialCount > 0 else { return nil }
    let first: SimulationResult
    if let result, result.firstTrial == 0, result.trialCount >= trialCount {
      first = result
    } else {
      first = simulate(plan, trials: 0..<trialCount, threads: threads, control: control)
    }
    guard first.trialCount >= trialCount else { return nil }
    var all: [DividedFund] = []
    for position in plan.funds.indices {
      guard let item = divided(first.funds[position], at: position, control) else { return nil }
      all.append(item)
    }
    return all
  }

  private func divided(
    _ fund: FundResult, at position: Int, _ control: RunControl
  ) -> DividedFund? {
    let columns = [OutcomeColumn.compensation, .neededCapital, .exhaustionMonth].map {
      Array(fund.column($0).prefix(trialCount))
    }
    var plan = plan
    plan.funds = [plan.funds[position]]
    // What hangs on the fund's money has no needed capital to divide.
    let told = ContributionFigure.allCases.filter {
      $0.amount != .capital || !plan.funds[0].feedsMoneyBack
    }
    let figures = told.map { trials(of: $0, columns) }
    let wanted = Set(figures.flatMap(\.trials)).sorted()
    let table = SplitTable(
      plan, wanted, by: groups, outsideCount: min(Self.meanTrials, trialCount),
      workers: SplitWorkers(threads: threads, control: control))
    guard let table else { return nil }
    let draws = plan.parameterDraws?.clusterCount.map { TrialGroups(count: $0) }
    let expected = ExpectedCompensation(of: plan.funds[0], in: plan)
    let divided = zip(told, figures).map { figure, trials in
      let exact = figure == .compensationMean ? expected?.ofLoan : nil
      var item = DividedFigure(
        figure, trials,
        whole: exact.map { $0.reduce(0, +) } ?? whole(figure, trials, columns),
        trialCount: trialCount, draws: draws)
      item.exactParts = exact.map { groups.sums($0) }
      return item
    }
    let contributions = FundContributions(
      trialCount: trialCount, figures: divided.map(\.summary),
      divisions: zip(groupings, groups.ranges).map { grouping, places in
        FundContributions.Division(
          by: grouping.by,
          parts: zip(grouping.groups, places).map { group, place in
            FundContributions.Part(
              group: group, values: divided.map { $0.part(place, of: places, in: table) })
          }, rest: divided.map { $0.rest(of: places, in: table) })
      }, outside: OutsideContributions(table.outside, draws: draws))
    return DividedFund(
      contributions: contributions, figures: divided, table: table,
      places: Dictionary(uniqueKeysWithValues: zip(groupings.map(\.by), groups.ranges)))
  }

  private func trials(
    of figure: ContributionFigure, _ columns: [[Int64]]
  ) -> WeightedTrials {
    let values = columns[figure.amount == .compensation ? 0 : 1]
    switch figure {
    case .compensationMean: return .first(Self.meanTrials, of: trialCount)
    case .exhaustion: return .exhausted(columns[2], limit: Self.mostDivided)
    default:
      return .tail(
        of: values, beyond: .percent(figure.tailPercent ?? 95), limit: Self.mostDivided)
    }
  }

  /// The figure as a whole, over all trials; in fen.
  private func whole(
    _ figure: ContributionFigure, _ trials: WeightedTrials, _ columns: [[Int64]]
  ) -> Double {
    let values = columns[figure.amount == .compensation ? 0 : 1]
    switch figure {
    case .compensationMean:
      return Double(values.reduce(Int128.zero) { $0 + Int128($1) }) / trials.divisor
    case .exhaustion: return Double(columns[2].count { $0 >= 0 }) / trials.divisor
    default:
      let quantile = Int64(trials.quantile)
      let beyond = values.reduce(Int128.zero) { $0 + Int128(max(0, $1 - quantile)) }
      return trials.quantile + Double(beyond) / trials.divisor
    }
  }
}
