import FundCore
import LossStatistics
import Simulation

/// Puts a report together, block by block.
struct ReportComposer {
  let report: RiskReport
  let words: ReportWords

  var language: Language { words.language }
  var estimates: RiskEstimates { report.estimates }
  var provenance: Provenance { report.provenance }

  /// Figures in one unit for all funds, that of the largest.
  var figures: ReportFigures {
    let largest = estimates.funds.map { max($0.initial.yuan, $0.compensation.mean.value) }.max()
    return ReportFigures(words: words, for: largest ?? 0)
  }

  /// The whole report: what departs from the text stands before any result.
  var blocks: [ReportBlock] {
    var blocks: [ReportBlock] = [
      .title(words(.title, ["title": provenance.scenario.title]))
    ]
    blocks += notes
    blocks += portfolio
    if report.funds.count > 1 { blocks += comparison }
    for (index, fund) in estimates.funds.enumerated() {
      blocks +=
        FundComposer(
          fund: fund, description: report.funds[index], otherReadings: report.otherReadings[index],
          estimates: estimates, figures: figures
        ).blocks
    }
    return blocks + closing
  }

  var notes: [ReportBlock] {
    var blocks: [ReportBlock] = []
    func add(_ key: ReportWords.Key, _ items: [String]) {
      if !items.isEmpty { blocks += [.subheading(words[key]), .list(items)] }
    }
    add(
      .overrides,
      provenance.overrides.map {
        words(
          $0.original.isEmpty ? .overrideLine : .overrideLineWithOriginal,
          [
            "scope": $0.scope, "parameter": $0.parameter, "value": $0.value,
            "original": $0.original, "reason": $0.reason[language],
          ])
      })
    add(
      .readings,
      provenance.readings.map {
        words(
          .readingLine,
          [
            "scope": $0.scope, "interpretation": $0.interpretation, "name": $0.name,
            "text": $0.text[language],
          ])
      })
    add(.assumptions, provenance.assumptions.map { $0[language] })
    var warnings = provenance.warnings.map { $0[language] }
    if estimates.trialCount < estimates.plannedTrials {
      warnings.insert(
        words(
          .stopped,
          [
            "done": NumberFormat.whole(estimates.trialCount),
            "planned": NumberFormat.whole(estimates.plannedTrials),
          ]), at: 0)
    }
    add(.warnings, warnings)
    return blocks
  }

  var portfolio: [ReportBlock] {
    let loans = provenance.portfolio
    var pairs = [
      (label: words[.portfolioSource], text: loans.source[language]),
      (
        label: words[.portfolioLoans],
        text: words(
          .portfolioLoansText,
          [
            "loans": NumberFormat.whole(loans.loans), "banks": NumberFormat.whole(loans.banks),
            "enterprises": NumberFormat.whole(loans.enterprises),
            "lent": ReportFigures.amount(loans.lent, words: words),
          ])
      ),
    ]
    for (index, item) in loans.setAside.enumerated() {
      pairs.append(
        (
          label: index == 0 ? words[.setAside] : "",
          text: words(
            .setAsideLine,
            ["count": NumberFormat.whole(item.count), "reason": item.text[language]])
        ))
    }
    pairs += ReadingNotes(portfolio: loans).lines(in: language)
    pairs += provenance.model.map { (label: $0.label[language], text: $0.text[language]) }
    return [.heading(words[.portfolio]), .pairs(pairs)]
  }

  var comparison: [ReportBlock] {
    let largest = report.funds.map(\.initial.yuan).max() ?? 0
    let figures = ReportFigures(words: words, for: largest)
    let last = estimates.firstMonth.advanced(by: estimates.horizon - 1)
    var table = ReportTable(heads: words.heads(.comparisonHeads, ["month": "\(last)"]))
    for fund in estimates.funds {
      let survival = fund.survival.last.map { figures.probability($0, withInterval: false) }
      let value = fund.compensation.quantiles.first { $0.level == .percent(99) }
      let shortfall = fund.compensation.tailMeans.first { $0.level == .percent(99) }
      let capital = fund.capitalForSurvival.first { $0.level == .percent(95) }
      table.rows.append([
        fund.name, survival ?? "", figures.probability(fund.exhaustion),
        figures.mean(fund.compensation.mean),
        value.map { figures.quantile($0, withInterval: false) } ?? "",
        shortfall.map { figures.bare($0.estimate) } ?? "",
        capital.map { figures.quantile($0, withInterval: false) } ?? "",
      ])
    }
    var blocks: [ReportBlock] = [
      .heading(words(.comparison, ["unit": figures.unitName])), .table(table),
    ]
    if let reference = estimates.differences.first?.reference {
      var differences = ReportTable(heads: words.heads(.differenceHeads))
      for item in estimates.differences {
        differences.rows.append([
          item.fund, figures.number(item.exhaustion, unit: 0.01),
          figures.mean(item.compensation), figures.mean(item.bankLoss),
        ])
      }
      blocks += [
        .subheading(words(.differences, ["reference": reference, "unit": figures.unitName])),
        .table(differences),
      ]
    }
    return blocks
  }
}
