public import FundCore
import Spreadsheets

/// What stands between the cells of a table.
public enum CellSeparator: String, CaseIterable, Sendable {
  /// The usual one.
  case comma = ","
  /// Of spreadsheets in countries with a decimal comma.
  case semicolon = ";"
  /// Of cells that were copied from a spreadsheet.
  case tab = "\t"

  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: 0x09
    }
  }
}

/// How the bytes of a table are divided into rows.
private struct TableLayout {
  let encoding: TextEncoding
  let separator: CellSeparator
  /// Where the first row starts, and its line.
  let start: (position: Int, line: Int)
  /// The name and the width of a sheet; `nil` for a text.
  let sheet: (name: String, width: Int)?
  /// The names of the workbook's other sheets.
  var otherSheets: [String] = []
}

/// A table in a text file: a header and rows, one a line (CSV, RFC 4180); or a sheet of a workbook, which
/// is read as such a table and tells places by the names of its cells.
///
/// A text is mapped into memory and read where it lies. It must not become shorter meanwhile.
public struct DelimitedTable {
  /// The file as messages name it.
  public let file: String
  /// How the file is encoded, as found.
  public let encoding: TextEncoding
  /// What stands between the cells, as found.
  public let separator: CellSeparator
  /// The names of the columns, without blanks around them. A name may be empty.
  public var header: [Written<String>] { heading.names }
  /// Where the names stand, and what stands around them.
  public internal(set) var heading: TableHeading
  /// The powers of ten in which columns count yuan, by column; `money(_:)` of a row converts.
  public var yuanPowers: [Int] = [] {
    didSet { precondition(yuanPowers.isEmpty || yuanPowers.count == header.count) }
  }

  /// The sheet of the workbook that is read, by its name; `nil` for a text.
  public var sheet: String? { sheetShape?.name }
  /// What the numbers of its rows are called.
  public var rowNaming: RowNaming { RowNaming(ofSheet: sheet) }
  /// That the workbook has other sheets, which may be meant, to be said behind an advice; empty if it has none.
  public var otherSheets: LocalizedText
  /// What deserves a second look: which sheet is read, and what it hides.
  public private(set) var notices: [LocalizedText] = []

  let storage: TableBytes
  private let sheetShape: (name: String, width: Int)?
  /// Where the first row of the file starts, and its line.
  let start: (position: Int, line: Int)

  /// The largest file that is read: 4 GB.
  public static let sizeLimit = 4 << 30

  /// Opens a table and reads its header.
  ///
  /// - Parameters:
  ///   - path: Where the file is; a sheet of a workbook can be named behind it: `loans.xlsx:2024`.
  ///   - displayName: How messages name the file; the path if `nil`.
  ///   - sheet: The sheet to read, where a document names it; the first that is not hidden if `nil`.
  ///   - separator: What stands between the cells; found in the first lines if `nil`.
  ///   - isHeadedLater: Whether `headed(by:row:)` is to find the header; until then, the first row
  ///     stands for it, whatever it says.
  public init(
    path: String, displayName: String? = nil, sheet: Written<String>? = nil,
    separator: CellSeparator? = nil, isHeadedLater: Bool = false
  ) throws(Diagnostics) {
    let place = SheetPath(path)
    let name = displayName.map { SheetPath($0).file }
    let opened = try InputFile(
      path: place.file, displayName: name, limit: DelimitedTable.sizeLimit)
    let raw = try TableBytes(mapping: opened)
    let wanted = place.sheet.map { Written($0, at: SourceLocation(file: path)) } ?? sheet
    if let table = try readSheet(of: raw, wanted, file: opened.name) {
      try self.init(table, file: opened.name)
    } else {
      try self.init(raw, file: opened.name, separator: separator)
    }
    if !isHeadedLater { try heading.check() }
  }

  /// Reads the header of a table in memory.
  public init(
    bytes: [UInt8], file: String, separator: CellSeparator? = nil, isHeadedLater: Bool = false
  ) throws(Diagnostics) {
    let raw = TableBytes(bytes)
    if let table = try readSheet(of: raw, nil, file: file) {
      try self.init(table, file: file)
    } else {
      try self.init(raw, file: file, separator: separator)
    }
    if !isHeadedLater { try heading.check() }
  }

  private init(
    _ raw: TableBytes, file: String, separator: CellSeparator?
  ) throws(Diagnostics) {
    let (storage, encoding) = try decoded(raw, file: file)
    let (position, declared) = preamble(storage.buffer)
    let found = separator ?? declared ?? mostFrequentSeparator(storage.buffer, from: position)
    let layout = TableLayout(
      encoding: encoding, separator: found, start: (position, declared == nil ? 1 : 2), sheet: nil)
    try self.init(storage, file: file, layout)
  }

