import ArgumentParser
import Foundation
import FundCore
import ScenarioInput

/// What every command that studies a scenario asks for, beside the scenario.
struct StudyArguments: ParsableArguments {
  @OptionGroup var setting: SettingArguments
  @OptionGroup var threading: ThreadOption
  @OptionGroup var output: OutputOptions

  var threads: Int? { threading.threads }

  /// The scenario with one of its funds alone.
  func scenario(
    _ input: ScenarioArguments, fund: String?, years: YearArguments? = nil
  ) throws(Diagnostics) -> Scenario {
    let document = try setting.document(input.path)
    var choices = try input.choices()
    years?.set(in: &choices)
    let whole = try document.scenario(choices: choices)
    var position = 0
    if let fund { position = try whole.position(ofFund: fund) }
    return try document.keepingFund(position).scenario(choices: choices)
  }
}

/// What commas separate in a value of the command line.
func items(of text: String) -> [String] {
  text.split { $0 == "," || $0 == "，" }.map { $0.trimmingCharacters(in: .whitespaces) }
}
