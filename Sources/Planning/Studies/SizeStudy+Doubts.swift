import FundCore
public import LossStatistics
public import ScenarioInput
public import Simulation

extension SizeStudy {
  /// Between which amounts a size lies, in fen.
  public struct AmountRange: Sendable, Hashable {
    /// The smallest.
    public var low: Int64
    /// The largest.
    public var high: Int64

    /// Creates a range.
    public init(low: Int64, high: Int64) {
      self.low = low
      self.high = high
    }
  }

  /// What is not known of a size.
  public struct Doubts: Sendable {
    /// The size by the best estimate alone, as if that were the truth: that of the history, and the
    /// scenario's own parameters where the draws know none; `nil` where nothing is drawn.
    public internal(set) var bestEstimate: QuantileEstimate?
    /// The size with the scenario's own parameters, where these are others than the best estimate.
    public internal(set) var ownValues: QuantileEstimate?
    /// Between these amounts lies the size that the true parameters would ask for, with 90 % probability:
    /// the size is found for each draw, and the simulation's noise is taken off; `nil` without draws, or
    /// where too few trials tell.
    public internal(set) var overDraws: AmountRange?
    /// The part of the chance of needing more than the size that lies between draws: of its variance.
    public internal(set) var varianceShare: Double?
    /// Its standard error.
    public internal(set) var shareError: Double?
    /// Between which amounts the readings of the text put the size; `nil` where they were not looked at.
    public internal(set) var readings: AmountRange?
    /// Between which amounts laws of dependence put it; `nil` where they were not looked at.
    public internal(set) var dependence: AmountRange?
    /// On how many trials readings and laws were held against each other.
    public internal(set) var trials = 0
  }

  /// Finds what is not known of the sizes.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, with the fund alone.
  ///   - simulate: Runs one plan.
  public mutating func weigh(_ scenario: Scenario, simulate: StudySimulator) throws {
    var doubts = requirements.map { _ in Doubts() }
    if drawCount != nil {
      let best = try sizes(of: plan.underBestEstimate, simulate)[0]
      var own = best
      if plan.parameterDraws?.best != nil {
        var known = plan
        known.parameterDraws = nil
        own = try sizes(of: known, simulate)[0]
      }
      for index in doubts.indices {
        doubts[index].bestEstimate = best[index]
        doubts[index].ownValues = own == best ? nil : own[index]
        weighDraws(&doubts[index], requirements[index])
      }
    }
    try weighOthers(&doubts, scenario, simulate)
    for index in doubts.indices { requirements[index].doubts = doubts[index] }
  }

  // MARK: Draws of the parameters

  private func weighDraws(_ doubts: inout Doubts, _ requirement: Requirement) {
    let sample = samples[months.firstIndex(of: requirement.months) ?? 0]
    let event = sample.nested { $0 <= requirement.size.value }
    (doubts.varianceShare, doubts.shareError) = (event?.share, event?.shareError)
    // A draw's size is at most an amount where its survival with that amount is at least the level. So 5 %
    // of the sizes lie above the amount with which 5 % of the draws survive less often.
    guard let low = sample.amount(draws: 0.95, survive: requirement.level),
      let high = sample.amount(draws: 0.05, survive: requirement.level)
    else { return }
    doubts.overDraws = AmountRange(low: min(low, high), high: max(low, high))
  }

  // MARK: Readings and laws

  /// Readings and laws of dependence, on the first trials, as ``HeadlineScreen`` takes them.
  private func weighOthers(
    _ doubts: inout [Doubts], _ scenario: Scenario, _ simulate: StudySimulator
  ) throws {
    let alternatives = scenario.alternatives(ofFund: 0)
    let laws = DependenceScreen(plan, fundCount: 1).alternatives
    let work = max(1, scenario.portfolio.loans.count) * max(1, alternatives.count + laws.count + 2)
    var few = plan
    few.trialCount = min(
      plan.trialCount, HeadlineScreen.largestTrialCount,
      max(HeadlineScreen.smallestTrialCount, HeadlineScreen.largestWork / work))
    guard few.trialCount >= HeadlineScreen.smallestTrialCount else { return }
    var beside = scenario.plan(like: few, fund: 0, beside: alternatives)
    beside.capitalMonths = months
    let read = try sizes(of: beside, simulate)
    let lawful = try laws.map { try sizes(of: few.under($0.factors), simulate)[0] }
    for index in doubts.indices where requirements[index].level.isReliable(among: few.trialCount) {
      doubts[index].trials = few.trialCount
      let own = read[0][index].value
      func range(_ others: [[QuantileEstimate]]) -> AmountRange {
        let moves = others.map { $0[index].value - own }
        let size = requirements[index].size.value
        return AmountRange(
          low: max(0, size + min(0, moves.min() ?? 0)), high: size + max(0, moves.max() ?? 0))
      }
      doubts[index].readings = range(Array(read.dropFirst()))
      doubts[index].dependence = range(lawful)
    }
  }

  /// The sizes that each fund of a plan needs, in the order of the requirements.
  private func sizes(
    of plan: SimulationPlan, _ simulate: StudySimulator
  ) throws -> [[QuantileEstimate]] {
    let result = try simulate(plan, 0)
    guard result.trialCount == plan.trialCount else { throw StudyStopped() }
    return result.funds.map { fund in
      let samples = months.map { LossSample(fund.column(.neededCapitalThrough(months: $0))) }
      return requirements.map { requirement in
        samples[months.firstIndex(of: requirement.months) ?? 0].quantile(requirement.level)
      }
    }
  }
}

extension SizeStudy.Requirement {
  /// How much of the width of what is not known of the size comes from the parameters, and not from the
  /// simulation (``LossStatistics/Interval/widthShare(beside:)``). `nil` where no draws tell.
  public var intervalShare: Double? {
    guard let draws = doubts?.overDraws else { return nil }
    return Interval(low: Double(draws.low), high: Double(draws.high)).widthShare(
      beside: Interval(low: Double(size.low), high: Double(size.high)))
  }
}

extension LossSample {
  /// The smallest amount with which a share of the draws survives at most with a probability; `nil` where
  /// too few trials tell.
  fileprivate func amount(draws share: Double, survive level: Level) -> Int64? {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      let nested = nested { $0 <= sorted[middle] }
      if nested.map({ $0.betweenQuantile(share) >= level.value }) ?? true {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return nested { $0 <= sorted[low] }?.share.map { _ in sorted[low] }
  }
}
