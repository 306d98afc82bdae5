import RandomStreams

/// Draws the factors of all periods so far given the defaults and recoveries that were seen.
///
/// The factors, and the normal scores of mixing variables, have a normal law before anything is seen. A normal
/// law about the likeliest place is laid over what is known of them then, a little wider, and a chain of
/// elliptical slices goes from draw to draw: where the law is normal, each step is as good as independent.
///
/// Source: I. Murray, R. P. Adams, D. J. C. MacKay, "Elliptical slice sampling", Proceedings of the 13th
/// International Conference on Artificial Intelligence and Statistics, 2010; with a normal law that is not the prior:
/// R. Nishihara, I. Murray, R. P. Adams, "Parallel MCMC with generalized elliptical slice sampling", Journal of Machine
/// Learning Research 15, 2014, pp. 2087–2112.
public struct FactorSampler {
  private static let burnIn = 60
  private static let stepsBetween = 4
  /// How much wider the normal law is than that at the likeliest place.
  private static let width = 1.2

  private let blocks: FactorBlocks
  private let size: Int
  private let precision: SquareMatrix
  private let centre: [Double]
  /// What a place of the wider normal law is multiplied by: the inverse of the transposed root of the precision.
  private let spread: SquareMatrix

  /// Finds the likeliest place.
  ///
  /// - Complexity: A few dozen solutions of a system of periods × (places + 1) equations.
  public init(_ law: LatentLaw, defaults: [SeenDefaults], recoveries: [SeenRecovery]) {
    blocks = FactorBlocks(law, defaults, recoveries)
    size = law.periodCount * (law.placeCount + (law.degrees == nil ? 0 : 1))
    precision = Self.precision(law, size: size)
    let mode = LatentMode(blocks, precision).found
    centre = mode.centre
    spread = mode.root.inverseTransposed(times: Self.width)
  }

  /// Before anything is seen: each factor is stationary and autoregressive, each mixing score normal.
  private static func precision(_ law: LatentLaw, size: Int) -> SquareMatrix {
    var precision = SquareMatrix(size)
    let square = law.persistence * law.persistence
    for place in 0..<law.placeCount {
      for period in 0..<law.periodCount {
        let own = period * law.placeCount + place
        let neighbours = (period > 0 ? 1.0 : 0) + (period < law.periodCount - 1 ? 1.0 : 0)
        precision[own, own] = 1 + neighbours * square / (1 - square)
        guard period > 0 else { continue }
        precision[own, own - law.placeCount] = -law.persistence / (1 - square)
        precision[own - law.placeCount, own] = -law.persistence / (1 - square)
      }
    }
    for mixing in law.periodCount * law.placeCount..<size { precision[mixing, mixing] = 1 }
    return precision
  }

  /// Draws paths.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - seed: The seed.
  ///   - number: Tells chains of one seed apart.
  public func paths(_ count: Int, seed: UInt64, number: UInt64) -> FactorPaths {
    var words = DrawKey(seed: seed, trial: 1 << 35 + number, purpose: .calibration).sequence()
    var place = [Double](repeating: 0, count: size)
    var height = rest(place)
    var drawn: [[Double]] = []
    for step in 0..<Self.burnIn + count * Self.stepsBetween {
      move(&place, &height, &words)
      if step >= Self.burnIn, (step - Self.burnIn) % Self.stepsBetween == 0 {
        drawn.append(latent(place))
      }
    }
    let law = blocks.law
    let last = (law.periodCount - 1) * law.placeCount
    let sorted = drawn.enumerated().sorted { left, right in
      let (first, second) = (
        goodness(left.element, last), goodness(right.element, last)
      )
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
    let factorCount = law.periodCount * law.placeCount
    return FactorPaths(
      factors: sorted.flatMap { $0[..<factorCount] },
      scales: law.degrees == nil
        ? [] : sorted.flatMap { $0[factorCount...].map(blocks.scale) })
  }

  /// How well the last period goes: the factors of all sectors together.
  private func goodness(_ latent: [Double], _ last: Int) -> Double {
    (0..<blocks.law.correlations.count).reduce(0) { $0 + blocks.law.factor($1, latent, last) }
  }

  /// One step along an ellipse through the place and a fresh draw of the normal law.
  private func move(_ place: inout [Double], _ height: inout Double, _ words: inout SplitMix64) {
    let other = place.map { _ in normalQuantile(UniformDraw.unit(from: words.next())) }
    let level = height + logarithm(UniformDraw.unit(from: words.next()))
    var angle = 2 * UniformDraw.unit(from: words.next())
    var (low, high) = (angle - 2, angle)
    // Each failure takes a part of the arc away; the place itself always is high enough.
    for _ in 0..<200 {
      let (cosine, sine) = (cosineOfPi(times: angle), cosineOfPi(times: angle - 0.5))
      let next = zip(place, other).map { cosine * $0 + sine * $1 }
      let reached = rest(next)
      if reached > level {
        (place, height) = (next, reached)
        return
      }
      if angle < 0 { low = angle } else { high = angle }
      angle = low + (high - low) * UniformDraw.unit(from: words.next())
    }
  }

  /// The factors and mixing scores at a place of the wider normal law.
  private func latent(_ place: [Double]) -> [Double] {
    var latent = centre
    spread.add(times: place, to: &latent)
    return latent
  }

  /// The log-density there, over that of the normal law.
  private func rest(_ place: [Double]) -> Double {
    let latent = latent(place)
    return blocks.logDensity(latent, precision)
      + 0.5 * place.reduce(0) { $0 + $1 * $1 }
  }
}

extension LatentLaw {
  /// X of a sector in the period whose factors begin at a position.
  func factor(_ sector: Int, _ latent: [Double], _ first: Int) -> Double {
    correlations.count == 1
      ? latent[first]
      : sectorCorrelation.squareRoot() * latent[first]
        + (1 - sectorCorrelation).squareRoot() * latent[first + 1 + sector]
  }
}

extension FactorBlocks {
  /// The log-density of factors and mixing scores, up to a constant.
  func logDensity(_ latent: [Double], _ precision: SquareMatrix) -> Double {
    var sum = -0.5 * precision.square(latent)
    let sectors = law.correlations.count
    for period in 0..<law.periodCount {
      let scale =
        law.degrees == nil ? 1 : scale(latent[law.periodCount * law.placeCount + period])
      for sector in 0..<sectors where !isEmpty(period * sectors + sector) {
        let factor = law.factor(sector, latent, period * law.placeCount)
        sum += value(period * sectors + sector, factor: factor, scale: scale)
      }
    }
    return sum
  }
}
