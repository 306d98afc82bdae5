import FundCore
import LossStatistics
import Simulation

/// Puts the blocks of one fund together.
struct FundComposer {
  let fund: FundEstimates
  let description: FundDescription
  let otherReadings: [ReadingOdds]
  let estimates: RiskEstimates
  let figures: ReportFigures
  /// The fund's inputs that its terms do not say.
  var inputs: [InputLine] = []

  var words: ReportWords { figures.words }
  var language: Language { words.language }

  var blocks: [ReportBlock] {
    [.heading(fund.name), .pairs(terms)] + cover + survival + payouts + capital + thresholds
      + parties + outside + accounts
  }

  var terms: [(label: String, text: String)] {
    let shares = description.shares.map {
      words(
        .shareText,
        [
          "party": language == .english
            ? words.name(of: $0.party.english) : $0.party[language],
          "share": $0.share[language], "citation": $0.citation.words[language],
        ])
    }
    var pairs = [
      (label: words[.programme], text: description.programmeTitle[language]),
      (label: words[.operatingModel], text: words.name(ofModel: description.operatingModel)),
      (label: words[.initial], text: ReportFigures.amount(fund.initial, words: words)),
      (label: words[.shares], text: words.list(shares)),
      (
        label: words[.claimDelay],
        text: words(.claimDelayText, ["months": "\(description.claimDelayMonths)"])
      ),
    ]
    pairs += description.terms.map { (label: $0.label[language], text: $0.text[language]) }
    pairs += inputs.map { (label: $0.label[language], text: $0.value[language]) }
    return pairs
  }

  /// Covered loans, and the others by every condition that they fail.
  var cover: [ReportBlock] {
    let coverage = description.coverage
    guard coverage.coveredCount > 0 || !coverage.leftOut.isEmpty else { return [] }
    var table = ReportTable(heads: words.heads(.leftOutHeads))
    table.rows.append([
      words[.coveredRow], "", NumberFormat.whole(coverage.coveredCount),
      ReportFigures.amount(coverage.coveredAmount, words: words),
    ])
    for item in coverage.leftOut {
      table.rows.append([
        item.condition[language], item.article[language], NumberFormat.whole(item.count),
        ReportFigures.amount(item.amount, words: words),
      ])
    }
    return [.subheading(words[.leftOut]), .table(table)]
  }

  var survival: [ReportBlock] {
    var table = ReportTable(heads: words.heads(.survivalHeads))
    for year in fund.exhaustionByYear {
      let month = estimates.firstMonth.advanced(by: year.lastMonth)
      let state = fund.timeline[year.lastMonth]
      table.rows.append(
        [
          words(.yearEnd, ["year": "\(year.year)", "month": "\(month)"]),
          figures.probability(state.survival),
        ] + [1, 3, 5].map { figures.balance(state.balance[$0]) })
    }
    return [
      .subheading(words(.survival, ["unit": figures.unitName])), .table(table), .pairs(endurance),
    ]
  }

  private var endurance: [(label: String, text: String)] {
    let months = "\(estimates.horizon)"
    let time = fund.timeToExhaustion
    var pairs = [
      (
        label: words[.exhaustion],
        text: words(
          .exhaustionText, ["value": figures.probability(fund.exhaustion), "months": months])
      ),
      (
        label: words[.lasts],
        text: words(
          .lastsText, ["value": figures.number(time.restrictedMean), "months": months])
      ),
    ]
    if let mean = time.meanIfExhausted {
      pairs.append(
        (
          label: words[.meanIfExhausted],
          text: words(.meanIfExhaustedText, ["value": figures.number(mean)])
        ))
    }
    for quantile in time.quantiles where !quantile.isBeyondHorizon {
      pairs.append(
        (
          label: words(.lastsQuantile, ["level": figures.level(quantile.level)]),
          text: words(.lastsQuantileText, ["months": figures.months(quantile)])
        ))
    }
    return pairs
  }

  var payouts: [ReportBlock] {
    typealias Columns = [(ReportWords.Key, AmountEstimates, Bool)]
    let owed: Columns = [
      (.compensation, fund.compensation, true), (.unpaid, fund.unpaid, true),
      (.neededCapital, fund.neededCapital, true),
    ]
    let other: Columns = [(.defaults, fund.defaults, false), (.fees, fund.fees, true)]
    let kept: Columns = [
      (.recovered, fund.recovered, true), (.interest, fund.interest, true),
      (.closing, fund.closing, true), (.lowest, fund.lowest, true),
    ]
    return [
      .subheading(words(.payouts, ["unit": figures.unitName])), .table(distribution(owed)),
      .subheading(words(.cashFlows, ["unit": figures.unitName])), .table(distribution(other)),
      .subheading(words(.kept, ["unit": figures.unitName])), .table(distribution(kept)),
    ]
  }

  /// A column an amount, a row a figure of its distribution, towards the end that is bad for all.
  private func distribution(_ amounts: [(ReportWords.Key, AmountEstimates, Bool)]) -> ReportTable {
    let first = amounts[0].1
    var table = ReportTable(heads: [""] + amounts.map { words[$0.0] })
    table.rows.append([words[.mean]] + amounts.map { figures.mean($0.1.mean, isMoney: $0.2) })
    table.rows.append(
      [words[.standardDeviation]]
        + amounts.map { figures.deviation($0.1, isMoney: $0.2) })
    for (index, level) in first.quantiles.map(\.level).enumerated() {
      table.rows.append(
        [figures.level(level)]
          + amounts.map { figures.quantile($0.1.quantiles[index], isMoney: $0.2) })
    }
    let label: ReportWords.Key = first.worstEnd == .low ? .lowestMean : .expectedShortfall
    for (index, level) in first.tailMeans.map(\.level).enumerated() {
      table.rows.append(
        [words(label, ["level": figures.level(level)])]
          + amounts.map { figures.mean($0.1.tailMeans[index].estimate, isMoney: $0.2) })
    }
    return table
  }

  var capital: [ReportBlock] {
    var table = ReportTable(heads: words.heads(.capitalHeads))
    for figure in fund.capitalForSurvival {
      table.rows.append([figures.level(figure.level), figures.quantile(figure)])
    }
    return [.subheading(words(.capital, ["unit": figures.unitName])), .table(table)]
  }

  var parties: [ReportBlock] {
    var table = ReportTable(heads: words.heads(.partyHeads))
    for item in fund.parties {
      let isOutside = item.party == PartyEstimates.outsideCover
      table.rows.append(
        [
          isOutside ? words[.outsideCover] : words.name(of: item.party),
          figures.mean(item.loss.mean), figures.deviation(item.loss),
        ] + item.loss.quantiles.map { figures.quantile($0) })
    }
    return [.subheading(words(.parties, ["unit": figures.unitName])), .table(table)]
  }
}
