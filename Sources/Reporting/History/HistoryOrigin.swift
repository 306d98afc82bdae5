import Calibration
import FundCore
import ReportForm
import ResultFacts

/// What reports on a history say alike: rows that were not used, and where the figures come from.
struct HistoryOrigin {
  let source: CalibrationReport.Source
  /// How many draws the posterior has.
  let draws: Int
  let seed: UInt64

  /// The program with its version.
  var generator: String { "fundsim \(source.engine)" }

  /// What was computed, for the line under a page's title.
  var facts: [LocalizedText] {
    let count = NumberFormat.whole(draws)
    return [
      .init(en: "\(count) draws, seed \(seed)", zh: "\(count)次抽样，种子\(seed)"),
      .init(same: Origin.shortPath(source.file)),
    ]
  }

  /// Rows that were not used, and what deserves a look; nothing if there is none.
  var unused: [ReportSection] {
    let lines =
      source.unused.map { item in
        LocalizedText(
          en: "\(item.count) \(item.count == 1 ? "row" : "rows"): \(item.text)",
          zh: "\(item.count)行：\(item.text)")
      } + source.notices
    guard !lines.isEmpty else { return [] }
    return [
      ReportSection(
        .init(en: "Not used, and worth a look", zh: "未使用的行与提示"), [.list(lines)])
    ]
  }

  /// Where the figures come from.
  var section: ReportSection {
    var section = ReportSection(
      .init(en: "Provenance", zh: "来源说明"),
      [
        .pairs([
          LabelledText(.init(en: "history", zh: "历史"), .init(same: source.file)),
          LabelledText(.init(en: "digest", zh: "摘要"), .init(same: source.digest)),
          LabelledText(.init(en: "program", zh: "程序"), .init(same: generator)),
          LabelledText(.init(en: "draws", zh: "抽样数"), .init(same: NumberFormat.whole(draws))),
          LabelledText(.init(en: "seed", zh: "种子"), .init(same: "\(seed)")),
        ])
      ])
    section.isOfSources = true
    return section
  }
}
