import RandomStreams

/// The likeliest factors and mixing scores, and the curvature there: Newton's method, each likelihood's own
/// derivatives by differences.
struct LatentMode {
  private static let step = 1e-3

  private let blocks: FactorBlocks
  private let precision: SquareMatrix

  init(_ blocks: FactorBlocks, _ precision: SquareMatrix) {
    (self.blocks, self.precision) = (blocks, precision)
  }

  private var law: LatentLaw { blocks.law }

  /// The place, and the Cholesky factor of the precision about it.
  var found: (centre: [Double], root: SquareMatrix) {
    var latent = [Double](repeating: 0, count: precision.size)
    var height = blocks.logDensity(latent, precision)
    var root = precision.root ?? precision
    for _ in 0..<60 {
      let (slope, curvature) = slopes(latent)
      guard let factor = curvature.root else { break }
      root = factor
      let move = factor.solvedTransposed(factor.solved(slope))
      var share = 1.0
      var next = latent
      var reached = -Double.infinity
      while share > 1e-4 {
        next = zip(latent, move).map { $0 + share * $1 }
        reached = blocks.logDensity(next, precision)
        if reached >= height { break }
        share /= 2
      }
      guard reached >= height else { break }
      (latent, height) = (next, reached)
      if move.allSatisfy({ abs($0) < 1e-5 }) { break }
    }
    return (latent, slopes(latent).curvature.root ?? root)
  }

  /// The slope of the log-density, and its negative curvature with what is not concave left out.
  private func slopes(_ latent: [Double]) -> (slope: [Double], curvature: SquareMatrix) {
    var slope = precision.times(latent).map { -$0 }
    var curvature = precision
    let sectors = law.correlations.count
    for period in 0..<law.periodCount {
      let mixing = law.degrees == nil ? nil : law.periodCount * law.placeCount + period
      for sector in 0..<sectors where !blocks.isEmpty(period * sectors + sector) {
        let parts = parts(period, sector)
        let jet = jet(period * sectors + sector, latent, parts, mixing)
        let all = parts + (mixing.map { [Part(place: $0, weight: 1)] } ?? [])
        for (index, left) in all.enumerated() {
          let isMixing = index == parts.count
          slope[left.place] += left.weight * (isMixing ? jet.mixing : jet.factor)
          for (other, right) in all.enumerated() {
            let second =
              isMixing == (other == parts.count)
              ? (isMixing ? jet.mixings : jet.factors) : jet.both
            curvature[left.place, right.place] -= left.weight * right.weight * second
          }
        }
      }
    }
    return (slope, curvature)
  }

  /// A factor with its weight in a sector's X.
  private struct Part {
    let place: Int
    let weight: Double
  }

  /// Which factors a sector's X is made of.
  private func parts(_ period: Int, _ sector: Int) -> [Part] {
    let first = period * law.placeCount
    guard law.correlations.count > 1 else { return [Part(place: first, weight: 1)] }
    return [
      Part(place: first, weight: law.sectorCorrelation.squareRoot()),
      Part(place: first + 1 + sector, weight: (1 - law.sectorCorrelation).squareRoot()),
    ]
  }

  private struct Derivatives {
    var factor: Double
    var mixing = 0.0
    var factors: Double
    var mixings = 0.0
    var both = 0.0
  }

  private func jet(
    _ index: Int, _ latent: [Double], _ parts: [Part], _ mixing: Int?
  ) -> Derivatives {
    let factor = parts.reduce(0) { $0 + $1.weight * latent[$1.place] }
    let step = Self.step
    func value(_ moved: Double, _ score: Double) -> Double {
      let scale = mixing.map { blocks.scale(latent[$0] + score) } ?? 1
      return blocks.value(index, factor: factor + moved, scale: scale)
    }
    let (middle, up, down) = (value(0, 0), value(step, 0), value(-step, 0))
    var jet = Derivatives(
      factor: (up - down) / (2 * step), factors: min(0, (up - 2 * middle + down) / (step * step)))
    guard mixing != nil else { return jet }
    let (above, below) = (value(0, step), value(0, -step))
    jet.mixing = (above - below) / (2 * step)
    jet.mixings = min(0, (above - 2 * middle + below) / (step * step))
    let cross =
      (value(step, step) - value(step, -step) - value(-step, step) + value(-step, -step))
      / (4 * step * step)
    // No more than what leaves the two concave together.
    let most = (jet.factors * jet.mixings).squareRoot() * 0.999
    jet.both = min(max(cross, -most), most)
    return jet
  }
}
