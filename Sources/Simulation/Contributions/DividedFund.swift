public import LossStatistics

/// Who uses a fund up, with the trials that were divided: so that its parts can be compared with those of another
/// fund on the same draws.
public struct DividedFund: Sendable {
  /// One group's part of a figure.
  public struct PartPlace: Sendable, Hashable {
    /// The trait.
    public let by: LoanTrait
    /// The group's position among those of its trait.
    public let group: Int
    /// The figure.
    public let figure: ContributionFigure

    /// Names a part.
    public init(by trait: LoanTrait, group: Int, figure: ContributionFigure) {
      (by, self.group, self.figure) = (trait, group, figure)
    }
  }

  /// What a report says.
  public let contributions: FundContributions
  let figures: [DividedFigure]
  let table: SplitTable
  /// The places of each trait's groups in a row.
  let places: [LoanTrait: Range<Int>]

  /// How a part differs from a part of another fund whose trials have the same draws.
  ///
  /// To first order a part is a mean over the trials of what each bears of it; the difference is the mean of the
  /// differences, and has their error. Where only some of the trials that bear on either were divided, and not
  /// the same ones, both count as independent, which makes the error larger.
  ///
  /// - Returns: `nil` if one of them has no such part, or rests on too few trials.
  public func difference(
    _ part: PartPlace, from other: DividedFund, _ otherPart: PartPlace
  ) -> PartDifference? {
    guard let first = term(part), let second = other.term(otherPart) else { return nil }
    return PartDifference(first, minus: second)
  }

  private func term(_ part: PartPlace) -> PartTerm? {
    guard let place = contributions.place(of: part.figure), let range = places[part.by],
      part.group >= 0, part.group < range.count, !contributions.figures[place].isTooFew,
      let division = contributions.divisions.first(where: { $0.by == part.by })
    else { return nil }
    return figures[place].term(
      range.lowerBound + part.group, of: range, in: table,
      value: division.parts[part.group].values[place])
  }
}

/// How a part of a figure differs between two funds on the same draws; in yuan, or as a probability.
public struct PartDifference: Sendable {
  /// First less second, with its error.
  public let estimate: Estimate
  /// Whether both are the same in every trial that was divided.
  public let isIdentical: Bool

  init(_ first: PartTerm, minus second: PartTerm) {
    let value = first.value.value - second.value.value
    let count = min(first.trialCount, second.trialCount)
    isIdentical = first.bears == second.bears && value == 0
    if first.isExact, second.isExact {
      estimate = .exact(value, sampleCount: count)
    } else if let paired = PartTerm.paired(first, second, value) {
      estimate = paired
    } else if let one = first.value.standardError, let other = second.value.standardError,
      one > 0 || other > 0
    {
      estimate = Estimate(
        value: value, standardError: (one * one + other * other).squareRoot(), sampleCount: count)
    } else {
      let needed = [first, second].compactMap(\.value.trialsNeeded).max()
      estimate = .unknown(value, sampleCount: count, trialsNeeded: needed ?? 10 * count)
    }
  }
}

/// What each trial bears of a part.
struct PartTerm {
  let value: ContributionValue
  /// Whether it is known in closed form.
  let isExact: Bool
  let trialCount: Int
  let draws: TrialGroups?
  /// How many trials each divided one stands for, by trial.
  let times: [Int: Double]
  /// What each bears, by trial, in the part's unit: their sum times `times` over all trials is the part, to a
  /// constant.
  let bears: [Int: Double]
  /// What each differs from its share of the whole, where some trials stand for all; empty where every one was
  /// divided.
  let residuals: [Int: Double]

  /// The difference of two terms whose trials are the same, or were all divided; `nil` otherwise.
  static func paired(_ first: PartTerm, _ second: PartTerm, _ value: Double) -> Estimate? {
    guard !first.isExact, !second.isExact, first.trialCount == second.trialCount else { return nil }
    let isWhole = [first, second].allSatisfy { $0.times.values.allSatisfy { $0 == 1 } }
    guard isWhole || first.times == second.times else { return nil }
    let count = first.trialCount
    let trials = Set(first.times.keys).union(second.times.keys).sorted()
    let differences = trials.map { (first.bears[$0] ?? 0) - (second.bears[$0] ?? 0) }
    let times = trials.map { first.times[$0] ?? second.times[$0] ?? 1 }
    let mean = zip(differences, times).reduce(0) { $0 + $1.0 * $1.1 } / Double(count)
    var sums = PartOfMean(sampleCount: count, tailShare: 1, mean: mean, groups: first.draws)
    for (place, trial) in trials.enumerated() {
      sums.add(
        differences[place], times: times[place], row: trial, bears: differences[place] != 0)
    }
    let rest = trials.map { (first.residuals[$0] ?? 0) - (second.residuals[$0] ?? 0) }
    return sums.estimate(value, samplingVariance: isWhole ? 0 : samplingVariance(rest, of: count))
  }

  /// What is added because only some trials stand for all.
  private static func samplingVariance(_ residuals: [Double], of all: Int) -> Double {
    let count = Double(residuals.count)
    guard count > 1, residuals.count < all else { return 0 }
    let mean = residuals.reduce(0, +) / count
    let variance = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return variance * (1 / count - 1 / Double(all))
  }
}

extension DividedFigure {
  /// What each trial bears of a group's part.
  func term(
    _ group: Int, of places: Range<Int>, in table: SplitTable, value: ContributionValue
  ) -> PartTerm {
    guard exactParts == nil else {
      return PartTerm(
        value: value, isExact: true, trialCount: trialCount, draws: draws, times: [:], bears: [:],
        residuals: [:])
    }
    let parts = chosen.trials.map { table.part(figure.amount, trial: $0, group: group, of: places) }
    let wholes = chosen.trials.map { table.whole(figure.amount, trial: $0) }
    let all = zip(wholes, chosen.weights).reduce(0) { $0 + $1.0 * $1.1 }
    let sum = zip(parts, chosen.weights).reduce(0) { $0 + $1.0 * $1.1 }
    let share = all > 0 ? sum / all : 0
    let atQuantile = partAtQuantile(parts, wholes)
    let reach = unit * chosen.divisor / Double(trialCount)
    var (times, bears, residuals): ([Int: Double], [Int: Double], [Int: Double]) = ([:], [:], [:])
    for (place, trial) in chosen.trials.enumerated() {
      times[trial] = chosen.times[place]
      bears[trial] = (parts[place] - atQuantile) * chosen.counting[place] / reach
      if !chosen.isWhole { residuals[trial] = (parts[place] - share * wholes[place]) / unit }
    }
    return PartTerm(
      value: value, isExact: false, trialCount: trialCount, draws: draws, times: times,
      bears: bears, residuals: residuals)
  }
}
