import FundCore
import LossStatistics
import ReportForm
import Simulation

extension RiskReport {
  /// Writes `timeline.csv`: a row a month and fund, amounts in yuan. An error that the trials do not
  /// show is empty; the interval stands beside it.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeTimeline(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    let heads =
      [
        "fund", "month", "calendarMonth", "survival", "survivalStandardError", "survivalLow",
        "survivalHigh",
      ]
      + MonthEstimates.balanceLevels.map { "balance\($0.millionths / 10_000)" }
      + ["meanPaid", "meanReturned"]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    for fund in estimates.funds {
      for month in fund.timeline {
        csv.add(CSVText.quoted(fund.name))
        csv.add(Int64(month.month))
        csv.add(estimates.firstMonth.advanced(by: month.month).description)
        csv.add(month.survival.value)
        csv.add(month.survival.standardError ?? .nan)
        csv.add(month.survival.interval95.low)
        csv.add(month.survival.interval95.high)
        for balance in month.balance { csv.add(balance) }
        csv.add(month.meanPaid)
        csv.add(month.meanReturned)
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}
