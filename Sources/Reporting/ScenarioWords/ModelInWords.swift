import FundCore
import ScenarioInput
import Simulation

/// Says in words how the loans of a scenario default, and what is recovered.
struct ModelInWords {
  let scenario: Scenario

  /// Line by line, a label and its text.
  var model: [LabelledText] {
    let defaults = scenario.defaults
    let factors = defaults.factors
    let dependence: LocalizedText =
      switch factors.dependence {
      case .independent: .init(en: "independent", zh: "相互独立")
      case .gaussian: .init(en: "Gaussian factor", zh: "高斯因子")
      case .studentT(let degrees):
        .init(en: "Student t factor, \(degrees) degrees of freedom", zh: "学生t因子，自由度\(degrees)")
      case .gamma(let variance):
        .init(en: "gamma factor, variance \(variance)", zh: "伽马因子，方差\(variance)")
      }
    var lines = [
      LabelledText(.init(en: "timing of defaults", zh: "违约时点"), defaults.timing.words),
      LabelledText(.init(en: "dependence", zh: "相依结构"), dependence),
    ]
    switch factors.dependence {
    case .gaussian, .studentT:
      let values = factors.assetCorrelations
      let sectors = zip(scenario.portfolio.sectors, values).map {
        LocalizedText(same: "\($0) \($1)")
      }
      let text: LocalizedText =
        values.count == 1
        ? .init(same: "\(values[0])")
        : .init(
          en: "\(sectors.joined()); between sectors \(factors.sectorCorrelation)",
          zh: "\(sectors.joined())；行业之间\(factors.sectorCorrelation)")
      lines.append(LabelledText(.init(en: "asset correlation", zh: "资产相关系数"), text))
    case .independent, .gamma: break
    }
    if factors.dependence != .independent {
      lines.append(
        LabelledText(
          .init(en: "factor period", zh: "因子周期"),
          factors.periodMonths == 12
            ? .init(
              en: "year, persistence \(factors.persistence)", zh: "年，持续性\(factors.persistence)")
            : .init(
              en: "month, persistence \(factors.persistence)",
              zh: "月，持续性\(factors.persistence)")))
    }
    return lines + [recovery]
  }

  private var recovery: LabelledText {
    let recovery = scenario.recovery
    let loading: LocalizedText =
      recovery.loading > 0
      ? .init(en: ", loading \(recovery.loading)", zh: "，载荷\(recovery.loading)") : .empty
    return LabelledText(
      .init(en: "recovery", zh: "追偿"),
      .init(
        en: """
          mean \(recovery.mean), SD \(recovery.standardDeviation), after \
          \(recovery.lag.lowerBound)–\(recovery.lag.upperBound) months, costs \
          \(recovery.costs)\(loading)
          """,
        zh: """
          均值\(recovery.mean)，标准差\(recovery.standardDeviation)，\
          \(recovery.lag.lowerBound)–\(recovery.lag.upperBound)个月后到账，\
          成本\(recovery.costs)\(loading)
          """))
  }
}
