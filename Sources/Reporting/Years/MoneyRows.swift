import LossStatistics
import ReportForm
import Simulation

/// The rows of tables of money by year, alike for runs and sizes.
enum MoneyRows {
  /// The heads behind what tells whose years they are.
  static let heads = [
    "year", "figure", "mean", "standardError", "method", "q50", "q95", "q99", "es99",
    "chanceNeeded",
  ]

  /// The amounts of a time by their names; the balance of an account is `closing:` and its number, from 1.
  static func entries(of period: YearlyFigures.Period) -> [(String, YearlyFigures.Entry)] {
    let accounts = period.accounts.enumerated().map { ("closing:\($0.offset + 1)", $0.element) }
    return YearFigure.amounts.compactMap { figure in
      period.entry(figure).map { (figure.rawValue, $0) }
    } + accounts
  }

  /// Adds the fields of an amount.
  static func add(
    _ name: String, _ entry: YearlyFigures.Entry, of period: YearlyFigures.Period,
    to csv: inout CSVText
  ) {
    csv.add(period.period.label)
    csv.add(CSVText.quoted(name))
    csv.add(entry.mean?.value ?? .nan)
    csv.add(entry.mean?.standardError ?? .nan)
    csv.add(entry.mean?.method.rawValue ?? "")
    for level in [500_000, 950_000, 990_000] { csv.add(entry.quantile(level)?.value ?? .nan) }
    csv.add(entry.worst?.value ?? .nan)
    csv.add(name == YearFigure.budget.rawValue ? period.chanceNeeded.value : .nan)
  }
}
