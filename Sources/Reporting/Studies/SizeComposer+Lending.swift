import FundCore
import LossStatistics
import Planning
import ReportForm

// What a fund carries.
extension SizeComposer {
  /// The section that tells the largest yearly lending.
  func carried(_ lending: LendingStudy) -> ReportSection {
    let months = Set(lending.capacities.map(\.months)).sorted()
    var table = FigureTable(
      "lending",
      heads: [Self.survives]
        + months.flatMap { month in
          let time = through(month, from: sizes.firstMonth)
          return [
            time,
            LocalizedText(en: "times the scenario's, \(time)", zh: "为情景的倍数，\(time)"),
          ]
        })
    for level in Set(lending.capacities.map(\.level)).sorted() {
      let row = lending.capacities.filter { $0.level == level }
      table.rows.append(
        [.level(level)] + row.flatMap { cells($0, of: lending.yearlyLending) })
    }
    let yearly = LocalizedText {
      let unit = money.unit(in: $0)
      return NumberFormat.significant(lending.yearlyLending / unit.yuan, digits: 4)
        + ($0 == .english ? " " : "") + unit.name
    }
    return ReportSection(
      .init(
        en: "Largest yearly lending that \(initial) carry (\(money.name) a year)",
        zh: "\(initial)所能承载的最大年放款额（\(money.name)/年）"),
      [.paragraph(how(yearly, tries: lending.trials.count)), .table(table)])
  }

  private func how(_ yearly: LocalizedText, tries: Int) -> LocalizedText {
    .init(
      en: """
        The scenario lends \(yearly) a year. Lending is scaled by the number of loans: whole enterprises \
        with all their loans are taken again, or left out, evenly over the run; a copy defaults by its own \
        chance in the same business cycle. Each of \(tries) amounts of lending was run with the same seed; \
        the interval ends where that of the probability of survival just holds the level.
        """,
      zh: """
        本情景每年放款\(yearly)。放款按贷款笔数缩放：整户企业连同其全部贷款重复计入或剔除，在各期均匀进行；\
        复制的企业在同一经济周期下独立违约。共以同一种子运行\(tries)种放款规模；区间端点为足额概率区间恰好\
        包含该水平之处。
        """)
  }

  /// The lending, and how many times the scenario's it is.
  private func cells(_ item: LendingStudy.Capacity, of yearly: Double) -> [ReportCell] {
    guard let factor = item.factor else {
      return [.words(.init(en: "outside 1/32 … 32 times", zh: "超出1/32至32倍")), .dash]
    }
    // A search that stops at a hundredth of the factor knows no more than that.
    var interval: Interval?
    if let low = item.low, let high = item.high {
      interval = Interval(low: min(low, factor * 0.99), high: max(high, factor * 1.01))
    }
    let times = Figure(factor, in: .plain, interval95: interval, isReliable: interval != nil)
    let lent = interval.map { Interval(low: $0.low * yearly, high: $0.high * yearly) }
    return [
      .figure(
        Figure(factor * yearly, in: .yuan, interval95: lent, isReliable: interval != nil)),
      .figure(times.bare),
    ]
  }
}
