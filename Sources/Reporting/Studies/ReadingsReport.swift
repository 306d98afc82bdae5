public import FundCore
public import Planning

/// What every open sentence of a programme is worth: what the report says, without any format.
public struct ReadingsReport: Sendable {
  /// The sentences with their readings.
  public let readings: ReadingsStudy

  /// Composes a report.
  public init(_ readings: ReadingsStudy) { self.readings = readings }

  /// The report for people, on a terminal of so many columns.
  public func terminalText(language: Language, width: Int = 100) -> String {
    TerminalReport(width: width).rendered(
      ReadingsComposer(readings: readings, language: language).blocks)
  }

  /// The report for programs: one JSON object, as `Schemas/readings.schema.json` describes it.
  public func json() -> String { ReadingsJSON(readings: readings).value.text }
}
