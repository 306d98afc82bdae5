import LossStatistics

/// One figure of a fund with the trials that it is divided by.
struct DividedFigure {
  let figure: ContributionFigure
  let chosen: WeightedTrials
  /// The figure over all trials; in fen, or a probability.
  private let whole: Double
  let trialCount: Int
  let draws: TrialGroups?
  /// Every group's part in closed form, in fen, by its place in a row; `nil` where it takes trials.
  var exactParts: [Double]?

  init(
    _ figure: ContributionFigure, _ chosen: WeightedTrials, whole: Double, trialCount: Int,
    draws: TrialGroups?
  ) {
    self.figure = figure
    self.chosen = chosen
    self.whole = whole
    self.trialCount = trialCount
    self.draws = draws
  }

  /// Amounts are counted in fen, and told in yuan.
  var unit: Double { figure.isProbability ? 1 : 100 }

  /// The figure as a whole.
  var summary: FundContributions.Whole {
    FundContributions.Whole(
      figure: figure, value: whole / unit, trials: chosen.bearing,
      dividedTrials: exactParts == nil ? chosen.trials.count : 0)
  }

  /// A group's part.
  ///
  /// - Parameters:
  ///   - group: The group's place in a row.
  ///   - places: Those of all groups of its trait.
  func part(_ group: Int, of places: Range<Int>, in table: SplitTable) -> ContributionValue {
    if let exactParts {
      return ContributionValue(exactParts[group] / unit, standardError: 0, trialsNeeded: nil)
    }
    return value(table) { table.part(figure.amount, trial: $0, group: group, of: places) }
  }

  /// What falls on no group.
  func rest(of places: Range<Int>, in table: SplitTable) -> ContributionValue {
    guard exactParts == nil else {
      return ContributionValue(0, standardError: 0, trialsNeeded: nil)
    }
    return value(table) { table.rest(figure.amount, trial: $0, of: places) }
  }

  private func value(_ table: SplitTable, _ part: (Int) -> Double) -> ContributionValue {
    let parts = chosen.trials.map(part)
    let wholes = chosen.trials.map { table.whole(figure.amount, trial: $0) }
    let sum = zip(parts, chosen.weights).reduce(0) { $0 + $1.0 * $1.1 }
    let all = zip(wholes, chosen.weights).reduce(0) { $0 + $1.0 * $1.1 }
    guard all > 0 else { return ContributionValue(0, standardError: nil, trialsNeeded: nil) }
    // Of some of the trials, the shares are taken, so that parts add up to the figure itself.
    let value = chosen.isWhole ? sum / chosen.divisor : whole * (sum / all)
    let estimate = estimate(value, parts, wholes, share: sum / all)
    return ContributionValue(
      value / unit, standardError: estimate.standardError.map { $0 / unit },
      trialsNeeded: estimate.trialsNeeded)
  }

  private func estimate(
    _ value: Double, _ parts: [Double], _ wholes: [Double], share: Double
  ) -> Estimate {
    let atQuantile = partAtQuantile(parts, wholes)
    let distances = zip(parts, chosen.counting).map { ($0 - atQuantile) * $1 }
    let mean = zip(distances, chosen.times).reduce(0) { $0 + $1.0 * $1.1 } / Double(trialCount)
    var sums = PartOfMean(
      sampleCount: trialCount, tailShare: chosen.divisor / Double(trialCount), mean: mean,
      groups: draws)
    for (place, trial) in chosen.trials.enumerated() {
      sums.add(
        distances[place], times: chosen.times[place], row: trial, bears: parts[place] != 0)
    }
    return sums.estimate(
      value,
      samplingVariance: chosen.samplingVariance(zip(parts, wholes).map { $0 - share * $1 }))
  }

  /// What the part is where the whole is at the quantile, by the trials of the tail nearest to it.
  func partAtQuantile(_ parts: [Double], _ wholes: [Double]) -> Double {
    guard chosen.quantile > 0 else { return 0 }
    let near = wholes.indices.sorted { (wholes[$0], $0) < (wholes[$1], $1) }
      .prefix(max(10, wholes.count / 10))
    let whole = near.reduce(0) { $0 + wholes[$1] }
    guard whole > 0 else { return 0 }
    return chosen.quantile * near.reduce(0) { $0 + parts[$1] } / whole
  }
}
