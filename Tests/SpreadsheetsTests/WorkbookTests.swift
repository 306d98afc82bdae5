import Spreadsheets
import Testing

/// Workbooks that LibreOffice 7.4 wrote out of one made with openpyxl: titles in merged cells, dates,
/// percentages, formulas with their values, a hidden row, a hidden column, a hidden sheet.
@Suite struct `Workbooks of a spreadsheet program` {
  static let ledger = """
    知识产权质押贷款台账
    单位：万元
    编号,银行,企业,放款日,期限（月）,贷款金额（万元）,利率,违约概率,备注
    LN-001,甲银行,"星光科技, 有限公司",2024-01-15,12,100,4.35%,2%,"含 ""专利"" 质押"
    LN-002,甲银行,云帆软件,2024-02-29,12,250.5,3.85%,3.5%,"两行
    备注"
    LN-003,乙银行,海川制药,2024-12-31,24,100.3,5%,1%
    LN-004,乙银行,北斗传感,2024-03-01,6,80,4.1%,2%
    LN-005,丙银行,"星光科技, 有限公司",2024-05-20,18,123.456789,4.1%,2%
    合计,,,,,654.256789

    """

  @Test(arguments: ["from-1900.xlsx", "from-1904.xlsx"])
  func `both ways of counting days, texts, percentages and results of formulas`(
    file: String
  ) throws {
    #expect(try tableText(workbookFile(file), sheet: "台账 2024") == Self.ledger)
  }

  @Test func `errors stand in their cells`() throws {
    let text = try tableText(workbookFile("from-1900.xlsx"), sheet: "错误")
    #expect(text == "id,amount,amount2\nx,#DIV/0!,#N/A\ny,#REF!,TRUE\n")
  }

  @Test func `what is hidden is told, and read`() throws {
    let bytes = try workbookFile("from-1900.xlsx")
    try bytes.withUnsafeBufferPointer { bytes in
      let book = try Workbook(bytes)
      #expect(book.sheets.map(\.name) == ["说明", "台账 2024", "错误", "格式", "隐藏"])
      #expect(book.sheets.map(\.isHidden) == [false, false, false, false, true])
      let table = try book.table(sheet: "台账 2024")
      #expect(table.hiddenRows.count == 1 && table.hiddenRows.first == [7])
      #expect(table.hiddenColumns.count == 1 && table.hiddenColumns.first == [9])
      #expect(table.width == 9)
    }
  }

  @Test func `the first sheet is read unless another is named, in any case and spacing`() throws {
    let bytes = try workbookFile("from-1900.xlsx")
    #expect(try tableText(bytes) == "本工作簿由市金融局填报\n")
    #expect(try tableText(bytes, sheet: "台账2024") == Self.ledger)
    #expect(throws: WorkbookFailure.unknownSheet("x", known: ["说明", "台账 2024", "错误", "格式", "隐藏"])) {
      try tableText(bytes, sheet: "x")
    }
  }

  @Test(arguments: [
    ("encrypted.xlsx", WorkbookFailure.encrypted), ("old.xls", .oldBinary),
    ("open.ods", .openDocument),
  ])
  func `other kinds of workbooks are told apart`(file: String, kind: WorkbookFailure) throws {
    let bytes = try workbookFile(file)
    #expect(bytes.withUnsafeBufferPointer(Workbook.looksLike))
    #expect(throws: kind) { try tableText(bytes) }
  }
}

@Suite struct `A sheet` {
  private func text(_ rows: String, _ change: (inout HandmadeWorkbook) -> Void = { _ in }) throws
    -> String
  {
    var book = HandmadeWorkbook(rows: rows)
    change(&book)
    return try tableText(book.bytes)
  }

  @Test func `a row of the sheet is a line, and what is empty is left out`() throws {
    let rows = """
      <row r="2"><c r="B2"><v>1</v></c><c r="D2" s="1"/><c r="E2"><v>2</v></c></row>
      <row r="4"><c r="A4"/></row><row r="5"><c r="A5"><v>3</v></c></row>
      """
    #expect(try text(rows) == "\n,1,,,2\n\n\n3\n")
  }

  @Test func `cells and rows without names follow each other`() throws {
    let rows =
      "<row><c><v>1</v></c><c r=\"C1\"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    #expect(try text(rows) == "1,,2,3\n4\n")
  }

  @Test func `texts are shared, in the cell, or results of formulas`() throws {
    let rows = """
      <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>\
      <c r="C1" t="str"><f>A1</f><v>x,y</v></c><c r="D1" t="str"><f>A1</f><v></v></c><c r="E1" t="b"><v>0</v></c></row>
      """
    let text = try text(rows) {
      $0.sharedTexts = [
        "<t>no</t>",
        "<r><t>知&amp;识</t></r><rPh sb=\"0\" eb=\"1\"><t>zhi</t></rPh><r><t>&#x4EA7;</t></r>",
      ]
    }
    #expect(text == "知&识产,a b,\"x,y\",,FALSE\n")
  }

  @Test func `escapes of signs that XML cannot hold are resolved`() throws {
    let rows = "<row><c t=\"inlineStr\"><is><t>a_x000D__x005F_x0041_</t></is></c></row>"
    #expect(try text(rows) == "\"a\r_x0041_\"\n")
  }

  @Test func `a formula that was never computed says so`() throws {
    let rows = "<row><c><f>1+1</f></c><c><f>1+1</f><v></v></c><c><f>1+1</f><v>2</v></c></row>"
    #expect(try text(rows) == "#FORMULA!,#FORMULA!,2\n")
  }

