import Charts
import FundCore
import LossStatistics
import ReportForm
import Simulation

/// The pictures of a fund's years: what it pays and what to budget, and what filling up gives.
struct YearCharts {
  let composer: YearsComposer
  /// The fund's place.
  let index: Int

  /// A year with its bars.
  private struct Row {
    let year: LocalizedText
    let figures: [Figure?]
  }

  /// A bar of a year: one statistic of one figure.
  private struct Series {
    let name: LocalizedText
    let tone: ChartTone
    let figure: (YearlyFigures.Period) -> Figure?
  }

  private var years: [YearlyFigures.Period] { composer.fund.periods(.calendar) }

  /// The charts; none where nothing is paid, and of filling up none where nothing is given.
  var charts: [ReportChart] {
    let hasClaims = years.contains { ($0.entry(.compensation)?.mean?.value ?? 0) > 0 }
    let isFilledUp = years.contains { ($0.entry(.newMoney)?.quantile(990_000)?.value ?? 0) > 0 }
    return (hasClaims ? [money] : []) + (isFilledUp ? [newMoney] : [])
  }

  private func mean(_ figure: YearFigure) -> (YearlyFigures.Period) -> Figure? {
    { $0.entry(figure)?.mean.map { Figure($0, in: .yuan) } }
  }

  private func quantile(_ figure: YearFigure, _ level: Int) -> (YearlyFigures.Period) -> Figure? {
    { $0.entry(figure)?.quantile(level).map { Figure($0, in: .yuan) } }
  }

  /// Compensation by year with its quantiles, beside what to budget.
  private var money: ReportChart {
    let confidence = composer.years.request.confidence
    let level = Level(millionths: confidence).words
    let series = [
      Series(
        name: .init(en: "compensation, mean", zh: "风险补偿均值"), tone: .shade(0),
        figure: mean(.compensation)),
      Series(
        name: .init(en: "in 95 % at most", zh: "95%情形不超过"), tone: .shade(1),
        figure: quantile(.compensation, 950_000)),
      Series(
        name: .init(en: "in 99 % at most", zh: "99%情形不超过"), tone: .shade(3),
        figure: quantile(.compensation, 990_000)),
      Series(
        name: .init(en: "to put in for \(level)", zh: "按\(level)保证需投入"),
        tone: ChartColours.fund(index), figure: quantile(.budget, confidence)),
    ]
    return chart(
      "money-by-year-\(index)",
      .init(en: "Compensation by year, and what to budget", zh: "逐年风险补偿与预算需求"), series)
  }

  /// What filling up and new money give by year.
  private var newMoney: ReportChart {
    let series = [
      Series(
        name: .init(en: "mean", zh: "均值"), tone: .shade(0), figure: mean(.newMoney)),
      Series(
        name: .init(en: "in 95 % at most", zh: "95%情形不超过"), tone: .shade(1),
        figure: quantile(.newMoney, 950_000)),
      Series(
        name: .init(en: "in 99 % at most", zh: "99%情形不超过"), tone: .shade(3),
        figure: quantile(.newMoney, 990_000)),
    ]
    return chart(
      "new-money-by-year-\(index)",
      .init(en: "New money and filling up by year", zh: "逐年追加与补足的资金"), series)
  }

  private func chart(_ id: String, _ title: LocalizedText, _ series: [Series]) -> ReportChart {
    let (years, money) = (years, composer.money)
    let name = money.name
    let table = FigureTable(
      id,
      heads: [.init(en: "year", zh: "年份")]
        + series.map { .init(en: "\($0.name) (\(name))", zh: "\($0.name)（\(name)）") },
      rows: years.map { year in
        [.words(year.period.words)]
          + series.map { $0.figure(year).map { .figure($0) } ?? .none }
      })
    let bars = years.map { year in
      Row(year: year.period.words, figures: series.map { $0.figure(year) })
    }
    let (names, tones) = (series.map(\.name), series.map(\.tone))
    return ReportChart(id, title: title, say: say(series), table: table) { pen in
      Self.drawn(bars, names: names, tones: tones, pen).svg(pen.size)
    }
  }

  private static func drawn(
    _ bars: [Row], names: [LocalizedText],
    tones: [ChartTone], _ pen: ChartPen
  ) -> RowChart {
    let rows = bars.map { bar in
      let texts = bar.figures.map { $0.map { pen($0) } ?? "–" }
      return RowChart.Row(
        pen(bar.year),
        pieces: zip(bar.figures, tones).map { figure, tone in
          RowChart.Piece(from: 0, to: max(0, figure?.value ?? 0) / pen.unit, tone: tone)
        }, value: bar.figures.last.flatMap { $0 }.map { pen($0.bare) } ?? "",
        reading: ChartReading(
          pen(bar.year), zip(names, texts).map { ChartReading.Row(pen($0), $1) }))
    }
    let highest = bars.flatMap(\.figures).compactMap { $0?.value }.max() ?? 0
    var chart = RowChart(
      pen.caption, axis: ChartAxis(pen(pen.money.name), from: 0, to: highest / pen.unit), rows: rows
    )
    chart.splitsBars = true
    chart.legend = zip(names, tones).map { (name: pen($0), tones: [$1]) }
    return chart
  }

  /// The year in which the last of the bars is the longest.
  private func say(_ series: [Series]) -> [LocalizedText] {
    guard let last = series.last,
      let most = years.max(by: {
        (last.figure($0)?.value ?? 0) < (last.figure($1)?.value ?? 0)
      }), let figure = last.figure(most)
    else { return [] }
    guard figure.value > 0 else {
      let name = last.name
      return [.init(en: "Nothing in any year: \(name).", zh: "各年均为零：\(name)。")]
    }
    let (year, name, amount) = (most.period.words, last.name, composer.money.named(figure.bare))
    return [
      .init(en: "Most in \(year): \(name), \(amount).", zh: "最多的是\(year)：\(name)\(amount)。")
    ]
  }
}
