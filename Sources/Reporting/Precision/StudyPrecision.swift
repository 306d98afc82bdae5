import ClaimRules
import FundCore
import LossStatistics
public import Planning

/// Looks at the figures of studies.
public enum StudyPrecision {
  /// A target, and the figure that has to reach it.
  public struct FigureTarget: Sendable {
    let target: PrecisionTarget
    /// The figure.
    public let figure: StudyFigure

    /// Sets a figure a target.
    public init(_ target: PrecisionTarget, figure: StudyFigure) {
      (self.target, self.figure) = (target, figure)
    }
  }

  /// The rows of a study, in some figures.
  ///
  /// - Parameters:
  ///   - study: What was run.
  ///   - targets: Each with its figure.
  ///   - items: What the looks before found.
  public static func look(
    at study: StudyResult, _ targets: [FigureTarget],
    after items: [PrecisionOutcome.Item]
  ) -> [PrecisionOutcome.Item] {
    var found: [PrecisionOutcome.Item] = []
    for item in targets {
      let (target, figure) = (item.target, item.figure)
      for row in study.rows where target.fund.map(row.name.contains) ?? true {
        guard let value = row.value(figure) else { continue }
        var item =
          found.count < items.count
          ? items[found.count]
          : PrecisionOutcome.Item(
            target, figure: figure.word, of: row.name, isProbability: figure.isProbability)
        item.looks.append(
          target.look(
            value.value, value.interval95, figure.isProbability ? .probability : .amount,
            trials: study.trialCount))
        found.append(item)
      }
    }
    return found
  }

  /// The sizes of a study.
  public static func look(
    at sizes: SizeStudy, _ target: PrecisionTarget, after items: [PrecisionOutcome.Item]
  ) -> [PrecisionOutcome.Item] {
    sizes.requirements.enumerated().map { place, size in
      let level = "\(Double(size.level.millionths) / 10_000)"
      let name = "capital" + (level.hasSuffix(".0") ? String(level.dropLast(2)) : level)
      var item =
        place < items.count
        ? items[place]
        : PrecisionOutcome.Item(
          target, figure: "\(name).\(size.months)", of: sizes.fund.name, isProbability: false)
      let interval = Interval(
        low: Double(size.size.low) / 100, high: Double(size.size.high) / 100)
      item.looks.append(
        target.look(
          Double(size.size.value) / 100, size.size.isReliable ? interval : nil,
          .amount, trials: sizes.trialCount))
      return item
    }
  }

  /// What looks found of sizes, with one more at each that rare trials tell.
  public static func lookAgain(
    at sizes: SizeStudy, _ target: PrecisionTarget, after outcome: PrecisionOutcome
  ) -> PrecisionOutcome {
    var outcome = outcome
    for (place, size) in sizes.requirements.enumerated() where place < outcome.items.count {
      guard let trials = size.rareTrials else { continue }
      let interval = Interval(
        low: Double(size.size.low) / 100, high: Double(size.size.high) / 100)
      var look = target.look(
        Double(size.size.value) / 100, interval, .amount, trials: trials)
      look.isRare = true
      outcome.items[place].looks.append(look)
    }
    if outcome.isReached { outcome.end = .reached }
    return outcome
  }
}
