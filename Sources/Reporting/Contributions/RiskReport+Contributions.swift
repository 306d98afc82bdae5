import FundCore
import ReportForm
import Simulation

extension RiskReport {
  /// Writes `contributions.csv`: a row a fund, group and figure, amounts in yuan. Of all loans first; an error
  /// that the trials do not show is empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeContributions(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in ["fund", "by", "group", "figure", "value", "standardError"] { csv.add(head) }
    try csv.endRow(to: sink)
    for (fund, found) in zip(estimates.funds, contributions ?? []) {
      func row(
        _ by: String, _ group: String, _ figure: ContributionFigure, _ value: Double,
        _ error: Double?
      ) throws {
        csv.add(CSVText.quoted(fund.name))
        csv.add(by)
        csv.add(CSVText.quoted(group))
        csv.add(figure.rawValue)
        csv.add(value)
        csv.add(error ?? .nan)
        try csv.endRow(to: sink)
      }
      for figure in found.figures { try row("all", "all", figure.figure, figure.value, nil) }
      for division in found.divisions {
        var lines = division.parts.map { (name: $0.group.name, values: $0.values) }
        if division.rest.contains(where: { $0.value != 0 }) {
          lines.append((ContributionComposer.restName, division.rest))
        }
        for line in lines {
          for (figure, value) in zip(found.figures, line.values) {
            try row(
              division.by.rawValue, line.name.english, figure.figure, value.value,
              figure.isTooFew ? nil : value.standardError)
          }
        }
      }
    }
    try csv.finish(to: sink)
  }
}
