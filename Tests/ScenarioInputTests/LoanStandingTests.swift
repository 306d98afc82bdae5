import CompensationKernel
import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

/// A run of 2024 to 2026.
private let run = TapeMapping.Run(
  first: CivilMonth(ordinal: 2024 * 12), last: CivilMonth(ordinal: 2026 * 12 + 11))

/// Reads a tape for a run.
private func readTape(_ text: String, _ yaml: String, for run: TapeMapping.Run) -> TapeOutcome {
  var outcome = readMapping(yaml)
  guard var mapping = outcome.mapping, outcome.problems.isEmpty else { return outcome }
  mapping.run = run
  let collector = ProblemCollector()
  do {
    let table = try DelimitedTable(bytes: Array(text.utf8), file: "t.csv")
    outcome.tape = readTape(table, mapping: mapping, problems: collector)
    try collector.throwIfAny()
  } catch {
    outcome.problems = "\(error)"
  }
  return outcome
}

struct `The term of a loan` {
  private static let yaml = plainTapeMapping.replacing("term: term", with: "maturity: due")

  /// A column of maturities was not understood; 31 January to 30 January are twelve months.
  @Test(arguments: [
    ("2024-01-31", "2025-01-30", 12), ("2024-02-29", "2024-08-29", 6),
    ("2024-01-01", "2024-12-31", 12), ("2024-01-31", "2024-02-29", 1),
    ("2024-08-31", "2025-02-28", 6), ("2024-01-15", "2024-01-20", 1),
    ("2024-01-15", "2024-02-29", 1), ("2024-01-15", "2024-03-01", 2),
    ("2024-01-15", "2025-01-14", 12), ("2024-01", "2025-01-31", 12), ("2024-01-31", "2025-01", 12),
    ("2023-12-31", "2024-06-30", 6),
  ]) func `follows from its maturity`(start: String, due: String, months: Int16) throws {
    let tape = readTape("id,start,due,amount,bank\nA,\(start),\(due),5,甲\n", Self.yaml).tape
    #expect(try #require(tape).loans.map(\.termMonths) == [months])
  }

  @Test func `is one before its maturity only`() {
    let problems = readTape(
      "id,start,due,amount,bank\nA,2024-05-01,2024-05-01,5,甲\nB,2024-05,2024-04,5,甲\n", Self.yaml
    ).problems
    #expect(problems.contains("t.csv:2:14: error[maturity-not-after-start]"))
    #expect(problems.contains("t.csv:3:11: error[maturity-not-after-start]"))
  }

  @Test func `contradicts its maturity by a month or more`() throws {
    let yaml = plainTapeMapping.replacing("term: term", with: "term: term, maturity: due")
    let head = "id,start,term,due,amount,bank\n"
    let right = "A,2024-01-15,12,2025-01-20,5,甲\nB,2024-01-15,13,2025-01-20,5,甲\n"
    let either = "C,2024-01-15,,2024-07-15,5,甲\nD,2024-01-15,9,,5,甲\n"
    let tape = try #require(readTape(head + right + either, yaml).tape)
    #expect(tape.loans.map(\.termMonths) == [12, 13, 6, 9])
    let problems = readTape(head + "A,2024-01-15,24,2025-01-20,5,甲\n", yaml).problems
    #expect(problems.contains("error[contradictory-term]"))
    #expect(problems.contains("12 months and 5 days behind the start, and the term is 24 months"))
  }
}

