import FundCore
import LossStatistics
import Simulation
import ReportForm

extension FundComposer {
  /// The banks that a report shows by name.
  private static var shownBanks: Int { 8 }

  /// Each threshold with its reading, then the odds of each bank.
  var thresholds: [ReportBlock] {
    guard !fund.thresholds.isEmpty else { return [] }
    let lines = description.thresholds.map {
      words(
        .thresholdLine,
        [
          "id": $0.id, "effect": words.name(of: $0.effect), "level": $0.level,
          "article": $0.article.words[language], "ratio": $0.ratio[language],
          "reading": $0.reading[language],
        ])
    }
    var table = ReportTable(heads: [words[.bank]])
    for threshold in description.thresholds {
      table.heads.append(threshold.id)
      table.heads += words.heads(.ratioHead)
    }
    let banks = fund.thresholds.first.map { Array($0.banks.indices.prefix(Self.shownBanks)) } ?? []
    for bank in banks {
      table.rows.append(
        [fund.thresholds[0].banks[bank].bank ?? ""]
          + fund.thresholds.flatMap { cells($0.banks[bank]) })
    }
    table.rows.append([words[.anyBank]] + fund.thresholds.flatMap { cells($0.anyBank) })
    var blocks: [ReportBlock] = [
      .subheading(words[.thresholds]), .list(lines), .table(table),
    ]
    let hidden = estimates.bankCount - banks.count
    if hidden > 0 {
      blocks.append(.paragraph(words(.otherBanks, ["count": NumberFormat.whole(hidden)])))
    }
    return blocks + readings
  }

  /// The odds of any bank under the other readings, on the same draws.
  private var readings: [ReportBlock] {
    guard let first = otherReadings.first else { return [] }
    var table = ReportTable(
      heads: [words(.otherReadings, ["interpretation": first.interpretation])]
        + description.thresholds.map(\.id))
    table.rows.append(
      [words[.readingInUse]] + fund.thresholds.map { figures.probability($0.anyBank.ever) })
    for reading in otherReadings {
      table.rows.append([reading.text[language]] + reading.anyBank.map { figures.probability($0) })
    }
    return [.table(table)]
  }

  private func cells(_ breach: BreachEstimates) -> [String] {
    guard let part = breach.meanPart, let whole = breach.meanWhole, whole > 0 else {
      return [figures.probability(breach.ever), ""]
    }
    // Sums alone are recorded at a breach: no error is known, hence two digits.
    let ratio = [part, whole].map {
      NumberFormat.significant($0 / figures.unit, digits: 2)
    }
    let mark = breach.ever.successes < reliableTailCount ? "*" : ""
    return [figures.probability(breach.ever), ratio.joined(separator: " / ") + mark]
  }
}
