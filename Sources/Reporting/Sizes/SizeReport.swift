public import FundCore
public import Planning

/// How large a fund must be: what the report says, without any format.
public struct SizeReport: Sendable {
  /// The sizes.
  public let sizes: SizeStudy
  /// The precision that is wanted; `nil` if none was asked for.
  public let precision: SizeStudy.Precision?
  /// How much can be lent; `nil` if it was not asked for.
  public let lending: LendingStudy?

  /// Composes a report.
  public init(
    _ sizes: SizeStudy, precision: SizeStudy.Precision? = nil, lending: LendingStudy? = nil
  ) {
    self.sizes = sizes
    self.precision = precision
    self.lending = lending
  }

  /// The report for people, on a terminal of so many columns.
  public func terminalText(language: Language, width: Int = 100) -> String {
    TerminalReport(width: width).rendered(SizeComposer(report: self, language: language).blocks)
  }

  /// The report for programs: one JSON object, as `Schemas/size.schema.json` describes it.
  public func json() -> String { SizeJSON(report: self).value.text }
}
