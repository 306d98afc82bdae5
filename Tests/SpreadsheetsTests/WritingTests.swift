import Spreadsheets
import Testing

@Suite struct `A written workbook` {
  private static var sheets: [SheetContents] {
    var inputs = SheetContents(name: "输入")
    inputs.rows = [
      [.text("标题 <&> \"x\"", .title)], [], [.text("=1+1", .text), .number("-12.5", .number)],
    ]
    inputs.widths = [20, 12]
    var table = SheetContents(name: "1 a/b: [c]*?")
    table.frozenRows = 1
    table.rows = [
      [.text("head (yuan)", .head), .text("share", .head)],
      [.number("1234567.89", .amount), .number("0.0435", .percent), .number("45658", .day)],
      [.empty, .number("45658", .month), .number("1e-07", .number), .text("两行\nb", .text)],
    ]
    return [inputs, table, table]
  }

  @Test func `what was written is read back`() throws {
    let bytes = WorkbookWriter.bytes(of: Self.sheets)
    #expect(try tableText(bytes) == "\"标题 <&> \"\"x\"\"\"\n\n=1+1,-12.5\n")
    #expect(
      try tableText(bytes, sheet: "1 a-b- -c---") == """
        head (yuan),share
        1234567.89,4.35%,2025-01-01
        ,2025-01,0.0000001,"两行
        b"

        """)
    #expect(try tableText(bytes, sheet: "1 a-b- -c--- (2)").hasPrefix("head"))
  }

  @Test func `the same contents become the same bytes, without a time`() {
    let bytes = WorkbookWriter.bytes(of: Self.sheets)
    #expect(bytes == WorkbookWriter.bytes(of: Self.sheets))
    // Bytes 10 to 13 of a ZIP are the time of its first part: 1 January 1980.
    #expect(bytes[10..<14] == [0, 0, 0x21, 0])
  }

  @Test func `long names are cut to what a spreadsheet takes, and stay apart`() throws {
    let name = String(repeating: "长", count: 40)
    let bytes = WorkbookWriter.bytes(of: [SheetContents(name: name), SheetContents(name: name)])
    let names = try bytes.withUnsafeBufferPointer { try Workbook($0).sheets.map(\.name) }
    #expect(names[0].utf16.count == 31 && names[1].utf16.count == 31 && names[0] != names[1])
  }

  /// Contents that compress in every way: repetitions of all lengths and distances, and noise.
  @Test func `compression loses nothing`() throws {
    var state: UInt64 = 1
    func noise() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    for size in [0, 1, 3, 4, 5, 300, 70_000] {
      for letters in [1, 2, 26] as [UInt64] {
        var sheet = SheetContents(name: "x")
        let text = String(
          (0..<size).map { _ in Character(UnicodeScalar(97 + UInt8(noise() % letters))) })
        // Texts of 30,000 characters, so that no cell is too long.
        sheet.rows = stride(from: 0, to: size, by: 30_000).map { start in
          [.text(String(text.dropFirst(start).prefix(30_000)), .text)]
        }
        let read = try tableText(WorkbookWriter.bytes(of: [sheet]))
        #expect(read.filter { $0 != "\n" } == text)
      }
    }
  }
}
