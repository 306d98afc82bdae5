/// How two samples differ whose members belong together, trial by trial.
///
/// What both members of a pair share cancels, so the difference is known better than either mean.
/// It rests on the trials in which the pair differs from what it does most often, mostly from no
/// difference at all.
public enum PairedDifference {
  /// The differences of two samples, trial by trial.
  ///
  /// - Parameters:
  ///   - first: One value a trial, in trial order.
  ///   - second: The same trials in the same order. A sorted sample has lost it.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  /// - Precondition: As many values in both, at least one.
  public static func sample(
    _ first: [Int64], minus second: [Int64], groups: TrialGroups? = nil
  ) -> LossSample {
    precondition(first.count == second.count, "a pair has two members")
    return LossSample(zip(first, second).map { $0 - $1 }, groups: groups)
  }

  /// The difference of two probabilities from pairs of events, 1 or 0 each: the mean of the
  /// differences; with fewer than ten trials that differ from the others, an interval from the exact ones of either
  /// kind of them, each at 97.5 %.
  ///
  /// - Parameter signs: In how many trials the first event alone happened, and the second alone.
  public static func ofProbabilities(_ signs: PairedSigns) -> Estimate {
    let count = signs.count
    let value = Double(signs.larger - signs.smaller) / Double(count)
    let tied = count - signs.larger - signs.smaller
    let support = count - max(signs.larger, signs.smaller, tied)
    guard Double(support) / signs.designEffect >= Double(reliableTailCount) else {
      let effective = signs.independent
      let more = exactInterval(
        events: effective.larger, of: effective.count, allowance: 0.0125)
      let fewer = exactInterval(
        events: effective.smaller, of: effective.count, allowance: 0.0125)
      return .unknown(
        value, interval: Interval(low: more.low - fewer.high, high: more.high - fewer.low),
        sampleCount: count,
        trialsNeeded: MeanSpread.trialsNeeded(
          of: count, support: Int(Double(support) / signs.designEffect)))
    }
    var moments = DistanceSums()
    moments.add(1 - value, count: signs.larger)
    moments.add(-1 - value, count: signs.smaller)
    moments.add(-value, count: tied)
    return moments.mean(value, support: support).widened(by: signs.designEffect.squareRoot())
  }
}
