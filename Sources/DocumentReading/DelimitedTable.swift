public import FundCore

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

/// A table in a text file: a header and rows, one a line (CSV, RFC 4180).
///
/// The file is mapped into memory and read where it lies. It must not become shorter meanwhile.
public struct DelimitedTable {
  /// The file as messages name it.
  public let file: String
  /// How the file is encoded, as found.
  public let encoding: TextEncoding
  /// What stands between the cells, as found.
  public let separator: CellSeparator
  /// The names of the columns, without blanks around them. A name may be empty.
  public let header: [Written<String>]

  private let storage: TableBytes
  /// Where the first row below the header starts, and its line.
  private let firstRow: (position: Int, line: Int)

  /// The largest file that is read: 4 GB.
  public static let sizeLimit = 4 << 30

  /// Opens a table and reads its header.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - displayName: How messages name the file; the path if `nil`.
  ///   - separator: What stands between the cells; found in the header if `nil`.
  public init(
    path: String, displayName: String? = nil, separator: CellSeparator? = nil
  ) throws(Diagnostics) {
    let opened = try InputFile(
      path: path, displayName: displayName, limit: DelimitedTable.sizeLimit)
    try self.init(TableBytes(mapping: opened), file: opened.name, separator: separator)
  }

  /// Reads the header of a table in memory.
  public init(
    bytes: [UInt8], file: String, separator: CellSeparator? = nil
  ) throws(Diagnostics) {
    try self.init(TableBytes(bytes), file: file, separator: separator)
  }

  private init(
    _ raw: TableBytes, file: String, separator: CellSeparator?
  ) throws(Diagnostics) {
    let (storage, encoding) = try decoded(raw, file: file)
    let (start, declared) = preamble(storage.buffer)
    let found = separator ?? declared ?? mostFrequentSeparator(storage.buffer, from: start)
    var scanner = RowScanner(
      bytes: storage.buffer, separator: found.byte, file: file, position: start)
    if declared != nil { scanner.line = 2 }
    guard try scanner.next() else {
      throw Diagnostics(
        "empty-file", .init(en: "the file has no rows", zh: "文件中没有任何行"),
        help: .init(en: "check that this is the right file", zh: "核对是否选对了文件"),
        at: SourceLocation(file: file))
    }
    self.file = file
    self.encoding = encoding
    self.separator = found
    self.storage = storage
    header = try checkedHeader(TableRow(number: 0, scanner: scanner))
    firstRow = (scanner.position, scanner.line)
  }

  /// The number of the column with a name, from 0; blanks and full-width signs are no difference.
  public func column(_ name: String) -> Int? {
    let wanted = Scalar.normalised(name)
    guard !wanted.isEmpty else { return nil }
    return header.firstIndex { Scalar.normalised($0.value) == wanted }
  }

  /// The number of the column with a name, from 0.
  ///
  /// - Throws: `unknown-column`, at the place where the name was written, with the one that was
  ///   probably meant.
  public func column(named name: Written<String>) throws(Diagnostics) -> Int {
    if let column = column(name.value) { return column }
    let names = header.map(\.value).filter { !$0.isEmpty }
    let suggestion = didYouMean(name.value, among: names)
    throw Diagnostics(
      "unknown-column",
      .init(
        en: "\(file) has no column \(quoted(name.value))",
        zh: "\(file) 中没有名为\(quoted(name.value))的列"),
      help: suggestion
        + LocalizedText(
          en: "its columns: \(names.prefix(40).joined(separator: ", "))",
          zh: "现有各列：\(names.prefix(40).joined(separator: "、"))"),
      at: name.location)
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
    var scanner = RowScanner(
      bytes: storage.buffer, separator: separator.byte, file: file, position: firstRow.position)
    scanner.line = firstRow.line
    var number = 0
    try withExtendedLifetime(storage) {
      while try scanner.next() {
        number += 1
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
    let last = scanner.cells[isTooFew ? count - 1 : header.count]
    return Diagnostic(
      code: isTooFew ? "too-few-cells" : "too-many-cells",
      message: .init(
        en: "the row has \(count) cells, and the header has \(header.count)",
        zh: "本行有 \(count) 个单元格，表头有 \(header.count) 个"),
      advice: isTooFew
        ? .init(
          en: "add the missing cells; a cell that is empty still needs its separator",
          zh: "补上缺少的单元格；空单元格也要有分隔符")
        : .init(en: "put a text that contains the separator in quotes", zh: "含有分隔符的文字要放进引号"),
      location: scanner.place(of: last.isQuoted ? last.start - 1 : last.start))
  }
}
