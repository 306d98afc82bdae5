public import FundCore
public import LossStatistics

/// How the totals of an amount are spread, for a picture: counts in ranges of equal width.
public struct AmountHistogram: Sendable, Hashable {
  /// The lower edge of the first range, in yuan.
  public let start: Double
  /// The width of a range, in yuan. A range holds its lower edge and not its upper one.
  public let width: Double
  /// For each range the share of trials in it.
  public let ranges: [Proportion]
  /// The share of trials above the last range: about one in a thousand.
  public let beyond: Proportion
  /// The share of trials in which the amount is nothing.
  public let none: Proportion

  init(_ sample: LossSample) {
    // Whole yuan at least; 99.9 % of the trials lie in the ranges.
    let histogram = sample.histogram(
      upTo: Level(millionths: 999_000), rangeCount: 48, unit: 100)
    start = Double(histogram.start) / 100
    width = Double(histogram.width) / 100
    let edges = histogram.counts.indices.map { histogram.start + Int64($0) * histogram.width }
    ranges = edges.map { sample.share(above: $0 - 1, atMost: $0 + histogram.width - 1) }
    beyond = sample.share(
      above: histogram.start + Int64(edges.count) * histogram.width - 1, atMost: .max)
    none = sample.share(above: -1, atMost: 0)
  }
}

/// The probability that a fund lasts through the horizon, by its initial amount.
public struct SizeSurvival: Sendable, Hashable {
  /// The initial amount.
  public let initial: Money
  /// The probability that it lasts.
  public let survival: Proportion

  /// The curve over round amounts, from nothing to beyond what 99.9 % of the trials need and to
  /// beyond the fund's own amount, which is one of its points.
  static func curve(_ needed: LossSample, initial: Money, isCertain: Bool) -> [SizeSurvival] {
    let largest = max(
      needed.quantile(Level(millionths: 999_000)).value, initial.fen + initial.fen / 5)
    let width = roundWidth(span: max(largest, 0), parts: 60, unit: 100)
    let last = max(largest, 0) / width + 1
    let amounts = Set((0...last).map { $0 * width } + [initial.fen])
    let sorted = amounts.sorted()
    return zip(sorted, needed.shares(atMost: sorted, isCertain: isCertain)).map {
      SizeSurvival(initial: Money(fen: $0), survival: $1)
    }
  }
}

extension FundTally {
  /// The 95 % interval of a quantile of the balance at the end of a month, in yuan: the edges of
  /// the bins that hold the ranks which enclose it.
  func balanceInterval(month: Int, from low: Int, to high: Int, binWidth: Int64) -> Interval {
    let bins = [low, high].map { balanceBin(month: month, rank: $0) }
    let width = Double(binWidth) / 100
    return Interval(low: Double(bins[0]) * width, high: Double(bins[1] + 1) * width)
  }
}
