import Calibration
import FundCore
import ReportForm
import ResultFacts

/// The report of a calibration for programs.
struct CalibrationJSON {
  let report: CalibrationReport

  private var result: CalibrationResult { report.result }
  private var history: DefaultHistory { result.history }

  var value: JSONValue {
    [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": provenance,
      "bestEstimate": bestEstimate,
      "atBound": .array(atBound.map { .string($0) }),
      "posterior": .array(result.posterior.map { summary($0) }),
      "prior": .array(result.prior.map { summary($0) }),
      "years": .array(result.years.map { year($0) }),
      "ages": .array(report.ages?.rows.map { age($0) } ?? []),
      "agesContradictConstantPD": report.ages.map { .bool($0.contradictsConstantPD) } ?? .null,
      "ageCurve": .array(
        report.ageCurve.map { stretch in
          [
            "from": .integer(stretch.from), "until": stretch.until.map { .integer($0) } ?? .null,
            "factor": .number(stretch.factor),
          ]
        }),
      "lowDefault": .array(report.bounds.map { bound($0) }),
      "recovery": recovery,
      "unused": .array(
        report.source.unused.map { item in
          [
            "reason": .string(item.reason.english), "count": .integer(item.count),
            "lines": .array(item.firstRows.map { .integer($0) }),
          ]
        }),
      "notices": .array(report.source.notices.map { .string($0.english) }),
    ]
  }

  private var provenance: JSONValue {
    let source = report.source
    var counted: JSONValue = "loanYears"
    var remaining: JSONValue = .null
    switch source.record {
    case .table(let table):
      if case .atStart(let months) = table.counting {
        (counted, remaining) = ("atStart", .number(months))
      }
    case .loans: counted = "loanMonths"
    }
    var (method, effective): (JSONValue, JSONValue) = ("lattice", .null)
    var points: JSONValue = .null
    switch result.method {
    case .lattice(let cells): points = .integer(cells)
    case .importance(let count, let number):
      (method, points, effective) = ("importance", .integer(count), .number(number))
    }
    return [
      "program": "fundsim", "version": .string(source.engine.version),
      "engine": .engine(source.engine), "file": .string(source.file),
      "digest": .string(source.digest), "seed": .unsigned(result.settings.seed),
      "draws": .integer(result.draws.count), "counted": counted,
      "remainingMonths": remaining, "method": method, "points": points,
      "effectiveNumber": effective,
    ]
  }

  private var bestEstimate: JSONValue {
    let members = report.parameters.map { parameter in
      (
        key: parameter.name(in: history),
        value: JSONValue.number(parameter.value(result.best.parameters))
      )
    }
    return .object(members + [(key: "logLikelihood", value: .number(result.best.logLikelihood))])
  }

  private var atBound: [String] {
    let best = result.best
    return history.grades.indices.filter { best.parameters.pds[$0] <= 0 }
      .map { CalibratedParameter.pd(grade: $0).name(in: history) }
      + (best.correlationIsAtBound ? ["assetCorrelation"] : [])
      + (best.persistenceIsAtBound ? ["persistence"] : [])
  }

  private func summary(_ item: ParameterSummary) -> JSONValue {
    [
      "parameter": .string(item.parameter.name(in: history)), "mean": .number(item.mean),
      "low": .number(item.low), "median": .number(item.median), "high": .number(item.high),
    ]
  }

  private func grade(_ number: Int?) -> JSONValue {
    guard let number, history.grades != [""] else { return .null }
    return .string(history.grades[number])
  }

  private func year(_ item: FittedYear) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "year": .integer(item.year), "grade": grade(item.grade),
      "atRisk": .number(item.seen.atRisk), "defaults": .integer(item.seen.defaults),
      "rate": number(item.rate), "low": number(item.low), "median": number(item.median),
      "high": number(item.high),
    ]
  }

  private func age(_ row: AgeTable.Row) -> JSONValue {
    [
      "age": .integer(row.age), "loanYears": .number(row.loanYears),
      "defaults": .integer(row.defaults), "rate": .number(row.rate),
      "expected": .number(row.expected),
    ]
  }

  private func bound(_ item: CalibrationReport.Bound) -> JSONValue {
    [
      "grade": grade(item.bound.grade), "level": .number(item.bound.level),
      "bound": .number(item.bound.bound), "assetCorrelation": .number(item.assetCorrelation),
    ]
  }

  private var recovery: JSONValue {
    let years = report.source.record.recoveries
    guard let moments = report.source.record.recoveryMoments else { return .null }
    var (closed, open, lag): (JSONValue, JSONValue, JSONValue) = (.null, .null, .null)
    if case .loans(_, let cases) = report.source.record {
      (closed, open) = (.integer(cases.closedCount), .integer(cases.openCount))
      let lags = [0.05, 0.5, 0.95].map { cases.lags.quantile($0) }
      let numbers = lags.map { $0.map { JSONValue.integer($0) } ?? .null }
      lag = ["low": numbers[0], "median": numbers[1], "high": numbers[2]]
    }
    return [
      "mean": .number(moments.mean),
      "standardDeviation": moments.standardDeviation.map { .number($0) } ?? .null,
      "closed": closed, "open": open, "lag": lag,
      "years": .array(
        years.map { item in
          [
            "year": .integer(item.year), "weight": .number(item.weight),
            "rate": .number(item.rate),
          ]
        }),
      "badYears": report.badYears.map { test in
        [
          "years": .integer(test.yearCount), "rankCorrelation": .number(test.rankCorrelation),
          "pValue": .number(test.pValue),
        ]
      } ?? .null,
    ]
  }
}
