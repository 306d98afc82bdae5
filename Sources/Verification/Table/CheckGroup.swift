public import FundCore

/// What checks are about.
public enum CheckGroup: String, CaseIterable, Sendable {
  case rules, random, functions, statistics, defaults, funds, money, history

  /// What the group is called.
  public var title: LocalizedText {
    switch self {
    case .rules:
      .init(en: "Programmes: cases worked by hand", zh: "各办法：手工算例")
    case .random:
      .init(en: "Random numbers: published and pinned words", zh: "随机数：公开及固定的输出")
    case .functions:
      .init(en: "Distributions: published and high-precision values", zh: "分布函数：公开值与高精度值")
    case .statistics:
      .init(en: "Statistics: samples worked by hand", zh: "统计：手工核算的样本")
    case .defaults:
      .init(en: "Defaults: laws of portfolios", zh: "违约：贷款组合的分布规律")
    case .funds:
      .init(en: "Funds: exhaustion and thresholds", zh: "资金：耗尽与阈值")
    case .money:
      .init(en: "Money: conservation, cost, indicators", zh: "资金收支：守恒、成本与指标")
    case .history:
      .init(en: "History: likelihood and bounds", zh: "历史数据：似然与上界")
    }
  }
}
