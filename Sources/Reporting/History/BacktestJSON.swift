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
      "brokenExpected": broken { .number($0.expected) },
      "brokenFunds": brokenFunds,
      "brokenLosses": report.backtest.yearsWithLosses.isEmpty
        ? .null
        : [
          "years": .integer(report.backtest.yearsWithLosses.count),
          "broken": brokenLosses { .integer($0.years.count) },
          "brokenYears": brokenLosses { .array($0.years.map { .integer($0) }) },
          "brokenChance": brokenLosses { .number($0.chance) },
          "brokenExpected": brokenLosses { .number($0.expected) },
        ],
    ]
  }

  private func year(_ item: BacktestYear) -> JSONValue {
    let best = item.estimate.parameters
    return [
      "year": .integer(item.year), "atRisk": .number(item.atRisk), "seen": .integer(item.seen),
      "assetCorrelation": .number(best.assetCorrelation), "best": forecast(item.best),
      "predictive": forecast(item.predictive),
      "losses": item.losses.map { losses in
        [
          "seen": .number(losses.seen), "best": forecast(losses.best),
          "predictive": forecast(losses.predictive),
        ]
      } ?? .null,
      "funds": funds(in: item.year),
    ]
  }

  private func forecast(_ forecast: YearLossForecast) -> JSONValue {
    [
      "mean": .number(forecast.mean), "median": .number(forecast.q50),
      "q95": .number(forecast.q95), "q99": .number(forecast.q99), "pit": .number(forecast.pit),
    ]
  }

  private func forecast(_ forecast: YearForecast) -> JSONValue {
    [
      "mean": .number(forecast.mean), "median": .integer(forecast.q50),
      "q95": .integer(forecast.q95), "q99": .integer(forecast.q99), "pit": .number(forecast.pit),
    ]
  }

  /// Something of every bound of defaults, by forecast and level.
  private func broken(_ say: (BrokenBounds) -> JSONValue) -> JSONValue {
    let paths = BacktestReport.forecasts.map(\.path)
    return byForecast { say(report.backtest.broken(paths[$0], level: $1)) }
  }

  /// The same of losses.
  private func brokenLosses(_ say: (BrokenBounds) -> JSONValue) -> JSONValue {
    byForecast { say(report.backtest.brokenLosses(BacktestReport.losses[$0], level: $1)) }
  }

  private func byForecast(_ say: (Int, Backtest.Bound) -> JSONValue) -> JSONValue {
    .object(
      BacktestReport.forecasts.enumerated().map { place, forecast in
        (
          key: forecast.name,
          value: .object(
            BacktestReport.bounds.map { (key: $0.name, value: say(place, $0.bound)) })
        )
      })
  }
}
