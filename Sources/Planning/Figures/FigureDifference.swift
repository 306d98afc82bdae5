public import LossStatistics
import RandomStreams
import Simulation

/// Whether a difference can be told from zero.
public enum Verdict: String, Sendable, Hashable {
  /// It is the same in every one of the trials that were run.
  case identical
  /// It cannot be told from zero.
  case indistinct
  /// It is not zero, at the level of the whole table.
  case distinct
}

/// How a figure differs between two rows, trial by trial.
public struct FigureDifference: Sendable, Hashable {
  /// The figure.
  public let figure: StudyFigure
  /// Row minus reference with its own standard error, in yuan, as a probability or as a rate.
  public let difference: Estimate
  /// How often chance alone would bring a difference as large: two-sided, for this difference alone.
  public let chance: Double
  /// The same, made larger for all the differences that stand in one table (Holm).
  public internal(set) var adjustedChance: Double
  /// Whether both are the same in every trial.
  public let isIdentical: Bool
  /// Whether an interval is known that holds; otherwise the difference is never distinct.
  public var isReliable: Bool { difference.isReliable }

  /// Whether it can be told from zero at 95 %, with all differences of the table kept in mind.
  public var verdict: Verdict {
    isIdentical ? .identical : adjustedChance <= 0.05 ? .distinct : .indistinct
  }
}

extension StudyRow {
  /// How a figure differs from that of another row on the same trials; `nil` if one of them has none.
  ///
  /// Funds of one run whose plans differ in their names alone differ in nothing, whatever happens.
  public func difference(_ figure: StudyFigure, from reference: StudyRow) -> FigureDifference? {
    let isSame = run == reference.run && result.plan.actsLike(reference.result.plan)
    switch figure {
    case .contribution(let part):
      return partDifference(part, from: reference)
    case .year(let year) where !year.isProbability:
      guard let own = years, let theirs = reference.years,
        let found = own.difference(year, from: theirs)
      else { return nil }
      return FigureDifference(
        figure, found.estimate.exact(if: isSame), isIdentical: found.isIdentical,
        chance: found.chance)
    default: break
    }
    if figure.isProbability {
      guard let first = events(figure), let second = reference.events(figure) else { return nil }
      let signs = PairedSigns(first, second, groups: result.groups)
      return FigureDifference(
        figure, PairedDifference.ofProbabilities(signs).exact(if: isSame),
        isIdentical: signs.isIdentical,
        chance: signTest(
          larger: signs.independent.larger, smaller: signs.independent.smaller))
    }
    let first = amounts(figure)
    let second = reference.amounts(figure)
    guard !first.isEmpty, first.count == second.count else { return nil }
    let controls = result.controls(
      estimates.controls, with: reference.result, reference.estimates.controls)
    let (difference, chance) = figure.difference(
      first, minus: second, groups: result.groups, controls)
    return FigureDifference(
      figure, difference.exact(if: isSame).divided(by: figure.divisor),
      isIdentical: PairedSigns(first, second).isIdentical, chance: chance)
  }
}

extension StudyFigure {
  /// How two columns of amounts differ in this figure, and how often chance alone would bring it.
  fileprivate func difference(
    _ first: [Int64], minus second: [Int64], groups: TrialGroups?, _ controls: PairedTrials
  ) -> (Estimate, Double) {
    func tail(_ values: [Int64], _ level: Level) -> PairedTail {
      PairedTail(values, level: level, groups: groups)
    }
    switch self {
    case .quantile(let level), .capital(let level):
      let tails = (tail(first, level), tail(second, level))
      let difference = PairedTail.quantileDifference(tails.0, minus: tails.1)
      return (
        difference,
        difference.standardError == nil
          ? PairedTail.chance(tails.0, tails.1) : normalChance(difference)
      )
    case .shortfall(let level):
      let tails = (tail(first, level), tail(second, level))
      let difference = PairedTail.shortfallDifference(tails.0, minus: tails.1)
      return (difference, normalChance(difference))
    default:
      let difference = controls.mean(first, minus: second, groups: groups)
      return (difference, normalChance(difference))
    }
  }
}

extension FigureDifference {
  init(_ figure: StudyFigure, _ difference: Estimate, isIdentical: Bool, chance: Double) {
    self.figure = figure
    self.difference = difference
    self.chance = chance
    adjustedChance = chance
    self.isIdentical = isIdentical
  }
}

/// How often a figure without a true difference lies as far from zero; 1 where too few trials differ
/// to say anything of it.
func normalChance(_ difference: Estimate) -> Double {
  difference.distance(from: 0).map { 2 * normalCumulative(-abs($0)) } ?? 1
}

/// The exact two-sided sign test: how often a fair coin falls as unevenly.
///
/// For events on the same trials it is the exact form of McNemar's test.
///
/// Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
/// percentages", Psychometrika 12(2), 1947, pp. 153–157.
func signTest(larger: Int, smaller: Int) -> Double {
  let count = larger + smaller
  guard count > 0 else { return 1 }
  let few = min(larger, smaller)
  if count > 1_000 {
    // The normal limit with its correction of a half; exact sums would underflow.
    let distance = max(0, Double(count - 2 * few) - 1) / Double(count).squareRoot()
    return min(1, 2 * normalCumulative(-distance))
  }
  var term = 1.0
  for _ in 0..<count { term /= 2 }
  var sum = term
  for index in 0..<few {
    term *= Double(count - index) / Double(index + 1)
    sum += term
  }
  return min(1, 2 * sum)
}

/// Makes the chances of the differences of one table larger, so that with 95 % none of those that are
/// called distinct is zero in truth, however many there are.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6(2), 1979, pp. 65–70.
func adjustForTable(_ differences: inout [FigureDifference]) {
  let tested = differences.indices.filter { !differences[$0].isIdentical }
    .sorted { (differences[$0].chance, $0) < (differences[$1].chance, $1) }
  var largest = 0.0
  for (rank, index) in tested.enumerated() {
    largest = max(largest, min(1, Double(tested.count - rank) * differences[index].chance))
    differences[index].adjustedChance = largest
  }
}
