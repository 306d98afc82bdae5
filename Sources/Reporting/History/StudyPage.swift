import Charts
import FundCore
import ReportForm
import ResultFacts

/// The web page of a planner's study: what its terminal report says, part by part, and its charts.
struct StudyPage {
  /// The report.
  let blocks: [ReportBlock]
  /// The charts, which stand after the first part's words.
  let figures: [PageFigure]
  /// Where the figures come from.
  let provenance: Provenance?
  let trialCount: Int
  let language: Language
  /// What is said of the page's origin where no scenario was run.
  var origin: (engine: EngineVersion, kind: String, facts: [String])?

  private func text(_ english: EnglishHalf, _ chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[language]
  }

  /// All that the template takes.
  var contents: PageContents {
    let version = (origin?.engine ?? provenance?.engine)?.description ?? ""
    let parts = StudyPage.parts(of: blocks)
    return [
      "lang": language == .chinese ? "zh-Hans" : "en",
      "generator": "fundsim \(version)",
      "style": PageTemplate.style, "patterns": ChartStyle.patterns,
      "kind": origin?.kind ?? text("A planner's study of a compensation fund", "风险补偿基金规划研究"),
      "title": parts.title,
      "facts": facts,
      "hasNotes": !parts.notes.isEmpty,
      "notesTitle": text("Read this first: what departs from the text", "先读这里：与文件条文的差异"),
      "notes": parts.notes.map(\.contents),
      "hasAnswers": false,
      "sections": sections(parts.sections),
      "footer": text(
        "Made by fundsim \(version). This page needs no network and holds no script.",
        "由 fundsim \(version) 生成。本页无需联网，不含脚本。"),
    ]
  }

  private var facts: [String] {
    guard let provenance else { return origin?.facts ?? [] }
    let trials = NumberFormat.whole(trialCount)
    return [
      text(
        "\(trials) trials, seed \(provenance.seed)", "\(trials) 次模拟，种子 \(provenance.seed)"),
      Origin.shortPath(provenance.scenario.path),
    ]
  }

  /// The parts of a report by its headings.
  ///
  /// - Returns: The title; departures from the text, which stand before everything else; the parts.
  static func parts(of blocks: [ReportBlock]) -> (
    title: String, notes: [ReportBlock], sections: [(title: String?, blocks: [ReportBlock])]
  ) {
    var title = ""
    var notes: [ReportBlock] = []
    var sections: [(title: String?, blocks: [ReportBlock])] = []
    for block in blocks {
      switch block {
      case .title(let text): title = text
      case .heading(let text): sections.append((text, []))
      case .subheading where sections.isEmpty, .list where sections.isEmpty: notes.append(block)
      default:
        if sections.isEmpty { sections.append((nil, [])) }
        sections[sections.count - 1].blocks.append(block)
      }
    }
    return (title, notes, sections)
  }

  private func sections(_ parts: [(title: String?, blocks: [ReportBlock])]) -> [PageContents] {
    let tableTitle = text("The figures of this chart", "图中数据")
    return parts.enumerated().map { place, part in
      let drawn = place == 0 ? figures : []
      return [
        "title": part.title ?? text("The answer", "主要结论"), "hasLead": false,
        "figures": drawn.map { $0.contents(tableTitle: tableTitle) },
        "hasRest": !part.blocks.isEmpty, "rest": part.blocks.map(\.contents),
        "isFund": false, "hasMore": false,
      ] as PageContents
    }
  }

  /// The page.
  func rendered() throws -> String { try PageTemplate.rendered(contents) }
}
