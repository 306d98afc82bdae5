import LossStatistics
import Planning
import Simulation
import ReportForm

/// Figures with what is known of their precision, alike in the reports of runs and studies: the value,
/// one standard error (null where the trials do not show it), the ends of the 95 % interval (null where
/// none is known to hold), whether it holds, whether nothing random moves the figure, how it was found, and how many
/// trials would show the error (null where these do).
extension JSONValue {
  static func precision(
    _ figure: FigureValue, named name: String = "value"
  ) -> [(key: String, value: JSONValue)] {
    [
      (name, .number(figure.value)),
      ("standardError", figure.standardError.map { .number($0) } ?? .null),
      ("low", figure.interval95.map { .number($0.low) } ?? .null),
      ("high", figure.interval95.map { .number($0.high) } ?? .null),
      ("reliable", .bool(figure.isReliable)),
      ("exact", .bool(figure.isExact)),
      ("method", .string(figure.method.rawValue)),
      ("trialsNeeded", figure.trialsNeeded.map { .integer($0) } ?? .null),
    ]
  }

  /// A mean.
  static func estimate(_ estimate: Estimate) -> JSONValue {
    .object(precision(FigureValue(estimate)))
  }

  /// A probability.
  static func probability(_ proportion: Proportion) -> JSONValue {
    .object(precision(FigureValue(proportion)))
  }

  /// A probability at a month.
  static func probability(
    _ proportion: Proportion, at key: String, _ month: Int
  ) -> JSONValue {
    .object(
      [(key, .integer(month))] + precision(FigureValue(proportion), named: "probability"))
  }

  /// A quantile.
  static func quantile(_ figure: QuantileFigure, named name: String = "level") -> JSONValue {
    [
      name: .number(figure.level.value), "value": .number(figure.value),
      "low": .number(figure.interval95.low), "high": .number(figure.interval95.high),
      "reliable": .bool(figure.isReliable),
      "trialsNeeded": figure.isReliable ? .null : .integer(figure.level.reliableTrialCount),
    ]
  }

  /// The distribution of an amount. Which end is the bad one stands before the figures of its tail:
  /// `expectedShortfall` is the mean beyond a level, `lowestMean` that of the trials up to it.
  static func amount(_ amount: AmountEstimates) -> JSONValue {
    .object([
      ("mean", estimate(amount.mean)),
      ("standardDeviation", .number(amount.standardDeviation)),
      ("standardDeviationError", amount.deviationError.map { .number($0) } ?? .null),
      ("worstEnd", .string(amount.worstEnd.rawValue)),
      ("quantiles", .array(amount.quantiles.map { quantile($0) })),
      (
        amount.worstEnd == .low ? "lowestMean" : "expectedShortfall",
        .array(
          amount.tailMeans.map {
            .object(
              [("level", .number($0.level.value))] + precision(FigureValue($0.estimate)))
          })
      ),
    ])
  }
}
