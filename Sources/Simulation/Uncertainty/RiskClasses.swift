import RandomStreams

/// Assessments that have one unconditional probability, whatever the parameters are.
struct RiskClass: Hashable {
  /// The group of loans that a draw moves together; −1 for loans that none moves.
  var group: Int16
  var sector: Int16
  /// The months over which the probability is taken; 0 where it stays annual.
  var term: Int16
  /// The annual probability of the plan.
  var annual: Double
  /// What multiplies the annual probability: the stress of the assessment.
  var multiplier: Double

  /// The unconditional probability of the assessment under a draw.
  func probability(_ moves: [ProbabilityMove]) -> Double {
    let stressed = min(moved(moves) * multiplier, 0.999999)
    return term > 0 ? termProbability(annual: stressed, months: Int(term)) : stressed
  }

  /// The annual probability under a draw: the plan's own, to the bit, where nothing moves it.
  private func moved(_ moves: [ProbabilityMove]) -> Double {
    guard group >= 0 else { return annual }
    switch moves[Int(group)] {
    case .replaced(let probability): return probability
    case .shifted(0): return annual
    case .shifted(let shift): return min(normalCumulative(normalQuantile(annual) + shift), 0.999999)
    }
  }
}

/// The classes of a walk: which entry has which, and which of them a cell holds.
struct RiskClasses {
  private(set) var classes: [RiskClass] = []
  /// The class of each entry, shape `[entries]`.
  private(set) var ofEntry: [Int32] = []
  /// The classes of cell c are those from `cellStarts[c]` up to `cellStarts[c + 1]` in `inCells`.
  private(set) var cellStarts: [Int] = [0]
  private(set) var inCells: [Int32] = []

  init(of model: DefaultModel, loans: [PlannedLoan]) {
    let walk = model.walk
    var known: [RiskClass: Int32] = [:]
    ofEntry.reserveCapacity(walk.entries.count)
    for entry in walk.entries {
      let risk = model.risks[Int(entry.loan)]
      let item = RiskClass(
        group: risk.group, sector: risk.sector,
        term: model.timing == .maturity ? loans[Int(entry.loan)].term : 0,
        annual: risk.annualProbability,
        multiplier: model.multiplier(of: loans[Int(entry.loan)], in: Int(entry.firstMonth)))
      let number = known[item] ?? Int32(classes.count)
      if Int(number) == classes.count {
        known[item] = number
        classes.append(item)
      }
      ofEntry.append(number)
    }
    var lastCell = [Int](repeating: -1, count: classes.count)
    for cell in walk.cells.indices {
      for entry in walk.entries(of: cell) where lastCell[Int(ofEntry[entry])] != cell {
        lastCell[Int(ofEntry[entry])] = cell
        inCells.append(ofEntry[entry])
      }
      cellStarts.append(inCells.count)
    }
  }

  /// The classes of a cell.
  func inCell(_ cell: Int) -> ArraySlice<Int32> {
    inCells[cellStarts[cell]..<cellStarts[cell + 1]]
  }
}
