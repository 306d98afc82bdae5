import Calibration
import Charts
public import FundCore
import ReportForm

extension BacktestReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = BacktestComposer(report: self, language: language)
    var page = StudyPage(
      blocks: PageOrigin.shortened(composer.blocks, path: source.file),
      figures: [BacktestFigure(composer: composer).figure],
      provenance: nil, trialCount: 0, language: language)
    page.origin = (
      engine: source.engine,
      kind: composer.say(en: "Looking back at forecasts of defaults", zh: "违约预测的回溯检验"),
      facts: [
        composer.say(
          en: "\(NumberFormat.whole(settings.draws)) draws, seed \(settings.seed)",
          zh: "\(NumberFormat.whole(settings.draws)) 次抽样，种子 \(settings.seed)"),
        PageOrigin.place(source.file),
      ]
    )
    return try page.rendered()
  }
}

/// The chart of the bounds and of what was seen.
struct BacktestFigure {
  let composer: BacktestComposer

  var figure: PageFigure {
    let title = composer.say(en: "Defaults seen, and their bounds of 99 %", zh: "实际违约与 99 % 上限")
    let say = composer.say(
      en: "Where the line of what was seen stands above a bound, the bound was broken.",
      zh: "实际违约线高于上限之处，即上限被突破。")
    return PageFigure(
      title: title, say: [say],
      draw: { size, suffix in
        chart(ChartCaption(id: "bounds" + suffix, title: title, description: say)).svg(size)
      }, table: composer.table)
  }

  private func chart(_ caption: ChartCaption) -> LineChart {
    let years = composer.report.backtest.years
    let highest = years.flatMap { [$0.seen, $0.best.q99, $0.predictive.q99] }.max() ?? 1
    let first = Double(years.first?.year ?? 0)
    let last = Double(years.last?.year ?? 1)
    var chart = LineChart(
      caption,
      x: ChartAxis(
        composer.say(en: "year", zh: "年份"), from: first, to: max(last, first + 1),
        marks: PageOrigin.years(Int(first)...Int(max(last, first + 1)))),
      y: ChartAxis(
        composer.say(en: "defaults", zh: "违约笔数"), from: 0, to: Double(max(1, highest)) * 1.05))
    func line(_ name: String, _ tone: ChartTone, _ value: (BacktestYear) -> Int) -> LineChart.Line {
      LineChart.Line(
        name, tone: tone, points: years.map { (x: Double($0.year), y: Double(value($0))) })
    }
    chart.lines = [
      line(composer.say(en: "seen", zh: "实际"), ChartColours.observed) { $0.seen },
      line(composer.say(en: "99 %, best estimate", zh: "99 %，最佳估计"), ChartColours.time(0, of: 2)) {
        $0.best.q99
      },
      line(composer.say(en: "99 %, predictive", zh: "99 %，预测分布"), ChartColours.time(1, of: 2)) {
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
