import CompensationKernel
import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

private let header = "id,start,term,amount,bank\n"

struct `The problems of a loan tape` {
  @Test(arguments: [
    (
      "A,2024-01,6,5,", "15", "missing-value", "bank: there is no value",
      "fill the cell, or leave the row out"
    ),
    (
      ",2024-01,6,5,甲", "1", "missing-value", "id: there is no value",
      "fill the cell, or leave the row out"
    ),
    (
      "A,,6,5,甲", "3", "missing-value", "start: there is no value",
      "write a value, such as 2024-01-31"
    ),
    (
      "A,2024-01,,5,甲", "11", "missing-value", "term: there is no value",
      "write a value, such as 60 months"
    ),
    (
      "A,2024-01,6,,甲", "13", "missing-value", "amount: there is no value",
      "write a value, such as 1000万"
    ),
    (
      "A,2024-01,0,5,甲", "11", "zero-term", "term: '0' is no term",
      "give the term in months, from 1 to 1200"
    ),
    (
      "A,2024-01,-3,5,甲", "11", "zero-term", "term: '-3' is no term",
      "give the term in months, from 1 to 1200"
    ),
    (
      "A,2024-01,6,0.00,甲", "13", "zero-principal", "amount: '0.00' is no principal",
      "give the amount that was lent, above 0"
    ),
    (
      "A,31/01/2024,6,5,甲", "3", "unclear-date", "start: '31/01/2024' does not start with the year",
      "say how dates are written: `dateFormat: dd/MM/yyyy` or `dateFormat: MM/dd/yyyy`"
    ),
    (
      "A,2024-13-01,6,5,甲", "3", "invalid-date",
      "start: '2024-13-01' is not a day of the years 1900 … 2999",
      "write a day that the calendar has, such as 2024-01-31"
    ),
    (
      "A,2024-01,6,-5,甲", "13", "negative-amount", "amount: '-5' is below zero",
      "give an amount of 0 or more"
    ),
    (
      "A,2024-01,6,2万亿,甲", "13", "amount-too-large", "amount: '2万亿' is more than a trillion yuan",
      "check the unit; an amount is at most 1万亿 (1,000,000,000,000 yuan)"
    ),
    (
      "A,2024-01,6,5", "13", "too-few-cells", "the row has 4 cells, and the header has 5",
      "add the missing cells; a cell that is empty still needs its separator"
    ),
  ]) func `have a place, a value and a way out`(
    row: String, column: String, code: String, message: String, advice: String
  ) {
    #expect(
      readTape(header + row + "\n").problems
        == "t.csv:2:\(column): error[\(code)]: \(message)\n  help: \(advice)")
  }

  @Test func `a term beyond 1200 months is one`() {
    #expect(readTape(header + "A,2024-01,1200,5,甲\n").problems == "")
    #expect(
      readTape(header + "A,2024-01,1201,5,甲\n").problems.contains("error[out-of-range]: term"))
  }

  @Test func `an id that stands twice names the first line`() {
    #expect(
      readTape(header + "A,2024-01,6,5,甲\nB,2024-01,6,5,甲\nA,2024-02,6,5,甲\n").problems == """
        t.csv:4:1: error[duplicate-id]: id: 'A' stands twice
          help: give each loan a name of its own; the first stands in line 2
        """)
  }

  @Test func `a status that contradicts the charge-off date is one`() {
    let yaml = plainTapeMapping.replacing(
      "bank: bank}", with: "bank: bank, status: status, chargeOffDate: charged}")
    let rows = """
      id,start,term,amount,bank,status,charged
      A,2024-01,6,5,甲,paid,2024-05-31
      B,2024-01,6,5,甲,chargedOff,
      C,2024-01,6,5,甲,running,2024-05-31
      D,2024-01,6,5,甲,chargedOff,2024-05-31
      E,2024-01,6,5,甲,paid,n/a
      F,2024-01,6,5,甲,chargdOff,someday
      """
    #expect(
      readTape(rows, yaml).problems == """
        t.csv:2:22: error[contradictory-status]: charged: the loan is settled, and the column has '2024-05-31'
          help: correct the status or the date
        t.csv:3:28: error[contradictory-status]: charged: the loan is written off, and the column has no date
          help: correct the status or the date
        t.csv:4:25: error[contradictory-status]: charged: the loan is current, and the column has '2024-05-31'
          help: correct the status or the date
        t.csv:7:17: error[unknown-choice]: status: 'chargdOff' is not one of the choices
          help: did you mean 'chargedOff'? use one of: current 正常, overdue 逾期, nonPerforming 不良, settled 已结清, writtenOff 已核销, transferred 已转让; or translate the word under `values` of the scenario or the terms file
        t.csv:7:27: error[invalid-date]: charged: 'someday' is not a date
          help: write a date as 2024-01-31
        """)
  }

  @Test func `an unknown word suggests ours, or theirs`() {
    let yaml = """
      tape: t.csv
      columns: {start: start, term: term, principal: amount, bank: bank, size: size, model: model}
      constants: {collateral: patent, ipPart: 100%, repayment: bullet, sector: all}
      values: {size: {KLEINBETRIEB: small}}
      """
    let rows = """
      start,term,amount,bank,size,model
      2024-01,6,5,甲,smal,guarantee
      2024-01,6,5,甲,KLEINBETRIB,bank
      2024-01,6,5,甲,KLEINBETRIEB,bank
      """
    #expect(
      readTape(rows, yaml).problems == """
        t.csv:2:15: error[unknown-choice]: size: 'smal' is not one of the choices
          help: did you mean 'small'? use one of: micro 微型, small 小型, medium 中型, large 大型; or translate the word under `values` of the scenario or the terms file
        t.csv:2:20: error[unknown-choice]: model: 'guarantee' is not one of the choices
          help: did you mean 'guarantor'? use one of: bank 银行, guarantor 担保, insurer 保险; or translate the word under `values` of the scenario or the terms file
        t.csv:3:15: error[unknown-choice]: size: 'KLEINBETRIB' is not one of the choices
          help: did you mean 'KLEINBETRIEB'? use one of: micro 微型, small 小型, medium 中型, large 大型; or translate the word under `values` of the scenario or the terms file
        """)
  }

  @Test func `an IP-pledged amount above the principal, and a share without a sign, are two`() {
    let rest = "model: bank, size: small, collateral: patent, repayment: bullet, sector: all"
    let columns = "id: id, start: start, term: term, principal: amount, bank: bank"
    #expect(
      readTape(
        "id,start,term,amount,bank,ip\nA,2024-01,6,5,甲,6\n",
        "tape: t.csv\ncolumns: {\(columns), ipAmount: ip}\nconstants: {\(rest)}"
      ).problems == """
        t.csv:2:17: error[ip-amount-too-large]: ip: '6' is more than the principal of 5 yuan
          help: give the part of the principal that is pledged on intellectual property
        """)
    #expect(
      readTape(
        "id,start,term,amount,bank,ip\nA,2024-01,6,5,甲,80\n",
        "tape: t.csv\ncolumns: {\(columns), ipPart: ip}\nconstants: {\(rest)}"
      ).problems == """
        t.csv:2:17: error[ratio-above-one]: ip: '80' has no per cent sign and is above 1
          help: write 80% or 0.8
        """)
  }

  @Test func `columns that are not there are named at the scenario's place`() {
    let yaml = plainTapeMapping.replacing("start: start", with: "start: strt")
      .replacing("bank: bank}", with: "bank: lender}")
    #expect(
      readTape(header + "A,2024-01,6,5,甲\n", yaml).problems == """
        s.yaml:2:26: error[unknown-column]: t.csv has no column 'strt'
          help: did you mean 'start'? its columns: id, start, term, amount, bank
        s.yaml:2:69: error[unknown-column]: t.csv has no column 'lender'
          help: its columns: id, start, term, amount, bank
        """)
  }

  @Test func `a portfolio of more than a trillion yuan is one`() {
    #expect(readTape(header + "A,2024-01,6,1万亿,甲\n").problems == "")
    #expect(
      readTape(header + "A,2024-01,6,1万亿,甲\nB,2024-01,6,0.01,甲\n").problems == """
        t.csv: error[portfolio-too-large]: the loans come to more than a trillion yuan
          help: check the unit of the principal; all loans together are at most 1万亿
        """)
  }

  @Test func `a tape without any loan left is one`() {
    let yaml = plainTapeMapping + "\nbadRows: setAside\nwindow: {from: 2020-01, until: 2020-12}"
    #expect(
      readTape(header + "A,2024-01,6,5,甲\nB,2019-01,0,5,甲\n", yaml).problems == """
        t.csv: error[no-loans]: no loan is left: 1 outside the window, 1 set aside: 1 × term of zero or less (line 3)
          help: check the columns, the date format and the window
        """)
  }

  @Test func `more than 32,767 sectors are one`() {
    let yaml = plainTapeMapping.replacing("bank: bank}", with: "bank: bank, sector: sector}")
      .replacing(", sector: all", with: "")
    let rows = (0...32_767).map { "A\($0),2024-01,6,5,甲,C\($0)\n" }.joined()
    #expect(
      readTape("id,start,term,amount,bank,sector\n" + rows, yaml).problems == """
        t.csv:32769:22: error[too-many-names]: sector: there are more than 32,767 different names
          help: map them to fewer names under `values`
        """)
  }

  @Test func `are listed up to a limit, and the rest is counted`() {
    let rows = "A,2024-01,0,0,甲\nB,,6,5,甲\nC,2024-01,6,5,\nD,2024-01,0,5,\nE,2024-01,0,5\n"
    #expect(
      readTape(header + rows, plainTapeMapping + "\nmostProblems: 3").problems == """
        t.csv:2:11: error[zero-term]: term: '0' is no term; so in line 5
          help: give the term in months, from 1 to 1200
        t.csv:2:13: error[zero-principal]: amount: '0' is no principal
          help: give the amount that was lent, above 0
        t.csv:3:3: error[missing-value]: start: there is no value
          help: write a value, such as 2024-01-31
        t.csv:4: error[more-problems]: and 3 more problems, the first in this line: 2 missing-value, 1 too-few-cells
          help: set `mostProblems: 6` to see more, or `badRows: setAside` to leave such rows out and count them
        """)
  }

  @Test func `end the reading where the file cannot be divided into rows`() {
    #expect(
      readTape(header + "A,2024-01,0,5,甲\nB,2024-01,6,5,\"甲\n").problems == """
        t.csv:2:11: error[zero-term]: term: '0' is no term
          help: give the term in months, from 1 to 1200
        t.csv:3:15: error[unclosed-quote]: the quote that opens here is never closed
          help: close it with ", or write "" for a quote that belongs to the text
        """)
  }
}

