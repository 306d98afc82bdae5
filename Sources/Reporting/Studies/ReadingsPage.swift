import Charts
public import FundCore
import LossStatistics
import Planning
import PolicyLibrary

extension ReadingsReport {
  /// The report as a web page: one file that opens without a network and holds no script.
  public func page(language: Language) throws -> String {
    let composer = ReadingsComposer(readings: readings, language: language)
    let study = readings.study
    return try StudyPage(
      blocks: composer.blocks, figures: composer.chartFigures, provenance: study.provenance,
      trialCount: study.trialCount, language: language
    ).rendered()
  }
}

extension ReadingsComposer {
  /// A bar for each sentence that moves an answer; nothing where none does.
  var chartFigures: [PageFigure] {
    guard let first = moving.first, let lead = leading(first) else { return [] }
    let title = words("How far each open sentence moves the answers", "各未定条文对结果的影响")
    let say = [
      words(
        "Most depends on \(heading(first)): \(lead.1.figure.name.english) changes by "
          + "\(words.difference(lead.1))\(points(lead.1)).",
        "影响最大的是\(heading(first))：\(lead.1.figure.name.chinese)变化 \(words.difference(lead.1))"
          + "\(points(lead.1))。")
    ]
    var table = ReportTable(heads: [
      words("sentence", "条文"), words("answer", "结果"), words("difference", "差值"),
    ])
    for sentence in moving {
      guard let (_, difference) = leading(sentence) else { continue }
      table.rows.append([
        heading(sentence), difference.figure.name[words.language],
        words.difference(difference) + points(difference),
      ])
    }
    return [
      PageFigure(
        title: title, say: say,
        draw: { chart(words.caption("readings" + $1, title, say)).svg($0) }, table: table)
    ]
  }

  private func points(_ difference: FigureDifference) -> String {
    difference.figure.isProbability ? words(" points", " 个百分点") : " " + words.unitName
  }

  private func chart(_ caption: ChartCaption) -> RowChart {
    let rows = moving.compactMap { sentence -> RowChart.Row? in
      guard let (alternative, difference) = leading(sentence) else { return nil }
      let text = words.difference(difference) + points(difference)
      return RowChart.Row(
        words(
          "\(sentence.interpretation.question.english) (\(sentence.interpretation.id))",
          "\(sentence.interpretation.question.chinese)（\(sentence.interpretation.id)）"),
        pieces: [RowChart.Piece(from: 0, to: sentence.size * 100, tone: ChartColours.row)],
        value: text,
        reading: ChartReading(
          heading(sentence),
          [
            ChartReading.Row("", alternative.text[words.language]),
            ChartReading.Row(difference.figure.name[words.language], text),
          ]))
    }
    return RowChart(
      caption,
      axis: ChartAxis(
        words(
          "largest move: points of a probability, or per cent of the amount", "最大变化：概率的百分点，或金额的百分比"
        ), from: 0, to: (moving.map(\.size).max() ?? 0) * 100), rows: rows)
  }
}
