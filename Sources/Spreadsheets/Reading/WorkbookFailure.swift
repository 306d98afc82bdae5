/// Why a file cannot be read as a workbook.
public enum WorkbookFailure: Error, Hashable, Sendable {
  /// It is protected by a password.
  case encrypted
  /// It is a workbook of Excel 97 to 2003 (.xls).
  case oldBinary
  /// It is a binary workbook (.xlsb).
  case newBinary
  /// It is a workbook of OpenDocument (.ods).
  case openDocument
  /// It is an archive without a workbook, such as a text document.
  case noWorkbook
  /// A part, or the archive itself (an empty name), is cut off or altered.
  case damaged(part: String)
  /// A part is larger than is read.
  case tooLarge(part: String, megabytes: Int)
  /// A part grows so much when it is expanded that it was made to fill memory.
  case bomb(part: String, megabytes: Int)
  /// The archive has so many parts.
  case tooManyParts(Int)
  /// A part defines entities or a document type, which no spreadsheet program writes.
  case declaration(part: String)
  /// A part is not UTF-8.
  case encoding(part: String)
  /// A part is compressed in a way that no spreadsheet program uses.
  case unknownCompression(part: String, method: Int)
  /// There is no sheet of this name; there are those.
  case unknownSheet(String, known: [String])
  /// It has no sheet with cells.
  case noSheet
}
