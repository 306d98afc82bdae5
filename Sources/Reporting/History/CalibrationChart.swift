import Calibration
import Charts
import FundCore
import ReportForm

/// The chart of the default rates by year, with the fitted band.
struct CalibrationChart {
  let composer: CalibrationComposer

  private var years: [FittedYear] { composer.result.years.filter { $0.grade == nil } }

  private static let seen = LocalizedText(en: "seen", zh: "实际")
  private static let model = LocalizedText(en: "model, 5 to 95 %", zh: "模型，5%至95%")

  var chart: ReportChart {
    var table = FigureTable(
      "rates",
      heads: [.init(en: "year", zh: "年份"), .init(en: "rate", zh: "违约率")]
        + CalibrationComposer.levels)
    for year in years {
      table.rows.append(
        [.words(.init(same: "\(year.year)"))]
          + [year.rate, year.low, year.median, year.high].map(ReportCell.percentOrDash))
    }
    return ReportChart(
      "rates", title: .init(en: "Default rates by year", zh: "逐年违约率"),
      say: [
        .init(
          en: "The line is what was seen, the band what the model makes of it: 5 to 95 %.",
          zh: "实线为实际违约率，色带为模型拟合的5%至95%。")
      ], table: table
    ) { lines($0).svg($0.size) }
  }

  private func lines(_ pen: ChartPen) -> LineChart {
    let history = composer.history
    let last = history.years.upperBound - 1
    let highest = years.flatMap { [$0.rate, $0.high] }.compactMap { $0 }.max() ?? 0
    var chart = LineChart(
      pen.caption,
      x: ChartAxis(
        pen(en: "year", zh: "年份"), from: Double(history.firstYear), to: Double(last),
        marks: ChartTick.years(history.firstYear...max(history.firstYear, last))),
      y: ChartAxis(
        pen(en: "defaults by loan-year", zh: "违约率"), from: 0, to: highest * 105,
        suffix: pen.percentSign))
    chart.bands = [
      LineChart.Band(
        pen(Self.model), tone: ChartColours.modelled,
        points: years.compactMap { year in
          guard let low = year.low, let high = year.high else { return nil }
          return (x: Double(year.year), low: low * 100, high: high * 100)
        })
    ]
    chart.lines = [
      LineChart.Line(
        pen(Self.seen), tone: ChartColours.observed,
        points: years.compactMap { year in
          year.rate.map { (x: Double(year.year), y: $0 * 100) }
        })
    ]
    chart.readings = years.map { year in
      let band = [year.low, year.high].map { pen(.percentOrDash($0)) }.joined(separator: " … ")
      return (
        x: Double(year.year),
        reading: ChartReading(
          "\(year.year)",
          [
            ChartReading.Row(pen(Self.seen), pen(.percentOrDash(year.rate))),
            ChartReading.Row(pen(Self.model), band),
          ])
      )
    }
    return chart
  }
}

extension ChartTick {
  /// The ticks of an axis of whole years.
  static func years(_ years: ClosedRange<Int>) -> [ChartTick] {
    years.map { ChartTick(Double($0), "\($0)") }
  }
}