struct `Rows that are set aside` {
  /// As dirty as real tapes are.
  private let dirty = """
    loan,bank,sector,staff,paid_out,months,amount,status,charged_off
    1001,FIRST BANK,44,4,1999-02-28,84,60000,paid,
    1002,FIRST BANK,72,12,,60,40000,paid,
    1003,,72,120,2005-05-31,60,40000,paid,
    1004,SECOND BANK,62,1200,2005-12-31,0,287000,paid,
    1005,SECOND BANK,62,7,2006-12-31,-1,287000,paid,
    1006,SECOND BANK,62,7,2006-12-31,12,287000,paid,2007-12-31
    1007,SECOND BANK,62,7,2006-12-31,12,287000,CHGOFF,
    1008,SECOND BANK,62,7,2006-12-31,12,287000,CHGOFF,2007-11-30
    1008,SECOND BANK,62,7,2006-12-31,12,287000,paid,
    1009,THIRD BANK,62,7,2006-12-31,12,0,paid,
    1010,THIRD BANK,62,many,2006-12-31,12,5,paid,
    1011,THIRD BANK,62,9,2006-12-31,12,5,gone,
    1012,THIRD BANK,62,9,31-Dec-06,12,5,paid,
    1013,THIRD BANK,62,9,2006-12-31,12,5
    1014,"THIRD" BANK,62,9,2006-12-31,12,5,paid,
    1015,,62,9,,12,5,paid,
    1016,FOURTH BANK,81,9,2009-12-31,12,5,paid,
    1017,FIRST BANK,81,300,2008-12-31,12,5.5,paid,
    """
  private let yaml = """
    tape: --portfolio
    columns: {id: loan, bank: bank, sector: sector, employees: staff, start: paid_out, term: months,
      principal: amount, status: status, chargeOffDate: charged_off}
    constants: {model: bank, collateral: patent, ipPart: 100%, repayment: bullet, pd: 4%}
    values: {status: {CHGOFF: chargedOff}}
    sizeByEmployees: {micro: 9, small: 99, medium: 299}
    window: {from: 2004-01, until: 2008-12}
    badRows: setAside
    statusAt: end
    """

