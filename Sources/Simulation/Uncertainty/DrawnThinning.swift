import RandomStreams

/// How much of an entry's points is kept for certain under the draws of a plan's parameters.
///
/// Λ is log-concave: the ratio Λ(u − g) / Λ(u) falls as the gap g between an entry and its envelope
/// grows, and as u falls. So what it is at a wide gap and a low u holds for every narrower gap and
/// every higher u. Each class has one such gap in each cell, each cell one such u; a draw in which a
/// class of the cell lies further off leaves all points of the cell to the exact test, and so does a
/// factor that takes the envelope below that u. Nothing but speed depends on where the two lie.
struct DrawnThinning {
  /// A draw in twenty may have a wider gap, one in ten a lower u.
  private static let gapShare = 0.95
  private static let lowShare = 0.1
  /// Beyond so many comparisons (some ten milliseconds) all points go to the exact test.
  private static let workLimit = 4_000_000
  /// Below, the table's relative error is no longer small against the margin.
  private static let lowest = -6.5

  private let classes: RiskClasses
  private let arguments: UnsafeMutableBufferPointer<Double>
  private let envelopes: UnsafeMutableBufferPointer<Double>
  private let loadings: UnsafeMutableBufferPointer<Double>
  private let table = DrawTables.Standard.hazard
  private let slotCount: Int
  private let cellCount: Int

  init(
    classes: RiskClasses, arguments: UnsafeMutableBufferPointer<Double>,
    envelopes: UnsafeMutableBufferPointer<Double>, loadings: UnsafeMutableBufferPointer<Double>
  ) {
    self.classes = classes
    self.arguments = arguments
    self.envelopes = envelopes
    self.loadings = loadings
    cellCount = classes.cellStarts.count - 1
    slotCount = cellCount > 0 ? envelopes.count / cellCount : 0
  }

  /// The walk of a model with bounds that hold under the draws.
  ///
  /// - Parameter surelyBelow: Takes the shift up to which they hold, shape `[draws × cells]`.
  func bounded(
    _ model: DefaultModel, _ surelyBelow: UnsafeMutableBufferPointer<Double>
  ) -> DefaultWalk {
    var walk = model.walk
    let isTooMuch = classes.inCells.count * slotCount > Self.workLimit
    for cell in 0..<cellCount where classes.inCell(cell).count > 1 {
      var kept: [Int32: UInt16] = [:]
      if isTooMuch {
        fill(cell, surelyBelow) { _ in -.infinity }
      } else {
        switch model.factors.dependence {
        case .gaussian:
          kept = bound(cell, sector: sector(of: cell, in: model), surelyBelow)
        case .independent: kept = boundAlone(cell, surelyBelow)
        case .studentT, .gamma: fill(cell, surelyBelow) { _ in -.infinity }
        }
      }
      walk.keep(in: cell) { kept[classes.ofEntry[$0]] ?? 0 }
    }
    return walk
  }

  private func sector(of cell: Int, in model: DefaultModel) -> Int {
    Int(classes.classes[Int(classes.inCell(cell)[classes.cellStarts[cell]])].sector)
  }

  private func envelope(_ slot: Int, _ cell: Int) -> Double { envelopes[slot * cellCount + cell] }

  private func argument(_ slot: Int, _ item: Int32) -> Double {
    arguments[slot * classes.classes.count + Int(item)]
  }

  private func fill(
    _ cell: Int, _ surelyBelow: UnsafeMutableBufferPointer<Double>, _ value: (Int) -> Double
  ) {
    for slot in 0..<slotCount { surelyBelow[slot * cellCount + cell] = value(slot) }
  }

  /// The bounds of a cell under normal factors.
  private func bound(
    _ cell: Int, sector: Int, _ surelyBelow: UnsafeMutableBufferPointer<Double>
  ) -> [Int32: UInt16] {
    let sectors = loadings.count / slotCount
    let low = quantile(Self.lowShare) {
      envelope($0, cell) - 2 * loadings[$0 * sectors + sector]
    }
    var gaps: [Int32: Double] = [:]
    var kept: [Int32: UInt16] = [:]
    for item in classes.inCell(cell) {
      let gap = quantile(Self.gapShare) { envelope($0, cell) - argument($0, item) }
      gaps[item] = gap
      guard gap > 0 else {
        kept[item] = .max
        continue
      }
      // Two units less, for what the table and the sums of a walk are rounded by.
      kept[item] =
        low - gap > Self.lowest
        ? UInt16(
          max(
            0, min(table.hazard(at: low - gap) / table.hazard(at: low) * 65_536 - 2, 65_535)))
        : 0
    }
    fill(cell, surelyBelow) { slot in
      let isNear = gaps.allSatisfy { envelope(slot, cell) - argument(slot, $0.key) <= $0.value }
      return isNear ? envelope(slot, cell) - low : -.infinity
    }
    return kept
  }

  /// The bounds of a cell without factors: the ratio of two hazards, whatever they are.
  private func boundAlone(
    _ cell: Int, _ surelyBelow: UnsafeMutableBufferPointer<Double>
  ) -> [Int32: UInt16] {
    func ratio(_ slot: Int, _ item: Int32) -> Double {
      hazard(ofProbability: argument(slot, item), certainty: certainHazard)
        / hazard(ofProbability: envelope(slot, cell), certainty: certainHazard)
    }
    var ratios: [Int32: Double] = [:]
    for item in classes.inCell(cell) {
      ratios[item] = quantile(1 - Self.gapShare) { ratio($0, item) }
    }
    fill(cell, surelyBelow) { slot in
      ratios.allSatisfy { ratio(slot, $0.key) >= $0.value } ? 0 : -.infinity
    }
    return ratios.mapValues { $0 < 1 ? UInt16(max(0, min($0 * 65_536 - 2, 65_535))) : .max }
  }

  /// A quantile over the draws of a number that each has.
  private func quantile(_ share: Double, of number: (Int) -> Double) -> Double {
    let sorted = (0..<slotCount).map(number).sorted()
    return sorted[min(Int(Double(slotCount) * share), slotCount - 1)]
  }
}

extension DefaultWalk {
  /// Says anew how much of each entry of a cell is kept for certain.
  mutating func keep(in cell: Int, _ leastKept: (Int) -> UInt16) {
    for entry in entries(of: cell) { setLeastKept(of: entry, to: leastKept(entry)) }
  }
}
