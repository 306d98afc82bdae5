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
    #expect(rows.count == 1026 && rows[1].split(separator: ",").count == 6)
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
}
