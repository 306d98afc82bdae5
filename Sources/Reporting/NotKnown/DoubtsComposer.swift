import Charts
import FundCore
import LossStatistics
import ReportForm

/// Puts what is not known of some figures into a table, and into a chart a figure.
struct DoubtsComposer {
  let figures: [DoubtedFigure]
  let money: MoneyScale
  /// What the figures are, above their column and beside the axis.
  let what: LocalizedText

  /// The heads of the columns of ends.
  private var ends: [LocalizedText] {
    let unit: LocalizedText =
      figures.first?.unit == .yuan ? money.name : .init(same: "%")
    return [
      .init(en: "from (\(unit))", zh: "最低（\(unit)）"), .init(en: "to (\(unit))", zh: "最高（\(unit)）"),
    ]
  }

  /// A row for every figure, and one for each thing that is not known of it.
  var table: FigureTable {
    var table = FigureTable("not-known", heads: [what] + ends)
    for figure in figures {
      table.rows.append([
        .words(figure.name), figure.cell(figure.value), figure.cell(figure.value),
      ])
      if let best = figure.bestEstimate {
        table.rows.append([
          .words(Self.bestEstimate.asDetail), figure.cell(best), figure.cell(best),
        ])
      }
      for doubt in figure.doubts {
        let ends = doubt.range.map { [figure.cell($0.low), figure.cell($0.high)] }
        table.rows.append(
          [.words(doubt.source.words.asDetail)] + (ends ?? [.words(doubt.missing), .none]))
      }
    }
    return table
  }

  private static let bestEstimate = LocalizedText(
    en: "by the best estimate alone, as if it were the truth", zh: "只按最佳估计（视为真实值）")

  /// The charts, all on one axis, so that bars of one can be held against those of another.
  var charts: [ReportChart] { figures.map(chart) }

  private func chart(_ figure: DoubtedFigure) -> ReportChart {
    let alone = DoubtsComposer(figures: [figure], money: money, what: what)
    return ReportChart(
      "not-known-\(figure.place + 1)",
      title: .init(
        en: "What is not known of \(figure.name)", zh: "\(figure.name)：尚不确知之处"),
      say: say(figure), table: alone.table.named("not-known-\(figure.place + 1)")
    ) { drawn(figure, $0).svg($0.size) }
  }

  /// What moves the figure most.
  private func say(_ figure: DoubtedFigure) -> [LocalizedText] {
    let widths = figure.doubts.compactMap { doubt in
      doubt.range.map { (doubt: doubt, width: $0.high - $0.low) }
    }
    guard let widest = widths.max(by: { $0.width < $1.width }), widest.width > 0 else {
      return [.init(en: "Nothing that was looked at moves it.", zh: "已考察的各项都不改变它。")]
    }
    let (name, range) = (widest.doubt.source.words, figure.text(widest.doubt, in: money))
    return [
      .init(
        en: "What leaves most open: \(name), \(range).", zh: "最不确定的是：\(name)，\(range)。")
    ]
  }

  private func drawn(_ figure: DoubtedFigure, _ pen: ChartPen) -> RowChart {
    let scale = figure.unit == .part ? 0.01 : pen.unit
    let best = figure.bestEstimate.map { value in
      let text = pen(
        money.text(figure.cell(value)) + (figure.unit == .part ? .init(en: " %", zh: "%") : .empty))
      return RowChart.Row(
        pen(Self.bestEstimate),
        pieces: [
          RowChart.Piece(
            from: min(value, figure.value) / scale, to: max(value, figure.value) / scale,
            tone: ChartColours.fund(figure.place))
        ], value: text,
        reading: ChartReading(pen(figure.name), [ChartReading.Row(pen(Self.bestEstimate), text)]))
    }
    let rows = figure.doubts.map { doubt in
      let text = pen(figure.text(doubt, in: money))
      let ends = doubt.range ?? Interval(low: figure.value, high: figure.value)
      let piece = RowChart.Piece(
        from: ends.low / scale, to: ends.high / scale, tone: ChartColours.fund(figure.place))
      return RowChart.Row(
        pen(doubt.source.words), pieces: doubt.range == nil ? [] : [piece], value: text,
        reading: ChartReading(pen(figure.name), [ChartReading.Row(pen(doubt.source.words), text)]))
    }
    let all = figures.flatMap { figure in
      figure.doubts.compactMap(\.range).flatMap { [$0.low, $0.high] }
        + [figure.value, figure.bestEstimate ?? figure.value]
    }
    return RowChart(
      pen.caption,
      axis: ChartAxis(
        figure.unit == .part
          ? pen(what) : pen(en: "\(what), \(money.name)", zh: "\(what)，\(money.name)"),
        from: (all.min() ?? 0) / scale, to: (all.max() ?? 0) / scale,
        suffix: figure.unit == .part ? pen.percentSign : ""),
      rows: (best.map { [$0] } ?? []) + rows,
      reference: figure.value / scale)
  }
}

extension LocalizedText {
  /// The label of a row that belongs to the row above it.
  var asDetail: LocalizedText { .init(en: "· \(english)", zh: "· \(chinese)") }
}

extension FigureTable {
  /// The same table under another name.
  func named(_ name: String) -> FigureTable {
    var table = self
    table.name = name
    return table
  }
}
