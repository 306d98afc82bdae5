import Charts
public import FundCore
import LossStatistics
import Planning

extension SizeReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = SizeComposer(report: self, language: language)
    return try StudyPage(
      blocks: composer.blocks, figures: [SizeFigure(sizes: sizes, words: composer.words).figure],
      provenance: sizes.provenance, trialCount: sizes.trialCount, language: language
    ).rendered()
  }
}

/// The chart of survival by initial amount, a curve for each time.
struct SizeFigure {
  let sizes: SizeStudy
  let words: StudyWords

  var figure: PageFigure {
    let title = words("Survival by initial amount", "不同初始资金的足额概率")
    var table = ReportTable(
      heads: [words("initial amount (\(words.unitName))", "初始资金（\(words.unitName)）")]
        + sizes.months.map { words.through($0, from: sizes.firstMonth) })
    for point in sizes.curve {
      table.rows.append(
        [words.plain(point.size)] + point.survival.map { words.probability($0) })
    }
    return PageFigure(
      title: title, say: say,
      draw: { chart(words.caption("size" + $1, title, say)).svg($0) }, table: table)
  }

  private var say: [String] {
    let longest = sizes.months.last ?? 0
    let needs = sizes.requirements.filter { $0.months == longest }.map { item in
      words(
        "To last through \(words.through(item.months, from: sizes.firstMonth)) with "
          + "\(words.level(item.level)), it takes \(words.amount(item.size)) \(words.unitName).",
        "以 \(words.level(item.level)) 的概率足额\(words.through(item.months, from: sizes.firstMonth))，"
          + "需要 \(words.amount(item.size)) \(words.unitName)。")
    }
    let own = sizes.survival(with: sizes.fund.initial).last.map { PlainFrequency($0).text }
    guard let own else { return needs }
    let amount = "\(words.plain(sizes.fund.initial)) \(words.unitName)"
    return needs + [
      words(
        "The scenario's \(amount) last as long in \(own.english).",
        "情景中的 \(amount)：\(own.chinese)能够足额。")
    ]
  }

  private func chart(_ caption: ChartCaption) -> LineChart {
    let unit = words.unit
    var chart = LineChart(
      caption,
      x: ChartAxis(
        words("initial amount, \(words.unitName)", "初始资金，\(words.unitName)"), from: 0,
        to: (sizes.curve.last?.size.yuan ?? unit) / unit),
      y: ChartAxis(
        words("probability; band: 95 % interval", "概率；色带：95% 区间"), from: 0, to: 100,
        suffix: " %"))
    for (index, months) in sizes.months.enumerated() {
      let tone = ChartColours.time(index, of: sizes.months.count)
      chart.bands.append(
        LineChart.Band(
          tone: tone,
          points: sizes.curve.map {
            let interval = $0.survival[index].interval95
            return (x: $0.size.yuan / unit, low: interval.low * 100, high: interval.high * 100)
          }))
      chart.lines.append(
        LineChart.Line(
          words.through(months, from: sizes.firstMonth), tone: tone,
          points: sizes.curve.map { (x: $0.size.yuan / unit, y: $0.survival[index].value * 100) }))
    }
    chart.guides = [
      LineChart.Guide(
        x: sizes.fund.initial.yuan / unit,
        label: words(
          "the scenario's \(words.plain(sizes.fund.initial))",
          "情景中的 \(words.plain(sizes.fund.initial))"))
    ]
    chart.readings = sizes.curve.map { point in
      let rows = zip(sizes.months, point.survival).map {
        ChartReading.Row(words.through($0, from: sizes.firstMonth), words.probability($1))
      }
      return (
        x: point.size.yuan / unit,
        reading: ChartReading("\(words.plain(point.size)) \(words.unitName)", rows)
      )
    }
    return chart
  }
}
