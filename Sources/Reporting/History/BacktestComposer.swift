import Calibration
import Charts
import FundCore
import ReportForm

/// Composes the report of a backtest.
struct BacktestComposer {
  let source: BacktestReport

  init(report: BacktestReport) { source = report }

  var years: [BacktestYear] { source.backtest.years }

  /// The report in both languages.
  var report: Report {
    let origin = HistoryOrigin(
      source: source.source, draws: source.settings.draws, seed: source.settings.seed)
    var report = Report(
      kind: .init(en: "Was it right?", zh: "事后是否言中？"),
      title: Origin.shortPath(source.source.file), generator: origin.generator, money: money)
    report.facts = origin.facts
    report.sections = [forecasts] + losses + [broken] + funds + origin.unused + [origin.section]
    return report
  }

  // MARK: Years

  private var forecasts: ReportSection {
    ReportSection(
      .init(en: "Each year, forecast from the years before it alone", zh: "仅凭此前各年预测当年"),
      [
        .table(table("forecasts")),
        .paragraph(
          .init(
            en: """
              95 % and 99 %: the number of defaults that the forecast exceeds with 5 % and 1 %; * marks \
              a bound that was broken. Predictive: with what was not known of the parameters. PIT: \
              where the outcome lies in the forecast, from 0 to 1; under right forecasts all places \
              are alike.
              """,
            zh: """
              95%与99%：预测违约笔数以5%与1%的概率超过的数；*为被突破的上限。预测分布：计入参数的\
              不确定性。PIT：实际结果在预测中的位置（0至1）；预测正确时各处机会均等。
              """)),
      ], charts: [chart])
  }

  static let kinds: [LocalizedText] = [
    .init(en: "best estimate", zh: "最佳估计"), .init(en: "predictive", zh: "预测分布"),
  ]

  /// The table of the years.
  private func table(_ name: String) -> FigureTable {
    let columns: [LocalizedText] =
      ["50", "95", "99"].map { .init(en: "\($0) %", zh: "\($0)%") } + [.init(same: "PIT")]
    var table = FigureTable(
      name,
      heads: [
        .init(en: "year", zh: "年份"), .init(en: "at risk", zh: "在险"), .init(en: "seen", zh: "实际"),
      ]
        + Self.kinds.flatMap { kind in
          columns.map { .init(en: "\(kind): \($0)", zh: "\(kind)：\($0)") }
        })
    for year in years {
      let cells = BacktestReport.forecasts.flatMap { _, path -> [ReportCell] in
        let forecast = year[keyPath: path]
        return [
          .count(forecast.q50), bound(forecast.q95, year.seen), bound(forecast.q99, year.seen),
          .number(forecast.pit, decimals: 3),
        ]
      }
      table.rows.append(
        [
          .words(.init(same: "\(year.year)")), .number(year.atRisk, decimals: 1), .count(year.seen),
        ] + cells)
    }
    return table
  }

  private func bound(_ bound: Int, _ seen: Int) -> ReportCell {
    seen > bound ? .words(.init(same: NumberFormat.whole(bound) + "*")) : .count(bound)
  }

  // MARK: Bounds

  private var broken: ReportSection {
    var table = FigureTable(
      "broken-bounds",
      heads: Self.brokenHeads)
    for (kind, forecast) in zip(Self.kinds, BacktestReport.forecasts) {
      for (_, bound) in BacktestReport.bounds {
        let broken = source.backtest.broken(forecast.path, level: bound)
        let level = bound == .q95 ? "95" : "99"
        table.rows.append(
          brokenRow(.init(en: "\(kind), \(level) %", zh: "\(kind)，\(level)%"), broken))
      }
    }
    table.rows += brokenLosses
    return ReportSection(
      .init(en: "Bounds that were broken", zh: "被突破的上限"), [.table(table)])
  }

  /// The heads of tables of broken bounds.
  static let brokenHeads: [LocalizedText] = [
    .init(en: "bound", zh: "界限"), .init(en: "broken", zh: "突破"), .init(en: "of", zh: "共"),
    .init(en: "a right forecast breaks at most, on average", zh: "预测正确时平均至多突破"),
    .init(en: "a right forecast breaks as many", zh: "预测正确时突破同样多"),
    .init(en: "years", zh: "年份"),
  ]

  func brokenRow(_ label: LocalizedText, _ broken: BrokenBounds) -> [ReportCell] {
    [
      .words(label), .count(broken.years.count), .count(broken.of),
      .number(broken.expected, decimals: 2), .percent(broken.chance),
      .words(.init(same: broken.years.isEmpty ? "–" : list(broken.years))),
    ]
  }

  /// The first years; all stand in the table above.
  private func list(_ years: [Int]) -> String {
    years.prefix(4).map { "\($0)" }.joined(separator: " ") + (years.count > 4 ? " …" : "")
  }

  // MARK: Chart

  /// The bounds and what was seen.
  private var chart: ReportChart {
    ReportChart(
      "bounds",
      title: .init(en: "Defaults seen, and their bounds of 99 %", zh: "实际违约与99%上限"),
      say: [
        .init(
          en: "Where the line of what was seen stands above a bound, the bound was broken.",
          zh: "实际违约线高于上限之处，即上限被突破。")
      ], table: table("bounds-by-year")
    ) { lines($0).svg($0.size) }
  }

  private func lines(_ pen: ChartPen) -> LineChart {
    let highest = years.flatMap { [$0.seen, $0.best.q99, $0.predictive.q99] }.max() ?? 1
    let first = years.first?.year ?? 0
    let last = max(years.last?.year ?? 1, first + 1)
    var chart = LineChart(
      pen.caption,
      x: ChartAxis(
        pen(en: "year", zh: "年份"), from: Double(first), to: Double(last),
        marks: ChartTick.years(first...last)),
      y: ChartAxis(
        pen(en: "defaults", zh: "违约笔数"), from: 0, to: Double(max(1, highest)) * 1.05))
    func line(_ name: String, _ tone: ChartTone, _ value: (BacktestYear) -> Int) -> LineChart.Line {
      LineChart.Line(
        name, tone: tone, points: years.map { (x: Double($0.year), y: Double(value($0))) })
    }
    chart.lines = [
      line(pen(en: "seen", zh: "实际"), ChartColours.observed) { $0.seen },
      line(pen(en: "99 %, best estimate", zh: "99%，最佳估计"), ChartColours.time(0, of: 2)) {
        $0.best.q99
      },
      line(pen(en: "99 %, predictive", zh: "99%，预测分布"), ChartColours.time(1, of: 2)) {
        $0.predictive.q99
      },
    ]
    chart.readings = years.map { year in
      let rows = zip(chart.lines, [year.seen, year.best.q99, year.predictive.q99]).map {
        ChartReading.Row($0.name, NumberFormat.whole($1))
      }
      return (x: Double(year.year), reading: ChartReading("\(year.year)", rows))
    }
    return chart
  }
}
