import ArgumentParser
import DocumentReading
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
  @Option(
    name: .customLong("year-trials"),
    help: .text(
      en: """
        On how many of the first trials the figures of years rest; 0 for no such figures \
        (default: \(YearRequest.usualTrials)).
        """,
      zh: "逐年数据依据前多少次模拟；0为不计算（默认：\(YearRequest.usualTrials)）。"))
  var yearTrials: Int?
  @Option(
    name: .customLong("floor"),
    help: ArgumentHelp(
      Language.say(
        en: "The balance that a year's budget keeps, in place of the scenario's: 100万.",
        zh: "年度预算要保证的余额，代替情景中的设定：100万。"), valueName: "amount"),
    transform: { text in
      guard case .success(let amount) = Scalar.money(text) else {
        throw ValidationError(
          en: "--floor takes an amount, such as 100万 or 1000000.",
          zh: "--floor 取金额，如100万或1000000。")
      }
      return amount
    })
  var floor: Money?

  func validate() throws {
    if let yearTrials, !(0...largestTrialCount).contains(yearTrials) {
      throw ValidationError(
        en: "--year-trials takes a whole number from 0 to \(largestTrialCount).",
        zh: "--year-trials 取0至\(largestTrialCount)的整数。")
    }
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
    if let floor { asked.years.floor = floor }
    if let yearTrials { asked.years.trials = yearTrials }
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
