import Foundation
import TestSupport
import Testing

/// Loan tapes as they come.
struct `Loan tapes` {
  private static func outcome(
    _ rows: [UInt8], _ more: String = "", command: [String] = ["check"]
  ) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("loans.csv", bytes: rows)
    try folder.write(
      "s.yaml", SmallScenario.withTape(TapeTexts.mapping(tape: "loans.csv") + more))
    return try await Command.run(command + ["s.yaml"], in: folder.path)
  }

  @Test func `what is wrong with a row is said with row and column`() async throws {
    let rows = TapeTexts.rows.replacing("L2,甲银行,2024-02,12", with: "L2,甲银行,2024-02-31,12")
      .replacing("L3,乙银行,2024-03,12", with: "L3,乙银行,2024-03,0")
    let outcome = try await Self.outcome(Array(rows.utf8), command: ["run"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("loans.csv:3:8: error[invalid-date]"))
    #expect(outcome.errors.contains("'2024-02-31'"))
    #expect(outcome.errors.contains("loans.csv:4:16: error[zero-term]"))
    #expect(outcome.errors.contains("2 problems."))
  }

  @Test func `bad rows are set aside and counted if the scenario says so`() async throws {
    let rows = TapeTexts.rows.replacing("L3,乙银行,2024-03,12", with: "L3,乙银行,2024-03,0")
    let outcome = try await Self.outcome(Array(rows.utf8), "\n  badRows: setAside")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("3 loans of 3 enterprises at 2 banks"))
    #expect(outcome.output.contains("not used: 1 rows, term of zero or less"))
  }

  /// They were only counted: nobody could tell which rows were missing from a result.
  @Test func `rows set aside are told with their lines, and written`() async throws {
    let folder = try TemporaryFolder()
    let rows = TapeTexts.rows.replacing("L3,乙银行,2024-03,12", with: "L3,乙银行,2024-03,0")
    try folder.write("loans.csv", rows)
    try folder.write(
      "s.yaml",
      SmallScenario.withTape(TapeTexts.mapping(tape: "loans.csv") + "\n  badRows: setAside"))
    let run = try await Command.run(["run", "s.yaml", "--json", "--out", "o"], in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    let flat = run.output.filter { !$0.isWhitespace }
    #expect(flat.contains(#""reason":"termofzeroorless","count":1,"firstRows":[4]"#))
    let written = try Command.text(of: folder.path + "/o/set-aside.csv")
    #expect(written.hasPrefix("\u{FEFF}line,reason,"))
    #expect(written.contains("\n4,\"term of zero or less\",L3,乙银行,2024-03,0,"))
  }

  /// Studies, traces and shards kept them to themselves; what is wrong in the tape was hidden by a wrong
  /// constant.
  @Test func `rows set aside are told and written by every command`() async throws {
    let folder = try TemporaryFolder()
    let rows = TapeTexts.rows.replacing("L3,乙银行,2024-03,12", with: "L3,乙银行,2024-03,0")
    try folder.write("loans.csv", rows)
    let text = try SmallScenario.withTape(
      TapeTexts.mapping(tape: "loans.csv") + "\n  badRows: setAside")
    try folder.write("s.yaml", text)
    for command in [
      ["size"], ["compare"], ["readings"], ["tornado"], ["trace", "--trial", "1"],
      ["sweep", "--set", "recovery.mean=30%,40%"],
    ] {
      let run = try await Command.run(
        [command[0], "s.yaml", "--trials", "20", "--out", command[0]] + command.dropFirst(),
        in: folder.path)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("term of zero or less (line 4)"), "\(command)")
      let written = try Command.text(of: folder.path + "/\(command[0])/set-aside.csv")
      #expect(written.contains("\n4,\"term of zero or less\",L3,"))
    }
    let shard = try await Command.run(
      ["run", "s.yaml", "--trials", "20", "--shard", "0/1", "--out", "p/0.part"], in: folder.path)
    #expect(shard.output.contains("Rows set aside: 1 (1 × term of zero or less (line 4))"))
    let merged = try await Command.run(["merge", "p", "--out", "m"], in: folder.path)
    #expect(merged.output.contains("Rows set aside: 1 (1 × term of zero or less (line 4))"))
    try folder.write(
      "w.yaml", text.replacing("setAside", with: "refuse").replacing("small", with: "smal"))
    let check = try await Command.run(["check", "w.yaml"], in: folder.path)
    #expect(check.errors.contains("smal") && check.errors.contains("loans.csv:4:16"))
  }

  /// With --json, a refused input left no JSON.
  @Test(arguments: [
    ["portfolio", "nothing.yaml", "--json"], ["policy", "show", "nothing", "--json"],
    ["check", "nothing.yaml", "--json"],
  ]) func `a refused input is told in JSON`(arguments: [String]) async throws {
    let folder = try TemporaryFolder()
    let run = try await Command.run(arguments, in: folder.path)
    #expect(run.status == 65)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(object?["valid"] as? Bool == false)
    #expect((object?["problems"] as? [Any])?.count == 1)
  }

  /// 万元 in the head of a column used to be read as yuan, in silence.
  @Test func `the unit of a head is said`() async throws {
    let text = TapeTexts.rows.replacing("本金", with: "本金（万元）").replacing(
      "\"1,500,000\"", with: "150"
    )
    .replacing("800000", with: "80").replacing("80万", with: "80")
    let outcome = try await Self.outcome(Array(text.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("4100000 yuan in all"))
    #expect(outcome.output.contains("万元, as the header says"))
  }

  @Test func `only so many problems are listed, and the rest is counted`() async throws {
    let bad = (1...50).map { "B\($0),甲银行,never\($0),12,10万,patent,A\n" }.joined()
    let outcome = try await Self.outcome(
      Array((TapeTexts.rows + bad).utf8), "\n  mostProblems: 5")
    #expect(outcome.status == 65)
    #expect(outcome.errors.ranges(of: "error[invalid-date]").count == 5)
    #expect(outcome.errors.contains("and 45 more problems"))
  }

  @Test(arguments: ["UTF-8", "UTF-8 with BOM", "GB18030", "CRLF line ends"])
  func `one tape reads the same in every encoding`(encoding: String) async throws {
    let bytes: [UInt8] =
      switch encoding {
      case "UTF-8 with BOM": [0xEF, 0xBB, 0xBF] + Array(TapeTexts.rows.utf8)
      case "GB18030": TapeTexts.gb18030(TapeTexts.rows)
      case "CRLF line ends": Array(TapeTexts.rows.replacing("\n", with: "\r\n").utf8)
      default: Array(TapeTexts.rows.utf8)
      }
    let outcome = try await Self.outcome(bytes)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("4 loans of 4 enterprises at 2 banks, 4100000 yuan in all"))
    let run = try await Self.outcome(bytes, command: ["portfolio"])
    #expect(run.output.contains("甲银行") && run.output.contains("乙银行"))
  }

  @Test func `a tape can be given on the command line`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("mine.csv", TapeTexts.rows)
    try folder.write("s.yaml", SmallScenario.withTape(TapeTexts.mapping(tape: "--portfolio")))
    let without = try await Command.run(["check", "s.yaml"], in: folder.path)
    #expect(without.status == 65)
    #expect(without.errors.contains("add --portfolio FILE"))
    let with = try await Command.run(
      ["check", "s.yaml", "--portfolio", "mine.csv"], in: folder.path)
    #expect(with.status == 0, "\(with.errors)")
  }

  @Test func `the scenario of the real tape maps a tape of its kind`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("sba.csv", TapeTexts.likeSBA)
    let scenario = Command.root + "/scenarios/sba-7a"
    let outcome = try await Command.run(
      ["check", scenario, "--portfolio", "sba.csv"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    for line in [
      "3 loans of 3 enterprises at 2 banks", "1 rows, no start", "1 rows, term of zero or less",
      "1 rows, settled, with a charge-off date", "1 rows, no bank",
      "1 rows, outside the scenario's window",
    ] {
      #expect(outcome.output.contains(line))
    }
    let run = try await Command.run(
      ["run", scenario, "--portfolio", "sba.csv", "--trials", "100", "--out", "o"],
      in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("in place of 1000万"))
  }
}

