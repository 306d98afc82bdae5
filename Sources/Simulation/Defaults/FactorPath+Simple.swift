import RandomStreams

// One Gaussian factor of which nothing is known, under the same law in every trial: what most runs have.
extension FactorPath {
  /// Whether that is so, but for parameters that a trial has of its own.
  var isSimple: Bool {
    guard case .gaussian = model.dependence else { return false }
    return model.known == nil && model.assetCorrelations.count == 1
  }

  /// Draws the factor of a trial: what `draw` comes to, in a loop that asks nothing else. With a factor a
  /// month there are sixty steps a trial.
  ///
  /// - Precondition: `isSimple`.
  func drawSimple(seed: UInt64, trial: Int, tables: DrawTables) {
    let (persistence, loading, normal) = (model.persistence, loadings[0], tables.normal)
    let shock = (1 - persistence * persistence).squareRoot()
    let key = DrawKey(seed: seed, trial: UInt64(trial), purpose: .systematicFactor)
    let (normals, shifts) = (normals, shifts)
    var value = 0.0
    for period in 0..<periodCount {
      let draw = normal.value(at: UniformDraw.unit(from: key.word(at: UInt64(period) &<< 12)))
      value = period == 0 ? draw : persistence * value + shock * draw
      normals[period] = value
      shifts[period] = loading * value
    }
  }
}
