import ArgumentParser
import Foundation
import FundCore
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

  func run() throws {
    let scenario = try input.scenario()
    let path = outputFolder ?? "notebooks-out/" + input.runName
    let folder = try OutputFolder(path: path, isForced: overwriting.force)
    try folder.write(OutputFolder.tapeName) { try writeTape(scenario.portfolio, to: $0) }
    let names = try [OutputFolder.tapeName] + folder.write(scenario.setAsideFiles)
    try printOutput(TapeSummary(scenario.portfolio).text(in: .current) + "\n")
    try printOutput(
      en: "Written: \(path)/\(names.joined(separator: ", "))\n",
      zh: "已写入：\(path)/\(names.joined(separator: "、"))\n")
  }
}
