import FundCore
import LossStatistics
import ReportForm
import Simulation

/// Composes what a run's report says of the years of one fund.
struct YearsComposer {
  let years: YearlyFigures
  let fund: YearlyFigures.Fund
  let money: MoneyScale
  /// How many trials the run has.
  let runTrials: Int

  /// The years, and where years of the run are others than calendar years, the page and the terminal show the
  /// calendar's; files hold both.
  private var shown: [YearlyFigures.Period] { fund.periods(.calendar) }
  var whole: [YearlyFigures.Period] { fund.periods(.run) }

  /// All that is said.
  var blocks: [SectionBlock] { flows + outlays + budget + balances + atEnd + indicators + limits }

  /// On how many trials the figures rest, where that is not all.
  var basis: LocalizedText {
    guard years.trials < runTrials else { return .empty }
    let count = NumberFormat.whole(years.trials)
    return .init(en: ", first \(count) trials", zh: "，前\(count)次模拟")
  }

  private func mean(_ period: YearlyFigures.Period, _ figure: YearFigure) -> ReportCell {
    period.entry(figure)?.mean.map { .figure(Figure($0, in: .yuan)) } ?? .none
  }

  private func quantile(
    _ period: YearlyFigures.Period, _ figure: YearFigure, _ percent: Int
  ) -> ReportCell {
    period.entry(figure)?.quantile(percent * 10_000).map { .figure(Figure($0, in: .yuan).bare) }
      ?? .none
  }

  private func worst(_ period: YearlyFigures.Period, _ figure: YearFigure) -> ReportCell {
    period.entry(figure)?.worst.map { .figure(Figure($0, in: .yuan).bare) } ?? .none
  }

  // MARK: Money

  /// What goes out and comes in, on average.
  private var flows: [SectionBlock] {
    let table = flowTable("money-by-year")
    return [
      .subheading(
        .init(
          en: "Money by year, mean ± s.e. (\(money.name)\(basis))",
          zh: "逐年资金，均值±标准误（\(money.name)\(basis)）")), .table(table),
    ]
  }

  /// The same as a table.
  func flowTable(_ name: String) -> FigureTable {
    let columns: [YearFigure] = [
      .compensation, .returned, .fee, .interest, .netOutlay, .closing, .unpaid,
    ]
    var table = FigureTable(
      name, heads: [.init(en: "year", zh: "年份")] + columns.map(\.words))
    for period in shown + whole {
      table.rows.append([.words(period.period.words)] + columns.map { mean(period, $0) })
    }
    return table
  }

  /// How bad a year can be.
  private var outlays: [SectionBlock] {
    var table = FigureTable(
      "outlays-by-year",
      heads: [
        .init(en: "year", zh: "年份"), .init(en: "compensation 50 %", zh: "风险补偿50%"),
        .init(en: "95 %", zh: "95%"), .init(en: "99 %", zh: "99%"),
        .init(en: "worst 1 %", zh: "最差1%"), .init(en: "net outlay 50 %", zh: "净支出50%"),
        .init(en: "95 %", zh: "95%"), .init(en: "99 %", zh: "99%"),
        .init(en: "worst 1 %", zh: "最差1%"), .init(en: "closing balance 5 %", zh: "期末余额5%"),
      ])
    for period in shown + whole {
      table.rows.append(
        [.words(period.period.words)]
          + [YearFigure.compensation, .netOutlay].flatMap { figure in
            [50, 95, 99].map { quantile(period, figure, $0) } + [worst(period, figure)]
          } + [quantile(period, .closing, 5)])
    }
    return [
      .subheading(
        .init(
          en:
            "How much a year can take: quantiles, and the mean of the worst 1 % (\(money.name)\(basis))",
          zh: "逐年支出的分位数与最差1%的均值（\(money.name)\(basis)）")), .table(table),
    ]
  }

