import ArgumentParser
import FundCore
import Reporting
import ScenarioInput
import Simulation

/// Whether, and how, every trial is written.
struct TrialArguments: ParsableArguments {
  @Option(
    name: .customLong("trials-format"),
    help: .text(
      en: "Also write a row a trial and fund: csv, or npy, which Python reads at once.",
      zh: "另写各次模拟的结果，每次、每只基金一行：csv，或 Python 可直接读取的 npy。"))
  var format: TrialsFormat?
  @Flag(
    name: .customLong("trials-readings"),
    help: .text(
      en: "In the table of trials, also the funds under the other readings of I-16, by name.",
      zh: "各次模拟的结果中，另列各基金在 I-16 其他读法下的结果，注明读法。"))
  var namesReadings = false
  @Flag(
    name: .customLong("trials-years"),
    help: .text(
      en:
        "In the table of trials, also the money and the indicators of every year; all trials are run twice.",
      zh: "各次模拟的结果中，另列逐年资金与指标；全部模拟要运行两遍。"))
  var hasYears = false
  @OptionGroup var years: YearArguments

  func validate() throws {
    if hasYears, format == nil {
      throw ValidationError(
        en: "--trials-years adds to the table that --trials-format asks for; give both.",
        zh: "--trials-years 用于 --trials-format 所写的表；请同时给出。")
    }
    if namesReadings, format == nil {
      throw ValidationError(
        en: "--trials-readings adds to the table that --trials-format asks for; give both.",
        zh: "--trials-readings 用于 --trials-format 所写的表；请同时给出。")
    }
  }

  /// The scenario with what is asked of its years.
  func asked(of scenario: Scenario) -> Scenario {
    var asked = scenario
    if let floor = years.floor { asked.years.floor = floor }
    if let trials = years.yearTrials { asked.years.trials = trials }
    if hasYears { asked.years.trials = scenario.trials }
    return asked
  }

  /// The names of the files.
  var names: [String] { format.map { [$0.fileName] } ?? [] }

  /// The table of the trials of a run, as a file of its result; none if it is not wanted.
  func files(_ outcome: RunOutcome<SimulationResult>, _ request: RunRequest) -> [ResultFile] {
    guard let format else { return [] }
    let readings = request.compiled.otherReadings.map {
      TrialTable.OtherReading(
        fund: $0.fund, name: "\($0.reading.interpretation):\($0.reading.name)")
    }
    let table = TrialTable(
      outcome.result, fundCount: request.compiled.source.scenario.funds.count,
      readings: namesReadings ? readings : nil,
      years: hasYears ? outcome.findings.yearTrials : nil)
    switch format {
    case .csv: return [ResultFile(format.fileName) { try table.write(to: $0) }]
    case .npy: return [ResultFile(bytesOf: format.fileName) { try table.writeNumPy(to: $0) }]
    }
  }
}

/// The forms of the table of trials.
enum TrialsFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, npy

  /// The name of the file.
  var fileName: String { "trials." + rawValue }

  /// How the file starts.
  var start: [UInt8] {
    switch self {
    case .csv: Array("fund,trial,exhaustionMonth".utf8)
    case .npy: [0x93] + Array("NUMPY".utf8)
    }
  }
}
