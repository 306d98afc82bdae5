import Testing

@testable import ReportForm
@testable import Reporting

@Suite struct CSVTests {
  @Test(arguments: [
    ("bank", "bank"), ("a,b", "\"a,b\""), ("a \"b\"", "\"a \"\"b\"\"\""), ("a\nb", "\"a\nb\""),
    ("a\r\nb", "\"a\nb\""), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
    ("=\"a\",b", "\"'=\"\"a\"\",b\""), ("银行，甲", "银行，甲"), ("", ""), ("\tx", "?x"),
    // What would steer a terminal, or turn the direction of what follows.
    ("\u{1B}[31m\r\u{9B}2J", "?[31m??2J"), ("\u{202E}=1\u{2066}", "?=1"), ("\u{2066}=1", "'=1"),
    // A quote with an accent was not doubled, and ended the cell.
    ("a\"\u{301},=1", "\"a\"\"\u{301},=1\""),
  ])
  func `a cell of text is quoted where needed and is never a formula`(text: String, cell: String) {
    #expect(CSVText.quoted(text) == cell)
  }

  @Test func `numbers are exact`() {
    var csv = CSVText()
    csv.add(0.1)
    csv.add(-0.0)
    csv.add(3.0)
    csv.add(Double.nan)
    csv.add(Int64.min)
    csv.add(fen: -5)
    csv.add(fen: 123_456)
    csv.add(fen: 100)
    var text = ""
    csv.endRow { text += $0 }
    csv.finish { text += $0 }
    #expect(text == "0.1,0,3,,-9223372036854775808,-0.05,1234.56,1\r\n")
  }

  @Test func `the timeline has a row a month and fund`() throws {
    let report = try #require(Fixture.report)
    var text = ""
    report.writeTimeline { text += $0 }
    let rows = text.split(separator: "\r\n").map(String.init)
    #expect(rows.count == 25)
    #expect(
      rows[0]
        == "\u{FEFF}fund,month,calendarMonth,survival,survivalStandardError,survivalLow,survivalHigh,"
        + "balance1,balance5,balance25,balance50,balance75,balance95,balance99,"
        + "meanPaid,meanReturned")
    // Nothing is left in the small fund; what comes back in a month is paid at once.
    // In none of 1,000 trials does it survive: no error, and 1 − 0.025^(1/1000) at most.
    let cells = rows[19].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    #expect(cells[2...7] == ["6", "2024-07", "0", "", "0", cells[7]])
    #expect(abs((Double(cells[7]) ?? 1) - 0.003682084) < 1e-9 /* as many digits as written here */)
    #expect(cells[8...14] == ["0", "0", "0", "0", "0", "0", "0"])
    #expect(cells[15].hasPrefix("20000"))
    #expect(rows[17].hasPrefix("\"small, 小\",4,2024-05,0,,0,"))
    #expect(rows[16].hasPrefix("\"small, 小\",3,2024-04,1,,"))
  }

  @Test func `the trials have a row a trial and fund, with exact amounts`() {
    var chunks: [String] = []
    TrialTable(Fixture.result, fundCount: 2).write { chunks.append($0) }
    let rows = chunks.joined().split(separator: "\r\n").map(String.init)
    #expect(chunks.count > 1)
    #expect(rows.count == 1 + 2 * Fixture.trialCount)
    #expect(
      rows[0] == "fund,trial,exhaustionMonth,defaults,compensation,unpaid,recovered,fees,interest,"
        + "closing,lowest,neededCapital,balanceYear1,lossFund,lossBank,lossBankOutsideCover,firstBreach:warning"
    )
    #expect(
      rows[1] == "large,0,,3,1500000,0,600000,0,0,300000,100000,1100000,300000,900000,900000,0,4")
    #expect(
      rows[2_000]
        == "\"small, 小\",999,4,3,850000,650000,600000,0,0,200000,0,1100000,200000,250000,1550000,0,4"
    )
  }

  @Test func `an error of the sink ends the writing`() {
    struct DiskFull: Error {}
    #expect(throws: DiskFull.self) {
      try TrialTable(Fixture.result, fundCount: 2).write { _ in throw DiskFull() }
    }
  }
}
