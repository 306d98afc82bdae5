import CompensationKernel
import DocumentReading
import FundCore
import Spreadsheets
import TestSupport
import Testing

@testable import ScenarioInput

/// Every table can be a sheet of a workbook, and says the same then.
@Suite struct `Tables in workbooks` {
  private static let root = String(#filePath.split(separator: "/Tests/", maxSplits: 1)[0])

  /// A text table as a workbook: numbers as numbers, days as days, all else as texts.
  private static func workbook(_ text: String) throws -> [UInt8] {
    let table = try DelimitedTable(bytes: Array(text.utf8), file: "t.csv", isHeadedLater: true)
    var sheet = SheetContents(name: "台账")
    sheet.rows = [table.header.map { $0.value.isEmpty ? .empty : .text($0.value, .text) }]
    try table.forEachRow { row in
      sheet.rows.append((0..<row.cellCount).map { cell(row.text($0)) })
    }
    return WorkbookWriter.bytes(of: [sheet])
  }

  private static func cell(_ text: String) -> SheetContents.Cell {
    if text.isEmpty { return .empty }
    let isPlain = !text.hasPrefix("0") || text == "0" || text.hasPrefix("0.")
    if isPlain, text.count <= 15, Double(text) != nil { return .number(text, .number) }
    if text.count == 10, case .success(let date) = Scalar.date(text), "\(date)" == text {
      // 1 January 1900 is day 1, and that year counts as a leap year: from its March on, one more.
      var serial = date.day + 1
      for year in 1900..<date.month.year { serial += year % 4 == 0 && year != 1900 ? 366 : 365 }
      for month in 1..<date.month.month {
        serial += CivilDate.dayCount(year: date.month.year, month: month)
      }
      return .number("\(serial)", .day)
    }
    return .text(text, .text)
  }

  @Test func `a tape`() throws {
    let text = """
      id,start,term,amount,bank,remark
      1,2024-01-31,12,1000000.5,甲,"a ""b"", c"
      2,2024-02-29,6,30,乙,
      3,2023-12,24,100万,甲,x
      """
    let (plain, sheet) = (readTape(text), readTape(try Self.workbook(text)))
    #expect(plain.problems.isEmpty && sheet.problems.isEmpty, "\(sheet.problems)")
    #expect(try #require(sheet.tape).described == #require(plain.tape).described)
  }

  @Test func `problems of a tape stand at cells`() throws {
    let text = """
      id,start,term,amount,bank
      1,2024-01-31,12,abc,甲
      2,2024-02-30,6,30,乙
      2,2024-02-28,6,#REF!,乙
      """
    let told = readTape(try Self.workbook(text)).problems
    let places = told.split(separator: "\n").filter { $0.contains("error[") }
      .map { String($0.prefix { $0 != "]" }) }
    #expect(
      places == [
        "t.csv:台账!D2: error[not-a-number", "t.csv:台账!B3: error[invalid-date",
        "t.csv:台账!D4: error[spreadsheet-error",
      ] || places.count >= 3 && told.contains("t.csv:台账!D4: error[spreadsheet-error]"), "\(told)")
    #expect(!told.contains("t.csv:2"))
  }

  @Test(arguments: ["by-grade.csv", "five-years.csv", "register.csv"])
  func `histories of the repository`(name: String) throws {
    let source = Self.root + "/scenarios/history/" + name
    let folder = try TemporaryFolder()
    let bytes = try readFileBytes(path: source, limit: 1 << 24)
    let path = try folder.write(
      "h.xlsx", bytes: try Self.workbook(String(decoding: bytes, as: UTF8.self)))
    let plain = try readHistory(HistoryRequest(file: source))
    let sheet = try readHistory(HistoryRequest(file: path))
    #expect(sheet.digest == plain.digest)
    #expect(sheet.notices == plain.notices)
  }

