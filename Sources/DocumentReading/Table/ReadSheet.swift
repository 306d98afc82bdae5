public import FundCore
import Spreadsheets

/// A sheet that was read, with what deserves a second look.
struct ReadSheet {
  let table: SheetTable
  /// The names of the workbook's other sheets.
  let others: [String]
  let notices: [LocalizedText]
}

/// Whether a file is a workbook by its bytes, whatever its name: one that comes through standard input has none.
///
/// - Throws: Why it cannot be opened.
public func holdsWorkbook(path: String) throws(Diagnostics) -> Bool {
  let file = try InputFile(path: path, displayName: nil, limit: DelimitedTable.sizeLimit)
  let bytes = try TableBytes(mapping: file)
  return withExtendedLifetime(bytes) { Workbook.looksLike(bytes.buffer) }
}

/// The sheet of a file that is a workbook; `nil` for a text.
///
/// - Parameters:
///   - raw: The file.
///   - wanted: The name of the sheet; the first that is not hidden if `nil`.
///   - file: The file as messages name it.
/// - Throws: Why a workbook cannot be read, or has no such sheet; `sheet-of-text`, `page-as-table`.
func readSheet(
  of raw: TableBytes, _ wanted: Written<String>?, file: String
) throws(Diagnostics) -> ReadSheet? {
  guard Workbook.looksLike(raw.buffer) else {
    try refuseMarkup(raw.buffer, file: file)
    guard let wanted else { return nil }
    throw Diagnostics(
      "sheet-of-text",
      .init(
        en: "\(file) is no workbook and has no sheet \(quoted(wanted.value))",
        zh: "\(file) 不是工作簿，没有工作表\(quoted(wanted.value))"),
      help: .init(
        en: "leave the sheet out, or give a workbook (.xlsx)", zh: "不写工作表，或给出工作簿（.xlsx）"),
      at: wanted.location)
  }
  do throws(WorkbookFailure) {
    let book = try Workbook(raw.buffer)
    let table = try book.table(sheet: wanted?.value)
    guard table.bytes.withUnsafeBufferPointer(firstInvalidUTF8) == nil else {
      throw WorkbookFailure.encoding(part: table.sheet)
    }
    let others = book.sheets.map(\.name).filter { $0 != table.sheet }
    return ReadSheet(
      table: table, others: others,
      notices: notices(of: table, others: others, isNamed: wanted != nil))
  } catch {
    throw error.diagnostics(file: file, wanted: wanted)
  }
}

/// Refuses a web page or another document in markup, which programs save under the name of a spreadsheet.
private func refuseMarkup(
  _ bytes: UnsafeBufferPointer<UInt8>, file: String
) throws(Diagnostics) {
  let head = bytes[byteOrderMarkLength(bytes)...].prefix(400).drop { $0 <= 0x20 }
  let start = String(decoding: head, as: UTF8.self).lowercased()
  guard !["%pdf-", "rar!", "7z\u{BC}"].contains(where: { start.hasPrefix($0) }) else {
    throw WorkbookFailure.noWorkbook.diagnostics(file: file, wanted: nil)
  }
  let signs = ["<!doctype", "<html", "<table", "<?xml", "<head", "<meta", "mime-version:"]
  guard signs.contains(where: { start.hasPrefix($0) }) else { return }
  throw Diagnostics(
    "page-as-table",
    .init(
      en: "the file is a web page or XML, whatever its name says", zh: "文件内容是网页或XML，与其名称不符"),
    help: .init(
      en: "open it in Excel or WPS and save it as an Excel workbook (.xlsx) or as \"CSV UTF-8\"",
      zh: "用 Excel 或 WPS 打开，另存为 Excel 工作簿（.xlsx）或“CSV UTF-8”"),
    at: SourceLocation(file: file))
}

// MARK: Notices

private func notices(
  of table: SheetTable, others: [String], isNamed: Bool
) -> [LocalizedText] {
  var notices: [LocalizedText] = []
  if !isNamed, !others.isEmpty {
    let names = list(ofSheets: others)
    notices.append(
      .init(
        en: """
          the sheet \(quoted(table.sheet)) is read, the first that is not hidden; the others: \
          \(names); `sheet:` or FILE.xlsx:SHEET chooses
          """,
        zh: """
          读取第一个未隐藏的工作表\(quoted(table.sheet))；其余：\(names)；\
          用 `sheet:` 或“文件.xlsx:工作表”选择
          """))
  }
  if table.hiddenRows.count > 0 {
    let first = list(table.hiddenRows) { "\($0)" }
    notices.append(
      .init(
        en: """
          the sheet \(quoted(table.sheet)) hides \(counted(table.hiddenRows, "row")), by a filter or by hand, \
          read like the others (\(first))
          """,
        zh: "工作表\(quoted(table.sheet))隐藏了\(table.hiddenRows.count)行（筛选或手工），照常读取（第\(first)行）"))
  }
  if table.hiddenColumns.count > 0 {
    let first = list(table.hiddenColumns, SourceLocation.columnName)
    notices.append(
      .init(
        en: """
          the sheet \(quoted(table.sheet)) hides \(counted(table.hiddenColumns, "column")), read like the \
          others (\(first))
          """,
        zh: "工作表\(quoted(table.sheet))隐藏了\(table.hiddenColumns.count)列，照常读取（\(first)）"))
  }
  if table.filledCells > 0 {
    notices.append(
      .init(
        en: """
          the sheet \(quoted(table.sheet)) has texts in cells that are merged over several rows: each counts \
          for all its rows (\(table.filledCells) \(table.filledCells == 1 ? "cell" : "cells"))
          """,
        zh: "工作表\(quoted(table.sheet))有跨行合并的单元格，其中的文字适用于所跨各行（\(table.filledCells)个单元格）"))
  }
  return notices
}

/// The names of sheets, the first of many.
func list(ofSheets names: [String]) -> LocalizedText {
  names.prefix(8).map { quoted($0) }.joined(with: .init(en: ", ", zh: "、"))
    + (names.count > 8 ? .init(en: ", …", zh: "……") : .empty)
}

private func counted(_ hidden: SheetTable.Hidden, _ what: String) -> String {
  "\(hidden.count) \(what)\(hidden.count == 1 ? "" : "s")"
}

private func list(_ hidden: SheetTable.Hidden, _ name: (Int) -> String) -> String {
  hidden.first.map(name).joined(separator: ", ")
    + (hidden.count > hidden.first.count ? ", …" : "")
}
