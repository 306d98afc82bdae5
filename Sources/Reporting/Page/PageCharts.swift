import Charts
import FundCore
import LossStatistics
import Simulation

/// The charts of all funds side by side.
extension PageComposer {
  /// The Januaries of the run, or all its months if it has few; a month's number is its begin.
  var timeAxis: ChartAxis {
    let first = estimates.firstMonth
    let months = (0...estimates.horizon).map { (Double($0), first.advanced(by: $0)) }
    let marks =
      estimates.horizon < 18
      ? months.map { ChartTick($0.0, "\($0.1)") }
      : months.filter { $0.1.month == 1 }.map { ChartTick($0.0, "\($0.1.year)") }
    return ChartAxis("", from: 0, to: Double(estimates.horizon), marks: marks)
  }

  /// The heading of what a pointer shows at the end of a month.
  func endOf(_ month: Int) -> String {
    let month = estimates.firstMonth.advanced(by: month)
    return text("end of \(month)", "\(month) 月底")
  }

  /// A chart's name, and what is said of it, for those who do not see it.
  func caption(_ id: String, _ title: String, _ say: [String]) -> ChartCaption {
    ChartCaption(id: id, title: title, description: say.joined(separator: " "))
  }

  /// The funds that sentences speak of: all of a few, otherwise those with the least and the most
  /// of something; the table has the others.
  func spokenFunds(by measure: (FundEstimates) -> Double) -> [FundEstimates] {
    let funds = estimates.funds
    guard funds.count > 3, let least = funds.min(by: { measure($0) < measure($1) }),
      let most = funds.max(by: { measure($0) < measure($1) })
    else { return funds }
    return measure(least) < measure(most) ? [least, most] : [least]
  }

  // MARK: Survival

  var survivalFigure: PageFigure {
    let title = text("Survival: nothing owed has gone unpaid so far", "足额概率：截至当月从未出现应付未付")
    let say = spokenFunds { $0.exhaustion.value }.map { exhaustionSentence($0) }
    var table = ReportTable(heads: [text("end of", "月底")] + estimates.funds.map(\.name))
    for month in 0..<estimates.horizon {
      table.rows.append(
        ["\(estimates.firstMonth.advanced(by: month))"]
          + estimates.funds.map { figures.probability($0.survival[month]) })
    }
    return PageFigure(
      title: title, say: say,
      draw: { survivalChart(caption("survival" + $1, title, say)).svg($0) }, table: table)
  }

  private func survivalChart(_ caption: ChartCaption) -> LineChart {
    let lowest = estimates.funds.flatMap(\.survival).map(\.interval95.low).min() ?? 0
    var chart = LineChart(
      caption, x: timeAxis,
      y: ChartAxis(
        text("probability; band: 95 % interval", "概率；色带：95% 区间"), from: lowest * 100, to: 100,
        suffix: text(" %", "%")))
    for (index, fund) in estimates.funds.enumerated() {
      let points = fund.survival.enumerated().map { month, proportion in
        (x: Double(month + 1), proportion)
      }
      chart.bands.append(
        LineChart.Band(
          tone: PageColours.fund(index),
          points: [(x: 0, low: 100, high: 100)]
            + points.map {
              (x: $0.x, low: $0.1.interval95.low * 100, high: $0.1.interval95.high * 100)
            }))
      chart.lines.append(
        LineChart.Line(
          fund.name, tone: PageColours.fund(index),
          points: [(x: 0, y: 100)] + points.map { (x: $0.x, y: $0.1.value * 100) }))
    }
    chart.readings = (0..<estimates.horizon).map { month in
      let rows = estimates.funds.map {
        ChartReading.Row($0.name, figures.probability($0.survival[month]))
      }
      return (x: Double(month + 1), reading: ChartReading(endOf(month), rows))
    }
    return chart
  }

  // MARK: Fund size

  var sizeFigure: PageFigure {
    let title = text(
      "Fund size: how likely an initial amount lasts through \(lastMonth)",
      "基金规模：初始资金撑到 \(lastMonth) 月底的概率")
    let say = spokenFunds { $0.capital(.percent(95))?.value ?? 0 }.map { fund in
      (estimates.funds.count > 1 ? isolated(fund.name) + text(": ", "：") : "") + verdict(fund)
    }
    var table = ReportTable(
      heads: [text("initial amount (\(figures.unitName))", "初始资金（\(figures.unitName)）")]
        + estimates.funds.map(\.name))
    for amount in sizes {
      table.rows.append([ReportFigures.amount(amount, words: words)] + survivals(at: amount))
    }
    return PageFigure(
      title: title, say: say,
      draw: { sizeChart(caption("size" + $1, title, say)).svg($0) }, table: table)
  }

  /// The amounts that the curves of all funds know; where these are few, all of any curve.
  private var sizes: [Money] {
    let each = estimates.funds.map { Set($0.survivalBySize.map(\.initial)) }
    let common = each.dropFirst().reduce(each.first ?? []) { $0.intersection($1) }
    let all = each.reduce(Set<Money>()) { $0.union($1) }
    return (common.count >= 8 ? common : all).sorted()
  }

  private func survivals(at amount: Money) -> [String] {
    estimates.funds.map { fund in
      fund.survivalBySize.first { $0.initial == amount }.map { figures.probability($0.survival) }
        ?? "–"
    }
  }

  private func sizeChart(_ caption: ChartCaption) -> LineChart {
    let unit = figures.unit
    let curves = estimates.funds.map(\.survivalBySize)
    let largest = curves.compactMap { $0.last?.initial.yuan }.max() ?? 1
    var chart = LineChart(
      caption,
      x: ChartAxis(
        text("initial amount, \(figures.unitName)", "初始资金，\(figures.unitName)"), from: 0,
        to: largest / unit),
      y: ChartAxis(
        text("probability; band: 95 % interval", "概率；色带：95% 区间"), from: 0, to: 100,
        suffix: text(" %", "%")))
    for (index, curve) in curves.enumerated() {
      chart.bands.append(
        LineChart.Band(
          tone: PageColours.fund(index),
          points: curve.map {
            (
              x: $0.initial.yuan / unit, low: $0.survival.interval95.low * 100,
              high: $0.survival.interval95.high * 100
            )
          }))
      chart.lines.append(
        LineChart.Line(
          estimates.funds[index].name, tone: PageColours.fund(index),
          points: curve.map { (x: $0.initial.yuan / unit, y: $0.survival.value * 100) }))
    }
    for initial in Set(estimates.funds.map(\.initial)).sorted() {
      let amount = ReportFigures.amount(initial, words: words)
      chart.guides.append(
        LineChart.Guide(x: initial.yuan / unit, label: text("has \(amount)", "现有 \(amount)")))
    }
    chart.readings = sizes.map { amount in
      let rows = zip(estimates.funds, survivals(at: amount)).map { ChartReading.Row($0.name, $1) }
      return (
        x: amount.yuan / unit,
        reading: ChartReading(ReportFigures.amount(amount, words: words), rows)
      )
    }
    return chart
  }
}
