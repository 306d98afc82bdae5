import FundCore
import LossStatistics
import Planning
import ReportForm

/// What a fund carries: the part of a report that tells the largest yearly lending.
struct LendingComposer {
  let lending: LendingStudy
  let sizes: SizeStudy
  let words: StudyWords

  var blocks: [ReportBlock] {
    var table = ReportTable(
      heads: [words("survives with", "足额概率")]
        + Set(lending.capacities.map(\.months)).sorted().map {
          words.through($0, from: sizes.firstMonth)
        })
    for level in Set(lending.capacities.map(\.level)).sorted() {
      let row = lending.capacities.filter { $0.level == level }
      table.rows.append([words.level(level)] + row.map { capacity($0) })
    }
    let yearly = Money(fen: Int64((lending.yearlyLending * 100).rounded()))
    return [
      .heading(
        words(
          "Largest yearly lending that \(words.plain(lending.fund.initial)) \(words.unitName) carry "
            + "(\(words.unitName) a year)",
          "\(words.plain(lending.fund.initial))\(words.unitName)所能承载的最大年放款额（\(words.unitName)/年）")),
      .paragraph(
        words(
          "The scenario lends \(rounded(yearly.yuan)) \(words.unitName) a year. Lending is scaled by the "
            + "number of loans: whole enterprises with all their loans are taken again, or left out, "
            + "evenly over the run; a copy defaults by its own chance in the same business cycle. Each of "
            + "\(lending.trials.count) amounts of lending was run with the same seed; the interval ends "
            + "where that of the probability of survival just holds the level.",
          "本情景每年放款\(rounded(yearly.yuan))\(words.unitName)。放款按贷款笔数缩放：整户企业连同其全部贷款"
            + "重复计入或剔除，在各期均匀进行；复制的企业在同一经济周期下独立违约。共以同一种子运行"
            + "\(lending.trials.count)种放款规模；区间端点为足额概率区间恰好包含该水平之处。")),
      .table(table),
    ]
  }

  private func capacity(_ item: LendingStudy.Capacity) -> String {
    guard let factor = item.factor else {
      return words("outside 1/32 … 32 times", "超出1/32至32倍")
    }
    let value = factor * lending.yearlyLending / words.unit
    guard let low = item.low, let high = item.high else {
      return NumberFormat.significant(value, digits: 2) + "*"
    }
    let scale = lending.yearlyLending / words.unit
    // A search that stops at a hundredth of the factor knows no more than that.
    let interval = Interval(
      low: min(low, factor * 0.99) * scale, high: max(high, factor * 1.01) * scale)
    return words.ranged(value, interval, isPercent: false, withInterval: true)
      + " ×" + NumberFormat.significant(factor, digits: 2)
  }

  private func rounded(_ yuan: Double) -> String {
    NumberFormat.significant(yuan / words.unit, digits: 4)
  }
}
