import FundCore
import Planning
import ReportForm
import ResultFacts
import ScenarioInput
import Simulation

/// The comparison of variants for programs.
struct CompareJSON {
  let report: CompareReport

  var value: JSONValue {
    let comparison = report.comparison
    let study = comparison.study
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": StudyFrame(study).origin.json,
      "inputs": StudyInputs(provenances: study.provenances).json,
      "precision": report.precision?.json ?? .null,
      "failedChecks": .integer(study.failedChecks),
      "variants": .array(study.variants.enumerated().map { .variant($1, study.provenances[$0]) }),
      "sharedDraws": study.sharedDraws.map { shared in
        [
          "oneSeed": .bool(shared.hasOneSeed),
          "loans": .array(shared.loans.map { .integer($0) }),
          "loansInAll": .integer(shared.common), "text": .string(shared.words.english),
        ]
      } ?? .null,
      "rows": .array(study.rows.map { row($0) }),
      "differences": .array(
        comparison.differences.map { item in
          [
            "row": .integer(item.row), "reference": .integer(item.reference),
            "figures": .array(item.figures.map { .difference($0) }),
            "years": .array(item.years.map { .difference($0) }),
            "contributions": .array(item.contributions.map { .difference($0) }),
          ]
        }),
    ]
  }

  /// A row with its figures, its years and who uses its fund up.
  private func row(_ row: StudyRow) -> JSONValue {
    let study = report.comparison.study
    guard case .object(let members) = JSONValue.row(row, figures: report.comparison.figures) else {
      return .null
    }
    let start = study.variants[row.variant].scenario?.start ?? study.clock.firstMonth
    return .object(
      members + [
        ("years", row.years.map { YearsJSON($0, from: start).value } ?? .null),
        (
          "contributions",
          row.divided.map { ContributionJSON(contributions: $0.contributions).value } ?? .null
        ),
      ])
  }
}

extension JSONValue {
  /// A variant: what was changed, and whether it is allowed.
  static func variant(_ variant: Variant, _ provenance: Provenance?) -> JSONValue {
    var refusal: Diagnostics?
    if case .failure(let reason) = variant.outcome { refusal = reason }
    return [
      "name": .string(variant.name),
      "settings": .array(
        variant.settings.map { ["path": .string($0.path), "value": .string($0.value)] }),
      "scenario": provenance.map { .string($0.scenario.path) } ?? .null,
      "digest": provenance.map { .string($0.scenario.digest) } ?? .null,
      "refusal": .refusal(refusal),
    ]
  }
}
