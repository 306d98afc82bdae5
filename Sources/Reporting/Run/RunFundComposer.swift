import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// Composes what a run's report says of one fund.
struct RunFundComposer {
  let run: RunComposer
  let index: Int

  var fund: FundEstimates { run.estimates.funds[index] }
  var description: FundDescription { run.source.funds[index] }
  var estimates: RiskEstimates { run.estimates }
  var money: MoneyScale { run.money }

  /// The part of the report.
  var section: ReportSection {
    var section = ReportSection(.init(same: fund.name), cover)
    section.lead = [
      .subheading(.init(en: "The rules, with their articles", zh: "规则及其条款依据")), .pairs(terms),
    ]
    section.detail =
      survival + rare + years + payouts + filledUp + capital + thresholds + stoppedLending
      + contributions + parties + cost + outside
      + accounts
    section.detailTitle = .init(
      en: "All figures of this fund, with their errors", zh: "该基金的全部数据及误差")
    section.isRepeated = true
    return section
  }

  /// What the fund begins the run with.
  private var amount: LocalizedText {
    run.provenance.state.map {
      .init(en: "balance on \($0.day)", zh: "\($0.day)余额")
    } ?? .init(en: "initial amount", zh: "初始资金")
  }

  private var terms: [LabelledText] {
    [
      LabelledText(.init(en: "programme", zh: "办法"), description.programmeTitle),
      LabelledText(
        .init(en: "operating model", zh: "运作模式"), Names.model(of: description)),
      LabelledText(amount, MoneyScale.best(fund.initial)),
      LabelledText(
        .init(en: "shares of a loss", zh: "损失分担"), description.sharesInWords),
      LabelledText(
        .init(en: "claim", zh: "补偿申请"),
        .init(
          en: "\(description.claimDelayMonths) months after the first overdue month",
          zh: "首个逾期月之后\(description.claimDelayMonths)个月")),
    ] + description.terms
      + InputLine.further(ofFund: index, run.provenance).map { LabelledText($0.label, $0.value) }
  }

  /// Covered loans, and the others by every condition that they fail.
  private var cover: [SectionBlock] {
    let coverage = description.coverage
    guard coverage.coveredCount > 0 || !coverage.leftOut.isEmpty else { return [] }
    var table = FigureTable(
      "cover",
      heads: [
        .init(en: "condition that loans fail", zh: "贷款不满足的条件"), .init(en: "article", zh: "依据"),
        .init(en: "loans", zh: "笔数"),
        .init(en: "principal (\(money.name))", zh: "本金（\(money.name)）"),
      ])
    table.rows = [
      [
        .words(.init(en: "covered when made", zh: "发放时纳入补偿范围")), .none,
        .count(coverage.coveredCount), .amount(coverage.coveredAmount),
      ]
    ]
    if let rest = coverage.outliving {
      table.rows.append([
        .words(
          .init(
            en: """
              of these, still running after \(rest.lastMonth), when cover ends: what falls overdue later is not \
              covered
              """,
            zh: "其中\(rest.lastMonth)之后仍未到期：此后逾期的不再补偿")), .words(rest.article),
        .count(rest.count), .amount(rest.amount),
      ])
    }
    for item in coverage.leftOut {
      table.rows.append([
        .words(item.condition), .words(item.article), .count(item.count), .amount(item.amount),
      ])
    }
    return [.subheading(.init(en: "Cover", zh: "补偿范围")), .table(table)]
  }

  /// What rare trials say; nothing where there are none.
  private var rare: [SectionBlock] {
    guard let figures = run.source.rare else { return [] }
    return RareComposer(
      figures: figures, rare: figures.funds[index], fund: fund, firstMonth: estimates.firstMonth,
      money: money
    ).blocks
  }

  // MARK: Survival

  private var survival: [SectionBlock] {
    let levels = [1, 3, 5].map { ($0, MonthEstimates.balanceLevels[$0]) }
    var table = FigureTable(
      "survival",
      heads: [
        .init(en: "end of", zh: "年末"), .init(en: "survival (95 % interval)", zh: "足额概率（95%区间）"),
      ] + levels.map { .init(en: "balance \($0.1.words)", zh: "余额\($0.1.words)") })
    for year in fund.exhaustionByYear {
      let month = estimates.firstMonth.advanced(by: year.lastMonth)
      let state = fund.timeline[year.lastMonth]
      table.rows.append(
        [
          .words(.init(en: "year \(year.year), \(month)", zh: "第\(year.year)年，\(month)")),
          .probability(state.survival),
        ] + levels.map { .figure(Figure(balanceOf: state, at: $0.0).bare) })
    }
    return [
      .subheading(
        .init(en: "Survival by year (balance: \(money.name))", zh: "逐年资金足额（余额单位：\(money.name)）")),
      .table(table), .pairs(endurance),
    ]
  }

  private var endurance: [LabelledText] {
    let months = estimates.horizon
    let time = fund.timeToExhaustion
    let lasts = money.text(Figure(time.restrictedMean, in: .months))
    let exhaustion = money.text(Figure(fund.exhaustion))
    var pairs = [
      LabelledText(
        .init(en: "ever exhausted", zh: "曾经耗尽"),
        .init(
          en: "\(exhaustion) of trials within \(months) months", zh: "\(months)个月内：\(exhaustion)")),
      LabelledText(
        .init(en: "lasts", zh: "足额时间"),
        .init(en: "\(lasts) of \(months) months on average", zh: "平均\(lasts)个月（共\(months)个月）")),
    ]
    if let mean = time.meanIfExhausted {
      let text = money.text(Figure(mean, in: .months))
      pairs.append(
        LabelledText(
          .init(en: "if exhausted, lasts", zh: "耗尽情形下的足额时间"),
          .init(en: "\(text) months on average", zh: "平均\(text)个月")))
    }
    for quantile in time.quantiles where !quantile.isBeyondHorizon {
      let text = money.text(Figure(quantile))
      let level = quantile.level.words
      pairs.append(
        LabelledText(
          .init(en: "\(level) of trials", zh: "\(level)的模拟"),
          .init(en: "last no longer than \(text) months", zh: "足额不超过\(text)个月")))
    }
    return pairs
  }

