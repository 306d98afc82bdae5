import Calibration
import Charts
import FundCore
import ReportForm

/// What was lost, beside how many defaulted.
extension BacktestComposer {
  private var known: [(year: Int, losses: BacktestLosses)] {
    years.compactMap { year in year.losses.map { (year.year, $0) } }
  }

  /// The unit of the amounts.
  var money: MoneyScale {
    MoneyScale(known.flatMap { [$0.losses.seen, $0.losses.predictive.q99] }.max() ?? 1)
  }

  /// The losses of each year; nothing where none are known.
  var losses: [ReportSection] {
    guard !known.isEmpty else { return [] }
    return [
      ReportSection(
        .init(
          en: "Losses before recoveries, forecast likewise (\(money.name))",
          zh: "追偿前损失的同样预测（\(money.name)）"),
        [
          .table(lossTable("losses")),
          .paragraph(
            .init(
              en: """
                So many defaults as forecast above, each with the mean loss of the years before, and with \
                the spread that they show. Where the table has exposures, losses count in parts of the mean \
                amount at risk, and the year's own mean amount is known.
                """,
              zh: """
                违约笔数按上表预测，每笔损失取此前各年的均值与离散程度。表中有在险金额时，损失按平均在险金额\
                的比例计，且当年的平均在险金额为已知。
                """)),
        ], charts: [lossChart])
    ]
  }

  private func lossTable(_ name: String) -> FigureTable {
    let columns: [LocalizedText] =
      ["95", "99"].map { .init(en: "\($0) %", zh: "\($0)%") } + [.init(same: "PIT")]
    var table = FigureTable(
      name,
      heads: [.init(en: "year", zh: "年份"), .init(en: "seen", zh: "实际")]
        + Self.kinds.flatMap { kind in
          columns.map { .init(en: "\(kind): \($0)", zh: "\(kind)：\($0)") }
        })
    for (year, losses) in known {
      let cells = BacktestReport.losses.flatMap { path -> [ReportCell] in
        let forecast = losses[keyPath: path]
        return [
          bound(forecast.q95, losses.seen), bound(forecast.q99, losses.seen),
          .number(forecast.pit, decimals: 3),
        ]
      }
      table.rows.append([.words(.init(same: "\(year)")), .rough(losses.seen, .yuan)] + cells)
    }
    return table
  }

  private func bound(_ bound: Double, _ seen: Double) -> ReportCell {
    let cell = ReportCell.rough(bound, .yuan)
    return seen > bound ? .words(money.text(cell) + .init(same: "*")) : cell
  }

  /// The bounds of losses that were broken, as rows of the table of broken bounds.
  var brokenLosses: [[ReportCell]] {
    guard !known.isEmpty else { return [] }
    return zip(Self.kinds, BacktestReport.losses).flatMap { kind, path in
      BacktestReport.bounds.map { _, bound in
        let level = bound == .q95 ? "95" : "99"
        return brokenRow(
          .init(en: "losses, \(kind), \(level) %", zh: "损失，\(kind)，\(level)%"),
          source.backtest.brokenLosses(path, level: bound))
      }
    }
  }

  private var lossChart: ReportChart {
    ReportChart(
      "loss-bounds",
      title: .init(
        en: "Losses seen, and their bounds of 99 % (\(money.name))",
        zh: "实际损失与99%上限（\(money.name)）"),
      say: [
        .init(
          en: "Where the line of what was lost stands above a bound, the bound was broken.",
          zh: "实际损失线高于上限之处，即上限被突破。")
      ], table: lossTable("losses-by-year")
    ) { lines($0).svg($0.size) }
  }

  private func lines(_ pen: ChartPen) -> LineChart {
    let values: [(LocalizedText, ChartTone, (BacktestLosses) -> Double)] = [
      (.init(en: "seen", zh: "实际"), ChartColours.observed, { $0.seen }),
      (
        .init(en: "99 %, best estimate", zh: "99%，最佳估计"), ChartColours.time(0, of: 2),
        { $0.best.q99 }
      ),
      (
        .init(en: "99 %, predictive", zh: "99%，预测分布"), ChartColours.time(1, of: 2),
        { $0.predictive.q99 }
      ),
    ]
    let unit = pen.unit
    let highest = known.flatMap { item in values.map { $0.2(item.losses) } }.max() ?? 1
    let first = known.first?.year ?? 0
    let last = max(known.last?.year ?? 1, first + 1)
    var chart = LineChart(
      pen.caption,
      x: ChartAxis(
        pen(en: "year", zh: "年份"), from: Double(first), to: Double(last),
        marks: ChartTick.years(first...last)),
      y: ChartAxis(
        pen(en: "losses", zh: "损失"), from: 0, to: max(highest / unit, 1e-9) * 1.05))
    chart.lines = values.map { name, tone, value in
      LineChart.Line(
        pen(name), tone: tone,
        points: known.map { (x: Double($0.year), y: value($0.losses) / unit) })
    }
    chart.readings = known.map { item in
      let rows = zip(chart.lines, values).map {
        ChartReading.Row($0.name, pen(.rough($1.2(item.losses), .yuan)))
      }
      return (x: Double(item.year), reading: ChartReading("\(item.year)", rows))
    }
    return chart
  }
}
