import Calibration
import FundCore
import ReportForm

/// Puts the report of a calibration together.
struct CalibrationComposer: Speaker {
  let report: CalibrationReport
  let language: Language

  var result: CalibrationResult { report.result }
  var history: DefaultHistory { result.history }
  private var isGraded: Bool { history.grades != [""] }

  var blocks: [ReportBlock] {
    let (first, last) = (history.firstYear, history.years.upperBound - 1)
    return [
      .title(
        say(
          en: "What the years \(first) to \(last) say of defaults: \(report.source.file)",
          zh: "\(first) 至 \(last) 年的历史说明了什么：\(report.source.file)"))
    ] + parameters + years + ages + recovery + lowDefault + unused + provenance
  }

  // MARK: Parameters

  private var parameters: [ReportBlock] {
    var table = ReportTable(
      heads: heads(
        en: "|best|given the history:\nmean|5 %|50 %|95 %|before it:\n5 %|50 %|95 %",
        zh: "|最佳|历史之后：\n均值|5 %|50 %|95 %|历史之前：\n5 %|50 %|95 %"))
    for parameter in report.parameters {
      let best = figure(parameter.value(result.best.parameters), parameter)
      guard let after = result.posterior.first(where: { $0.parameter == parameter }),
        let before = result.prior.first(where: { $0.parameter == parameter })
      else {
        table.rows.append(
          [name(parameter), best, say(en: "given", zh: "给定")] + Array(repeating: "", count: 6))
        continue
      }
      let numbers = [
        after.mean, after.low, after.median, after.high, before.low, before.median, before.high,
      ]
      table.rows.append([name(parameter), best] + numbers.map { figure($0, parameter) })
    }
    return [
      .heading(say(en: "Best estimate, and what is possible", zh: "最佳估计与可能范围")), .table(table),
    ] + remarks.map { .paragraph(say($0)) }
  }

  func name(_ parameter: CalibratedParameter) -> String {
    switch parameter {
    case .pd(let grade):
      isGraded
        ? say(en: "PD, grade \(history.grades[grade])", zh: "评级\(history.grades[grade])违约概率")
        : say(en: "PD a year", zh: "年违约概率")
    case .assetCorrelation: say(en: "asset correlation", zh: "资产相关系数")
    case .persistence: say(en: "persistence", zh: "持续性")
    }
  }

  private func figure(_ value: Double, _ parameter: CalibratedParameter) -> String {
    if case .pd = parameter { return percent(value) }
    return NumberFormat.fixed(value, decimals: 3)
  }

  /// Two digits or more that count.
  func percent(_ value: Double?) -> String {
    guard let value else { return "–" }
    let points = value * 100
    if points > 0, points < 0.000_05 { return "< 0.0001 %" }
    let decimals = points >= 10 ? 1 : points >= 0.1 || points == 0 ? 2 : 4
    return NumberFormat.fixed(points, decimals: decimals) + " %"
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
      zh: "最佳估计使这段历史出现的可能性最大，但历史容许的不止于此：各参数以 90 % 的概率落在其 5 % 与 95 % 之间。")
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
          zh: "最可能的资产相关系数为 0，即无法与 0 区分。这并不证明贷款违约相互独立：直至 \(bound) 的取值同样与历史相容。"))
    }
    if result.best.persistenceIsAtBound {
      texts.append(
        .init(
          en: "The likeliest persistence is 0: it is not to be told from 0.",
          zh: "最可能的持续性为 0，即无法与 0 区分。"))
    }
    let none = history.grades.indices.filter { result.best.parameters.pds[$0] <= 0 }
    if isGraded, !none.isEmpty {
      let names = none.map { LocalizedText(same: history.grades[$0]) }.joined()
      texts.append(
        .init(
          en:
            "No default was seen in \(names): the best estimate there is 0, which nobody should use.",
          zh: "评级\(names)没有违约：其最佳估计为 0，不宜直接使用。"))
    }
    return texts
  }

  private var priors: LocalizedText {
    let correlation: LocalizedText =
      switch result.settings.correlation {
      case .beta(let first, let second):
        .init(
          en: "for the correlation Beta(\(digits(first)), \(digits(second)))",
          zh: "相关系数为 Beta(\(digits(first)), \(digits(second)))")
      case .fixed(let value):
        .init(en: "the correlation fixed at \(digits(value))", zh: "相关系数固定为 \(digits(value))")
      }
    let persistence: LocalizedText =
      switch result.settings.persistence {
      case .uniform: .init(en: "for the persistence any value alike", zh: "持续性为均匀分布")
      case .fixed(let value):
        .init(en: "the persistence fixed at \(digits(value))", zh: "持续性固定为 \(digits(value))")
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
        事先假定：各违约概率取 Jeffreys 先验 Beta(1/2, 1/2)；\(correlation)；\(persistence)\(order)。\
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
        他人对小企业资产相关系数的结论：一项两国研究平均为 1 至 3 %；巴塞尔公式对零售取 3 至 16 %，\
        对小型公司取 12 至 24 % 再减至多 4 个百分点。本程序附带的情景取 12 %，对结果影响很大。
        """)
  }

  private var method: LocalizedText {
    switch result.method {
    case .lattice(let cells):
      .init(
        en: "Computed on a lattice of \(NumberFormat.whole(cells)) cells.",
        zh: "在 \(NumberFormat.whole(cells)) 个格点上计算。")
    case .importance(let points, let number):
      .init(
        en: """
          Computed from \(NumberFormat.whole(points)) weighted points, which tell as much as \
          \(NumberFormat.whole(Int(number))) independent draws.
          """,
        zh:
          "由 \(NumberFormat.whole(points)) 个加权点计算，相当于 \(NumberFormat.whole(Int(number))) 次独立抽样。")
    }
  }

  private var counting: [LocalizedText] {
    guard case .table(let table) = report.source.record,
      case .atStart(let months) = table.counting
    else { return [] }
    return [
      .init(
        en: """
          The table counts the loans at each year's start, with \(digits(months)) months left on \
          average; they were converted to loan-years.
          """,
        zh: "表中为年初贷款笔数，平均剩余 \(digits(months)) 个月；已换算为笔年。")
    ]
  }

  // MARK: Years

  private var years: [ReportBlock] {
    var table = ReportTable(
      heads: heads(
        en: "year|at risk|defaults|rate|fitted:\n5 %|50 %|95 %",
        zh: "年份|在险|违约|违约率|拟合：\n5 %|50 %|95 %"))
    for item in result.years {
      let grade = item.grade.map { " " + history.grades[$0] } ?? ""
      table.rows.append(
        [
          "\(item.year)\(grade)", NumberFormat.trimmed(item.seen.atRisk, decimals: 1),
          NumberFormat.whole(item.seen.defaults), percent(item.rate), percent(item.low),
          percent(item.median), percent(item.high),
        ])
    }
    return [
      .heading(say(en: "Default rates by year", zh: "逐年违约率")), .table(table),
      .paragraph(
        say(
          en: """
            Fitted: the year's probability of default given the whole history, with what is not known \
            of the parameters.
            """, zh: "拟合：以全部历史为条件的当年违约概率，已计入参数的不确定性。")),
    ]
  }
}
