/// Control variates: figures of a trial whose means are known, by which means of others are sharpened.
///
/// A mean ȳ becomes ȳ − β′(c̄ − μ), where c are the controls, μ their known means, and β the coefficients of
/// the regression of y on c. The coefficients for one half of the trials are found on the other half:
/// independent of what they multiply, so that nothing is biased. It is linear in y: means that add up
/// still do. The error is that of the residuals of the regression on all trials, with what finding the
/// coefficients costs.
///
/// Sources: P. Glasserman, "Monte Carlo Methods in Financial Engineering", 2004, section 4.1; for the
/// halves, B. L. Nelson, "Control variate remedies", Operations Research 38(6), 1990 (its abstract), and A. N. Avramidis,
/// J. R. Wilson, "A splitting scheme for control variates", Operations Research Letters 14(4), 1993, pp. 187–198 (from
/// memory).
public struct ControlVariates: Sendable {
  /// A figure with what it is taken times in a sum of figures.
  public struct Part: Sendable {
    let figure: Int
    let factor: Double

    /// Names the place of the figure, and the factor.
    public init(_ figure: Int, times factor: Double = 1) {
      (self.figure, self.factor) = (figure, factor)
    }
  }

  /// The fewest trials with which they are used.
  public static let fewestTrials = 1_024
  /// How well the means of the controls are known, as a part of them.
  public static let accuracy = 1e-6

  private let sums: ControlSums
  /// The known means of the controls that are used, less what the controls are less.
  private let means: [Double]
  /// How large the controls' own means are.
  private let sizes: [Double]
  private let trials: Double
  private let halves: [ControlHalf]
  private let whole: ControlHalf
  private let counts: [Double]
  /// The controls that are used.
  private let used: [Int]
  /// Their batches' means less the known ones, shape `[controls][batches]`.
  private let batchMeans: [[Double]]

  /// - Parameters:
  ///   - sums: What is kept of the trials.
  ///   - known: The known mean of each control.
  ///   - centres: What each control is less.
  ///   - wanted: The controls that may be used; of those that move together the first ones are.
  /// - Returns: `nil` if there are too few trials, or no control of those moves.
  public init?(_ sums: ControlSums, known: [Double], centres: [Int64], wanted: [Int]) {
    guard sums.controlCount > 0, !wanted.isEmpty,
      sums.counts.reduce(0, +) >= Int128(Self.fewestTrials)
    else { return nil }
    let counts = sums.counts.map { Double($0) }
    trials = counts.reduce(0, +)
    let all = ControlHalf(sums, wanted, folds: [0, 1])
    let kept = all.independent.map { wanted[$0] }
    guard !kept.isEmpty else { return nil }
    self.sums = sums
    self.counts = counts
    used = kept
    means = kept.map { known[$0] - Double(centres[$0]) }
    sizes = kept.map { abs(known[$0]) }
    whole = ControlHalf(sums, kept, folds: [0, 1])
    halves = [0, 1].map { ControlHalf(sums, kept, folds: [$0]) }
    batchMeans = zip(kept, means).map { control, mean in
      zip(sums.sums(control: control), counts).map { Double($0) / $1 - mean }
    }
  }

  /// The mean of a sum of figures, sharpened.
  ///
  /// - Parameters:
  ///   - parts: The figures.
  ///   - plain: The mean of the same trials without controls.
  ///   - deviation: The standard deviation of the sum from trial to trial.
  /// - Returns: `nil` where the trials do not show the error of either, or nothing is left of it: then what never
  ///   happened in these trials is all that could tell the figure from the controls.
  public func mean(of parts: [Part], plain: Estimate, deviation: Double) -> Estimate? {
    guard case .spread(let spread) = plain.knowledge, spread.isNearlyNormal, deviation > 0 else {
      return nil
    }
    let products = halves.map { $0.products(parts) }
    let (all, count) = (whole.products(parts), Double(used.count))
    let coefficients = whole.coefficients(all.covariances)
    let explained = zip(coefficients, all.covariances).reduce(0) { $0 + $1.0 * $1.1 }
    // By n, as the covariances are.
    let variance = deviation * deviation * (trials - 1) / trials
    let residual = variance - explained
    guard residual > 1e-12 * variance else { return nil }
    var value = 0.0
    for fold in halves.indices {
      let others = halves[1 - fold].coefficients(products[1 - fold].covariances)
      let moved = others.indices.reduce(0) {
        $0 + others[$1] * (halves[fold].means[$1] - means[$1])
      }
      value += halves[fold].count / trials * (products[fold].mean - moved)
    }
    let unknown = zip(coefficients, sizes).reduce(0) { $0 + abs($1.0) * $1.1 } * Self.accuracy
    // n − p − 1 degrees of freedom are left, and coefficients of n/2 trials cost as much again twice.
    let cost = trials / (trials - count - 1) * (1 + 2 * count / trials)
    let error = (residual * cost / trials + unknown * unknown).squareRoot()
    let shape = batches(of: parts, mean: all.mean, coefficients)
    let sharpened = MeanSpread(
      error: error, skewness: shape.skewness, support: spread.support,
      steadiness: shape.steadiness)
    guard sharpened.isNearlyNormal else { return nil }
    return Estimate(
      value: value, sampleCount: plain.sampleCount, knowledge: .spread(sharpened),
      method: .control)
  }

