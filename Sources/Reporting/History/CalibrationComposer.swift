import Calibration
import FundCore
import ReportForm

/// Composes the report of a calibration.
struct CalibrationComposer {
  let source: CalibrationReport

  init(report: CalibrationReport) { source = report }

  var result: CalibrationResult { source.result }
  var history: DefaultHistory { result.history }
  private var isGraded: Bool { history.grades != [""] }

  /// The report in both languages.
  var report: Report {
    let (first, last) = (history.firstYear, history.years.upperBound - 1)
    let origin = HistoryOrigin(
      source: source.source, draws: result.draws.count, seed: result.settings.seed)
    var report = Report(
      kind: .init(
        en: "What the years \(first) to \(last) say of defaults", zh: "\(first)至\(last)年的历史说明了什么"),
      title: Origin.shortPath(source.source.file), generator: origin.generator)
    report.facts = origin.facts
    report.sections =
      [parameters, years] + ages + recovery + lowDefault + origin.unused + [origin.section]
    return report
  }

  // MARK: Parameters

  private var parameters: ReportSection {
    let levels: [LocalizedText] = Self.levels
    var table = FigureTable(
      "parameters",
      heads: [
        .empty, .init(en: "best", zh: "最佳"), .init(en: "given the history: mean", zh: "历史之后：均值"),
      ]
        + levels + levels.map { .init(en: "before it: \($0)", zh: "历史之前：\($0)") })
    for parameter in source.parameters {
      let best = cell(parameter.value(result.best.parameters), parameter)
      let label = ReportCell.words(name(parameter))
      guard let after = result.posterior.first(where: { $0.parameter == parameter }),
        let before = result.prior.first(where: { $0.parameter == parameter })
      else {
        let none = Array(repeating: ReportCell.none, count: 6)
        table.rows.append([label, best, .words(.init(en: "given", zh: "给定"))] + none)
        continue
      }
      let numbers = [
        after.mean, after.low, after.median, after.high, before.low, before.median, before.high,
      ]
      table.rows.append([label, best] + numbers.map { cell($0, parameter) })
    }
    return ReportSection(
      .init(en: "Best estimate, and what is possible", zh: "最佳估计与可能范围"),
      [.table(table)] + remarks.map { .paragraph($0) })
  }

  /// Heads of the columns of what is possible.
  static let levels: [LocalizedText] = ["5", "50", "95"].map { .init(en: "\($0) %", zh: "\($0)%") }

  private func name(_ parameter: CalibratedParameter) -> LocalizedText {
    switch parameter {
    case .pd(let grade):
      isGraded
        ? .init(en: "PD, grade \(history.grades[grade])", zh: "评级\(history.grades[grade])违约概率")
        : .init(en: "PD a year", zh: "年违约概率")
    case .assetCorrelation: .init(en: "asset correlation", zh: "资产相关系数")
    case .persistence: .init(en: "persistence", zh: "持续性")
    }
  }

  private func cell(_ value: Double, _ parameter: CalibratedParameter) -> ReportCell {
    if case .pd = parameter { return .percent(value) }
    return .number(value, decimals: 3)
  }

  private var remarks: [LocalizedText] {
    [interval] + atBound + [priors, literature, method] + counting
  }

  private var interval: LocalizedText {
    .init(
      en: """
        The best estimate makes the history likeliest. The history allows more than it: with 90 % \
        probability each parameter lies between its 5 % and 95 %.
        """,
      zh: "最佳估计使这段历史出现的可能性最大，但历史容许的不止于此：各参数以90%的概率落在其5%与95%之间。")
  }

  private var atBound: [LocalizedText] {
    var texts: [LocalizedText] = []
    if result.best.correlationIsAtBound {
      let high = result.posterior.first { $0.parameter == .assetCorrelation }?.high
      let bound = NumberFormat.fixed(high ?? 0, decimals: 3)
      texts.append(
        .init(
          en: """
            The likeliest asset correlation is 0: it is not to be told from 0. That is no proof that \
            loans default independently; values up to \(bound) fit the history, too.
            """,
          zh: "最可能的资产相关系数为0，即无法与0区分。这并不证明贷款违约相互独立：直至\(bound)的取值同样与历史相容。"))
    }
    if result.best.persistenceIsAtBound {
      texts.append(
        .init(
          en: "The likeliest persistence is 0: it is not to be told from 0.",
          zh: "最可能的持续性为0，即无法与0区分。"))
    }
    let none = history.grades.indices.filter { result.best.parameters.pds[$0] <= 0 }
    if isGraded, !none.isEmpty {
      let names = none.map { LocalizedText(same: history.grades[$0]) }.joined()
      texts.append(
        .init(
          en:
            "No default was seen in \(names): the best estimate there is 0, which nobody should use.",
          zh: "评级\(names)没有违约：其最佳估计为0，不宜直接使用。"))
    }
    return texts
  }

