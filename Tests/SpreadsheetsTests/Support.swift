import Spreadsheets
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of the folder `Workbooks`.
func workbookFile(_ name: String, here: StaticString = #filePath) throws -> [UInt8] {
  let source = "\(here)"
  let folder = try #require(source.lastIndex(of: "/").map { source[..<$0] })
  let file = try #require(fopen("\(folder)/Workbooks/\(name)", "r"))
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&piece, 1, piece.count, file)
    if count == 0 { return bytes }
    bytes += piece[..<count]
  }
}

/// The table of a sheet, as text.
func tableText(_ bytes: [UInt8], sheet: String? = nil) throws(WorkbookFailure) -> String {
  let table = try bytes.withUnsafeBufferPointer { (bytes) throws(WorkbookFailure) in
    try Workbook(bytes).table(sheet: sheet)
  }
  return String(decoding: table.bytes, as: UTF8.self)
}

/// A workbook put together by hand, its parts stored as they are, so that each can be what a test needs.
struct HandmadeWorkbook {
  /// What stands between `<sheetData>` and its end.
  var rows = ""
  /// What stands before `<sheetData>`.
  var before = ""
  /// What stands behind `</sheetData>`.
  var after = ""
  var sharedTexts: [String]?
  /// The format of style 1, 2, …
  var formats: [String] = []
  var workbookProperties = ""
  var sheets = [("Sheet1", "")]
  /// Parts in place of those that would be made.
  var parts: [String: String] = [:]

  var bytes: [UInt8] {
    var zip = HandmadeArchive()
    for (name, text) in contents.sorted(by: { $0.key < $1.key }) {
      zip.add(name, Array(text.utf8))
    }
    return zip.bytes
  }

  private var contents: [String: String] {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let list = sheets.enumerated().map {
      "<sheet name=\"\($1.0)\" sheetId=\"\($0 + 1)\" \($1.1) r:id=\"s\($0 + 1)\"/>"
    }.joined()
    var relations = sheets.indices.map {
      "<Relationship Id=\"s\($0 + 1)\" Type=\"\(links)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }.joined()
    relations += "<Relationship Id=\"x\" Type=\"\(links)/styles\" Target=\"styles.xml\"/>"
    relations +=
      "<Relationship Id=\"y\" Type=\"\(links)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    var contents = [
      "_rels/.rels":
        "<Relationships><Relationship Id=\"a\" Type=\"\(links)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
      "xl/workbook.xml":
        "<?xml version=\"1.0\"?><workbook xmlns=\"\(main)\" xmlns:r=\"\(links)\"><workbookPr \(workbookProperties)/><sheets>\(list)</sheets></workbook>",
      "xl/_rels/workbook.xml.rels": "<Relationships>\(relations)</Relationships>",
    ]
    for place in sheets.indices {
      contents["xl/worksheets/sheet\(place + 1).xml"] =
        "<worksheet xmlns=\"\(main)\">\(before)<sheetData>\(place == 0 ? rows : "")</sheetData>\(after)</worksheet>"
    }
    if let texts = sharedTexts {
      contents["xl/sharedStrings.xml"] = "<sst>\(texts.map { "<si>\($0)</si>" }.joined())</sst>"
    }
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\($1)\"/>"
    }.joined()
    let styles = formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }.joined()
    contents["xl/styles.xml"] =
      "<styleSheet><numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>\(styles)</cellXfs></styleSheet>"
    return contents.merging(parts) { $1 }
  }
}

/// A ZIP archive put together by hand.
struct HandmadeArchive {
  private(set) var parts: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a part; what the archive says of it can be untrue.
  mutating func add(
    _ name: String, _ contents: [UInt8], method: Int = 0, flags: Int = 0, size: Int? = nil,
    checksum: UInt32? = nil
  ) {
    let sum = Int(checksum ?? plainChecksum(contents))
    let position = parts.count
    let shape =
      little(method, 2) + little(0, 4) + little(sum, 4) + little(contents.count, 4)
      + little(size ?? contents.count, 4) + little(name.utf8.count, 2) + little(0, 2)
    parts += little(0x0403_4B50, 4) + little(20, 2) + little(flags, 2) + shape
    parts += Array(name.utf8) + contents
    directory += little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(flags, 2) + shape
    directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(position, 4)
    directory += Array(name.utf8)
    count += 1
  }

  /// The whole archive.
  var bytes: [UInt8] {
    parts + directory + little(0x0605_4B50, 4) + little(0, 2) + little(0, 2) + little(count, 2)
      + little(count, 2) + little(directory.count, 4) + little(parts.count, 4) + little(0, 2)
  }
}

/// A number with the lowest byte first.
func little(_ number: Int, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

/// CRC-32 bit by bit, as RFC 1952 defines it.
func plainChecksum(_ bytes: [UInt8]) -> UInt32 {
  var rest: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    rest ^= UInt32(byte)
    for _ in 0..<8 { rest = rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1 }
  }
  return ~rest
}