  @Test func `are counted by their first reason, with the first line`() throws {
    let outcome = readTape(dirty, yaml)
    #expect(outcome.problems == "")
    let tape = try #require(outcome.tape)
    #expect(
      tape.described == [
        "1001|1001|FIRST BANK|44|-|0.04|bank|micro|patent|bullet|1999-02|84|60000 yuan|100%|0%|",
        "1017|1017|FIRST BANK|81|-|0.04|bank|large|patent|bullet|2008-12|12|5.50 yuan|100%|0%|",
      ])
    #expect(
      tape.setAside.map { "\($0.reason.english): \($0.count) from line \($0.firstLine)" } == [
        "no start: 2 from line 3", "no bank: 1 from line 4",
        "term of zero or less: 2 from line 5", "settled, with a charge-off date: 1 from line 7",
        "written off, without a charge-off date: 1 from line 8",
        "id used more than once: 2 from line 9",
        "principal of zero: 1 from line 11", "unreadable number of employees: 1 from line 12",
        "unknown status: 1 from line 13", "unreadable start: 1 from line 14",
        "too few cells: 1 from line 15", "text behind a closing quote: 1 from line 16",
      ])
    #expect(tape.outsideWindow == 1)
    #expect(tape.banks == ["FIRST BANK"])
  }

  @Test func `and rows that are used or outside the window are all rows`() throws {
    let tape = try #require(readTape(dirty, yaml).tape)
    let rows = dirty.split(separator: "\n").count - 1
    #expect(
      tape.loans.count + tape.outsideWindow + tape.setAside.reduce(0) { $0 + $1.count } == rows)
  }
}
