/// The money of one trial that is settled by totals, by month: a row of a block.
///
/// Claims add to it in whatever order they come: `outflow` in the month of the claim, `inflow` in that of
/// the recovery, `byStretch` for the bank. Then the months are run on it.
struct TrialRow {
  /// What is owed, shape `[horizon]`.
  let outflow: UnsafeMutableBufferPointer<Int64>
  /// What comes back, shape `[horizon + longest lag]`. What comes after the horizon is nothing.
  let inflow: UnsafeMutableBufferPointer<Int64>
  /// What is owed by bank and stretch of months; see `OwedTotals`. One table for all rows: a trial's
  /// thresholds are looked at before the next trial is drawn.
  let byStretch: UnsafeMutableBufferPointer<Int64>
  /// Compensation, returns and closing balance by month, once its months have been run.
  let months: UnsafeMutableBufferPointer<MonthFlows>
  /// The figures of the trial.
  let outcome: UnsafeMutablePointer<TrialOutcome>

  /// Forgets the trial before.
  func clear() {
    outflow.update(repeating: 0)
    inflow.update(repeating: 0)
    byStretch.update(repeating: 0)
    outcome.pointee = TrialOutcome()
  }
}

/// Trials that are settled by totals side by side, a row each.
struct BlockRows {
  /// How many trials a block holds.
  static let count = 1

  private let horizon: Int
  private let inflowLength: Int
  private let outflow: UnsafeMutableBufferPointer<Int64>
  private let inflow: UnsafeMutableBufferPointer<Int64>
  private let byStretch: UnsafeMutableBufferPointer<Int64>
  private let months: UnsafeMutableBufferPointer<MonthFlows>
  private let outcomes: UnsafeMutableBufferPointer<TrialOutcome>

  init(_ terms: FundTerms, totals: OwedTotals, in memory: WorkingMemory) {
    horizon = terms.hot.horizon
    inflowLength = horizon + terms.longestLag
    outflow = memory.table(0, count: Self.count * horizon)
    inflow = memory.table(0, count: Self.count * inflowLength)
    byStretch = totals.byStretch
    months = memory.table(MonthFlows(), count: Self.count * horizon)
    outcomes = memory.table(TrialOutcome(), count: Self.count)
  }

  /// A row.
  subscript(index: Int) -> TrialRow {
    TrialRow(
      outflow: part(of: outflow, index, horizon), inflow: part(of: inflow, index, inflowLength),
      byStretch: byStretch, months: part(of: months, index, horizon),
      outcome: outcomes.baseAddress.unsafelyUnwrapped + index)
  }

  private func part<Element>(
    of table: UnsafeMutableBufferPointer<Element>, _ index: Int, _ length: Int
  ) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: table[index &* length..<(index &+ 1) &* length])
  }
}