/// Tapes for tests.
enum TapeTexts {
  /// Four loans.
  static let rows = """
    编号,银行,放款,期限,本金,质押,评级
    L1,甲银行,2024-01,12,100万,patent,A
    L2,甲银行,2024-02,12,"1,500,000",patent,B
    L3,乙银行,2024-03,12,80万,trademark,A
    L4,乙银行,2024-04,6,800000,patent,A

    """

  /// How they are read.
  static func mapping(tape: String) -> String {
    """
      tape: \(tape)
      columns: {id: 编号, bank: 银行, start: 放款, term: 期限, principal: 本金, collateral: 质押, grade: 评级}
      constants: {model: bank, size: small, repayment: bullet, sector: all, ipPart: 100%, rate: 4%}
      facts: {others: met}
    """
  }

  /// Eight loans in the shape and with the faults of the tape that `scenarios/sba-7a` reads.
  static let likeSBA = """
    loan_id,bank,state,naics,employees,approval_date,disbursement_date,term_months,disbursed,\
    approved,guaranteed,status,charge_off_date,charged_off_principal
    1,FIRST BANK,CA,0,4,2004-01-15,2004-02-29,84,60000,60000,48000,paid,,0
    2,FIRST BANK,CA,0,40,2004-01-15,2004-03-31,84,250000,250000,200000,charged-off,2008-05-01,90000
    3,"BANK, THE SECOND",NY,0,120,2005-06-01,2005-07-31,120,500000,500000,375000,paid,,0
    4,FIRST BANK,CA,0,4,2004-01-15,,84,60000,60000,48000,paid,,0
    5,FIRST BANK,CA,0,4,2004-01-15,2004-02-29,0,60000,60000,48000,paid,,0
    6,FIRST BANK,CA,0,4,2004-01-15,2004-02-29,84,60000,60000,48000,paid,2009-01-01,0
    7,,CA,0,4,2004-01-15,2004-02-29,84,60000,60000,48000,paid,,0
    8,FIRST BANK,CA,0,4,1997-01-15,1997-02-28,60,60000,60000,48000,paid,,0

    """

  /// A text as Excel in China saves it; only the Chinese characters of `rows` are known here.
  static func gb18030(_ text: String) -> [UInt8] {
    let codes: [Character: [UInt8]] = [
      "编": [0xB1, 0xE0], "号": [0xBA, 0xC5], "银": [0xD2, 0xF8], "行": [0xD0, 0xD0],
      "放": [0xB7, 0xC5], "款": [0xBF, 0xEE], "期": [0xC6, 0xDA], "限": [0xCF, 0xDE],
      "本": [0xB1, 0xBE], "金": [0xBD, 0xF0], "质": [0xD6, 0xCA], "押": [0xD1, 0xBA],
      "评": [0xC6, 0xC0], "级": [0xBC, 0xB6], "甲": [0xBC, 0xD7], "乙": [0xD2, 0xD2],
      "万": [0xCD, 0xF2],
    ]
    return text.flatMap { codes[$0] ?? Array(String($0).utf8) }
  }
}
