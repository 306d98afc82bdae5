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
  /// So many draws tell where that is.
  private static let tellingDraws = 64
  /// Beyond so many comparisons (some ten milliseconds) all points go to the exact test.
  private static let workLimit = 4_000_000

  private let model: DefaultModel
  private let cells: CellClasses
  private let thinning: ThinningBounds

  init(_ model: DefaultModel, _ cells: CellClasses) {
    self.model = model
    self.cells = cells
    thinning = ThinningBounds(factors: model.factors)
  }

  /// The walk of the model with bounds that hold under the draws.
  ///
  /// - Parameter draws: Each is told up to which shifts they hold.
  func bounded(_ draws: inout [TrialParameters]) -> DefaultWalk {
    var walk = model.walk
    for slot in draws.indices {
      draws[slot].arguments.surelyBelow = Array(repeating: .infinity, count: walk.cells.count)
    }
    let isTooMuch = cells.count * draws.count > Self.workLimit
    // Where the bounds lie decides speed alone: some draws tell it. Without factors they hold for all draws.
    let isForAll = model.factors.dependence == .independent
    let count = isForAll ? draws.count : min(draws.count, Self.tellingDraws)
    let telling = (0..<count).map { $0 * draws.count / count }
    for cell in walk.cells.indices where cells.inCell(cell).count > 1 {
      let bound = isTooMuch ? nil : self.bound(cell, telling.map { draws[$0] })
      let numbers = cells.inCell(cell)
      for slot in draws.indices {
        draws[slot].arguments.surelyBelow[cell] =
          bound?.surelyBelow(numbers, in: cell, draws[slot].arguments) ?? -.infinity
      }
      let places = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, $0) })
      walk.keep(in: cell) { entry in
        bound?.leastKept[places[model.walk.classes[entry]] ?? 0] ?? 0
      }
    }
    return walk
  }

  /// What is certain in a cell.
  private struct Bound {
    /// The gap of each class up to which the parts hold, and those parts in 1/256.
    let gaps: [Double]
    let leastKept: [UInt8]
    /// The envelope's argument, less the shift, from which on they hold.
    let lowest: Double

    /// Up to which shift they hold in a draw: where no class lies further below the envelope.
    func surelyBelow(
      _ numbers: ArraySlice<Int32>, in cell: Int, _ arguments: ClassArguments
    ) -> Double {
      let envelope = arguments.ofCells[cell]
      for (place, number) in numbers.enumerated()
      where envelope - arguments.ofClasses[Int(number)] > gaps[place] { return -.infinity }
      return envelope - lowest
    }
  }

  /// - Returns: `nil` for laws of which nothing is certain: Student t and gamma.
  private func bound(_ cell: Int, _ draws: [TrialParameters]) -> Bound? {
    let sector = Int(model.classes[Int(cells.inCell(cell).first ?? 0)].sector)
    let widest = cells.inCell(cell).map { number in
      quantile(
        Self.gapShare,
        draws.map { $0.arguments.ofCells[cell] - $0.arguments.ofClasses[Int(number)] })
    }
    switch model.factors.dependence {
    case .gaussian:
      let lowest = quantile(
        Self.lowShare, draws.map { $0.arguments.ofCells[cell] - 2 * $0.loadings[sector] })
      return Bound(
        gaps: widest,
        leastKept: widest.map {
          thinning.leastKept(of: lowest - $0, inCellOf: lowest, surelyBelow: 0)
        }, lowest: lowest)
    case .independent:
      // The ratio of two hazards, whatever they are: each class's smallest. Gaps say nothing of it.
      let least = cells.inCell(cell).map { item in
        draws.map {
          thinning.leastKept(
            of: $0.arguments.ofClasses[Int(item)], inCellOf: $0.arguments.ofCells[cell],
            surelyBelow: 0)
        }.min() ?? 0
      }
      // No factor shifts an argument: every shift is 0.
      return Bound(
        gaps: widest.map { _ in .infinity }, leastKept: least, lowest: -.infinity)
    case .studentT, .gamma: return nil
    }
  }

  private func quantile(_ share: Double, _ numbers: [Double]) -> Double {
    numbers.sorted()[min(Int(Double(numbers.count) * share), numbers.count - 1)]
  }
}
