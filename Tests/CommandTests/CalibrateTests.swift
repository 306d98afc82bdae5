import Foundation
import TestSupport
import Testing

/// From a yearly table to probabilities, as a user does it.
struct `Calibrating` {
  private static let fiveYears = """
    year,atRisk,defaults
    2020,200,4
    2021,200,7
    2022,200,3
    2023,200,9
    2024,200,5

    """

  private static func run(
    _ table: String, _ further: [String] = []
  ) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("h.csv", table)
    return try await Command.run(["calibrate", "h.csv"] + further, in: folder.path)
  }

  /// The JSON object of a table, which its schema describes.
  private static func object(
    _ table: String, _ further: [String] = []
  ) async throws -> [String: Any] {
    let outcome = try await run(table, ["--json"] + further)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/calibrate.schema.json")
    #expect(schema.problems(of: object) == [])
    return try #require(object as? [String: Any])
  }

  private static func quantiles(_ object: [String: Any], _ name: String) throws -> [Double] {
    let posterior = try #require(object["posterior"] as? [[String: Any]])
    let item = try #require(posterior.first { $0["parameter"] as? String == name })
    return ["low", "median", "high"].compactMap { item[$0] as? Double }
  }

  private static func isClose(_ found: [Double], _ wanted: [Double], by part: Double) -> Bool {
    found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) <= part * $1 }
  }

  /// HISTORY.md §1, reference values.
  @Test func `five years give the reference values, and a correlation not to be told from 0`()
    async throws
  {
    let object = try await Self.object(Self.fiveYears)
    let best = try #require(object["bestEstimate"] as? [String: Double])
    #expect(abs((best["pd"] ?? 0) - 0.028) < 0.00005 && best["assetCorrelation"] == 0)
    #expect(best["persistence"] == 0 && Set(best.keys).contains("logLikelihood"))
    #expect(object["atBound"] as? [String] == ["assetCorrelation"])
    let (pd, correlation) = (
      try Self.quantiles(object, "pd"), try Self.quantiles(object, "assetCorrelation")
    )
    #expect(Self.isClose(pd, [0.0189, 0.0309, 0.0579], by: 0.03))
    #expect(Self.isClose(correlation, [0.005, 0.049, 0.203], by: 0.1))
  }

  /// HISTORY.md §1, reference values: the table of 1998 to 2013, as it is and with the heads, the
  /// title, the units and the totals of a Chinese ledger, rows in another order.
  @Test func `sixteen years give the reference values, in whatever words`() async throws {
    let cells =
      "5413/3 5991/8 6105/18 5948/61 5869/42 5004/26 5011/5 12113/49 15328/413 15915/366 "
      + "13764/582 12557/97 11423/52 10718/41 6056/28 3449/6"
    let rows = cells.split(separator: " ").enumerated().map { year, cell in
      let parts = cell.split(separator: "/").map(String.init)
      return (year: 1998 + year, atRisk: parts[0], defaults: parts[1])
    }
    let plain =
      "year,atRisk,defaults\n"
      + rows.map { "\($0.year),\($0.atRisk),\($0.defaults)\n" }.joined()
    let ledger =
      "历年违约统计表,,\n违约笔数（笔）,在险笔数（笔）,年份\n"
      + rows.reversed().map { "\($0.defaults)笔,\"\($0.atRisk)\",\($0.year)年度\n" }.joined()
      + "1797,140664,合计\n制表人：张三,,\n"
    var texts: [String] = []
    for table in [plain, ledger] {
      let object = try await Self.object(table)
      let best = try #require(object["bestEstimate"] as? [String: Double])
      #expect(abs((best["pd"] ?? 0) - 0.0089) < 0.0001)
      #expect(abs((best["assetCorrelation"] ?? 0) - 0.139) < 0.002)
      let pd = try Self.quantiles(object, "pd")
      let correlation = try Self.quantiles(object, "assetCorrelation")
      #expect(Self.isClose(pd, [0.006, 0.0098, 0.0178], by: 0.03))
      #expect(Self.isClose(correlation, [0.094, 0.156, 0.259], by: 0.03))
      texts.append("\(pd) \(correlation)")
      let unused = try #require(object["unused"] as? [[String: Any]])
      #expect(unused.map { $0["count"] as? Int } == (table == plain ? [] : [1, 1]))
    }
    #expect(texts[0] == texts[1])
  }

  /// Pluto and Tasche 2005, in HISTORY.md §1: 100 A, 400 B, 300 C with 0/2/1 defaults. Independent
  /// loans know no years, so that halves of them in two years have the same bounds.
  @Test func `few defaults have the published bounds`() async throws {
    let table = """
      年份,评级,在险户数,违约户数
      2020,A,50,0
      2020,B,200,1
      2020,C,150,1
      2021,A,50,0
      2021,B,200,1
      2021,C,150,0

      """
    let object = try await Self.object(table, ["--correlation", "0.12"])
    let bounds = try #require(object["lowDefault"] as? [[String: Any]])
    func independent(_ grade: String) -> [Double] {
      bounds.filter {
        $0["grade"] as? String == grade && $0["assetCorrelation"] as? Double == 0
      }.compactMap { ($0["bound"] as? Double).map { $0 * 100 } }
    }
    let wanted = [
      "A": [0.4588, 0.6378, 0.8332, 0.9663, 1.2501, 1.6225],
      "B": [0.5243, 0.7288, 0.9519, 1.1039, 1.4278, 1.8527],
    ]
    for (grade, values) in wanted {
      let found = independent(grade)
      #expect(found.count == 6 && zip(found, values).allSatisfy { abs($0 - $1) < 1e-4 })
    }
    #expect(Set(bounds.compactMap { $0["assetCorrelation"] as? Double }) == [0, 0.12])
    let best = try #require(object["bestEstimate"] as? [String: Double])
    #expect(best["pd.A"] == 0 && best["assetCorrelation"] == 0.12)
    #expect((object["atBound"] as? [String])?.contains("pd.A") == true)
  }

  /// 12-month loans that all default evenly: 1.36 % of those at the start is 2.5 % a year.
  @Test func `loans counted at the start are converted, if it is said how long they run`()
    async throws
  {
    let table = "年份,年初笔数,违约笔数\n2020,10000,136\n2021,10000,136\n"
    let unclear = try await Self.run(table)
    #expect(unclear.status == 65 && unclear.errors.contains("h.csv:1:4: error[counting-unclear]"))
    let object = try await Self.object(table, ["--counted", "atStart", "--remaining", "6.5"])
    let best = try #require(object["bestEstimate"] as? [String: Double])
    #expect(abs((best["pd"] ?? 0) - 0.025) < 0.0001)
  }

  /// A year's 36 of 100 and the other's 12 of 60 came back: 48 of 160, whatever the units.
  @Test func `recoveries are told where the table has them, in its units`() async throws {
    let object = try await Self.object(
      "年份,在险笔数,违约笔数,损失（万元）,追偿（元）\n2020,100,4,100,360000\n2021,100,2,60,120000\n")
    let recovery = try #require(object["recovery"] as? [String: Any])
    #expect(abs((recovery["mean"] as? Double ?? 0) - 0.3) < 1e-12)
    #expect(recovery["standardDeviation"] is NSNull && recovery["badYears"] is NSNull)
    let without = try await Self.object(Self.fiveYears)
    #expect(without["recovery"] is NSNull)
  }

  @Test func `files are one result, and draw 0 is the best estimate`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("h.csv", Self.fiveYears)
    let arguments = [
      "calibrate", "h.csv", "--draws", "50", "--out", "o", "--report", "--seed", "7",
    ]
    let outcome = try await Command.run(arguments, in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let rows = try folder.text("o/posterior.csv").split(whereSeparator: \.isNewline)
    #expect(rows.count == 52 && rows[0] == "draw,pd,assetCorrelation")
    let first = rows[1].split(separator: ",").compactMap { Double($0) }
    #expect(first.count == 3 && first[0] == 0 && abs(first[1] - 0.028) < 0.00005 && first[2] == 0)
    #expect(rows.last?.hasPrefix("50,") == true)
    // The likeliest correlation, 0, would promise too much: the fragment has the median.
    let fragment = try folder.text("o/calibrated.yaml")
    #expect(fragment.contains("\n  pd: 2.8%\n") && fragment.contains("\n  assetCorrelation: 0.04"))
    #expect(!fragment.contains("recovery:"))
    let manifest = try folder.text("o/manifest.json")
    for name in ["calibrate.json", "calibrated.yaml", "posterior.csv", "report.html"] {
      #expect(manifest.contains("\"\(name)\""))
    }
    #expect(try folder.text("o/report.html").contains("<svg"))
    let again = try await Command.run(arguments, in: folder.path)
    #expect(again.status == 0 && again.output == outcome.output)
    let other = try await Command.run(
      ["calibrate", "h.csv", "--out", "p", "--quiet", "--draws", "50", "--seed", "7"],
      in: folder.path)
    #expect(other.status == 0 && other.output.isEmpty)
    #expect(try folder.text("p/posterior.csv") == folder.text("o/posterior.csv"))
  }

  /// The fragment is ready to paste: a scenario with it in place of its own keys can be run.
  @Test func `the fragment runs in a scenario`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("h.csv", Self.fiveYears)
    let outcome = try await Command.run(
      ["calibrate", "h.csv", "--out", "o", "--quiet"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let scenario = SmallScenario.text
    let start = try #require(scenario.range(of: "\ndefaults:"))
    let end = try #require(scenario.range(of: "\nrecovery:"))
    try folder.write(
      "s.yaml",
      scenario[..<start.lowerBound] + "\n" + (try folder.text("o/calibrated.yaml"))
        + scenario[end.lowerBound...])
    let run = try await Command.run(
      ["run", "s.yaml", "--trials", "20", "--json"], in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test(arguments: [
    ("en", ["not to be told from 0", "asset correlation", "3 to 16 %", "2.80 %", "Provenance"]),
    ("zh", ["无法与0区分", "历史之前", "3至16%", "2.80%", "来源说明"]),
  ])
  func `the report says what is not known, in both languages`(
    language: String, words: [String]
  ) async throws {
    let outcome = try await Self.run(Self.fiveYears, ["--lang", language])
    for word in words { #expect(outcome.output.contains(word), "\(word)") }
  }

  /// What cannot be calibrated, each with its place.
  static let broken: [(table: String, errors: [String])] = [
    (
      "year,atRisk,defaults\n2020,10,20\n2020,50,1\n2021,x,-1\n",
      [
        "h.csv:2:9: error[more-defaults-than-at-risk]", "h.csv:3:1: error[year-twice]",
        "h.csv:4:6: error[not-a-number]", "h.csv:4:8: error[out-of-range]", "4 problems.",
      ]
    ),
    ("year,atRisk,defaults\n2020,100,2\n2023,100,3\n", ["error[years-missing]", "2021, 2022"]),
    ("year,atRisk,defaults\n2020,100,2\n", ["error[one-year-only]", "2020"]),
    // 1 − 0.05^(1/200) = 1.487 %: the bound without a correlation, rounded up.
    ("year,atRisk,defaults\n2020,100,0\n2021,100,0\n", ["error[no-default]", "below 1.49 %"]),
    ("year,atRisk,defaults\n2020,10,10\n2021,7,7\n", ["error[all-defaulted]"]),
    (
      "year,grade,atRisk,defaults\n2020,A,100,1\n2020,合计,100,3\n2021,A,100,2\n",
      ["h.csv:2:6: error[grades-overlap]", "h.csv:4:6: error[grades-overlap]"]
    ),
    (
      "year,grade,atRisk,defaults\n2020,A,100,1\n2020,A级,100,3\n2021,A,100,2\n2021,B/A,9,2\n",
      [
        "h.csv:3:6: error[grades-overlap]", "the grades 'A级' and 'A' overlap",
        "h.csv:5:6: error[grades-overlap]",
      ]
    ),
    (
      "合同编号,放款日期,期限\n1,2020-01-01,12\n",
      ["h.csv:1: error[missing-column]: no column 'overdueDate'", "--terms", "1 problem."]
    ),
    ("loan,start\n1,2020-01-01\n", ["error[missing-column]", "with a row a loan", "3 problems."]),
    ("year,atRisk,defaults\n", ["error[no-rows]"]),
    ("year,atRisk,defaults,loss,recovered\n2020,9,1,5,6\n2021,9,1,,\n", ["recovered-above-loss"]),
    ("year,atRisk,defaults\n2020年末,9,1\n21,9,1\n", ["h.csv:2:1: error[not-a-year]", "'21'"]),
  ]

  @Test(arguments: broken.indices)
  func `a broken table is refused with its place and the way out`(index: Int) async throws {
    let (table, errors) = Self.broken[index]
    let outcome = try await Self.run(table, ["--out", "o"])
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    for error in errors { #expect(outcome.errors.contains(error), "\(outcome.errors)") }
    #expect(outcome.errors.contains("Nothing was calibrated."))
  }

  @Test(arguments: [
    ["--persistence", "1"], ["--counted", "atStart"], ["--remaining", "6"], ["--draws", "1"],
    ["--counted", "atStart", "--remaining", "13"], ["--correlation", "-0.1"],
    ["--correlation-prior", "0.1,0.9"], ["--grades", "A,A"], ["--report"],
    ["--correlation", "0.1", "--correlation-prior", "0.1,0.05"],
  ])
  func `a wrong option ends with status 64`(options: [String]) async throws {
    #expect(try await Self.run(Self.fiveYears, options).status == 64)
  }

  @Test func `a persistence is estimated on request, from eight years on`() async throws {
    let few = try await Self.run(Self.fiveYears, ["--persistence", "estimate"])
    #expect(few.status == 65 && few.errors.contains("error[too-few-years]"))
    let years = (0..<8).map { "\(2015 + $0),500,\([2, 3, 8, 14, 12, 6, 3, 4][$0])\n" }.joined()
    let object = try await Self.object(
      "year,atRisk,defaults\n" + years, ["--persistence", "estimate"])
    #expect(try Self.quantiles(object, "persistence").count == 3)
    let given = try await Self.object(Self.fiveYears, ["--persistence", "0.4"])
    #expect((given["bestEstimate"] as? [String: Double])?["persistence"] == 0.4)
  }
}
