import Charts
public import FundCore
import LossStatistics
import Planning

extension CompareReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = CompareComposer(report: self, language: language)
    let study = comparison.study
    return try StudyPage(
      blocks: composer.blocks,
      figures: [
        composer.figure(.exhaustion, id: "exhaustion"),
        composer.figure(.compensation, id: "compensation"),
        composer.figure(.capital(.percent(95)), id: "capital"),
      ], provenance: study.provenance, trialCount: study.trialCount, language: language
    ).rendered()
  }
}

extension CompareComposer {
  /// A bar a row for one figure.
  func figure(_ figure: StudyFigure, id: String) -> PageFigure {
    let name = figure.name[words.language]
    let rows = comparison.study.rows.compactMap { row in
      row.value(figure).map { (name: row.name, value: $0) }
    }
    let unit = figure.isProbability ? "" : " " + words.unitName
    var table = ReportTable(heads: ["", name + (unit.isEmpty ? "" : " (\(words.unitName))")])
    for row in rows {
      table.rows.append([row.name, words.figure(row.value, isProbability: figure.isProbability)])
    }
    var say: [String] = []
    if let least = rows.min(by: { $0.value.value < $1.value.value }),
      let most = rows.max(by: { $0.value.value < $1.value.value })
    {
      let ends = [least, most].map {
        isolated($0.name) + ": " + words.figure($0.value, isProbability: figure.isProbability)
          + unit
      }
      say = [
        words("Least: \(ends[0]).", "最低：\(ends[0])。"), words("Most: \(ends[1]).", "最高：\(ends[1])。"),
      ]
    }
    return PageFigure(
      title: name.prefix(1).uppercased() + name.dropFirst(), say: say,
      draw: { size, suffix in
        chart(figure, rows, words.caption(id + suffix, name, say)).svg(size)
      }, table: table)
  }

  private func chart(
    _ figure: StudyFigure, _ rows: [(name: String, value: FigureValue)], _ caption: ChartCaption
  ) -> RowChart {
    let scale = figure.isProbability ? 0.01 : words.unit
    let bars = rows.map { row in
      let text = words.figure(row.value, isProbability: figure.isProbability)
      return RowChart.Row(
        row.name,
        pieces: [RowChart.Piece(from: 0, to: row.value.value / scale, tone: ChartColours.row)],
        value: text,
        reading: ChartReading(row.name, [ChartReading.Row("", text)]))
    }
    let highest = rows.map(\.value.value).max() ?? 0
    return RowChart(
      caption,
      axis: ChartAxis(
        figure.isProbability ? "" : words.unitName, from: 0, to: highest / scale,
        suffix: figure.isProbability ? " %" : ""), rows: bars)
  }
}
