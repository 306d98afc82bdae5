import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// What is not known of the headline of a run: how likely each fund lasts through the horizon.
struct RunDoubts {
  let report: RiskReport

  /// Survival through the horizon, of one fund.
  func survival(_ fund: Int) -> Proportion? { report.estimates.funds[fund].survival.last }

  /// The standard error of survival; where too few trials show one, what its 95 % interval comes to.
  func simulationError(_ fund: Int) -> Double {
    guard let survival = survival(fund) else { return 0 }
    let interval = survival.interval95
    return survival.standardError ?? (interval.high - interval.low) / (2 * 1.959963984540054)
  }

  /// Between which values survival lies over the draws of the parameters; `nil` without draws.
  func parameters(_ fund: Int) -> Interval? {
    report.estimates.funds[fund].parameterSpread.map { Interval(low: $0.low, high: $0.high) }
  }

  /// Survival by the best estimate alone, as if that were the truth; `nil` without draws.
  func bestEstimate(_ fund: Int) -> Proportion? {
    report.bestEstimate.map {
      Proportion(successes: $0.trials - $0.exhausted[fund], of: $0.trials)
    }
  }

  /// How much of the width of its interval comes from the parameters, and not from the simulation.
  func intervalShare(_ fund: Int) -> Double? {
    guard let survival = survival(fund) else { return nil }
    return parameters(fund)?.widthShare(beside: survival.interval95)
  }

  /// Survival under the other readings that move the headline, and as it is read.
  func readings(_ fund: Int) -> Interval? {
    guard report.knowsHeadlineReadings, hasEnoughTrials else { return nil }
    return range(
      fund,
      report.headlineReadings.filter { $0.fund == fund }.map {
        Double($0.inUse.exhausted - $0.other.exhausted) / Double($0.trials)
      })
  }

  /// Survival under the other laws of dependence, and under the scenario's own.
  func dependence(_ fund: Int) -> Interval? {
    guard let laws = report.headlineLaws else { return nil }
    return range(
      fund,
      laws.others.map {
        Double(laws.inUse.exhausted[fund] - $0.exhausted[fund]) / Double(laws.trials)
      })
  }

  /// Whether the run has so many trials that readings and laws can be held beside each other.
  private var hasEnoughTrials: Bool {
    report.estimates.plannedTrials >= HeadlineReading.smallestTrialCount
  }

  /// The headline, moved by differences that were found on the same draws.
  private func range(_ fund: Int, _ differences: [Double]) -> Interval? {
    guard let value = survival(fund)?.value else { return nil }
    return Interval(
      low: max(0, value + min(0, differences.min() ?? 0)),
      high: min(1, value + max(0, differences.max() ?? 0)))
  }

  // MARK: In words

  /// The section of a run.
  func section(_ run: RunComposer) -> ReportSection {
    let composer = DoubtsComposer(
      figures: report.estimates.funds.indices.compactMap { figure($0) }, money: run.money,
      what: .init(en: "lasts through \(run.lastMonth)", zh: "足额至\(run.lastMonth)"))
    return ReportSection(
      .init(en: "What is not known", zh: "尚不确知之处"),
      [.paragraph(Self.opening), .table(composer.table), .list(sentences)],
      charts: composer.charts)
  }

  private func figure(_ fund: Int) -> DoubtedFigure? {
    guard let survival = survival(fund) else { return nil }
    return DoubtedFigure(
      name: .init(same: report.funds[fund].name), place: fund, value: survival.value, unit: .part,
      bestEstimate: bestEstimate(fund)?.value,
      doubts: [
        Doubt(source: .simulation, range: survival.interval95),
        Doubt(
          source: .parameters, range: parameters(fund),
          missing: report.estimates.drawCount != nil
            ? .init(en: "too few trials", zh: "模拟次数不足") : .init(en: "not told", zh: "未给出")),
        Doubt(source: .readings, range: readings(fund), missing: Self.notLookedAt),
        Doubt(source: .dependence, range: dependence(fund), missing: Self.notLookedAt),
      ])
  }

  private static let notLookedAt = LocalizedText(en: "not looked at", zh: "未比较")

  static let opening = LocalizedText(
    en: """
      How far each thing that is not known may move the answer, the others left as they are. The ranges \
      do not add up: each stands for itself.
      """,
    zh: "各项不确定因素单独可使结论变动的范围，其余不变。各范围不可相加。")

  /// What stands below the table.
  private var sentences: [LocalizedText] {
    estimateSentences + [Self.simulation] + parameters + readingSentences + lawSentences
  }

  private static let simulation = LocalizedText(
    en: """
      Simulation: how another run would come out, with other draws of the parameters where there are any; \
      more trials, and more draws, make it narrow. They change nothing of the others.
      """,
    zh: "模拟误差：另作一次模拟（有参数抽样的，另取抽样）的出入；增加模拟次数和抽样组数即可缩小，其余各项不因此改变。")

