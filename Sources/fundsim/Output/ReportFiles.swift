import ArgumentParser
import FundCore
import LossStatistics
import PartialResults
import ReportForm
import Reporting
import Simulation

/// Where a report goes: what `run` and `merge` are both asked.
struct ReportArguments: ParsableArguments {
  @Option(
    name: .customLong("out"),
    help: .text(
      en: "The folder for summary.json and timeline.csv (default: notebooks-out/<scenario>).",
      zh: "summary.json 和 timeline.csv 的文件夹（默认 notebooks-out/<情景>）。"))
  var outputFolder: String?
  @Flag(
    name: .customLong("report"),
    help: .text(
      en: "Also write report.html, a page with charts that opens without a network.",
      zh: "另写 report.html：带图表的网页，不联网也能打开。"))
  var writesPage = false
  @Flag(
    help: .text(
      en: "Print one JSON object instead of the report; files are written with --out only.",
      zh: "输出一个 JSON 对象，代替报告；只有给出 --out 才写文件。"))
  var json = false
  @Flag(
    help: .text(
      en: "Print no report and no progress; write the files.", zh: "不输出报告和进度；只写文件。"))
  var quiet = false
  @OptionGroup var overwriting: OverwritingArguments

  /// Opens the folder before a long run, and finds out whether the files may be written.
  ///
  /// - Parameters:
  ///   - name: The folder in `notebooks-out` that takes the files unless told otherwise.
  ///   - further: Further files.
  /// - Returns: `nil` if no files are wanted.
  func folder(default name: String, further: [String] = []) throws -> OutputFolder? {
    guard !json || outputFolder != nil else { return nil }
    let folder = try OutputFolder(
      path: outputFolder ?? "notebooks-out/" + name, for: .run, isForced: overwriting.force)
    try folder.check(
      ["summary.json", "timeline.csv"] + further + (writesPage ? ["report.html"] : []))
    return folder
  }

  /// Writes the files of a report and prints it.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - folder: The folder for the files; `nil` if none are wanted.
  ///   - further: Writes further files, and gives their names.
  func deliver(
    _ report: RiskReport, into folder: OutputFolder?,
    further: (OutputFolder) throws -> [String] = { _ in [] }
  ) throws {
    if json { try printOutput(report.json()) }
    guard let folder else { return }
    try folder.write("summary.json") { try $0(report.json()) }
    try folder.write("timeline.csv") { try report.writeTimeline(to: $0) }
    var names = try ["summary.json", "timeline.csv"] + further(folder)
    if writesPage {
      let page = try PageFace(language: .current).page(of: report.report)
      try folder.write("report.html") { try $0(page) }
      names.append("report.html")
    }
    try folder.commit()
    guard !json, !quiet else { return }
    try printOutput(TerminalFace(language: .current).text(of: report.report))
    try printOutput(
      en: "Written: \(folder.path)/\(names.joined(separator: ", "))\n",
      zh: "已写入：\(folder.path)/\(names.joined(separator: "、"))\n")
  }
}

/// What every command that writes files is asked.
struct OverwritingArguments: ParsableArguments {
  @Flag(
    help: .text(
      en: "Replace files that fundsim did not write, and links; never an input of the command.",
      zh: "替换不是 fundsim 写的文件，以及链接；从不替换本命令的输入文件。"))
  var force = false
}

extension RiskReport {
  /// The report of a run, or of its parts.
  ///
  /// - Returns: `nil` if no trial was run.
  init?<Run: RunSample>(_ run: Run, words: RunWords) throws(Run.Failure) {
    guard
      let estimates = try RiskEstimates(
        run, fundCount: words.funds.count,
        levels: words.provenance.levels.compactMap { Level(millionths: $0.millionths) })
    else { return nil }
    self.init(estimates, provenance: words.provenance, funds: words.funds)
    headlineReadings = words.headlineReadings
    for (position, other) in words.otherReadings.enumerated() {
      let fund = words.funds.count + position
      otherReadings[other.fund].append(
        ReadingOdds(
          reading: (other.interpretation, other.name, other.text), sums: try run.sums(fund: fund),
          of: run.frame.funds[fund], trialCount: run.trialCount))
    }
  }
}
