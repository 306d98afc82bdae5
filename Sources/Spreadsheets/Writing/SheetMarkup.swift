/// A sheet as XML (ECMA-376 part 1, section 18.3.1).
struct SheetMarkup {
  private(set) var text: String

  init(_ sheet: SheetContents, isFirst: Bool) {
    text = WorkbookWriter.start + "<worksheet xmlns=\"\(WorkbookWriter.main)\">"
    text += "<sheetViews><sheetView\(isFirst ? " tabSelected=\"1\"" : "") workbookViewId=\"0\">"
    if sheet.frozenRows > 0 {
      text += "<pane ySplit=\"\(sheet.frozenRows)\" topLeftCell=\"A\(sheet.frozenRows + 1)\""
      text += " activePane=\"bottomLeft\" state=\"frozen\"/>"
    }
    text += "</sheetView></sheetViews>"
    if !sheet.widths.isEmpty {
      text += "<cols>"
      for (place, width) in sheet.widths.enumerated() {
        text +=
          "<col min=\"\(place + 1)\" max=\"\(place + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
      }
      text += "</cols>"
    }
    text += "<sheetData>"
    for (place, row) in sheet.rows.enumerated() where row.contains(where: { $0 != .empty }) {
      text += "<row r=\"\(place + 1)\">"
      for (column, cell) in row.enumerated() { add(cell, "\(Self.columnName(column))\(place + 1)") }
      text += "</row>"
    }
    text += "</sheetData></worksheet>"
  }

  private mutating func add(_ cell: SheetContents.Cell, _ name: String) {
    switch cell {
    case .empty: break
    case .number(let digits, let style):
      text += "<c r=\"\(name)\" s=\"\(style.rawValue)\"><v>\(digits)</v></c>"
    case .text(let words, let style):
      let kept = WorkbookWriter.prefix(words, units: WorkbookWriter.textLimit)
      text += "<c r=\"\(name)\" s=\"\(style.rawValue)\" t=\"inlineStr\">"
      text += "<is><t xml:space=\"preserve\">\(WorkbookWriter.escaped(kept))</t></is></c>"
    }
  }

  /// The letters of a column, counted from 0.
  static func columnName(_ column: Int) -> String {
    var (rest, letters) = (column + 1, "")
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