  @Test func `a register, its terms naming the sheet`() throws {
    let folder = try TemporaryFolder()
    let source = Self.root + "/scenarios/baotou/"
    let bytes = try readFileBytes(path: source + "register.csv", limit: 1 << 24)
    let path = try folder.write(
      "r.xlsx", bytes: try Self.workbook(String(decoding: bytes, as: UTF8.self)))
    func digest(_ register: String) throws -> [String] {
      var request = ReplayRequest(register: register)
      request.programme = "baotou"
      request.options = [
        .model: "bank", .fund: "1000万", .start: "2024-01", .facts: "met",
      ]
      return try readRegister(request).replays().map { "\($0)" }
    }
    #expect(try digest(path + ":台账") == digest(source + "register.csv"))
  }

  @Test func `a claim, a key and its value in each row`() throws {
    let folder = try TemporaryFolder()
    let yaml = """
      fund: {programme: baotou, model: bank, initial: 1000万, start: 2024-01, interestRate: 0%}
      loan:
        principal: 400万
        ipPart: 80%
        size: small
        collateral: patent
        term: 12
        start: 2024-03-01
        facts: met
        overdue: 2025-02-10
        loss: 400万
        recoveries: [{amount: 100万, on: 2026-01-05}, {amount: 5万, on: 2026-02-05}]
      """
    let rows = """
      项目,内容,备注
      fund.programme,baotou,
      fund.model,bank,
      fund.initial,1000万,
      fund.start,2024-01,
      fund.interestRate,0%,
      fund.penaltyRate,,not filled
      loan.principal,400万,
      loan.ipPart,80%,
      loan.size,small,
      loan.collateral,patent,
      loan.term,12,
      loan.start,2024-03-01,
      loan.facts,met,
      loan.overdue,2025-02-10,
      loan.loss,400万,
      loan.recoveries.2.amount,5万,
      loan.recoveries.2.on,2026-02-05,
      loan.recoveries.1.amount,100万,
      loan.recoveries.1.on,2026-01-05,
      """
    let document = try readClaim(path: folder.write("c.yaml", yaml)).explanation()
    let text = try readClaim(path: folder.write("c.csv", rows)).explanation()
    let sheet = try readClaim(path: folder.write("c.xlsx", bytes: try Self.workbook(rows)))
      .explanation()
    #expect(document != nil)
    #expect("\(text.map { "\($0)" } ?? "")" == "\(document.map { "\($0)" } ?? "")")
    #expect("\(sheet.map { "\($0)" } ?? "")" == "\(document.map { "\($0)" } ?? "")")
    let titled = try readClaim(
      path: folder.write("h.xlsx", bytes: try Self.workbook("补偿申请单,,\n2025年第3号,,\n" + rows))
    ).explanation()
    #expect("\(titled.map { "\($0)" } ?? "")" == "\(document.map { "\($0)" } ?? "")")
    let wrong = rows.replacing("loan.loss,400万", with: "loan.loss,500万")
      .replacing("loan.size,small", with: "loan.size,tiny")
    let path = try folder.write("w.xlsx", bytes: try Self.workbook(wrong))
    do {
      _ = try readClaim(path: path)
      Issue.record("a wrong claim was read")
    } catch {
      #expect(error.problems.map { $0.location.cell } == ["B10", "B16"])
    }
    let twice = try folder.write("t.csv", rows + "\nloan.term,6,")
    #expect(throws: Diagnostics.self) { try readClaim(path: twice) }
  }

