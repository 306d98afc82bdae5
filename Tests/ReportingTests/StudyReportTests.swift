import Foundation
import FundCore
import LossStatistics
import ReportForm
import ScenarioInput
import Simulation
import TestSupport
import Testing

@testable import Planning
@testable import Reporting

/// The reports of studies, in both languages.
@Suite struct StudyReportTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static func document(_ name: String) throws -> ScenarioDocument {
    try ScenarioDocument(path: root + "/scenarios/" + name)
  }

  private static let choices = ScenarioChoices(trials: 60)

  private static func run(_ plan: SimulationPlan, later: Int? = nil) -> SimulationResult {
    simulate(plan, threads: 2)
  }

  /// One report of each kind, composed once.
  private struct Reports: Sendable {
    let size: SizeReport
    let serve: ServeReport
    let compare: CompareReport
    let sweep: SweepReport
    let tornado: TornadoReport
    let readings: ReadingsReport
  }

  private static let made = Result { try make() }

  private static func make() throws -> Reports {
    let fund = try document("three-models").keepingFund(0).scenario(choices: choices)
    var sizes = try SizeStudy(
      fund, version: "1", levels: [.percent(90)], months: [12, 60], simulate: run)
    try sizes.confirm(simulate: run)
    let lending = try LendingStudy(fund, levels: [.percent(90)], months: [60], simulate: run)
    let limited = try document("other-cities/drafts.yaml").keepingFund(5)
      .scenario(choices: ScenarioChoices(trials: 20))
    let served = try ServeStudy(
      limited, version: "1", .init(share: .percent(90), months: [12, 60]), simulate: run)
    var request = StudyRequest(scenarios: [root + "/scenarios/three-models"], choices: choices)
    request.programmes = ["dalian-2018", "baotou", "chaoyang"]
    request.models = ["bank", "insurer"]
    let compared = try VariantStudy(try request.variants()).result(version: "1", simulate: run)
    let tornado = try TornadoStudy(
      fund, version: "1", .init(figure: .shortfall(.percent(95)), step: 0.2), simulate: run)
    var grid = StudyRequest(scenarios: [root + "/scenarios/three-models"], choices: choices)
    grid.isAboutOneFund = true
    grid.settings = [
      try VariedSetting("funds.1.initial=800万,1600万", option: "--set"),
      try VariedSetting("recovery.mean=20%,35%", option: "--set"),
    ]
    let swept = try VariantStudy(try grid.variants()).result(version: "1", simulate: run)
    return Reports(
      size: SizeReport(sizes, precision: .relative(0.01), lending: lending),
      serve: ServeReport(served),
      compare: CompareReport(Comparison(compared)),
      sweep: SweepReport(SweepStudy(swept, settings: grid.settings, figure: .exhaustion)),
      tornado: TornadoReport(try #require(tornado)),
      readings: ReadingsReport(
        try ReadingsStudy(
          try document("baotou"), choices: choices, fund: nil, version: "1", simulate: run)))
  }

  /// A report of each kind in a language, and its JSON object.
  private static func reports(
    _ language: Language
  ) throws -> [(name: String, text: String, json: String)] {
    let made = try made.get()
    return [
      ("size", made.size.report, made.size.json()),
      ("size", made.serve.report, made.serve.json()),
      ("compare", made.compare.report, made.compare.json()),
      ("sweep", made.sweep.report, made.sweep.json()),
      ("tornado", made.tornado.report, made.tornado.json()),
      ("readings", made.readings.report, made.readings.json()),
    ].map { ($0, TerminalFace(language: language).text(of: $1), $2) }
  }

  @Test(arguments: Language.allCases)
  func `reports fit the terminal and have no figure without its sign`(language: Language) throws {
    for report in try Self.reports(language) {
      let wide = report.text.split(separator: "\n").filter { DisplayWidth.of(String($0)) > 100 }
      #expect(wide == [], "\(report.name)")
      #expect(!report.text.contains("{") && !report.text.contains(" nan"), "\(report.name)")
      let heading = language == .english ? "Provenance" : "来源说明"
      #expect(report.text.contains("\n\(heading)\n"), "\(report.name)")
    }
  }

  /// What is ours to say is said in Chinese: no line of prose is left in English. Names, paths and
  /// messages of readers are as they were written.
  @Test func `a Chinese report has no English sentences of its own`() throws {
    for report in try Self.reports(.chinese) {
      for phrase in [
        "the fund", "probability of", "mean ", "of the", "trials", "Against", "in use",
      ] {
        let found = report.text.split(separator: "\n").filter {
          $0.contains(phrase) && !$0.contains("Art.") && !$0.contains("three operating models")
        }
        #expect(found == [], "\(report.name)")
      }
    }
  }

  @Test func `objects keep to their schemas, with keys in their order`() throws {
    for report in try Self.reports(.english) {
      let path = Self.root + "/Sources/Reporting/Schemas/\(report.name).schema.json"
      let schema = try OrderedJSON(try String(contentsOfFile: path, encoding: .utf8))
      #expect(SchemaCheck(schema: schema).problems(of: try OrderedJSON(report.json)) == [])
    }
  }

  @Test func `differences are signed, marked, and have no digits below a yuan`() {
    let money = MoneyScale(5e6)
    func text(_ value: Double, _ error: Double, chance: Double, figure: StudyFigure = .unpaid)
      -> String
    {
      var difference = FigureDifference(
        figure, Estimate(value: value, standardError: error, sampleCount: 100), isIdentical: false,
        chance: chance)
      difference.adjustedChance = chance
      return money.text(Figure(difference)).english
    }
    #expect(text(1_234_567, 20_000, chance: 0) == "+1.235 ± 0.020")
    #expect(text(-1_234_567, 20_000, chance: 0.2) == "-1.235 ± 0.020~")
    #expect(text(0.03, 0.0006, chance: 0) == "< 1 yuan")
    #expect(text(0.0123, 0.002, chance: 0.01, figure: .exhaustion) == "+1.23 ± 0.20")
  }
}

