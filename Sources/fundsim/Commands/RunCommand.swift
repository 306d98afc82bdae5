import ArgumentParser
import FundCore
import Reporting
import ScenarioInput
import Simulation

/// `run`: simulates a scenario and reports.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: Language.say(
      en: "Simulate a scenario and report what its funds pay.", zh: "模拟一个情景，报告各基金的支付。"),
    usage: "fundsim run <path> [<options>]")

  @OptionGroup var input: ScenarioArguments
  @Option(
    help: .text(
      en: "How many threads work at once. Results do not depend on it.", zh: "同时工作的线程数。结果与此无关。"))
  var threads: Int?
  @OptionGroup var files: ReportArguments
  // The older name of `--trials-format csv`; it goes on working.
  @Flag(name: .customLong("trials-csv"), help: .hidden)
  var writesTrials = false
  @Option(
    name: .customLong("trials-format"),
    help: .text(
      en: "Also write a row a trial and fund: csv, or npy, which Python reads at once.",
      zh: "另写各次模拟的结果，每次、每只基金一行：csv，或 Python 可直接读取的 npy。"))
  var trialsFormat: TrialsFormat?
  @Flag(
    name: .customLong("trials-readings"),
    help: .text(
      en: "In the table of trials, also the funds under the other readings of I-16, by name.",
      zh: "各次模拟的结果中，另列各基金在 I-16 其他读法下的结果，注明读法。"))
  var namesReadings = false
  @OptionGroup var pieces: PieceArguments

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError(
        en: "--threads takes a whole number from 1 to 1024.", zh: "--threads 取1至1024的整数。")
    }
    if namesReadings, formats.isEmpty {
      throw ValidationError(
        en: "--trials-readings adds to the table that --trials-format asks for; give both.",
        zh: "--trials-readings 用于 --trials-format 所写的表；请同时给出。")
    }
    guard pieces.shard != nil else { return }
    if files.outputFolder == nil {
      throw ValidationError(
        en: "--shard needs --out with the name of the file for the part.",
        zh: "--shard 要用 --out 给出分片的文件名。")
    }
    if !formats.isEmpty || files.json || files.writesPage {
      throw ValidationError(
        en: "A shard writes one part: --trials-format, --report and --json need the whole run.",
        zh: "分片只写一个文件：--trials-format、--report 和 --json 要用于整个运行。")
    }
  }

  func run() throws {
    try EngineVersion.check(wanted: pieces.engine)
    let scenario = try input.scenario()
    let compiled = scenario.compiled(version: ProgramVersion.current)
    let piece = PieceRun(
      compiled: compiled, pieces: pieces, scenario: input.path, threads: threads,
      isQuiet: files.quiet || files.json)
    if pieces.shard != nil, let path = files.outputFolder {
      return try ShardRun(piece: piece, path: path, isForced: files.overwriting.force).run()
    }
    let folder = try files.folder(default: input.runName, further: formats.map(\.fileName))
    if let folder { try piece.checkCheckpoint(in: folder.path) }
    let end = try piece.end()
    guard let report = RiskReport(end.result, words: piece.words) else {
      printError(
        en: "Stopped before the first trials were done: there is nothing to report.",
        zh: "在完成任何模拟之前停止：没有可报告的内容。")
      throw end.status ?? ExitStatus.unfinished
    }
    try files.deliver(report, into: folder) { folder in
      let table = TrialTable(
        end.result, fundCount: compiled.funds.count,
        readings: namesReadings
          ? compiled.otherReadings.map {
            (fund: $0.fund, name: "\($0.reading.interpretation):\($0.reading.name)")
          } : nil)
      for format in formats { try write(format, table, into: folder) }
      return try formats.map(\.fileName) + folder.write(scenario.setAsideFiles)
    }
    end.report()
    if let status = end.status { throw status }
  }

  /// The tables of trials that are wanted.
  private var formats: [TrialsFormat] {
    TrialsFormat.allCases.filter { $0 == trialsFormat || ($0 == .csv && writesTrials) }
  }

  private func write(_ format: TrialsFormat, _ table: TrialTable, into folder: OutputFolder) throws
  {
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

  /// How the file starts.
  var start: [UInt8] {
    switch self {
    case .csv: Array("fund,trial,exhaustionMonth".utf8)
    case .npy: [0x93] + Array("NUMPY".utf8)
    }
  }
}

/// What every command that takes a scenario asks for.
struct ScenarioArguments: ParsableArguments {
  @Argument(
    help: .text(
      en: "The scenario file, or a folder that holds scenario.yaml.",
      zh: "情景文件，或含有 scenario.yaml 的文件夹。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var path: String
  @Option(
    help: .text(en: "The number of trials, in place of the scenario's.", zh: "模拟次数，代替情景中的设定。"))
  var trials: Int?
  @Option(help: .text(en: "The seed, in place of the scenario's.", zh: "种子，代替情景中的设定。"))
  var seed: UInt64?
  @Option(
    help: .text(en: "The loan tape (CSV), in place of the scenario's.", zh: "贷款台账（CSV），代替情景中的设定。"),
    completion: .file(extensions: ["csv"]))
  var portfolio: String?
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if let trials, !(1...largestTrialCount).contains(trials) {
      throw ValidationError(
        en: "--trials takes a whole number from 1 to \(largestTrialCount).",
        zh: "--trials 取1至\(largestTrialCount)的整数。")
    }
  }

  /// The scenario with what the command line sets.
  func scenario() throws(Diagnostics) -> Scenario {
    try readScenario(
      path: path,
      choices: ScenarioChoices(trials: trials, seed: seed, portfolio: portfolio))
  }

  /// The name of a run's folder: that of the scenario's folder or file.
  var runName: String { Self.runName(of: path) }

  /// The name of the folder for the results of a scenario.
  static func runName(of path: String) -> String {
    let parts = path.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
    guard var name = parts.last else { return "run" }
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name == "scenario" && parts.count > 1 ? parts[parts.count - 2] : name
  }
}
