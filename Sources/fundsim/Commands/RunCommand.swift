import ArgumentParser
import FundCore
import Reporting
import ScenarioInput

/// `run`: simulates a scenario and reports.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: Language.say(
      en: "Simulate a scenario and report what its funds pay.", zh: "模拟一个情景，报告各基金的支付。"),
    usage: "fundsim run <path> [<options>]")

  @OptionGroup var input: ScenarioArguments
  @OptionGroup var setting: SettingArguments
  @OptionGroup var threading: ThreadOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var trials: TrialArguments
  @OptionGroup var pieces: PieceArguments
  @OptionGroup var rare: RareArguments
  @OptionGroup var require: RequireArguments
  @OptionGroup var precision: PrecisionArguments

  func validate() throws {
    if !precision.texts.isEmpty, trials.hasYears {
      throw ValidationError(
        en: """
          --trials-years needs the number of trials beforehand, and --precision finds it: give one of them.
          """,
        zh: "--trials-years 须事先知道模拟次数，而 --precision 要由运行得出：两者只取其一。")
    }
    guard pieces.shard != nil else { return }
    if output.folder == nil {
      throw ValidationError(
        en: "--shard needs --out with the name of the file for the part.",
        zh: "--shard 要用 --out 给出分片的文件名。")
    }
    if !precision.texts.isEmpty {
      throw ValidationError(
        en: """
          A shard is one part of a run: ask for the precision where parts are put together, \
          'fundsim merge PARTS --precision 2%'.
          """,
        zh: "分片只是运行的一部分：请在合并时要求精度，'fundsim merge 分片 --precision 2%'。")
    }
    if !require.texts.isEmpty {
      throw ValidationError(
        en: "A shard writes one part: --require needs the whole run.",
        zh: "分片只写一个文件：--require 要用于整个运行。")
    }
    if trials.format != nil || output.json || output.writesPage {
      throw ValidationError(
        en: "A shard writes one part: --trials-format, --report and --json need the whole run.",
        zh: "分片只写一个文件：--trials-format、--report 和 --json 要用于整个运行。")
    }
  }

  func run() throws {
    try EngineVersion.check(wanted: pieces.engine)
    let scenario = try input.scenario(setting)
    var request = request(trials.asked(of: scenario))
    if let part = part(of: request) { return try part.write() }
    if require.asksForNames { return try require.printNames(request) }
    try require.check(request)
    request.precision = try RunPrecision(precision, of: request)
    let delivery = try Delivery(
      .run, output, defaultFolder: input.runName, further: RiskReport.tableNames + trials.names)
    if trials.format == nil, request.isBetterUnordered {
      return try deliver(try request.unorderedOutcome(), of: request, scenario.setAside, delivery)
    }
    let outcome = try request.outcome(beside: delivery.possibleFiles)
    try deliver(outcome, of: request, trials.files(outcome, request) + scenario.setAside, delivery)
  }

  private func deliver<Result>(
    _ outcome: RunOutcome<Result>, of request: RunRequest, _ files: [ResultFile],
    _ delivery: Delivery
  ) throws {
    let report = try outcome.report(words: request.words(of: outcome))
    try delivery.deliver(report.faces(further: files))
    try outcome.end()
    try require.judge(report, request, isSilent: output.isSilent)
  }

  /// What the command line asks for.
  private func request(_ scenario: Scenario) -> RunRequest {
    RunRequest(
      scenario, at: input.path, pieces: pieces, threads: threading.threads,
      isQuiet: output.isSilent,
      rare: rare.request(own: scenario.levels.map { Int($0.millionths) }))
  }

  /// The part to write; `nil` if the whole run is wanted.
  private func part(of request: RunRequest) -> ShardPart? {
    guard pieces.shard != nil, let path = output.folder else { return nil }
    return ShardPart(request: request, path: path, isForced: output.overwriting.force)
  }
}
