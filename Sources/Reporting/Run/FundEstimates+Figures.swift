import LossStatistics
import Simulation

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
