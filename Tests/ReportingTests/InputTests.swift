import FundCore
import ResultFacts
import ScenarioInput
import TestSupport
import Testing

@testable import Reporting
import ReportForm

/// Two scenarios that differ say so: in the inputs of programs, and in what people read.
@Suite struct InputTests {
  /// A key, a base scenario, and what to set there: ` ; ` stands between several settings.
  private static let changes: [String: (base: String, edits: [(path: String, text: String)])] = {
    let lines = InputBases.changes.split(separator: "\n").map { line in
      line.split(separator: "|").map { $0.trimmingBlanks }
    }
    let pairs = lines.map { parts in
      let edits = parts[2].parts(between: " ; ").map { text in
        let place = text.firstIndex(of: "=") ?? text.endIndex
        return (path: String(text[..<place]), text: String(text[place...].dropFirst()))
      }
      return (parts[0], (base: parts[1], edits: edits))
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  /// Keys that cannot move an answer, or that have one value only; each with the reason.
  private static let excepted: [String: String] = [
    "title": "it names the report",
    "portfolio.facts.others": "the one value met",
    "portfolio.mostProblems": "how many problems of a refused tape are listed",
    "funds[].shares.bank": "what the others leave, and nothing else",
    "funds[].shares.province": "fixed by the only text that has a province; an override changes it",
    "funds[].overrides[].reason.zh": "words of the analyst, in the report as they stand",
    "funds[].overrides[].reason.en": "words of the analyst, in the report as they stand",
  ]

  @Test func `every key of a scenario changes the inputs or is named as one that cannot`() throws {
    let keys = try ScenarioKeys.all()
    #expect(keys.count > 100)
    let unknown = keys.filter { Self.changes[$0] == nil && Self.excepted[$0] == nil }
    #expect(unknown == [], "these keys are new: how do they change the inputs?")
    let gone = (Array(Self.changes.keys) + Self.excepted.keys).filter { !keys.contains($0) }
    #expect(gone == [], "the schema has no such key")
  }

  @Test(arguments: InputBases.names)
  func `changed keys change what programs and people read`(base: String) throws {
    let folder = try TemporaryFolder()
    let path = try InputBases.write(base, into: folder)
    let document = try ScenarioDocument(path: path)
    let before = try Self.compiled(document)
    for (key, change) in Self.changes.sorted(by: { $0.key < $1.key }) where change.base == base {
      do {
        var changed = document
        for edit in change.edits {
          changed = try changed.setting(
            ScenarioEdit(path: edit.path, text: edit.text, option: "test"))
        }
        let after = try Self.compiled(changed)
        #expect(Self.inputs(before) != Self.inputs(after), "\(key) in the JSON")
        for language in Language.allCases {
          #expect(
            Self.printed(before, language) != Self.printed(after, language),
            "\(key) in print, \(language)")
        }
      } catch {
        Issue.record("\(key): \(error)")
      }
    }
  }

  @Test func `every fact has a label, in words of each language`() throws {
    for base in InputBases.names {
      let folder = try TemporaryFolder()
      let document = try ScenarioDocument(path: InputBases.write(base, into: folder))
      for line in InputLine.all(of: try Self.compiled(document).source.provenance) {
        #expect(line.label.english != line.fact.key, "\(line.fact.key)")
        #expect(!line.value.isEmpty, "\(line.fact.key)")
      }
    }
  }

  /// Shares, counts and amounts of the base scenario `gaussian`, as it states them.
  @Test func `values are those that the scenario states, with their units`() throws {
    let folder = try TemporaryFolder()
    let document = try ScenarioDocument(path: InputBases.write("gaussian", into: folder))
    let lines = InputLine.all(of: try Self.compiled(document).source.provenance)
    func text(_ key: String) -> LocalizedText? { lines.first { $0.fact.key == key }?.value }
    #expect(text("horizon") == .init(en: "36 months", zh: "36个月"))
    #expect(text("portfolio.generate.banks") == .init(en: "A 60%; B 40%", zh: "A 60%；B 40%"))
    #expect(text("recovery.mean") == .init(same: "40%"))
    #expect(
      text("defaults.stress")
        == .init(
          en: "2024-03 to 2024-05 2; 2024-06 to 2024-06 6",
          zh: "2024-03至2024-05 2；2024-06至2024-06 6"))
    let grades = try #require(lines.first { $0.fact.key == "defaults.grades" })
    guard case .items(let items) = grades.fact.value else {
      Issue.record("no probabilities by grade")
      return
    }
    #expect(items.map(\.value) == [.proportion(digits: "0.02"), .proportion(digits: "0.08")])
    let loans = try Self.compiled(document).source.provenance.portfolio.loans
    #expect(items.reduce(0) { $0 + ($1.loans ?? 0) } == loans)
  }

  /// Stretches that follow each other are steps; between and behind them probabilities are as given.
  @Test func `the curve by age is told in months since the start`() throws {
    let folder = try TemporaryFolder()
    let document = try ScenarioDocument(path: InputBases.write("monthly", into: folder)).setting(
      ScenarioEdit(
        path: "defaults.ageCurve",
        text: "[{from: 13, until: 24, factor: 2}, {from: 25, until: 30, factor: 2}, "
          + "{from: 37, factor: 0.5}, {from: 1, until: 6, factor: 0}]", option: "test"))
    let lines = InputLine.all(of: try Self.compiled(document).source.provenance)
    #expect(
      lines.first { $0.fact.key == "defaults.ageCurve" }?.value
        == .init(
          en: "months 1 to 6 0; months 13 to 30 2; from month 37 0.5",
          zh: "第1至6个月 0；第13至30个月 2；第37个月起 0.5"))
  }

  private static func compiled(_ document: ScenarioDocument) throws -> CompiledScenario {
    try document.scenario().compiled(version: "1.2.3")
  }

  /// What programs read.
  private static func inputs(_ compiled: CompiledScenario) -> String {
    InputJSON.all(of: compiled.source.provenance).text
  }

  /// What people read of the inputs in the report of a run, without digests and figures.
  private static func printed(_ compiled: CompiledScenario, _ language: Language) -> [String] {
    let provenance = compiled.source.provenance
    var lines = ["\(provenance.seed)", "\(provenance.trials)"]
    lines += InputLine.general(provenance).map { $0.label[language] + $0.value[language] }
    lines += provenance.overrides.map { "\($0.parameter) \($0.value)" }
    lines += provenance.readings.map { "\($0.interpretation) \($0.name)" }
    for (position, fund) in compiled.source.funds.enumerated() {
      lines += [fund.name, fund.programme, fund.operatingModel, "\(fund.initial)"]
      lines += ["\(fund.claimDelayMonths)"] + fund.shares.map { $0.share[language] }
      lines += fund.terms.map { $0.label[language] + $0.text[language] }
      lines += InputLine.further(ofFund: position, provenance).map {
        $0.label[language] + $0.value[language]
      }
    }
    return lines
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String { split(separator: " ").joined(separator: " ") }
}

extension String {
  fileprivate func parts(between separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
