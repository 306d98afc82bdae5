/// Text and its references.
extension MarkupScanner {
  /// The text of a range of bytes.
  func string(_ range: Range<Int>) throws(MarkupFailure) -> String {
    var decoded: [UInt8] = []
    try append(range, to: &decoded)
    return String(decoding: decoded, as: UTF8.self)
  }

  /// Adds the text that was found last.
  func appendText(to decoded: inout [UInt8]) throws(MarkupFailure) {
    if isVerbatim {
      decoded.append(contentsOf: bytes[text])
    } else {
      try append(text, to: &decoded)
    }
  }

  /// Adds a text, its references resolved and its line ends as LF (XML 1.0, sections 2.11 and 4.1).
  func append(_ range: Range<Int>, to decoded: inout [UInt8]) throws(MarkupFailure) {
    var index = range.lowerBound
    var plain = index
    let end = range.upperBound
    while index < end {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "&") || byte == 0x0D else {
        index += 1
        continue
      }
      decoded.append(contentsOf: bytes[plain..<index])
      if byte == 0x0D {
        decoded.append(0x0A)
        index += index + 1 < end && bytes[index + 1] == 0x0A ? 2 : 1
      } else {
        index = try appendReference(from: index, to: end, &decoded)
      }
      plain = index
    }
    decoded.append(contentsOf: bytes[plain..<end])
  }

  /// - Returns: Where the text goes on.
  private func appendReference(
    from start: Int, to end: Int, _ decoded: inout [UInt8]
  ) throws(MarkupFailure) -> Int {
    let reach = min(end, start + 12)
    guard let semicolon = bytes[start..<reach].firstIndex(of: UInt8(ascii: ";")) else {
      throw .damaged
    }
    let name = start + 1..<semicolon
    let known: [(StaticString, UInt8)] = [
      ("lt", 0x3C), ("gt", 0x3E), ("amp", 0x26), ("quot", 0x22), ("apos", 0x27),
    ]
    if let (_, byte) = known.first(where: { matches(name, $0.0) }) {
      decoded.append(byte)
      return semicolon + 1
    }
    guard let first = bytes[name].first, first == UInt8(ascii: "#") else { throw .declaration }
    let digits = String(decoding: bytes[name].dropFirst(), as: UTF8.self)
    let isHexadecimal = digits.hasPrefix("x")
    let number = UInt32(
      isHexadecimal ? String(digits.dropFirst()) : digits, radix: isHexadecimal ? 16 : 10)
    guard let number, number >= 0x20 || [0x09, 0x0A, 0x0D].contains(number),
      let scalar = Unicode.Scalar(number)
    else { throw .damaged }
    decoded.append(contentsOf: Array(String(Character(scalar)).utf8))
    return semicolon + 1
  }
}
