/// How a cell of a written workbook looks and what its number is.
public enum CellStyle: Int, CaseIterable, Sendable {
  /// A text, broken into lines where its column is too narrow.
  case text
  /// The title of a sheet.
  case title
  /// The head of a column.
  case head
  /// A number with the decimals that it has.
  case number
  /// A whole number, its thousands apart.
  case whole
  /// An amount with two decimals, its thousands apart.
  case amount
  /// A share, 0 to 1, in per cent.
  case percent
  /// A day, counted from 1900 as spreadsheets do.
  case day
  /// The month of a day.
  case month
  /// A number with a star behind it: something is to be said of it.
  case starred

  /// Its format code (ECMA-376 part 1, section 18.8.31); `nil` for texts.
  var code: String? {
    switch self {
    case .text, .title, .head: nil
    case .number: "General"
    case .whole: "#,##0"
    case .amount: "#,##0.00"
    case .percent: "0.00%"
    case .day: "yyyy-mm-dd"
    case .month: "yyyy-mm"
    case .starred: "General\"*\""
    }
  }
}

/// A sheet of a workbook that is to be written.
public struct SheetContents: Sendable {
  /// What stands in a cell.
  public enum Cell: Hashable, Sendable {
    /// Nothing.
    case empty
    /// A text, which is never taken for a formula.
    case text(String, CellStyle)
    /// A number by its decimal digits, such as `-12.5` or `1e-07`.
    case number(String, CellStyle)
  }

  /// Its name; a spreadsheet takes at most 31 characters, and none of `[]:*?/\`.
  public var name: String
  /// The rows.
  public var rows: [[Cell]] = []
  /// How wide each column is, in characters.
  public var widths: [Int] = []
  /// How many rows at the top stay when one scrolls.
  public var frozenRows = 0

  /// A sheet without rows.
  public init(name: String) { self.name = name }
}