/// The web pages of studies.
extension StudyReportTests {
  @Test(arguments: Language.allCases)
  func `pages of studies are well formed, with a chart and its figures`(language: Language) throws {
    let made = try Self.made.get()
    let reports = [
      made.size.report, made.serve.report, made.compare.report, made.sweep.report,
      made.tornado.report, made.readings.report,
    ]
    for report in reports {
      let outline = PageOutline(try PageFace(language: language).page(of: report))
      #expect(outline.problem == nil)
      #expect(outline.dangers == [])
      #expect(!outline.texts(of: "h1").isEmpty)
      let figures = outline.elements.count { $0.name == "figure" }
      #expect(figures >= 1)
      #expect(outline.elements.count { $0.attributes["role"] == "img" } == 2 * figures)
      let ids = outline.elements.compactMap { $0.attributes["id"] }
      #expect(Set(ids).count == ids.count)
    }
  }

  /// Departures stand before every answer: 800万 is less than the programme asks for.
  @Test(arguments: Language.allCases)
  func `what departs from the text stands before all answers`(language: Language) throws {
    let text = TerminalFace(language: language).text(of: try Self.made.get().sweep.report)
    let head = language == .english ? "Set against the programme's text" : "与办法原文不同的设定"
    let answers = language == .english ? "Fund: " : "基金：银行模式"
    let place = try #require(text.range(of: head))
    let name = language == .english ? "initial amount" : "初始资金"
    let override = try #require(text.range(of: "\(name) = 800万"))
    #expect(place.upperBound < override.lowerBound)
    #expect(
      override.lowerBound < (try #require(text.range(of: answers, options: .backwards))).lowerBound)
  }

  /// Of sixty trials, every probability is a number of sixtieths.
  @Test func `every table is a file of numbers`() throws {
    let files = CSVFace(language: .english).files(of: try Self.made.get().sweep.report)
    let grid = try #require(files.first { $0.name == "table-grid.csv" }).text
    let rows = grid.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    #expect(rows.map(\.first) == [rows[0][0], "800万", "1600万"])
    for row in rows.dropFirst() {
      let odds = try #require(Double(row[1]))
      #expect(abs(odds * 60 - (odds * 60).rounded()) < 1e-9)
    }
  }
}

/// The words of studies.
extension StudyReportTests {
  @Test func `a reading is named by its question, not by its number alone`() throws {
    let report = try Self.made.get().readings.report
    let tables = report.tables.filter { ["ranking", "moves"].contains($0.name) }
    #expect(tables.count == 2)
    for label in tables.flatMap(\.rows).compactMap(\.first) {
      guard case .words(let words) = label else {
        Issue.record("\(label)")
        continue
      }
      #expect(words.english.contains("(I-") && !words.english.hasPrefix("I-"))
      #expect(words.chinese.contains("（I-") && !words.chinese.hasPrefix("I-"))
    }
  }

  @Test func `a tail is named by the cases that lie in it`() {
    #expect(StudyFigure.shortfall(.percent(99)).name.chinese == "最差1%情形的平均风险补偿")
    #expect(StudyFigure.capital(.percent(95)).name.chinese == "95%足额所需资本")
    #expect(
      StudyFigure.breach(threshold: "suspension", bank: nil).name
        == LocalizedText(en: "odds of 'suspension', any bank", zh: "中止发放触线概率，任一银行"))
  }

  @Test func `settings and rows have names in both languages`() throws {
    #expect(Names.setting("funds.2.initial") == LocalizedText(en: "initial amount", zh: "初始资金"))
    #expect(Names.setting("funds.*.caps.x").english == "funds.*.caps.x")
    #expect(Names.value("bank", of: "funds.1.model").chinese == "银行模式")
    let study = try Self.made.get().compare.comparison.study
    let row = try #require(study.rows.first)
    #expect(row.name == "dalian-2018 · bank")
    #expect(study.words(of: row).chinese == "dalian-2018 · 银行模式")
  }
}
