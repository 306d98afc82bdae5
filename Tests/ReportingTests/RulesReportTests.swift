import ClaimRules
import FundCore
import ScenarioInput
import Simulation
import TestSupport
import Testing

@testable import ReportForm
@testable import Reporting

/// The reports of `replay`, `trace` and `explain`, through every face.
@Suite struct RulesReportTests {
  /// The register whose sums `ReplayTests` works by hand; a loan and a bank with names of an attacker.
  private static func replay() throws -> ReplayReport {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "r.csv",
      """
      id,enterprise,bank,size,collateral,ipPart,repayment,rate,start,term,principal,overdueDate,lossPrincipal,recognisedDate,appliedDate,recovered,recoveredDate,returnedDate
      L1,甲公司,<b>甲</b>\u{202E},small,patent,100%,bullet,5%,2024-01-15,12,100万,2024-06-01,80万,2024-08-01,2024-09-20,30万,2024-12-02,2025-02-10
      L2,乙公司,乙银行,micro,patent,60%,bullet,5%,2024-03-01,12,60万,,,,,,,
      =1+1,丙公司,<b>甲</b>\u{202E},small,patent,100%,bullet,5%,2025-01-10,12,90万,2025-04-01,90万,,2025-06-03,,,

      """)
    var request = ReplayRequest(register: path)
    request.programme = "baotou"
    request.options = [
      .model: "bank", .fund: "1000万", .start: "2024-01", .facts: "met", .until: "2025-12",
    ]
    let study = try readRegister(request)
    let replays = study.replays()
    return ReplayReport(
      replays, funds: replays.map { study.description(of: $0) },
      provenance: study.provenance(version: "1"), opening: study.opening)
  }

  /// Trial 7 of twenty of a fund of Baotou's.
  private static func trace(fund: Int = 0) throws -> TraceReport {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    var choices = ScenarioChoices()
    choices.trials = 20
    let scenario = try readScenario(path: "/\(root)/scenarios/baotou", choices: choices)
    let compiled = scenario.compiled(version: "1")
    let history = simulateTrials(compiled.plan, [7])[0]
    let replay = scenario.replay(history, fund: fund)
    return TraceReport(
      choice: .init(trial: 7, rank: nil), replay: replay, fund: compiled.source.funds[fund],
      months: scenario.drawnMonths(of: history).map {
        .init(factors: $0.factors, defaultCount: $0.defaultCount, overdue: $0.overdue)
      }, sectors: scenario.factorSectors, provenance: compiled.source.provenance,
      differences: replay.differences(from: history.funds[fund]).map(\.words))
  }

  private static func explanation() throws -> ExplanationReport {
    let claim = try readClaim(options: [
      .programme: ["baotou"], .model: ["guarantor"], .fundStart: ["2024-01"],
      .interestRate: ["0%"], .reading: ["I-7=limitedToPaid"], .principal: ["1000万"],
      .ipPart: ["100%"], .size: ["small"], .collateral: ["patent"], .term: ["12"],
      .start: ["2024-03-01"], .overdue: ["2025-02-10"], .facts: ["met"], .loss: ["1000万"],
      .recovered: ["600万"], .recoveredOn: ["2026-01-05"],
    ])
    return ExplanationReport(try #require(claim.explanation()), engine: "1")
  }

  private static func reports() throws -> [Report] {
    [try replay().report, try trace().report, try explanation().report]
  }

  @Test(arguments: Language.allCases)
  func `each has a page that is well formed and safe`(language: Language) throws {
    for report in try Self.reports() {
      let page = try PageFace(language: language).page(of: report)
      let outline = PageOutline(page)
      #expect(outline.problem == nil && outline.dangers == [])
      #expect(!page.contains("<b>") && !page.contains("\u{202E}"))
      let ids = outline.elements.compactMap { $0.attributes["id"] }
      #expect(Set(ids).count == ids.count)
      // As many tables as the report has, each with a head for every cell of its rows.
      #expect(outline.elements.count { $0.name == "table" } == report.tables.count)
      for table in report.tables {
        #expect(table.rows.allSatisfy { $0.count == table.heads.count }, "\(table.name)")
      }
    }
  }

  @Test(arguments: Language.allCases, [60, 100, 160])
  func `each stays within its terminal, and steers none`(language: Language, width: Int) throws {
    for report in try Self.reports() {
      let text = TerminalFace(width: width, language: language).text(of: report)
      for line in text.split(separator: "\n") {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
      }
      #expect(!text.contains("\u{202E}") && !text.contains("\u{2068}"))
    }
  }

  /// 30 % of 80万 in 2024, 30 % of the 30万 recovered in 2025, the manager's 15万 a year.
  @Test func `a replay's tables are files with exact amounts`() throws {
    let files = CSVFace(language: .english).files(of: try Self.replay().report)
    #expect(
      files.map(\.name)
        == [
          "index", "left-out", "totals", "parties", "years", "money-by-year",
          "indicators-by-year", "banks", "crossings", "crossings-2", "late", "balance-by-month",
        ].map { "table-\($0).csv" })
    let years = try #require(files.first { $0.name == "table-years.csv" })
    #expect(
      years.text == """
        \u{FEFF}year,claims,compensation,recoveries,fees,"interest, new money",closing\r
        2024,1,240000,0,150000,0,9610000\r
        2025,0,0,90000,150000,0,9550000\r

        """)
    // The first claim is 24万 of the 100万 lent; the loan of 90万 is that of a new customer.
    let crossings = try #require(files.first { $0.name == "table-crossings-2.csv" })
    #expect(
      crossings.text == """
        \u{FEFF}bank,date,value,numerator,denominator,loans refused,yuan refused\r
        <b>甲</b>,2024-09-20,0.24,240000,1000000,1,900000\r

        """)
    // Fifteen working days from Monday 2 December end on the 23rd; 10 February is 49 days later.
    let late = try #require(files.first { $0.name == "table-late.csv" })
    #expect(
      late.text == """
        \u{FEFF}loan,bank,duty,due,done,days late\r
        L1,<b>甲</b>,returnOfRecoveries,2024-12-23,2025-02-10,49\r

        """)
    // At the end of 2024 the first claim and the fee are paid; each month of two years has a row.
    let balance = try #require(files.last)
    #expect(balance.text.contains("\r\n2024-12,9610000\r\n"))
    #expect(balance.text.split(separator: "\r\n").count == 1 + 24)
  }

  @Test func `a trace tells its months, and if it is brief nothing else`() throws {
    var trace = try Self.trace()
    let sections = trace.report.sections.map(\.heading.english)
    #expect(sections.contains("What happened") && sections.last == "Provenance")
    trace.isBrief = true
    #expect(
      trace.report.sections.map(\.heading.english) == sections.filter { $0 != "What happened" })
    let table = try #require(trace.report.tables.first { $0.name == "months" })
    #expect(table.rows.count == trace.months.count)
    let face = TerminalFace(language: .english)
    #expect(
      face.text(of: trace.report).contains("  - every coverage fact without a column"),
      "what was taken for granted stands in every report")
    trace = try Self.trace()
    #expect(!trace.json().contains("\u{2068}"), "marks of direction are for people alone")
  }

  /// The first of Baotou's funds keeps the programme's readings, the second chooses one of I-16.
  @Test func `a trace tells the readings of its own fund`() throws {
    for (fund, hasReading) in [(0, false), (1, true)] {
      let text = TerminalFace(language: .english).text(of: try Self.trace(fund: fund).report)
      #expect(text.contains("Readings chosen") == hasReading)
      #expect(text.contains("I-16, yearEnds") == hasReading && !text.contains("I-8, sixMonths"))
    }
  }

  @Test func `a chosen reading of a claim stands before its steps, as in all reports`() throws {
    let report = try Self.explanation().report
    let notes = report.notes.flatMap { block -> [String] in
      if case .list(let items) = block { items.map(\.english) } else { [] }
    }
    #expect(notes.contains { $0.hasPrefix("baotou: I-7, limitedToPaid: ") })
    let names = CSVFace(language: .english).files(of: report).map(\.name)
    #expect(
      Set(names).isSuperset(
        of: ["coverage", "shares", "caps", "outcome"].map { "table-\($0).csv" }))
  }
}
