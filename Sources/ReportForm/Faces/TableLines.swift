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
  /// A head of more columns is broken into lines.
  private static let widestHead = 14
  /// A head of fewer columns is not broken, however narrow its cells.
  private static let narrowestHead = 10
  /// A table keeps its columns together as long as this much is left for labels.
  private static let shortestLabel = 24
  private static let longestLabel = 48

  init(_ table: FigureTable, face: TerminalFace, money: MoneyScale) {
    self.face = face
    let cells = CellText(language: face.language, money: money)
    rows = table.rows.map { $0.map(cells.text) }
    heads = table.heads.enumerated().map { [rows] column, head in
      let cells = rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }
      let widest = cells.max() ?? 0
      // Labels have the room of the longest.
      return column == 0
        ? DisplayWidth.lines(of: head[face.language], width: max(Self.widestHead, widest))
        : Self.broken(head[face.language], beside: widest)
    }
    widths = table.heads.indices.map { [heads, rows] column in
      let figures = rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }
      return (figures + heads[column].map(DisplayWidth.of)).max() ?? 0
    }
  }

  /// A head in lines, above cells of a width; a number stays with its sign of per cent, and a word
  /// is broken only if it is too long for any head.
  static func broken(_ head: String, beside cells: Int) -> [String] {
    let words = head.split(separator: " ").filter { $0.allSatisfy(\.isASCII) }
    let longest = words.map { DisplayWidth.of(String($0)) }.max() ?? 0
    let width = min(widestHead, max(narrowestHead, cells, longest))
    let kept = head.replacing(" %", with: "\u{A0}%")
    return DisplayWidth.lines(of: kept, width: width).map { $0.replacing("\u{A0}", with: " ") }
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
