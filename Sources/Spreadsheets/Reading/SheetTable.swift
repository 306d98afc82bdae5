/// A sheet as a table of comma-separated values: row 7 of the sheet is line 7 unless texts of several lines
/// stand above it, and its cell C7 is the third of the line.
public struct SheetTable: Sendable {
  /// The sheet's name.
  public let sheet: String
  /// The table (RFC 4180, UTF-8, lines end in LF). A row that has nothing is an empty line.
  public internal(set) var bytes: [UInt8] = []
  /// How many columns the widest row has.
  public internal(set) var width = 0
  /// The rows that the sheet hides, by filter or by hand, as far as they have cells.
  public internal(set) var hiddenRows = Hidden()
  /// The columns that the sheet hides, counted from 1, as far as they have cells.
  public internal(set) var hiddenColumns = Hidden()

  /// How many cells have the text of a cell above with which they are merged.
  public internal(set) var filledCells = 0

  /// The largest table that is made of a sheet: 1 GB.
  public static let sizeLimit = 1 << 30
  /// What stands in a cell whose formula was never computed.
  public static let uncomputedFormula = "#FORMULA!"
  /// What a cell starts with, before its number and its number format, if the words of the format cannot be
  /// placed: whether 2,500万元 that stand for 25,000,000 are as many yuan nobody can say.
  public static let unplacedFormat = "#FORMAT!"

  /// Rows or columns that are hidden.
  public struct Hidden: Sendable {
    /// How many.
    public internal(set) var count = 0
    /// The first of them.
    public internal(set) var first: [Int] = []

    mutating func add(_ number: Int) {
      count += 1
      if first.count < 5 { first.append(number) }
    }
  }
}
