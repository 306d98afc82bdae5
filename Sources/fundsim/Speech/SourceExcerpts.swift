import DocumentReading
import Foundation
import FundCore
import ReportForm

/// The lines of the files in which problems stand, each with a mark under its column.
struct SourceExcerpts {
  /// The wanted lines by place; those of files that cannot be shown are missing.
  private var texts: [SourceLocation: String] = [:]

  /// Files above this size, 16 MiB, are not read once more for it.
  private static let largestFile = 1 << 24
  /// Columns of a line that are shown.
  private static let width = 84

  /// Reads each file of the problems once.
  ///
  /// A place may be no file (an option, a built-in programme), and a file may be gone, a pipe, a workbook or
  /// in another encoding than UTF-8: then nothing is shown.
  init(of problems: [Diagnostic]) {
    let places = Set(problems.map(\.location).filter { $0.line > 0 })
    for (file, places) in Dictionary(grouping: places, by: \.file) {
      guard let lines = Self.lines(of: file) else { continue }
      for place in places where place.line <= lines.count { texts[place] = lines[place.line - 1] }
    }
  }

  private static func bytes(of file: String) -> [UInt8]? {
    if file == StandardInput.name {
      return StandardInput.bytes.flatMap { $0.count <= largestFile ? $0 : nil }
    }
    var status = stat()
    guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= largestFile
    else { return nil }
    return FileManager.default.contents(atPath: file).map { Array($0) }
  }

  private static func lines(of file: String) -> [String]? {
    guard let bytes = bytes(of: file), let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      String($0.drop { $0 == "\u{FEFF}" })
    }
  }

  /// The line of a place and the mark below it, to be printed under the message; nothing where there is none.
  func lines(at place: SourceLocation) -> [String] {
    guard let text = texts[place], !text.allSatisfy(\.isWhitespace) else { return [] }
    // Every sign takes its place: blanks for tabs, a dot for what would steer a terminal.
    var signs = text.map { sign -> Character in
      if sign == "\t" { return " " }
      return visibleText(String(sign)) == String(sign) ? sign : "·"
    }
    var column = place.column
    let margin = Self.width / 2
    if column > margin {
      signs = ["…"] + signs.dropFirst(min(column - margin, signs.count))
      column = margin + 1
    }
    let number = String(place.line)
    let shown = DisplayWidth.cut(String(signs), to: Self.width)
    let first = "  \(number) | \(shown)"
    guard (1...signs.count + 1).contains(column) else { return [first] }
    let before = DisplayWidth.of(String(signs.prefix(column - 1)))
    let gap = String(repeating: " ", count: number.count)
    return [first, "  \(gap) | \(String(repeating: " ", count: before))^"]
  }
}
