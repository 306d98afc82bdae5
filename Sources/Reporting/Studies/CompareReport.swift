public import FundCore
public import Planning

/// Variants side by side: what the report says, without any format.
public struct CompareReport: Sendable {
  /// The rows, and how they differ.
  public let comparison: Comparison

  /// Composes a report.
  public init(_ comparison: Comparison) { self.comparison = comparison }

  /// The report for people, on a terminal of so many columns.
  public func terminalText(language: Language, width: Int = 100) -> String {
    TerminalReport(width: width).rendered(CompareComposer(report: self, language: language).blocks)
  }

  /// The report for programs: one JSON object, as `Schemas/compare.schema.json` describes it.
  public func json() -> String { CompareJSON(report: self).value.text }
}
