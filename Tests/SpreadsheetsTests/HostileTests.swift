import Spreadsheets
import Testing

/// Files that are cut off, altered, or made to harm.
@Suite struct `Hostile workbooks` {
  @Test func `no prefix of a workbook is read, and none traps`() throws {
    let bytes = try workbookFile("from-1900.xlsx")
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: WorkbookFailure.self) { try tableText(Array(bytes[..<count])) }
    }
  }

  @Test func `an altered byte is found by the checksum, or alters nothing that is read`() throws {
    let bytes = try workbookFile("from-1900.xlsx")
    let whole = try tableText(bytes, sheet: "台账 2024")
    for place in stride(from: 0, to: bytes.count, by: 53) {
      var altered = bytes
      altered[place] ^= 0x10
      if let text = try? tableText(altered, sheet: "台账 2024") {
        #expect(text == whole, "byte \(place)")
      }
    }
  }

  @Test func `entities are refused before any is expanded`() {
    let bomb = """
      <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="inlineStr">\
      <is><t>&b;</t></is></c></row></sheetData></worksheet>
      """
    let named = bomb.replacing(/<!DOCTYPE.*?\]>/, with: "")
    for sheet in [bomb, named] {
      let book = HandmadeWorkbook(parts: ["xl/worksheets/sheet1.xml": sheet])
      #expect(throws: WorkbookFailure.declaration(part: "xl/worksheets/sheet1.xml")) {
        try tableText(book.bytes)
      }
    }
  }

  @Test func `a part that says it grows without end is refused before it grows`() {
    var zip = HandmadeArchive()
    // 70,000 bytes of DEFLATE that say they become 900 MB.
    let piece = [UInt8](repeating: 0, count: 70_000)
    zip.add("xl/workbook.xml", piece, method: 8, size: 900 << 20, checksum: 0)
    #expect(throws: WorkbookFailure.bomb(part: "xl/workbook.xml", megabytes: 900)) {
      try tableText(zip.bytes)
    }
    var larger = HandmadeArchive()
    larger.add("xl/workbook.xml", piece, method: 8, size: 2 << 30, checksum: 0)
    #expect(throws: WorkbookFailure.tooLarge(part: "xl/workbook.xml", megabytes: 2_048)) {
      try tableText(larger.bytes)
    }
  }

  @Test func `few shared bytes in many cells do not fill the memory`() {
    // 10 KB in each of 200 cells is more than the 1 MB that is allowed here.
    let text = String(repeating: "x", count: 10 << 10)
    let rows = (1...200).map { "<row r=\"\($0)\"><c t=\"s\"><v>0</v></c></row>" }.joined()
    let bytes = HandmadeWorkbook(rows: rows, sharedTexts: ["<t>\(text)</t>"]).bytes
    #expect(throws: WorkbookFailure.bomb(part: "xl/worksheets/sheet1.xml", megabytes: 1)) {
      try bytes.withUnsafeBufferPointer { (bytes) throws(WorkbookFailure) in
        _ = try Workbook(bytes).table(limit: 1 << 20)
      }
    }
  }

  @Test(arguments: [
    "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"0\"/>", "<row r=\"1048577\"/>", "<row r=\"x\"/>",
    "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "<row r=\"1\"><c r=\"A2\"/></row>",
    "<row r=\"1\"><c r=\"XFE1\"/></row>", "<row r=\"1\"><c r=\"1\"/></row>",
    "<row r=\"1\"><c t=\"s\"><v>5</v></c></row>", "<row><c></row></c>", "<row><c",
    "<row><c a></row>",
    "<row><c t=\"str\"><v>&#0;</v></c></row>", "<row><c t=\"str\"><v>& </v></c></row>",
    String(repeating: "<a>", count: 300),
  ])
  func `markup that no spreadsheet writes is refused`(rows: String) {
    #expect(throws: WorkbookFailure.damaged(part: "xl/worksheets/sheet1.xml")) {
      try tableText(HandmadeWorkbook(rows: rows).bytes)
    }
  }

  @Test func `archives of other kinds`() {
    var document = HandmadeArchive()
    document.add("word/document.xml", [])
    #expect(throws: WorkbookFailure.noWorkbook) { try tableText(document.bytes) }
    var binary = HandmadeArchive()
    binary.add("xl/workbook.bin", [])
    #expect(throws: WorkbookFailure.newBinary) { try tableText(binary.bytes) }
    var locked = HandmadeArchive()
    locked.add("xl/workbook.xml", [1, 2, 3], flags: 1)
    #expect(throws: WorkbookFailure.encrypted) { try tableText(locked.bytes) }
    var method = HandmadeArchive()
    method.add("xl/workbook.xml", [1, 2, 3], method: 14)
    #expect(throws: WorkbookFailure.unknownCompression(part: "xl/workbook.xml", method: 14)) {
      try tableText(method.bytes)
    }
    let unicode = HandmadeWorkbook(parts: ["xl/workbook.xml": "\u{0}<workbook/>"])
    #expect(throws: WorkbookFailure.encoding(part: "xl/workbook.xml")) {
      try tableText(unicode.bytes)
    }
  }
}
