import FundCore
import LossStatistics
import ReportForm
import Simulation

/// Composes what rare trials say of a fund, beside the plain ones.
struct RareComposer {
  let figures: RareFigures
  let rare: RareFigures.Fund
  let fund: FundEstimates
  /// The calendar month of month 0.
  let firstMonth: CivilMonth
  let money: MoneyScale

  var blocks: [SectionBlock] { exhaustion + amounts }

  private var plainHead: LocalizedText {
    let count = NumberFormat.whole(fund.exhaustion.trials)
    return .init(en: "plain, \(count) trials", zh: "普通抽样，\(count)次")
  }

  private var rareHead: LocalizedText {
    let count = NumberFormat.whole(figures.trials)
    return .init(en: "importance sampling, \(count) trials", zh: "重要性抽样，\(count)次")
  }

  /// The probability of exhaustion by the ends of the years.
  private var exhaustion: [SectionBlock] {
    var table = FigureTable(
      "rare-exhaustion",
      heads: [
        .init(en: "exhausted by the end of", zh: "年末前耗尽"), rareHead, plainHead,
        .init(en: "one in", zh: "约每若干次一次"),
      ])
    for year in fund.exhaustionByYear {
      let month = firstMonth.advanced(by: year.lastMonth)
      let known = rare.exhaustion[year.lastMonth]
      table.rows.append([
        .words(.init(en: "year \(year.year), \(month)", zh: "第\(year.year)年，\(month)")),
        .figure(Figure(known, in: .part)), .probability(year.exhaustion),
        (known.low ?? 0) > 1e-15 && known.value < 0.1
          ? .count(Int((1 / known.value).rounded())) : .none,
      ])
    }
    return [
      .subheading(
        .init(
          en:
            "Rare exhaustion: a second set of trials, drawn so that the fund fails often (95 % interval)",
          zh: "稀有耗尽：另一组让基金常常耗尽的模拟（95%区间）")),
      .table(table),
    ]
  }

  /// Needed capital far out, and what stays unpaid.
  private var amounts: [SectionBlock] {
    var table = FigureTable("rare-amounts", heads: [.empty, rareHead, plainHead])
    for item in rare.capital {
      let level = Level(millionths: item.level)
      let plain = fund.capitalForSurvival.first { $0.level == level }
      table.rows.append([
        .words(
          .init(
            en: "initial amount that lasts with \(level.words)",
            zh: "以\(level.words)的概率足额所需的初始资金")),
        .figure(Figure(item)), plain.map { .figure(Figure($0, in: .yuan)) } ?? .none,
      ])
    }
    table.rows.append([
      .words(.init(en: "left unpaid, mean", zh: "未付金额均值")),
      .figure(Figure(rare.unpaid, in: .yuan)), .figure(Figure(fund.unpaid.mean, in: .yuan)),
    ])
    return [
      .subheading(
        .init(
          en: "The same trials: needed capital and unpaid claims (\(money.name))",
          zh: "同一组模拟：所需资本与未付补偿（\(money.name)）")),
      .table(table),
    ]
  }
}

extension Figure {
  /// A quantile of needed capital, with its interval.
  init(_ capital: RareFigures.Capital) {
    self.init(
      capital.amount.yuan, in: .yuan,
      interval95: Interval(low: capital.low.yuan, high: capital.high.yuan),
      isReliable: capital.isReliable)
  }
}
