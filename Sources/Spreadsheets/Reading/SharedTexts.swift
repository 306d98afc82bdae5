/// The texts that many cells share, each as it stands in a table of comma-separated values.
struct SharedTexts {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }

  /// Reads the part `sharedStrings.xml` (ECMA-376 part 1, section 18.4).
  init(_ part: UnsafeBufferPointer<UInt8>) throws(MarkupFailure) {
    var scanner = try MarkupScanner(part)
    var text: [UInt8] = []
    while true {
      switch try scanner.next() {
      case .finish: return
      case .start where scanner.isNamed("si"):
        text.removeAll(keepingCapacity: true)
        try scanner.appendRichText(to: &text)
        appendCell(text, to: &bytes)
        ends.append(bytes.count)
      case .start, .end, .text: break
      }
    }
  }

  init() {}

  /// Adds a text to a table.
  ///
  /// - Returns: Whether there is such a text.
  func append(_ number: Int, to table: inout [UInt8]) -> Bool {
    guard ends.indices.contains(number) else { return false }
    table.append(contentsOf: bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
    return true
  }
}

/// Adds a text as a cell of comma-separated values (RFC 4180).
func appendCell(_ text: [UInt8], to table: inout [UInt8]) {
  let needsQuotes = text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
  guard needsQuotes else {
    table += text
    return
  }
  table.append(0x22)
  for byte in text {
    if byte == 0x22 { table.append(byte) }
    table.append(byte)
  }
  table.append(0x22)
}

extension MarkupScanner {
  /// Adds the text of the element that has started, without the readings above it (`rPh`), and leaves the
  /// element.
  mutating func appendRichText(to decoded: inout [UInt8]) throws(MarkupFailure) {
    let outside = depth - 1
    let start = decoded.count
    var isInText = false
    while depth > outside {
      switch try next() {
      case .start where isNamed("rPh"): try skipElement()
      case .start: isInText = isNamed("t")
      case .end: isInText = false
      case .text: if isInText { try appendText(to: &decoded) }
      case .finish: throw .damaged
      }
    }
    resolveEscapes(from: start, in: &decoded)
  }

  /// Resolves `_x000D_`, with which spreadsheets write what XML cannot (ECMA-376 part 1, section 22.9.2.19).
  private func resolveEscapes(from start: Int, in decoded: inout [UInt8]) {
    guard decoded.count >= start + 7, decoded[start...].contains(UInt8(ascii: "_")) else { return }
    var result: [UInt8] = []
    var index = start
    while index < decoded.count {
      let piece = decoded[index..<min(index + 7, decoded.count)]
      if piece.count == 7, piece.starts(with: "_x".utf8), piece.last == UInt8(ascii: "_"),
        let number = UInt32(
          String(decoding: piece.dropFirst(2).dropLast(), as: UTF8.self), radix: 16),
        number >= 0x20 || [0x09, 0x0A, 0x0D].contains(number), let scalar = Unicode.Scalar(number)
      {
        result += Array(String(Character(scalar)).utf8)
        index += 7
      } else {
        result.append(decoded[index])
        index += 1
      }
    }
    decoded.replaceSubrange(start..., with: result)
  }
}
