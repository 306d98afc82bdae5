/// The innovations of one rare trial: every word behind a factor, as a standard normal number.
///
/// X₀ and Yₖ are drawn from such a number each period; a mixing variable, the law of a known period and the choice
/// of a known path are functions of one (its Φ). So all laws of dependence, states and draws of parameters
/// are one case: a vector of independent standard normal numbers, of which some are moved.
struct Innovations: BitwiseCopyable {
  /// What is added to each.
  let moves: UnsafeMutableBufferPointer<Double>
  /// What each came to.
  let values: UnsafeMutableBufferPointer<Double>
  private let layout: InnovationLayout

  init(_ layout: InnovationLayout, in memory: WorkingMemory) {
    self.layout = layout
    moves = memory.table(0, count: layout.count)
    values = memory.table(0, count: layout.count)
  }

  /// The innovation of a normal factor, from the one that was drawn.
  func normal(_ draw: Double, period: Int, place: Int) -> Double {
    moved(draw, at: period * layout.placeCount + place)
  }

  /// The score of a period's mixing variable, likewise.
  func scale(_ draw: Double, period: Int) -> Double {
    moved(draw, at: layout.normalCount + period)
  }

  private func moved(_ draw: Double, at index: Int) -> Double {
    values[index] = draw + moves[index]
    return values[index]
  }
}

/// Where the innovations of a model stand in the vector.
struct InnovationLayout: Sendable, Hashable {
  /// How many normal factors a period has: one, or X₀ and one a sector.
  let placeCount: Int
  /// How many normal innovations there are.
  let normalCount: Int
  /// How many innovations there are in all.
  let count: Int

  init(_ model: DefaultModel) {
    let sectors = model.factors.assetCorrelations.count
    let (hasNormals, hasScales) =
      switch model.factors.dependence {
      case .independent: (false, false)
      case .gaussian: (true, false)
      case .studentT: (true, true)
      case .gamma: (false, true)
      }
    placeCount = sectors == 1 ? 1 : sectors + 1
    normalCount = hasNormals ? placeCount * model.periodCount : 0
    count = normalCount + (hasScales ? model.periodCount : 0)
  }
}
