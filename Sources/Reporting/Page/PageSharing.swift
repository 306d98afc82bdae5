import Charts
import FundCore
import LossStatistics
import Simulation

/// Who bears the loss, fund beside fund.
extension PageComposer {
  /// A bar a fund, a piece a party; nothing for a single fund, whose own chart tells more.
  var sharingFigures: [PageFigure] {
    guard estimates.funds.count > 1, estimates.funds.contains(where: { $0.meanLoss.value > 0 })
    else { return [] }
    let title = text("Who bears the loss, fund beside fund", "损失由谁承担：各基金对比")
    let say = spokenFunds { fund in fund.parties.first { $0.party == "bank" }?.loss.mean.value ?? 0
    }
    .map { isolated($0.name) + text(": ", "：") + lossShares($0) }
    let parties = sharingParties
    var table = ReportTable(
      heads: [text("mean loss (\(figures.unitName))", "平均损失（\(figures.unitName)）")]
        + parties.map { partyName($0) })
    for fund in estimates.funds {
      table.rows.append(
        [fund.name]
          + parties.map { party in
            fund.parties.first { $0.party == party.party }.map { figures.mean($0.loss.mean) } ?? "–"
          })
    }
    return [
      PageFigure(
        title: title, say: say,
        draw: { sharingChart(parties, caption("sharing" + $1, title, say)).svg($0) }, table: table)
    ]
  }

  /// Every party that bears a loss of any fund.
  private var sharingParties: [PartyEstimates] {
    var seen: Set<String> = []
    return estimates.funds.flatMap(\.parties).filter { seen.insert($0.party).inserted }
      .sorted { PageColours.rank(ofParty: $0.party) < PageColours.rank(ofParty: $1.party) }
  }

  private func sharingChart(_ parties: [PartyEstimates], _ caption: ChartCaption) -> RowChart {
    let rows = estimates.funds.enumerated().map { index, fund in
      var end = 0.0
      var pieces: [RowChart.Piece] = []
      var readings: [ChartReading.Row] = []
      for party in parties {
        guard let own = fund.parties.first(where: { $0.party == party.party }) else { continue }
        let start = end
        end += own.loss.mean.value / figures.unit
        pieces.append(
          RowChart.Piece(from: start, to: end, tone: PageColours.party(own.party, fund: index)))
        readings.append(ChartReading.Row(partyName(own), figures.mean(own.loss.mean)))
      }
      return RowChart.Row(
        fund.name, pieces: pieces, value: figures.bare(fund.meanLoss),
        reading: ChartReading(fund.name, readings))
    }
    let highest = estimates.funds.map(\.meanLoss.value).max() ?? 0
    var chart = RowChart(
      caption,
      axis: ChartAxis(
        text(
          "mean loss after recoveries, \(figures.unitName)", "追偿后的平均损失，\(figures.unitName)"),
        from: 0, to: highest / figures.unit), rows: rows)
    chart.legend = parties.map { party in
      // A fund's own part has the fund's colour.
      let tones = estimates.funds.indices.map { PageColours.party(party.party, fund: $0) }
      return (name: partyName(party), tones: Set(tones).count == 1 ? [tones[0]] : tones)
    }
    return chart
  }
}
