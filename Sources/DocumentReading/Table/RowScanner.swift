import FundCore

/// Where a cell stands in the bytes of a table.
struct CellBounds {
  /// The first byte behind an opening quote, or of the cell.
  var start: Int
  /// The byte behind the last.
  var end: Int
  /// Whether the cell stood in quotes.
  var isQuoted: Bool
  /// Whether it has doubled quotes, of which one counts.
  var hasDoubledQuotes: Bool
}

/// Divides the bytes of a table into rows and cells (RFC 4180).
///
/// Lines end in LF, CRLF or CR. Blanks may stand around quotes. A quote inside an unquoted cell
/// means itself.
struct RowScanner {
  static let columnLimit = 10_000

  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  let file: String
  var position: Int
  /// The line at `position`.
  var line = 1
  /// The sheet whose cells these are, by its name, with its width: then every line is a row of it, and has
  /// as many cells; `nil` in a file of text.
  var sheet: (name: String, width: Int)?
  /// The powers of ten in which columns count yuan; empty if all count single yuan.
  var yuanPowers: [Int] = []

  /// The line on which the row starts.
  private(set) var rowLine = 1
  private(set) var rowStart = 0
  private(set) var cells: [CellBounds] = []
  /// Where text stands between a closing quote and the next separator.
  private(set) var strayTextOffset: Int?

  init(bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, file: String, position: Int) {
    self.bytes = bytes
    self.separator = separator
    self.file = file
    self.position = position
  }

  /// Reads the next row that has anything in it.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: `unclosed-quote`, `line-too-long`, `too-many-columns`.
  mutating func next() throws(Diagnostics) -> Bool {
    while position < bytes.count {
      try scanRow()
      guard cells.contains(where: hasText) else { continue }
      if let sheet { fit(to: sheet.width, named: 0) }
      return true
    }
    return false
  }

  func hasText(_ cell: CellBounds) -> Bool {
    bytes[cell.start..<cell.end].contains { $0 > 0x20 }
  }

  /// Takes off empty cells behind the last column, and adds those of columns without a name, which
  /// spreadsheets write or leave out as they please.
  mutating func fit(to count: Int, named: Int) {
    while cells.count > count, let last = cells.last, !hasText(last) { cells.removeLast() }
    guard cells.count < count, cells.count >= named else { return }
    let end = cells.last?.end ?? position
    while cells.count < count {
      cells.append(CellBounds(start: end, end: end, isQuoted: false, hasDoubledQuotes: false))
    }
  }

  private mutating func scanRow() throws(Diagnostics) {
    rowLine = line
    rowStart = position
    strayTextOffset = nil
    cells.removeAll(keepingCapacity: true)
    let limit = min(bytes.count, rowStart + lineLengthLimit + 1)
    while true {
      if let quote = openingQuote(limit) {
        try scanQuotedCell(from: quote, limit)
      } else {
        scanPlainCell(limit)
      }
      if position == limit {
        guard limit == bytes.count else {
          throw lineTooLong(rowLine, limit: lineLengthLimit, file: file)
        }
        return
      }
      let byte = bytes[position]
      position += 1
      if byte != separator {
        endLine(byte)
        return
      }
      guard cells.count < RowScanner.columnLimit else { throw tooManyColumns() }
    }
  }

  private mutating func endLine(_ byte: UInt8) {
    line += 1
    if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
  }

  /// Leaves `position` on the separator, the line end or the limit.
  private mutating func scanPlainCell(_ limit: Int) {
    let start = position
    position = endOfPlainText(from: start, limit)
    cells.append(
      CellBounds(start: start, end: position, isQuoted: false, hasDoubledQuotes: false))
  }

  private func endOfPlainText(from start: Int, _ limit: Int) -> Int {
    var index = start
    while index < limit {
      let byte = bytes[index]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      index += 1
    }
    return index
  }

  /// The quote with which the cell at `position` starts, behind any blanks.
  private func openingQuote(_ limit: Int) -> Int? {
    var index = position
    while index < limit, bytes[index] == 0x20 { index += 1 }
    return index < limit && bytes[index] == UInt8(ascii: "\"") ? index : nil
  }

  private mutating func scanQuotedCell(from opening: Int, _ limit: Int) throws(Diagnostics) {
    let quote = UInt8(ascii: "\"")
    var index = opening + 1
    var hasDoubledQuotes = false
    while index < limit {
      let byte = bytes[index]
      if byte == quote {
        guard index + 1 < limit, bytes[index + 1] == quote else { break }
        hasDoubledQuotes = true
        index += 1
      } else if byte == 0x0A || (byte == 0x0D && !(index + 1 < limit && bytes[index + 1] == 0x0A)) {
        // In a sheet, a row is a row, however many lines its texts have.
        line += sheet == nil ? 1 : 0
      }
      index += 1
    }
    guard index < limit else { throw unclosedQuote(at: opening) }
    cells.append(
      CellBounds(
        start: opening + 1, end: index, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes))
    position = endOfPlainText(from: index + 1, limit)
    let behind = bytes[index + 1..<position]
    if behind.contains(where: { $0 != 0x20 && $0 != 0x09 }) { strayTextOffset = index + 1 }
  }

  /// Where a cell of the row starts.
  func place(ofCell number: Int) -> SourceLocation {
    if sheet != nil { return location(column: number + 1) }
    let cell = cells[number]
    return place(of: cell.isQuoted ? cell.start - 1 : cell.start)
  }

  /// The row, or a column of it in a sheet.
  private func location(column: Int = 0) -> SourceLocation {
    SourceLocation(file: file, line: rowLine, column: column, sheet: sheet?.name)
  }

  /// The place of a byte of the row, which has started on `rowLine`.
  func place(of offset: Int) -> SourceLocation {
    if sheet != nil { return location(column: cells.count { $0.start <= offset }) }
    let row = UnsafeBufferPointer(rebasing: bytes[rowStart..<max(offset, rowStart)])
    let end = DocumentReading.place(of: row.count, in: row, file: file)
    return SourceLocation(file: file, line: rowLine + end.line - 1, column: end.column)
  }

  private func unclosedQuote(at offset: Int) -> Diagnostics {
    Diagnostics(
      "unclosed-quote",
      .init(en: "the quote that opens here is never closed", zh: "此处的左引号没有对应的右引号"),
      help: .init(
        en: "close it with \", or write \"\" for a quote that belongs to the text",
        zh: "用 \" 收尾；文字中的引号写成 \"\""),
      at: place(of: offset))
  }

  private func tooManyColumns() -> Diagnostics {
    Diagnostics(
      "too-many-columns",
      .init(
        en: "the row has more than \(RowScanner.columnLimit) cells",
        zh: "本行超过\(RowScanner.columnLimit)个单元格"),
      help: .init(
        en: "check that this is the right file and that the separator is right",
        zh: "核对是否选对了文件，分隔符是否正确"),
      at: location())
  }
}
