import FundCore
import LossStatistics
import Simulation

/// Which figures of a report the trials do not tell, and how many would.
extension ReportComposer {
  /// The marked figures with the trials that they need; `nil` if there are none.
  var reliabilityNote: String? {
    var items = unreliableLevels.sorted().map { level in
      words(
        .to,
        ["level": figures.level(level), "trials": NumberFormat.whole(level.reliableTrialCount)])
    }
    var needs: [(name: String, trials: Int)] = []
    for (name, estimate) in estimates.funds.flatMap(means) + differences {
      guard !estimate.isReliable, let trials = estimate.trialsNeeded else { continue }
      if let place = needs.firstIndex(where: { $0.name == name }) {
        needs[place].trials = max(needs[place].trials, trials)
      } else {
        needs.append((name, trials))
      }
    }
    items += needs.map {
      words(.toFigure, ["figure": $0.name, "trials": NumberFormat.whole($0.trials)])
    }
    return items.isEmpty ? nil : words(.unreliableText, ["levels": words.list(items)])
  }

  /// The levels of quantiles to either side of which too few trials lie.
  private var unreliableLevels: Set<Level> {
    var levels: Set<Level> = []
    for fund in estimates.funds {
      let quantiles =
        amounts(fund).flatMap(\.amount.quantiles) + fund.capitalForSurvival
      for figure in quantiles where !figure.isReliable { levels.insert(figure.level) }
      for figure in fund.timeToExhaustion.quantiles
      where !figure.isReliable && !figure.isBeyondHorizon { levels.insert(figure.level) }
    }
    return levels
  }

  private func amounts(_ fund: FundEstimates) -> [(name: String, amount: AmountEstimates)] {
    [
      (words[.compensation], fund.compensation), (words[.unpaid], fund.unpaid),
      (words[.neededCapital], fund.neededCapital), (words[.defaults], fund.defaults),
      (words[.fees], fund.fees), (words[.recovered], fund.recovered),
      (words[.interest], fund.interest), (words[.closing], fund.closing),
      (words[.lowest], fund.lowest),
    ]
      + fund.parties.map {
        let isOutside = $0.party == PartyEstimates.outsideCover
        return (isOutside ? words[.outsideCover] : words.name(of: $0), $0.loss)
      }
  }

  private func means(_ fund: FundEstimates) -> [(name: String, estimate: Estimate)] {
    let times = [
      (words[.lasts], fund.timeToExhaustion.restrictedMean),
      (words[.meanIfExhausted], fund.timeToExhaustion.meanIfExhausted),
    ]
    return amounts(fund).flatMap { item in
      ([item.amount.mean] + item.amount.tailMeans.map(\.estimate)).map { (item.name, $0) }
    } + times.compactMap { time in time.1.map { (time.0, $0) } }
  }

  private var differences: [(name: String, estimate: Estimate)] {
    estimates.differences.flatMap { item in
      [item.compensation, item.bankLoss].map { (item.fund, $0) }
    }
  }
}
