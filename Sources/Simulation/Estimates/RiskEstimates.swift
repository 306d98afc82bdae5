public import FundCore
public import LossStatistics
import Synchronization

/// What a run says about each fund, every figure with its precision.
///
/// Money becomes a number of yuan here, and nowhere below.
public struct RiskEstimates: Sendable {
  /// The trials behind every figure; fewer than planned if the run was stopped.
  public let trialCount: Int
  /// The trials that were asked for.
  public let plannedTrials: Int
  /// The number of months.
  public let horizon: Int
  /// The calendar month of month 0.
  public let firstMonth: CivilMonth
  /// The number of banks of the portfolio.
  public let bankCount: Int
  /// Over how many draws of the parameters the figures are taken; `nil` where these are known.
  public let drawCount: Int?
  /// One entry a fund, in the order of the plan.
  public private(set) var funds: [FundEstimates]
  /// How each further fund differs from the first one, trial by trial.
  public let differences: [FundDifference]

  /// Estimates from what happened in the trials.
  ///
  /// - Parameters:
  ///   - run: What happened, in one run or in parts.
  ///   - fundCount: How many of the run's funds to estimate, from the first; all if `nil`.
  ///   - levels: Levels of the analyst's own, from 50 %, beside the usual ones.
  /// - Returns: `nil` if the run was stopped before its first trial.
  /// - Complexity: About 15 ms a column for a million trials; a fund has some fifteen, and one a year.
  public init?<Run: RunSample>(
    _ run: Run, fundCount: Int? = nil, levels: [Level] = []
  ) throws(Run.Failure) {
    guard run.trialCount > 0 else { return nil }
    let first = try FundSample(of: run, at: 0, levels: levels)
    let months = DefaultMonthsCheck(
      first.sums.tally.defaults, expected: run.frame.expectedDefaults, trialCount: run.trialCount)
    var entries = [Entry(fund: try FundEstimates(first, months), difference: nil)]
    for position in 1..<max(1, fundCount ?? run.frame.funds.count) {
      entries.append(try Entry(FundSample(of: run, at: position, levels: levels), months))
    }
    self.init(run, entries)
  }

  /// The same figures of a run that is whole in memory, funds side by side: their samples lie there together.
  ///
  /// - Parameters:
  ///   - result: What happened.
  ///   - fundCount: How many of the run's funds to estimate, from the first.
  ///   - threads: How many threads work at once, at least 1.
  /// - Returns: `nil` if the run was stopped before its first trial.
  public init?(_ result: SimulationResult, fundCount: Int, threads: Int) {
    guard result.trialCount > 0 else { return nil }
    let months = DefaultMonthsCheck(
      result.funds[0].tally.defaults, expected: result.frame.expectedDefaults,
      trialCount: result.trialCount)
    let entries = Mutex([Entry?](repeating: nil, count: fundCount))
    let started = Atomic(0)
    onThreads(min(threads, fundCount)) {
      // Further funds first: their differences come on top.
      while case let turn = started.add(1, ordering: .relaxed).oldValue, turn < fundCount {
        let position = fundCount - 1 - turn
        let entry = Entry(FundSample(of: result, at: position), months)
        entries.withLock { $0[position] = entry }
      }
    }
    self.init(result, entries.withLock { $0.compactMap { $0 } })
  }

  /// A fund, and how it differs from the first one, which differs from none.
  private struct Entry: Sendable {
    let fund: FundEstimates
    let difference: FundDifference?

    init(fund: FundEstimates, difference: FundDifference?) {
      (self.fund, self.difference) = (fund, difference)
    }

    init<Run>(_ sample: FundSample<Run>, _ months: DefaultMonthsCheck) throws(Run.Failure) {
      fund = try FundEstimates(sample, months)
      difference = sample.position == 0 ? nil : try FundDifference(sample)
    }
  }

  private init<Run: RunSample>(_ run: Run, _ entries: [Entry]) {
    let frame = run.frame
    trialCount = run.trialCount
    plannedTrials = frame.plannedTrials
    horizon = frame.horizon
    firstMonth = frame.firstMonth
    bankCount = frame.banks.count
    drawCount = frame.drawCount
    funds = entries.map(\.fund)
    differences = entries.compactMap(\.difference)
  }
}

extension RiskEstimates {
  /// These funds, and behind them those of another run, under other names: for charts that show both. What
  /// stands for the run as a whole is this one's.
  ///
  /// - Parameters:
  ///   - other: Another run over as many months.
  ///   - name: What each of its funds is called here.
  public func beside(_ other: RiskEstimates, naming name: (String) -> String) -> RiskEstimates {
    precondition(other.horizon == horizon, "charts of both have the same months")
    var both = self
    both.funds += other.funds.map { fund in
      var renamed = fund
      renamed.name = name(fund.name)
      return renamed
    }
    return both
  }
}

