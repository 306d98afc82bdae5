public import LossStatistics
import RandomStreams

/// Whether a difference can be told from zero.
public enum Verdict: String, Sendable, Hashable {
  /// It is the same in every trial.
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
  /// Row minus reference with its own standard error, in yuan or as a probability.
  public let difference: Estimate
  /// How often chance alone would bring a difference as large: two-sided, for this difference alone.
  public let chance: Double
  /// The same, made larger for all the differences that stand in one table (Holm).
  public internal(set) var adjustedChance: Double
  /// Whether both are the same in every trial.
  public let isIdentical: Bool
  /// Whether enough trials lie beyond the level of a tail figure; otherwise it is never distinct.
  public let isReliable: Bool

  /// Whether it can be told from zero at 95 %, with all differences of the table kept in mind.
  public var verdict: Verdict {
    isIdentical ? .identical : adjustedChance <= 0.05 ? .distinct : .indistinct
  }
}

extension StudyRow {
  /// How a figure differs from that of another row on the same trials; `nil` if one of them has none.
  public func difference(_ figure: StudyFigure, from reference: StudyRow) -> FigureDifference? {
    if figure.isProbability {
      guard let first = events(figure), let second = reference.events(figure) else { return nil }
      let signs = PairedSigns(first, second)
      return FigureDifference(
        figure, PairedDifference(first, minus: second).mean, isIdentical: signs.isIdentical,
        chance: signTest(larger: signs.larger, smaller: signs.smaller))
    }
    let first = amounts(figure)
    let second = reference.amounts(figure)
    let signs = PairedSigns(first, second)
    let difference: Estimate
    var isReliable = true
    switch figure {
    case .quantile(let level), .capital(let level):
      let tails = (PairedTail(first, level: level), PairedTail(second, level: level))
      difference = PairedTail.quantileDifference(tails.0, minus: tails.1)
      isReliable = PairedTail.isReliable(tails.0, tails.1)
    case .shortfall(let level):
      let tails = (PairedTail(first, level: level), PairedTail(second, level: level))
      difference = PairedTail.shortfallDifference(tails.0, minus: tails.1)
      isReliable = PairedTail.isReliable(tails.0, tails.1)
    default: difference = PairedDifference(first, minus: second).mean
    }
    // Few trials that differ say nothing about the mean of a skewed amount.
    let isTestable = isReliable && signs.larger + signs.smaller >= reliableTailCount
    let chance = isTestable ? normalChance(difference) : 1
    return FigureDifference(
      figure, difference.divided(by: 100), isIdentical: signs.isIdentical, chance: chance,
      isReliable: isReliable)
  }
}

extension FigureDifference {
  init(
    _ figure: StudyFigure, _ difference: Estimate, isIdentical: Bool, chance: Double,
    isReliable: Bool = true
  ) {
    self.figure = figure
    self.difference = difference
    self.chance = chance
    adjustedChance = chance
    self.isIdentical = isIdentical
    self.isReliable = isReliable
  }
}

/// How often a normal figure without a true difference lies as far from zero.
func normalChance(_ difference: Estimate) -> Double {
  if difference.value == 0 { return 1 }
  guard difference.standardError > 0 else { return 0 }
  return 2 * normalCumulative(-abs(difference.value) / difference.standardError)
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
