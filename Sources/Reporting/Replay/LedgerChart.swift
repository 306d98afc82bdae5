import Charts
import ClaimRules
import FundCore
import ReportForm

/// The balance of a ledger, month by month.
struct LedgerChart {
  let replay: Replay
  /// Which fund of the report it is, from 0.
  let index: Int
  let money: MoneyScale

  /// The chart; `nil` without months.
  var chart: ReportChart? {
    guard let first = replay.months.first else { return nil }
    var table = FigureTable(
      "balance-by-month",
      heads: [.init(en: "end of", zh: "月底"), .init(en: "balance (yuan)", zh: "余额（元）")])
    table.rows = replay.months.map { [.month($0.month), .exact($0.closing)] }
    return ReportChart(
      "balance-\(index)", title: .init(en: "The balance, month by month", zh: "逐月余额"),
      say: sentence(from: first), table: table
    ) { lines($0, from: first.month).svg($0.size) }
  }

  private func sentence(from first: LedgerMonth) -> [LocalizedText] {
    let lowest = replay.months.min { $0.closing < $1.closing } ?? first
    let last = replay.months.last ?? first
    let (opening, low, closing) = (
      replay.totals.opening.named, lowest.closing.named, last.closing.named
    )
    return [
      .init(
        en: """
          The fund opens with \(opening). At the end of a month it holds least in \(lowest.month), \(low), \
          and at the end of the last, \(last.month), \(closing).
          """,
        zh: "期初余额\(opening)；月底余额以\(lowest.month)最低，为\(low)；最后一月\(last.month)月底为\(closing)。")
    ]
  }

  private func lines(_ pen: ChartPen, from first: CivilMonth) -> LineChart {
    let opening = replay.totals.opening
    let highest = replay.months.map(\.closing).reduce(opening, max)
    var chart = LineChart(
      pen.caption, x: .months(from: first, count: replay.months.count),
      y: ChartAxis(
        pen(en: "balance, \(money.name)", zh: "余额，\(money.name)"), from: 0,
        to: max(1, highest.yuan) / pen.unit))
    let name = pen(en: "balance", zh: "余额")
    let months = replay.months.enumerated().map { (x: Double($0.offset + 1), month: $0.element) }
    chart.lines = [
      LineChart.Line(
        name, tone: ChartColours.fund(index),
        points: [(x: 0, y: opening.yuan / pen.unit)]
          + months.map { (x: $0.x, y: $0.month.closing.yuan / pen.unit) })
    ]
    chart.readings = months.map { place, month in
      let rows = [
        ChartReading.Row(name, pen(.exact(month.closing))),
        ChartReading.Row(pen(en: "compensation", zh: "风险补偿"), pen(.exact(month.paid))),
        ChartReading.Row(pen(en: "recoveries", zh: "追偿返还"), pen(.exact(month.returned))),
      ]
      let head = pen(
        en: "\(month.month), in yuan", zh: "\(month.month)（元）")
      return (x: place, reading: ChartReading(head, rows))
    }
    return chart
  }
}
