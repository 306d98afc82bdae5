import ClaimRules
import FundCore
import LossStatistics
import Planning
import ReportForm

extension CompareReport {
  /// Writes `compare.csv`: a row a variant's fund and figure, with its precision and how it differs from its
  /// reference; totals, figures of years and groups' parts under the names that the JSON object has for them.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeCSV(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in [
      "row", "fund", "figure", "value", "standardError", "low", "high", "reference", "difference",
      "differenceStandardError", "differenceLow", "differenceHigh", "verdict",
    ] { csv.add(head) }
    try csv.endRow(to: sink)
    let all = comparison.figures + comparison.yearFigures + comparison.parts
    for (place, row) in comparison.study.rows.enumerated() {
      let item = comparison.differences.first { $0.row == place }
      let found = (item?.figures ?? []) + (item?.years ?? []) + (item?.contributions ?? [])
      let differences = Dictionary(found.map { ($0.figure, $0) }) { first, _ in first }
      for figure in all {
        guard let value = row.value(figure) else { continue }
        csv.add(CSVText.quoted(row.name))
        csv.add(CSVText.quoted(row.fund.name))
        csv.add(CSVText.quoted(figure.word))
        csv.add(value.value)
        csv.add(value.standardError ?? .nan)
        csv.add(value.interval95?.low ?? .nan)
        csv.add(value.interval95?.high ?? .nan)
        csv.add(
          item.map { CSVText.quoted(comparison.study.rows[$0.reference].name) } ?? "")
        let difference = differences[figure]
        csv.add(difference?.difference.value ?? .nan)
        csv.add(difference?.difference.standardError ?? .nan)
        csv.add(difference?.difference.interval95?.low ?? .nan)
        csv.add(difference?.difference.interval95?.high ?? .nan)
        csv.add(difference?.verdict.rawValue ?? "")
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}