  /// What the draws say, or how to get them.
  private var parameters: [LocalizedText] {
    guard let drawCount = report.estimates.drawCount else { return [Self.withoutDraws] }
    let count = NumberFormat.whole(drawCount)
    let opening = LocalizedText(
      en: """
        Parameters: all figures are means over \(count) draws of the probabilities, with what the history \
        leaves open of them. 5–95 %: between these lies the fund's survival, were the true probabilities \
        known; the simulation's noise is taken off.
        """,
      zh: """
        参数：全部数字均为\(count)组参数抽样的平均，已计入历史数据未能确定之处。5%–95%：假如真实概率已知，\
        基金的足额概率即在此范围内；模拟噪声已剔除。
        """)
    let widths = list { fund in
      intervalShare(fund).map { Self.percent($0, error: nil) }
    }
    let shares = list { fund in
      let spread = report.estimates.funds[fund].parameterSpread
      return spread?.varianceShare.map { Self.percent($0, error: spread?.shareError) }
    }
    return [opening]
      + widths.map {
        .init(
          en: """
            Of the width of the interval of survival (parameters and simulation together, squared widths) so \
            much comes from the parameters, the short history: \($0).
            """,
          zh: "足额概率的区间宽度（参数与模拟合计，按宽度平方）中，源于参数即历史太短的部分：\($0)。")
      }
      + shares.map {
        .init(
          en: """
            How much of the chance of a shortfall is ignorance of the probabilities, and not luck (its part \
            of the variance): \($0).
            """,
          zh: "出现缺口的不确定性中，源于概率未知而非运气的部分（占方差）：\($0)。")
      }
  }

  /// A text for every fund that has one, as a list of one; empty where none has.
  private func list(_ text: (Int) -> LocalizedText?) -> [LocalizedText] {
    let items = report.funds.indices.compactMap { fund in
      text(fund)?.named(isolated(report.funds[fund].name))
    }
    return items.isEmpty ? [] : [items.joined(with: .init(en: "; ", zh: "；"))]
  }

  /// `20 % ± 1`.
  static func percent(_ share: Double, error: Double?) -> LocalizedText {
    let points = share * 100
    let decimals =
      error.flatMap { NumberFormat.decimals(standardError: $0 * 100) } ?? (points > 99 ? 2 : 0)
    let text = NumberFormat.fixed(points, decimals: min(decimals, 2))
    guard let error, error > 0 else { return LocalizedText(en: "\(text) %", zh: "\(text)%") }
    let reach = NumberFormat.fixed(error * 100, decimals: min(decimals, 2))
    return LocalizedText(en: "\(text) % ± \(reach)", zh: "\(text)%±\(reach)")
  }

  static let withoutDraws = LocalizedText(
    en: """
      Parameters: the probabilities and the correlation are taken as right, and no interval here holds \
      whether they are. `fundsim calibrate HISTORY` finds what a yearly table of defaults leaves open; \
      `uncertainty:` in the scenario carries it along.
      """,
    zh: """
      参数：违约概率和相关系数均按正确处理，所有区间都不含其是否正确。`fundsim calibrate 历史表` 可由年度违约表\
      得出其未定之处，情景中的 `uncertainty:` 可将其计入。
      """)

  private var readingSentences: [LocalizedText] {
    guard report.knowsHeadlineReadings else { return [HeadlineNotes.unknown] }
    guard let first = report.headlineReadings.first else { return [] }
    let names = report.headlineReadings.map { "\($0.interpretation) \($0.other.reading)" }
    var known: [String] = []
    for name in names where !known.contains(name) { known.append(name) }
    let list = LocalizedText(
      en: "\(known.joined(separator: ", "))", zh: "\(known.joined(separator: "、"))")
    let trials = NumberFormat.whole(first.trials)
    return [
      .init(
        en: """
          Readings: \(list), one at a time, each held against the reading in use on the first \(trials) \
          trials.
          """,
        zh: "条文读法：\(list)，逐一与采用的读法比较，取前\(trials)次模拟。")
    ]
  }

  private var lawSentences: [LocalizedText] {
    guard let laws = report.headlineLaws else {
      return hasEnoughTrials
        ? [
          .init(
            en: "Law of dependence: the time was over before others were looked at.",
            zh: "相依结构：比较之前时间已到。")
        ] : []
    }
    guard !laws.others.isEmpty else { return [] }
    let own = laws.inUse.words
    let others = laws.others.map(\.words).joined(with: .init(en: ", ", zh: "、"))
    let trials = NumberFormat.whole(laws.trials)
    return [
      .init(
        en: """
          Law of dependence: \(others) in place of \(own), on the same draws of the first \(trials) \
          trials. A few years of defaults do not tell one from the other.
          """,
        zh: """
          相依结构：以\(others)代替\(own)，前\(trials)次模拟，随机数相同。几年的违约数据无法区分二者。
          """)
    ]
  }
}

extension HeadlineLaws.Law {
  /// The law in words.
  var words: LocalizedText {
    let number = parameter.map { NumberFormat.trimmed($0, decimals: 3) } ?? ""
    switch name {
    case "studentT":
      return .init(
        en: "Student t factors (\(number) degrees of freedom, same PD and correlation)",
        zh: "学生t因子（自由度\(number)，违约概率与相关系数不变）")
    case "gamma": return .init(en: "a gamma factor (variance \(number))", zh: "伽马因子（方差\(number)）")
    case "independent": return .init(en: "independence", zh: "相互独立")
    default:
      guard let ownCorrelation else { return .init(en: "Gaussian factors", zh: "高斯因子") }
      let own = NumberFormat.fixed(ownCorrelation, decimals: 3)
      return .init(
        en: "Gaussian factors (asset correlation \(own): defaults correlate as much)",
        zh: "高斯因子（资产相关系数\(own)，违约相关性相同）")
    }
  }
}
