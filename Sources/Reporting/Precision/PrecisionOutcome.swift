public import FundCore
public import LossStatistics
import ReportForm
import ScenarioInput

/// How well the figures are known whose precision was asked for, and what ended the run.
public struct PrecisionOutcome: Sendable, Hashable {
  /// A look at a figure.
  public struct Look: Sendable, Hashable {
    /// After how many trials.
    public let trials: Int
    /// The figure.
    public let value: Double
    /// Its interval at the look, which holds the truth with 95 % over all looks; `nil` where the trials tell none.
    public let interval: Interval?
    /// Half of it.
    public let half: Double?
    /// How large that may be.
    public let wanted: Double
    /// Whether it is small enough.
    public let isReached: Bool
    /// Whether the trials were rare ones.
    public var isRare = false
  }

  /// A figure of a fund, or of a row of a study.
  public struct Item: Sendable, Hashable {
    /// What was asked.
    public let target: PrecisionTarget
    /// The name of the figure.
    public let figure: String
    /// Whose it is.
    public let subject: String
    /// Whether it is a probability.
    public let isProbability: Bool
    /// The looks, in their order.
    public var looks: [Look]

    /// Creates an item without a look.
    public init(
      _ target: PrecisionTarget, figure: String, of subject: String, isProbability: Bool
    ) {
      (self.target, self.figure, self.subject) = (target, figure, subject)
      self.isProbability = isProbability
      looks = []
    }

    /// Whether it is known well enough.
    public var isReached: Bool { looks.last?.isReached ?? false }
  }

  /// What ended the run.
  public enum End: String, Sendable, Hashable {
    /// Every target was reached.
    case reached
    /// The most trials were run.
    case trials
    /// The time was over, or somebody stopped it.
    case stopped
  }

  /// One entry a target and fund or row.
  public var items: [Item]
  /// What ended the run.
  public var end: End
  /// How many draws of the parameters the trials share; `nil` if there are none.
  public var drawCount: Int?

  /// Creates an outcome.
  public init(_ items: [Item], end: End) { (self.items, self.end) = (items, end) }

  /// Whether all targets were reached.
  public var isReached: Bool { items.allSatisfy(\.isReached) }

  /// About how many trials would reach all of them; `nil` where that is not known, or where draws of the parameters
  /// differ: no number of trials lowers what lies between them.
  public var trialsNeeded: Int? {
    guard drawCount == nil else { return nil }
    let counts = items.filter { !$0.isReached }.map { item -> Double? in
      guard let look = item.looks.last, let half = look.half, look.wanted > 0 else { return nil }
      let ratio = half / look.wanted
      return Double(look.trials) * ratio * ratio
    }
    let known = counts.compactMap(\.self)
    guard known.count == counts.count, let most = known.max(), most < 1e15 else { return nil }
    // Two digits, and some more, because the error is not known exactly.
    var step = 1.0
    while 1.1 * most / step >= 100 { step *= 10 }
    return Int((1.1 * most / step).rounded(.up) * step)
  }
}

extension PrecisionOutcome {
  /// For programs.
  var json: JSONValue {
    [
      "end": .string(end.rawValue), "reached": .bool(isReached),
      "trialsNeeded": trialsNeeded.map { isReached ? .null : .integer($0) } ?? .null,
      "figures": .array(items.map { Self.json($0) }),
    ]
  }