  /// What to put into each year's budget.
  private var budget: [SectionBlock] {
    let level = Level(millionths: years.request.confidence)
    var table = FigureTable(
      "budget",
      heads: [
        .init(en: "year", zh: "年份"), .init(en: "needs money", zh: "需要投入的概率"),
        .init(
          en: "to put in for \(level.words) (95 % interval)",
          zh: "按\(level.words)保证需投入（95%区间）"),
        .init(en: "mean", zh: "均值"), .init(en: "in 99 % at most", zh: "99%情形不超过"),
        .init(en: "mean of worst 1 %", zh: "最差1%的均值"),
      ])
    for period in shown {
      let needed = period.entry(.budget)
      table.rows.append([
        .words(period.period.words), .figure(Figure(period.chanceNeeded, in: .part)),
        needed?.quantile(years.request.confidence).map { .figure(Figure($0, in: .yuan)) } ?? .none,
        mean(period, .budget), quantile(period, .budget, 99), worst(period, .budget),
      ])
    }
    let floor = MoneyScale.best(years.request.floor)
    return [
      .subheading(
        .init(
          en: """
            What to budget: put in at a year's start, it keeps the balance at \(floor) or more and all \
            claims paid through the year (\(money.name)\(basis))
            """,
          zh: "预算需要多少：年初投入后，全年应付补偿足额支付且余额不低于\(floor)（\(money.name)\(basis)）")),
      .table(table),
    ]
  }

  /// The balances by account.
  private var balances: [SectionBlock] {
    guard !fund.accounts.isEmpty, let first = shown.first else { return [] }
    let count = min(8, first.accounts.count)
    let names = (0..<count).map { accountName($0) }
    var table = FigureTable(
      "accounts-by-year", heads: [.init(en: "year", zh: "年份")] + names)
    for period in shown {
      table.rows.append(
        [.words(period.period.words)]
          + period.accounts.prefix(count).map {
            $0.mean.map { .figure(Figure($0, in: .yuan)) } ?? .none
          })
    }
    return [
      .subheading(
        .init(
          en: "Closing balance by account, mean ± s.e. (\(money.name)\(basis))",
          zh: "各账户年末余额，均值±标准误（\(money.name)\(basis)）")), .table(table),
    ]
  }

  // MARK: Indicators

  private static let told: [YearFigure] = [
    .leverage, .claimRate, .recoveryRate, .lossRate, .nonPerforming, .useOfMoney,
  ]

  /// The median of an indicator with its 5 and 95 % quantiles.
  private func spread(_ period: YearlyFigures.Period, _ figure: YearFigure) -> ReportCell {
    guard let entry = period.entry(figure), let middle = entry.quantile(500_000),
      let low = entry.quantile(50_000), let high = entry.quantile(950_000)
    else { return .words(.init(en: "–", zh: "–")) }
    let (text, from, to) = (
      figure.text(middle.value), figure.text(low.value), figure.text(high.value)
    )
    return .words(.init(en: "\(text) (\(from)–\(to))", zh: "\(text)（\(from)–\(to)）"))
  }

  private var indicators: [SectionBlock] {
    var table = FigureTable(
      "indicators-by-year",
      heads: [.init(en: "end of", zh: "年末")] + Self.told.map(\.words))
    for period in shown {
      table.rows.append(
        [.words(period.period.words)] + Self.told.map { spread(period, $0) })
    }
    let peaks: [YearFigure?] = [
      .leveragePeak, .claimRatePeak, nil, .lossRatePeak, .nonPerformingPeak, nil,
    ]
    for period in whole {
      table.rows.append(
        [.words(.init(en: "highest month end", zh: "月末最高"))]
          + peaks.map { $0.map { spread(period, $0) } ?? .none })
      table.rows.append(
        [.words(.init(en: "whole run", zh: "全期"))]
          + Self.told.map { spread(period, $0 == .leverage ? .lendingMultiple : $0) })
    }
    return [
      .subheading(
        .init(
          en: "Indicators, median (5–95 %)\(basis)", zh: "指标，中位数（5%–95%）\(basis)")),
      .table(table),
      .paragraph(
        .init(
          en:
            "The last row's leverage is the covered lending of the whole run by all money put in.",
          zh: "末行的放大倍数为全期纳保贷款与全部投入资金之比。")),
    ]
  }

  /// How likely the limits that the scenario names are passed.
  private var limits: [SectionBlock] {
    guard !years.request.limits.isEmpty else { return [] }
    var table = FigureTable(
      "limits",
      heads: [.init(en: "year", zh: "年份")]
        + years.request.limits.map(\.words))
    for period in shown {
      table.rows.append(
        [.words(period.period.words)]
          + period.odds.map { .figure(Figure($0.atEnd, in: .part)) })
    }
    for period in whole {
      table.rows.append(
        [.words(.init(en: "any month end", zh: "任一月末"))]
          + period.odds.map { odds in
            odds.ever.map { .figure(Figure($0, in: .part)) } ?? .none
          })
    }
    return [
      .subheading(
        .init(
          en: "How likely limits are passed at the year's end (95 % interval\(basis))",
          zh: "年末突破限额的概率（95%区间\(basis)）")), .table(table),
    ]
  }
}
