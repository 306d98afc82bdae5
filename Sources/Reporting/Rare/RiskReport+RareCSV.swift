import FundCore
import ReportForm
import Simulation

extension RiskReport {
  /// Writes `rare.csv`: a row a fund and figure of the rare trials. `exhaustion` is the probability by the end of a
  /// month, `neededCapital` a quantile in yuan by its level, `unpaid` a mean in yuan. An error that the trials
  /// do not show is empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeRare(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    let heads = [
      "fund", "figure", "month", "level", "method", "trials", "value", "standardError", "low",
      "high",
    ]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    guard let rare else { return try csv.finish(to: sink) }
    func add(_ fund: String, _ figure: String, month: Int?, level: Double) {
      csv.add(CSVText.quoted(fund))
      csv.add(figure)
      csv.add(month.map { "\($0)" } ?? "")
      csv.add(level)
      csv.add("importance")
      csv.add(Int64(rare.trials))
    }
    for (fund, estimates) in zip(rare.funds, estimates.funds) {
      for (month, figure) in fund.exhaustion.enumerated() {
        add(estimates.name, "exhaustion", month: month, level: .nan)
        for number in [figure.value, figure.standardError, figure.low, figure.high] {
          csv.add(number ?? .nan)
        }
        try csv.endRow(to: sink)
      }
      for item in fund.capital {
        add(estimates.name, "neededCapital", month: nil, level: Double(item.level) / 1_000_000)
        for number in [item.amount.yuan, .nan, item.low.yuan, item.high.yuan] { csv.add(number) }
        try csv.endRow(to: sink)
      }
      add(estimates.name, "unpaid", month: nil, level: .nan)
      for number in [
        fund.unpaid.value, fund.unpaid.standardError, fund.unpaid.low, fund.unpaid.high,
      ] {
        csv.add(number ?? .nan)
      }
      try csv.endRow(to: sink)
    }
    try csv.finish(to: sink)
  }
}
