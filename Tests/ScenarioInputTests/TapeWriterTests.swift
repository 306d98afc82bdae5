import CompensationKernel
import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

/// A tape with everything that is hard to write. Its names have the form in which they are read.
private func awkwardTape() -> LoanTape {
  var tape = LoanTape()
  tape.banks = ["=1+1", "'-quoted", "'t Hooft \"& Zonen\", B.V.", "工商银行;分行"]
  tape.enterprises = ["@SUM(A1)", "=全角", "''", "-1", "a;b", "line end"]
  tape.sectors = ["C39", "\"A\""]
  tape.grades = ["A+", "+A"]
  tape.missingFactSets = [[], ["goodCredit"], ["goodCredit", "registeredInArea"]]
  let probabilities = [
    0.04, 1.0 / 3, 4.2e-5, 1.234567890123456e-7, 0, 0.999999, .nan, .nan,
  ]
  for (index, probability) in probabilities.enumerated() {
    var loan = LoanRecord(
      id: ["+1", "L2", "'", "L,4", "L5", "L6", "L7", "L8"][index],
      start: CivilMonth(ordinal: 24_288 + index), termMonths: index + 1,
      principal: Money(fen: Int64(index) * 1_234_567 + 5))
    loan.bank = Int32(min(index, 3))
    loan.enterprise = Int32(min(index, 5))
    loan.sector = Int16(min(index, 1))
    loan.annualPD = probability
    loan.grade = probability.isNaN ? Int16(index - 6) : -1
    loan.model = OperatingModel.shared[index % 3]
    loan.size = SizeClass.allCases[index % 4]
    loan.collateral = CollateralKind.allCases[index % 4]
    loan.repayment = Repayment.allCases[index % 2]
    loan.ipPart = Ratio(millionths: Int64(index) * 142_857)
    loan.rate = Ratio(millionths: Int64(index) * 7_001)
    loan.missingFacts = Int32(index % 3)
    tape.loans.append(loan)
  }
  return tape
}

struct `A written tape` {
  private func written(_ tape: LoanTape) -> String {
    var text = ""
    writeTape(tape) { text += $0 }
    return text
  }

  /// Reads a tape with the mapping that comes with it.
  private func reread(_ tape: LoanTape) throws -> TapeOutcome {
    let yaml = tapeMapping(for: tape, file: "t.csv")
    let keys = yaml.split(separator: "\n").dropFirst().map { $0.dropFirst(2) }
    return readTape(written(tape), keys.joined(separator: "\n"))
  }

  @Test func `is read back identically`() throws {
    let tape = awkwardTape()
    let outcome = try reread(tape)
    #expect(outcome.problems == "")
    let copy = try #require(outcome.tape)
    #expect(copy.described == tape.described)
    #expect(copy.banks == tape.banks)
    #expect(copy.enterprises == tape.enterprises)
    #expect(copy.sectors == tape.sectors)
    #expect(copy.grades == tape.grades)
    #expect(copy.missingFactSets == tape.missingFactSets)
    #expect(copy.digestInput == tape.digestSummary())
  }

  @Test func `has our names of columns, and no cell that a spreadsheet takes for a formula`() {
    let lines = written(awkwardTape()).split(separator: "\n")
    #expect(
      lines[0]
        == "id,enterprise,bank,model,size,sector,grade,pd,start,term,principal,rate,repayment,collateral,ipPart,goodCredit,registeredInArea"
    )
    #expect(
      lines[1]
        == "'+1,'@SUM(A1),'=1+1,bank,micro,C39,,0.04,2024-01,1,0.05,0%,bullet,patent,0%,true,true")
    #expect(lines[2].hasPrefix("L2,'=全角,''-quoted,guarantor,small,"))
    #expect(lines[3].hasPrefix("',''',\"'t Hooft \"\"& Zonen\"\", B.V.\",insurer,medium,"))
  }

  @Test func `comes with the mapping that reads it`() {
    #expect(
      tapeMapping(for: awkwardTape(), file: "O'Neil.csv") == """
        portfolio:
          tape: 'O''Neil.csv'
          columns:
            id: id
            enterprise: enterprise
            bank: bank
            model: model
            size: size
            sector: sector
            grade: grade
            pd: pd
            start: start
            term: term
            principal: principal
            rate: rate
            repayment: repayment
            collateral: collateral
            ipPart: ipPart
          facts:
            columns:
              goodCredit: goodCredit
              registeredInArea: registeredInArea
            others: met  # the tape names only facts that some loan does not meet

        """)
  }

  @Test(arguments: [
    "=", "+a", "-1", "@x", "'", "''", "'=", "'''-", "'t", "＝", "－1", "a=b", "", "'ａ",
  ])
  func `guards a text against formulas in a way that can be undone`(text: String) {
    let cell = tapeCell(text)
    #expect(!(cell.unicodeScalars.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false))
    #expect(withoutFormulaGuard(cell) == text)
  }

  @Test func `passes on an error of the disk`() {
    struct DiskFull: Error {}
    #expect(throws: DiskFull.self) { try writeTape(awkwardTape()) { _ in throw DiskFull() } }
  }
}

struct `The summary of a tape` {
  @Test func `adds up loans and amounts by what they have in common`() throws {
    let rows = (1...14).map { "L\($0),2024-\($0 % 12 + 1),\($0),\($0)00,中国银行第\($0)分行\n" }.joined()
    let text = "id,start,term,amount,bank\n" + rows + "L15,2023-12,0,5,甲\nL16,2010-01,5,5,甲\n"
    let yaml =
      plainTapeMapping.replacing("100%", with: "50%")
      + "\nbadRows: setAside\nwindow: {from: 2011-01, until: 2025-12}"
    let summary = TapeSummary(try #require(readTape(text, yaml).tape))
    #expect(summary.lent == .yuan(10_500))
    #expect(summary.ipPledged == .yuan(5_250))
    #expect(summary.outsideWindow == 1)
    #expect(summary.setAside.map(\.firstLine) == [16])
    // The first ten of fourteen banks, of 1400 to 500 yuan, and the others together.
    let banks = try #require(summary.groupings.first { $0.by.english == "bank" }).groups
    #expect(banks.count == 11)
    #expect(banks.map(\.lent) == (5...14).reversed().map { .yuan($0 * 100) } + [.yuan(1_000)])
    #expect(banks.last?.loans == 4)
  }

  @Test func `of an empty tape has no groups`() {
    #expect(TapeSummary(LoanTape()).groupings.allSatisfy { $0.groups.isEmpty })
  }
}
