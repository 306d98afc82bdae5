import FundCore

/// Rows of comma-separated values, gathered into chunks.
struct CSVText {
  private var text = ""
  /// The size from which on a chunk is handed over, in bytes.
  static let chunkSize = 1 << 16

  /// Adds a row of cells that are ready.
  mutating func add(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += "," }
      text += cell
    }
    text += "\r\n"
  }

  /// Hands over what was gathered if it is enough for a chunk.
  mutating func flush(to sink: (String) throws -> Void, isLast: Bool = false) rethrows {
    guard !text.isEmpty, isLast || text.utf8.count >= Self.chunkSize else { return }
    try sink(text)
    text = ""
  }

  /// A cell of text: quoted where RFC 4180 asks for it, and with an apostrophe before what a
  /// spreadsheet would take for a formula.
  static func cell(_ string: String) -> String {
    var string = string
    if let first = string.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
      string = "'" + string
    }
    let needsQuotes = string.unicodeScalars.contains {
      $0 == "\"" || $0 == "," || $0 == "\n" || $0 == "\r"
    }
    guard needsQuotes else { return string }
    return "\"" + string.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// A number in its shortest form that reads back as the same.
  static func cell(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    let text = "\(number == 0 ? 0 : number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// An amount in yuan, exact.
  static func cell(fen: Int64) -> String {
    let magnitude = fen.magnitude
    let rest = magnitude % 100
    let sign = fen < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(magnitude / 100)" }
    return "\(sign)\(magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
