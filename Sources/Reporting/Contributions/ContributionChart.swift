import Charts
import FundCore
import ReportForm
import Simulation

/// The picture of who uses a fund up: of each group its part of the lending, of the compensation on average and
/// of that in the worst cases.
struct ContributionChart {
  let composer: ContributionComposer
  /// The fund's place.
  let index: Int

  private var contributions: FundContributions { composer.contributions }

  /// How many enterprises are drawn.
  private static var shownEnterprises: Int { 3 }

  /// A bar for each group, and what it stands for.
  private struct Bar {
    let trait: LoanTrait
    let part: FundContributions.Part
    /// Parts of the lending, of the average and of the worst cases, 0 to 1.
    let shares: [Double]
  }

  private var bars: [Bar] {
    guard let mean = contributions.place(of: .compensationMean),
      contributions.figures[mean].value > 0
    else { return [] }
    let places = [mean] + (composer.worstPlace.map { [$0] } ?? [])
    return contributions.divisions.flatMap { division in
      let lent = division.parts.reduce(0) { $0 + $1.group.lent.yuan }
      let shown =
        division.by == .enterprise
        ? Array(division.parts.prefix(Self.shownEnterprises)) : division.parts
      return shown.map { part in
        Bar(
          trait: division.by, part: part,
          shares: [lent > 0 ? part.group.lent.yuan / lent : 0]
            + places.map { part.values[$0].value / contributions.figures[$0].value })
      }
    }
  }

  private var names: [LocalizedText] {
    let rest = composer.worstPlace.flatMap { contributions.figures[$0].figure.tailPercent }
      .map { 100 - $0 }
    return [
      .init(en: "of the lending", zh: "占贷款"),
      .init(en: "of the compensation on average", zh: "占平均补偿"),
    ]
      + (rest.map {
        [.init(en: "of the compensation of the worst \($0) %", zh: "占最差\($0)%情形的补偿")]
      } ?? [])
  }

  private var tones: [ChartTone] {
    [ChartColours.lent, ChartColours.average, ChartColours.fund(index)]
  }

  /// The chart; none where nothing is paid.
  var charts: [ReportChart] {
    let bars = bars
    guard !bars.isEmpty else { return [] }
    var table = FigureTable(
      "contribution-shares", heads: [.init(en: "loans of", zh: "贷款")] + names)
    for bar in bars {
      table.rows.append([.words(label(bar))] + bar.shares.map { .rough($0, .part) })
    }
    return [
      ReportChart(
        "contributions-\(index)",
        title: .init(
          en: "Who uses the fund up, beside who borrows", zh: "谁用掉了基金，谁借得多"),
        say: composer.sentences, table: table
      ) { chart(bars, $0).svg($0.size) }
    ]
  }

  private func label(_ bar: Bar) -> LocalizedText { bar.part.group.label(bar.trait) }

  private func chart(_ bars: [Bar], _ pen: ChartPen) -> RowChart {
    let rows = bars.map { bar in
      let texts = bar.shares.map { pen(.rough($0, .part)) }
      return RowChart.Row(
        pen(label(bar)),
        pieces: zip(bar.shares, tones).map { share, tone in
          RowChart.Piece(from: 0, to: max(0, share) * 100, tone: tone)
        }, value: texts.last ?? "",
        reading: ChartReading(
          pen(label(bar)), zip(names, texts).map { ChartReading.Row(pen($0), $1) }))
    }
    let highest = bars.flatMap(\.shares).max() ?? 1
    var chart = RowChart(
      pen.caption, axis: ChartAxis("", from: 0, to: highest * 100, suffix: pen.percentSign),
      rows: rows)
    chart.splitsBars = true
    chart.legend = zip(names, tones).map { (name: pen($0), tones: [$1]) }
    return chart
  }
}