  private var priors: LocalizedText {
    let correlation: LocalizedText =
      switch result.settings.correlation {
      case .beta(let first, let second):
        .init(
          en: "for the correlation Beta(\(digits(first)), \(digits(second)))",
          zh: "相关系数为Beta(\(digits(first)), \(digits(second)))")
      case .fixed(let value):
        .init(en: "the correlation fixed at \(digits(value))", zh: "相关系数固定为\(digits(value))")
      }
    let persistence: LocalizedText =
      switch result.settings.persistence {
      case .uniform: .init(en: "for the persistence any value alike", zh: "持续性为均匀分布")
      case .fixed(let value):
        .init(en: "the persistence fixed at \(digits(value))", zh: "持续性固定为\(digits(value))")
      }
    let order: LocalizedText =
      result.settings.hasOrderedGrades
      ? .init(en: "; each grade at least as risky as the better one", zh: "；较低评级的风险不小于较高评级")
      : .empty
    return .init(
      en: """
        Supposed before the history was looked at: for each PD Jeffreys' law, Beta(1/2, 1/2); \
        \(correlation); \(persistence)\(order). Where "before" and "after" are alike, the history says little.
        """,
      zh: """
        事先假定：各违约概率取Jeffreys先验Beta(1/2, 1/2)；\(correlation)；\(persistence)\(order)。\
        “之前”与“之后”相近之处，说明历史提供的信息很少。
        """)
  }

  private func digits(_ value: Double) -> String { NumberFormat.trimmed(value, decimals: 4) }

  /// HISTORY.md §1.
  private var literature: LocalizedText {
    .init(
      en: """
        What others found for the asset correlation of small firms: 1 to 3 % on average in a study of two \
        countries; Basel's formulas take 3 to 16 % for retail, and 12 to 24 % less up to 4 points for \
        small corporates. The scenarios shipped here take 12 %, and it decides much.
        """,
      zh: """
        他人对小企业资产相关系数的结论：一项两国研究平均为1至3%；巴塞尔公式对零售取3至16%，\
        对小型公司取12至24%再减至多4个百分点。本程序附带的情景取12%，对结果影响很大。
        """)
  }

  private var method: LocalizedText {
    switch result.method {
    case .lattice(let cells):
      .init(
        en: "Computed on a lattice of \(NumberFormat.whole(cells)) cells.",
        zh: "在\(NumberFormat.whole(cells))个格点上计算。")
    case .importance(let points, let number):
      .init(
        en: """
          Computed from \(NumberFormat.whole(points)) weighted points, which tell as much as \
          \(NumberFormat.whole(Int(number))) independent draws.
          """,
        zh:
          "由\(NumberFormat.whole(points))个加权点计算，相当于\(NumberFormat.whole(Int(number)))次独立抽样。")
    }
  }

  private var counting: [LocalizedText] {
    guard case .table(let table) = source.source.record,
      case .atStart(let months) = table.counting
    else { return [] }
    return [
      .init(
        en: """
          The table counts the loans at each year's start, with \(digits(months)) months left on \
          average; they were converted to loan-years.
          """,
        zh: "表中为年初贷款笔数，平均剩余\(digits(months))个月；已换算为笔年。")
    ]
  }

  // MARK: Years

  private var years: ReportSection {
    var table = FigureTable(
      "years",
      heads: [
        .init(en: "year", zh: "年份"), .init(en: "at risk", zh: "在险"),
        .init(en: "defaults", zh: "违约"), .init(en: "rate", zh: "违约率"),
      ] + Self.levels.map { .init(en: "fitted: \($0)", zh: "拟合：\($0)") })
    for item in result.years {
      let grade = item.grade.map { " " + history.grades[$0] } ?? ""
      table.rows.append(
        [
          .words(.init(same: "\(item.year)\(grade)")), .number(item.seen.atRisk, decimals: 1),
          .count(item.seen.defaults),
        ] + [item.rate, item.low, item.median, item.high].map(ReportCell.percentOrDash))
    }
    return ReportSection(
      .init(en: "Default rates by year", zh: "逐年违约率"),
      [
        .table(table),
        .paragraph(
          .init(
            en: """
              Fitted: the year's probability of default given the whole history, with what is not \
              known of the parameters.
              """, zh: "拟合：以全部历史为条件的当年违约概率，已计入参数的不确定性。")),
      ], charts: [CalibrationChart(composer: self).chart])
  }
}

extension ReportCell {
  /// A share that is known, or that there is none.
  static func percentOrDash(_ value: Double?) -> ReportCell {
    value.map { .percent($0) } ?? .words(.init(same: "–"))
  }
}
