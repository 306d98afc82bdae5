import FundCore

/// What stands before the first row of a table: encoding, separator, names of the columns.

/// The largest table that is decoded from GB18030, in memory: 512 MB.
private let decodingLimit = 512 << 20

/// The bytes of a table as UTF-8, and how they were encoded.
///
/// - Throws: `line-too-long`, `utf16`, `binary-file`, `not-utf8`, `no-gb18030`, `file-too-large`.
func decoded(
  _ raw: TableBytes, file: String
) throws(Diagnostics) -> (TableBytes, TextEncoding) {
  let bytes = raw.buffer
  try refuseBinary(bytes, file: file)
  try refuseLongLines(bytes, limit: lineLengthLimit, file: file)
  if let offset = bytes.firstIndex(of: 0) {
    throw Diagnostics(
      "binary-file", .init(en: "the file has a NUL byte", zh: "文件中有 NUL 字节"),
      help: .init(en: "save it again as text, with UTF-8", zh: "重新存为 UTF-8 文本"),
      at: place(of: offset, in: bytes, file: file))
  }
  guard let offset = firstInvalidUTF8(bytes) else {
    return (raw, byteOrderMarkLength(bytes) > 0 ? .utf8WithMark : .utf8)
  }
  if isDamagedUTF8(bytes) { throw notUTF8(at: offset, in: bytes, file: file) }
  if bytes.count > decodingLimit {
    throw Diagnostics(
      "file-too-large",
      .init(
        en: "the file is not UTF-8, and such a file may have at most 512 MB",
        zh: "文件不是 UTF-8 编码；此类文件最大 512 MB"),
      help: .init(en: "save it with the encoding UTF-8", zh: "存为 UTF-8 编码"),
      at: place(of: offset, in: bytes, file: file))
  }
  do {
    return (TableBytes(try utf8(fromGB18030: bytes)), .gb18030)
  } catch {
    switch error {
    case .unsupported:
      throw Diagnostics(
        "no-gb18030",
        .init(
          en: "the file is not UTF-8, and this computer cannot read GB18030",
          zh: "文件不是 UTF-8 编码，而本机不能读取 GB18030"),
        help: .init(en: "save it with the encoding UTF-8", zh: "存为 UTF-8 编码"),
        at: place(of: offset, in: bytes, file: file))
    case .invalid(let offset):
      throw Diagnostics(
        "not-utf8",
        .init(en: "the file is neither UTF-8 nor GB18030", zh: "文件既不是 UTF-8，也不是 GB18030 编码"),
        help: .init(en: "save it with the encoding UTF-8", zh: "存为 UTF-8 编码"),
        at: place(of: offset, in: bytes, file: file))
    }
  }
}

/// Where the header starts: behind a byte order mark, and behind the line `sep=;` with which Excel
/// names the separator.
func preamble(_ bytes: UnsafeBufferPointer<UInt8>) -> (start: Int, declared: CellSeparator?) {
  let start = byteOrderMarkLength(bytes)
  let line = bytes[start...].prefix(8)
  for separator in CellSeparator.allCases {
    for end in ["\r\n", "\n"] where line.starts(with: "sep=\(separator.rawValue)\(end)".utf8) {
      return (start + 5 + end.utf8.count, separator)
    }
  }
  return (start, nil)
}

/// The separator that stands most often in the first line, outside of quotes.
func mostFrequentSeparator(
  _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
) -> CellSeparator {
  var counts: [UInt8: Int] = [:]
  var isInQuotes = false
  var isBlankSoFar = true
  for byte in bytes[start...].prefix(lineLengthLimit) {
    if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
    let isLineEnd = byte == 0x0A || byte == 0x0D
    if isLineEnd, !isInQuotes, !isBlankSoFar { break }
    isBlankSoFar = isBlankSoFar && (isLineEnd || byte == 0x20)
    if !isInQuotes, byte == 0x2C || byte == 0x3B || byte == 0x09 { counts[byte, default: 0] += 1 }
  }
  let best = CellSeparator.allCases.max {
    counts[$0.byte, default: 0] < counts[$1.byte, default: 0]
  }
  return counts.isEmpty ? .comma : best ?? .comma
}

/// The names of the columns, each with its place.
///
/// - Throws: `duplicate-column`, `missing-header`.
func checkedHeader(_ row: borrowing TableRow) throws(Diagnostics) -> [Written<String>] {
  var names: [Written<String>] = []
  var first: [String: Written<String>] = [:]
  var problems: [Diagnostic] = []
  for column in 0..<row.cellCount {
    let name = Written(row.text(column), at: row.location(column))
    names.append(name)
    let key = Scalar.normalised(name.value)
    if key.isEmpty { continue }
    if let earlier = first[key] {
      problems.append(
        Diagnostic(
          code: "duplicate-column",
          message: .init(
            en: "the column \(quoted(name.value)) stands twice", zh: "列名\(quoted(name.value))重复"),
          advice: .init(
            en: """
              rename one of the two; the first stands in column \(earlier.location.column) of \
              the line
              """,
            zh: "给其中一列改名；前一列在该行第 \(earlier.location.column) 个字符处"), location: name.location))
    } else {
      first[key] = name
    }
  }
  if first.keys.allSatisfy(looksLikeValue) {
    throw Diagnostics(
      "missing-header",
      .init(en: "the first line holds values, not names of columns", zh: "第一行是数据，不是列名"),
      help: .init(en: "add a first line with a name for each column", zh: "在最前面加一行列名"),
      at: SourceLocation(file: names[0].location.file, line: row.line))
  }
  if !problems.isEmpty { throw Diagnostics(problems) }
  return names
}

private func looksLikeValue(_ text: String) -> Bool {
  if case .success = Scalar.number(text) { return true }
  if case .success = Scalar.date(text) { return true }
  return false
}
