/// A table of very many rows, by columns, as a CSV and as a NumPy file.
///
/// Its rows come in blocks that are made when they are written, so that no more than one block is in
/// memory. Every loop over rows is here and not where the table is composed, because that target is not
/// optimised.
public struct ColumnTable: Sendable {
  /// What a column holds.
  public enum Kind: Hashable, Sendable {
    /// A name: its text in a CSV, its number in two bytes in NumPy.
    case name
    /// The place of the row in its block, from 0; eight bytes.
    case row
    /// An amount in fen, written in yuan.
    case yuan
    /// A whole number of so many bytes (2 or 4), such as a month; one below 0 is empty in a CSV, −1 in
    /// NumPy.
    case whole(bytes: Int)
    /// A number with decimals; one that is none is empty in a CSV.
    case number
    /// A text of at most so many characters.
    case text(length: Int)
  }

  /// A column.
  public struct Column: Sendable {
    /// Its head.
    public let name: String
    /// What it holds.
    public let kind: Kind

    /// Creates a column.
    public init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// The cells of a column in one block.
  public enum Cells: Sendable {
    /// The same name in every row.
    case name(String, number: Int)
    /// The row's own place.
    case row
    /// A number a row; none at all if the block has no such column.
    case numbers([Int64])
    /// A number with decimals a row, `inf` for an infinite one; none at all if the block has no such column.
    case reals([Double])
    /// Months, in less room.
    case months([Int16])
    /// The same text in every row.
    case text(String)
  }

  /// Some rows of the table.
  public struct Block: Sendable {
    /// How many rows.
    public let rows: Int
    /// The cells of each column.
    public let cells: [Cells]

    /// Creates a block.
    public init(rows: Int, cells: [Cells]) {
      self.rows = rows
      self.cells = cells
    }
  }

  /// The columns, in order.
  public let columns: [Column]

  /// Creates a table with these columns.
  public init(columns: [Column]) { self.columns = columns }

  /// Writes the table as a CSV.
  ///
  /// - Parameters:
  ///   - blocks: How many blocks there are.
  ///   - block: Makes the block of this place.
  ///   - sink: Takes the text in chunks, in order.
  public func writeCSV(
    blocks: Int, block: (Int) -> Block, to sink: (String) throws -> Void
  ) rethrows {
    var csv = CSVText()
    for column in columns { csv.add(CSVText.quoted(column.name)) }
    try csv.endRow(to: sink)
    for place in 0..<blocks { try Self.write(block(place), columns.map(\.kind), &csv, sink) }
    try csv.finish(to: sink)
  }

  private static func write(
    _ block: Block, _ kinds: [Kind], _ csv: inout CSVText, _ sink: (String) throws -> Void
  ) rethrows {
    let isMoney = kinds.map { $0 == .yuan }
    let cells = block.cells.map(\.quoted)
    for row in 0..<block.rows {
      for index in cells.indices {
        switch cells[index] {
        case .name(let text, _), .text(let text): csv.add(text)
        case .row: csv.add(Int64(row))
        case .numbers(let numbers) where numbers.isEmpty: csv.add("")
        case .numbers(let numbers) where isMoney[index]: csv.add(fen: numbers[row])
        case .numbers(let numbers): csv.add(month: numbers[row])
        case .reals(let numbers): csv.add(real: numbers.isEmpty ? .nan : numbers[row])
        case .months(let months): csv.add(month: months.isEmpty ? -1 : Int64(months[row]))
        }
      }
      try csv.endRow(to: sink)
    }
  }
}

extension ColumnTable.Cells {
  /// With its words as a CSV takes them, once for all rows.
  fileprivate var quoted: Self {
    switch self {
    case .name(let name, let number): .name(CSVText.quoted(name), number: number)
    case .text(let text): .text(CSVText.quoted(text))
    case .row, .numbers, .reals, .months: self
    }
  }
}

extension CSVText {
  /// Adds a number with decimals, or that it is infinite.
  fileprivate mutating func add(real: Double) {
    if real == .infinity { add("inf") } else { add(real) }
  }

  /// Adds a count or a month; nothing for a month that never came.
  fileprivate mutating func add(month: Int64) {
    if month >= 0 { add(month) } else { add("") }
  }
}
