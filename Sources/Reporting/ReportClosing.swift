import FundCore
import LossStatistics
import Simulation

extension ReportComposer {
  /// What must hold, what the marks mean, and where all this comes from.
  var closing: [ReportBlock] {
    var blocks: [ReportBlock] = [.heading(words[.checks])]
    for fund in estimates.funds {
      if estimates.funds.count > 1 { blocks.append(.subheading(fund.name)) }
      blocks.append(.pairs(checks(fund.checks)))
    }
    blocks += signs
    blocks.append(.heading(words[.provenance]))
    blocks.append(.pairs(origin))
    return blocks
  }

  /// What marks and column heads mean.
  private var signs: [ReportBlock] {
    let keys: [(ReportWords.Key, ReportWords.Key)] = [
      (.plusMinus, .plusMinusText), (.brackets, .bracketsText),
      (.percentages, .percentagesText), (.beyond, .beyondText), (.balances, .balancesText),
    ]
    var pairs = keys.map { (label: words[$0.0], text: words[$0.1]) }
    if let note = reliabilityNote { pairs.append((label: words[.unreliable], text: note)) }
    return [.heading(words[.signs]), .pairs(pairs)]
  }

  private func checks(_ checks: SelfChecks) -> [(label: String, text: String)] {
    func verdict(_ failures: Int) -> String {
      failures == 0 ? words[.holds] : words(.fails, ["count": NumberFormat.whole(failures)])
    }
    func late(_ count: Double) -> String {
      words(.lateText, ["count": NumberFormat.significant(count, digits: 2)])
    }
    return [
      (label: words[.checkMoney], text: verdict(checks.unbalancedTrials)),
      (label: words[.checkDivision], text: verdict(checks.undividedTrials)),
      (label: words[.checkCapital], text: verdict(checks.capitalMismatches)),
      (label: words[.checkDefaults], text: defaults(checks)),
      (label: words[.claimsLate], text: late(checks.claimsAfterHorizon)),
      (label: words[.recoveriesLate], text: late(checks.recoveriesAfterHorizon)),
    ]
  }

  private func defaults(_ checks: SelfChecks) -> String {
    let simulated = ReportFigures.plusMinus(checks.simulatedDefaults)
    guard let expected = checks.expectedDefaults else {
      return words(.defaultsNoClosedForm, ["simulated": simulated])
    }
    let decimals = NumberFormat.decimals(standardError: checks.simulatedDefaults.standardError)
    let deviation = checks.defaultsDeviation.map { NumberFormat.fixed(abs($0), decimals: 1) }
    return words(
      .defaultsText,
      [
        "simulated": simulated,
        "expected": NumberFormat.fixed(expected, decimals: (decimals ?? 3) + 1),
        "deviation": deviation ?? "0",
      ])
  }

  private var origin: [(label: String, text: String)] {
    var pairs = [
      (label: words[.version], text: "fundsim \(provenance.programVersion)"),
      (label: words[.scenario], text: provenance.scenario.path),
      (label: words[.digest], text: provenance.scenario.digest),
      (label: words[.seed], text: "\(provenance.seed)"),
      (
        label: words[.trials],
        text: words(.trialsText, ["trials": NumberFormat.whole(estimates.trialCount)])
      ),
    ]
    for programme in provenance.programmes {
      pairs.append(
        (
          label: words[.programmes],
          text: words(
            .checkedOn,
            [
              "title": programme.title, "id": programme.id,
              "date": programme.checkedOn.description,
            ])
        ))
    }
    return pairs
  }

  /// How many trials the marked figures would need.
  private var reliabilityNote: String? {
    var levels: Set<Level> = []
    for fund in estimates.funds {
      let amounts =
        [
          fund.compensation, fund.unpaid, fund.recovered, fund.neededCapital, fund.defaults,
          fund.fees, fund.interest, fund.closing,
        ] + fund.parties.map(\.loss)
      for figure in amounts.flatMap(\.quantiles) + fund.capitalForSurvival
      where !figure.isReliable { levels.insert(figure.level) }
      for figure in amounts.flatMap(\.expectedShortfalls) where !figure.isReliable {
        levels.insert(figure.level)
      }
    }
    guard let first = estimates.funds.first, !levels.isEmpty else { return nil }
    let figures = ReportFigures(words: words, for: first.initial.yuan)
    let needs = levels.sorted().map {
      words(
        .to,
        [
          "level": figures.level($0), "trials": NumberFormat.whole($0.reliableTrialCount),
        ])
    }
    return words(.unreliableText, ["levels": needs.joined(separator: ", ")])
  }
}
