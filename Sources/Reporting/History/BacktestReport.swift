public import Calibration
public import FundCore
public import ReportForm
public import ScenarioInput

/// Whether forecasts from a history were right: what the report says, without any format.
public struct BacktestReport: Sendable {
  /// The years.
  public let backtest: Backtest
  /// How each part of the history was calibrated.
  public let settings: CalibrationSettings
  /// Where the history comes from.
  public let source: CalibrationReport.Source

  /// What funds paid and held in those years, beside what was forecast of it; empty where none were looked at.
  public var funds: [FundYearLookBack] = []
  /// Why no fund was looked at, where a register would tell of one; `nil` where there is nothing to say.
  public var fundsUntold: LocalizedText?

  /// Composes a report.
  public init(
    _ backtest: Backtest, settings: CalibrationSettings, source: CalibrationReport.Source
  ) {
    self.backtest = backtest
    self.settings = settings
    self.source = source
  }

  /// The two kinds of forecasts, with their names in files.
  static var forecasts: [(name: String, path: KeyPath<BacktestYear, YearForecast>)] {
    [("best", \.best), ("predictive", \.predictive)]
  }

  /// The two kinds of forecasts of losses, in the same order.
  static var losses: [KeyPath<BacktestLosses, YearLossForecast>] { [\.best, \.predictive] }

  /// The bounds that are watched, with their names in files.
  static let bounds: [(name: String, bound: Backtest.Bound)] = [("0.95", .q95), ("0.99", .q99)]

  /// The report in both languages, for every face.
  public var report: Report { BacktestComposer(report: self).report }

  /// The report for programs: one JSON object, as `Schemas/backtest.schema.json` describes it.
  public func json() -> String { BacktestJSON(report: self).value.text }
}