  // MARK: Amounts

  /// A column of a table of distributions.
  struct Column {
    let head: LocalizedText
    let amount: AmountEstimates
    var unit = Figure.Unit.yuan
  }

  private var payouts: [SectionBlock] {
    let owed =
      [
        Column(head: .init(en: "compensation", zh: "风险补偿"), amount: fund.compensation),
        Column(head: .init(en: "left unpaid", zh: "未付"), amount: fund.unpaid),
      ]
      + (fund.certainty.definesCapital
        ? [Column(head: .init(en: "needed capital", zh: "所需资本"), amount: fund.neededCapital)] : [])
    let other = [
      Column(head: .init(en: "defaults (number)", zh: "违约笔数"), amount: fund.defaults, unit: .count),
      Column(head: .init(en: "management fees", zh: "管理费"), amount: fund.fees),
    ]
    let kept = [
      Column(head: .init(en: "returned to the fund", zh: "返还基金"), amount: fund.returned),
      Column(head: .init(en: "interest", zh: "利息"), amount: fund.interest),
      Column(head: .init(en: "closing balance", zh: "期末余额"), amount: fund.closing),
      Column(head: .init(en: "lowest balance", zh: "最低余额"), amount: fund.lowest),
    ]
    return [
      .subheading(
        .init(en: "Payouts over the whole run (\(money.name))", zh: "全期支付（\(money.name)）")),
      .table(distribution("payouts", owed)),
      .subheading(
        .init(
          en: "Defaults of the portfolio, and management fees (\(money.name))",
          zh: "组合违约与管理费（\(money.name)）")),
      .table(distribution("defaults-and-fees", other)),
      .subheading(
        .init(
          en: "What comes back and what is left: little is bad (\(money.name))",
          zh: "返还与余额：以低为差（\(money.name)）")),
      .table(distribution("returns-and-balances", kept)),
    ]
  }

  /// A column an amount, a row a figure of its distribution, towards the end that is bad for all.
  func distribution(_ name: String, _ columns: [Column]) -> FigureTable {
    let first = columns[0].amount
    var table = FigureTable(name, heads: [.empty] + columns.map(\.head))
    table.rows.append(
      [.words(.init(en: "mean", zh: "均值"))]
        + columns.map { .figure(Figure($0.amount.mean, in: $0.unit)) })
    table.rows.append(
      [.words(.init(en: "standard deviation", zh: "标准差"))]
        + columns.map { .figure(Figure(deviationOf: $0.amount, in: $0.unit)) })
    for (place, level) in first.quantiles.map(\.level).enumerated() {
      table.rows.append(
        [.level(level)]
          + columns.map { .figure(Figure($0.amount.quantiles[place], in: $0.unit)) })
    }
    for (place, level) in first.tailMeans.map(\.level).enumerated() {
      let label: LocalizedText =
        first.worstEnd == .low
        ? .init(en: "mean of lowest \(level.words)", zh: "最低\(level.words)的均值")
        : .init(en: "mean beyond \(level.words)", zh: "最高\(level.complement.words)的均值")
      table.rows.append(
        [.words(label)]
          + columns.map { .figure(Figure($0.amount.tailMeans[place].estimate, in: $0.unit)) })
    }
    return table
  }

  private var capital: [SectionBlock] {
    if let undefinedCapital { return undefinedCapital }
    var table = FigureTable(
      "capital",
      heads: [
        .init(en: "probability", zh: "概率"),
        .init(en: "initial amount (95 % interval)", zh: "初始资金（95%区间）"),
      ])
    for figure in fund.capitalForSurvival {
      table.rows.append([.level(figure.level), .figure(Figure(figure, in: .yuan))])
    }
    return [
      .subheading(
        .init(
          en: "Initial amount that lasts through the run (\(money.name))",
          zh: "全期足额的初始资金（\(money.name)）")), .table(table),
    ]
  }

  private var parties: [SectionBlock] {
    var table = FigureTable(
      "parties",
      heads: [
        .init(en: "party", zh: "承担方"), .init(en: "mean", zh: "均值"),
        .init(en: "std. dev.", zh: "标准差"),
      ] + (fund.parties.first?.loss.quantiles.map { $0.level.words } ?? []))
    for item in fund.parties {
      table.rows.append(
        [
          .words(Names.party(item)), .mean(item.loss.mean),
          .figure(Figure(deviationOf: item.loss, in: .yuan)),
        ] + item.loss.quantiles.map { .figure(Figure($0, in: .yuan)) })
    }
    return [
      .subheading(
        .init(
          en: "Losses after recoveries, by who bears them (\(money.name))",
          zh: "追偿后的损失由谁承担（\(money.name)）")), .table(table),
    ]
  }
}

extension Figure {
  /// A quantile of the balance at the end of a month, with its interval.
  init(balanceOf month: MonthEstimates, at level: Int) {
    self.init(
      month.balance[level], in: .yuan, interval95: month.balanceIntervals[level],
      isReliable: month.isReliable[level])
  }
}
