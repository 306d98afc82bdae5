import FundCore

/// The lines of a table of which some columns hold texts: these are broken into lines within their
/// columns.
struct TextTableLines {
  private struct Column {
    let width: Int
    let isText: Bool
  }

  private let columns: [Column]
  private let heads: [[String]]
  private let rows: [[[String]]]
  private let indent = "  "
  private let gap = "  "
  /// Fewer columns hold no text.
  private static let narrowest = 8

  /// `nil` for a table of figures, and where the terminal has no room for the texts.
  init?(_ table: FigureTable, face: TerminalFace, money: MoneyScale) {
    guard let wanted = table.textWidths, wanted.count == table.heads.count else { return nil }
    let cells = CellText(language: face.language, money: money)
    let texts = table.rows.map { row in
      wanted.indices.map { $0 < row.count ? cells.text(row[$0]) : "" }
    }
    let figures = wanted.indices.map { column -> Int in
      guard wanted[column] == 0 else { return 0 }
      let cells = texts.map { DisplayWidth.of($0[column]) }.max() ?? 0
      let head = TableLines.broken(table.heads[column][face.language], beside: cells)
      return (head.map(DisplayWidth.of) + [cells]).max() ?? 0
    }
    let gaps = indent.count + gap.count * (wanted.count - 1)
    guard
      let widths = Self.widths(wanted, room: face.width - gaps - figures.reduce(0, +))
    else { return nil }
    columns = wanted.indices.map {
      Column(width: wanted[$0] > 0 ? widths[$0] : figures[$0], isText: wanted[$0] > 0)
    }
    heads = zip(table.heads, columns).map { [face] head, column in
      column.isText
        ? DisplayWidth.lines(of: head[face.language], width: column.width)
        : TableLines.broken(head[face.language], beside: column.width)
    }
    rows = texts.map { [columns] row in
      zip(row, columns).map { text, column in
        column.isText && !text.isEmpty
          ? DisplayWidth.lines(of: text, width: column.width) : [text]
      }
    }
  }

  /// The room is given out as it was wanted; the widest takes what is left over.
  private static func widths(_ wanted: [Int], room: Int) -> [Int]? {
    let sum = wanted.reduce(0, +)
    guard sum > 0, let widest = wanted.firstIndex(of: wanted.max() ?? 0) else { return nil }
    var widths = wanted.map { $0 == 0 ? 0 : max(narrowest, room * $0 / sum) }
    widths[widest] += room - widths.reduce(0, +)
    return widths[widest] < narrowest ? nil : widths
  }

  /// The lines, heads first; a table of nothing but texts needs none.
  var lines: [String] {
    guard columns.contains(where: { !$0.isText }) else { return rows.flatMap(lines) }
    let count = heads.map(\.count).max() ?? 0
    let lowered = heads.map { Array(repeating: "", count: count - $0.count) + $0 }
    return ([lowered] + rows).flatMap(lines)
  }

  private func lines(of row: [[String]]) -> [String] {
    (0..<(row.map(\.count).max() ?? 0)).map { place in
      let cells = zip(row, columns).map { lines, column in
        DisplayWidth.padded(
          place < lines.count ? lines[place] : "", to: column.width, right: !column.isText)
      }
      var line = indent + cells.joined(separator: gap)
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
