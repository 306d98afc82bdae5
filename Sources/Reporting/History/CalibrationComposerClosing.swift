import Calibration
import FundCore
import ReportForm

/// The later parts of the report of a calibration.
extension CalibrationComposer {
  /// Defaults by the age of the loans.
  var ages: [ReportBlock] {
    guard let ages = report.ages, ages.rows.count > 1 else { return [] }
    var table = ReportTable(
      heads: heads(
        en: "year of the loan|loan-years|defaults|rate|expected", zh: "贷款第几年|笔年|违约|违约率|预期违约"))
    for row in ages.rows {
      table.rows.append([
        "\(row.age)", NumberFormat.fixed(row.loanYears, decimals: 1),
        NumberFormat.whole(row.defaults), percent(row.rate),
        NumberFormat.fixed(row.expected, decimals: 1),
      ])
    }
    var text = say(
      en: "Expected: if age made no difference, given the defaults of each year and grade.",
      zh: "预期：在各年、各评级的违约数给定时，假如与账龄无关应有的违约数。")
    if ages.contradictsConstantPD {
      text += say(
        en: " WARNING: a constant PD contradicts this table (log-rank test at 1 %).",
        zh: "警告：此表与违约概率不随账龄变化的假定相矛盾（对数秩检验，1 % 水平）。")
    }
    return [
      .heading(say(en: "Defaults by age of the loan", zh: "按账龄的违约")), .table(table),
      .paragraph(text),
    ]
  }

  var recovery: [ReportBlock] {
    let record = report.source.record
    guard let moments = record.recoveryMoments else { return [] }
    var weightHead = say(en: "loss (yuan)", zh: "损失（元）")
    if case .loans = record { weightHead = say(en: "closed cases", zh: "已结案件") }
    var table = ReportTable(
      heads: [say(en: "year", zh: "年份"), weightHead, say(en: "recovered", zh: "追偿比例")])
    for item in record.recoveries {
      table.rows.append(
        ["\(item.year)", NumberFormat.fixed(item.weight, decimals: 0), percent(item.rate)])
    }
    var blocks: [ReportBlock] = [
      .heading(say(en: "Recoveries", zh: "追偿")), .table(table),
      .paragraph(say(recovered(record, moments))),
    ]
    if let test = report.badYears {
      let rank = NumberFormat.fixed(test.rankCorrelation, decimals: 2)
      let chance = percent(test.pValue)
      blocks.append(
        .paragraph(
          say(
            en: """
              Are recoveries low in bad years? Rank correlation with the default rate \(rank); a random \
              order of the \(test.yearCount) years gives one as low with \(chance).
              """,
            zh: """
              坏年份追偿是否偏低？与违约率的秩相关为 \(rank)；\(test.yearCount) 年随机排列时，\
              出现同样低的概率为 \(chance)。
              """)))
    }
    return blocks
  }

  private func recovered(_ record: HistoryRecord, _ moments: RecoveryMoments) -> LocalizedText {
    let mean = percent(moments.mean)
    guard case .loans(_, let cases) = record else {
      return .init(
        en: """
          \(mean) of all losses came back so far. Cases that are still open bring more, so that late \
          years are too low; how cases differ, and how long they take, a yearly table does not tell.
          """,
        zh: "迄今追回全部损失的 \(mean)。未结案件还会有追偿，故近年比例偏低；各案差异与所需时间，年度表无从说明。")
    }
    let deviation = percent(moments.standardDeviation)
    let lags = [0.05, 0.5, 0.95].map { cases.lags.quantile($0).map { "\($0)" } ?? "–" }
      .joined(separator: " / ")
    return .init(
      en: """
        A case brings \(mean) of its loss on average, standard deviation \(deviation), from \
        \(cases.closedCount) closed cases; \(cases.openCount) open ones count as censored. Months from \
        the first day overdue to the recovery, 5 / 50 / 95 %: \(lags).
        """,
      zh: """
        每案平均追回损失的 \(mean)，标准差 \(deviation)，依据 \(cases.closedCount) 件已结案件；\
        \(cases.openCount) 件未结案件按删失处理。自首个逾期日至追偿的月数，5 / 50 / 95 %：\(lags)。
        """)
  }

  var lowDefault: [ReportBlock] {
    guard !report.bounds.isEmpty else { return [] }
    let levels = LowDefaultBound.levels
    var table = ReportTable(
      heads: [say(en: "grade, correlation", zh: "评级、相关系数")]
        + levels.map { NumberFormat.trimmed($0 * 100, decimals: 1) + " %" })
    var start = 0
    while start < report.bounds.count {
      let row = report.bounds[start...].prefix(levels.count)
      guard let first = row.first else { break }
      let grade = history.grades[first.bound.grade]
      let label = grade.isEmpty ? say(en: "all", zh: "全部") : grade
      table.rows.append(
        ["\(label), \(NumberFormat.fixed(first.assetCorrelation, decimals: 3))"]
          + row.map { percent($0.bound.bound) })
      start += row.count
    }
    return [
      .heading(say(en: "Few defaults: upper bounds of the PD", zh: "低违约评级：违约概率上限")),
      .table(table),
      .paragraph(
        say(
          en: """
            The most prudent bound of Pluto and Tasche: a grade and all riskier ones are taken \
            together, as if all had its PD; above the bound, so few defaults would be rarer than the \
            rest to 100 %. Without a correlation, and with the one above.
            """,
          zh: """
            Pluto 与 Tasche 的最审慎上限：将该评级与所有更低评级合并，视其违约概率相同；超过上限时，\
            如此少的违约出现的概率低于置信度的余数。分别按无相关与上述相关系数计算。
            """)),
    ]
  }

  var unused: [ReportBlock] {
    let lines =
      report.source.unused.map { item in
        say(en: "\(item.count) rows: \(item.text)", zh: "\(item.count) 行：\(item.text)")
      } + report.source.notices.map { say($0) }
    guard !lines.isEmpty else { return [] }
    return [.heading(say(en: "Not used, and worth a look", zh: "未使用的行与提示")), .list(lines)]
  }

  var provenance: [ReportBlock] {
    let source = report.source
    return [
      .heading(say(en: "Provenance", zh: "来源说明")),
      .pairs([
        pair(.init(en: "history", zh: "历史"), source.file),
        pair(.init(en: "digest", zh: "摘要"), source.digest),
        pair(.init(en: "program", zh: "程序"), "fundsim \(source.engine)"),
        pair(.init(en: "draws", zh: "抽样数"), NumberFormat.whole(result.draws.count)),
        pair(.init(en: "seed", zh: "种子"), "\(result.settings.seed)"),
      ]),
    ]
  }
}
