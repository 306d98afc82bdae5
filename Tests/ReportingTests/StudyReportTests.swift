import Foundation
import FundCore
import LossStatistics
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
    let compare: CompareReport
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
    var request = StudyRequest(scenarios: [root + "/scenarios/three-models"], choices: choices)
    request.programmes = ["dalian-2018", "baotou", "chaoyang"]
    request.models = ["bank", "insurer"]
    let compared = try VariantStudy(try request.variants()).result(version: "1", simulate: run)
    let tornado = try TornadoStudy(
      fund, version: "1", figure: .shortfall(.percent(95)), step: 0.2, simulate: run)
    return Reports(
      size: SizeReport(sizes, precision: .relative(0.01), lending: lending),
      compare: CompareReport(Comparison(compared)), tornado: TornadoReport(try #require(tornado)),
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
      ("size", made.size.terminalText(language: language), made.size.json()),
      ("compare", made.compare.terminalText(language: language), made.compare.json()),
      ("tornado", made.tornado.terminalText(language: language), made.tornado.json()),
      ("readings", made.readings.terminalText(language: language), made.readings.json()),
    ]
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
    let words = StudyWords(.english, for: 5e6)
    func text(_ value: Double, _ error: Double, chance: Double, figure: StudyFigure = .unpaid)
      -> String
    {
      var difference = FigureDifference(
        figure, Estimate(value: value, standardError: error, sampleCount: 100), isIdentical: false,
        chance: chance)
      difference.adjustedChance = chance
      return words.difference(difference)
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
    let pages = [
      try made.size.page(language: language), try made.compare.page(language: language),
      try made.tornado.page(language: language), try made.readings.page(language: language),
    ]
    for page in pages {
      let outline = PageOutline(page)
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

  @Test func `a page has the parts of its report, departures before all others`() {
    let blocks: [ReportBlock] = [
      .title("T"), .subheading("S"), .list(["a departure"]), .paragraph("p"), .heading("H"),
      .subheading("inside"), .list(["an item"]),
    ]
    let parts = StudyPage.parts(of: blocks)
    #expect(parts.title == "T")
    #expect(parts.notes == [.subheading("S"), .list(["a departure"])])
    #expect(parts.sections.map(\.title) == [nil, "H"])
    #expect(
      parts.sections.map(\.blocks) == [
        [.paragraph("p")], [.subheading("inside"), .list(["an item"])],
      ])
  }
}
