import Foundation
import TestSupport
import Testing

/// From a register of loans with their outcomes to probabilities, as a user does it.
struct `Calibrating a register` {
  private static func object(
    _ register: String, _ further: [String] = []
  ) async throws -> [String: Any] {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", register)
    let outcome = try await Command.run(
      ["calibrate", "r.csv", "--json"] + further, in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/calibrate.schema.json")
    #expect(schema.problems(of: object) == [])
    return try #require(object as? [String: Any])
  }

  /// By hand: the first loan is at risk in 2020-02 … 2021-01, 11 months of 2020 and one of 2021; the
  /// second in 2020-07 … 2021-02, when it is overdue: 6 and 2; the third, repaid in 2021-03, in
  /// 2021-02 and 2021-03; the fourth in 2021-06 … 2021-12, where the register ends: 7.
  static let register = """
    合同编号,放款日期,期限（月）,首个逾期日,结清日,评级,本金损失（万元）,追偿金额（元）,追偿日期
    甲,2020-01-15,12,,,B,,,
    乙,2020-06-01,24,2021-02-20,,B,50,100000,2021-10-05
    丙,2021-01-31,12,,2021-03-10,A,,,
    丁,2021-05-05,36,,,A,,,
    合计,,,,,,50,,

    """

  @Test func `counts the months at risk of every loan`() async throws {
    let object = try await Self.object(Self.register, ["--until", "2021-12"])
    let years = try #require(object["years"] as? [[String: Any]])
    func months(_ year: Int, _ grade: String) -> Double? {
      years.first { $0["year"] as? Int == year && $0["grade"] as? String == grade }
        .flatMap { $0["atRisk"] as? Double }.map { ($0 * 12 * 1000).rounded() / 1000 }
    }
    #expect(months(2020, "B") == 17 && months(2021, "B") == 3)
    #expect(months(2020, "A") == 0 && months(2021, "A") == 9)
    // The names say the order, although B stands first.
    let best = try #require(object["bestEstimate"] as? [String: Double])
    #expect(best["pd.A"] == 0 && (best["pd.B"] ?? 0) > 0)
    // The first years of the loans have 11 + 1 + 6 + 2 + 2 + 7 months.
    let ages = try #require(object["ages"] as? [[String: Any]])
    #expect(ages.count == 1 && ages[0]["defaults"] as? Int == 1)
    #expect(abs((ages[0]["loanYears"] as? Double ?? 0) - 29.0 / 12) < 1e-9)
    let unused = try #require(object["unused"] as? [[String: Any]])
    #expect(unused.map { $0["count"] as? Int } == [1])
  }

  /// What lies behind the last day has not happened: the default of 2021-02 is none in 2020.
  @Test func `leaves out what came later`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.register)
    let outcome = try await Command.run(
      ["calibrate", "r.csv", "--until", "2021-01-31"], in: folder.path)
    #expect(outcome.status == 65 && outcome.errors.contains("error[no-default]"))
  }

  /// Six closed cases with 0, 20, 40, 60, 80 and 100 % recovered, of which one is closed by that: mean
  /// 50 %, variance (2500 + 900 + 100) / 3.
  @Test func `tells mean, deviation and lag of the recoveries`() async throws {
    let cases = (0..<6).map { number in
      "2020-01-10,24,202\(number % 2)-0\(number + 3)-10,100万,\(number * 20)万,2021-12-01,2021-12-20\n"
    }
    let rest = (0..<60).map { "2020-0\($0 % 9 + 1)-10,24,,,,,\n" }
    let register =
      "start,term,overdueDate,lossPrincipal,recovered,recoveredDate,writtenOffDate\n"
      + (cases + rest).joined()
    let object = try await Self.object(register, ["--until", "2022-06-30"])
    let recovery = try #require(object["recovery"] as? [String: Any])
    #expect(abs((recovery["mean"] as? Double ?? 0) - 0.5) < 1e-9)
    let deviation = recovery["standardDeviation"] as? Double ?? 0
    #expect(abs(deviation * deviation - 0.35 / 3) < 1e-9)
    #expect(recovery["closed"] as? Int == 6 && recovery["open"] as? Int == 0)
    let folder = try TemporaryFolder()
    try folder.write("r.csv", register)
    let outcome = try await Command.run(
      ["calibrate", "r.csv", "--until", "2022-06", "--out", "o", "--quiet"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try folder.text("o/posterior.csv").split(whereSeparator: \.isNewline)
    #expect(
      rows[0] == "draw,pd,assetCorrelation,recovery.mean,recovery.standardDeviation")
    #expect(rows.count == 1026 && rows[1].split(separator: ",").count == 5)
    let fragment = try folder.text("o/calibrated.yaml")
    #expect(fragment.contains("\n  mean: 50%\n  standardDeviation: 34.157%\n"))
  }

  /// Grade B has one default in 5 loan-months: more than its loan-years. Such grades ended the program.
  @Test(arguments: [["--json"], [], ["--ordered"]])
  func `does not end in a trap where grades default within months`(options: [String]) async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "r.csv",
      "start,term,overdueDate,grade\n2020-01-01,12,,A\n2020-01-01,12,2020-06-01,B\n"
        + "2020-02-01,24,2021-06-01,C\n")
    let outcome = try await Command.run(["calibrate", "r.csv"] + options, in: folder.path)
    #expect(outcome.status == 0 || outcome.status == 65, "\(outcome.errors)")
  }

  @Test func `tells all problems at once`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "r.csv",
      "id,start,term,overdueDate\n1,2020-13-01,12,\n1,2020-01-01,x,\n2,2020-05-01,12,2020-04-01\n")
    let outcome = try await Command.run(["calibrate", "r.csv"], in: folder.path)
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    for error in ["r.csv:2:3: error", "r.csv:3:1: error[loan-twice]", "r.csv:3:14: error"] {
      #expect(outcome.errors.contains(error), "\(outcome.errors)")
    }
    #expect(outcome.errors.contains("r.csv:4:17: error[overdue-before-disbursement]"))
  }

  // MARK: Terms files

  /// A ledger in its own words: nothing in it is known without the terms.
  private static let ledger = """
    no,branch,out,months,amount,class,first_bad,lost,cured_on
    1,甲,15/01/2020,12,100,gold,,,
    2,甲,01/06/2020,24,100,basic,20/02/2021,50,
    3,乙,31/01/2021,12,100,gold,,,
    4,乙,05/05/2021,36,100,basic,10/07/2021,,01/09/2021
    5,乙,05/05/2021,0,100,basic,,,

    """

  private static let terms = """
    title: t
    opening: 2020-01
    until: 2021-12
    register:
      columns: {id: no, bank: branch, start: out, term: months, principal: amount, grade: class,
        overdueDate: first_bad, lossPrincipal: lost, curedDate: cured_on}
      dateFormat: dd/MM/yyyy
      units: {principal: 万元, lossPrincipal: 万元}
      values: {grade: {gold: A, basic: B}}
      constants: {model: bank, size: small, collateral: patent, ipPart: 100%, repayment: bullet, rate: 4%}
      facts: {others: met}
      badRows: setAside
    recoveries:
      tape: back.csv
      columns: {id: no, recoveredDate: on, recovered: got}
    funds:
      - {name: f, programme: baotou, model: bank, start: 2020-01, interestRate: 0%}

    """

  /// Loan 2 defaults in 2021-02; loan 4 was overdue and paid on; loan 5 has no term. Ten of fifty came back in
  /// July and ten in November: the middle of the money came in July, five months on.
  @Test func `a terms file names the columns, and what came back`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.ledger)
    try folder.write("terms.yaml", Self.terms)
    try folder.write("back.csv", "no,on,got\n2,2021-07-05,10万\n2,2021-11-05,10万\n")
    let outcome = try await Command.run(
      ["calibrate", "r.csv", "--terms", "terms.yaml", "--json"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let years = try #require(object["years"] as? [[String: Any]])
    func cell(_ year: Int, _ grade: String) -> [String: Any]? {
      years.first { $0["year"] as? Int == year && $0["grade"] as? String == grade }
    }
    // Loan 1: 11 months and one; loan 2: 6 and 2; loan 3: 11 of 2021; loan 4: 7 of 2021.
    func months(_ year: Int, _ grade: String) -> Double? {
      (cell(year, grade)?["atRisk"] as? Double).map { ($0 * 12 * 1000).rounded() / 1000 }
    }
    #expect(months(2020, "A") == 11 && months(2020, "B") == 6)
    #expect(months(2021, "A") == 12 && months(2021, "B") == 9)
    #expect(cell(2021, "B")?["defaults"] as? Int == 1)
    let unused = try #require(object["unused"] as? [[String: Any]])
    #expect(unused.map { $0["count"] as? Int } == [1])
    let notices = try #require(object["notices"] as? [String])
    #expect(notices.contains { $0.contains("1 loans were overdue and made up for it") })
    #expect(!notices.contains { $0.contains("--until") })
  }

  @Test func `a terms file is told what is wrong with it`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.ledger)
    try folder.write("back.csv", "no,on,got\n")
    try folder.write(
      "terms.yaml", Self.terms.replacing("overdueDate: first_bad", with: "overdueDate: bad"))
    let wrong = try await Command.run(
      ["calibrate", "r.csv", "--terms", "terms.yaml"], in: folder.path)
    #expect(wrong.status == 65 && wrong.errors.contains("'bad'"), "\(wrong.errors)")
    #expect(
      wrong.errors.contains("terms.yaml:6:") && wrong.errors.contains("Nothing was calibrated."))
    try folder.write("terms.yaml", Self.terms)
    let grades = try await Command.run(
      ["backtest", "r.csv", "--terms", "terms.yaml", "--grades", "A,C"], in: folder.path)
    #expect(
      grades.status == 65 && grades.errors.contains("error[unknown-grade]: 'B'"), "\(grades.errors)"
    )
    let alone = try await Command.run(
      ["calibrate", "r.csv", "--recoveries", "back.csv"], in: folder.path)
    #expect(alone.status == 64)
  }

  @Test func `files given for each other are named`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.ledger)
    try folder.write("terms.yaml", Self.terms)
    let terms = try await Command.run(["calibrate", "terms.yaml"], in: folder.path)
    #expect(terms.status == 65 && terms.errors.contains("terms.yaml"), "\(terms.errors)")
    #expect(!terms.errors.contains("missing-column"))
    let table = try await Command.run(
      ["calibrate", "r.csv", "--terms", "r.csv"], in: folder.path)
    #expect(table.status == 65 && !table.errors.contains("missing-column"), "\(table.errors)")
  }

  // MARK: Ages

  /// All defaults come in the loans' second year: the report says so, and the fragment with its curve runs.
  @Test(arguments: ["en", "zh"]) func `a history in which age matters asks for a curve`(
    language: String
  ) async throws {
    let folder = try TemporaryFolder()
    let loans = (0..<900).map { number -> String in
      let start = "\(2015 + number / 150)-\(number % 12 + 1)-10"
      let bad = number % 15 == 4 ? "\(2017 + number / 150)-\(number % 12 + 1)-28" : ""
      return "\(start),36,\(bad)\n"
    }
    try folder.write("r.csv", "start,term,overdueDate\n" + loans.joined())
    let outcome = try await Command.run(
      ["calibrate", "r.csv", "--until", "2023-12", "--out", "o", "--lang", language],
      in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(language == "en" ? "WARNING:" : "警告：此表与违约概率"))
    let fragment = try folder.text("o/calibrated.yaml")
    #expect(fragment.contains("\n  ageCurve: [{from: 1, until: 12, factor: 0."))
    let scenario = SmallScenario.text
    let start = try #require(scenario.range(of: "\ndefaults:"))
    let end = try #require(scenario.range(of: "\nrecovery:"))
    try folder.write(
      "s.yaml", scenario[..<start.lowerBound] + "\n" + fragment + scenario[end.lowerBound...])
    let run = try await Command.run(
      ["run", "s.yaml", "--trials", "20", "--lang", language], in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains(language == "en" ? "months 1 to 12 0." : "第1至12个月 0."))
  }
}