/// What a run says about one fund.
public struct FundEstimates: Sendable {
  /// The fund's name.
  public fileprivate(set) var name: String
  /// The initial amount.
  public let initial: Money
  /// For each month the probability that nothing owed went unpaid up to its end.
  public let survival: [Proportion]
  /// Between which values survival through the horizon lies over the draws of the parameters; `nil`
  /// where these are known, or too few trials share a draw.
  public let parameterSpread: ParameterSpread?
  /// The probability of exhaustion by the end of each year of the run, the last one perhaps short.
  public let exhaustionByYear: [YearOfRun]
  /// The probability of exhaustion within the horizon.
  public let exhaustion: Proportion
  /// How long the fund lasts.
  public let timeToExhaustion: TimeEstimates
  /// The distributions of its amounts.
  public let amounts: FundAmounts
  /// How what the fund paid is spread.
  public let compensationHistogram: AmountHistogram
  /// The initial amount that lasts through the horizon, by the probability that it does.
  public let capitalForSurvival: [QuantileFigure]
  /// The probability that the fund lasts, by its initial amount.
  public let survivalBySize: [SizeSurvival]
  /// What each party loses after recoveries; losses outside cover, the banks' own, last.
  public let parties: [PartyEstimates]
  /// What it costs, and whom; `nil` where the scenario does not ask for it.
  public let cost: CostEstimates?
  /// What lies outside cover, by reason, before recoveries.
  public let outsideCover: OutsideEstimates
  /// The balances of the accounts of a fund that has several.
  public let accounts: [AccountBalances]
  /// One entry a threshold, in the order of the plan.
  public let thresholds: [ThresholdEstimates]
  /// The course of the balance, month by month.
  public let timeline: [MonthEstimates]
  /// What must hold if the program is right.
  public let checks: SelfChecks
  /// What the plan leaves to no chance.
  public let certainty: FundCertainty
  /// By what its mean amounts are sharpened, where the trials allow it.
  public let controls: FundControls
  /// Sharpens them.
  public let means: SharpenedMeans

  init<Run>(_ fund: FundSample<Run>, _ defaultMonths: DefaultMonthsCheck) throws(Run.Failure) {
    let frame = fund.run.frame
    name = fund.frame.name
    initial = fund.frame.opening
    let trials = fund.trialCount
    let certainty = fund.frame.certainty
    // One sample at a time: those of many trials are large.
    let exhausted: [Proportion]
    (exhausted, timeToExhaustion, parameterSpread) = try FundEstimates.survival(of: fund)
    survival = exhausted.map(\.complement)
    exhaustionByYear = YearOfRun.all(exhausted)
    exhaustion = exhausted[exhausted.count - 1]
    var readings = CapitalReadings(fund.frame, levels: fund.levels)
    amounts = try FundAmounts(of: fund) { readings.read($1, of: $0) }
    compensationHistogram = AmountHistogram(fund.paid)
    capitalForSurvival = readings.capitalForSurvival
    survivalBySize = readings.survivalBySize
    parties = try PartyEstimates.all(fund)
    cost = try CostEstimates(fund, losses: parties)
    outsideCover = OutsideEstimates(fund.sums.tally, trialCount: trials)
    accounts = AccountBalances.all(fund)
    thresholds = ThresholdEstimates.all(fund)
    timeline = try MonthEstimates.all(fund, survival: survival)
    checks = SelfChecks(
      fund.sums, trialCount: trials,
      simulatedDefaults: amounts[.defaults].mean,
      // Those of loans that were not made are none of the fund's.
      expectedDefaults: fund.frame.clauses.stopsLending
        ? nil : frame.expectedDefaults?.total, defaultsByMonth: defaultMonths)
    self.certainty = certainty
    controls = fund.frame.controls
    means = fund.means
  }

  /// The probability of exhaustion by the end of each month, how long the fund lasts, and how far both differ
  /// from draw to draw of the parameters.
  private static func survival<Run>(
    of fund: FundSample<Run>
  ) throws(Run.Failure) -> ([Proportion], TimeEstimates, ParameterSpread?) {
    let isFixed = fund.frame.certainty.hasNoClaims
    let months = try fund.values(.exhaustionMonth)
    let time = SurvivalTimes(months, horizon: fund.run.frame.horizon)
    return (
      time.exhausted(isCertain: isFixed), TimeEstimates(time, isCertain: isFixed),
      months.nested { $0 < 0 }.map { ParameterSpread($0) }
    )
  }

  /// The probabilities of survival for which a fund size is given.
  public static let survivalLevels = [
    Level.percent(50), .percent(80), .percent(90), .percent(95), .percent(99),
    Level(millionths: 995_000), Level(millionths: 999_000),
  ]
}

/// What is read off the needed capital beside its distribution, while it is at hand.
private struct CapitalReadings {
  private let frame: FundFrame
  private let levels: [Level]
  private(set) var capitalForSurvival: [QuantileFigure] = []
  private(set) var survivalBySize: [SizeSurvival] = []

  init(_ frame: FundFrame, levels: [Level]) {
    self.frame = frame
    self.levels = levels
  }

  mutating func read(_ sample: LossSample, of column: OutcomeColumn) {
    guard column == .neededCapital, frame.certainty.definesCapital else { return }
    let isFixed = frame.certainty.hasNoClaims
    capitalForSurvival = Set(FundEstimates.survivalLevels + levels).sorted().map {
      QuantileFigure(
        sample.quantile($0), unit: .fen, isCertain: isFixed && sample.isConstant)
    }
    survivalBySize = SizeSurvival.curve(sample, initial: frame.opening, isCertain: isFixed)
  }
}
