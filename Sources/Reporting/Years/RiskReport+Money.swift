import FundCore
import LossStatistics
import ReportForm
import Simulation

extension RiskReport {
  /// Writes `money.csv`: a row a fund, time and amount, in yuan. `es99` is the mean of the worst 1 %, at the
  /// figure's bad end; `chanceNeeded`, beside the budget, the probability that the year needs money at its
  /// start. The balance of an account is called `closing:` and its number, from 1; what a contributor has at the end
  /// of the run `atEnd:` and its name.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeMoney(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in ["fund"] + MoneyRows.heads { csv.add(head) }
    try csv.endRow(to: sink)
    for (fund, description) in zip(years?.funds ?? [], estimates.funds) {
      for period in fund.periods {
        let ends =
          period.period.kind == .run
          ? fund.contributors.map { ("atEnd:\($0.name.english)", $0.atEnd) } : []
        for (name, entry) in MoneyRows.entries(of: period) + ends {
          csv.add(CSVText.quoted(description.name))
          MoneyRows.add(name, entry, of: period, to: &csv)
          try csv.endRow(to: sink)
        }
      }
    }
    try csv.finish(to: sink)
  }

  /// Writes `indicators.csv`: a row a fund, time and ratio, with its quantiles and, where the scenario names a
  /// limit, the odds of passing it. An infinite ratio is `inf`; what is not defined is empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeIndicators(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    let heads = [
      "fund", "year", "figure", "mean", "standardError", "q5", "q50", "q95", "undefinedTrials",
      "limit", "chancePassed", "chancePassedLow", "chancePassedHigh",
    ]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    for (fund, description) in zip(years?.funds ?? [], estimates.funds) {
      for period in fund.periods {
        for figure in YearFigure.ratios {
          guard let entry = period.entry(figure) else { continue }
          csv.add(CSVText.quoted(description.name))
          csv.add(period.period.label)
          csv.add(figure.rawValue)
          csv.add(entry.mean?.value ?? .nan)
          csv.add(entry.mean?.standardError ?? .nan)
          for level in [50_000, 500_000, 950_000] {
            let quantile = entry.quantile(level)
            if let quantile, quantile.value == nil {
              csv.add("inf")
            } else {
              csv.add(quantile?.value ?? .nan)
            }
          }
          csv.add(Int64(entry.undefined))
          let (limit, odds) = period.odds(of: figure)
          csv.add(limit ?? .nan)
          csv.add(odds?.value ?? .nan)
          csv.add(odds?.low ?? .nan)
          csv.add(odds?.high ?? .nan)
          try csv.endRow(to: sink)
        }
      }
    }
    try csv.finish(to: sink)
  }
}

extension YearlyFigures.Period {
  /// The limit on a figure, and the odds of passing it; nothing where there is none.
  fileprivate func odds(of figure: YearFigure) -> (limit: Double?, odds: KnownFigure?) {
    for item in odds {
      let limit = Double(item.limit.millionths) / 1_000_000
      if item.limit.indicator.figure == figure { return (limit, item.atEnd) }
      if item.limit.indicator.peak == figure { return (limit, item.ever) }
    }
    return (nil, nil)
  }
}
