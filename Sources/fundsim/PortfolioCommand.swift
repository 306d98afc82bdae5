import ArgumentParser
import Foundation
import FundCore
import ScenarioInput

/// `portfolio`: writes the loans of a scenario as a tape, with a summary of them.
struct PortfolioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portfolio", abstract: "Write a scenario's loans as a tape, and a summary of them."
  )

  @OptionGroup var input: ScenarioArguments
  @Option(
    name: .customLong("out"),
    help: "The folder for portfolio.csv (default: notebooks-out/<scenario>).")
  var outputFolder: String?

  func run() throws {
    let scenario = try input.scenario()
    let path = outputFolder ?? "notebooks-out/" + input.runName
    let folder = try OutputFolder(path: path)
    try folder.write("portfolio.csv") { try writeTape(scenario.portfolio, to: $0) }
    try printOutput(TapeSummary(scenario.portfolio).text(in: .current) + "\n")
    try printOutput("Written: \(path)/portfolio.csv\n")
  }
}
