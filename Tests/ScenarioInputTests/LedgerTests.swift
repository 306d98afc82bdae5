import DocumentReading
import FundCore
import ResultFacts
import Testing

@testable import ScenarioInput

private let mapping = """
  tape: t.csv
  columns: {id: 编号, enterprise: 企业, bank: 银行, start: 放款日, term: 期限, principal: 金额}
  constants: {model: bank, size: small, collateral: patent, ipPart: 100%, repayment: bullet, sector: all}
  """

/// The file `t.csv` read with this mapping, whatever stands above its header.
private func ledger(_ text: String, _ yaml: String = mapping) -> TapeOutcome {
  var outcome = readMapping(yaml)
  guard let mapping = outcome.mapping, outcome.problems.isEmpty else { return outcome }
  let collector = ProblemCollector()
  do {
    let table = try DelimitedTable(bytes: Array(text.utf8), file: "t.csv", isHeadedLater: true)
    outcome.tape = readTape(table, mapping: mapping, problems: collector)
    try collector.throwIfAny()
  } catch {
    outcome.problems = "\(error)"
  }
  return outcome
}

extension TapeOutcome {
  fileprivate var amounts: [Int64] { tape?.loans.map { $0.principal.fen / 100 } ?? [] }
  fileprivate var notices: [String] { tape?.notices.map(\.english) ?? [] }
  fileprivate var units: [String] {
    tape?.units.map { "\($0.property) \($0.unit.chinese) \($0.source.english)" } ?? []
  }
}

/// Ledgers as people keep them used to be refused, or read with the wrong unit.
struct `A ledger` {
  @Test func `has titles and a unit above its header, and a total below`() {
    let read = ledger(
      """
      江州市知识产权质押贷款台账,,,,,
      填报单位：江州银行,,,,单位：万元,
      编号,企业,银行,放款日,期限,金额
      L1,甲公司,江州银行,2024-02-01,12,200
      L2,乙公司,江州银行,2024-03-01,6,120.5
      合计,,,,,320.5
      制表人：王某,,审核：李某,,,
      """)
    #expect(read.problems == "")
    #expect(read.amounts == [2_000_000, 1_205_000])
    #expect(read.units == ["principal 万元 the title in line 2"])
    #expect(
      read.notices == [
        "left out as no loans: 1 × totals (line 6)",
        "left out as no loans: 1 × notes and signatures (line 7)",
        "the total in line 6, 3205000 yuan, is the sum of the rows",
      ])
  }

  @Test func `has a row of units under its header`() {
    let read = ledger(
      "编号,企业,银行,放款日,期限,金额\n,,,年-月-日,天,万元\nL1,甲,乙,2024-02-01,270,80\n")
    #expect(read.problems == "")
    #expect(read.amounts == [800_000])
    #expect(read.tape?.loans.map(\.termMonths) == [9])
    #expect(
      read.units.sorted() == [
        "principal 万元 the row of units in line 2", "term 天 the row of units in line 2",
      ])
  }

  @Test func `has two rows of heads`() {
    let yaml = mapping.replacing("金额}", with: "贷款/金额}")
    let read = ledger(
      "编号,企业,银行,贷款（万元）,,,质押\n,,,放款日,期限,金额,金额\nL1,甲,乙,2024-02-01,12,80,50\n",
      yaml)
    #expect(read.problems == "")
    #expect(read.amounts == [800_000])
    #expect(read.units == ["principal 万元 the header"])
  }

  @Test func `differs from its total, which is told with both numbers`() {
    let read = ledger("编号,企业,银行,放款日,期限,金额\nL1,甲,乙,2024-02-01,12,80万\n甲银行小计,,,,,81万\n")
    #expect(
      read.notices.contains(
        "the total in line 3, 810000 yuan, is not the sum of the rows, 800000 yuan"))
  }

  @Test func `has heads of groups, empty columns and the header once more`() {
    let read = ledger(
      """
      编号,企业,银行,放款日,期限,金额,,
      一、工业企业,,,,,,,
      L1,甲,乙,2024-02-01,12,80万,,

      编号,企业,银行,放款日,期限,金额,,
      L2,丙,乙,2024-02-01,12,80万
      """)
    #expect(read.problems == "")
    #expect(read.tape?.loans.count == 2)
    #expect(read.notices.count == 2)
  }

  @Test func `is asked where its header is if two rows can be it`() {
    let text = "金额,期限,放款日,银行,企业,编号\n编号,企业,银行,放款日,期限,金额\nL1,甲,乙,2024-02-01,12,80万\n"
    let asked = ledger("台账\n" + text)
    #expect(
      asked.problems.contains("error[unclear-header]: line 2 and line 3 both have all columns"))
    #expect(ledger("台账\n" + text, mapping + "\nheaderRow: 3").amounts == [800_000])
    #expect(ledger(text, mapping + "\nheaderRow: 9").problems.contains("error[no-header-row]"))
  }

  /// A missing value is one of its row, not a head of a group.
  @Test func `keeps rows that are loans with something missing`() {
    let read = ledger("编号,企业,银行,放款日,期限,金额\nL1,,,,,\nL2,甲,乙,2024-02-01,12,无\n")
    #expect(read.problems.contains("t.csv:2:"))
    #expect(read.problems.contains("t.csv:3:22: error[missing-value]: 金额: '无' is no value"))
  }

  @Test func `states its units, and the key wins`() {
    let text = "编号,企业,银行,放款日,期限,金额（元）\nL1,甲,乙,2024-02-01,180,80\n"
    let read = ledger(text, mapping + "\nunits: {principal: 万元, term: 天}")
    #expect(read.amounts == [800_000])
    #expect(read.tape?.loans.map(\.termMonths) == [6])
    #expect(
      read.notices.first == "the key `units` has 万元 for '金额（元）', but the header says 元")
    #expect(
      ledger(text, mapping + "\nunits: {principal: 斤}").problems.contains("error[unknown-unit]"))
  }

  @Test func `contradicts itself`() {
    let read = ledger("单位：万元,,,,,\n编号,企业,银行,放款日,期限,金额（元）\nL1,甲,乙,2024-02-01,12,80\n")
    #expect(
      read.problems.contains(
        "t.csv:2:17: error[unit-contradiction]: 金额（元）: the header says 元, the title in line 1 says 万元"
      ))
  }
}

