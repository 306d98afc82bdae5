import ArgumentParser
import FundCore
import Reporting
import ScenarioInput
import Simulation

/// `run`: simulates a scenario and reports.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Simulate a scenario and report what its funds pay.",
    usage: "fundsim run <path> [<options>]")

  @OptionGroup var input: ScenarioArguments
  @Option(help: "How many threads work at once. Results do not depend on it.")
  var threads: Int?
  @Option(
    name: .customLong("out"),
    help: "The folder for summary.json and timeline.csv (default: notebooks-out/<scenario>).")
  var outputFolder: String?
  // The older name of `--trials-format csv`; it goes on working.
  @Flag(name: .customLong("trials-csv"), help: .hidden)
  var writesTrials = false
  @Option(
    name: .customLong("trials-format"),
    help: "Also write a row a trial and fund: csv, or npy, which Python reads at once.")
  var trialsFormat: TrialsFormat?
  @Flag(
    name: .customLong("report"),
    help: "Also write report.html, a page with charts that opens without a network.")
  var writesPage = false
  @Flag(help: "Print one JSON object instead of the report; files are written with --out only.")
  var json = false
  @Flag(help: "Print no report and no progress; write the files.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads takes a whole number from 1 to 1024.")
    }
  }

  func run() throws {
    let scenario = try input.scenario()
    let compiled = scenario.compiled(version: ProgramVersion.current)
    let result = try PlanRun(
      plan: compiled.plan, scenario: input.path, threads: threads, isQuiet: quiet || json
    ).result()
    guard let estimates = RiskEstimates(result, fundCount: compiled.funds.count) else {
      printError("Stopped before the first trials were done: there is nothing to report.")
      throw ExitStatus.stopped
    }
    var report = RiskReport(estimates, provenance: compiled.provenance, funds: compiled.funds)
    for (position, other) in compiled.otherReadings.enumerated() {
      report.otherReadings[other.fund].append(
        ReadingOdds(
          reading: other.reading, sums: result.sums(fund: compiled.funds.count + position),
          of: result.frame.funds[compiled.funds.count + position], trialCount: result.trialCount))
    }
    try deliver(report, result)
    if result.trialCount < compiled.plan.trialCount {
      printError("Stopped after \(result.trialCount) of \(compiled.plan.trialCount) trials.")
      throw ExitStatus.stopped
    }
  }

  private func deliver(_ report: RiskReport, _ result: SimulationResult) throws {
    if json {
      try printOutput(report.json())
      guard outputFolder != nil else { return }
    }
    let path = outputFolder ?? "notebooks-out/" + input.runName
    let folder = try OutputFolder(path: path)
    try folder.write("summary.json") { try $0(report.json()) }
    try folder.write("timeline.csv") { try report.writeTimeline(to: $0) }
    let formats = TrialsFormat.allCases.filter {
      $0 == trialsFormat || ($0 == .csv && writesTrials)
    }
    for format in formats { try write(format, result, into: folder) }
    if writesPage {
      let page = try report.page(language: .english)
      try folder.write("report.html") { try $0(page) }
    }
    guard !json, !quiet else { return }
    try printOutput(report.terminalText())
    let names =
      ["summary.json", "timeline.csv"] + formats.map(\.fileName)
      + (writesPage ? ["report.html"] : [])
    try printOutput("Written: \(path)/\(names.joined(separator: ", "))\n")
  }

  private func write(_ format: TrialsFormat, _ result: SimulationResult, into folder: OutputFolder)
    throws
  {
    let table = TrialTable(result)
    switch format {
    case .csv: try folder.write(format.fileName) { try table.write(to: $0) }
    case .npy: try folder.write(bytesOf: format.fileName) { try table.writeNumPy(to: $0) }
    }
  }
}

/// The forms of the table of trials.
enum TrialsFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, npy

  /// The name of the file.
  var fileName: String { "trials." + rawValue }
}

/// What every command that takes a scenario asks for.
struct ScenarioArguments: ParsableArguments {
  @Argument(
    help: "The scenario file, or a folder that holds scenario.yaml.",
    completion: .file(extensions: ["yaml", "yml"]))
  var path: String
  @Option(help: "The number of trials, in place of the scenario's.")
  var trials: Int?
  @Option(help: "The seed, in place of the scenario's.")
  var seed: UInt64?
  @Option(
    help: "The loan tape (CSV), in place of the scenario's.",
    completion: .file(extensions: ["csv"]))
  var portfolio: String?

  func validate() throws {
    if let trials, !(1...largestTrialCount).contains(trials) {
      throw ValidationError("--trials takes a whole number from 1 to \(largestTrialCount).")
    }
  }

  /// The scenario with what the command line sets.
  func scenario() throws(Diagnostics) -> Scenario {
    try readScenario(
      path: path,
      choices: ScenarioChoices(trials: trials, seed: seed, portfolio: portfolio))
  }

  /// The name of a run's folder: that of the scenario's folder or file.
  var runName: String {
    let parts = path.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
    guard var name = parts.last else { return "run" }
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name == "scenario" && parts.count > 1 ? parts[parts.count - 2] : name
  }
}
