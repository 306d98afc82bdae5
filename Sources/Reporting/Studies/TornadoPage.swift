import Charts
public import FundCore
import LossStatistics
import Planning

extension TornadoReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = TornadoComposer(tornado: tornado, language: language)
    return try StudyPage(
      blocks: composer.blocks, figures: [composer.chartFigure],
      provenance: tornado.study.provenance, trialCount: tornado.study.trialCount,
      language: language
    ).rendered()
  }
}

extension TornadoComposer {
  private var scale: Double { tornado.figure.isProbability ? 0.01 : words.unit }

  /// A bar for each input, from where a step down leads to where a step up does.
  var chartFigure: PageFigure {
    let name = tornado.figure.name[words.language]
    let title = words("What moves the \(name)", "什么影响\(name)")
    var table = ReportTable(heads: [
      words("input", "输入"), words("a step down", "下调"), words("a step up", "上调"),
    ])
    for bar in tornado.bars {
      table.rows.append(
        [bar.input.name[words.language]]
          + [bar.down, bar.up].map { step in
            step.map { words.figure($0.value, isProbability: tornado.figure.isProbability) } ?? "–"
          })
    }
    return PageFigure(
      title: title, say: say(name),
      draw: { chart(words.caption("tornado" + $1, title, say(name))).svg($0) }, table: table)
  }

  private func say(_ name: String) -> [String] {
    let base = words.figure(tornado.base, isProbability: tornado.figure.isProbability)
    let unit = tornado.figure.isProbability ? "" : " " + words.unitName
    let first = words(
      "As the scenario is, the \(name) is \(base)\(unit).", "按情景原样，\(name)为 \(base)\(unit)。")
    guard let bar = tornado.bars.first, bar.size > 0 else { return [first] }
    let input = bar.input.name[words.language]
    let moves = [bar.down, bar.up].compactMap { step in
      step.map { words.difference($0.difference) }
    }.joined(separator: words(" and ", "、"))
    let points = tornado.figure.isProbability ? words(" points", " 个百分点") : unit
    return [
      first,
      words(
        "It depends most on: \(input) (\(moves)\(points)).", "影响最大的是：\(input)（\(moves)\(points)）。"),
    ]
  }

  private func chart(_ caption: ChartCaption) -> RowChart {
    let base = tornado.base.value / scale
    var ends = [base]
    let rows = tornado.bars.map { bar in
      var pieces: [RowChart.Piece] = []
      var readings: [ChartReading.Row] = []
      for (step, tone, name) in [
        (bar.down, ChartColours.stepDown, words("a step down", "下调")),
        (bar.up, ChartColours.stepUp, words("a step up", "上调")),
      ] {
        guard let step else { continue }
        let end = base + step.difference.difference.value / scale
        ends.append(end)
        pieces.append(RowChart.Piece(from: base, to: end, tone: tone))
        readings.append(ChartReading.Row(name, words.difference(step.difference)))
      }
      let value = [bar.down, bar.up].map { $0.map { words.difference($0.difference) } ?? "–" }
      return RowChart.Row(
        bar.input.name[words.language], pieces: pieces, value: value.joined(separator: " | "),
        reading: ChartReading(bar.input.name[words.language], readings))
    }
    let unit = tornado.figure.isProbability ? " %" : ""
    let name = tornado.figure.name[words.language]
    var chart = RowChart(
      caption,
      axis: ChartAxis(
        tornado.figure.isProbability ? name : "\(name), \(words.unitName)", from: ends.min() ?? 0,
        to: ends.max() ?? 0, suffix: unit), rows: rows, reference: base)
    chart.splitsBars = true
    chart.legend = [
      (name: words("a step down", "下调"), tones: [ChartColours.stepDown]),
      (name: words("a step up", "上调"), tones: [ChartColours.stepUp]),
    ]
    return chart
  }
}
