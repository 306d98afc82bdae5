import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

extension RunFundComposer {
  /// The banks that a report shows by name.
  private static var shownBanks: Int { 8 }

  /// Each threshold with its reading, then the odds of each bank.
  var thresholds: [SectionBlock] {
    guard let first = fund.thresholds.first else { return [] }
    var table = FigureTable("thresholds", heads: [.init(en: "bank", zh: "银行")])
    for threshold in description.thresholds {
      let name = Names.threshold(threshold.id)
      table.heads += [
        name, .init(en: "\(name): means at the breach", zh: "\(name)：触线时均值"),
      ]
    }
    let banks = Array(first.banks.indices.prefix(Self.shownBanks))
    for bank in banks {
      table.rows.append(
        [.name(first.banks[bank].bank ?? "")]
          + fund.thresholds.flatMap { cells($0.banks[bank]) })
    }
    table.rows.append(
      [.words(Self.anyBank)] + fund.thresholds.flatMap { cells($0.anyBank) })
    var blocks: [SectionBlock] = [
      .subheading(
        .init(
          en: "Thresholds: probability that a bank ever reaches one (95 % interval)",
          zh: "阈值：银行曾经触线的概率（95%区间）")),
      .list(description.thresholds.map(Self.line)), .table(table),
    ]
    let hidden = estimates.bankCount - banks.count
    if hidden > 0 {
      let count = NumberFormat.whole(hidden)
      blocks.append(
        .paragraph(
          .init(
            en: "\(count) further banks that lend less are counted under \"any bank\".",
            zh: "另有\(count)家放款较少的银行，计入“任一银行”。")))
    }
    return blocks + readings
  }

  /// What stands for all banks together.
  static var anyBank: LocalizedText { .init(en: "any bank", zh: "任一银行") }

  private static func line(_ item: ThresholdDescription) -> LocalizedText {
    let (name, effect) = (Names.threshold(item.id), Names.effect(item.effect))
    return .init(
      en: """
        \(name): at \(item.level), \(effect) (\(item.article)). Ratio: \(item.ratio). Reading: \
        \(item.reading)
        """,
      zh: "\(name)：达到\(item.level)，\(effect)（\(item.article)）。比率：\(item.ratio)。读法：\(item.reading)")
  }

  /// The odds of any bank under the other readings, on the same draws.
  private var readings: [SectionBlock] {
    let others = run.source.otherReadings[index]
    guard let first = others.first else { return [] }
    var table = FigureTable(
      "thresholds-readings",
      heads: [
        .init(
          en: "any bank, under each reading of \(first.interpretation)",
          zh: "\(first.interpretation)各读法下任一银行")
      ] + description.thresholds.map { Names.threshold($0.id) })
    table.rows.append(
      [.words(.init(en: "the reading in use", zh: "所用读法"))]
        + fund.thresholds.map { .probability($0.anyBank.ever) })
    for reading in others {
      table.rows.append([.words(reading.text)] + reading.anyBank.map { .probability($0) })
    }
    return [.table(table)]
  }

  private func cells(_ breach: BreachEstimates) -> [ReportCell] {
    guard let part = breach.meanPart, let whole = breach.meanWhole, whole > 0 else {
      return [.probability(breach.ever), .none]
    }
    // Sums alone are recorded at a breach: no error is known, hence two digits.
    return [
      .probability(breach.ever),
      .ratio(
        part: Figure(part, in: .yuan),
        whole: Figure(
          whole, in: .yuan, isReliable: breach.ever.successes >= reliableTailCount)),
    ]
  }
}
