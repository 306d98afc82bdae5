import ArgumentParser
import DocumentReading
import FundCore
import Reporting

/// How well figures have to be known before a run ends.
struct PrecisionArguments: ParsableArguments {
  @Option(
    name: .customLong("precision"),
    help: ArgumentHelp(
      Language.say(
        en: """
          End when this is known so well, half of the 95 % interval: 2% of the mean compensation, \
          'exhaustion=0.1%' in points, 'bank:compensation.q99=1%', 'closing=10万'; repeatable. Looks after \
          4096, 8192, 16384, … trials; ends at --trials or --time-limit with what it has.
          """,
        zh: """
          达到该精度（95%区间的一半）即停止：2%为平均补偿的2%，'exhaustion=0.1%'为百分点，\
          '银行:compensation.q99=1%'，'closing=10万'；可多次给出。在4096、8192、16384……次模拟后检查；\
          到 --trials 或 --time-limit 时按现有结果结束。
          """),
      valueName: "[figure=]part"))
  var texts: [String] = []

  /// What is asked for.
  var targets: [PrecisionTarget] { texts.compactMap { PrecisionTarget($0) } }

  func validate() throws {
    for text in texts { try Self.check(text) }
  }

  /// - Throws: `ValidationError` if it is no target, or an amount without a unit.
  private static func check(_ text: String) throws {
    guard PrecisionTarget(text) != nil else {
      throw ValidationError(
        en: """
          --precision '\(text)': write a part, such as 2%, or a figure with a part or an amount, such as \
          'exhaustion=0.1%' or 'compensation=10万'; before the figure a fund and a colon for one fund alone.
          """,
        zh: """
          --precision '\(text)'：请写比例，如2%；或数据名加比例或金额，如 'exhaustion=0.1%'、\
          'compensation=10万'；只针对一只基金时，前面写基金名和冒号。
          """)
    }
    let bound = text.split { $0 == "=" || $0 == "＝" }.last.map(String.init) ?? text
    guard case .success(let amount) = Scalar.money(bound),
      Scalar.unclearAmount(bound, amount, below: .yuan(10_000)) != nil
    else { return }
    throw ValidationError(
      en: "--precision '\(text)' has no unit: write \(bound)%, or \(bound)万 or \(bound)元.",
      zh: "--precision '\(text)' 没有单位：请写\(bound)%，或\(bound)万、\(bound)元。")
  }
}
