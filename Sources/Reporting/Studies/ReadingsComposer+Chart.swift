import Charts
import FundCore
import LossStatistics
import Planning
import ReportForm

// The chart of what the open sentences move.
extension ReadingsComposer {
  /// A bar for each sentence that moves an answer; nothing where none does.
  var charts: [ReportChart] {
    guard let first = moving.first, let (_, difference) = leading(first) else { return [] }
    let (asked, name) = (question(first), difference.figure.name)
    let moved = money.named(difference)
    return [
      ReportChart(
        "readings",
        title: .init(en: "How far each open sentence moves the answers", zh: "各未定条文对结果的影响"),
        say: [
          .init(
            en: "Most depends on: \(asked). The \(name) changes by \(moved).",
            zh: "影响最大的是：\(asked)。\(name)变化\(moved)。")
        ], table: moves
      ) { drawn($0).svg($0.size) }
    ]
  }

  private var moves: FigureTable {
    FigureTable(
      "moves",
      heads: [
        .init(en: "sentence", zh: "条文"), .init(en: "answer", zh: "结果"),
        .init(
          en: "difference (\(money.name), or points)", zh: "差值（\(money.name)，或百分点）"),
      ],
      rows: moving.compactMap { sentence in
        guard let (_, difference) = leading(sentence) else { return nil }
        return [
          .words(question(sentence)), .words(difference.figure.name), .difference(difference),
        ]
      })
  }

  private func drawn(_ pen: ChartPen) -> RowChart {
    let rows = moving.compactMap { sentence -> RowChart.Row? in
      guard let (alternative, difference) = leading(sentence) else { return nil }
      let text = pen(money.named(difference))
      return RowChart.Row(
        pen(question(sentence)),
        pieces: [RowChart.Piece(from: 0, to: sentence.size * 100, tone: ChartColours.row)],
        value: text,
        reading: ChartReading(
          pen(question(sentence)),
          [
            ChartReading.Row("", pen(alternative.text)),
            ChartReading.Row(pen(difference.figure.name), text),
          ]))
    }
    return RowChart(
      pen.caption,
      axis: ChartAxis(
        pen(
          en: "largest move: points of a probability, or per cent of the amount",
          zh: "最大变化：概率的百分点，或金额的百分比"),
        from: 0, to: (moving.map(\.size).max() ?? 0) * 100), rows: rows)
  }
}
