public import FundCore
import LossStatistics

/// What rare trials say of each fund, beside the figures of the plain ones.
public struct RareFigures: Sendable, Hashable, Codable {
  /// A quantile of needed capital.
  public struct Capital: Sendable, Hashable, Codable {
    /// The probability of survival, in millionths.
    public let level: Int
    /// The quantile with the ends of its 95 % interval.
    public let amount, low, high: Money
    /// Whether enough trials lie on either side.
    public let isReliable: Bool
  }

  /// One fund.
  public struct Fund: Sendable, Hashable, Codable {
    /// The probability that something owed went unpaid by the end of each month.
    public let exhaustion: [KnownFigure]
    /// The quantiles of needed capital, by level; none where it is not defined.
    public let capital: [Capital]
    /// The mean of what is owed and not paid, in yuan.
    public let unpaid: KnownFigure
  }

  /// On how many rare trials the figures rest.
  public let trials: Int
  /// How many were asked for: a time limit or a signal may have stopped them.
  public let planned: Int
  /// One entry a fund.
  public let funds: [Fund]

  /// Estimates.
  ///
  /// - Parameters:
  ///   - trials: All trials of the set, or the first that were run.
  ///   - request: What was asked.
  ///   - frame: What is known of the run.
  public init(_ trials: RareTrials, _ request: RareRequest, frame: RunFrame) {
    self.trials = trials.range.count
    planned = request.trials
    let groups = frame.drawCount.map { TrialGroups(count: $0) }
    funds = trials.funds.enumerated().map { position, fund in
      Fund(
        fund, weights: trials.weights, groups: groups, horizon: frame.horizon,
        levels: frame.funds[position].certainty.definesCapital
          ? request.levels.map { Level(millionths: $0) } : [])
    }
  }
}

extension RareFigures.Fund {
  fileprivate init(
    _ fund: RareTrials.Fund, weights: [Double], groups: TrialGroups?, horizon: Int,
    levels: [Level]
  ) {
    let months = WeightedSample(fund.columns[0], weights: weights, groups: groups)
    var last: (count: Int, figure: KnownFigure)?
    exhaustion = (0..<horizon).map { month in
      // Most months add nothing.
      let count = fund.columns[0].count { (0...Int64(month)).contains($0) }
      if let last, last.count == count { return last.figure }
      let figure = KnownFigure(
        months.probability(largestWeight: RareTrials.largestWeight) {
          (0...Int64(month)).contains($0)
        })
      last = (count, figure)
      return figure
    }
    unpaid = KnownFigure(
      WeightedSample(fund.columns[1], weights: weights, groups: groups).mean.divided(by: 100))
    let needed =
      levels.isEmpty ? nil : WeightedSample(fund.columns[2], weights: weights, groups: groups)
    capital = levels.compactMap { level in
      needed.map { RareFigures.Capital($0.quantile(level)) }
    }
  }
}

extension RareFigures.Capital {
  init(_ quantile: QuantileEstimate) {
    level = quantile.level.millionths
    amount = Money(fen: quantile.value)
    (low, high) = (Money(fen: quantile.low), Money(fen: quantile.high))
    isReliable = quantile.isReliable
  }
}
