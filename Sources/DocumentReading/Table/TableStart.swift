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
        zh: "文件不是 UTF-8 编码；此类文件最大512 MB"),
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

/// The separator that stands most often in the first line, outside of quotes. A line with one or none,
/// which can be a title, is asked last: then the first line with three or more of a kind decides.
func mostFrequentSeparator(
  _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
) -> CellSeparator {
  var first: (separator: CellSeparator, count: Int)?
  var position = start
  for _ in 0..<12 where position < bytes.count {
    let line = separatorsOfLine(bytes, from: &position)
    guard let line else { break }
    if line.count >= 3 || (first == nil && line.count == 2) { return line.separator }
    if line.count > first?.count ?? 0 { first = first ?? line }
  }
  return first?.separator ?? .comma
}

/// The separator that stands most often in the first line with text from `position` on, which moves
/// behind it; `nil` if there is none.
private func separatorsOfLine(
  _ bytes: UnsafeBufferPointer<UInt8>, from position: inout Int
) -> (separator: CellSeparator, count: Int)? {
  var counts: [UInt8: Int] = [:]
  var isInQuotes = false
  var isBlankSoFar = true
  var hasEnded = false
  for byte in bytes[position...].prefix(lineLengthLimit) {
    position += 1
    if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
    let isLineEnd = byte == 0x0A || byte == 0x0D
    hasEnded = isLineEnd && !isInQuotes && !isBlankSoFar
    if hasEnded { break }
    isBlankSoFar = isBlankSoFar && (isLineEnd || byte == 0x20)
    if !isInQuotes, byte == 0x2C || byte == 0x3B || byte == 0x09 { counts[byte, default: 0] += 1 }
  }
  guard !isBlankSoFar else { return nil }
  let best = CellSeparator.allCases.max {
    counts[$0.byte, default: 0] < counts[$1.byte, default: 0]
  }
  return best.map { ($0, counts[$0.byte, default: 0]) }
}
