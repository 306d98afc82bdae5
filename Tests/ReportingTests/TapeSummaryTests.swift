import CompensationKernel
import DocumentReading
import FundCore
import ReportForm
import Testing

@testable import Reporting
@testable import ScenarioInput

@Suite("The summary of a tape in words") struct TapeSummaryTests {
  /// Fourteen loans of as many banks, and two rows that are not used.
  private func summary() throws -> TapeSummary {
    let rows = (1...14).map { "L\($0),2024-\($0 % 12 + 1),\($0),\($0)00,中国银行第\($0)分行\n" }.joined()
    let text = "id,start,term,amount,bank\n" + rows + "L15,2023-12,0,5,甲\nL16,2010-01,5,5,甲\n"
    let yaml = """
      tape: t.csv
      columns: {id: id, start: start, term: term, principal: amount, bank: bank}
      constants: {model: bank, size: small, collateral: patent, ipPart: 50%, repayment: bullet, sector: all}
      badRows: setAside
      window: {from: 2011-01, until: 2025-12}
      """
    let problems = ProblemCollector()
    var section = try #require(
      Section(
        try parseDocument(text: yaml, file: "s.yaml"), name: "portfolio", problems: problems))
    let mapping = try #require(TapeMapping.read(&section))
    section.finish()
    let table = try DelimitedTable(bytes: Array(text.utf8), file: "t.csv")
    let tape = readTape(table, mapping: mapping, problems: problems)
    try problems.throwIfAny()
    return TapeSummary(try #require(tape))
  }

  @Test func `says loans and amounts by what they have in common`() throws {
    #expect(
      try summary().text(in: .english).split(separator: "\n", omittingEmptySubsequences: false)
        .prefix(32)
        .joined(separator: "\n") == """
          t.csv
            Loans           14
            Banks           14
            Enterprises     14
            Lent            10,500 yuan
            Pledged on IP   5,250 yuan, 50.0 %
            Mean term       7.5 months
            Start           2024-01 to 2024-12

          Not used
            outside the window                                   1
            term of zero or less                                 1   first in line 16

          How the file was read
            the median principal is 800 yuan: is the unit of the column right?

          By year of start                                   loans                     lent in yuan
            2024                                                14  100.0 %                  10,500  100.0 %

          By bank                                            loans                     lent in yuan
            中国银行第14分行                                     1    7.1 %                   1,400   13.3 %
            中国银行第13分行                                     1    7.1 %                   1,300   12.4 %
            中国银行第12分行                                     1    7.1 %                   1,200   11.4 %
            中国银行第11分行                                     1    7.1 %                   1,100   10.5 %
            中国银行第10分行                                     1    7.1 %                   1,000    9.5 %
            中国银行第9分行                                      1    7.1 %                     900    8.6 %
            中国银行第8分行                                      1    7.1 %                     800    7.6 %
            中国银行第7分行                                      1    7.1 %                     700    6.7 %
            中国银行第6分行                                      1    7.1 %                     600    5.7 %
            中国银行第5分行                                      1    7.1 %                     500    4.8 %
            (4 others)                                           4   28.6 %                   1,000    9.5 %

          """)
  }

  @Test func `stays within 100 columns, whatever the names are`() {
    var tape = LoanTape()
    tape.banks = ["=1+1" + String(repeating: "银行", count: 60)]
    tape.enterprises = ["line\nend"]
    tape.sectors = ["C39"]
    tape.grades = ["A+"]
    tape.source = LocalizedText(same: String(repeating: "文件", count: 80))
    var loan = LoanRecord(
      id: "+1", start: CivilMonth(ordinal: 24_288), termMonths: 12, principal: .largestInput)
    loan.grade = 0
    tape.loans = [loan]
    for language in Language.allCases {
      let lines = TapeSummary(tape).text(in: language).split(separator: "\n")
      #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 100 })
    }
  }

  @Test func `of an empty tape says that there are no loans`() {
    #expect(TapeSummary(LoanTape()).text(in: .english).contains("Loans           0\n"))
  }
}
