import Charts
import FundCore
import LossStatistics
import Planning
import ReportForm

// The chart of what is served.
extension ServeComposer {
  /// The shares served and survival, by amount.
  var chart: ReportChart {
    ReportChart(
      "served", title: .init(en: "What is served, by amount", zh: "不同资金得到服务的比例"),
      say: say, table: points
    ) { drawn($0).svg($0.size) }
  }

  private var points: FigureTable {
    var table = FigureTable(
      "served-chart",
      heads: [
        .init(en: "amount (\(money.name))", zh: "资金（\(money.name)）"),
        .init(en: "lending covered", zh: "放款纳入补偿"),
        .init(en: "compensation paid", zh: "补偿支付"),
      ])
    for point in study.curve {
      table.rows.append([
        .amount(point.size), .figure(Figure(point.credit, in: .part)),
        .figure(Figure(point.compensation, in: .part)),
      ])
    }
    return table
  }

  private var say: [LocalizedText] {
    let own = money.named(.exact(study.own.size.yuan, in: .yuan).bare)
    let credit = money.text(Figure(study.own.credit, in: .part).bare)
    let found = study.answers.first?.found.map { point in
      let amount = money.named(.exact(point.size.yuan, in: .yuan).bare)
      return LocalizedText(
        en: "To serve \(study.share), it takes \(amount).", zh: "使\(study.share)得到服务，需要\(amount)。")
    }
    return (found.map { [$0] } ?? []) + [
      .init(
        en: "With \(own), \(credit) of the lending is covered.",
        zh: "以\(own)，放款的\(credit)纳入补偿。")
    ]
  }

  private func drawn(_ pen: ChartPen) -> LineChart {
    var chart = LineChart(
      pen.caption,
      x: ChartAxis(
        pen(en: "amount, \(money.name)", zh: "资金，\(money.name)"), from: 0,
        to: (study.curve.last?.size.yuan ?? pen.unit) / pen.unit),
      y: ChartAxis(
        pen(en: "share; band: 95 % interval", zh: "比例；色带：95%区间"), from: 0, to: 100,
        suffix: pen.percentSign))
    add(
      { $0.credit }, pen(en: "lending covered", zh: "放款纳入补偿"), ChartColours.time(0, of: 2),
      pen, to: &chart)
    add(
      { $0.compensation }, pen(en: "compensation paid", zh: "补偿支付"),
      ChartColours.time(1, of: 2), pen, to: &chart)
    chart.guides = [
      LineChart.Guide(
        x: study.own.size.yuan / pen.unit,
        label: pen(en: "the scenario's own", zh: "情景中的资金"))
    ]
    chart.readings = study.curve.map { point in
      let amount = money.named(.exact(point.size.yuan, in: .yuan).bare)
      return (
        x: point.size.yuan / pen.unit,
        reading: ChartReading(
          pen(amount),
          [
            ChartReading.Row(
              pen(en: "lending covered", zh: "放款纳入补偿"),
              pen(.figure(Figure(point.credit, in: .part)))),
            ChartReading.Row(
              pen(en: "compensation paid", zh: "补偿支付"),
              pen(.figure(Figure(point.compensation, in: .part)))),
          ])
      )
    }
    return chart
  }

  private func add(
    _ figure: (ServeStudy.Point) -> Estimate, _ name: String, _ tone: ChartTone, _ pen: ChartPen,
    to chart: inout LineChart
  ) {
    func shown(_ share: Double) -> Double { min(1, max(0, share)) * 100 }
    chart.bands.append(
      LineChart.Band(
        tone: tone,
        points: study.curve.map { point in
          let estimate = figure(point)
          let interval =
            estimate.interval95 ?? Interval(low: estimate.value, high: estimate.value)
          return (
            x: point.size.yuan / pen.unit, low: shown(interval.low), high: shown(interval.high)
          )
        }))
    chart.lines.append(
      LineChart.Line(
        name, tone: tone,
        points: study.curve.map {
          (x: $0.size.yuan / pen.unit, y: shown(figure($0).value))
        }))
  }
}
