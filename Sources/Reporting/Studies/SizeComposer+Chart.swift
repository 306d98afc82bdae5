import Charts
import ClaimRules
import FundCore
import LossStatistics
import Planning
import ReportForm

// The chart of sizes.
extension SizeComposer {
  /// Survival by initial amount, a curve for each time.
  var chart: ReportChart {
    ReportChart(
      "size", title: .init(en: "Survival by initial amount", zh: "不同初始资金的足额概率"),
      say: say, table: points("survival-by-size-all", every: 1)
    ) { drawn($0).svg($0.size) }
  }

  private var say: [LocalizedText] {
    let longest = sizes.months.last ?? 0
    let needs = sizes.requirements.filter { $0.months == longest }.map { item in
      let time = through(item.months, from: sizes.firstMonth)
      let amount = money.named(Figure(fen: item.size))
      return LocalizedText(
        en: "To last through \(time) with \(item.level.words), it takes \(amount).",
        zh: "以\(item.level.words)的概率足额\(time)，需要\(amount)。")
    }
    guard let own = sizes.survival(with: sizes.own).last else { return needs }
    let times = PlainFrequency(own).text
    return needs + [
      .init(
        en: "\(whose.english) \(initial) last as long in \(times).",
        zh: "\(whose.chinese)\(initial)：\(times)能够足额。")
    ]
  }

  private func drawn(_ pen: ChartPen) -> LineChart {
    var chart = LineChart(
      pen.caption,
      x: ChartAxis(
        pen(en: "initial amount, \(money.name)", zh: "初始资金，\(money.name)"), from: 0,
        to: (sizes.curve.last?.size.yuan ?? pen.unit) / pen.unit),
      y: ChartAxis(
        pen(en: "probability; band: 95 % interval", zh: "概率；色带：95%区间"), from: 0, to: 100,
        suffix: pen.percentSign))
    for (index, time) in times.enumerated() {
      let tone = ChartColours.time(index, of: sizes.months.count)
      chart.bands.append(
        LineChart.Band(
          tone: tone,
          points: sizes.curve.map {
            let interval = $0.survival[index].interval95
            return (x: $0.size.yuan / pen.unit, low: interval.low * 100, high: interval.high * 100)
          }))
      chart.lines.append(
        LineChart.Line(
          pen(time), tone: tone,
          points: sizes.curve.map {
            (x: $0.size.yuan / pen.unit, y: $0.survival[index].value * 100)
          }))
    }
    let own = money.text(sizes.own)
    chart.guides = [
      LineChart.Guide(
        x: sizes.own.yuan / pen.unit,
        label: pen(en: "the scenario's \(own)", zh: "情景中的\(own)"))
    ]
    chart.readings = sizes.curve.map { point in
      let amount = money.named(.exact(point.size.yuan, in: .yuan).bare)
      let rows = zip(times, point.survival).map { ChartReading.Row(pen($0), pen(.probability($1))) }
      return (x: point.size.yuan / pen.unit, reading: ChartReading(pen(amount), rows))
    }
    return chart
  }
}
