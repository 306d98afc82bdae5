@testable import DocumentReading
import FundCore
import Spreadsheets
import TestSupport
import Testing

@Suite struct `A sheet as a table` {
  /// A workbook of sheets with these cells; a text that is a number is one.
  private func workbook(_ sheets: (String, [[String]])...) -> [UInt8] {
    WorkbookWriter.bytes(
      of: sheets.map { name, rows in
        var sheet = SheetContents(name: name)
        sheet.rows = rows.map { row in
          row.map {
            $0.isEmpty ? .empty : Double($0) == nil ? .text($0, .text) : .number($0, .number)
          }
        }
        return sheet
      })
  }

  @Test(arguments: [
    (1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD"),
  ])
  func `columns have the names of spreadsheets`(number: Int, name: String) {
    #expect(SourceLocation.columnName(number) == name)
  }

  @Test func `places are printed as spreadsheets name them`() {
    func place(_ line: Int, _ column: Int) -> String {
      "\(SourceLocation(file: "loans.xlsx", line: line, column: column, sheet: "台账"))"
    }
    #expect(place(7, 3) == "loans.xlsx:台账!C7")
    #expect(place(7, 0) == "loans.xlsx:台账!7:7")
    #expect(place(0, 0) == "loans.xlsx:台账")
  }

  @Test(arguments: [
    ("a.xlsx", "a.xlsx", nil), ("a.xlsx:2024", "a.xlsx", "2024"),
    ("C:/a.XLSX:x:y", "C:/a.XLSX", "x:y"),
    ("a.xlsx:", "a.xlsx", nil), ("a.csv:2024", "a.csv:2024", nil), ("宏.xlsm:表 1", "宏.xlsm", "表 1"),
    ("İ.xlsx:İ", "İ.xlsx", "İ"),
  ])
  func `a sheet can stand behind the path`(path: String, file: String, sheet: String?) {
    let divided = SheetPath(path)
    #expect(divided.file == file && divided.sheet == sheet)
  }

  @Test func `cells, and places that no text of several lines moves`() throws {
    let bytes = workbook(
      ("台账", [["a", "b", "c"], ["1", "两\n行", "x,\"y\""], ["2"], [], ["", "3"]]))
    let table = try DelimitedTable(bytes: bytes, file: "t.xlsx")
    #expect(table.sheet == "台账")
    #expect(table.header.map(\.location.cell) == ["A1", "B1", "C1"])
    var rows: [[String]] = []
    var places: [String?] = []
    try table.forEachRow { row in
      rows.append((0..<row.cellCount).map { row.text($0) })
      places.append(row.location(1).cell)
    }
    #expect(rows == [["1", "两\n行", "x,\"y\""], ["2", "", ""], ["", "3", ""]])
    #expect(places == ["B2", "B3", "B5"])
  }

  @Test func `a row may end early, and may have more than the header`() throws {
    let bytes = workbook(("x", [["a", "b"], ["1"], ["1", "2", "remark"]]))
    let table = try DelimitedTable(bytes: bytes, file: "t.xlsx")
    var rows: [[String]] = []
    try table.forEachRow { row in rows.append((0..<row.cellCount).map { row.text($0) }) }
    #expect(rows == [["1", "", ""], ["1", "2", "remark"]])
  }

  @Test func `names that stand twice are told by their cells`() {
    let bytes = workbook(("x", [["标题"], ["a", "b", "a"]]))
    let told = problems {
      _ = try DelimitedTable(bytes: bytes, file: "t.xlsx", isHeadedLater: true).headed(by: [
        "a", "b",
      ])
    }
    #expect(
      told == """
        t.xlsx:x!C2: error[duplicate-column]: the column 'a' stands twice
          help: rename one of the two; the first stands in cell A2
        """)
  }

