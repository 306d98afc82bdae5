import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

extension SizeReport {
  /// Writes `sizes.csv`: a row a size, time and amount of its years, in yuan, as in a run's `money.csv`.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeMoney(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in ["survival", "months", "size"] + MoneyRows.heads { csv.add(head) }
    try csv.endRow(to: sink)
    for (item, row) in zip(sizes.requirements, sizes.rows) {
      guard let years = row.years else { continue }
      for period in years.fund.periods {
        for (name, entry) in MoneyRows.entries(of: period) {
          csv.add(item.level.value)
          csv.add("\(item.months)")
          csv.add(fen: item.size.value)
          MoneyRows.add(name, entry, of: period, to: &csv)
          try csv.endRow(to: sink)
        }
      }
    }
    try csv.finish(to: sink)
  }
}
