import ArgumentParser
import FundCore
import Planning
import ScenarioInput

/// Values that the command line sets in place of a scenario file's.
struct SettingArguments: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      Language.say(
        en:
          "Set a value of the scenario file: path=value; `funds.1.` or `funds.*.` for a fund. Repeatable.",
        zh: "设定情景文件中的值：路径=值；`funds.1.` 或 `funds.*.` 指基金。可重复。"),
      valueName: "path=value"), completion: .custom(Completion.settings))
  var settings: [String] = []

  /// What is set, each with a single value.
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

  /// What is set, with all values.
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
}
