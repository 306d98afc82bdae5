import Calibration
import Charts
public import FundCore
import ReportForm

extension CalibrationReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = CalibrationComposer(report: self, language: language)
    var page = StudyPage(
      blocks: PageOrigin.shortened(composer.blocks, path: source.file),
      figures: [CalibrationFigure(composer: composer).figure],
      provenance: nil, trialCount: 0, language: language)
    page.origin = (
      engine: source.engine,
      kind: composer.say(en: "What a history says of defaults", zh: "历史对违约的说明"),
      facts: [
        composer.say(
          en: "\(NumberFormat.whole(result.draws.count)) draws, seed \(result.settings.seed)",
          zh: "\(NumberFormat.whole(result.draws.count)) 次抽样，种子 \(result.settings.seed)"),
        PageOrigin.place(source.file),
      ]
    )
    return try page.rendered()
  }
}

/// The chart of the default rates by year, with the fitted band.
struct CalibrationFigure {
  let composer: CalibrationComposer

  private var years: [FittedYear] { composer.result.years.filter { $0.grade == nil } }

  var figure: PageFigure {
    let title = composer.say(en: "Default rates by year", zh: "逐年违约率")
    var table = ReportTable(
      heads: composer.heads(en: "year|rate|5 %|50 %|95 %", zh: "年份|违约率|5 %|50 %|95 %"))
    for year in years {
      table.rows.append(
        ["\(year.year)"]
          + [year.rate, year.low, year.median, year.high].map { composer.percent($0) })
    }
    let say = [
      composer.say(
        en: "The line is what was seen, the band what the model makes of it: 5 to 95 %.",
        zh: "实线为实际违约率，色带为模型拟合的 5 至 95 %。")
    ]
    return PageFigure(
      title: title, say: say,
      draw: { size, suffix in
        chart(ChartCaption(id: "rates" + suffix, title: title, description: say[0])).svg(size)
      }, table: table)
  }

  private func chart(_ caption: ChartCaption) -> LineChart {
    let history = composer.history
    let highest = years.flatMap { [$0.rate, $0.high] }.compactMap { $0 }.max() ?? 0
    var chart = LineChart(
      caption,
      x: ChartAxis(
        composer.say(en: "year", zh: "年份"), from: Double(history.firstYear),
        to: Double(history.years.upperBound - 1),
        marks: PageOrigin.years(
          history.firstYear...max(history.firstYear, history.years.upperBound - 1))),
      y: ChartAxis(
        composer.say(en: "defaults by loan-year", zh: "违约率"), from: 0, to: highest * 105,
        suffix: " %"))
    chart.bands = [
      LineChart.Band(
        composer.say(en: "model, 5 to 95 %", zh: "模型，5%至95%"), tone: ChartColours.modelled,
        points: years.compactMap { year in
          guard let low = year.low, let high = year.high else { return nil }
          return (x: Double(year.year), low: low * 100, high: high * 100)
        })
    ]
    chart.lines = [
      LineChart.Line(
        composer.say(en: "seen", zh: "实际"), tone: ChartColours.observed,
        points: years.compactMap { year in
          year.rate.map { (x: Double(year.year), y: $0 * 100) }
        })
    ]
    chart.readings = years.map { year in
      let band = "\(composer.percent(year.low)) … \(composer.percent(year.high))"
      return (
        x: Double(year.year),
        reading: ChartReading(
          "\(year.year)",
          [
            ChartReading.Row(composer.say(en: "seen", zh: "实际"), composer.percent(year.rate)),
            ChartReading.Row(composer.say(en: "model, 5 to 95 %", zh: "模型，5%至95%"), band),
          ])
      )
    }
    return chart
  }
}
