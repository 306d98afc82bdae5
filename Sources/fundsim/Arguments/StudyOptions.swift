import ArgumentParser
import Foundation
import FundCore
import Planning
import Reporting
import ScenarioInput
import Simulation

/// What every command that studies a scenario asks for, beside the scenario.
struct StudyOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      Language.say(
        en: "Set a value of the scenario file: path=value; `funds.1.` or `funds.*.` for a fund.",
        zh: "设定情景文件中的值：路径=值；`funds.1.` 或 `funds.*.` 指基金。"),
      valueName: "path=value"))
  var settings: [String] = []
  @Option(
    help: .text(
      en: "How many threads work at once. Results do not depend on it.", zh: "同时工作的线程数。结果与之无关。"))
  var threads: Int?
  @Option(
    name: .customLong("out"),
    help: .text(
      en: "The folder for the report's JSON object and tables.", zh: "报告的 JSON 对象和表格写入的文件夹。"))
  var outputFolder: String?
  @OptionGroup var overwriting: OverwritingArguments
  @Flag(
    name: .customLong("report"),
    help: .text(
      en: "Also write report.html, a page with charts, into the folder of --out.",
      zh: "另在 --out 的文件夹中写 report.html：带图表的网页。"))
  var writesPage = false
  @Flag(help: .text(en: "Print one JSON object instead of the report.", zh: "输出一个 JSON 对象，代替报告。"))
  var json = false
  @Flag(help: .text(en: "Print no report and no progress; write the files.", zh: "不输出报告和进度，只写文件。"))
  var quiet = false

  func validate() throws {
    if writesPage, outputFolder == nil {
      throw ValidationError(
        en: "--report needs --out, the folder for report.html.",
        zh: "--report 需要 --out：report.html 的文件夹。")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError(
        en: "--threads takes a whole number from 1 to 1024.", zh: "--threads 取1至1024的整数。")
    }
  }

  /// What is set in the scenario, each with a single value.
  func edits() throws(Diagnostics) -> [ScenarioEdit] {
    var edits: [ScenarioEdit] = []
    for varied in try variedSettings() {
      guard varied.edits.count == 1 else {
        throw Diagnostics(
          "several-values",
          .init(
            en: "\(varied.edits.count) values are given for '\(varied.path)'",
            zh: "“\(varied.path)”给出了\(varied.edits.count)个值"),
          help: .init(
            en: "give one value here; `fundsim compare` and `sweep` take several",
            zh: "此处只取一个值；`fundsim compare`和`sweep`可取多个"),
          at: SourceLocation(file: "--set \(varied.path)"))
      }
      edits += varied.edits
    }
    return edits
  }

  /// What is set in the scenario, with all values.
  func variedSettings() throws(Diagnostics) -> [VariedSetting] {
    var varied: [VariedSetting] = []
    for text in settings { varied.append(try VariedSetting(text, option: "--set")) }
    return varied
  }

  /// The scenario file with what is set in it.
  func document(_ path: String) throws(Diagnostics) -> ScenarioDocument {
    var document = try ScenarioDocument(path: path)
    for edit in try edits() { document = try document.setting(edit) }
    return document
  }

  /// The scenario with one of its funds alone.
  func scenario(
    _ input: ScenarioArguments, fund: String?
  ) throws(Diagnostics) -> Scenario {
    let document = try document(input.path)
    let whole = try document.scenario(choices: input.choices)
    var position = 0
    if let fund { position = try whole.position(ofFund: fund) }
    return try document.keepingFund(position).scenario(choices: input.choices)
  }

  /// Opens the folder for the files before a long study; `nil` if none are wanted.
  func folder(for kind: ResultKind) throws -> OutputFolder? {
    guard let outputFolder else { return nil }
    let folder = try OutputFolder(path: outputFolder, for: kind, isForced: overwriting.force)
    try folder.check(["\(kind.rawValue).json"] + (writesPage ? ["report.html"] : []))
    return folder
  }

  /// Prints the report and writes the files that were asked for.
  ///
  /// - Parameters:
  ///   - folder: The folder for the files; `nil` if none are wanted.
  ///   - json: The JSON object.
  ///   - text: The report for people.
  ///   - page: The report as a web page.
  ///   - tables: Further files.
  func deliver(
    into folder: OutputFolder?, json object: @autoclosure () -> String,
    text: @autoclosure () -> String, page: () throws -> String,
    tables: [(name: String, write: ((String) throws -> Void) throws -> Void)] = []
  ) throws {
    if let folder {
      try folder.write("\(folder.kind.rawValue).json") { try $0(object()) }
      for table in tables { try folder.write(table.name, table.write) }
      if writesPage {
        let text = try page()
        try folder.write("report.html") { try $0(text) }
      }
      try folder.commit()
    }
    if json { return try printOutput(object()) }
    guard !quiet else { return }
    try printOutput(text())
    if let folder {
      let names =
        ["\(folder.kind.rawValue).json"] + tables.map(\.name)
        + (writesPage ? ["report.html"] : [])
      try printOutput(
        LocalizedText(
          en: "\nWritten: \(folder.path)/\(names.joined(separator: ", "))\n",
          zh: "\n已写入：\(folder.path)/\(names.joined(separator: "、"))\n")[.current])
    }
  }
}

