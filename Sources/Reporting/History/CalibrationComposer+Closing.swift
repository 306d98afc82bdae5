import Calibration
import FundCore
import ReportForm

/// The later parts of the report of a calibration.
extension CalibrationComposer {
  /// Defaults by the age of the loans.
  var ages: [ReportSection] {
    guard let ages = source.ages, ages.rows.count > 1 else { return [] }
    let curve = source.ageCurve
    var table = FigureTable(
      "ages",
      heads: [
        .init(en: "year of the loan", zh: "贷款第几年"), .init(en: "loan-years", zh: "笔年"),
        .init(en: "defaults", zh: "违约"), .init(en: "rate", zh: "违约率"),
        .init(en: "expected", zh: "预期违约"),
      ] + (curve.isEmpty ? [] : [.init(en: "multiplier", zh: "倍数")]))
    for row in ages.rows {
      let factor = curve.last { $0.from <= 12 * row.age }?.factor
      table.rows.append(
        [
          .count(row.age), .number(row.loanYears, decimals: 1), .count(row.defaults),
          .percentOrDash(row.rate), .number(row.expected, decimals: 1),
        ] + (curve.isEmpty ? [] : [factor.map { .number($0, decimals: 2) } ?? .none]))
    }
    var text = LocalizedText(
      en: "Expected: if age made no difference, given the defaults of each year and grade.",
      zh: "预期：在各年、各评级的违约数给定时，假如与账龄无关应有的违约数。")
    if ages.contradictsConstantPD {
      text =
        text
        + .init(
          en: """
             WARNING: a constant PD contradicts this table (log-rank test at 1 %). Give the scenario an \
            `ageCurve:` with `timing: monthly`, as calibrated.yaml has it: \(CalibrationReport.line(curve)).
            """,
          zh: """
            警告：此表与违约概率不随账龄变化的假定相矛盾（对数秩检验，1%水平）。请在情景中用 `timing: monthly` \
            并写 `ageCurve:`，如 calibrated.yaml 所载：\(CalibrationReport.line(curve))。
            """)
    }
    return [
      ReportSection(
        .init(en: "Defaults by age of the loan", zh: "按账龄的违约"),
        [.table(table), .paragraph(text)])
    ]
  }

  /// What came back, year by year.
  var recovery: [ReportSection] {
    let record = source.source.record
    guard let moments = record.recoveryMoments else { return [] }
    var weight = LocalizedText(en: "loss (yuan)", zh: "损失（元）")
    if case .loans = record { weight = .init(en: "closed cases", zh: "已结案件") }
    var table = FigureTable(
      "recoveries",
      heads: [.init(en: "year", zh: "年份"), weight, .init(en: "recovered", zh: "追偿比例")])
    for item in record.recoveries {
      table.rows.append([
        .words(.init(same: "\(item.year)")), .number(item.weight, decimals: 0),
        .percentOrDash(item.rate),
      ])
    }
    var blocks: [SectionBlock] = [.table(table), .paragraph(recovered(record, moments))]
    if let test = source.badYears {
      let rank = NumberFormat.fixed(test.rankCorrelation, decimals: 2)
      let chance = Self.share(test.pValue)
      blocks.append(
        .paragraph(
          .init(
            en: """
              Are recoveries low in bad years? Rank correlation with the default rate \(rank); a random \
              order of the \(test.yearCount) years gives one as low with \(chance).
              """,
            zh: """
              坏年份追偿是否偏低？与违约率的秩相关为\(rank)；\(test.yearCount)年随机排列时，\
              出现同样低的概率为\(chance)。
              """)))
    }
    return [ReportSection(.init(en: "Recoveries", zh: "追偿"), blocks)]
  }

  /// A share within a sentence.
  private static func share(_ value: Double?) -> LocalizedText {
    MoneyScale(1).text(.percentOrDash(value))
  }

  private func recovered(_ record: HistoryRecord, _ moments: RecoveryMoments) -> LocalizedText {
    let mean = Self.share(moments.mean)
    guard case .loans(_, let cases) = record else {
      return .init(
        en: """
          \(mean) of all losses came back so far. Cases that are still open bring more, so that late \
          years are too low; how cases differ, and how long they take, a yearly table does not tell.
          """,
        zh: "迄今追回全部损失的\(mean)。未结案件还会有追偿，故近年比例偏低；各案差异与所需时间，年度表无从说明。")
    }
    let deviation = Self.share(moments.standardDeviation)
    let lags = [0.05, 0.5, 0.95].map { cases.lags.quantile($0).map { "\($0)" } ?? "–" }
      .joined(separator: " / ")
    return .init(
      en: """
        A case brings \(mean) of its loss on average, standard deviation \(deviation), from \
        \(cases.closedCount) closed cases; \(cases.openCount) open ones count as censored. Months from \
        the first day overdue to the recovery, 5 / 50 / 95 %: \(lags).
        """,
      zh: """
        每案平均追回损失的\(mean)，标准差\(deviation)，依据\(cases.closedCount)件已结案件；\
        \(cases.openCount)件未结案件按删失处理。自首个逾期日至追偿的月数（5% / 50% / 95%）：\(lags)。
        """)
  }

  /// Bounds of grades with few defaults or none.
  var lowDefault: [ReportSection] {
    guard !source.bounds.isEmpty else { return [] }
    let levels = LowDefaultBound.levels
    var table = FigureTable(
      "bounds",
      heads: [.init(en: "grade, correlation", zh: "评级、相关系数")]
        + levels.map {
          let digits = NumberFormat.trimmed($0 * 100, decimals: 1)
          return .init(en: "\(digits) %", zh: "\(digits)%")
        })
    var start = 0
    while start < source.bounds.count {
      let row = source.bounds[start...].prefix(levels.count)
      guard let first = row.first else { break }
      let grade = history.grades[first.bound.grade]
      let label: LocalizedText = grade.isEmpty ? .init(en: "all", zh: "全部") : .init(same: grade)
      let correlation = NumberFormat.fixed(first.assetCorrelation, decimals: 3)
      table.rows.append(
        [.words(.init(en: "\(label), \(correlation)", zh: "\(label)，\(correlation)"))]
          + row.map { .percentOrDash($0.bound.bound) })
      start += row.count
    }
    return [
      ReportSection(
        .init(en: "Few defaults: upper bounds of the PD", zh: "低违约评级：违约概率上限"),
        [
          .table(table),
          .paragraph(
            .init(
              en: """
                The most prudent bound of Pluto and Tasche: a grade and all riskier ones are taken \
                together, as if all had its PD; above the bound, so few defaults would be rarer than \
                the rest to 100 %. Without a correlation, and with the one above.
                """,
              zh: """
                Pluto与Tasche的最审慎上限：将该评级与所有更低评级合并，视其违约概率相同；超过上限时，\
                如此少的违约出现的概率低于置信度的余数。分别按无相关与上述相关系数计算。
                """)),
        ])
    ]
  }
}
