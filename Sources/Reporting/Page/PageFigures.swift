import FundCore
import LossStatistics
import Simulation
import ReportForm

/// How often something happened, in words that need no decimals: 73 of 1,000 trials.
struct PlainFrequency {
  /// Of how many trials.
  let base: Int
  /// In how many, rounded.
  let count: Int
  /// The 95 % interval, rounded outwards.
  let low: Int
  /// Its upper end.
  let high: Int

  /// Chooses the smallest power of ten, from 100 on, of which the error is more than one.
  init(_ proportion: Proportion) {
    let interval = proportion.interval95
    let half = (interval.high - interval.low) / 2
    var base = 100
    while Double(base) * half < 1.5, base < 1_000_000 { base *= 10 }
    self.base = base
    let scale = Double(base)
    count = Int((proportion.value * scale).rounded())
    low = Int((interval.low * scale).rounded(.down))
    high = Int((interval.high * scale).rounded(.up))
  }

  /// `73 of 1,000 trials (69–76)`.
  var text: LocalizedText {
    let range = "\(NumberFormat.whole(low))–\(NumberFormat.whole(high))"
    let (count, base) = (NumberFormat.whole(count), NumberFormat.whole(base))
    return LocalizedText(
      en: "\(count) of \(base) trials (\(range))",
      zh: "每 \(base) 次模拟中的 \(count) 次（\(range)）")
  }
}

extension FundEstimates {
  /// The mean of the whole loss after recoveries: the sum of the parties' means, in yuan. Its
  /// standard error is at most the sum of theirs, whatever ties them together; where one of them is
  /// not known, no more is it.
  var meanLoss: Estimate {
    let means = parties.map(\.loss.mean)
    let value = means.reduce(0) { $0 + $1.value }
    let errors = means.compactMap(\.standardError)
    let error = errors.reduce(0, +)
    guard errors.count == means.count else {
      return .unknown(
        value, sampleCount: exhaustion.trials,
        trialsNeeded: means.compactMap(\.trialsNeeded).max() ?? exhaustion.trials)
    }
    guard error > 0 else { return .exact(value, sampleCount: exhaustion.trials) }
    return Estimate(value: value, standardError: error, sampleCount: exhaustion.trials)
  }

  /// The quantile of what the fund pays.
  func paid(_ level: Level) -> QuantileFigure? {
    compensation.quantiles.first { $0.level == level }
  }

  /// The mean of the worst payouts.
  func worstPaid(_ level: Level) -> TailMean? {
    compensation.tailMeans.first { $0.level == level }
  }

  /// The initial amount that lasts with a probability.
  func capital(_ level: Level) -> QuantileFigure? {
    capitalForSurvival.first { $0.level == level }
  }
}
