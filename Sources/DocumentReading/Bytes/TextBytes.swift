import FundCore

/// The length of the UTF-8 byte order mark at the start of a text: 3 or 0.
func byteOrderMarkLength(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
}

/// Where a text stops being UTF-8; `nil` if it is UTF-8 to the end.
func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  let count = bytes.count
  var index = 0
  while index < count {
    index = endOfASCII(bytes, from: index)
    guard index < count else { return nil }
    let length = utf8SequenceLength(bytes, at: index)
    guard length > 0 else { return index }
    index += length
  }
  return nil
}

/// Whether bytes that are not UTF-8 throughout were meant to be, and were damaged later.
///
/// In Chinese text of another encoding, few characters happen to be UTF-8.
func isDamagedUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  let head = UnsafeBufferPointer(rebasing: bytes.prefix(1 << 20))
  var (valid, invalid) = (0, 0)
  var index = endOfASCII(head, from: 0)
  while index < head.count {
    let length = utf8SequenceLength(head, at: index)
    valid += length > 0 ? 1 : 0
    invalid += length > 0 ? 0 : 1
    index = endOfASCII(head, from: index + max(length, 1))
  }
  return valid > invalid
}

/// The first byte from `start` that is not ASCII; the end if there is none.
private func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var index = start
  let raw = UnsafeRawBufferPointer(bytes)
  while index + 8 <= bytes.count {
    let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    if word & 0x8080_8080_8080_8080 != 0 { break }
    index += 8
  }
  while index < bytes.count, bytes[index] < 0x80 { index += 1 }
  return index
}

/// The length of the multi-byte character at `index`; 0 if it is not one (RFC 3629, section 4).
private func utf8SequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  let lead = bytes[index]
  let second: ClosedRange<UInt8>
  let length: Int
  switch lead {
  case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
  case 0xE0: (second, length) = (0xA0...0xBF, 3)
  case 0xED: (second, length) = (0x80...0x9F, 3)
  case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
  case 0xF0: (second, length) = (0x90...0xBF, 4)
  case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
  case 0xF4: (second, length) = (0x80...0x8F, 4)
  default: return 0
  }
  guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
  for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
  return length
}

/// Line and column of a byte, from 1. A column is a character, so bytes that continue one do not
/// count.
func place(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>, file: String) -> SourceLocation {
  var line = 1
  var column = 1
  var index = byteOrderMarkLength(bytes)
  while index < offset {
    let byte = bytes[index]
    let isLineEnd =
      byte == 0x0A || (byte == 0x0D && !(bytes.count > index + 1 && bytes[index + 1] == 0x0A))
    if isLineEnd {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
    index += 1
  }
  return SourceLocation(file: file, line: line, column: column)
}

/// Refuses what is not text at all: a spreadsheet, an archive, a picture, UTF-16.
///
/// - Throws: `utf16`, `binary-file`.
func refuseBinary(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(Diagnostics) {
  let start = SourceLocation(file: file)
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    throw Diagnostics(
      "utf16", .init(en: "the file is written in UTF-16", zh: "文件是 UTF-16 编码"),
      help: .init(en: "save it again with the encoding UTF-8", zh: "重新存为 UTF-8 编码"),
      at: start)
  }
  let head = UnsafeBufferPointer(rebasing: bytes.prefix(1 << 16))
  let controls = head.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  if head.contains(0) || controls * 10 > head.count {
    let isWorkbook =
      bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF])
    throw Diagnostics(
      "binary-file", .init(en: "the file is not text", zh: "文件不是文本"),
      help: isWorkbook
        ? .init(
          en: "it looks like an Excel workbook; save the sheet as \"CSV UTF-8\" and give that file",
          zh: "看来是 Excel 工作簿；把该工作表另存为“CSV UTF-8”，再给出该文件")
        : .init(en: "give a text file, saved with the encoding UTF-8", zh: "给出文本文件，并存为 UTF-8 编码"),
      at: start)
  }
}

/// Refuses a line of more than `limit` bytes, as no person writes one.
///
/// Goes back from the furthest end that a line may have to the last line end before it, so that
/// only a small part of a large file is looked at.
///
/// - Throws: `line-too-long`.
func refuseLongLines(
  _ bytes: UnsafeBufferPointer<UInt8>, limit: Int, file: String
) throws(Diagnostics) {
  var lineStart = 0
  while bytes.count - lineStart > limit {
    let reach = bytes[lineStart...lineStart + limit]
    guard let end = reach.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      let line = place(of: lineStart, in: bytes, file: file).line
      throw lineTooLong(line, limit: limit, file: file)
    }
    lineStart = end + 1
  }
}

/// The report of a line that is too long.
func lineTooLong(_ line: Int, limit: Int, file: String) -> Diagnostics {
  Diagnostics(
    "line-too-long",
    .init(en: "the line has more than \(limit >> 20) MB", zh: "本行超过 \(limit >> 20) MB"),
    help: .init(
      en: "check that this is the right file; its lines have to be divided",
      zh: "核对是否选对了文件；如果没错，请把长行拆开"),
    at: SourceLocation(file: file, line: line))
}
