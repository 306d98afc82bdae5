import CompensationKernel
import FundCore
public import LossStatistics

/// The state of a fund at the end of a month.
public struct MonthEstimates: Sendable, Hashable {
  /// The month of the run, from 0.
  public let month: Int
  /// The probability that nothing owed has gone unpaid so far.
  public let survival: Proportion
  /// Quantiles of the balance in yuan, in the order of `balanceLevels`; each is known to 1/2000
  /// of the histogram's range.
  public let balance: [Double]
  /// The 95 % intervals of the quantiles, in yuan, widened to whole ranges of the histogram.
  public let balanceIntervals: [Interval]
  /// Whether each interval rests on ten trials at least to either side of its quantile.
  public let isReliable: [Bool]
  /// The mean compensation of the month, in yuan.
  public let meanPaid: Double
  /// The mean of what came back in the month, in yuan.
  public let meanReturned: Double

  /// The levels of the balance quantiles.
  public static let balanceLevels = [1, 5, 25, 50, 75, 95, 99].map { Level.percent($0) }

  static func all<Run>(
    _ fund: FundSample<Run>, survival: [Proportion]
  ) throws(Run.Failure) -> [MonthEstimates] {
    let tally = fund.sums.tally
    let trials = fund.trialCount
    let effective = try effectiveTrials(fund)
    let places = Self.places(among: trials, effective)
    return survival.enumerated().map { month, survival in
      // The last one stands for months behind them all.
      let place = places[effective.firstIndex { $0.month >= month } ?? effective.count]
      let flows = tally.meanFlows(month: month, trialCount: trials)
      return MonthEstimates(
        month: month, survival: survival,
        balance: balanceLevels.map {
          tally.balanceQuantile(
            month: month, millionths: $0.millionths, binWidth: fund.frame.binWidth
          ).yuan
        },
        balanceIntervals: zip(place.low, place.high).map {
          tally.balanceInterval(month: month, from: $0, to: $1, binWidth: fund.frame.binWidth)
        },
        isReliable: place.isReliable, meanPaid: flows.paid, meanReturned: flows.returned)
    }
  }
}

extension MonthEstimates {
  /// Balances at the end of a year, and how many independent trials would tell as much of each quantile.
  private struct EffectiveTrials {
    let month: Int
    let counts: [Double]
  }

  /// Between which of the sorted balances each quantile lies, and whether enough lie to either side.
  private struct QuantilePlaces {
    let low: [Int]
    let high: [Int]
    let isReliable: [Bool]
  }

  /// Those at each year's end, and where all trials are independent: months share them.
  private static func places(
    among trials: Int, _ effective: [EffectiveTrials]
  ) -> [QuantilePlaces] {
    let none: [[Double]?] = [nil]
    return (effective.map(\.counts) + none).map { independent in
      let ranks = balanceLevels.indices.map {
        LossSample.quantileRanks(balanceLevels[$0], among: trials, effective: independent?[$0])
      }
      return QuantilePlaces(
        low: ranks.map(\.low), high: ranks.map(\.high),
        isReliable: balanceLevels.indices.map { level in
          balanceLevels[level].isReliable(among: independent.map { Int($0[level]) } ?? trials)
        })
    }
  }

  /// At the ends of years, where the balances of all trials are known; the months before a year's end
  /// are taken to be no worse. Empty where all trials are independent.
  private static func effectiveTrials<Run>(
    _ fund: FundSample<Run>
  ) throws(Run.Failure) -> [EffectiveTrials] {
    guard fund.frame.drawCount != nil else { return [] }
    var all: [EffectiveTrials] = []
    for column in fund.columns {
      guard case .balance(let month) = column.source else { continue }
      let sample = try fund.values(column)
      let counts = balanceLevels.compactMap { sample.effectiveCount(atQuantile: $0) }
      guard counts.count == balanceLevels.count else { return [] }
      all.append(EffectiveTrials(month: month, counts: counts))
    }
    return all.sorted { $0.month < $1.month }
  }
}

