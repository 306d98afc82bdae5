import Calibration
import ReportForm
import ScenarioInput

extension BacktestJSON {
  /// What funds paid and held in a year, beside what was forecast of it.
  func funds(in year: Int) -> JSONValue {
    .array(
      report.funds.filter { $0.year == year }.map { item in
        [
          "fund": .string(item.fund), "compensation": amount(item.compensation),
          "balance": item.balance.map { amount($0) } ?? .null,
        ]
      })
  }

  private func amount(_ look: AmountLookBack) -> JSONValue {
    [
      "seen": .number(look.seen), "worstEnd": .string(look.isLowBad ? "low" : "high"),
      "best": forecast(look.best), "predictive": forecast(look.predictive),
    ]
  }

  private func forecast(_ forecast: AmountForecast) -> JSONValue {
    [
      "mean": .number(forecast.mean), "median": .number(forecast.q50),
      "q95": .number(forecast.q95), "q99": .number(forecast.q99), "pit": .number(forecast.pit),
    ]
  }

  /// The bounds of funds that were broken.
  var brokenFunds: JSONValue {
    .array(
      BacktestReport.brokenFunds(report.funds).map { item in
        [
          "fund": .string(item.fund),
          "figure": .string(item.isBalance ? "balance" : "compensation"),
          "forecast": .string(BacktestReport.forecasts[item.isPredictive ? 1 : 0].name),
          "level": .string(item.bound == .q95 ? "0.95" : "0.99"),
          "years": .integer(item.broken.of), "broken": .integer(item.broken.years.count),
          "brokenYears": .array(item.broken.years.map { .integer($0) }),
          "expected": .number(item.broken.expected), "brokenChance": .number(item.broken.chance),
        ]
      })
  }
}
