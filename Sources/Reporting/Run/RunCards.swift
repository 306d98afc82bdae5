import Charts
import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// Composes the answer for each fund at a glance.
struct RunCards {
  let run: RunComposer

  /// A card a fund.
  var cards: [ReportCard] { run.estimates.funds.indices.map(card) }

  private func card(_ index: Int) -> ReportCard {
    let fund = run.estimates.funds[index]
    let description = run.source.funds[index]
    let initial = MoneyScale.best(fund.initial)
    let model = Names.model(of: description)
    var card = ReportCard(
      name: fund.name, figure: Figure(fund.survival.last ?? fund.exhaustion),
      what: .init(en: "lasts through \(run.lastMonth)", zh: "撑到\(run.lastMonth)月底的概率"))
    card.style = index % ChartTone.seriesCount
    card.subtitle = .init(
      en: "\(description.programmeTitle) · \(model) · \(initial)",
      zh: "\(description.programmeTitle) · \(model) · \(initial)")
    card.rows = rows(fund) + rare(index) + readings(index)
    card.verdict = RunSentences(run: run).verdict(fund)
    return card
  }

  /// What rare trials say of exhaustion; nothing where there are none.
  private func rare(_ index: Int) -> [(label: LocalizedText, cell: ReportCell)] {
    guard let known = run.source.rare?.funds[index].exhaustion.last else { return [] }
    return [
      (
        .init(en: "ever exhausted, by rare trials", zh: "曾经耗尽（稀有抽样）"),
        .figure(Figure(known, in: .part))
      )
    ]
  }

  /// The readings that move the fund's headline, each with its answers.
  private func readings(_ index: Int) -> [(label: LocalizedText, cell: ReportCell)] {
    let notes = HeadlineNotes(report: run.source)
    return run.source.headlineReadings.filter { $0.fund == index }.map { reading in
      let name = "\(reading.interpretation) \(reading.other.reading)"
      return (
        .init(en: "under \(name)", zh: "按\(name)"),
        .words(notes.answers(reading.other, reading, in: run.money))
      )
    }
  }

  private func rows(_ fund: FundEstimates) -> [(label: LocalizedText, cell: ReportCell)] {
    var rows: [(label: LocalizedText, cell: ReportCell)] = [
      (.init(en: "pays on average", zh: "平均补偿"), .mean(fund.compensation.mean))
    ]
    if let value = fund.paid(.percent(99)) {
      rows.append(
        (.init(en: "99 of 100 pay at most", zh: "99%的模拟不超过"), .figure(Figure(value, in: .yuan))))
    }
    if let worst = fund.worstPaid(.percent(99)) {
      rows.append((.init(en: "worst 1 of 100, mean", zh: "最差1%的平均"), .mean(worst.estimate)))
    }
    if let capital = fund.capital(.percent(95)) {
      rows.append(
        (
          .init(en: "needed to last with 95 %", zh: "95%足额所需资本"),
          .figure(Figure(capital, in: .yuan))
        ))
    }
    let worst = fund.thresholds.max { $0.anyBank.ever.successes < $1.anyBank.ever.successes }
    if let worst {
      let name = Names.threshold(worst.id)
      rows.append(
        (
          .init(en: "any bank reaches “\(name)”", zh: "任一银行触及“\(name)”"),
          .probability(worst.anyBank.ever)
        ))
    }
    return rows
  }
}