struct `A loan that cannot matter` {
  /// Loans before and after the run were simulated, and 0 defaults were the answer.
  @Test func `is left out by its dates, and counted`() throws {
    let rows = """
      id,start,term,amount,bank
      A,2019-01,12,5,甲
      B,2022-12,12,6,甲
      C,2023-01,12,7,甲
      D,2026-12,12,8,乙
      E,2027-01,12,9,丙
      E,2027-02,12,10,丙
      """
    let tape = try #require(readTape(rows, plainTapeMapping, for: run).tape)
    #expect(tape.loans.map(\.id) == ["C", "D"])
    #expect(tape.banks == ["甲", "乙"])
    #expect(tape.leftOut.map(\.reason) == [.maturedBefore, .startsAfter])
    #expect(tape.leftOut.map(\.count) == [2, 2])
    #expect(tape.leftOut.map(\.amount) == [.yuan(11), .yuan(19)])
    let none = readTape("id,start,term,amount,bank\nA,2019-01,12,5,甲\n", plainTapeMapping, for: run)
    #expect(none.problems.contains("error[no-loans]"))
    #expect(none.problems.contains("1 matured before the run"))
    #expect(none.problems.contains("from 2024-01 to 2026-12"))
  }

  /// The status only found contradictions; settled loans were simulated.
  @Test(
    arguments: [
      ("正常", nil), ("关注", nil), ("存续", nil), ("current", nil), ("running", nil),
      ("已结清", .settled), ("结清", .settled), ("settled", .settled), ("paid", .settled),
      ("核销", .writtenOff), ("已核销", .writtenOff), ("written off", .writtenOff),
      ("转让", .transferred), ("transferred", .transferred), ("逾期", .inDefault), ("不良", .inDefault),
      ("次级", .inDefault), ("可疑", .inDefault), ("损失", .inDefault),
    ] as [(String, LeftOutReason?)])
  func `is left out by its status`(word: String, reason: LeftOutReason?) throws {
    let yaml = plainTapeMapping.replacing("bank: bank}", with: "bank: bank, status: status}")
    let rows = "id,start,term,amount,bank,status\nA,2023-06,12,5,甲,\(word)\nB,2024-02,12,6,甲,正常\n"
    let tape = try #require(readTape(rows, yaml, for: run).tape)
    #expect(tape.leftOut.map(\.reason) == [reason].compactMap(\.self))
    #expect(tape.loans.count == (reason == nil ? 2 : 1))
  }

  @Test func `was written off before the opening, and not after it`() throws {
    let yaml = plainTapeMapping.replacing(
      "bank: bank}", with: "bank: bank, status: status, chargeOffDate: charged}")
    let rows = """
      id,start,term,amount,bank,status,charged
      A,2023-06,12,5,甲,核销,2023-12-31
      B,2023-06,12,5,甲,核销,2024-01-01
      """
    let tape = try #require(readTape(rows, yaml, for: run).tape)
    #expect(tape.loans.map(\.id) == ["B"])
    #expect(tape.leftOut.map(\.reason) == [.writtenOff])
    // A study that looks back has the status of the end.
    let end = try #require(readTape(rows, yaml + "\nstatusAt: end", for: run).tape)
    #expect(end.loans.count == 2)
  }

  /// 余额: exposure at the opening, and the schedule from it.
  @Test func `has nothing outstanding`() throws {
    let yaml = plainTapeMapping.replacing("bank: bank}", with: "bank: bank, outstanding: left}")
    let rows = """
      id,start,term,amount,bank,left
      A,2023-08-15,12,300万,甲,50万
      B,2023-09-15,12,300万,甲,300万
      C,2023-09-15,12,300万,甲,0
      D,2024-03-15,12,300万,甲,
      E,2024-03-15,12,300万,甲,300万
      F,2022-03-15,12,300万,甲,100万
      """
    let tape = try #require(readTape(rows, yaml, for: run).tape)
    #expect(tape.loans.map(\.id) == ["A", "B", "D", "E"])
    #expect(tape.loans.map(\.outstanding) == [.yuan(500_000), .yuan(3_000_000), nil, nil])
    // August to January are five months; twelve are the last.
    let schedule = tape.loans[0].schedule
    #expect(schedule.outstanding(monthsAfterStart: 5) == .yuan(500_000))
    #expect(schedule.outstanding(monthsAfterStart: 12) == .yuan(500_000))
    #expect(schedule.outstanding(monthsAfterStart: 13) == .zero)
    #expect(tape.leftOut.map(\.reason) == [.settled, .inDefault])
    let wrong = readTape(
      "id,start,term,amount,bank,left\nA,2023-08,12,5,甲,6\nB,2024-02,12,5,甲,3\n", yaml, for: run)
    #expect(wrong.problems.contains("t.csv:2:18: error[outstanding-too-large]"))
    #expect(wrong.problems.contains("t.csv:3:18: error[outstanding-of-later-loan]"))
  }

