import RandomStreams

/// The law of one year's factor, as weights on a fine grid.
///
/// `run --from` draws the factor of a year that has begun from this.
public struct FactorLaw: Sendable, Hashable {
  /// The first point.
  public let first: Double

  /// The distance between two points.
  public let step: Double

  /// The weights of the points, which sum to 1.
  public let weights: [Double]

  init(first: Double, step: Double, weights: [Double]) {
    self.first = first
    self.step = step
    let sum = weights.reduce(0, +)
    self.weights = weights.map { $0 / sum }
  }

  /// The standard normal law: of a year of which nothing is known.
  public static let stationary = normal(FactorGrid())

  static func normal(_ grid: FactorGrid) -> FactorLaw {
    let points = grid.points
    return FactorLaw(
      first: points[0], step: grid.step, weights: points.map(normalDensity))
  }

  /// The points of the grid.
  public var factors: [Double] { weights.indices.map { first + Double($0) * step } }

  /// The mean.
  public var mean: Double { zip(factors, weights).reduce(0) { $0 + $1.0 * $1.1 } }

  /// The standard deviation.
  public var standardDeviation: Double {
    let mean = mean
    return zip(factors, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
      .squareRoot()
  }

  /// The factor below which a probability lies: each point's weight is spread evenly over its step.
  ///
  /// A uniform number gives a draw of the factor.
  public func quantile(_ probability: Double) -> Double {
    var left = probability
    for (index, weight) in weights.enumerated() {
      if left <= weight, weight > 0 {
        return first + (Double(index) - 0.5 + left / weight) * step
      }
      left -= weight
    }
    return first + (Double(weights.count) - 0.5) * step
  }

  /// The law of the next year's factor under a persistence, as a grid of its own.
  public func next(persistence: Double) -> FactorLaw { next(persistence, FactorGrid()) }

  func next(_ persistence: Double, _ grid: FactorGrid) -> FactorLaw {
    guard persistence > 0 else { return .normal(grid) }
    let spread = (1 - persistence * persistence).squareRoot()
    let carried = persistence * standardDeviation
    let deviation = (carried * carried + spread * spread).squareRoot()
    let centre = persistence * mean
    let points = grid.points.map { centre + $0 * deviation }
    let factors = factors
    return FactorLaw(
      first: points[0], step: grid.step * deviation,
      weights: points.map { point in
        zip(factors, weights).reduce(0) { sum, item in
          sum + item.1 * normalDensity((point - persistence * item.0) / spread)
        }
      })
  }
}

/// Points from −8 to 8 standard deviations.
struct FactorGrid {
  var step = 0.25
  /// How far the grid is moved, in steps.
  var shift = 0.0

  var points: [Double] {
    (0...Int(16 / step)).map { (Double($0) + shift) * step - 8 }
  }
}
