import RandomStreams

extension FactorLaw {
  /// Points between two of the law's, where its density is read off a cubic through the logarithms of four
  /// neighbours: near a normal law they are nearly a parabola.
  private static let fineness = 32

  /// The factor at each of some normal scores, ascending: F⁻¹(Φ(z)).
  ///
  /// A draw of a standard normal factor becomes one of this law by it. What lies beyond the law's points,
  /// less than 1e-11 of it, is taken as its ends.
  public func values(atScores scores: [Double]) -> [Double] {
    let fine = refined
    let step = step / Double(Self.fineness)
    // From both ends, so that either tail keeps its relative precision.
    var below = [0.0]
    for pair in zip(fine, fine.dropFirst()) {
      below.append(below[below.count - 1] + pair.0 + pair.1)
    }
    var above = [0.0]
    for pair in zip(fine.reversed(), fine.reversed().dropFirst()) {
      above.append(above[above.count - 1] + pair.0 + pair.1)
    }
    above.reverse()
    let total = below[below.count - 1]
    var cell = 0
    return scores.map { score in
      // What is left of the score's tail at a point: falls to nothing where the factor lies.
      func excess(_ point: Int) -> Double {
        score < 0
          ? below[point] - total * normalCumulative(score)
          : total * normalCumulative(-score) - above[point]
      }
      while cell < fine.count - 2, excess(cell + 1) < 0 { cell += 1 }
      let (left, right) = (excess(cell), excess(cell + 1))
      let part = right > left ? min(max(-left / (right - left), 0), 1) : 0
      return first + (Double(cell) + part) * step
    }
  }

  /// The density between the points, up to a constant.
  private var refined: [Double] {
    let logs = weights.map { logarithm(max($0, 1e-300)) }
    guard logs.count > 3 else { return weights }
    var fine: [Double] = []
    for cell in 0..<logs.count - 1 {
      let origin = min(max(cell, 1), logs.count - 3)
      for index in 0..<Self.fineness {
        let part = Double(cell - origin) + Double(index) / Double(Self.fineness)
        let before = -logs[origin - 1] * part * (part - 1) * (part - 2) / 6
        let left = logs[origin] * (part + 1) * (part - 1) * (part - 2) / 2
        let right = -logs[origin + 1] * (part + 1) * part * (part - 2) / 2
        let after = logs[origin + 2] * (part + 1) * part * (part - 1) / 6
        fine.append(exponential(before + left + right + after))
      }
    }
    return fine + [weights[weights.count - 1]]
  }

  /// The law of the normal score of a gamma factor with mean 1 (MODEL.md §3), given what was seen in its
  /// period: φ(z) ∏ C^defaults (1 − C)^survived with C = min(1, h·G(z)).
  ///
  /// - Parameters:
  ///   - variance: The factor's variance.
  ///   - probabilities: The unconditional probability of each cell.
  ///   - cells: What was seen.
  ///   - assessment: How loans are assessed.
  public static func gammaScore(
    variance: Double, probabilities: [Double], cells: [DefaultHistory.Cell],
    _ assessment: DefaultHistory.Assessment
  ) -> FactorLaw {
    let (reach, density) = (8.25, 32.0)
    let points = (0...Int(2 * reach * density)).map { Double($0) / density - reach }
    let logs = points.map { point in
      let factor =
        gammaQuantile(normalCumulative(point), shape: 1 / variance) * variance
      var sum = -0.5 * point * point
      for (probability, cell) in zip(probabilities, cells) where cell.atRisk > 0 {
        // A year's survival at certainty is a month's of 1e-16 or so, not nothing: a cut leaves no doubt.
        let survival = max(1 - probability * factor, 1e-16)
        let log = logarithm(survival)
        sum += cell.survived(assessment) * log
        if cell.defaults > 0 {
          let failure =
            assessment == .yearly ? 1 - survival : oneMinusExponential(log / 12)
          sum += Double(cell.defaults) * logarithm(max(failure, 1e-300))
        }
      }
      return sum
    }
    let top = logs.max() ?? 0
    return FactorLaw(
      first: points[0], step: 1 / density, weights: logs.map { exponential($0 - top) })
  }
}
