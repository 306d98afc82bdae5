/// Writes workbooks (.xlsx; ECMA-376) that Excel, WPS and LibreOffice open. The same contents always become
/// the same bytes: no time is written.
public enum WorkbookWriter {
  /// The longest text of a cell, in UTF-16 units.
  static let textLimit = 32_767

  /// The bytes of a workbook.
  ///
  /// - Parameter sheets: Its sheets, at least one. Names that a spreadsheet would not take are mended, and
  ///   names that occur twice get a number.
  /// - Complexity: Linear in the number of cells.
  public static func bytes(of sheets: [SheetContents]) -> [UInt8] {
    precondition(!sheets.isEmpty, "a workbook has a sheet")
    var archive = ArchiveWriter()
    let count = sheets.count
    archive.add(Self.program.name, Self.program.text)
    archive.add("[Content_Types].xml", contentTypes(count))
    archive.add("_rels/.rels", topRelations)
    archive.add("xl/workbook.xml", workbook(names(of: sheets.map(\.name))))
    archive.add("xl/_rels/workbook.xml.rels", relations(count))
    archive.add("xl/styles.xml", styles)
    for (place, sheet) in sheets.enumerated() {
      archive.add(
        "xl/worksheets/sheet\(place + 1).xml", SheetMarkup(sheet, isFirst: place == 0).text)
    }
    return archive.bytes
  }

  /// How every workbook that is written here starts.
  public static var signature: [UInt8] {
    var archive = ArchiveWriter()
    archive.add(program.name, program.text)
    return archive.parts
  }

  /// What says which program wrote it; the same in every workbook, and before all else.
  private static let program = (
    name: "docProps/app.xml",
    text: start
      + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
      + "<Application>fundsim</Application></Properties>"
  )

  // MARK: Names

  /// Names of sheets as a spreadsheet takes them: at most 31 characters, without `[]:*?/\`, none twice.
  public static func names(of wanted: [String]) -> [String] {
    var taken: Set<String> = []
    return wanted.map { name in
      let mended = mended(name)
      var name = mended
      var number = 1
      while !taken.insert(name.lowercased()).inserted {
        number += 1
        let ending = " (\(number))"
        name = prefix(mended, units: 31 - ending.utf16.count) + ending
      }
      return name
    }
  }

  private static func mended(_ name: String) -> String {
    let signs = name.map { "[]:*?/\\".contains($0) || $0.isNewline ? "-" : $0 }
    var plain = prefix(String(signs), units: 31)
    while plain.hasPrefix("'") { plain.removeFirst() }
    while plain.hasSuffix("'") || plain.hasSuffix(" ") { plain.removeLast() }
    return plain.isEmpty ? "Sheet" : plain
  }

  /// As many characters from the start as have so many UTF-16 units.
  static func prefix(_ text: String, units: Int) -> String {
    guard text.utf16.count > units else { return text }
    var (kept, count) = ("", 0)
    for sign in text {
      count += sign.utf16.count
      if count > units { break }
      kept.append(sign)
    }
    return kept
  }

  // MARK: Parts

  static let start = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  private static func contentTypes(_ count: Int) -> String {
    var text = start + "<Types xmlns=\"\(package)/content-types\">"
    text +=
      "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    text += "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    text +=
      "<Override PartName=\"/\(program.name)\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    text += "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind).sheet.main+xml\"/>"
    text += "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(kind).styles+xml\"/>"
    for number in 1...count {
      text += "<Override PartName=\"/xl/worksheets/sheet\(number).xml\""
      text += " ContentType=\"\(kind).worksheet+xml\"/>"
    }
    return text + "</Types>"
  }

  private static var topRelations: String {
    start + "<Relationships xmlns=\"\(package)/relationships\">"
      + relation("workbook", type: "officeDocument", to: "xl/workbook.xml")
      + relation("program", type: "extended-properties", to: program.name) + "</Relationships>"
  }

  private static func relations(_ count: Int) -> String {
    var text = start + "<Relationships xmlns=\"\(package)/relationships\">"
    for number in 1...count {
      text += relation("sheet\(number)", type: "worksheet", to: "worksheets/sheet\(number).xml")
    }
    return text + relation("styles", type: "styles", to: "styles.xml") + "</Relationships>"
  }

  private static func relation(_ id: String, type: String, to target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(links)/\(type)\" Target=\"\(target)\"/>"
  }

  private static func workbook(_ names: [String]) -> String {
    var text = start + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(links)\"><sheets>"
    for (place, name) in names.enumerated() {
      text +=
        "<sheet name=\"\(escaped(name))\" sheetId=\"\(place + 1)\" r:id=\"sheet\(place + 1)\"/>"
    }
    return text + "</sheets></workbook>"
  }

  /// Fonts, fills and borders as few as may be; then a style for every `CellStyle`, in its order.
  private static var styles: String {
    var text = start + "<styleSheet xmlns=\"\(main)\">"
    let codes = CellStyle.allCases.compactMap { style in style.code.map { (style.rawValue, $0) } }
    text += "<numFmts count=\"\(codes.count)\">"
    for (number, code) in codes {
      text += "<numFmt numFmtId=\"\(200 + number)\" formatCode=\"\(escaped(code))\"/>"
    }
    text += "</numFmts><fonts count=\"3\">"
    for (size, isBold) in [(11, false), (14, true), (11, true)] {
      text += "<font>\(isBold ? "<b/>" : "")<sz val=\"\(size)\"/><name val=\"Calibri\"/></font>"
    }
    text += "</fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    text += "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    text += "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    text += "<border><left/><right/><top/><bottom style=\"thin\"/><diagonal/></border></borders>"
    text +=
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
    text += "</cellStyleXfs><cellXfs count=\"\(CellStyle.allCases.count)\">"
    for style in CellStyle.allCases { text += look(of: style) }
    text +=
      "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
    return text + "</cellStyles></styleSheet>"
  }

  private static func look(of style: CellStyle) -> String {
    let (font, border, wraps) =
      switch style {
      case .title: (1, 0, false)
      case .head: (2, 1, true)
      case .text: (0, 0, true)
      default: (0, 0, false)
      }
    let format = style.code == nil ? 0 : 200 + style.rawValue
    var text =
      "<xf numFmtId=\"\(format)\" fontId=\"\(font)\" fillId=\"0\" borderId=\"\(border)\" xfId=\"0\""
    text += " applyNumberFormat=\"1\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
    text += "<alignment vertical=\"top\"\(wraps ? " wrapText=\"1\"" : "")/></xf>"
    return text
  }

  /// A text as XML can hold it; what it cannot becomes `?`.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\n": result.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result.append("?")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
