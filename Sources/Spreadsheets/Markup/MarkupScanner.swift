/// Why a text is not the XML that spreadsheet programs write.
enum MarkupFailure: Error {
  case damaged, declaration, encoding
}

/// Reads XML piece by piece where it lies: elements, attributes, text, character references, CDATA;
/// comments and instructions are passed over. Prefixes of names are taken off.
///
/// Document types are refused, so that no entity but the five of XML itself can be named.
struct MarkupScanner {
  /// What was found.
  enum Piece {
    /// `<name …>` or `<name …/>`, which is followed by an `end`.
    case start
    /// `</name>`.
    case end
    /// Text, with references in it if it is no CDATA.
    case text
    /// The end of the document.
    case finish
  }

  /// Deeper than that nests no part of a workbook.
  static let depthLimit = 200

  let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The local name of the element that starts or ends.
  private(set) var name = 0..<0
  /// The text; its references are resolved by `append(_:to:)`.
  private(set) var text = 0..<0
  private(set) var isVerbatim = false
  /// What is left of the attributes of the element that starts.
  private var attributes = 0..<0
  private var isClosed = false
  /// The whole names of the elements that are open.
  private var open: [Range<Int>] = []

  /// How many elements are open; a start has been counted, an end no longer is.
  var depth: Int { open.count }

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(MarkupFailure) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { throw .encoding }
    if bytes.count > 1, bytes[0] == 0 || bytes[1] == 0 { throw .encoding }
  }

  // MARK: Pieces

  /// Goes to the next piece.
  mutating func next() throws(MarkupFailure) -> Piece {
    if isClosed {
      isClosed = false
      name = local(open.removeLast())
      return .end
    }
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") {
        let start = position
        position = find(UInt8(ascii: "<"), from: start)
        if open.isEmpty { continue }
        (text, isVerbatim) = (start..<position, false)
        return .text
      }
      guard position + 1 < bytes.count else { throw .damaged }
      switch bytes[position + 1] {
      case UInt8(ascii: "/"): return try endTag()
      case UInt8(ascii: "?"): try skip(to: "?>")
      case UInt8(ascii: "!"): if try markedSection() { return .text }
      default: return try startTag()
      }
    }
    guard open.isEmpty else { throw .damaged }
    return .finish
  }

  private mutating func startTag() throws(MarkupFailure) -> Piece {
    let start = position + 1
    var index = start
    while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
    let whole = start..<index
    guard !whole.isEmpty, open.count < Self.depthLimit else { throw .damaged }
    // A `>` may stand in the value of an attribute.
    var quote: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      index += 1
    }
    guard index < bytes.count else { throw .damaged }
    isClosed = bytes[index - 1] == UInt8(ascii: "/") && index - 1 >= whole.upperBound
    attributes = whole.upperBound..<(isClosed ? index - 1 : index)
    position = index + 1
    open.append(whole)
    name = local(whole)
    return .start
  }

  private mutating func endTag() throws(MarkupFailure) -> Piece {
    let start = position + 2
    var index = start
    while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
    let whole = start..<index
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ">"), let opened = open.popLast(),
      bytes[opened].elementsEqual(bytes[whole])
    else { throw .damaged }
    position = index + 1
    name = local(whole)
    return .end
  }

  /// - Returns: Whether it is text.
  private mutating func markedSection() throws(MarkupFailure) -> Bool {
    let rest = bytes[position...]
    if rest.starts(with: "<!--".utf8) {
      position += 4
      try skip(to: "-->")
      return false
    }
    guard rest.starts(with: "<![CDATA[".utf8), !open.isEmpty else { throw .declaration }
    let start = position + 9
    position = start
    try skip(to: "]]>")
    (text, isVerbatim) = (start..<position - 3, true)
    return true
  }

  private mutating func skip(to ending: StaticString) throws(MarkupFailure) {
    let count = ending.utf8CodeUnitCount
    let wanted = UnsafeBufferPointer(start: ending.utf8Start, count: count)
    while position + count <= bytes.count {
      if bytes[position] == wanted[0],
        bytes[position..<position + count].elementsEqual(wanted)
      {
        position += count
        return
      }
      position += 1
    }
    throw .damaged
  }

  private func find(_ byte: UInt8, from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != byte { index += 1 }
    return index
  }

  // MARK: Names and attributes

  /// Whether the name of the element is this.
  func isNamed(_ wanted: StaticString) -> Bool { matches(name, wanted) }

  /// Whether a range of bytes says this.
  func matches(_ range: Range<Int>, _ wanted: StaticString) -> Bool {
    guard range.count == wanted.utf8CodeUnitCount else { return false }
    let start = wanted.utf8Start
    for offset in 0..<range.count where bytes[range.lowerBound + offset] != start[offset] {
      return false
    }
    return true
  }

  /// The next attribute of the element that starts: its local name, and its value with references.
  mutating func attribute() throws(MarkupFailure) -> (name: Range<Int>, value: Range<Int>)? {
    var index = attributes.lowerBound
    let end = attributes.upperBound
    while index < end, isBlank(bytes[index]) { index += 1 }
    guard index < end else { return nil }
    let nameStart = index
    while index < end, isNameByte(bytes[index]) { index += 1 }
    let name = local(nameStart..<index)
    while index < end, isBlank(bytes[index]) { index += 1 }
    guard !name.isEmpty, index < end, bytes[index] == UInt8(ascii: "=") else { throw .damaged }
    index += 1
    while index < end, isBlank(bytes[index]) { index += 1 }
    guard index < end else { throw .damaged }
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw .damaged }
    let start = index + 1
    index = start
    while index < end, bytes[index] != quote { index += 1 }
    guard index < end else { throw .damaged }
    attributes = index + 1..<end
    return (name, start..<index)
  }

  /// The values of some attributes, as text; those that are there. Attributes are not to be asked again.
  mutating func values(_ wanted: [StaticString]) throws(MarkupFailure) -> [String?] {
    var found = [String?](repeating: nil, count: wanted.count)
    while let (name, value) = try attribute() {
      for (place, word) in wanted.enumerated() where matches(name, word) {
        found[place] = try string(value)
      }
    }
    return found
  }

  /// Passes over the element that has just started, with all that is in it.
  mutating func skipElement() throws(MarkupFailure) {
    let outside = open.count - 1
    while open.count > outside {
      if case .finish = try next() { throw .damaged }
    }
  }

  private func local(_ whole: Range<Int>) -> Range<Int> {
    var start = whole.lowerBound
    for index in whole where bytes[index] == UInt8(ascii: ":") { start = index + 1 }
    return start..<whole.upperBound
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "<"),
      UInt8(ascii: "\""), UInt8(ascii: "'"):
      false
    default: true
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