  @Test func `the sheet is chosen by a key, or behind the path, which stands above it`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "t.xlsx", bytes: workbook(("one", [["a"], ["1"]]), ("two", [["b"], ["2"]])))
    func head(_ path: String, _ sheet: String? = nil) throws -> String {
      let key = sheet.map { Written($0, at: SourceLocation(file: "s.yaml", line: 3)) }
      return try DelimitedTable(path: path, sheet: key).header[0].value
    }
    #expect(try head(path) == "a")
    #expect(try head(path, "two") == "b")
    #expect(try head(path + ":two") == "b")
    #expect(try head(path + ":two", "one") == "b")
    #expect(try DelimitedTable(path: path).notices.count == 1)
    #expect(try DelimitedTable(path: path + ":one").notices.isEmpty)
    let told = problems { _ = try head(path, "three") }
    #expect(told.hasPrefix("s.yaml:3: error[unknown-sheet]: \(path) has no sheet 'three'"))
    #expect(told.hasSuffix("its sheets: one, two"))
    let text = try folder.write("t.csv", "a\n1\n")
    #expect(problems { _ = try head(text, "one") }.hasPrefix("s.yaml:3: error[sheet-of-text]"))
  }

  @Test func `rows that are set aside keep all their cells`() throws {
    let bytes = workbook(("x", [["a", "b", "c"], ["1"], ["1", "2\n3"]]))
    let table = try DelimitedTable(bytes: bytes, file: "t.xlsx")
    var kept = KeptRows(of: table)
    try table.forEachRow { row in kept.keep(row, reason: 0) }
    var rows: [[String]] = []
    kept.forEach { _, _, cells in rows.append(cells) }
    #expect(rows == [["1", "", ""], ["1", "2\n3", ""]])
  }

  @Test(arguments: [
    ("\u{FEFF} <html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "page-as-table"),
    ("<?xml version=\"1.0\"?><Workbook>", "page-as-table"), ("PK\u{3}\u{4}", "damaged-workbook"),
    ("a,b\n#REF!,1\n", ""),
  ])
  func `what only has the name of a spreadsheet is told apart`(text: String, code: String) {
    let found = problems { _ = try DelimitedTable(bytes: Array(text.utf8), file: "t.xls") }
    #expect(code.isEmpty ? found.isEmpty : found.hasPrefix("t.xls: error[\(code)]"), "\(found)")
  }

  @Test func `every failure has words in both languages and a way out`() {
    let failures: [WorkbookFailure] = [
      .encrypted, .oldBinary, .newBinary, .openDocument, .noWorkbook, .damaged(part: ""),
      .damaged(part: "xl/styles.xml"), .tooLarge(part: "p", megabytes: 2_000),
      .bomb(part: "p", megabytes: 900), .tooManyParts(90_000), .declaration(part: "p"),
      .encoding(part: "p"), .unknownCompression(part: "p", method: 14),
      .unknownSheet("x", known: ["y"]), .noSheet,
    ]
    for failure in failures {
      for problem in failure.diagnostics(file: "t.xlsx", wanted: nil).problems {
        #expect(!problem.message.english.isEmpty && !problem.message.chinese.isEmpty)
        #expect(!problem.advice.english.isEmpty && !problem.advice.chinese.isEmpty)
      }
    }
  }

  @Test(arguments: ["#REF!", "#DIV/0!", "#FORMULA!", "#FORMAT! 5 0,\"万元\""])
  func `errors of cells are told by their cause, whatever the cell should be`(error: String) {
    var codes: [String?] = []
    func add<Value>(_ result: Result<Value, ScalarProblem>) {
      if case .failure(let problem) = result {
        codes.append(problem.code)
      } else {
        codes.append(nil)
      }
    }
    add(Scalar.money(error))
    add(Scalar.date(error))
    add(Scalar.month(error))
    add(Scalar.integer(error, in: 0...9))
    add(Scalar.ratio(error))
    add(Scalar.probability(error))
    add(Scalar.number(error))
    let own = ["#FORMULA!": "uncomputed-formula", "#FORMAT! 5 0,\"万元\"": "unclear-format"]
    let expected = own[error] ?? "spreadsheet-error"
    #expect(codes == [String?](repeating: expected, count: 7))
  }
}
