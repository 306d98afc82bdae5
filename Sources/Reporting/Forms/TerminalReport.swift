import FundCore
import ReportForm

/// A report for people, on a terminal.
struct TerminalReport {
  /// The columns of the terminal.
  var width = 100
  private let indent = "  "
  private let gap = "  "
  /// A table keeps its columns together as long as this much is left for labels.
  private let shortestLabel = 24
  private let longestLabel = 48

  /// The text of a report.
  func rendered(_ blocks: [ReportBlock]) -> String {
    var text = ""
    for (index, block) in blocks.enumerated() {
      let opensPart =
        switch block {
        case .title, .heading, .subheading: true
        default: false
        }
      if opensPart, index > 0 { text += "\n" }
      for line in lines(of: block) { text += Self.printable(line) + "\n" }
    }
    return text
  }

  /// A line without control characters: names come from files, and must not steer the terminal.
  private static func printable(_ line: String) -> String {
    let isControl = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory == .control
    }
    guard line.unicodeScalars.contains(where: isControl) else { return line }
    return String(String.UnicodeScalarView(line.unicodeScalars.map { isControl($0) ? "?" : $0 }))
  }

  private func lines(of block: ReportBlock) -> [String] {
    switch block {
    case .title(let title):
      let lines = DisplayWidth.lines(of: title, width: width)
      return lines + [String(repeating: "=", count: lines.map(DisplayWidth.of).max() ?? 0)]
    case .heading(let heading):
      let lines = DisplayWidth.lines(of: heading, width: width)
      return lines + [String(repeating: "-", count: lines.map(DisplayWidth.of).max() ?? 0)]
    case .subheading(let text): return DisplayWidth.lines(of: text, width: width)
    case .paragraph(let text): return hanging(text, first: indent, rest: indent)
    case .list(let items):
      return items.flatMap { hanging($0, first: indent + "- ", rest: indent + "  ") }
    case .pairs(let pairs): return pairLines(pairs)
    case .table(let table): return tableLines(table)
    }
  }

  private func hanging(_ text: String, first: String, rest: String) -> [String] {
    DisplayWidth.lines(of: text, width: width - first.count).enumerated().map {
      ($0.offset == 0 ? first : rest) + $0.element
    }
  }

  private func pairLines(_ pairs: [(label: String, text: String)]) -> [String] {
    let labelWidth = min(40, pairs.map { DisplayWidth.of($0.label) }.max() ?? 0)
    let left = indent.count + labelWidth + gap.count
    return pairs.flatMap { pair in
      let label = DisplayWidth.padded(DisplayWidth.cut(pair.label, to: labelWidth), to: labelWidth)
      return DisplayWidth.lines(of: pair.text, width: width - left).enumerated().map {
        ($0.offset == 0 ? indent + label + gap : String(repeating: " ", count: left)) + $0.element
      }
    }
  }

  /// A table; one that is too wide is continued below, with its labels again.
  private func tableLines(_ table: ReportTable) -> [String] {
    let heads = table.heads.map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    let widths = table.heads.indices.map { column in
      let cells = table.rows.map { DisplayWidth.of($0[column]) }
      let words = heads[column].map { DisplayWidth.of(String($0)) }
      return (cells + words).max() ?? 0
    }
    // A long label is broken into lines before a table is continued below.
    let others = widths.dropFirst().reduce(0) { $0 + gap.count + $1 }
    let room = width - indent.count - others
    // The widest of the others has to stand beside it.
    let most = width - indent.count - gap.count - (widths.dropFirst().max() ?? 0)
    let labelWidth = min(
      widths.first ?? 0,
      room >= shortestLabel ? room : max(shortestLabel / 2, min(longestLabel, most)))
    var lines: [String] = []
    var columns = Array(1..<max(1, widths.count))
    repeat {
      var taken = indent.count + labelWidth
      let fitting = columns.prefix { column in
        taken += gap.count + widths[column]
        return taken <= width
      }
      let chosen = fitting.isEmpty ? Array(columns.prefix(1)) : Array(fitting)
      columns.removeFirst(chosen.count)
      lines += part(table, columns: chosen, widths: [labelWidth] + widths.dropFirst())
    } while !columns.isEmpty
    return lines
  }

  private func part(_ table: ReportTable, columns: [Int], widths: [Int]) -> [String] {
    let heads = table.heads.map { head in
      head.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let headLines = ([0] + columns).map { heads[$0].count }.max() ?? 1
    var lines: [[String]] = (0..<headLines).map { line in
      heads.map { head in
        let place = line - (headLines - head.count)
        return place >= 0 ? head[place] : ""
      }
    }
    lines += table.rows
    return lines.flatMap { row($0, columns: columns, widths: widths) }
  }

  private func row(_ cells: [String], columns: [Int], widths: [Int]) -> [String] {
    DisplayWidth.lines(of: cells[0], width: widths[0]).enumerated().map { index, label in
      var text = indent + DisplayWidth.padded(label, to: widths[0])
      if index == 0 {
        for column in columns {
          text += gap + DisplayWidth.padded(cells[column], to: widths[column], right: true)
        }
      }
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
  }
}
