/// Rows of a table that were not used, kept as they stood, for a file of their own.
public struct KeptRows: Sendable {
  /// Beyond this many bytes, rows are counted and no longer kept.
  static let sizeLimit = 1 << 28

  /// The names of the columns.
  public private(set) var header: [String] = []
  /// How many rows were kept.
  public var count: Int { rows.count }
  /// How many more there were than could be kept.
  public private(set) var lost = 0
  private var rows: [(line: Int, reason: Int)] = []
  private var bytes: [UInt8] = []
  private var separator = CellSeparator.comma.byte
  private var isOfSheet = false

  /// Keeps no rows yet.
  public init() {}

  /// Names the columns of the rows that will be kept.
  public init(of table: DelimitedTable) {
    header = table.header.map(\.value)
    separator = table.separator.byte
    isOfSheet = table.sheet != nil
  }

  /// Keeps a row.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - reason: The number of the reason for which it was not used.
  public mutating func keep(_ row: borrowing TableRow, reason: Int) {
    let scanner = row.scanner
    let text = scanner.bytes[scanner.rowStart..<scanner.position]
    guard bytes.count + text.count < Self.sizeLimit else {
      lost += 1
      return
    }
    rows.append((row.line, reason))
    bytes += text
    if let last = bytes.last, last != 0x0A, last != 0x0D { bytes.append(0x0A) }
  }

  /// Goes through the rows in the order of the file.
  public func forEach(_ body: (_ line: Int, _ reason: Int, _ cells: [String]) throws -> Void)
    rethrows
  {
    try bytes.withUnsafeBufferPointer { buffer in
      var scanner = RowScanner(bytes: buffer, separator: separator, file: "", position: 0)
      for row in rows {
        // They were read before, so that they can be read again.
        guard let isThere = try? scanner.next(), isThere else { return }
        let found = TableRow(number: 0, scanner: scanner)
        // A row of a sheet ends with its last value.
        let missing = isOfSheet ? max(0, header.count - found.cellCount) : 0
        let cells = (0..<found.cellCount).map { found.text($0) }
        try body(row.line, row.reason, cells + [String](repeating: "", count: missing))
      }
    }
  }
}
