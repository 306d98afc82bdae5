import ArgumentParser
import DocumentReading
import FundCore
import ScenarioInput

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
    completion: .file(extensions: ["csv", "xlsx"]))
  var portfolio: String?
  @OptionGroup var start: StartArguments
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if let trials, !(1...largestTrialCount).contains(trials) {
      throw ValidationError(
        en: "--trials takes a whole number from 1 to \(largestTrialCount).",
        zh: "--trials 取1至\(largestTrialCount)的整数。")
    }
  }

  /// The scenario with what the command line sets.
  func scenario(_ setting: SettingArguments) throws(Diagnostics) -> Scenario {
    try setting.document(path).scenario(choices: try choices())
  }

  /// What the command line sets in place of what the scenario says.
  func choices() throws(Diagnostics) -> ScenarioChoices {
    var choices = ScenarioChoices(trials: trials, seed: seed, portfolio: portfolio)
    choices.from = try start.state()
    return choices
  }

  /// The name of a run's folder: that of the scenario's folder or file.
  var runName: String { Self.runName(of: path) }

  /// The name of the folder for the results of a scenario.
  static func runName(of path: String) -> String {
    let parts = path.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
    guard var name = parts.last else { return "run" }
    if path == StandardInput.name { return "stdin" }
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name == "scenario" && parts.count > 1 ? parts[parts.count - 2] : name
  }
}
