import CompensationKernel
import FundCore
import LossStatistics
import Planning
import ReportForm

/// What the reports of studies say alike: what departs from the text, and where the figures come from.
struct StudyClosing {
  /// Where the figures of each variant come from.
  let provenances: [Provenance]
  let trialCount: Int
  /// How many runs the study took.
  let runCount: Int
  let words: StudyWords

  /// Where those of the first come from.
  private var provenance: Provenance? { provenances.first }

  /// What departs from the text, in any variant, before any result.
  var departures: [ReportBlock] {
    let overrides = provenances.flatMap(\.overrides).map {
      "\($0.scope)\(words.colon)\($0.parameter) = \($0.value)"
        + ($0.original.isEmpty ? "" : words(" (text: \($0.original))", "（原文：\($0.original)）"))
        + words("; \($0.reason)", "；\($0.reason)")
    }
    let readings = provenances.flatMap(\.readings).map {
      "\($0.scope)\(words.colon)\($0.interpretation) \($0.name)\(words.colon)"
        + $0.text[words.language]
    }
    var lines: [String] = []
    for line in overrides + readings where !lines.contains(line) { lines.append(line) }
    var blocks: [ReportBlock] = []
    if !lines.isEmpty {
      blocks += [
        .subheading(words("Departs from the programme's file", "与办法文件不同之处")), .list(lines),
      ]
    }
    var notes: [String] = []
    for provenance in provenances {
      notes += LoanNotes(portfolio: provenance.portfolio).everything.map { $0[words.language] }
        .filter { !notes.contains($0) }
    }
    if !notes.isEmpty {
      blocks += [.subheading(words("How the loans were read", "贷款数据的读入")), .list(notes)]
    }
    return blocks
  }

  /// Where the figures come from.
  var origin: [ReportBlock] {
    guard let provenance else { return [] }
    var pairs = [
      (label: words("program", "程序"), text: "fundsim \(provenance.engine)"),
      (label: words("scenario", "情景"), text: provenance.scenario.path),
      (label: words("digest", "摘要"), text: provenance.scenario.digest),
      (label: words("seed", "种子"), text: "\(provenance.seed)"),
      (label: words("trials", "模拟次数"), text: trials),
    ]
    var programmes: [ProgrammeReference] = []
    for item in provenances.flatMap(\.programmes) where !programmes.contains(item) {
      programmes.append(item)
    }
    for programme in programmes {
      pairs.append(
        (
          label: words("programme", "办法"),
          text: programme.check.isOpen
            ? words(
              "\(programme.title[words.language]) (\(programme.id))",
              "\(programme.title[words.language])（\(programme.id)）")
            : words(
              "\(programme.title[words.language]) (\(programme.id)), \(programme.check.words[.english])",
              "\(programme.title[words.language])（\(programme.id)），\(programme.check.words[.chinese])"
            )
        ))
      if programme.check.isOpen {
        pairs.append(
          (label: words("its text", "其原文"), text: programme.check.words[words.language]))
      }
    }
    return [.heading(words("Provenance", "来源说明")), .pairs(pairs)]
  }

  private var trials: String {
    let count = NumberFormat.whole(trialCount)
    guard runCount > 1 else { return count }
    return words(
      "\(count) in each of \(runCount) runs with one seed: trial k of each has the same business cycle",
      "\(runCount)组运行各\(count)次，同一种子：各组第k次模拟的经济周期相同")
  }

  /// Where the figures come from, for programs.
  var json: JSONValue {
    guard let provenance else { return .null }
    return [
      "program": "fundsim", "version": .string(provenance.engine.version),
      "engine": .engine(provenance.engine),
      "seed": .unsigned(provenance.seed), "trials": .integer(trialCount),
      "runs": .integer(runCount), "scenario": .string(provenance.scenario.path),
      "scenarioTitle": .string(provenance.scenario.title),
      "scenarioDigest": .string(provenance.scenario.digest),
      "portfolio": .portfolio(provenance.portfolio),
      "programmes": .array(provenance.programmes.map { .programme($0) }),
      "overrides": .array(provenance.overrides.map { .override($0) }),
      "readings": .array(provenance.readings.map { .reading($0) }),
    ]
  }
}

extension Party {
  /// What people call the party.
  var localizedName: LocalizedText {
    switch self {
    case .province: LocalizedText(en: "province", zh: "省级资金")
    case .fund: LocalizedText(en: "fund", zh: "基金")
    case .partner: LocalizedText(en: "partner institution", zh: "合作机构")
    case .guarantor: LocalizedText(en: "guarantor", zh: "担保公司")
    case .insurer: LocalizedText(en: "insurer", zh: "保险公司")
    case .bank: LocalizedText(en: "banks", zh: "银行")
    }
  }
}

extension JSONValue {
  /// A figure with its precision.
  static func figure(_ figure: StudyFigure, _ value: FigureValue) -> JSONValue {
    .object([("figure", .string(figure.word))] + precision(value))
  }

  /// A difference with its precision.
  static func difference(_ item: FigureDifference) -> JSONValue {
    .object(
      [("figure", .string(item.figure.word))] + precision(FigureValue(item.difference)) + [
        ("chance", .number(item.chance)), ("adjustedChance", .number(item.adjustedChance)),
        ("verdict", .string(item.verdict.rawValue)),
      ])
  }

  /// Why a variant is not allowed.
  static func refusal(_ reason: Diagnostics?) -> JSONValue {
    guard let reason else { return .null }
    return .array(
      reason.problems.map {
        [
          "code": .string($0.code), "message": .string($0.message.english),
          "advice": .string($0.advice.english),
        ]
      })
  }

  /// A row of a study with its figures.
  static func row(_ row: StudyRow, figures: [StudyFigure]) -> JSONValue {
    [
      "name": .string(row.name), "variant": .integer(row.variant),
      "fund": .string(row.fund.name), "programme": .string(row.fund.programme),
      "operatingModel": .string(row.fund.operatingModel),
      "initial": .number(row.fund.initial.yuan),
      "figures": .array(
        figures.compactMap { figure in row.value(figure).map { .figure(figure, $0) } }),
    ]
  }
}
