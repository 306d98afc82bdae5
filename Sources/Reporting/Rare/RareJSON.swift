import FundCore
import ReportForm
import Simulation

/// What rare trials say of a fund, for programs. Every figure names its method.
struct RareJSON {
  let figures: RareFigures
  let fund: RareFigures.Fund
  /// The ends of the years of the run.
  let years: [YearOfRun]

  var value: JSONValue {
    .object([
      ("method", "importance"),
      ("trials", .integer(figures.trials)),
      ("plannedTrials", .integer(figures.planned)),
      ("exhaustionProbability", fund.exhaustion.last.map { .known($0) } ?? .null),
      (
        "exhaustionByYear",
        .array(
          years.map { year in
            [
              "year": .integer(year.year), "lastMonth": .integer(year.lastMonth),
              "probability": .known(fund.exhaustion[year.lastMonth]),
            ]
          })
      ),
      (
        "exhaustionByMonth",
        .array(
          fund.exhaustion.enumerated().map { month, item in
            ["month": .integer(month), "probability": .known(item)]
          })
      ),
      ("unpaid", .known(fund.unpaid)),
      ("capitalForSurvival", .array(fund.capital.map { capital($0) })),
    ])
  }

  private func capital(_ capital: RareFigures.Capital) -> JSONValue {
    [
      "survival": .number(Double(capital.level) / 1_000_000),
      "value": .number(capital.amount.yuan), "low": .number(capital.low.yuan),
      "high": .number(capital.high.yuan), "reliable": .bool(capital.isReliable),
      "method": "importance",
    ]
  }
}
