import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

/// A mapping with a column for everything.
let fullTapeMapping = """
  tape: t.csv
  columns: {id: id, enterprise: firm, start: start, term: term, principal: amount, bank: bank,
    model: model, size: size, collateral: pledge, repayment: repay, sector: sector, grade: grade,
    pd: pd, ipAmount: ip, rate: rate, status: status, chargeOffDate: charged}
  facts: {columns: {registeredInArea: reg, goodCredit: credit}, others: met}
  statusAt: end
  values:
    size: {S: small, M: medium}
    status: {CHGOFF: chargedOff}
    bank: {工行: 工商银行}
    registeredInArea: {J: yes}
  """

private let fullHeader =
  "id,firm,start,term,amount,bank,model,size,pledge,repay,sector,grade,pd,ip,rate,status,charged,reg,credit\n"

struct `A loan tape` {
  @Test func `becomes loans with names in order of first use`() throws {
    let outcome = readTape(
      fullHeader + """
        L1,甲公司,2024-03-05,12,"1,000",工行,bank,S,patent,bullet,C39,A,,500,4.35%,paid,,J,yes
        L2,乙公司,2024年4月1日,2年,12.5万,工商银行,guarantor,M,trademark,equalPrincipal,I65,,2%,41666.67,5%,CHGOFF,2025-06-30,1,否
        L3,甲公司,202405,6,0.01,建行,insurer,large,other,bullet,C39,B,,0,0,running,,1,0

        """, fullTapeMapping)
    #expect(outcome.problems == "")
    let tape = try #require(outcome.tape)
    #expect(
      tape.described == [
        "L1|甲公司|工商银行|C39|A|nan|bank|small|patent|bullet|2024-03|12|1000 yuan|50%|4.35%|",
        "L2|乙公司|工商银行|I65|-|0.02|guarantor|medium|trademark|equalPrincipal|2024-04|24|125000 yuan|33.3333%|5%|goodCredit",
        "L3|甲公司|建行|C39|B|nan|insurer|large|other|bullet|2024-05|6|0.01 yuan|0%|0%|goodCredit",
      ])
    #expect(tape.banks == ["工商银行", "建行"])
    #expect(tape.enterprises == ["甲公司", "乙公司"])
    #expect(tape.missingFactSets == [[], ["goodCredit"]])
    #expect(tape.source == LocalizedText(same: "t.csv"))
  }

  @Test func `fills what has no column from constants, and enterprises from loans`() throws {
    let yaml = plainTapeMapping.replacing("sector: all", with: "sector: all, grade: B, rate: 5%")
    let tape = try #require(
      readTape("id,start,term,amount,bank\nA,2024-01,6,5,甲\nB,2024-02,6,5,甲", yaml).tape)
    #expect(
      tape.described == [
        "A|A|甲|all|B|nan|bank|small|patent|bullet|2024-01|6|5 yuan|100%|5%|",
        "B|B|甲|all|B|nan|bank|small|patent|bullet|2024-02|6|5 yuan|100%|5%|",
      ])
  }

  @Test func `numbers its loans by row where it has no ids`() throws {
    let yaml = plainTapeMapping.replacing("id: id, ", with: "")
    let tape = try #require(
      readTape("start,term,amount,bank\n2024-01,6,5,甲\n\n2024-02,6,5,甲", yaml).tape)
    #expect(tape.loans.map(\.id) == ["1", "2"])
  }

  @Test func `keeps the loans that start or run in the window`() throws {
    let text = """
      id,start,term,amount,bank
      matures before,2003-06,6,5,甲
      matures in its first month,2003-07,6,5,甲
      runs,2003-12,120,5,乙
      starts in its last month,2008-12,6,5,甲
      starts after,2009-01,,5,丙
      starts after without a bank,2009-01,6,5,
      """
    let yaml = plainTapeMapping + "\nwindow: {from: 2004-01, until: 2008-12}"
    let tape = try #require(readTape(text, yaml).tape)
    #expect(
      tape.loans.map(\.id) == ["matures in its first month", "runs", "starts in its last month"])
    #expect(tape.outsideWindow == 3)
    #expect(tape.banks == ["甲", "乙"])
    #expect(tape.setAside == [])
  }

  @Test(arguments: [
    ("auto", "2004-12-31", "2004-12"), ("auto", "2004/1/5", "2004-01"),
    ("auto", "20041231", "2004-12"),
    ("auto", "2004-12", "2004-12"), ("auto", "2004年2月", "2004-02"),
    ("yyyyMMdd", "20041231", "2004-12"),
    ("dd/MM/yyyy", "03/12/2004", "2004-12"), ("MM/dd/yyyy", "03/12/2004", "2004-03"),
    ("yyyy-MM-dd", "2004-12-31", "2004-12"),
  ]) func `understands dates in the format of the scenario`(
    format: String, date: String, month: String
  ) throws {
    let yaml = plainTapeMapping + "\ndateFormat: \(format)"
    let outcome = readTape("id,start,term,amount,bank\nA,\(date),6,5,甲", yaml)
    #expect(outcome.tape?.loans.first?.start.description == month)
  }

  @Test func `is read from GB18030 and with a byte order mark`() throws {
    let header = Array("id,start,term,amount,bank\nA,2024-01,6,5,".utf8)
    // 中国银行
    let tape = readTape(header + [0xD6, 0xD0, 0xB9, 0xFA, 0xD2, 0xF8, 0xD0, 0xD0, 0x0A]).tape
    #expect(tape?.banks == ["中国银行"])
    #expect(readTape([0xEF, 0xBB, 0xBF] + header + Array("工行".utf8)).tape?.banks == ["工行"])
  }

  @Test func `has a digest of what it says, not of its bytes`() throws {
    let text = "id,start,term,amount,bank\nA,2024-01,6,5,甲\nB,2024-02,7,6,乙\n"
    let digest = try #require(readTape(text).tape).digestInput
    #expect(String(decoding: digest, as: UTF8.self).hasPrefix("2 loans, FNV-1a "))
    let other = "bank,x,id,start,term,amount\n甲,1,A,2024/1/31,6,5.00\n乙,2,B,2024年2月,7,6元\n"
    #expect(readTape(other).tape?.digestInput == digest)
    #expect(readTape(text.replacing("7,6", with: "7,6.01")).tape?.digestInput != digest)
    #expect(readTape(text.replacing("乙", with: "丙")).tape?.digestInput != digest)
  }
}