/// Runs the plans of a study, within the memory of the machine.
final class StudyRunner {
  private let scenario: String
  private let threads: Int?
  private let isQuiet: Bool
  /// What the results that are kept take, in bytes.
  private var held = 0.0

  init(_ options: StudyOptions, scenario: String) {
    self.scenario = scenario
    threads = options.threads
    isQuiet = options.quiet || options.json
  }

  /// Runs a plan whose result is kept beside those before it.
  func keep(_ plan: SimulationPlan) throws -> SimulationResult {
    held += Double(plan.trialCount) * plan.bytesPerTrial
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    guard held <= available * 0.7 else {
      throw Diagnostics(
        "too-many-trials",
        .init(
          en: """
            \(plan.trialCount) trials of all these variants need more than \
            \(Int(held / 1e9)) GB of memory, and this machine has \(Int(available / 1e9))
            """,
          zh: """
            全部方案各\(plan.trialCount)次模拟所需内存超过\(Int(held / 1e9)) GB，\
            本机只有\(Int(available / 1e9)) GB
            """),
        help: .init(
          en: "use fewer trials (--trials) or fewer variants", zh: "请减少模拟次数（--trials）或方案"),
        at: SourceLocation(file: scenario))
    }
    return try run(plan)
  }

  /// Runs a plan whose result is soon forgotten.
  func run(_ plan: SimulationPlan) throws -> SimulationResult {
    try PlanRun(plan: plan, scenario: scenario, threads: threads, isQuiet: isQuiet).result()
  }
}

extension ScenarioArguments {
  /// What the command line sets in place of what the scenario says.
  var choices: ScenarioChoices {
    ScenarioChoices(trials: trials, seed: seed, portfolio: portfolio)
  }
}

/// The rows of scenarios' tapes that were set aside, as further files of a study.
func setAsideTables(
  of scenarios: [Scenario]
) -> [(name: String, write: ((String) throws -> Void) throws -> Void)] {
  scenarios.setAsideFiles.map { file in (file.name, { try file.write(in: .current, to: $0) }) }
}

/// What commas separate.
func items(of text: String) -> [String] {
  text.split { $0 == "," || $0 == "，" }.map { $0.trimmingCharacters(in: .whitespaces) }
}

/// Reports that a study was stopped.
func stoppedStudy() -> any Error {
  printError(
    LocalizedText(
      en: "Stopped before all runs were done: there is nothing to compare.",
      zh: "未完成全部运行即停止：没有可比较的结果。"))
  return ExitStatus.stopped
}
