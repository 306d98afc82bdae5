import FundCore
import LossStatistics
import Planning
import ReportForm
import Simulation

extension YearFigure {
  /// The figure in words.
  var words: LocalizedText {
    switch self {
    case .compensation: .init(en: "compensation", zh: "风险补偿")
    case .returned: .init(en: "returned to the fund", zh: "返还基金")
    case .fee: .init(en: "management fees", zh: "管理费")
    case .interest: .init(en: "interest", zh: "利息")
    case .newMoney: .init(en: "new money", zh: "新增资金")
    case .givenBack: .init(en: "given back to the contributors", zh: "返还出资人")
    case .netOutlay: .init(en: "net outlay", zh: "净支出")
    case .unpaid: .init(en: "left unpaid", zh: "未付")
    case .closing: .init(en: "closing balance", zh: "期末余额")
    case .budget: .init(en: "money needed at the start", zh: "年初需投入资金")
    case .leverage: .init(en: "leverage", zh: "放大倍数")
    case .leveragePeak: .init(en: "leverage, highest month end", zh: "放大倍数（月末最高）")
    case .lendingMultiple:
      .init(en: "covered lending by money put in", zh: "累计纳保贷款与投入资金之比")
    case .claimRate: .init(en: "claim rate", zh: "代偿率")
    case .claimRatePeak: .init(en: "claim rate, highest month end", zh: "代偿率（月末最高）")
    case .recoveryRate: .init(en: "recovery rate", zh: "代偿返还率")
    case .lossRate: .init(en: "loss rate", zh: "代偿损失率")
    case .lossRatePeak: .init(en: "loss rate, highest month end", zh: "代偿损失率（月末最高）")
    case .nonPerforming: .init(en: "non-performing loan ratio", zh: "不良率")
    case .nonPerformingPeak:
      .init(en: "non-performing loan ratio, highest month end", zh: "不良率（月末最高）")
    case .useOfMoney: .init(en: "use of the money", zh: "资金使用率")
    }
  }

  /// A ratio in words, with three digits: 1.52, 4.21 %, ∞.
  func text(_ value: Double?) -> LocalizedText {
    guard let value, value.isFinite else { return .init(same: "∞") }
    if isMultiple { return .init(same: NumberFormat.rough(value)) }
    let number = NumberFormat.rough(value * 100)
    return .init(en: "\(number) %", zh: "\(number)%")
  }

  /// A limit in words.
  func limitText(millionths: Int64) -> LocalizedText {
    let value = Double(millionths) / 1_000_000
    if isMultiple { return .init(same: NumberFormat.trimmed(value, decimals: 6)) }
    let number = NumberFormat.trimmed(value * 100, decimals: 4)
    return .init(en: "\(number) %", zh: "\(number)%")
  }
}

extension YearRequest.Limit {
  /// What passing it is, in words.
  var words: LocalizedText {
    let figure = indicator.figure
    let (name, bound) = (figure.words, figure.limitText(millionths: millionths))
    return figure.worstEnd == .high
      ? .init(en: "\(name) above \(bound)", zh: "\(name)高于\(bound)")
      : .init(en: "\(name) below \(bound)", zh: "\(name)低于\(bound)")
  }
}

extension YearPeriod {
  /// The time in words.
  var words: LocalizedText {
    switch kind {
    case .run: .init(en: "whole run", zh: "全期")
    case .calendar: .init(en: "\(number)", zh: "\(number)年")
    case .programme: .init(en: "year \(number) of the run", zh: "第\(number)年")
    }
  }

  /// How tables for programs name it.
  var label: String {
    switch kind {
    case .run: "run"
    case .calendar: "\(number)"
    case .programme: "year\(number)"
    }
  }
}

extension Figure {
  /// A figure that a run keeps with its precision.
  init(_ known: KnownFigure, in unit: Unit) {
    self.init(
      known.value, in: unit, standardError: unit == .part ? nil : known.standardError,
      isReliable: known.isReliable)
    if let low = known.low, let high = known.high { interval95 = Interval(low: low, high: high) }
    isExact = known.isExact
    trialsNeeded = known.trialsNeeded
  }

  /// A quantile in yuan.
  init(_ known: KnownQuantile, in unit: Unit) {
    self.init(
      known.value ?? .infinity, in: unit, isReliable: known.isReliable)
    if let low = known.low, let high = known.high { interval95 = Interval(low: low, high: high) }
    trialsNeeded = known.isReliable ? nil : Level(millionths: known.level).reliableTrialCount
  }
}
