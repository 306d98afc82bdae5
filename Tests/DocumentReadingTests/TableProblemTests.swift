import DocumentReading
import FundCore
import Testing

@Suite struct `A table that cannot be used` {
  @Test(arguments: ["", "\n\n", " \n,,\n"]) func `a table without rows is named`(text: String) {
    #expect(
      problems(ofTable: text) == """
        t.csv: error[empty-file]: the file has no rows
          help: check that this is the right file
        """)
  }

  @Test func `rows with too few or too many cells are reported together`() {
    #expect(
      problems(ofTable: "a,b,c\n1,2\n1,2,3\n1,2,3,4,5\n") == """
        t.csv:2:3: error[too-few-cells]: the row has 2 cells, and the header has 3
          help: add the missing cells; a cell that is empty still needs its separator
        t.csv:4:7: error[too-many-cells]: the row has 5 cells, and the header has 3
          help: put a text that contains the separator in quotes
        """)
  }

  @Test func `bad rows can be set aside and counted`() throws {
    let table = try DelimitedTable(bytes: Array("a,b\n1\n1,2\n1,2,3\n".utf8), file: "t.csv")
    var (good, bad) = (0, 0)
    try table.forEachRow({ _ in good += 1 }, setAside: { _, _ in bad += 1 })
    #expect(good == 1)
    #expect(bad == 2)
  }

  @Test func `reading stops after 20 rows of a wrong shape`() {
    let text = "a,b\n" + String(repeating: "1\n", count: 100)
    #expect(problems(ofTable: text).split(separator: "\n").count == 40)
  }

  @Test func `a quote that is never closed is reported where it opens`() {
    #expect(
      problems(ofTable: "a,b\n1,2\n甲,\"x\n3,4\n") == """
        t.csv:3:3: error[unclosed-quote]: the quote that opens here is never closed
          help: close it with ", or write "" for a quote that belongs to the text
        """)
  }

  @Test func `text behind a closing quote is reported`() {
    #expect(
      problems(ofTable: "a,b\n\"x\"y,2\n") == """
        t.csv:2:4: error[text-after-quote]: text follows the closing quote of a cell
          help: put the whole cell in quotes, and write "" for a quote inside it
        """)
  }

  @Test func `a column that stands twice is reported`() {
    #expect(
      problems(ofTable: "a,b,Ａ,a\n") == """
        t.csv:1:7: error[duplicate-column]: the column 'a' stands twice
          help: rename one of the two; the first stands in column 1 of the line
        """)
  }

  @Test func `columns without a name may stand more than once`() {
    #expect(problems(ofTable: "a,,\n1,,\n") == "")
  }

  @Test(arguments: ["1,2,2024-01-31\n", "100\n200\n"])
  func `a table without a header is recognised`(text: String) {
    #expect(
      problems(ofTable: text) == """
        t.csv:1: error[missing-header]: the first row holds values, not names of columns
          help: add a first row with a name for each column
        """)
  }

  @Test func `an unknown column is reported where it was asked for`() throws {
    let table = try DelimitedTable(bytes: Array("bank,amount\n".utf8), file: "t.csv")
    let place = FundCore.SourceLocation(file: "s.yaml", line: 3, column: 9)
    #expect(try table.column(named: Written("amount", at: place)) == 1)
    #expect(
      problems { _ = try table.column(named: Written("amuont", at: place)) } == """
        s.yaml:3:9: error[unknown-column]: t.csv has no column 'amuont'
          help: did you mean 'amount'? its columns: bank, amount
        """)
  }

  @Test func `a NUL byte behind the start of a table is reported at its place`() {
    let bytes =
      Array("a,b\n".utf8) + Array(String(repeating: "1,2\n", count: 20_000).utf8) + [0x31, 0]
    #expect(
      problems(ofTable: bytes) == """
        t.csv:20002:2: error[binary-file]: the file has a NUL byte
          help: save it again as text, with UTF-8
        """)
  }

  @Test func `bytes of no known encoding are refused at their place`() {
    #expect(
      problems(ofTable: Array("a,b\n1,".utf8) + [0xFF, 0x0A]) == """
        t.csv:2:3: error[not-utf8]: the file is neither UTF-8 nor GB18030
          help: save it with the encoding UTF-8
        """)
  }

  @Test func `a damaged character does not make UTF-8 text GB18030`() {
    let expected = """
      error[not-utf8]: a character here is damaged
        help: type the text here again, and save with the encoding UTF-8
      """
    let damaged = Array("银行,额\n甲".utf8) + [0xE4, 0xB8] + Array(",5\n".utf8)
    #expect(problems(ofTable: damaged) == "t.csv:2:2: " + expected)
    #expect(
      problems { _ = try parseDocument(bytes: damaged, file: "s.yaml") } == "s.yaml:2:2: "
        + expected)
  }

  @Test func `a table in UTF-16 is refused, and a workbook that is cut off`() {
    #expect(problems(ofTable: [0xFF, 0xFE, 0x61, 0]).hasPrefix("t.csv: error[utf16]"))
    #expect(
      problems(ofTable: [0x50, 0x4B, 3, 4, 0]).hasPrefix("t.csv: error[damaged-workbook]"))
  }

  @Test func `a line above 1 MB is refused`() {
    let long = String(repeating: "x", count: (1 << 20) + 1)
    let expected = """
      error[line-too-long]: the line has more than 1 MB
        help: check that this is the right file; its lines have to be divided
      """
    #expect(problems(ofTable: long) == "t.csv:1: " + expected)
    #expect(problems(ofTable: "a\n1\n" + long + "\n") == "t.csv:3: " + expected)
    #expect(
      problems(ofTable: "a\n\"" + String(repeating: "x\n", count: 600_000)).hasPrefix(
        "t.csv:2:1: error[unclosed-quote]"))
  }

  @Test func `a line of just 1 MB is read`() throws {
    let long = String(repeating: "x", count: 1 << 20)
    #expect(try cells(of: "a\n\(long)\n") == [[long]])
    #expect(try cells(of: "a\n\(long)") == [[long]])
  }

  @Test func `a row of more than 10000 cells is refused`() {
    #expect(
      problems(ofTable: "a,b\n" + String(repeating: ",", count: 10_000) + "\n") == """
        t.csv:2: error[too-many-columns]: the row has more than 10000 cells
          help: check that this is the right file and that the separator is right
        """)
    #expect(problems(ofTable: "a" + String(repeating: ",", count: 9_999)) == "")
  }

  @Test func `what the reader of a row throws reaches the caller`() throws {
    let table = try DelimitedTable(bytes: Array("a\n1\n2\n".utf8), file: "t.csv")
    let problem = ScalarProblem("x", .init(same: "y"), help: .init(same: "z"))
    #expect(throws: problem) { try table.forEachRow { _ in throw problem } }
  }
}