struct `Names of a ledger` {
  private let head = "编号,企业,银行,放款日,期限,金额\n"

  @Test func `are one in every spelling, and near ones are told`() {
    let names = ["沈阳（高新）科技公司", "沈阳(高新)科技公司　", "沈阳（高新）科计公司", "沈阳(高新)科技有限公司", "沈阳第1科技公司", "沈阳第2科技公司"]
    let rows = names.enumerated().map { "L\($0),\($1),乙,2024-02-01,12,80万\n" }.joined()
    let read = ledger(head + rows)
    #expect(read.tape?.enterprises.count == 5)
    #expect(
      read.notices == [
        "near-equal names of enterprises, taken as different: 2, '沈阳(高新)科技公司' and '沈阳(高新)科计公司'; '沈阳(高新)科技公司' and '沈阳(高新)科技有限公司'"
      ])
  }

  @Test func `of loans are one in every spelling, too`() {
    let read = ledger(head + "Ｌ1,甲,乙,2024-02-01,12,80万\nL1　,甲,乙,2024-02-01,12,80万\n")
    #expect(read.problems.contains("t.csv:3:1: error[duplicate-id]"))
  }

  @Test func `that lost their digits are refused, and suspicious ones told`() {
    #expect(
      ledger(head + "L1,9.12102E+17,乙,2024-02-01,12,80万\n").problems.contains("error[lost-digits]"))
    let rows = (1...3).map { "20240101000000\($0)000,甲\($0),乙,2024-02-01,12,80万\n" }.joined()
    let notices = ledger(head + rows).notices
    #expect(notices.count == 1 && notices[0].hasPrefix("3 numbers of the column '编号' end in zeros"))
  }

  @Test func `do not tell rows apart that repeat each other`() {
    let yaml = mapping.replacing("id: 编号, ", with: "")
    let row = "甲,乙,2024-02-01,12,80万\n"
    let read = ledger("序号,企业,银行,放款日,期限,金额\n1," + row + "2," + row + "3," + row, yaml)
    #expect(
      read.notices == [
        "2 rows say the same as an earlier row (line 3, 4); without a column `id` they all count as loans"
      ])
  }
}

struct `Medians of a ledger` {
  private func notices(_ principal: String, _ term: String, _ rate: String) -> [String] {
    ledger(
      "编号,企业,银行,放款日,期限,金额,利率\nL1,甲,乙,2024-02-01,\(term),\(principal),\(rate)\n",
      mapping.replacing("金额}", with: "金额, rate: 利率}")
    ).notices
  }

  @Test func `are asked about if no such loan is made`() {
    #expect(notices("100万", "12", "4%") == [])
    #expect(
      notices("300", "12", "0") == [
        "the median principal is 300 yuan: is the unit of the column right?"
      ])
    #expect(notices("2亿", "365", "0.05%").count == 3)
    #expect(notices("100万", "12", "43.5%").count == 1)
  }
}