  /// What these trials do not tell is null.
  private static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .number(value) : .null
  }

  private static func json(_ item: Item) -> JSONValue {
    let last = item.looks.last
    return [
      "target": .string(item.target.text), "figure": .string(item.figure),
      "of": .string(item.subject), "reached": .bool(item.isReached),
      "value": last.map { number($0.value) } ?? .null,
      "low": last?.interval.map { .number($0.low) } ?? .null,
      "high": last?.interval.map { .number($0.high) } ?? .null,
      "looks": .array(
        item.looks.map { look in
          [
            "trials": .integer(look.trials), "half": look.half.map { .number($0) } ?? .null,
            "wanted": number(look.wanted), "reached": .bool(look.isReached),
          ]
        }),
    ]
  }

  /// In words, a line a figure.
  public var lines: [LocalizedText] { items.map { Self.line($0) } }

  private static func line(_ item: Item) -> LocalizedText {
    let name = LocalizedText(
      en: "\(item.figure) of \(isolated(item.subject))",
      zh: "\(isolated(item.subject))的\(item.figure)")
    guard let look = item.looks.last, let interval = look.interval, let half = look.half else {
      return LocalizedText(
        en: "\(name): these trials tell no interval (wanted: \(visibleText(item.target.text)))",
        zh: "\(name)：本次模拟得不出区间（要求：\(visibleText(item.target.text))）")
    }
    func show(_ number: Double) -> LocalizedText {
      if item.isProbability {
        let percent = NumberFormat.significant(100 * number, digits: 3)
        return .init(en: "\(percent) %", zh: "\(percent)%")
      }
      guard abs(number) >= 1_000, abs(number) < 1e15 else {
        return .init(same: NumberFormat.significant(number, digits: 4))
      }
      return MoneyScale.best(Money(fen: Int64((100 * number).rounded())))
    }
    let (value, low, high) = (show(look.value), show(interval.low), show(interval.high))
    let away = show(half)
    let count = NumberFormat.whole(look.trials)
    let trials =
      look.isRare
      ? LocalizedText(en: "\(count) rare trials", zh: "\(count)次稀有抽样")
      : LocalizedText(en: "\(count) trials", zh: "\(count)次模拟")
    let target = visibleText(item.target.text)
    let verdict: LocalizedText =
      item.isReached ? .init(en: "reached", zh: "已达到") : .init(en: "NOT reached", zh: "未达到")
    return LocalizedText(
      en: """
        \(name): \(value) ± \(away) (\(low) to \(high)) after \(trials); wanted \(target): \(verdict)
        """,
      zh: """
        \(name)：\(trials)后为\(value)±\(away)（\(low)至\(high)）；要求\(target)：\(verdict)
        """)
  }

  /// What ended the run.
  private var note: LocalizedText {
    switch end {
    case .reached:
      .init(
        en:
          "The run ended when the precision was reached. Its intervals hold with 95 % over all looks",
        zh: "达到所要求的精度后即停止。以下区间按各次检查合计的95%计")
    case .trials:
      .init(
        en: "All trials were run, and the precision was not reached",
        zh: "模拟次数已用完，未达到所要求的精度")
    case .stopped where isReached:
      .init(
        en:
          "The run was stopped, by its time limit or by a signal; the precision was reached by then",
        zh: "运行因时限或信号而停止，届时已达到所要求的精度")
    case .stopped:
      .init(
        en: "The run was stopped before the precision was reached",
        zh: "达到所要求的精度之前，运行已停止")
    }
  }

  /// What stands in a report, before its results.
  var blocks: [SectionBlock] { [.subheading(note), .list(lines + (advice.map { [$0] } ?? []))] }

  /// What to do where it was not reached; `nil` where it was, or nobody knows.
  public var advice: LocalizedText? {
    if let drawCount, !isReached {
      return .init(
        en: """
          The error lies between the \(drawCount) draws of the parameters (uncertainty): more trials do not lower it
          """,
        zh: "误差来自\(drawCount)组参数抽样（`uncertainty`）之间，增加模拟次数无法降低")
    }
    guard !isReached, let needed = trialsNeeded else { return nil }
    let count = NumberFormat.whole(needed)
    guard needed <= largestTrialCount else {
      let most = NumberFormat.whole(largestTrialCount)
      return .init(
        en: "About \(count) trials would reach it, and a run has \(most) at most: ask for less",
        zh: "约需\(count)次模拟，而一次运行至多\(most)次：请放宽要求")
    }
    return .init(
      en: "About \(count) trials would reach it: --trials \(needed)",
      zh: "约需\(count)次模拟：--trials \(needed)")
  }
}
