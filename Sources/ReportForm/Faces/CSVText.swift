/// Rows of comma-separated values, gathered into chunks.
public struct CSVText {
  private var bytes: [UInt8] = []
  private var isRowEmpty = true

  /// No rows as yet.
  ///
  /// - Parameter isForPeople: Whether the text starts with a byte order mark, without which a Chinese
  ///   Excel takes UTF-8 for GBK. Tables for programs have none.
  public init(isForPeople: Bool = false) {
    if isForPeople { bytes = Array(CSVFace.byteOrderMark.utf8) }
  }

  /// The size from which on a chunk is handed over, in bytes.
  public static let chunkSize = 1 << 16

  /// Adds a cell that is ready, such as a name that `quoted` made safe.
  public mutating func add(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds a number in its shortest form that reads back as the same; nothing if it is not finite.
  public mutating func add(_ number: Double) {
    guard number.isFinite else { return add("") }
    let text = "\(number == 0 ? 0 : number)"
    add(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  /// Adds a whole number.
  public mutating func add(_ number: Int64) {
    separate()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    addDigits(number.magnitude)
  }

  /// Adds an amount in yuan, exact.
  public mutating func add(fen: Int64) {
    separate()
    if fen < 0 { bytes.append(UInt8(ascii: "-")) }
    let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
    addDigits(yuan)
    guard rest > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    if rest < 10 { bytes.append(UInt8(ascii: "0")) }
    addDigits(rest)
  }

  /// Ends a row, and hands over what was gathered if it is enough for a chunk.
  public mutating func endRow(to sink: (String) throws -> Void) rethrows {
    bytes.append(UInt8(ascii: "\r"))
    bytes.append(UInt8(ascii: "\n"))
    isRowEmpty = true
    if bytes.count >= Self.chunkSize { try finish(to: sink) }
  }

  /// Hands over what is left.
  public mutating func finish(to sink: (String) throws -> Void) rethrows {
    guard !bytes.isEmpty else { return }
    try sink(String(decoding: bytes, as: UTF8.self))
    bytes.removeAll(keepingCapacity: true)
  }

  private mutating func separate() {
    if !isRowEmpty { bytes.append(UInt8(ascii: ",")) }
    isRowEmpty = false
  }

  private mutating func addDigits(_ number: UInt64) {
    let start = bytes.count
    var rest = number
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// A cell of text, without signs that would steer a terminal or a spreadsheet: quoted where RFC 4180 asks for it, and with an apostrophe before what a
  /// spreadsheet would take for a formula.
  public static func quoted(_ string: String) -> String {
    var string = visibleLines(string.replacing("\r\n", with: "\n"))
    if let first = string.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) {
      string = "'" + string
    }
    let needsQuotes = string.unicodeScalars.contains {
      $0 == "\"" || $0 == "," || $0 == "\n" || $0 == "\r"
    }
    guard needsQuotes else { return string }
    var cell = "\""
    // By scalars, because a quote with a combining mark is a quote all the same.
    for scalar in string.unicodeScalars {
      if scalar == "\"" { cell.unicodeScalars.append(scalar) }
      cell.unicodeScalars.append(scalar)
    }
    return cell + "\""
  }
}
