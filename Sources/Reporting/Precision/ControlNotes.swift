import FundCore
import LossStatistics
import ReportForm
import Simulation

/// What a report says of the controls by which the mean amounts of its funds are sharpened.
struct ControlNotes {
  let fund: FundEstimates
  let trialCount: Int

  /// How many times smaller the variance of the mean compensation is; `nil` where it is the trials' own.
  private var reduction: Double? {
    let mean = fund.compensation.mean
    guard mean.method == .control, let error = mean.standardError, error > 0 else { return nil }
    let plain = fund.compensation.standardDeviation
    return plain * plain / (error * error * Double(trialCount))
  }

  /// For programs.
  var json: JSONValue {
    [
      "known": .array(
        fund.controls.controls.map {
          [
            "control": .string($0.kind.rawValue),
            "mean": .number($0.kind == .defaults ? $0.mean : $0.mean / 100),
          ]
        }),
      "missing": fund.controls.gap.map { .string($0.rawValue) } ?? .null,
      "varianceReduction": reduction.map { .number($0) } ?? .null,
    ]
  }

  /// How mean amounts were found, in one sentence or two.
  static func sentence(of estimates: RiskEstimates) -> LocalizedText {
    let notes = estimates.funds.map { ControlNotes(fund: $0, trialCount: estimates.trialCount) }
    let sharpened = notes.filter { $0.reduction != nil }
    var sentences: [LocalizedText] = []
    if !sharpened.isEmpty {
      let factors = sharpened.map { note in
        let factor = NumberFormat.significant(note.reduction ?? 1, digits: 2)
        return estimates.funds.count == 1
          ? LocalizedText(same: factor)
          : LocalizedText(
            en: "\(visibleText(note.fund.name)) \(factor)",
            zh: "\(visibleText(note.fund.name))\(factor)")
      }.joined()
      sentences.append(
        LocalizedText(
          en: """
            Mean amounts and their differences are sharpened by controls whose means are known exactly (method \
            "control"): the number of defaults, and what the fund would owe whatever its balance. The variance \
            of the mean compensation is so many times smaller: \(factors). Probabilities and quantiles are the \
            trials' own.
            """,
          zh: """
            金额的均值及其差异以期望值精确已知的控制变量（违约笔数、不计余额时的应付补偿）修正（方法记为“control”）；\
            平均补偿的方差缩小为原来的若干分之一，倍数为：\(factors)。概率与分位数直接取自模拟结果。
            """))
    }
    let gaps = Set(notes.filter { $0.reduction == nil }.compactMap(\.fund.controls.gap))
    sentences += FundControls.Gap.allCases.filter { gaps.contains($0) }.map { gap in
      LocalizedText(
        en: "Mean amounts without a control are those of the trials: \(gap.words.english).",
        zh: "未使用控制变量的均值直接取自模拟结果：\(gap.words.chinese)。")
    }
    guard !sentences.isEmpty else {
      return LocalizedText(
        en: "Mean amounts are those of the trials: too few of them show what controls would bring.",
        zh: "金额的均值直接取自模拟结果：模拟次数过少，无法判断控制变量的作用。")
    }
    return sentences.joined(with: .init(en: " ", zh: ""))
  }
}

extension FundControls.Gap {
  /// Why a control is missing.
  fileprivate var words: LocalizedText {
    switch self {
    case .notAsked: .init(en: "nobody asked for controls", zh: "未要求使用控制变量")
    case .parameterDraws:
      .init(en: "the parameters are drawn, and trials share draws", zh: "参数为抽样所得，多次模拟共用一组参数")
    case .knownState:
      .init(en: "the run goes on from a day's state", zh: "本次运行从某日的状态继续")
    case .tooManyKinds:
      .init(en: "too many loans are unlike each other", zh: "彼此不同的贷款过多")
    case .stoppedLending:
      .init(
        en: "loans that suspended banks do not make change the number of defaults",
        zh: "被暂停的银行不再放款，违约笔数随之改变")
    case .coupledClaims:
      .init(
        en:
          "what is owed on a claim hangs on other claims, and the number of defaults alone tells too little",
        zh: "各笔补偿相互影响，仅凭违约笔数说明不了多少")
    }
  }
}
