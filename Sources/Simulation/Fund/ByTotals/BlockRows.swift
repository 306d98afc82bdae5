/// The money of one trial that is settled by totals: a row of a block.
///
/// Claims add to it in whatever order they come: `outflow` in the month of the claim, `inflow` in that of
/// the recovery, `byStretch` for the bank. Then the months are run on it.
struct TrialRow {
  /// What is owed, shape `[horizon]`; in a trial that fell short what was paid, once its months have been
  /// run and its needed capital found.
  let outflow: UnsafeMutableBufferPointer<Int64>
  /// What comes back, shape `[horizon + longest lag]`. What comes after the horizon is nothing.
  let inflow: UnsafeMutableBufferPointer<Int64>
  /// What is owed by stretch of months and bank; see `OwedTotals`.
  let byStretch: UnsafeMutableBufferPointer<Int64>
  /// The balance at the end of each month, once its months have been run, shape `[horizon]`.
  let closing: UnsafeMutableBufferPointer<Int64>
  /// The figures of the trial.
  let outcome: UnsafeMutablePointer<TrialOutcome>
  /// What its cost is reckoned from; `nil` where that is not asked for.
  let cost: TrialCost?
  /// Whether anything is ever owed by stretch.
  let usesStretches: Bool

  /// Forgets the trial before.
  func clear() {
    outflow.update(repeating: 0)
    inflow.update(repeating: 0)
    if usesStretches { byStretch.update(repeating: 0) }
    outcome.pointee = TrialOutcome()
  }
}

/// Trials that are settled by totals side by side, a row each.
struct BlockRows {
  /// How many trials a block holds: so many that their rows stay in the first cache.
  static let count = 8

  private let horizon: Int
  private let inflowLength: Int
  private let stretchLength: Int
  private let outflow: UnsafeMutableBufferPointer<Int64>
  private let inflow: UnsafeMutableBufferPointer<Int64>
  private let byStretch: UnsafeMutableBufferPointer<Int64>
  private let closing: UnsafeMutableBufferPointer<Int64>
  private let outcomes: UnsafeMutableBufferPointer<TrialOutcome>
  private let costs: CostRows?
  /// With a thousand banks the stretches are most of a row, and only claims that were settled beforehand are
  /// added to them.
  private let usesStretches: Bool

  init(_ terms: FundTerms, totals: OwedTotals, in memory: WorkingMemory) {
    horizon = terms.hot.horizon
    inflowLength = horizon + terms.longestLag
    stretchLength = totals.rowLength
    outflow = memory.table(0, count: Self.count * horizon)
    inflow = memory.table(0, count: Self.count * inflowLength)
    byStretch = memory.table(0, count: Self.count * stretchLength)
    closing = memory.table(0, count: Self.count * horizon)
    outcomes = memory.table(TrialOutcome(), count: Self.count)
    costs = terms.coveredSchedule.map { CostRows($0, count: Self.count, in: memory) }
    usesStretches = terms.claims.contains { $0.isFixed }
  }

  /// A row.
  subscript(index: Int) -> TrialRow {
    TrialRow(
      outflow: part(of: outflow, index, horizon), inflow: part(of: inflow, index, inflowLength),
      byStretch: part(of: byStretch, index, stretchLength),
      closing: part(of: closing, index, horizon),
      outcome: outcomes.baseAddress.unsafelyUnwrapped + index, cost: costs?[index],
      usesStretches: usesStretches)
  }

  @inline(__always)
  private func part<Element>(
    of table: UnsafeMutableBufferPointer<Element>, _ index: Int, _ length: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: table[index &* length..<(index &+ 1) &* length])
  }
}
