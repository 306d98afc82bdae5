import Calibration
import FundCore
import ReportForm

/// The report of a backtest for programs.
struct BacktestJSON {
  let report: BacktestReport

  var value: JSONValue {
    let source = report.source
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": [
        "program": "fundsim", "version": .string(source.engine.version),
        "engine": .engine(source.engine), "file": .string(source.file),
        "digest": .string(source.digest), "seed": .unsigned(report.settings.seed),
        "draws": .integer(report.settings.draws),
      ],
      "years": .array(report.backtest.years.map { year($0) }),
      "broken": broken { .integer($0.years.count) },
      "brokenYears": broken { .array($0.years.map { .integer($0) }) },
      "brokenChance": broken { .number($0.chance) },
    ]
  }

  private func year(_ item: BacktestYear) -> JSONValue {
    let best = item.estimate.parameters
    return [
      "year": .integer(item.year), "atRisk": .number(item.atRisk), "seen": .integer(item.seen),
      "assetCorrelation": .number(best.assetCorrelation), "best": forecast(item.best),
      "predictive": forecast(item.predictive),
    ]
  }

  private func forecast(_ forecast: YearForecast) -> JSONValue {
    [
      "mean": .number(forecast.mean), "median": .integer(forecast.q50),
      "q95": .integer(forecast.q95), "q99": .integer(forecast.q99), "pit": .number(forecast.pit),
    ]
  }

  /// Something of every bound, by forecast and level.
  private func broken(_ say: (BrokenBounds) -> JSONValue) -> JSONValue {
    .object(
      BacktestReport.forecasts.map { name, path in
        (
          key: name,
          value: .object(
            BacktestReport.bounds.map { level, bound in
              (key: level, value: say(report.backtest.broken(path, level: bound)))
            })
        )
      })
  }
}
