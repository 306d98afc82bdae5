import ArgumentParser
import DocumentReading
import FundCore
import ScenarioInput
import Simulation

/// What is asked of the years.
struct YearArguments: ParsableArguments {
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
  }

  /// Sets it in what the command line sets.
  func set(in choices: inout ScenarioChoices) {
    (choices.floor, choices.yearTrials) = (floor, yearTrials)
  }
}
