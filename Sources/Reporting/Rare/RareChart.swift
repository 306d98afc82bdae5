import Charts
import FundCore
import LossStatistics
import ReportForm
import Simulation

/// How likely each fund is exhausted by the end of each month, as rare trials say: by powers of ten.
struct RareChart {
  let run: RunComposer
  let figures: RareFigures

  /// No chance below is drawn.
  private static let least = 1e-12

  /// The chart; nothing where no fund was ever exhausted.
  var charts: [ReportChart] {
    guard lowest != nil else { return [] }
    var table = FigureTable(
      "rare-by-month",
      heads: [.init(en: "end of", zh: "月底")]
        + run.estimates.funds.map { .init(same: $0.name) })
    for month in 0..<run.estimates.horizon {
      table.rows.append(
        [.month(run.estimates.firstMonth.advanced(by: month))]
          + figures.funds.map { .figure(Figure($0.exhaustion[month], in: .part)) })
    }
    return [
      ReportChart(
        "rare",
        title: .init(
          en: "Rare exhaustion: something owed has gone unpaid so far, by powers of ten",
          zh: "稀有耗尽：截至当月已出现应付未付的概率（对数刻度）"), say: sentences, table: table
      ) { lines($0).svg($0.size) }
    ]
  }

  /// The smallest chance of a month that is drawn.
  private var lowest: Double? {
    figures.funds.flatMap(\.exhaustion).map(\.value).filter { $0 >= Self.least }.min()
  }

  /// What the fund with the largest chance and the one with the least come to.
  private var sentences: [LocalizedText] {
    let all = figures.funds.indices.sorted { last($0) > last($1) }
    let told = all.count > 3 ? [all[0], all[all.count - 1]] : figures.funds.indices.map { $0 }
    let trials = NumberFormat.whole(figures.trials)
    return told.map { index in
      let name = isolated(run.estimates.funds[index].name)
      guard let known = figures.funds[index].exhaustion.last, known.value > 0 else {
        return .init(
          en: "\(name) is exhausted in none of the \(trials) rare trials.",
          zh: "\(name)在\(trials)次稀有抽样中均未耗尽。")
      }
      let chance = run.money.named(Figure(known, in: .part))
      let one = NumberFormat.whole(Int(min(1e15, (1 / known.value).rounded())))
      return .init(
        en:
          "\(name) is exhausted by the end of \(run.lastMonth) with \(chance): about once in \(one).",
        zh: "\(name)在\(run.lastMonth)月底前耗尽的概率为\(chance)：约\(one)次中一次。")
    }
  }

  private func last(_ index: Int) -> Double { figures.funds[index].exhaustion.last?.value ?? 0 }

  // MARK: Drawing

  private func lines(_ pen: ChartPen) -> LineChart {
    let floor = (decimalLogarithm(lowest ?? 1) - 1e-9).rounded(.down)
    var chart = LineChart(
      pen.caption, x: run.timeAxis,
      y: ChartAxis(
        pen(en: "probability, by powers of ten; band: 95 % interval", zh: "概率（对数刻度）；色带：95%区间"),
        from: floor, to: 0, marks: marks(from: Int(floor))))
    for (index, fund) in figures.funds.enumerated() {
      let points = fund.exhaustion.enumerated().filter { $0.element.value >= Self.least }.map {
        (x: Double($0.offset + 1), known: $0.element)
      }
      guard !points.isEmpty else { continue }
      func place(_ value: Double) -> Double {
        max(floor, decimalLogarithm(max(Self.least, min(1, value))))
      }
      chart.bands.append(
        LineChart.Band(
          tone: ChartColours.fund(index),
          points: points.map {
            (
              x: $0.x, low: place($0.known.low ?? $0.known.value),
              high: place($0.known.high ?? $0.known.value)
            )
          }))
      chart.lines.append(
        LineChart.Line(
          run.estimates.funds[index].name, tone: ChartColours.fund(index),
          points: points.map { (x: $0.x, y: place($0.known.value)) }))
    }
    chart.readings = (0..<run.estimates.horizon).map { month in
      let rows = figures.funds.indices.map {
        ChartReading.Row(
          run.estimates.funds[$0].name,
          pen(Figure(figures.funds[$0].exhaustion[month], in: .part)))
      }
      return (x: Double(month + 1), reading: ChartReading(pen(run.end(of: month)), rows))
    }
    return chart
  }

  /// 1 and the powers of ten below, as far as there is room.
  private func marks(from lowest: Int) -> [ChartTick] {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    let step = lowest < -8 ? 2 : 1
    return stride(from: 0, through: -lowest, by: step).map { power in
      let raised = String(String(power).compactMap { $0.wholeNumberValue.map { digits[$0] } })
      return ChartTick(Double(-power), power == 0 ? "1" : "10⁻" + raised)
    }
  }
}

/// The decimal logarithm of a positive number, as exact as a picture needs: of the significand by the series of
/// the inverse hyperbolic tangent.
private func decimalLogarithm(_ value: Double) -> Double {
  let ratio = (value.significand - 1) / (value.significand + 1)
  var (term, sum) = (ratio, 0.0)
  for power in stride(from: 1.0, through: 31, by: 2) {
    sum += term / power
    term *= ratio * ratio
  }
  let logarithmOf2 = 0.693_147_180_559_945_3
  let logarithmOf10 = 2.302_585_092_994_045_7
  return (Double(value.exponent) * logarithmOf2 + 2 * sum) / logarithmOf10
}
