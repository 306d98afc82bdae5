public import FundCore
import ReportForm
public import ResultFacts

/// What `check` found, for programs.
public struct CheckReport {
  /// A scenario without problems.
  public struct Scenario {
    let provenance: Provenance
    let funds: [FundDescription]

    /// Describes a scenario.
    public init(provenance: Provenance, funds: [FundDescription]) {
      self.provenance = provenance
      self.funds = funds
    }
  }

  private let file: String
  private let problems: [Diagnostic]
  private let scenario: Scenario?

  /// Reports on a file: its problems, or what it describes.
  public init(file: String, problems: [Diagnostic], scenario: Scenario? = nil) {
    self.file = file
    self.problems = problems
    self.scenario = scenario
  }

  /// One JSON object.
  public func json() -> String {
    let value: JSONValue = [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "file": .string(file),
      "valid": .bool(problems.isEmpty),
      "problems": .array(problems.map { .problem($0) }),
      "notices": .array(
        (scenario.map { $0.provenance.warnings + $0.provenance.assumptions } ?? []).map {
          .string($0.english)
        }),
      "scenario": scenario.map { described($0) } ?? .null,
    ]
    return value.text
  }

  private func described(_ scenario: Scenario) -> JSONValue {
    let source = scenario.provenance
    return [
      "title": .string(source.scenario.title),
      "digest": .string(source.scenario.digest),
      "trials": .integer(source.trials),
      "seed": .unsigned(source.seed),
      "programmes": .array(source.programmes.map { .programme($0) }),
      "portfolio": .portfolio(source.portfolio),
      "overrides": .array(source.overrides.map { .override($0) }),
      "readings": .array(source.readings.map { .reading($0) }),
      "funds": .array(
        scenario.funds.map { fund in
          [
            "name": .string(fund.name), "programme": .string(fund.programme),
            "operatingModel": .string(fund.operatingModel), "initial": .number(fund.initial.yuan),
            "coverage": .coverage(fund.coverage),
          ]
        }),
    ]
  }
}

/// Why a command that prints JSON did nothing, for programs.
public struct ProblemReport {
  private let file: String
  private let problems: [Diagnostic]

  /// Reports the problems of an input.
  public init(file: String, problems: [Diagnostic]) {
    self.file = file
    self.problems = problems
  }

  /// One JSON object.
  public func json() -> String {
    let value: JSONValue = [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "file": .string(file),
      "valid": .bool(false),
      "problems": .array(problems.map { .problem($0) }),
    ]
    return value.text
  }

  /// The problems as events for the program that started this one: an object each, on a line of its own.
  public static func events(of problems: [Diagnostic]) -> [String] {
    problems.map { JSONValue.object([("event", "problem")] + JSONValue.members(of: $0)).text }
  }
}

extension JSONValue {
  /// A problem of an input, in both languages.
  static func problem(_ problem: Diagnostic) -> JSONValue { .object(members(of: problem)) }

  fileprivate static func members(of problem: Diagnostic) -> [(key: String, value: JSONValue)] {
    let place = problem.location
    return [
      ("file", .string(place.file)),
      ("line", place.line > 0 ? .integer(place.line) : .null),
      ("column", place.column > 0 ? .integer(place.column) : .null),
      ("sheet", place.sheet.map { .string($0) } ?? .null),
      ("cell", place.cell.map { .string($0) } ?? .null),
      ("code", .string(problem.code)),
      ("message", .string(problem.message.english)),
      ("help", .string(problem.advice.english)),
      ("messageZh", .string(problem.message.chinese)),
      ("helpZh", .string(problem.advice.chinese)),
    ]
  }
}