/// What must hold if the program is right, counted over the trials.
public struct SelfChecks: Sendable, Hashable {
  /// Trials in which opening + in − out differs from closing.
  public let unbalancedTrials: Int
  /// Trials in which the parties' losses do not sum to the loss.
  public let undividedTrials: Int
  /// Trials in which the needed capital says otherwise than the payments whether the fund lasts.
  public let capitalMismatches: Int
  /// The mean number of defaults.
  public let simulatedDefaults: Estimate
  /// What it should be; `nil` where that would take too long to compute.
  public let expectedDefaults: Double?
  /// The defaults of each month against what they should be.
  public let defaultsByMonth: DefaultMonthsCheck
  /// Claims a trial that fell after the horizon and were left out.
  public let claimsAfterHorizon: Double
  /// Recoveries a trial that fell after the horizon and were left out.
  public let recoveriesAfterHorizon: Double

  init(
    _ sums: FundSums, trialCount: Int, simulatedDefaults: Estimate, expectedDefaults: Double?,
    defaultsByMonth: DefaultMonthsCheck
  ) {
    unbalancedTrials = sums.tally.unbalancedTrials
    undividedTrials = sums.tally.undividedTrials
    capitalMismatches = sums.capitalMismatches
    self.simulatedDefaults = simulatedDefaults
    self.expectedDefaults = expectedDefaults
    self.defaultsByMonth = defaultsByMonth
    claimsAfterHorizon = Double(sums.tally.claimsAfterHorizon) / Double(trialCount)
    recoveriesAfterHorizon = Double(sums.tally.recoveriesAfterHorizon) / Double(trialCount)
  }

  /// How many standard errors the defaults lie from what they should be; `nil` where that was
  /// not computed, or there is no error that the trials show to measure by.
  public var defaultsDeviation: Double? {
    expectedDefaults.flatMap { simulatedDefaults.distance(from: $0) }
  }

  /// Whether money is conserved, losses are divided, and needed capital agrees, in every trial,
  /// and the defaults lie within 3.9 standard errors of what they should be, and in their months.
  public var hold: Bool {
    unbalancedTrials == 0 && undividedTrials == 0 && capitalMismatches == 0
      && abs(defaultsDeviation ?? 0) <= 3.9 && defaultsByMonth.holds != false
  }
}

/// How one fund differs from another on the same draws, trial by trial.
public struct FundDifference: Sendable, Hashable {
  /// The fund.
  public let fund: String
  /// The fund that it is compared with.
  public let reference: String
  /// The difference of the probabilities of exhaustion.
  public let exhaustion: Estimate
  /// The difference of mean compensation, in yuan.
  public let compensation: Estimate
  /// The difference of the banks' mean losses, inside and outside cover, in yuan.
  public let bankLoss: Estimate
  /// The difference of the mean discounted outlays, in yuan; `nil` where costs are not reckoned.
  public let netPresentValue: Estimate?
  /// The differences of what those are left with who bear costs, in yuan.
  public let netCosts: [NetCost]

  /// How what one bearer of costs is left with differs.
  public struct NetCost: Sendable, Hashable {
    /// Its name.
    public let payer: String
    /// The difference, in yuan.
    public let difference: Estimate
  }

  init<Run>(_ sample: FundSample<Run>) throws(Run.Failure) {
    let (run, fund) = (sample.run, sample.position)
    let means = try SharpenedDifferences(sample)
    self.fund = run.frame.funds[fund].name
    reference = run.frame.funds[0].name
    // Funds that differ in nothing but their names differ in nothing, whatever happens.
    let isSame = run.frame.funds[fund].certainty.isLikeFirst
    exhaustion = PairedDifference.ofProbabilities(
      PairedSigns(try run.differences(of: .exhaustion, fund: fund))
    ).exact(if: isSame)
    func money(_ figure: PairedFigure) throws(Run.Failure) -> Estimate {
      means.mean(of: figure, try run.differences(of: figure, fund: fund)).divided(by: 100)
        .exact(if: isSame)
    }
    compensation = try money(.compensation)
    bankLoss = try money(.bankLoss)
    var (value, costs): (Estimate?, [NetCost]) = (nil, [])
    for figure in run.frame.pairedFigures {
      switch figure {
      case .netPresentValue: value = try money(figure)
      case .netCost(let payer):
        costs.append(NetCost(payer: payer, difference: try money(figure)))
      case .exhaustion, .compensation, .bankLoss: break
      }
    }
    (netPresentValue, netCosts) = (value, costs)
  }
}
