import Charts
import FundCore
import LossStatistics
import Simulation

/// The odds of thresholds, by bank and month.
extension PageComposer {
  /// The banks that a chart shows by name, those that lend most.
  private static var shownBanks: Int { 12 }

  func thresholdFigures(_ index: Int) -> [PageFigure] {
    let fund = estimates.funds[index]
    return zip(fund.thresholds, report.funds[index].thresholds).enumerated().map { place, pair in
      let (threshold, described) = pair
      let title = text(
        "Threshold “\(described.id)” at \(described.level): odds that a bank has reached it",
        "阈值“\(described.id)”（\(described.level)）：各银行触线的概率")
      let say = thresholdSentences(threshold, described)
      let banks = Array(threshold.banks.prefix(Self.shownBanks)) + [threshold.anyBank]
      var table = ReportTable(heads: [text("end of", "月底")] + banks.map { bankName($0) })
      for month in 0..<estimates.horizon {
        table.rows.append(
          ["\(estimates.firstMonth.advanced(by: month))"]
            + banks.map { figures.probability($0.byMonth[month]) })
      }
      return PageFigure(
        title: title, say: say,
        draw: {
          let id = "threshold-\(index)-\(place)" + $1
          return thresholdChart(banks, caption(id, title, say), size: $0).svg($0)
        }, table: table)
    }
  }

  private func bankName(_ breach: BreachEstimates) -> String {
    breach.bank ?? words[.anyBank]
  }

  /// A row a bank; columns as fine as the room for numbers allows.
  private func thresholdChart(
    _ banks: [BreachEstimates], _ caption: ChartCaption, size: ChartSize
  ) -> HeatMap {
    let room = Int(size.width * 0.66 / 38)
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
      caption, axes: (x: text("end of", "月底"), y: text("bank", "银行")), columns: columns,
      rows: banks.map { bank in
        (
          name: bankName(bank),
          cells: months.map { month in
            let odds = bank.byMonth[month]
            return HeatMap.Cell(
              strength: largest > 0 ? odds.value / largest : 0, text: Self.percent(odds.value),
              reading: ChartReading(
                bankName(bank), [ChartReading.Row(endOf(month), figures.probability(odds))]))
          }
        )
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
