import ClaimRules
import FundCore
import LossStatistics
import Planning
import ReportForm

/// The report of a grid for programs.
struct SweepJSON {
  let sweep: SweepStudy
  let precision: PrecisionOutcome?

  var value: JSONValue {
    let study = sweep.study
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": StudyFrame(study).origin.json,
      "inputs": StudyInputs(provenances: study.provenances).json,
      "fund": .string(study.rows.first?.fund.name ?? ""),
      "figure": .string(sweep.figure.word),
      "settings": .array(
        sweep.settings.map {
          ["path": .string($0.path), "values": .array($0.texts.map { .string($0) })]
        }),
      "precision": precision?.json ?? .null,
      "cells": .array(
        sweep.cells.map { cell in
          [
            "values": .array(cell.values.map { .integer($0) }),
            "value": cell.value.map { .figure(sweep.figure, $0) } ?? .null,
            "difference": cell.difference.map { .difference($0) } ?? .null,
            "refusal": .refusal(cell.refusal),
          ]
        }),
    ]
  }
}

extension SweepReport {
  /// A table with a row a point of the grid.
  public func writeCSV(to sink: (String) throws -> Void) rethrows {
    var text = CSVText(isForPeople: true)
    for setting in sweep.settings { text.add(CSVText.quoted(setting.path)) }
    for head in [
      sweep.figure.word, "standardError", "low", "high", "difference", "differenceStandardError",
      "differenceLow", "differenceHigh", "verdict",
    ] { text.add(CSVText.quoted(head)) }
    try text.endRow(to: sink)
    for cell in sweep.cells {
      for (setting, place) in zip(sweep.settings, cell.values) {
        text.add(CSVText.quoted(setting.texts[place]))
      }
      text.add(cell.value?.value ?? .nan)
      text.add(cell.value?.standardError ?? .nan)
      text.add(cell.value?.interval95?.low ?? .nan)
      text.add(cell.value?.interval95?.high ?? .nan)
      text.add(cell.difference?.difference.value ?? .nan)
      text.add(cell.difference?.difference.standardError ?? .nan)
      text.add(cell.difference?.difference.interval95?.low ?? .nan)
      text.add(cell.difference?.difference.interval95?.high ?? .nan)
      text.add(cell.difference?.verdict.rawValue ?? (cell.refusal == nil ? "" : "notAllowed"))
      try text.endRow(to: sink)
    }
    try text.finish(to: sink)
  }
}
