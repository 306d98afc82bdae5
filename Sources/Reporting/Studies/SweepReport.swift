public import FundCore
import LossStatistics
public import Planning

/// A figure over a grid: what the report says, without any format.
public struct SweepReport: Sendable {
  /// The grid.
  public let sweep: SweepStudy

  /// Composes a report.
  public init(_ sweep: SweepStudy) { self.sweep = sweep }

  /// The report for people, on a terminal of so many columns.
  public func terminalText(language: Language, width: Int = 100) -> String {
    TerminalReport(width: width).rendered(SweepComposer(sweep: sweep, language: language).blocks)
  }

  /// The report for programs: one JSON object, as `Schemas/sweep.schema.json` describes it.
  public func json() -> String { SweepJSON(sweep: sweep).value.text }

  /// A table with a row a point of the grid.
  public func writeCSV(to sink: (String) throws -> Void) rethrows {
    var text = CSVText()
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

/// Puts the report of a grid together.
struct SweepComposer {
  let sweep: SweepStudy
  let words: StudyWords

  init(sweep: SweepStudy, language: Language) {
    self.sweep = sweep
    words = StudyWords(language, for: sweep.cells.compactMap { $0.value?.value }.max() ?? 0)
  }

  var blocks: [ReportBlock] {
    let study = sweep.study
    let closing = StudyClosing(
      provenances: study.provenances.compactMap(\.self), trialCount: study.trialCount,
      runCount: study.runCount,
      words: words)
    let figure = sweep.figure.name[words.language]
    let unit =
      sweep.figure.isProbability ? "" : words(" (\(words.unitName))", "（\(words.unitName)）")
    var blocks: [ReportBlock] = [
      .title("\(figure)\(unit)\(words.colon)\(study.provenance?.scenario.title ?? "")")
    ]
    blocks += closing.departures
    if let fund = study.rows.first?.fund {
      blocks.append(.paragraph(words("Fund: ", "基金：") + fund.name))
    }
    blocks.append(.table(sweep.settings.count == 2 ? matrix : list))
    let refused = Set(
      sweep.cells.flatMap { cell in
        cell.refusal?.problems.map { $0.message[words.language] } ?? []
      }
    ).sorted()
    if !refused.isEmpty {
      blocks += [.subheading(words("Not allowed (–)", "不允许（–）")), .list(refused)]
    }
    let tested = sweep.cells.compactMap(\.difference).count { !$0.isIdentical }
    return blocks + words.signs(level: tested) + closing.origin
  }

  /// One setting: value, figure, and the difference from the first.
  private var list: ReportTable {
    let setting = sweep.settings[0]
    let isProbability = sweep.figure.isProbability
    var table = ReportTable(heads: [
      setting.path, sweep.figure.name[words.language],
      isProbability
        ? words("minus the first, % points", "减首行（百分点）") : words("minus the first", "减首行"),
    ])
    for cell in sweep.cells {
      table.rows.append([
        setting.texts[cell.values[0]],
        cell.value.map { words.figure($0, isProbability: isProbability) } ?? "–",
        cell.difference.map { words.difference($0) } ?? "",
      ])
    }
    return table
  }

  /// Two settings: the first down, the second across.
  private var matrix: ReportTable {
    let (down, across) = (sweep.settings[0], sweep.settings[1])
    var table = ReportTable(
      heads: ["\(down.path) \\ \(across.path)"] + across.texts)
    for (place, text) in down.texts.enumerated() {
      table.rows.append(
        [text]
          + sweep.cells.filter { $0.values[0] == place }.map { cell in
            cell.value.map { words.figure($0, isProbability: sweep.figure.isProbability) } ?? "–"
          })
    }
    return table
  }
}

/// The report of a grid for programs.
struct SweepJSON {
  let sweep: SweepStudy

  var value: JSONValue {
    let study = sweep.study
    let closing = StudyClosing(
      provenances: study.provenances.compactMap(\.self), trialCount: study.trialCount,
      runCount: study.runCount,
      words: StudyWords(.english, for: 1))
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": closing.json,
      "fund": .string(study.rows.first?.fund.name ?? ""),
      "figure": .string(sweep.figure.word),
      "settings": .array(
        sweep.settings.map {
          ["path": .string($0.path), "values": .array($0.texts.map { .string($0) })]
        }),
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
