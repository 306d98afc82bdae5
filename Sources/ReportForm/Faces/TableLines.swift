import FundCore

/// The lines of a table on a terminal; a table that is too wide is continued below, with its labels
/// again.
struct TableLines {
  private let face: TerminalFace
  private let heads: [[String]]
  private let rows: [[String]]
  private let widths: [Int]
  private let indent = "  "
  private let gap = "  "
  /// How wide heads may be beside narrow cells, where the page has room; the last is the narrowest.
  private static let headWidths = [30, 20, 14, 0]
  /// A head is broken into lines that are no wider than the cells below it, but for so many columns,
  /// and for a word of so many.
  private static let (narrowHead, widestWord) = (10, 14)
  /// A bracket of Chinese words stays in one piece up to so many columns.
  private static let widestBracket = 16
  /// A table keeps its columns together as long as this much is left for labels.
  private static let shortestLabel = 24
  private static let longestLabel = 48

  init(_ table: FigureTable, face: TerminalFace, money: MoneyScale) {
    self.face = face
    let cells = CellText(language: face.language, money: money)
    rows = table.rows.map { $0.map(cells.text) }
    let figures = table.heads.indices.map { [rows] column in
      rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    // Heads are broken no more than the width of the page asks for.
    var tried: (heads: [[String]], widths: [Int]) = ([], [])
    for least in Self.headWidths {
      let heads = zip(table.heads, figures).enumerated().map { column, pair in
        // Labels have the room that a broken head would save.
        let width = max(pair.1, column == 0 ? Self.shortestLabel : least)
        return Self.broken(pair.0[face.language], beside: width)
      }
      let widths = zip(heads, figures).map { head, width in
        (head.map(DisplayWidth.of) + [width]).max() ?? width
      }
      tried = (heads, widths)
      if widths.reduce(0, { $0 + $1 + 2 }) <= face.width { break }
    }
    (heads, widths) = tried
  }

  /// A head in as few lines as its width allows, and these as even as can be.
  static func broken(_ head: String, beside cells: Int) -> [String] {
    if DisplayWidth.of(head) > max(narrowHead, cells), let bracket = head.firstIndex(of: "（") {
      let parts = [String(head[..<bracket]), String(head[bracket...])]
      if parts.allSatisfy({ !$0.isEmpty && DisplayWidth.of($0) <= max(widestBracket, cells) }) {
        return parts
      }
    }
    let words = head.split(separator: " ").map { word in
      let width = DisplayWidth.of(String(word))
      // Chinese is broken anywhere.
      return width > widestWord && width > word.count ? narrowHead : min(widestWord, width)
    }
    let longest = words.max() ?? 0
    var width = max(narrowHead, cells, longest)
    var lines = DisplayWidth.lines(of: head, width: width)
    while width > longest {
      width -= 1
      let narrower = DisplayWidth.lines(of: head, width: width)
      guard narrower.count == lines.count else { break }
      lines = narrower
    }
    return lines
  }

  var lines: [String] {
    // A long label is broken into lines before a table is continued below.
    let others = widths.dropFirst().reduce(0) { $0 + gap.count + $1 }
    let room = face.width - indent.count - others
    let shortened = min(Self.longestLabel, max(Self.shortestLabel, face.width / 2))
    let label = min(widths.first ?? 0, room >= Self.shortestLabel ? room : shortened)
    var lines: [String] = []
    var columns = Array(1..<max(1, widths.count))
    repeat {
      var taken = indent.count + label
      let fitting = columns.prefix { column in
        taken += gap.count + widths[column]
        return taken <= face.width
      }
      let chosen = fitting.isEmpty ? Array(columns.prefix(1)) : Array(fitting)
      columns.removeFirst(chosen.count)
      lines += part(columns: chosen, label: label)
    } while !columns.isEmpty
    return lines
  }

  private func part(columns: [Int], label: Int) -> [String] {
    let count = ([0] + columns).map { heads[$0].count }.max() ?? 1
    let headLines = (0..<count).map { line in
      heads.map { head in
        let place = line - (count - head.count)
        return place >= 0 ? head[place] : ""
      }
    }
    return (headLines + rows).flatMap { row($0, columns: columns, label: label) }
  }

  private func row(_ cells: [String], columns: [Int], label: Int) -> [String] {
    let labels = DisplayWidth.lines(of: cells.first ?? "", width: max(1, label))
    return labels.enumerated().map { index, text in
      var line = indent + DisplayWidth.padded(text, to: label)
      if index == 0 {
        for column in columns {
          let cell = column < cells.count ? cells[column] : ""
          line += gap + DisplayWidth.padded(cell, to: widths[column], right: true)
        }
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
