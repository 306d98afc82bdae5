import RandomStreams

/// The law of the losses of a year to come: so many defaults by a forecast of their number, and for each
/// number the gamma law with the mean and variance of as many losses.
///
/// Given n defaults of mean m and variance σ², whose mean is known to within a variance v, the losses have the
/// mean n m and the variance n σ² + n² v. Above a hundred, numbers within 1 % of each other are taken
/// together.
public struct LossForecast: Sendable {
  private struct Part {
    let weight: Double
    let mean: Double
    let variance: Double
  }

  /// The chance of no loss.
  public let chanceOfNone: Double

  private let parts: [Part]

  /// The forecast.
  public init(_ defaults: DefaultForecast, _ severity: LossSeverity) {
    chanceOfNone = severity.mean > 0 ? defaults.cumulative(0) : 1
    var parts: [Part] = []
    var (last, below) = (0, defaults.cumulative(0))
    while severity.mean > 0, below < 1 - 1e-9 {
      let next = last + max(1, last / 100)
      let reached = defaults.cumulative(next)
      let number = Double(last + next + 1) / 2
      parts.append(
        Part(
          weight: reached - below, mean: number * severity.mean,
          variance: number * severity.variance + number * number * severity.varianceOfMean))
      (last, below) = (next, reached)
    }
    self.parts = parts
  }

  /// The mean.
  public var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }

  /// P(losses ≤ amount).
  public func cumulative(_ amount: Double) -> Double {
    guard amount >= 0 else { return 0 }
    return parts.reduce(chanceOfNone) { sum, part in
      let deviation = part.variance.squareRoot()
      // Certain, or as good as normal.
      if deviation <= 1e-9 * part.mean { return sum + (amount >= part.mean ? part.weight : 0) }
      let shape = part.mean * part.mean / part.variance
      if shape > 1e6 {
        return sum + part.weight * normalCumulative((amount - part.mean) / deviation)
      }
      return sum
        + part.weight * regularizedIncompleteGamma(shape, amount * part.mean / part.variance)
    }
  }

  /// The smallest amount that is exceeded with no more than the rest of a probability, to 1e-9 of itself.
  public func quantile(_ probability: Double) -> Double {
    guard probability > chanceOfNone else { return 0 }
    var (low, high) = (0.0, max(mean, 1e-300))
    while cumulative(high) < probability, high < 1e300 { (low, high) = (high, 2 * high) }
    while high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if cumulative(middle) >= probability { high = middle } else { low = middle }
    }
    return high
  }

  /// Where an outcome lies in the forecast; within the chance of no loss a uniform number decides.
  public func probabilityTransform(of outcome: Double, unit: Double) -> Double {
    outcome > 0 ? cumulative(outcome) : unit * chanceOfNone
  }
}
