import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

extension Figure {
  /// A quantile, with its interval.
  init(_ quantile: QuantileFigure, in unit: Unit) {
    self.init(
      quantile.value, in: unit, interval95: quantile.interval95, isReliable: quantile.isReliable)
    isWhole = unit == .count || unit == .months
    trialsNeeded = quantile.isReliable ? nil : quantile.level.reliableTrialCount
  }

  /// A standard deviation: its own error only says how many of its digits count.
  init(deviationOf amount: AmountEstimates, in unit: Unit) {
    let value = amount.standardDeviation
    self.init(
      value.isFinite ? value : .nan, in: unit, standardError: amount.deviationError,
      isReliable: amount.deviationError != nil || amount.mean.isReliable)
    if amount.deviationError == 0 {
      standardError = nil
      isExact = true
    }
    showsPrecision = false
  }

  /// A time in months, with its interval.
  init(_ time: TimeEstimates.Quantile) {
    self.init(
      Double(time.months), in: .months,
      interval95: Interval(low: Double(time.low), high: Double(time.high)),
      isReliable: time.isReliable)
    isWhole = true
    trialsNeeded = time.isReliable ? nil : time.level.reliableTrialCount
  }

  /// A figure of a study, in yuan or as a probability.
  init(_ value: FigureValue, in unit: Unit) {
    // A probability stands with its interval, which holds however few the events.
    self.init(
      value.value, in: unit, standardError: unit == .part ? nil : value.standardError,
      interval95: value.interval95, isReliable: value.isReliable)
    isExact = value.isExact
    trialsNeeded = value.trialsNeeded
  }

  /// An amount in fen that is known from order statistics, with its interval.
  init(fen quantile: QuantileEstimate) {
    self.init(
      Double(quantile.value) / 100, in: .yuan,
      interval95: Interval(low: Double(quantile.low) / 100, high: Double(quantile.high) / 100),
      isReliable: quantile.isReliable)
    trialsNeeded = quantile.isReliable ? nil : quantile.level.reliableTrialCount
  }

  /// A difference between two variants: of amounts in yuan, of probabilities and rates in points of a per cent.
  init(_ item: FigureDifference) {
    self.init(
      item.difference, in: item.figure.isShare ? .points : item.figure.isMultiple ? .plain : .yuan)
    difference =
      item.isIdentical
      ? .identical : item.isReliable && item.verdict == .indistinct ? .indistinct : .distinct
  }
}
