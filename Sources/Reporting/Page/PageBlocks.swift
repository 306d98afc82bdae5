import Charts
import FundCore
import ReportForm

/// What the template takes.
typealias PageContents = [String: Any]

extension ReportBlock {
  /// The block for the template.
  var contents: PageContents {
    switch self {
    case .title(let text), .heading(let text): ["heading": text]
    case .subheading(let text): ["subheading": text]
    case .paragraph(let text): ["paragraph": text]
    case .list(let items): ["list": ["items": items]]
    case .table(let table): ["table": table.contents]
    case .pairs(let pairs):
      ["pairs": ["items": pairs.map { ["label": $0.label, "text": $0.text] }]]
    }
  }
}

extension ReportTable {
  /// The table for the template.
  var contents: PageContents {
    [
      "heads": heads,
      "rows": rows.map { row in
        ["label": row.first ?? "", "cells": Array(row.dropFirst())] as PageContents
      },
    ]
  }
}

/// A chart with what is said of it, and its figures for those who do not see it.
struct PageFigure {
  /// The heading.
  var title: String
  /// Sentences in plain words, made from the figures.
  var say: [String]
  /// Draws the chart for a size, with an id of its own.
  var draw: (ChartSize, _ idSuffix: String) -> String
  /// All its figures.
  var table: ReportTable

  /// The figure for the template.
  func contents(tableTitle: String) -> PageContents {
    [
      "title": title, "say": say, "wide": draw(.wide, ""), "narrow": draw(.narrow, "-n"),
      "tableTitle": tableTitle, "table": table.contents,
    ]
  }
}
