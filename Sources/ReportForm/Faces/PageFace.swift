import Charts
public import FundCore
import LossStatistics

/// A report as a web page: one file that opens without a network and holds no script.
public struct PageFace: Sendable {
  /// What the template takes.
  typealias Contents = [String: Any]

  /// The language.
  public let language: Language

  /// A face in a language.
  public init(language: Language) { self.language = language }

  /// The page.
  ///
  /// - Throws: Nothing, unless the template itself is broken; a test renders it.
  public func page(of report: Report) throws -> String {
    try PageTemplate.rendered(contents(of: report))
  }

  private func text(_ english: EnglishHalf, _ chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[language]
  }

  func contents(of report: Report) -> Contents {
    let blocks = PageBlocks(cells: CellText(language: language, money: report.money))
    return [
      "lang": languageCode,
      "generator": report.generator,
      "style": PageTemplate.style, "patterns": ChartStyle.patterns,
      // A report without a title of its own is called by its kind, once.
      "kind": report.title.isEmpty ? "" : report.kind[language],
      "title": visibleText(report.title.isEmpty ? report.kind[language] : report.title),
      "facts": report.facts.map { visibleText($0[language]) },
      "hasNotes": !report.notes.isEmpty,
      "notesTitle": text(
        "Read this first: what departs from the text, and what was taken for granted",
        "先读这里：与文件条文的差异，以及默认的前提"),
      "notes": report.notes.map(blocks.contents),
      "hasAnswers": !report.cards.isEmpty || !report.headline.isEmpty,
      "answersTitle": text("The answers", "主要结论"),
      "headline": report.headline.map(blocks.contents),
      "hasHeadline": !report.headline.isEmpty,
      "cards": report.cards.map { card($0, of: report) },
      "sections": report.sections.map { section($0, of: report, blocks: blocks) },
      "footer": text(
        "Made by \(report.generator). This page needs no network and holds no script.",
        "由 \(report.generator) 生成。本页无需联网，不含脚本。"),
    ]
  }

  private func section(
    _ section: ReportSection, of report: Report, blocks: PageBlocks
  ) -> Contents {
    [
      "title": visibleText(section.heading[language]),
      "hasLead": !section.lead.isEmpty, "lead": section.lead.map(blocks.contents),
      "figures": section.charts.map { figure($0, money: report.money, blocks: blocks) },
      "hasRest": !section.body.isEmpty, "rest": section.body.map(blocks.contents),
      "isFund": section.isRepeated, "hasMore": !section.detail.isEmpty,
      "moreTitle": section.detailTitle[language], "more": section.detail.map(blocks.contents),
    ]
  }

  private func figure(
    _ chart: ReportChart, money: MoneyScale, blocks: PageBlocks
  ) -> Contents {
    var contents = picture(chart, money: money, widths: ChartWidth.allCases)
    contents["hasTable"] = true
    contents["tableTitle"] = text("The figures of this chart", "图中数据")
    contents["table"] = blocks.contents(of: chart.table)
    return contents
  }

  /// A chart with what is said of it, drawn for some widths of a window.
  func picture(_ chart: ReportChart, money: MoneyScale, widths: [ChartWidth]) -> Contents {
    let title = visibleText(chart.title[language])
    let say = chart.say.map { $0[language] }
    var contents: Contents = ["title": title, "say": say, "wide": "", "narrow": ""]
    for width in widths {
      let caption = ChartCaption(
        id: chart.id + width.suffix, title: title, description: say.joined(separator: " "))
      contents[width.rawValue] = chart.draw(
        ChartPen(language: language, size: width.size, money: money, caption: caption))
    }
    return contents
  }

  private func card(_ card: ReportCard, of report: Report) -> Contents {
    let cells = CellText(language: language, money: report.money)
    let ends = precision(of: card.figure, money: report.money)
    return [
      "style": card.style, "name": visibleText(card.name),
      "subtitle": visibleText(card.subtitle[language]),
      "big": cells.text(.figure(card.figure.bare)), "what": card.what[language],
      "error": ends,
      "unit": text("in \(report.money.name)", "单位：\(report.money.name)"),
      "rows": card.rows.map { row in
        ["label": row.label[language], "text": cells.text(row.cell)] as Contents
      },
      "verdict": card.verdict[language],
    ]
  }

  /// The interval of a figure that stands in large letters.
  private func precision(of figure: Figure, money: MoneyScale) -> String {
    guard !figure.isExact else { return text("exact", "确定") }
    let words = FigureWords(language: language, money: money)
    guard let span = words.ends(of: figure) else { return "" }
    return text("95 % interval: \(span)", "95%区间：\(span)")
  }
}

/// The blocks of a report for the template.
struct PageBlocks {
  let cells: CellText

  private var language: Language { cells.language }

  func contents(_ block: SectionBlock) -> PageFace.Contents {
    switch block {
    case .subheading(let text): ["subheading": visibleText(text[language])]
    case .paragraph(let text): ["paragraph": text[language]]
    case .list(let items): ["list": ["items": items.map { $0[language] }]]
    case .table(let table): ["table": contents(of: table)]
    case .pairs(let pairs):
      [
        "pairs": [
          "items": pairs.map { ["label": $0.label[language], "text": $0.text[language]] }
        ]
      ]
    }
  }

  func contents(of table: FigureTable) -> PageFace.Contents {
    if let widths = table.textWidths { return contents(of: table, widths) }
    return [
      "heads": table.heads.map { $0[language] },
      "rows": table.rows.map { row in
        let texts = row.map { cells.text($0) }
        return ["label": texts.first ?? "", "cells": Array(texts.dropFirst())] as PageFace.Contents
      },
    ]
  }

  /// A table of which some columns hold texts.
  private func contents(of table: FigureTable, _ widths: [Int]) -> PageFace.Contents {
    func styled(_ texts: [String]) -> [PageFace.Contents] {
      zip(texts, widths).map { ["text": $0, "style": $1 > 0 ? "text" : "number"] }
    }
    return [
      "textHeads": styled(table.heads.map { $0[language] }),
      "rows": table.rows.map { row in
        let styledCells = styled(row.map { cells.text($0) })
        return [
          "label": styledCells.first?["text"] ?? "",
          "textCells": Array(styledCells.dropFirst()),
        ] as PageFace.Contents
      },
    ]
  }
}