  @Test func `the text of cells merged over rows counts for each row, a number does not`() throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1"><v>1</v></c><c r="C1"><v>9</v></c><c r="D1" t="str"><v>d</v></c></row>
      <row r="2"><c r="A2"/><c r="B2"><v>2</v></c></row>
      <row r="3"><c r="C3"><v>3</v></c></row>
      <row r="4"><c r="A4"/></row>
      <row r="5"><c r="A5" t="str"><v>乙</v></c><c r="B5"><v>5</v></c></row>
      <row r="6"><c r="A6" t="str"><v>own</v></c></row>
      """
    let list =
      "<mergeCells><mergeCell ref=\"A1:A4\"/><mergeCell ref=\"C1:C2\"/><mergeCell ref=\"D1:E2\"/><mergeCell ref=\"A5:A6\"/><mergeCell ref=\"B5:D5\"/><mergeCell ref=\"x\"/></mergeCells><x/>"
    var book = HandmadeWorkbook(rows: rows)
    book.after = list
    #expect(try tableText(book.bytes) == "甲,1,9,d\n甲,2,,d\n甲,,3\n\n乙,5\nown\n")
    let filled = try book.bytes.withUnsafeBufferPointer { try Workbook($0).table().filledCells }
    #expect(filled == 3)
  }

  @Test func `prefixes of names are no difference`() throws {
    let sheet =
      "<x:worksheet><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    #expect(try text("") { $0.parts["xl/worksheets/sheet1.xml"] = sheet } == "7\n")
  }

  @Test(arguments: [
    // Values as Excel shows them under these formats (ECMA-376 part 1, sections 18.8.30 and 18.8.31).
    ("45658", "yyyy-mm-dd", "2025-01-01"),
    ("45658", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "2025-01-01"),
    ("45658", "yyyy\"年\"m\"月\"", "2025-01"), ("45658", "yyyy", "2025"),
    ("45658.25", "m/d/yy h:mm", "2025-01-01 06:00:00"), ("45658.25", "yyyy-mm-dd", "2025-01-01"),
    ("0.75", "h:mm AM/PM", "18:00:00"), ("59", "d/m/yyyy", "1900-02-28"),
    ("60", "d/m/yyyy", "1900-02-29"), ("61", "d/m/yyyy", "1900-03-01"),
    ("2958465", "d/m/yyyy", "9999-12-31"), ("2958466", "d/m/yyyy", "2958466"),
    ("0.0435", "0.00%", "4.35%"), ("-0.5", "0%", "-50%"), ("1.2", "0%", "120%"), ("0", "0%", "0%"),
    ("7", "000000", "000007"), ("12.5", "0.00\"万元\"", "12.5万元"), ("12.5", "#,##0.0元", "12.5元"),
    ("5", "[>=10000]0\"万\";0", "5"),
    ("1234.5", "[$¥-804]#,##0.00", "¥1234.5"), ("1234.5", "_ ¥* #,##0.00_ ", "¥1234.5"),
    ("3.5", "0.0\"‰\"", "3.5‰"), ("1.5", "[h]:mm", "1.5"), ("1.5", "General", "1.5"),
    ("1.5", "General\"元\"", "1.5元"),
    ("1.5", "0.00E+00", "1.5"), ("1.5", "[Red]0.00", "1.5"), ("1.5", "@", "1.5"),
    // The noise of binary numbers, and numbers of more digits than fifteen.
    ("0.30000000000000004", "General", "0.3"), ("1234567.8900000001", "0", "1234567.89"),
    ("9.9999999999999995E-2", "General", "0.1"), ("1E-3", "0", "0.001"), ("-1.5E3", "0", "-1500"),
    ("9.12102199001011234E17", "0", "912102199001011000"), ("0.0", "0", "0"),
    ("999999999999999.9", "0", "1000000000000000"), ("1E+300", "0", "1E+300"), ("x", "0", "x"),
  ])
  func `a number says what its format makes of it`(
    raw: String, format: String, expected: String
  ) throws {
    let code = format.replacing("\"", with: "&quot;").replacing(">", with: "&gt;")
    let rows = "<row><c s=\"1\"><v>\(raw)</v></c></row>"
    #expect(try text(rows) { $0.formats = [code] } == expected + "\n")
  }

  @Test func `days count from 1904 where the workbook says so`() throws {
    let rows = "<row><c s=\"1\"><v>0</v></c><c s=\"1\"><v>44196</v></c></row>"
    let text = try text(rows) {
      $0.formats = ["yyyy-mm-dd"]
      $0.workbookProperties = "date1904=\"1\""
    }
    // 1,462 days lie between the two ways of counting.
    #expect(text == "1904-01-01,2025-01-01\n")
  }

  @Test func `formats that a workbook names by number`() throws {
    let styles =
      "<styleSheet><cellXfs>\([14, 10, 31, 57, 20, 4].map { "<xf numFmtId=\"\($0)\"/>" }.joined())</cellXfs></styleSheet>"
    let rows = "<row>\((0..<6).map { "<c s=\"\($0)\"><v>45658.5</v></c>" }.joined())</row>"
    let text = try text(rows) { $0.parts["xl/styles.xml"] = styles }
    #expect(text == "2025-01-01,4565850%,2025-01-01,2025-01,12:00:00,45658.5\n")
  }

  @Test func `a day in the form of ISO 8601 is a day`() throws {
    let rows =
      "<row><c t=\"d\"><v>2024-02-29T00:00:00Z</v></c><c t=\"d\"><v>2024-02-29T08:30:00</v></c></row>"
    #expect(try text(rows) == "2024-02-29,2024-02-29T08:30:00\n")
  }
}
