import FundCore
import LossStatistics
import ResultFacts
import Simulation

extension RiskReport {
  /// A target, and the position of the fund that has to reach it.
  public struct FundTarget: Sendable {
    let target: PrecisionTarget
    let fund: Int

    /// Sets a fund a target.
    public init(_ target: PrecisionTarget, fund: Int) {
      (self.target, self.fund) = (target, fund)
    }
  }

  /// The figure whose precision is asked for where no name is given.
  public static let precisionFigure = "compensation.mean"

  /// What a look says of every target and fund.
  ///
  /// - Parameter targets: One for each figure of a fund.
  /// - Returns: The items so far, each with one look more.
  public func look(
    at items: [PrecisionOutcome.Item], _ targets: [FundTarget]
  ) -> [PrecisionOutcome.Item] {
    var figures: [Int: [SummaryFigure]] = [:]
    return targets.enumerated().map { place, item in
      let (target, fund) = (item.target, item.fund)
      let known = figures[fund] ?? self.figures(ofFund: fund)
      figures[fund] = known
      let name = target.figure ?? Self.precisionFigure
      let found = known.first { $0.name == name }
      let kind = kind(ofFigure: name)
      var result =
        place < items.count
        ? items[place]
        : PrecisionOutcome.Item(
          target, figure: name, of: funds[fund].name, isProbability: kind.isProbability)
      result.looks.append(
        target.look(
          found?.value ?? .nan,
          found?.interval.map { Interval(low: $0.lowerBound, high: $0.upperBound) },
          kind, trials: estimates.trialCount))
      return result
    }
  }

  /// What a figure of the summary is measured in.
  public func kind(ofFigure name: String) -> FigureKind {
    FigureKind(of: name, horizon: estimates.horizon)
  }
}
