import ArgumentParser
import Foundation
import FundCore
import Reporting
import ResultFacts
import ScenarioInput

/// `portfolio`: writes the loans of a scenario as a tape, with a summary of them.
struct PortfolioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portfolio",
    abstract: Language.say(
      en: "Write a scenario's loans as a tape, and a summary of them.", zh: "把情景的贷款写成台账，并作汇总。"),
    usage: "fundsim portfolio <path> [<options>]")

  @OptionGroup var input: ScenarioArguments
  @OptionGroup var setting: SettingArguments
  @OptionGroup var output: OutputOptions

  func run() throws {
    try orProblemsAsJSON(output.json, of: input.path) {
      let scenario = try input.scenario(setting)
      let delivery = try Delivery(.portfolio, output, defaultFolder: input.runName)
      let tape = ResultFile(OutputFolder.tapeName) { try writeTape(scenario.portfolio, to: $0) }
      try delivery.deliver(
        ReportFaces(
          text: { _ in TapeSummary(scenario.portfolio).text(in: .current) },
          json: { report(of: scenario).json() }, files: [tape] + scenario.setAside))
    }
  }

  private func report(of scenario: Scenario) -> PortfolioReport {
    let summary = TapeSummary(scenario.portfolio)
    var description = PortfolioDescription(
      source: summary.source, loans: summary.loans,
      banks: summary.banks, enterprises: summary.enterprises, lent: summary.lent)
    description.setAside = summary.setAside.map(\.counted)
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
    report.written = output.folder.map { $0 + "/" + OutputFolder.tapeName }
    return report
  }
}
