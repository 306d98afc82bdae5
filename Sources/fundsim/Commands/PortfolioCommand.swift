import ArgumentParser
import Foundation
import FundCore
import Reporting
import ScenarioInput

/// `portfolio`: writes the loans of a scenario as a tape, with a summary of them.
struct PortfolioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portfolio",
    abstract: Language.say(
      en: "Write a scenario's loans as a tape, and a summary of them.", zh: "把情景的贷款写成台账，并作汇总。")
  )

  @OptionGroup var input: ScenarioArguments
  @Option(
    name: .customLong("out"),
    help: .text(
      en: "The folder for portfolio.csv (default: notebooks-out/<scenario>).",
      zh: "portfolio.csv 的文件夹（默认 notebooks-out/<情景>）。"))
  var outputFolder: String?
  @OptionGroup var overwriting: OverwritingArguments
  @Flag(
    help: .text(
      en: "Print the summary as one JSON object; write the tape only with --out.",
      zh: "把汇总输出为一个 JSON 对象；只在给出 --out 时写台账。"))
  var json = false

  func run() throws {
    try orProblemsAsJSON(json, of: input.path) { try write() }
  }

  private func write() throws {
    let scenario = try input.scenario()
    if json {
      if let outputFolder { _ = try write(scenario, into: outputFolder) }
      return try printOutput(report(of: scenario).json())
    }
    let path = outputFolder ?? "notebooks-out/" + input.runName
    let names = try write(scenario, into: path)
    try printOutput(TapeSummary(scenario.portfolio).text(in: .current) + "\n")
    try printOutput(
      en: "Written: \(path)/\(names.joined(separator: ", "))\n",
      zh: "已写入：\(path)/\(names.joined(separator: "、"))\n")
  }

  /// Writes the tape, and the rows that are not in it.
  ///
  /// - Returns: The names of the files.
  private func write(_ scenario: Scenario, into path: String) throws -> [String] {
    let folder = try OutputFolder(path: path, for: .portfolio, isForced: overwriting.force)
    try folder.write(OutputFolder.tapeName) { try writeTape(scenario.portfolio, to: $0) }
    let names = try [OutputFolder.tapeName] + folder.write(scenario.setAsideFiles)
    try folder.commit()
    return names
  }

  private func report(of scenario: Scenario) -> PortfolioReport {
    let summary = TapeSummary(scenario.portfolio)
    var description = PortfolioDescription(
      source: summary.source, loans: summary.loans,
      parties: (summary.banks, summary.enterprises), lent: summary.lent,
      setAside: summary.setAside.map(\.counted))
    description.units = scenario.portfolio.units
    description.notices = scenario.portfolio.notices
    var report = PortfolioReport(description)
    report.ipPledged = summary.ipPledged
    report.termMonths = summary.termMonths
    report.starts = (summary.firstStart, summary.lastStart)
    if summary.outsideWindow > 0 {
      report.unused.append(
        .init(
          reason: .init(en: "outside the window", zh: "时间窗口之外"), count: summary.outsideWindow))
    }
    report.unused += summary.leftOut.map { item in
      .init(
        reason: item.reason.words, count: item.count, amount: item.amount,
        firstLine: item.firstLine > 0 ? item.firstLine : nil)
    }
    report.unused += summary.setAside.map {
      .init(reason: $0.reason, count: $0.count, firstLine: $0.firstLine)
    }
    report.groupings = summary.groupings.map { by, groups in
      (by, groups.map { .init(name: $0.name, loans: $0.loans, lent: $0.lent) })
    }
    report.written = outputFolder.map { $0 + "/" + OutputFolder.tapeName }
    return report
  }
}
