import ArgumentParser
import Calibration
import FundCore
import Reporting
import ScenarioInput

/// `calibrate`: what a history of defaults says of the probabilities, and what it leaves open.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: Language.say(
      en:
        "Estimate PD and correlation from a yearly table of defaults, and say what stays unknown.",
      zh: "由年度违约表估计违约概率与相关系数，并说明未知的程度。"),
    discussion: Language.say(
      en: """
        The table (CSV) has the columns year, atRisk, defaults and, if known, grade, exposure, loss and
        recovered; Chinese heads such as 年份, 在险笔数, 违约笔数 are understood.
          fundsim calibrate scenarios/history/five-years.csv --out results
        """,
      zh: """
        表（CSV）的列为年份、在险笔数、违约笔数，可另有评级、在险金额、损失、追偿；
        英文列名为 year、atRisk、defaults、grade、exposure、loss、recovered。
          fundsim calibrate scenarios/history/five-years.csv --out results
        """))

  @Argument(
    help: .text(en: "The yearly table (CSV).", zh: "年度表（CSV）。"),
    completion: .file(extensions: ["csv"]))
  var history: String
  @OptionGroup var reading: HistoryArguments
  @Option(
    name: .customLong("out"),
    help: .text(
      en: "The folder for calibrate.json, calibrated.yaml and posterior.csv.",
      zh: "calibrate.json、calibrated.yaml 和 posterior.csv 的文件夹。"))
  var outputFolder: String?
  @OptionGroup var overwriting: OverwritingArguments
  @Flag(
    name: .customLong("report"),
    help: .text(
      en: "Also write report.html, a page with a chart, into the folder of --out.",
      zh: "另在 --out 的文件夹中写 report.html：带图表的网页。"))
  var writesPage = false
  @Flag(help: .text(en: "Print one JSON object instead of the report.", zh: "输出一个 JSON 对象，代替报告。"))
  var json = false
  @Flag(help: .text(en: "Print no report; write the files.", zh: "不输出报告；只写文件。"))
  var quiet = false
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if writesPage, outputFolder == nil {
      throw ValidationError(
        en: "--report needs --out, the folder for report.html.",
        zh: "--report 需要 --out：report.html 的文件夹。")
    }
  }

  func run() throws {
    let table: HistoryTable
    do throws(Diagnostics) {
      table = try readHistory(try reading.request(history))
    } catch {
      throw RefusedInput(
        diagnostics: error, consequence: .init(en: "Nothing was calibrated.", zh: "没有校准。"))
    }
    let names =
      ["calibrate.json", "calibrated.yaml", "posterior.csv"] + (writesPage ? ["report.html"] : [])
    let folder = try outputFolder.map {
      try OutputFolder(path: $0, for: .calibrate, isForced: overwriting.force)
    }
    try folder?.check(names)
    let report = CalibrationReport(
      try calibrated(table, reading.settings), source: table.source)
    if let folder {
      try folder.write("calibrate.json") { try $0(report.json()) }
      try folder.write("calibrated.yaml") { try report.writeFragment(to: $0) }
      try folder.write("posterior.csv") { try report.writeDraws(to: $0) }
      if writesPage {
        let page = try report.page(language: .current)
        try folder.write("report.html") { try $0(page) }
      }
      try folder.commit()
    }
    if json { return try printOutput(report.json()) }
    guard !quiet else { return }
    try printOutput(report.terminalText(language: .current))
    if let folder {
      try printOutput(
        en: "\nWritten: \(folder.path)/\(names.joined(separator: ", "))\n",
        zh: "\n已写入：\(folder.path)/\(names.joined(separator: "、"))\n")
    }
  }

  /// Calibrates a table whose problems were told when it was read.
  private func calibrated(
    _ table: HistoryTable, _ settings: CalibrationSettings
  ) throws -> CalibrationResult {
    do throws(HistoryProblems) {
      return try CalibrationResult(table.history, settings)
    } catch {
      preconditionFailure("a table that was read can be calibrated: \(error.problems)")
    }
  }
}

extension HistoryTable {
  /// The table as reports name it.
  var source: CalibrationReport.Source {
    var source = CalibrationReport.Source(
      file: file, digest: digest, engine: ProgramVersion.current, table: table)
    source.unused = unused
    source.notices = notices
    return source
  }
}
