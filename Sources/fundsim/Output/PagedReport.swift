import FundCore
import Reporting

/// A report that people read on a terminal or as a page, and programs as a JSON object.
protocol PagedReport {
  func terminalText(language: Language, width: Int) -> String
  func json() -> String
  func page(language: Language) throws -> String
}

extension PagedReport {
  /// The report in all its forms, in the current language.
  func faces(files: [ResultFile]) -> ReportFaces {
    ReportFaces(
      text: { terminalText(language: .current, width: $0) }, json: json,
      page: { try page(language: .current) }, files: files)
  }
}

extension BacktestReport: PagedReport {}
extension CalibrationReport: PagedReport {}
extension CompareReport: PagedReport {}
extension ReadingsReport: PagedReport {}
extension SizeReport: PagedReport {}
extension SweepReport: PagedReport {}
extension TornadoReport: PagedReport {}