  /// An enterprise in default at the opening is told to the funds, and a loan that is not
  /// simulated takes room of its enterprise's limits and makes it a customer of its bank.
  @Test func `is remembered for its enterprise`() throws {
    let yaml = plainTapeMapping.replacing(
      "bank: bank}", with: "bank: bank, enterprise: firm, status: status}")
    let rows = """
      id,start,term,amount,bank,firm,status
      A,2023-06,12,5,甲,X,逾期
      B,2024-02,12,6,甲,X,正常
      C,2024-02,3,7,甲,Y,结清
      D,2024-03,12,8,甲,Y,正常
      E,2024-03,12,8,甲,Z,结清
      """
    let tape = try #require(readTape(rows, yaml, for: run).tape)
    #expect(tape.enterprises == ["X", "Y"])
    #expect(tape.defaulted == [0])
    #expect(tape.earlier.map(\.principal) == [.yuan(5), .yuan(7)])
    #expect(tape.earlier.map(\.enterprise) == [0, 1])
    #expect(tape.earlier.map(\.bank) == [0, 0])
  }
}

struct `Words of ledgers` {
  @Test(arguments: [
    ("等额本息", Repayment.annuity), ("等额本金", .equalPrincipal), ("到期一次还本付息", .bullet),
    ("先息后本", .bullet), ("按月付息，到期还本", .bullet), ("annuity", .annuity),
  ]) func `name a way of repayment`(word: String, repayment: Repayment) throws {
    let yaml = plainTapeMapping.replacing("bank: bank}", with: "bank: bank, repayment: r}")
      .replacing("repayment: bullet", with: "rate: 4.5%")
    let tape = readTape("id,start,term,amount,bank,r\nA,2024-01,12,5,甲,\"\(word)\"\n", yaml).tape
    #expect(try #require(tape).loans.map(\.repayment) == [repayment])
  }

  @Test func `name sizes, collateral and models`() throws {
    let yaml = """
      tape: t.csv
      columns: {start: s, term: t, principal: p, bank: b, size: z, collateral: c, model: m}
      constants: {ipPart: 100%, repayment: 到期一次还本}
      """
    let rows = "s,t,p,b,z,c,m\n2024-01,12,5,甲,微型,商标权,担保\n2024-01,12,5,甲,大型企业,著作权,银行模式\n"
    let loans = try #require(readTape(rows, yaml).tape).loans
    #expect(loans.map(\.size) == [.micro, .large])
    #expect(loans.map(\.collateral) == [.trademark, .copyright])
    #expect(loans.map(\.model) == [.guarantor, .bank])
  }

  @Test func `for an annuity need a rate`() {
    let yaml = plainTapeMapping.replacing("repayment: bullet", with: "repayment: 等额本息")
    let problems = readTape("id,start,term,amount,bank\nA,2024-01,12,5,甲\n", yaml).problems
    #expect(problems.contains("error[annuity-without-rate]"))
  }

  /// A word that nobody knows was told once a row.
  @Test func `that are not known are told once`() {
    let yaml = plainTapeMapping.replacing("bank: bank}", with: "bank: bank, size: size}")
      .replacing("size: small, ", with: "")
    let rows = (1...9).map { "A\($0),2024-01,12,5,甲,大大型\n" }.joined()
    let problems = readTape("id,start,term,amount,bank,size\n" + rows, yaml).problems
    #expect(problems.ranges(of: "error[").count == 1)
    #expect(problems.contains("; so in line 3, 4, 5 and in 5 more rows"))
  }
}
