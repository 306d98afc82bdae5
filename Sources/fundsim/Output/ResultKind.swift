import ReportForm

/// The kinds of results, by the command that writes them.
enum ResultKind: String, Codable {
  case run, replay, trace, explain, portfolio, size, compare, sweep, tornado, readings, calibrate,
    backtest, verify

  /// The file that holds the report's JSON object; `nil` if none is written.
  var jsonName: String? {
    switch self {
    case .run: "summary.json"
    case .portfolio: nil
    default: rawValue + ".json"
    }
  }
  /// Whether its report can be written as a page.
  var hasPage: Bool { files.contains { $0.name == "report.html" } }

  /// The files that a result of the kind can have, and how each starts. An older result's that the
  /// new one has not are taken away, if they start so or a manifest lists them.
  var files: [(name: String, start: [UInt8])] {
    let json = OutputFolder.jsonStart
    let page = ("report.html", OutputFolder.pageStart)
    let rows = ("set-aside.csv", OutputFolder.setAsideStart)
    let files: [(String, String)] =
      switch self {
      case .run:
        [
          ("summary.json", json),
          ("timeline.csv", CSVFace.byteOrderMark + "fund,month,calendarMonth"),
          ("money.csv", CSVFace.byteOrderMark + "fund,year,figure,mean,standardError,"),
          ("indicators.csv", CSVFace.byteOrderMark + "fund,year,figure,mean,standardError,q5,"),
          ("cost.csv", CSVFace.byteOrderMark + "fund,party,figure,value,"),
          ("contributions.csv", CSVFace.byteOrderMark + "fund,by,group"), page, rows,
        ]
      case .replay:
        [
          ("replay.json", json), page, rows,
          ("set-aside-recoveries.csv", OutputFolder.setAsideStart),
        ]
      case .trace: [("trace.json", json), page, rows]
      case .explain: [("explain.json", OutputFolder.explanationStart), page]
      case .portfolio: [rows]
      case .calibrate:
        [
          ("calibrate.json", json), page, ("posterior.csv", "draw,pd"),
          ("calibrated.yaml", "# From "),
        ]
      case .size:
        [
          ("size.json", json), ("sizes.csv", CSVFace.byteOrderMark + "survival,months,size,"), page,
          rows,
        ]
      case .compare:
        [
          ("compare.json", json), ("compare.csv", CSVFace.byteOrderMark + "row,fund,figure,"), page,
          rows,
        ]
      case .verify: [("verify.json", json), page]
      case .sweep, .tornado, .readings, .backtest:
        [(rawValue + ".json", json), page, rows]
      }
    return files.map { ($0.0, Array($0.1.utf8)) }
      + (self == .run ? TrialsFormat.allCases.map { ($0.fileName, $0.start) } : [])
  }
}
