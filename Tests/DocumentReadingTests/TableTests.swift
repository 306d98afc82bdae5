import DocumentReading
import FundCore
import Testing

/// `银行,额\n甲,5\n` in GB18030.
private let gb18030Table: [UInt8] = [
  0xD2, 0xF8, 0xD0, 0xD0, 0x2C, 0xB6, 0xEE, 0x0A, 0xBC, 0xD7, 0x2C, 0x35, 0x0A,
]

@Suite struct `A table` {
  @Test(arguments: ["\n", "\r\n", "\r"]) func `rows end in LF, CRLF or CR`(end: String) throws {
    #expect(
      try cells(of: "a,b\(end)1,2\(end)3,4") == [["1", "2"], ["3", "4"]])
    #expect(
      try cells(of: "a,b\(end)1,2\(end)3,4\(end)") == [["1", "2"], ["3", "4"]])
  }

  @Test func `a cell in quotes may hold separators, line ends and quotes`() throws {
    #expect(
      try cells(of: "a,b\n\"x,\"\"y\"\"\nz\",2\n\"\",\"\"\"\"\n") == [
        ["x,\"y\"\nz", "2"], ["", "\""],
      ])
  }

  @Test func `a quote inside of an unquoted cell means itself`() throws {
    #expect(try cells(of: "a,b\n5\" pipe,2\n") == [["5\" pipe", "2"]])
  }

  @Test func `blanks around cells are dropped`() throws {
    #expect(try cells(of: " a , b \n 1 ,\t2\n \"x\" , \"y\" \n") == [["1", "2"], ["x", "y"]])
  }

  @Test func `rows without any text are passed over`() throws {
    #expect(try cells(of: "\n\na,b\n\n,\n1,2\n\n") == [["1", "2"]])
  }

  @Test func `an empty cell is an empty text`() throws {
    #expect(try cells(of: "a,b,c\n1,,\n,,3") == [["1", "", ""], ["", "", "3"]])
  }

  @Test func `a byte order mark is no part of the first name`() throws {
    let table = try DelimitedTable(bytes: [0xEF, 0xBB, 0xBF] + Array("a,b\n".utf8), file: "t.csv")
    #expect(table.encoding == .utf8WithMark)
    #expect(table.header.map(\.value) == ["a", "b"])
    #expect(table.header.map(\.location.column) == [1, 3])
  }

  @Test func `GB18030 is decoded and said`() throws {
    let table = try DelimitedTable(bytes: gb18030Table, file: "t.csv")
    #expect(table.encoding == .gb18030)
    #expect(table.header.map(\.value) == ["银行", "额"])
    #expect(try cells(of: gb18030Table) == [["甲", "5"]])
  }

  @Test(arguments: [(",", CellSeparator.comma), (";", .semicolon), ("\t", .tab)])
  func `the separator is found in the header`(sign: String, separator: CellSeparator) throws {
    let bytes = Array("a\(sign)\"b,;\"\(sign)c\n1\(sign)2\(sign)3".utf8)
    #expect(try DelimitedTable(bytes: bytes, file: "t.csv").separator == separator)
    #expect(try cells(of: bytes) == [["1", "2", "3"]])
  }

  @Test func `the line with which Excel names the separator is obeyed`() throws {
    let table = try DelimitedTable(bytes: Array("sep=;\r\na,b;c\r\n1;2\r\n".utf8), file: "t.csv")
    #expect(table.header.map(\.value) == ["a,b", "c"])
    #expect(table.header[1].location.description == "t.csv:2:5")
  }

  @Test func `the separator can be prescribed`() throws {
    #expect(try cells(of: Array("a,b;c\n1,2;3".utf8), separator: .semicolon) == [["1,2", "3"]])
  }

  @Test func `a column is found by its name, whatever its width`() throws {
    let table = try DelimitedTable(bytes: Array("ＩＤ, 贷款 金额,\n".utf8), file: "t.csv")
    #expect(table.column("ID") == 0)
    #expect(table.column("贷款　金额") == 1)
    #expect(table.column("") == nil)
    #expect(table.column("x") == nil)
  }

  @Test func `cells are read as values`() throws {
    let text = """
      a,b,c,d,e,f,g,h
      12,1000.5,2024-01-31,0.15,45%,5 years,2024-01,2%
      "1,200",1.2亿,2024年1月31日,1e-3,0.45,60,2024/1,0.02
      """
    let table = try DelimitedTable(bytes: Array(text.utf8), file: "t.csv")
    var first: [String] = []
    try table.forEachRow { row in
      #expect(try row.ratio(4).get() == .percent(45))
      #expect(try row.monthCount(5).get() == 60)
      #expect(try row.month(6).get() == CivilMonth(year: 2024, month: 1))
      #expect(try row.probability(7).get() == 0.02)
      #expect(try row.date(2).get() == CivilDate(year: 2024, month: 1, day: 31))
      first.append(
        "\(try row.integer(0).get()) \(try row.money(1).get()) \(try row.number(3).get())")
    }
    #expect(first == ["12 1000.50 yuan 0.15", "1200 120000000 yuan 0.001"])
  }

  @Test func `a row knows its line, its number and its emptiness`() throws {
    let table = try DelimitedTable(bytes: Array("a,b\n\n\"x\ny\",1\n 2 ,\n".utf8), file: "t.csv")
    var seen: [String] = []
    try table.forEachRow { row in
      seen.append("\(row.line) \(row.number) \(row.cellCount) \(row.isEmpty(1)) \(row.location(1))")
    }
    #expect(seen == ["3 1 2 false t.csv:4:4", "5 2 2 true t.csv:5:5"])
  }

  @Test func `a cell can be compared without making a text of it`() throws {
    let table = try DelimitedTable(bytes: Array("a\nPIF\n CHGOFF \n".utf8), file: "t.csv")
    var matches: [Bool] = []
    try table.forEachRow { row in matches.append(row.cell(0, equals: "CHGOFF")) }
    #expect(matches == [false, true])
  }

  @Test func `the problem of a cell has its place in characters`() throws {
    let table = try DelimitedTable(bytes: Array("银行,金额\n甲银行,1e7\n".utf8), file: "t.csv")
    var printed = ""
    try table.forEachRow { row in
      if case .failure(let problem) = row.money(1) {
        printed = row.diagnostic(problem, column: 1, name: "金额").description
      }
    }
    #expect(
      printed == """
        t.csv:2:5: error[scientific-notation]: 金额: '1e7' is in scientific notation
          help: write the number out, such as 1000万
        """)
  }

  @Test(arguments: [
    "0", "7", "-7", "123456789012345678", "1234567890123456789", "-", "", "1.5", "1,000", "+3",
    "0012",
    "99999999999999", "12.3", "12.34", "12.345", "12.", ".5", "1000000000000", "1000000000000.01",
    "999999999999999999", "2024-01-31", "2024/01/31", "2024-02-30", "2024-1-31", "2024-01/31",
    "20240131", "0000-00-00", "-024-01-01", "2024--1-01",
  ])
  func `a cell means the same whether it is read fast or slowly`(text: String) throws {
    let table = try DelimitedTable(bytes: Array("a,b\n\(quotedCell(text)),x\n".utf8), file: "t.csv")
    try table.forEachRow { row in
      #expect(row.integer(0) == Scalar.integer(text))
      #expect(row.money(0) == Scalar.money(text))
      #expect(row.date(0) == Scalar.date(text))
      #expect(row.monthCount(0) == Scalar.monthCount(text))
    }
  }
}

@Suite struct `An interned column` {
  @Test func `every text has one number, in the order of appearance`() throws {
    let table = try DelimitedTable(
      bytes: Array("bank\n甲\n乙\n \"甲\" \n\"乙\"\n\"a\"\"b\"\n".utf8), file: "t.csv")
    var column = InternedColumn()
    var numbers: [Int] = []
    try table.forEachRow { row in numbers.append(column.number(of: row, column: 0)) }
    #expect(numbers == [0, 1, 0, 1, 2])
    #expect(column.names == ["甲", "乙", "a\"b"])
    #expect(column.number(of: "a\"b") == 2)
  }

  @Test func `thousands of texts keep their numbers`() {
    var column = InternedColumn()
    for round in 0..<2 {
      for number in 0..<5_000 {
        #expect(column.number(of: "bank \(number)") == number, "round \(round)")
      }
    }
    #expect(column.names.count == 5_000)
  }
}

private func quotedCell(_ text: String) -> String { "\"\(text)\"" }
