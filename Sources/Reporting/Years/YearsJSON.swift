import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

/// The years of a fund for programs.
struct YearsJSON {
  let years: YearlyFigures
  let fund: YearlyFigures.Fund
  /// The calendar month of month 0.
  let firstMonth: CivilMonth

  init(years: YearlyFigures, fund: YearlyFigures.Fund, firstMonth: CivilMonth) {
    self.years = years
    self.fund = fund
    self.firstMonth = firstMonth
  }

  /// The years of a row of a study.
  init(_ years: StudyYears, from firstMonth: CivilMonth) {
    self.init(years: years.figures, fund: years.fund, firstMonth: firstMonth)
  }

  /// A list of times: the whole run, its calendar years, then its own years where those are others.
  var value: JSONValue { .array(fund.periods.map { period($0) }) }

  private func period(_ item: YearlyFigures.Period) -> JSONValue {
    let period = item.period
    return .object([
      ("year", period.kind == .run ? .null : .integer(period.number)),
      ("kind", .string(period.kind.rawValue)),
      ("from", .string(firstMonth.advanced(by: period.firstMonth).description)),
      ("to", .string(firstMonth.advanced(by: period.lastMonth).description)),
      ("trials", .integer(years.trials)),
      ("needsMoney", .known(item.chanceNeeded)),
      ("budgetFloor", .number(years.request.floor.yuan)),
      ("budgetConfidence", .number(Double(years.request.confidence) / 1_000_000)),
      (
        "money",
        .object(
          YearFigure.amounts.compactMap { figure in
            item.entry(figure).map { (figure.rawValue, entry($0)) }
          })
      ),
      (
        "indicators",
        .object(
          YearFigure.ratios.compactMap { figure in
            item.entry(figure).map { (figure.rawValue, entry($0)) }
          })
      ),
      ("accounts", .array(item.accounts.map { entry($0) })),
      ("limits", .array(item.odds.map { odds($0) })),
    ])
  }

  /// Who has put in what, and has what at the end of the run.
  var contributors: JSONValue {
    .array(
      fund.contributors.map { item in
        [
          "name": .string(item.name.english), "putIn": .number(item.putIn.yuan),
          "atEnd": entry(item.atEnd),
        ]
      })
  }

  private func entry(_ entry: YearlyFigures.Entry) -> JSONValue {
    .object([
      ("mean", entry.mean.map { .known($0) } ?? .null),
      (
        "quantiles",
        .array(
          entry.quantiles.map { quantile in
            [
              "level": .number(Double(quantile.level) / 1_000_000),
              "value": quantile.value.map { .number($0) } ?? .null,
              "low": quantile.low.map { .number($0) } ?? .null,
              "high": quantile.high.map { .number($0) } ?? .null,
              "reliable": .bool(quantile.isReliable),
            ]
          })
      ),
      ("worstEnd", .string(entry.figure.worstEnd.rawValue)),
      ("meanOfWorst1", entry.worst.map { .known($0) } ?? .null),
      ("undefinedTrials", .integer(entry.undefined)),
    ])
  }

  private func odds(_ odds: YearlyFigures.Odds) -> JSONValue {
    [
      "indicator": .string(odds.limit.indicator.rawValue),
      "limit": .number(Double(odds.limit.millionths) / 1_000_000),
      "passed": .string(odds.limit.indicator.figure.worstEnd == .high ? "above" : "below"),
      "atEnd": .known(odds.atEnd),
      "atAnyMonthEnd": odds.ever.map { .known($0) } ?? .null,
    ]
  }
}

extension JSONValue {
  /// A figure that a run keeps with its precision.
  static func known(_ figure: KnownFigure) -> JSONValue {
    [
      "value": .number(figure.value),
      "standardError": figure.standardError.map { .number($0) } ?? .null,
      "low": figure.low.map { .number($0) } ?? .null,
      "high": figure.high.map { .number($0) } ?? .null,
      "reliable": .bool(figure.isReliable), "exact": .bool(figure.isExact),
      "method": .string(figure.method.rawValue),
      "trialsNeeded": figure.trialsNeeded.map { .integer($0) } ?? .null,
    ]
  }
}
