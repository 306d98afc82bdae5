import Foundation
import TestSupport
import Testing

/// Looking back at a yearly table, as a user does it.
struct `Looking back` {
  /// The table of HISTORY.md §1, 1998 to 2013.
  private static let sixteenYears: String = {
    let cells =
      "5413,3 5991,8 6105,18 5948,61 5869,42 5004,26 5011,5 12113,49 15328,413 15915,366 "
      + "13764,582 12557,97 11423,52 10718,41 6056,28 3449,6"
    let rows = cells.split(separator: " ").enumerated().map { "\(1998 + $0),\($1)\n" }
    return "year,atRisk,defaults\n" + rows.joined()
  }()

  private static func run(_ arguments: [String]) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("h.csv", sixteenYears)
    try folder.write("short.csv", "year,atRisk,defaults\n2020,99,2\n2021,99,3\n2022,99,1\n")
    return try await Command.run(["backtest"] + arguments, in: folder.path)
  }

  /// HISTORY.md §4: the best estimate breaks 99 % in 2001 and 2006, 95 % in 2007 and 2008, too; the
  /// predictive law 99 % never, 95 % in 2006 and 2008.
  @Test func `the sixteen years break the bounds that they should`() async throws {
    let outcome = try await Self.run(["h.csv", "--from-year", "2001", "--json"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/backtest.schema.json")
    #expect(schema.problems(of: object) == [])
    let report = try #require(object as? [String: Any])
    let broken = try #require(report["broken"] as? [String: [String: Int]])
    #expect(
      broken == ["best": ["0.95": 4, "0.99": 2], "predictive": ["0.95": 2, "0.99": 0]])
    let years = try #require(report["brokenYears"] as? [String: [String: [Int]]])
    #expect(years["best"]?["0.99"] == [2001, 2006])
    #expect(years["best"]?["0.95"] == [2001, 2006, 2007, 2008])
    #expect(years["predictive"]?["0.95"] == [2006, 2008])
    let rows = try #require(report["years"] as? [[String: Any]])
    #expect(rows.compactMap { $0["year"] as? Int } == Array(2001...2013))
    #expect(rows.compactMap { $0["seen"] as? Int }.first == 61)
  }

  @Test(arguments: [
    ("en", ["Bounds that were broken", "best estimate, 99 %", "2001 2006", "Provenance"]),
    ("zh", ["被突破的上限", "最佳估计，99%", "2001 2006", "来源说明"]),
  ])
  func `the report names the broken bounds, in both languages`(
    language: String, words: [String]
  ) async throws {
    let outcome = try await Self.run(["h.csv", "--from-year", "2001", "--lang", language])
    try #require(outcome.status == 0, "\(outcome.errors)")
    for word in words { #expect(outcome.output.contains(word), "\(word)\n\(outcome.output)") }
  }

  @Test func `files are written as one result`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("h.csv", Self.sixteenYears)
    let outcome = try await Command.run(
      ["backtest", "h.csv", "--from-year", "2012", "--out", "o", "--report", "--quiet"],
      in: folder.path)
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
    let manifest = try folder.text("o/manifest.json")
    #expect(manifest.contains("\"backtest.json\"") && manifest.contains("\"report.html\""))
    #expect(try folder.text("o/report.html").contains("<svg"))
  }

  @Test func `a history without a year to forecast is refused`() async throws {
    let short = try await Self.run(["short.csv"])
    #expect(short.status == 65 && short.errors.contains("short.csv: error[no-year-to-forecast]"))
    let late = try await Self.run(["h.csv", "--from-year", "2014"])
    #expect(late.status == 65 && late.errors.contains("give a year from 2001 to 2013"))
  }

  /// Three years of two defaults and 20 or 22 lost, then five with 100 lost, which no forecast allows for.
  @Test(arguments: ["en", "zh"]) func `losses are looked back at where they are known`(
    language: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "h.csv",
      "年份,在险笔数,违约笔数,损失（万元）\n2020,400,2,20\n2021,400,2,22\n2022,400,2,20\n2023,400,5,100000\n")
    let outcome = try await Command.run(["backtest", "h.csv", "--json"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/backtest.schema.json")
    #expect(schema.problems(of: object) == [])
    let report = try #require(object as? [String: Any])
    let years = try #require(report["years"] as? [[String: Any]])
    let losses = try #require(years[0]["losses"] as? [String: Any])
    #expect(losses["seen"] as? Double == 1e9)
    let best = try #require(losses["best"] as? [String: Double])
    // 400 loans of 6 defaults in 1,200, each of 62 / 6 (ten thousand): two defaults are expected.
    #expect(abs((best["mean"] ?? 0) / 206_666.67 - 1) < 0.01 && best["pit"] ?? 0 > 0.999)
    let broken = try #require(report["brokenLosses"] as? [String: Any])
    #expect(broken["years"] as? Int == 1)
    #expect(
      (broken["brokenYears"] as? [String: [String: [Int]]])?["predictive"]?["0.99"] == [2023])
    let page = try await Command.run(
      ["backtest", "h.csv", "--out", "o", "--report", "--lang", language], in: folder.path)
    #expect(page.status == 0 && page.output.contains(language == "en" ? "Losses before" : "追偿前损失"))
    #expect(try folder.text("o/report.html").split(separator: "<svg").count > 2)
  }

  /// What is seen of a fund is what `replay` tells by year, to the fen; the made-up register, whose terms have a fund.
  @Test func `a register's fund is looked back at`() async throws {
    let folder = try TemporaryFolder()
    let terms = Command.root + "/scenarios/history/register.yaml"
    let register = Command.root + "/scenarios/history/register.csv"
    let line = ["backtest", register, "--terms", terms, "--from-year", "2021", "--draws", "64"]
    let outcome = try await Command.run(line + ["--json"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let schema = try Schema(path: "Sources/Reporting/Schemas/backtest.schema.json")
    #expect(schema.problems(of: object) == [])
    let report = try #require(object as? [String: Any])
    let years = try #require(report["years"] as? [[String: Any]])
    #expect(years.count == 4)
    // The fund paid in 2021, before any case was closed; in 2022 it did not, and the balance is known.
    for item in years.prefix(2) {
      let year = try #require(item["year"] as? Int)
      let fund = try #require((item["funds"] as? [[String: Any]])?.first)
      let paid = try #require(fund["compensation"] as? [String: Any])
      let held = fund["balance"] as? [String: Any]
      #expect((held == nil) == (year == 2021) && (paid["seen"] as? Double == 0) == (year == 2022))
      var totals: [[String: Any]] = []
      for until in [year - 1, year] {
        let replay = try await Command.run(
          ["replay", register, "--terms", terms, "--until", "\(until)-12-31", "--json"],
          in: folder.path)
        let whole =
          try JSONSerialization.jsonObject(with: Data(replay.output.utf8)) as? [String: Any]
        let fund = try #require((whole?["funds"] as? [[String: Any]])?.first)
        totals.append(try #require(fund["totals"] as? [String: Any]))
      }
      let sums = totals.compactMap { $0["compensation"] as? Double }
      #expect(sums.count == 2 && abs(sums[1] - sums[0] - (paid["seen"] as? Double ?? -1)) < 0.005)
      #expect(paid["worstEnd"] as? String == "high")
      guard let held else { continue }
      #expect(totals[1]["closing"] as? Double == held["seen"] as? Double)
      #expect(held["worstEnd"] as? String == "low")
    }
    #expect((report["brokenFunds"] as? [Any])?.count == 8)
    let chinese = try await Command.run(line + ["--lang", "zh"], in: folder.path)
    #expect(chinese.output.contains("年末余额") && chinese.output.contains("当年补偿"))
  }

  /// A register without terms tells no fund, and the report says so.
  @Test func `without terms no fund is known`() async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(
      ["backtest", Command.root + "/scenarios/history/register.csv", "--draws", "64"],
      in: folder.path)
    #expect(outcome.status == 0 && outcome.output.contains("no terms file names a fund"))
  }
}
