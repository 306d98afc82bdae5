import ArgumentParser
import FundCore
import ScenarioInput
import Simulation

/// Whether exhaustion is also looked at by trials in which it is frequent.
struct RareArguments: ParsableArguments {
  @Flag(
    help: .text(
      en: """
        Also run a second set of trials, drawn so that the funds fail often and weighted back: exhaustion of one in \
        a million is known in seconds.
        """,
      zh: "另行运行第二组模拟：抽样时让基金常常耗尽，再以权重还原；百万分之一的耗尽概率几秒可知。"))
  var rare = false
  @Option(
    name: .customLong("rare-trials"),
    help: .text(
      en: "How many trials that set has (default: \(RareRequest.usualTrials)).",
      zh: "该组的模拟次数（默认：\(RareRequest.usualTrials)）。"))
  var trials: Int?

  func validate() throws {
    guard let trials else { return }
    if !rare {
      throw ValidationError(
        en: "--rare-trials is of --rare; give both.", zh: "--rare-trials 用于 --rare；请同时给出。")
    }
    if !(1...largestTrialCount).contains(trials) {
      throw ValidationError(
        en: "--rare-trials takes a whole number from 1 to \(largestTrialCount).",
        zh: "--rare-trials 取1至\(largestTrialCount)的整数。")
    }
  }

  /// What is asked for; `nil` without `--rare`.
  ///
  /// - Parameter own: The scenario's own levels, in millionths.
  func request(own: [Int]) -> RareRequest? {
    guard rare else { return nil }
    return RareRequest(trials: trials ?? RareRequest.usualTrials, ownLevels: own)
  }
}
