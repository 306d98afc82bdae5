import Charts
import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// The odds of a fund's thresholds, by bank and month.
struct RunThresholdCharts {
  let run: RunComposer
  let index: Int

  /// The banks that a chart shows by name, those that lend most.
  private static let shownBanks = 12

  private var estimates: RiskEstimates { run.estimates }

  /// A chart a threshold.
  var charts: [ReportChart] {
    let fund = estimates.funds[index]
    return zip(fund.thresholds, run.source.funds[index].thresholds).enumerated().map {
      chart(at: $0, of: $1.0, $1.1)
    }
  }

  private func chart(
    at place: Int, of threshold: ThresholdEstimates, _ described: ThresholdDescription
  ) -> ReportChart {
    let name = Names.threshold(described.id)
    let banks = Array(threshold.banks.prefix(Self.shownBanks)) + [threshold.anyBank]
    var table = FigureTable(
      "threshold-\(place + 1)-by-month",
      heads: [.init(en: "end of", zh: "月底")] + banks.map(Self.name))
    for month in 0..<estimates.horizon {
      table.rows.append(
        [.month(estimates.firstMonth.advanced(by: month))]
          + banks.map { .probability($0.byMonth[month]) })
    }
    return ReportChart(
      "threshold-\(index)-\(place)",
      title: .init(
        en: "Threshold “\(name)” at \(described.level): odds that a bank has reached it",
        zh: "阈值“\(name)”（\(described.level)）：各银行触线的概率"),
      say: RunSentences(run: run).threshold(threshold, described), table: table
    ) { heatMap(of: banks, $0).svg($0.size) }
  }

  private static func name(of breach: BreachEstimates) -> LocalizedText {
    breach.bank.map { .init(same: $0) } ?? RunFundComposer.anyBank
  }

  /// A row a bank; columns as fine as the room for numbers allows.
  private func heatMap(of banks: [BreachEstimates], _ pen: ChartPen) -> HeatMap {
    let room = Int(pen.size.width * 0.66 / 38)
    let steps = [1, 2, 3, 6, 12, 24, 60, 120]
    let step = steps.first { estimates.horizon / $0 <= room } ?? 240
    let shown = stride(from: step - 1, to: estimates.horizon, by: step).map { $0 }
    let months = shown.last == estimates.horizon - 1 ? shown : shown + [estimates.horizon - 1]
    // The darkest field is the largest of the chart, so that small odds can be told apart too.
    let largest = banks.compactMap(\.byMonth.last?.value).max() ?? 0
    let columns = months.map { month in
      let calendar = estimates.firstMonth.advanced(by: month)
      return step % 12 == 0 ? "\(calendar.year)-\(calendar.month)" : Self.shortName(of: calendar)
    }
    return HeatMap(
      pen.caption, axes: (x: pen(en: "end of", zh: "月底"), y: pen(en: "bank", zh: "银行")),
      columns: columns,
      rows: banks.map { bank in
        let name = pen(Self.name(of: bank))
        let cells = months.map { month in
          let odds = bank.byMonth[month]
          return HeatMap.Cell(
            strength: largest > 0 ? odds.value / largest : 0, text: Self.percent(odds.value),
            reading: ChartReading(
              name, [ChartReading.Row(pen(run.end(of: month)), pen(Figure(odds)))]))
        }
        return (name: name, cells: cells)
      })
  }

  private static func shortName(of month: CivilMonth) -> String {
    "\(month.year % 100)-" + (month.month < 10 ? "0" : "") + "\(month.month)"
  }

  /// A probability in per cent, short enough for a field.
  private static func percent(_ value: Double) -> String {
    switch value * 100 {
    case 0: "0"
    case ..<0.1: "<.1"
    case ..<9.95: NumberFormat.fixed(value * 100, decimals: 1)
    case 99.5...: value < 1 ? ">99" : "100"
    default: NumberFormat.fixed(value * 100, decimals: 0)
    }
  }
}
