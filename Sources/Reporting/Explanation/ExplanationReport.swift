public import ClaimRules
public import FundCore
public import ReportForm

/// What an explanation says, without any format.
public struct ExplanationReport: Sendable {
  let explanation: Explanation
  let engine: EngineVersion

  /// Makes the report of an explanation.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - engine: The version of the program.
  public init(_ explanation: Explanation, engine: EngineVersion) {
    self.explanation = explanation
    self.engine = engine
  }

  /// The report in both languages, for every face.
  public var report: Report {
    ExplanationComposer(explanation: explanation, engine: engine).report
  }

  /// The explanation for programs: one JSON object, as `Schemas/explanation.schema.json` describes
  /// it.
  public func json() -> String {
    ExplanationJSON(explanation: explanation, version: engine).value.text
  }
}
