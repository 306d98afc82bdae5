import FundCore
import ReportForm
import ResultFacts
import Simulation

// Where figures come from, for programs.
extension Origin {
  /// The object of a study.
  var json: JSONValue {
    .object(
      program + [("runs", .integer(runCount))] + scenario + [
        ("portfolio", .portfolio(provenance.portfolio)), ("programmes", programmes),
        ("overrides", .array(provenance.overrides.map { .override($0) })),
        ("readings", .array(provenance.readings.map { .reading($0) })),
      ])
  }

  /// The object of a run, which tells more of itself.
  func json(of estimates: RiskEstimates) -> JSONValue {
    .object(
      program + [("plannedTrials", .integer(provenance.trials))] + scenario + [
        ("firstMonth", .string(estimates.firstMonth.description)),
        ("horizonMonths", .integer(estimates.horizon)), ("programmes", programmes),
        ("portfolio", .portfolio(provenance.portfolio)),
        ("model", .array(provenance.model.map { .labelled($0) })),
        ("overrides", .array(provenance.overrides.map { .override($0) })),
        ("readings", .array(provenance.readings.map { .reading($0) })),
        ("assumptions", .array(provenance.assumptions.map { .string($0.english) })),
        ("warnings", .array(provenance.warnings.map { .string($0.english) })),
      ])
  }

  private var program: [(key: String, value: JSONValue)] {
    [
      ("program", .string("fundsim")), ("version", .string(provenance.engine.version)),
      ("engine", .engine(provenance.engine)), ("seed", .unsigned(provenance.seed)),
      ("trials", .integer(trialCount)),
    ]
  }

  private var scenario: [(key: String, value: JSONValue)] {
    [
      ("scenario", .string(provenance.scenario.path)),
      ("scenarioTitle", .string(provenance.scenario.title)),
      ("scenarioDigest", .string(provenance.scenario.digest)),
    ] + (provenance.state.map { [("state", .state($0))] } ?? [])
      + (settings.isEmpty ? [] : [("settings", .array(settings.map { .string($0) }))])
  }

  private var programmes: JSONValue { .array(provenance.programmes.map { .programme($0) }) }
}

extension JSONReport {
  /// Where the figures come from.
  var provenance: JSONValue {
    Origin(provenances: [report.provenance], trialCount: report.estimates.trialCount)
      .json(of: report.estimates)
  }
}

/// What reports say alike of what they rest on.
extension JSONValue {
  /// The program that made a result.
  static func engine(_ engine: EngineVersion) -> JSONValue {
    [
      "version": .string(engine.version), "words": .string(engine.words),
      "sources": .string(engine.sources),
    ]
  }

  /// The state from which a run went on.
  static func state(_ state: Provenance.State) -> JSONValue {
    [
      "file": .string(state.path), "digest": .string(state.digest),
      "day": .string(state.day.description), "register": .string(state.register),
      "opening": .string(state.opening.description),
    ]
  }

  /// A programme as a report refers to it.
  static func programme(_ programme: ProgrammeReference) -> JSONValue {
    [
      "id": .string(programme.id), "title": .string(programme.title.chinese),
      "checkedOn": .string(programme.check.description),
    ]
  }

  static func portfolio(_ portfolio: PortfolioDescription) -> JSONValue {
    [
      "source": .string(portfolio.source.english),
      "loans": .integer(portfolio.loans),
      "banks": .integer(portfolio.banks),
      "enterprises": .integer(portfolio.enterprises),
      "lent": .number(portfolio.lent.yuan),
      "setAside": .array(
        portfolio.setAside.map {
          [
            "reason": .string($0.reason.english), "count": .integer($0.count),
            "firstRows": .array($0.firstRows.map { .integer($0) }),
          ]
        }),
      "units": .array(
        portfolio.units.map {
          [
            "property": .string($0.property), "column": .string($0.column),
            "unit": .string($0.unit.chinese), "source": .string($0.source.english),
          ]
        }),
      "notices": .array(portfolio.notices.map { .string($0.english) }),
    ]
  }

  static func override(_ item: ParameterOverride) -> JSONValue {
    [
      "scope": .string(item.scope), "parameter": .string(item.parameter),
      "original": .string(item.original), "value": .string(item.value),
      "reason": .string(item.reason.english),
    ]
  }

  static func reading(_ item: ChosenReading) -> JSONValue {
    [
      "scope": .string(item.scope), "interpretation": .string(item.interpretation),
      "name": .string(item.name), "text": .string(item.text.english),
    ]
  }

  /// A label with its text.
  static func labelled(_ line: LabelledText) -> JSONValue {
    ["label": .string(line.label.english), "text": .string(line.text.english)]
  }

  /// Who bears what.
  static func share(_ share: ShareDescription) -> JSONValue {
    [
      "party": .string(share.party.english), "share": .string(share.share.english),
      "citation": .string(share.citation.description),
    ]
  }

  /// Which loans are covered, and why the others are not.
  static func coverage(_ coverage: CoverageSummary) -> JSONValue {
    [
      "coveredCount": .integer(coverage.coveredCount),
      "coveredAmount": .number(coverage.coveredAmount.yuan),
      "leftOut": .array(
        coverage.leftOut.map {
          [
            "condition": .string($0.condition.english), "article": .string($0.article.english),
            "count": .integer($0.count), "amount": .number($0.amount.yuan),
          ]
        }),
      "outliving": coverage.outliving.map {
        [
          "lastMonth": .string("\($0.lastMonth)"), "article": .string($0.article.english),
          "count": .integer($0.count),
          "amount": .number($0.amount.yuan),
        ]
      } ?? .null,
    ]
  }
}
