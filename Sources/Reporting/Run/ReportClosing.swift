import FundCore
import LossStatistics
import Simulation
import ReportForm

extension ReportComposer {
  /// What must hold, what the marks mean, and where all this comes from.
  var closing: [ReportBlock] {
    var blocks: [ReportBlock] = [.heading(words[.checks])]
    blocks.append(.pairs(checks))
    blocks += signs
    blocks.append(.heading(words[.provenance]))
    blocks.append(.pairs(origin))
    return blocks
  }

  /// What marks and column heads mean.
  var signs: [ReportBlock] {
    let keys: [(ReportWords.Key, ReportWords.Key)] = [
      (.plusMinus, .plusMinusText), (.brackets, .bracketsText),
      (.percentages, .percentagesText), (.beyond, .beyondText), (.below, .belowText),
      (.exactly, .exactlyText), (.balances, .balancesText),
    ]
    var pairs = keys.map { (label: words[$0.0], text: words[$0.1]) }
    if let note = reliabilityNote { pairs.append((label: words[.unreliable], text: note)) }
    return [.heading(words[.signs]), .pairs(pairs)]
  }

  var checks: [(label: String, text: String)] {
    var pairs = [
      (label: words[.checkMoney], text: verdict(\.unbalancedTrials)),
      (label: words[.checkDivision], text: verdict(\.undividedTrials)),
      (label: words[.checkCapital], text: verdict(\.capitalMismatches)),
    ]
    if let first = estimates.funds.first?.checks {
      pairs.append((label: words[.checkDefaults], text: defaults(first)))
      pairs.append((label: words[.checkMonths], text: months(first.defaultsByMonth)))
    }
    return pairs + [
      (label: words[.claimsLate], text: late(\.claimsAfterHorizon)),
      (label: words[.recoveriesLate], text: late(\.recoveriesAfterHorizon)),
    ]
  }

  /// Whether something holds for every fund, or for which not.
  private func verdict(_ failures: KeyPath<SelfChecks, Int>) -> String {
    let failing = estimates.funds.filter { $0.checks[keyPath: failures] > 0 }
    guard !failing.isEmpty else { return words[.holds] }
    let count = failing.reduce(0) { $0 + $1.checks[keyPath: failures] }
    return words(
      .fails,
      [
        "count": NumberFormat.whole(count),
        "funds": words.list(failing.map(\.name)),
      ])
  }

  /// A mean count, once if it is the same for every fund.
  private func late(_ count: KeyPath<SelfChecks, Double>) -> String {
    var texts = estimates.funds.map {
      NumberFormat.significant($0.checks[keyPath: count], digits: 2)
    }
    if Set(texts).count == 1 {
      texts = Array(texts.prefix(1))
    } else {
      texts = zip(texts, estimates.funds).map {
        words(.ofFund, ["count": $0, "fund": $1.name])
      }
    }
    return words(.lateText, ["counts": words.list(texts)])
  }

  private func defaults(_ checks: SelfChecks) -> String {
    let simulated = figures.number(checks.simulatedDefaults)
    guard let expected = checks.expectedDefaults else {
      let reason = checks.defaultsByMonth.missing?[words.language] ?? ""
      return words(.defaultsNotComputed, ["simulated": simulated, "reason": reason])
    }
    let decimals = checks.simulatedDefaults.standardError.flatMap {
      NumberFormat.decimals(standardError: $0)
    }
    let deviation = checks.defaultsDeviation.map { NumberFormat.fixed(abs($0), decimals: 1) }
    return words(
      deviation == nil ? .defaultsExact : .defaultsText,
      [
        "simulated": simulated,
        "expected": NumberFormat.fixed(expected, decimals: (decimals ?? 3) + 1),
        "deviation": deviation ?? "",
      ])
  }

  /// Whether the defaults come in the months in which they should.
  private func months(_ check: DefaultMonthsCheck) -> String {
    if let missing = check.missing {
      return words(.monthsNotComputed, ["reason": missing[words.language]])
    }
    guard let worst = check.largest, let limit = check.limit else { return words[.holds] }
    let (from, until) = (
      estimates.firstMonth.advanced(by: worst.months.lowerBound).description,
      estimates.firstMonth.advanced(by: worst.months.upperBound).description
    )
    let span = from == until ? from : words(.monthsOf, ["from": from, "until": until])
    return words(
      check.holds == true ? .monthsHold : .monthsFail,
      [
        "months": span, "deviation": NumberFormat.fixed(worst.errors, decimals: 1),
        "limit": NumberFormat.fixed(limit, decimals: 1),
        "simulated": NumberFormat.significant(worst.simulated, digits: 4),
        "expected": NumberFormat.significant(worst.expected, digits: 4),
      ])
  }

  var origin: [(label: String, text: String)] {
    var pairs = [
      (label: words[.version], text: "fundsim \(provenance.engine)"),
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
            programme.check.isOpen ? .programmeNamed : .checkedOn,
            [
              "title": programme.title.chinese, "id": programme.id,
              "check": programme.check.words[words.language],
            ])
        ))
      // On a line of its own: at the end of a long title it would be broken, or overlooked.
      if programme.check.isOpen {
        pairs.append((label: words[.itsText], text: programme.check.words[words.language]))
      }
    }
    return pairs
  }
}
