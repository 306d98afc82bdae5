import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ResultFacts
import Simulation

/// Says in words what a scenario is, for its report.
struct ScenarioDescription {
  let scenario: Scenario

  // MARK: Provenance

  func provenance(version: EngineVersion) -> Provenance {
    let tape = scenario.portfolio
    var lent = Money.zero
    for loan in tape.loans { lent += loan.principal }
    var setAside = tape.setAside.sorted(by: SetAsideRows.precedes).map(\.counted)
    if tape.outsideWindow > 0 {
      setAside.append(
        CountedReason(
          reason: .init(en: "outside the scenario's window", zh: "在情景的时间窗口之外"),
          count: tape.outsideWindow))
    }
    var provenance = Provenance(
      engine: version,
      scenario: Provenance.Scenario(
        title: scenario.title, path: scenario.file, digest: digest),
      seed: scenario.seed, trials: scenario.trials,
      portfolio: PortfolioDescription(
        source: tape.source, loans: tape.loans.count,
        banks: tape.banks.count, enterprises: tape.enterprises.count, lent: lent))
    provenance.portfolio.setAside = setAside
    provenance.portfolio.units = tape.units
    provenance.portfolio.notices = tape.notices
    provenance.programmes = programmeReferences(of: scenario.funds)
    provenance.model = model
    provenance.levels = scenario.levels
    provenance.inputs = ScenarioFacts(scenario: scenario).all
    for fund in scenario.funds {
      provenance.overrides += FundInWords(fund: fund).overrides
      provenance.readings += FundInWords(fund: fund).readings
    }
    if scenario.assumesFacts {
      provenance.assumptions.append(
        .init(
          en: "every coverage fact without a column (registration, credit record, …) counts as met",
          zh: "没有对应列的补偿条件（登记、信用记录等）均视为满足"))
    }
    provenance.warnings = provenance.programmes.compactMap { $0.check.notice(of: $0.id) }
    return provenance
  }

  private var digest: String {
    var bytes = scenario.digestInput
    for fund in scenario.funds { bytes += Array(fund.programme.tree.digestText.utf8) }
    return SHA256.hexDigest(of: bytes)
  }

  private var model: [LabelledText] {
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

extension DocumentNode {
  /// The content of a tree without its places, for a digest.
  var digestText: String {
    switch content {
    case .scalar(let text, _): "'\(text)'"
    case .null: "~"
    case .sequence(let items): "[" + items.map(\.digestText).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key.value):\($0.value.digestText)" }.joined(separator: ",") + "}"
    }
  }
}

extension AssessmentTiming {
  /// When a loan can default, in words.
  var words: LocalizedText {
    switch self {
    case .monthly: .init(en: "monthly", zh: "每月")
    case .maturity: .init(en: "maturity", zh: "到期时")
    }
  }
}
