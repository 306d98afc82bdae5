import Charts
import FundCore
import LossStatistics
import ReportForm
import Simulation

/// The picture of who pays what under each fund: on average and in the worst cases.
struct CostChart {
  let funds: [FundEstimates]
  let money: MoneyScale

  private struct Bar {
    let name: LocalizedText
    let mean: Figure
    let high: Figure?
    let tone: ChartTone
  }

  private var bars: [Bar] {
    funds.enumerated().flatMap { index, fund in
      (fund.cost?.payers ?? []).map { payer in
        let (who, name) = (Names.payer(payer.name), isolated(fund.name))
        return Bar(
          name: funds.count > 1
            ? .init(en: "\(who) · \(name)", zh: "\(who) · \(name)") : who,
          mean: Figure(payer.net.mean, in: .yuan),
          high: payer.net.quantiles.first { $0.level == .percent(95) }
            .map { Figure($0, in: .yuan) },
          tone: ChartColours.party(payer.name, fund: index))
      }
    }
  }

  private static let names: [LocalizedText] = [
    .init(en: "mean", zh: "均值"), .init(en: "in 95 % at most", zh: "95%情形不超过"),
  ]

  /// The chart; none where no costs are reckoned.
  var charts: [ReportChart] {
    let bars = bars
    guard !bars.isEmpty else { return [] }
    let unit = money.name
    let table = FigureTable(
      "net-costs-chart",
      heads: [.init(en: "who", zh: "谁")]
        + Self.names.map { .init(en: "\($0) (\(unit))", zh: "\($0)（\(unit)）") },
      rows: bars.map { [.words($0.name), .figure($0.mean), $0.high.map { .figure($0) } ?? .none] })
    return [
      ReportChart(
        "net-costs",
        title: .init(
          en: "Who pays what: losses, fees and premiums, less premiums taken",
          zh: "谁付多少：损失、费用与保费，减去所收保费"), say: say(bars), table: table
      ) { Self.drawn(bars, $0).svg($0.size) }
    ]
  }

  private static func drawn(_ bars: [Bar], _ pen: ChartPen) -> RowChart {
    let rows = bars.map { bar in
      let figures = [bar.mean] + (bar.high.map { [$0] } ?? [])
      return RowChart.Row(
        pen(bar.name),
        pieces: [
          RowChart.Piece(from: 0, to: bar.mean.value / pen.unit, tone: bar.tone),
          RowChart.Piece(from: 0, to: (bar.high?.value ?? 0) / pen.unit, tone: .shade(0)),
        ], value: pen(bar.mean),
        reading: ChartReading(
          pen(bar.name), zip(names, figures).map { ChartReading.Row(pen($0), pen($1)) }))
    }
    let ends = bars.flatMap { [$0.mean.value, $0.high?.value ?? 0, 0] }
    var chart = RowChart(
      pen.caption,
      axis: ChartAxis(
        pen(pen.money.name), from: (ends.min() ?? 0) / pen.unit, to: (ends.max() ?? 0) / pen.unit),
      rows: rows, reference: 0)
    chart.splitsBars = true
    var tones: [ChartTone] = []
    for bar in bars where !tones.contains(bar.tone) { tones.append(bar.tone) }
    chart.legend = [(name: pen(names[0]), tones: tones), (name: pen(names[1]), tones: [.shade(0)])]
    return chart
  }

  private func say(_ bars: [Bar]) -> [LocalizedText] {
    guard let most = bars.max(by: { $0.mean.value < $1.mean.value }), most.mean.value > 0 else {
      return []
    }
    let (name, amount) = (most.name, money.named(most.mean))
    return [.init(en: "Most on average: \(name), \(amount).", zh: "平均最多的是：\(name)，\(amount)。")]
  }
}
