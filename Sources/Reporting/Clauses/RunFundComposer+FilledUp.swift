import FundCore
import LossStatistics
import ReportForm
import Simulation

extension RunFundComposer {
  /// What filling up gives the fund, by calendar year and in all; nothing where it is not filled up.
  var filledUp: [SectionBlock] {
    let years = fund.filledUpByYear
    guard let first = years.first, let all = fund.filledUpInAll else { return [] }
    var table = FigureTable(
      "filled-up",
      heads: [
        .init(en: "year", zh: "年份"), .init(en: "mean", zh: "均值"),
      ] + first.amount.quantiles.map { $0.level.words }
        + first.amount.tailMeans.map {
          .init(
            en: "mean beyond \($0.level.words)", zh: "最高\($0.level.complement.words)的均值")
        })
    func row(_ label: LocalizedText, _ amount: AmountEstimates) -> [ReportCell] {
      [.words(label), .mean(amount.mean)]
        + amount.quantiles.map { .figure(Figure($0, in: .yuan)) }
        + amount.tailMeans.map { .figure(Figure($0.estimate, in: .yuan)) }
    }
    table.rows =
      years.map { row(.init(same: "\($0.year)"), $0.amount) }
      + [row(.init(en: "in all", zh: "合计"), all)]
    return [
      .subheading(
        .init(
          en: "Money put in by filling up (\(money.name))", zh: "补足投入的资金（\(money.name)）")),
      .table(table),
      .paragraph(
        .init(
          en: """
            Beside the initial amount and new money by month. Needed capital is the smallest initial \
            amount with which, under this rule, nothing goes unpaid.
            """,
          zh: "不含初始资金和按月追加的资金。所需资本是在此补足规则下没有任何未付所需的最小初始资金。")),
    ]
  }
}

extension FundEstimates {
  /// What filling up gives in each calendar year.
  var filledUpByYear: [(year: Int, amount: AmountEstimates)] {
    amounts.entries.compactMap { entry in
      guard case .calendarYear(let year) = entry.column.scope else { return nil }
      return (year, entry.estimates)
    }
  }

  /// What it gives in all; `nil` if the fund is not filled up.
  var filledUpInAll: AmountEstimates? {
    amounts.entries.first { $0.column == .filledUp }?.estimates
  }
}
