import LossStatistics
import Simulation

extension StudyYears {
  /// How a figure of amounts or ratios differs from that of another row on the same trials, and how often chance
  /// alone would bring it.
  ///
  /// A ratio that is not defined in a trial of either row leaves that trial out of the difference.
  ///
  /// - Returns: `nil` where there is none: a figure is missing, is not defined on ten trials of both, or may be
  ///   infinite.
  func difference(
    _ figure: YearStudyFigure, from reference: StudyYears
  ) -> (estimate: Estimate, chance: Double, isIdentical: Bool)? {
    guard case .figure(let source, let statistic) = figure.kind, let first = column(figure),
      let second = reference.column(figure), first.count == second.count
    else { return nil }
    let pairs = zip(first, second).filter {
      $0.0 != YearRatio.undefinedMark && $0.1 != YearRatio.undefinedMark
    }
    guard pairs.count >= min(first.count, 10) else { return nil }
    // Where trials are left out, the rows of a draw are no longer told by their places.
    let groups = pairs.count == first.count ? groups : nil
    let (ones, others) = (pairs.map(\.0), pairs.map(\.1))
    if !source.isMoney {
      let level =
        if case .quantile(let level) = statistic { level } else { 999_999 }
      for values in [ones, others] where values.isInfinite(at: Level(millionths: level)) {
        return nil
      }
    }
    // The mean of the lowest is that of the highest of the negatives, and the difference turns about.
    let found =
      statistic == .worst && source.worstEnd == .low
      ? statistic.difference(others.map { -$0 }, minus: ones.map { -$0 }, groups: groups)
      : statistic.difference(ones, minus: others, groups: groups)
    return (
      found.0.divided(by: source.isMoney ? 100 : Double(YearRatio.unit)), found.1,
      PairedSigns(ones, others).isIdentical
    )
  }
}

extension YearStudyFigure.Statistic {
  fileprivate func difference(
    _ first: [Int64], minus second: [Int64], groups: TrialGroups?
  ) -> (Estimate, Double) {
    switch self {
    case .mean:
      let mean = PairedDifference.sample(first, minus: second, groups: groups).mean
      return (mean, normalChance(mean))
    case .quantile(let millionths):
      let tails = [first, second].map {
        PairedTail($0, level: Level(millionths: millionths), groups: groups)
      }
      let difference = PairedTail.quantileDifference(tails[0], minus: tails[1])
      return (
        difference,
        difference.standardError == nil
          ? PairedTail.chance(tails[0], tails[1]) : normalChance(difference)
      )
    case .worst:
      let tails = [first, second].map { PairedTail($0, level: .percent(99), groups: groups) }
      let difference = PairedTail.shortfallDifference(tails[0], minus: tails[1])
      return (difference, normalChance(difference))
    }
  }
}

extension [Int64] {
  /// Whether a quantile of ratios, or the end of its interval, may be infinite.
  fileprivate func isInfinite(at level: Level) -> Bool {
    let quantile = LossSample(self).quantile(level)
    return Swift.max(abs(quantile.value), abs(quantile.high)) >= YearRatio.infiniteMark
  }
}