  /// A sheet as a table.
  private init(_ sheet: ReadSheet, file: String) throws(Diagnostics) {
    let layout = TableLayout(
      encoding: .utf8, separator: .comma, start: (0, 1),
      sheet: (sheet.table.sheet, sheet.table.width), otherSheets: sheet.others)
    try self.init(TableBytes(sheet.table.bytes), file: file, layout)
    notices = sheet.notices
  }

  private init(
    _ storage: TableBytes, file: String, _ layout: TableLayout
  ) throws(Diagnostics) {
    self.file = file
    self.storage = storage
    encoding = layout.encoding
    separator = layout.separator
    start = layout.start
    sheetShape = layout.sheet
    otherSheets = Self.otherSheets(layout.otherSheets)
    var scanner = RowScanner(
      bytes: storage.buffer, separator: layout.separator.byte, file: file,
      position: layout.start.position)
    scanner.line = layout.start.line
    scanner.sheet = layout.sheet
    guard try scanner.next() else {
      throw Diagnostics(
        "empty-file", .init(en: "the file has no rows", zh: "文件中没有任何行"),
        help: .init(en: "check that this is the right file", zh: "核对是否选对了文件") + otherSheets,
        at: SourceLocation(file: file, sheet: layout.sheet?.name))
    }
    heading = TableHeading(HeadRow(scanner))
  }

  private static func otherSheets(_ names: [String]) -> LocalizedText {
    guard !names.isEmpty else { return .empty }
    let list = list(ofSheets: names)
    return .init(
      en: "; the workbook has other sheets: \(list) (choose one with `sheet:` or FILE.xlsx:SHEET)",
      zh: "；工作簿另有工作表：\(list)（用 `sheet:` 或“文件.xlsx:工作表”选择）")
  }

  /// A scanner of the rows from a byte on, at which a line starts.
  func scanner(from position: Int, line: Int) -> RowScanner {
    var scanner = RowScanner(
      bytes: storage.buffer, separator: separator.byte, file: file, position: position)
    scanner.line = line
    scanner.sheet = sheetShape
    return scanner
  }

  /// The place of a row by its line in the file.
  public func place(line: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, sheet: sheet)
  }

  /// Reads all rows, in the order of the file. Rows without any text are passed over.
  ///
  /// - Parameters:
  ///   - body: Reads one row. It has as many cells as the header.
  ///   - setAside: Told of each row that has not, or that has text behind a closing quote; the row
  ///     has the cells that were found.
  /// - Throws: What `body` and `setAside` throw; `Diagnostics` if the file cannot be divided into
  ///   rows from some place on.
  public func forEachRow(
    _ body: (borrowing TableRow) throws -> Void,
    setAside: (Diagnostic, borrowing TableRow) throws -> Void
  ) throws {
    var scanner = scanner(from: heading.firstRow.position, line: heading.firstRow.line)
    scanner.yuanPowers = yuanPowers
    let lastNamed = header.lastIndex { !$0.value.isEmpty } ?? 0
    var number = 0
    try withExtendedLifetime(storage) {
      while try scanner.next() {
        number += 1
        if scanner.cells.count != header.count {
          scanner.fit(to: header.count, named: lastNamed + 1)
        }
        if let problem = shapeProblem(of: scanner) {
          try setAside(problem, TableRow(number: number, scanner: scanner))
        } else {
          try body(TableRow(number: number, scanner: scanner))
        }
      }
    }
  }

  /// Reads all rows, and throws the problems of up to 20 rows that have the wrong shape.
  public func forEachRow(_ body: (borrowing TableRow) throws -> Void) throws {
    var problems: [Diagnostic] = []
    try forEachRow(body) { problem, _ in
      problems.append(problem)
      if problems.count == 20 { throw Diagnostics(problems) }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  private func shapeProblem(of scanner: RowScanner) -> Diagnostic? {
    if let offset = scanner.strayTextOffset {
      return Diagnostic(
        code: "text-after-quote",
        message: .init(en: "text follows the closing quote of a cell", zh: "单元格的右引号后面还有文字"),
        advice: .init(
          en: "put the whole cell in quotes, and write \"\" for a quote inside it",
          zh: "把整个单元格放进引号；其中的引号写成 \"\""),
        location: scanner.place(of: offset))
    }
    let count = scanner.cells.count
    guard count != header.count else { return nil }
    let isTooFew = count < header.count
    return Diagnostic(
      code: isTooFew ? "too-few-cells" : "too-many-cells",
      message: .init(
        en: "the row has \(count) cells, and the header has \(header.count)",
        zh: "本行有\(count)个单元格，表头有\(header.count)个"),
      advice: isTooFew
        ? .init(
          en: "add the missing cells; a cell that is empty still needs its separator",
          zh: "补上缺少的单元格；空单元格也要有分隔符")
        : .init(en: "put a text that contains the separator in quotes", zh: "含有分隔符的文字要放进引号"),
      location: scanner.place(ofCell: isTooFew ? count - 1 : header.count))
  }
}