  /// How lopsided the residuals are, and how few they rest on, by the means of batches.
  private func batches(
    of parts: [Part], mean: Double, _ coefficients: [Double]
  ) -> (skewness: Double, steadiness: Double) {
    var sums = [Double](repeating: 0, count: counts.count)
    for part in parts {
      for (batch, sum) in self.sums.sums(figure: part.figure).enumerated() {
        sums[batch] += part.factor * Double(sum)
      }
    }
    let shift = coefficients.indices.reduce(0) {
      $0 + coefficients[$1] * (whole.means[$1] - means[$1])
    }
    var distances = DistanceSums()
    for batch in sums.indices {
      let moved = coefficients.indices.reduce(0) {
        $0 + coefficients[$1] * batchMeans[$1][batch]
      }
      distances.add(sums[batch] / counts[batch] - mean - moved + shift)
    }
    guard distances.squares > 0 else { return (0, 0) }
    return (
      distances.cubes / (distances.squares * distances.squares.squareRoot()),
      distances.squares * distances.squares / distances.fourths
    )
  }
}

/// The moments of some controls over one half of the trials, or all.
private struct ControlHalf {
  let count: Double
  let means: [Double]
  private let sums: ControlSums
  private let controls: [Int]
  private let folds: [Int]
  /// Covariances by n, shape `[controls][controls]`.
  private let covariances: [[Double]]

  init(_ sums: ControlSums, _ controls: [Int], folds: [Int]) {
    (self.sums, self.controls, self.folds) = (sums, controls, folds)
    let count = Double(Self.sum(sums.counts, folds))
    self.count = count
    let means = controls.map { Double(Self.sum(sums.sums(control: $0), folds)) / count }
    self.means = means
    covariances = controls.indices.map { first in
      controls.indices.map { second in
        let product = folds.reduce(Int128(0)) {
          $0 + sums.product(controls[first], controls[second], fold: $1)
        }
        return Double(product) / count - means[first] * means[second]
      }
    }
  }

  private static func sum(_ batches: ArraySlice<Int128>, _ folds: [Int]) -> Int128 {
    var sum: Int128 = 0
    for (batch, number) in batches.enumerated() where folds.contains(batch % 2) { sum += number }
    return sum
  }

  /// The mean of a sum of figures, and its covariances with the controls.
  func products(_ parts: [ControlVariates.Part]) -> (mean: Double, covariances: [Double]) {
    var (mean, covariances) = (0.0, means.map { _ in 0.0 })
    for part in parts {
      let own = Double(Self.sum(sums.sums(figure: part.figure), folds)) / count
      mean += part.factor * own
      for (index, control) in controls.enumerated() {
        let product = folds.reduce(Int128(0)) {
          $0 + sums.product(figure: part.figure, control, fold: $1)
        }
        covariances[index] += part.factor * (Double(product) / count - own * means[index])
      }
    }
    return (mean, covariances)
  }

  /// The places of controls that do not follow from those before them.
  var independent: [Int] {
    var kept: [Int] = []
    for place in controls.indices {
      let candidate = kept + [place]
      let root = Self.root(candidate.map { row in candidate.map { covariances[row][$0] } })
      let last = root[kept.count][kept.count]
      let own = covariances[place][place]
      if own > 0, last * last > 1e-8 * own { kept.append(place) }
    }
    return kept
  }

  /// The coefficients of a regression on all controls, which do not follow from each other.
  func coefficients(_ covariances: [Double]) -> [Double] {
    let root = Self.root(self.covariances)
    var solution = covariances
    for row in solution.indices {
      for column in 0..<row { solution[row] -= root[row][column] * solution[column] }
      solution[row] = root[row][row] > 0 ? solution[row] / root[row][row] : 0
    }
    for row in solution.indices.reversed() {
      for below in row + 1..<solution.count { solution[row] -= root[below][row] * solution[below] }
      solution[row] = root[row][row] > 0 ? solution[row] / root[row][row] : 0
    }
    return solution
  }

  /// Cholesky's root, lower; 0 on the diagonal where a control follows from those before it.
  private static func root(_ matrix: [[Double]]) -> [[Double]] {
    var root = matrix.map { $0.map { _ in 0.0 } }
    for row in matrix.indices {
      for column in 0...row {
        var rest = matrix[row][column]
        for inner in 0..<column { rest -= root[row][inner] * root[column][inner] }
        if row == column {
          root[row][row] = max(0, rest).squareRoot()
        } else {
          root[row][column] = root[column][column] > 0 ? rest / root[column][column] : 0
        }
      }
    }
    return root
  }
}
