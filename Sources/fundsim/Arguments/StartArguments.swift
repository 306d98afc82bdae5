import ArgumentParser
import FundCore
import ScenarioInput

/// From where a scenario goes on.
struct StartArguments: ParsableArguments {
  @Option(
    name: .customLong("from"),
    help: .text(
      en: """
        Go on from this state of the fund (a file of 'fundsim replay … --until DAY --state FILE'), and not \
        from the scenario's opening.
        """,
      zh: "从基金的这一状态接续（'fundsim replay … --until 日期 --state 文件' 写出的文件），不从情景的启动月份开始。"),
    completion: .file(extensions: ["json"]))
  var file: String?

  /// The state; `nil` for a run from the opening.
  func state() throws(Diagnostics) -> StateSource? {
    guard let file else { return nil }
    return try StateSource(file: file)
  }
}
