import ArgumentParser
import FundCore
import ScenarioInput

/// `check`: is this scenario valid?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a scenario and everything it names, without simulating.")

  @OptionGroup var input: ScenarioArguments

  func run() throws {
    let scenario = try input.scenario()
    let compiled = scenario.compiled(version: ProgramVersion.current)
    var lines = ["\(scenario.file): no problems."]
    let loans = scenario.portfolio
    lines.append(
      "\(loans.loans.count) loans of \(loans.enterprises.count) enterprises at "
        + "\(loans.banks.count) banks, \(compiled.provenance.portfolio.lent) in all")
    for reason in compiled.provenance.portfolio.setAside {
      lines.append("  not used: \(reason.count) rows, \(reason.reason.english)")
    }
    for fund in compiled.funds {
      lines.append(
        "fund '\(fund.name)': \(fund.programme), \(fund.operatingModel), \(fund.initial); "
          + "covers \(fund.coverage.coveredCount) loans, \(fund.coverage.coveredAmount)")
      for item in fund.coverage.leftOut {
        lines.append(
          "  \(item.condition.english) (\(item.article.english)): \(item.count) loans, \(item.amount)"
        )
      }
    }
    try printOutput(lines.joined(separator: "\n") + "\n")
  }
}
