import FundCore
import ReportForm
import Reporting

/// What gives a report in all its forms.
protocol ReportSource {
  /// The report in both languages.
  var report: Report { get }
  /// The report for programs.
  func json() -> String
}

extension ReportSource {
  /// The report in all its forms.
  ///
  /// - Parameter files: What is written beside the JSON object.
  func faces(files: [ResultFile]) -> ReportFaces {
    ReportFaces({ report }, json: json, files: files)
  }
}

extension BacktestReport: ReportSource {}
extension CalibrationReport: ReportSource {}
extension CompareReport: ReportSource {}
extension ReadingsReport: ReportSource {}
extension ExplanationReport: ReportSource {}
extension ReplayReport: ReportSource {}
extension RiskReport: ReportSource {}
extension ServeReport: ReportSource {}
extension SizeReport: ReportSource {}
extension SweepReport: ReportSource {}
extension TornadoReport: ReportSource {}
extension TraceReport: ReportSource {}
