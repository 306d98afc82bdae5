import RandomStreams

/// Decides where one cell ends and the next begins: a cell of its own costs a table look-up each
/// trial, an entry below the envelope costs a thinned point now and then. It decides speed, never the
/// distribution of results.
struct CellBounds {
  /// What a cell costs, in points: its look-up, and a guess that fails at its end.
  private static let cellCost = 1.8
  /// What the envelope costs for each point that it adds: that point, and the look-ups of the points
  /// that may be such a one.
  private static let pointCost = 3.3

  private let hazardShare: Double
  private var top = 0.0
  private var waste = 0.0

  init(hazardShare: Double) { self.hazardShare = hazardShare }

  mutating func start(with item: Assessment) {
    top = item.probability
    waste = 0
  }

  /// Whether the points that the envelope would waste so far cost more than another cell.
  mutating func shouldSplit(before item: Assessment) -> Bool {
    guard item.probability < top else { return false }
    waste +=
      (top - item.probability) * Double(item.monthCount) * hazardShare * Self.pointCost
    return waste > Self.cellCost
  }
}

/// How many of an entry's points are kept for certain, so that thinning need not look up its rate.
///
/// Λ is log-concave: the ratio of the rates of two arguments falls as the shift grows. What it is
/// at the shift of X = 2 hence holds for all smaller shifts, 98 % of them.
struct ThinningBounds {
  let factors: FactorModel
  private let table = DrawTables.Standard.hazard

  init(factors: FactorModel) { self.factors = factors }

  func surelyBelow(sector: Int) -> Double {
    switch factors.dependence {
    case .gaussian:
      let correlation = factors.assetCorrelations[sector]
      return 2 * (correlation / (1 - correlation)).squareRoot()
    case .independent: return 0
    case .studentT, .gamma: return -.infinity
    }
  }

  /// The part in 1/256.
  ///
  /// - Parameters:
  ///   - argument: The entry's.
  ///   - most: That of its cell.
  ///   - surelyBelow: The shift up to which the answer holds.
  func leastKept(of argument: Double, inCellOf most: Double, surelyBelow: Double) -> UInt8 {
    guard argument != most else { return .max }
    let ratio: Double
    switch factors.dependence {
    case .gaussian:
      // Below −6.5 the table's relative error is no longer small against the margin.
      guard argument - surelyBelow > -6.5 else { return 0 }
      ratio =
        table.hazard(at: argument - surelyBelow)
        / table.hazard(at: most - surelyBelow)
    case .independent:
      ratio =
        hazard(ofProbability: argument, certainty: certainHazard)
        / hazard(ofProbability: most, certainty: certainHazard)
    case .studentT, .gamma: return 0
    }
    return UInt8(max(0, min(ratio * 256 - 0x1p-7, 255)))
  }
}

/// How an argument becomes a hazard, given the factors of a cell's period.
///
/// Normal factors: Λ(argument · scale − shift), the scale being 1 unless they are mixed (Student
/// t). Otherwise −ln(1 − argument · scale).
struct HazardLaw {
  private let table: HazardTable
  /// Whether probabilities are reached through Φ, and not directly.
  private let isNormal: Bool
  /// The hazard of certainty, so large that a slot's part of it is `certainHazard`.
  private let certainty: Double

  init(_ walk: DefaultWalk, _ table: HazardTable) {
    self.table = table
    certainty = certainHazard / walk.hazardShare
    isNormal =
      switch walk.dependence {
      case .gaussian, .studentT: true
      case .gamma, .independent: false
      }
  }

  @inline(__always)
  func hazard(
    of argument: Double, in cell: DefaultWalk.Cell, _ factors: borrowing FactorPath
  ) -> Double {
    hazard(
      of: argument, scale: factors.scales[Int(cell.period)],
      shift: factors.shifts[Int(cell.factorIndex)])
  }

  @inline(__always)
  func hazard(of argument: Double, scale: Double, shift: Double) -> Double {
    let scaled = argument * scale
    return isNormal
      ? table.hazard(at: scaled - shift)
      : Simulation.hazard(ofProbability: scaled, certainty: certainty)
  }
}