  @Test func `holidays`() throws {
    let folder = try TemporaryFolder()
    let text = "date,kind\n2024-02-10,holiday\n2024-02-04,workday\n"
    let path = try folder.write("h.xlsx", bytes: try Self.workbook(text))
    let problems = ProblemCollector()
    let calendar = readHolidays(path: path, displayName: "h.xlsx", problems: problems)
    let plain = readHolidays(
      path: try folder.write("h.csv", text), displayName: "h.csv", problems: problems)
    #expect(problems.problems.isEmpty)
    #expect(calendar != nil && calendar == plain)
    _ = readHolidays(
      path: try folder.write("b.xlsx", bytes: try Self.workbook(text + "2024-13-01,holiday\n")),
      displayName: "b.xlsx", problems: problems)
    #expect(problems.problems.map { "\($0.location)" } == ["b.xlsx:台账!A4"])
    let titled = ProblemCollector()
    let again = readHolidays(
      path: try folder.write("t.xlsx", bytes: try Self.workbook("2024年放假安排,\n国务院办公厅,\n" + text)),
      displayName: "t.xlsx", problems: titled)
    #expect(titled.problems.isEmpty && again == plain)
    // A day that is none is no title.
    _ = readHolidays(
      path: try folder.write(
        "n.xlsx", bytes: try Self.workbook("2024-02-30,holiday\n2024-02-10,holiday\n")),
      displayName: "n.xlsx", problems: titled)
    #expect(titled.problems.map { "\($0.location)" } == ["n.xlsx:台账!A1"])
  }

  @Test func `a claim in a table is told how to write it as a table`() throws {
    let folder = try TemporaryFolder()
    func problems(_ rows: String) throws -> [Diagnostic] {
      let path = try folder.write("c.xlsx", bytes: try Self.workbook(rows))
      do {
        _ = try readClaim(path: path)
        return []
      } catch {
        return error.problems
      }
    }
    let found = try problems("fund.programme,baotou\nloan.facts.notMet,goodCredit\n")
    let list = try #require(found.first { $0.code == "not-a-list" })
    #expect(list.location.cell == "B2" && list.advice.english.contains("loan.facts.notMet.1"))
    let missing = found.filter { $0.code == "missing-key" }
    #expect(!missing.isEmpty)
    for problem in missing { #expect(problem.advice.english.hasPrefix("add ")) }
    #expect(!found.contains { $0.advice.english.contains("- ") })
    #expect(try problems("甲,乙\n1,2\n").map(\.code) == ["no-claim"])
  }

  /// A cover page comes first, the loans on the second sheet: both sheets are named.
  @Test func `other sheets are named where a table is not found on the first`() throws {
    var cover = SheetContents(name: "说明")
    cover.rows = [[.text("本表说明", .text)], [.text("填报单位", .text)]]
    var loans = SheetContents(name: "2024年贷款")
    loans.rows = [["id", "start", "term", "amount", "bank"].map { .text($0, .head) }]
    let told = readTape(WorkbookWriter.bytes(of: [cover, loans])).problems
    #expect(told.contains("the workbook has other sheets: '2024年贷款'"), "\(told)")
    let empty = readTape(WorkbookWriter.bytes(of: [SheetContents(name: "空"), loans])).problems
    #expect(empty.contains("2024年贷款"), "\(empty)")
  }

  @Test func `rows of a sheet are called rows, lines of a text lines`() throws {
    let text = """
      id,start,term,amount,bank
      1,2024-01-31,12,100,甲
      1,2024-02-28,6,30,乙
      """
    #expect(readTape(text).problems.contains("the first stands in line 2"))
    #expect(readTape(try Self.workbook(text)).problems.contains("the first stands in row 2"))
    let history = "year,atRisk,defaults\n2020,100,3\n2020,100,3\n2021,100,2\n"
    let folder = try TemporaryFolder()
    for (name, word) in [("h.csv", "line 2"), ("h.xlsx", "row 2")] {
      let path =
        name == "h.csv"
        ? try folder.write(name, history)
        : try folder.write(name, bytes: try Self.workbook(history))
      do {
        _ = try readHistory(HistoryRequest(file: path))
        Issue.record("a year that stands twice was read")
      } catch {
        #expect(error.problems.contains { $0.advice.english.contains(word) }, "\(error)")
      }
    }
  }
}
