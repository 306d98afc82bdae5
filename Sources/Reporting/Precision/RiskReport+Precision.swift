import FundCore
import LossStatistics
import Simulation

extension RiskReport {
  /// The figure whose precision is asked for where no name is given.
  public static let precisionFigure = "compensation.mean"

  /// What a look says of every target and fund.
  ///
  /// - Parameter targets: With the positions of their funds.
  /// - Returns: The items so far, each with one look more.
  public func look(
    at items: [PrecisionOutcome.Item], _ targets: [(target: PrecisionTarget, fund: Int)]
  ) -> [PrecisionOutcome.Item] {
    var figures: [Int: [SummaryFigure]] = [:]
    return targets.enumerated().map { place, item in
      let (target, fund) = item
      let known = figures[fund] ?? self.figures(ofFund: fund)
      figures[fund] = known
      let name = target.figure ?? Self.precisionFigure
      let found = known.first { $0.name == name }
      let isProbability = Self.isProbability(name)
      var result =
        place < items.count
        ? items[place]
        : PrecisionOutcome.Item(
          target, figure: name, of: funds[fund].name, isProbability: isProbability)
      result.looks.append(
        target.look(
          found?.value ?? .nan,
          found?.interval.map { Interval(low: $0.lowerBound, high: $0.upperBound) },
          isProbability: isProbability, trials: estimates.trialCount))
      return result
    }
  }

  /// Whether a figure of the summary is a probability: then a share is meant in points.
  static func isProbability(_ name: String) -> Bool {
    let root = name.prefix { $0 != "." }
    return [
      "survival", "exhaustion", "exhaustionProbability", "exhaustionByYear", "breach",
      "survivalByInitial", "thresholdReadings",
    ].contains(String(root))
  }
}
