/// The claims of a block of trials against one fund, added cell by cell: rows of their own, from which each
/// trial's are taken when its turn comes.
struct CellSums {
  private let terms: FundTerms
  private let lengths: (outflow: Int, inflow: Int, byStretch: Int)
  private let outflow: UnsafeMutableBufferPointer<Int64>
  private let inflow: UnsafeMutableBufferPointer<Int64>
  private let byStretch: UnsafeMutableBufferPointer<Int64>
  private let rows: PlainRows
  private let totals: OwedTotals

  /// - Parameter row: A row as those of the fund.
  init(_ terms: FundTerms, like row: TrialRow, totals: OwedTotals, in memory: WorkingMemory) {
    self.terms = terms
    self.totals = totals
    lengths = (row.outflow.count, row.inflow.count, row.byStretch.count)
    let count = BlockWalk.trialCount
    outflow = memory.table(0, count: count * lengths.outflow)
    inflow = memory.table(0, count: count * lengths.inflow)
    byStretch = memory.table(0, count: count * lengths.byStretch)
    let delay = min(terms.hot.delay, terms.hot.horizon - 1)
    rows = PlainRows(
      rows: memory.table(
        of: (0..<count).map { [lengths, outflow, inflow, byStretch] index in
          ClaimRow(
            outflow: outflow.baseAddress.unsafelyUnwrapped + index * lengths.outflow + delay,
            inflow: inflow.baseAddress.unsafelyUnwrapped + index * lengths.inflow + delay,
            byStretch: byStretch.baseAddress.unsafelyUnwrapped + index * lengths.byStretch)
        }), sums: memory.table(PlainSums(), count: count))
  }

  /// Forgets the block before.
  func clear() {
    outflow.update(repeating: 0)
    inflow.update(repeating: 0)
    byStretch.update(repeating: 0)
    rows.sums.update(repeating: PlainSums())
  }

  /// Adds the claims of defaults of one cell.
  func add(_ list: CellDefaults, count: Int, period: Int, dividing division: some PlainDivision) {
    PlainClaims(division, delay: terms.hot.delay, horizon: terms.hot.horizon, totals: totals)
      .add(count, of: list, terms.records, terms.hot.arrivals.kind(of: period), to: rows)
  }

  /// Copies a trial's sums to its row.
  func take(_ index: Int, into row: TrialRow) -> PlainSums {
    _ = row.outflow.update(
      fromContentsOf: outflow[index * lengths.outflow..<(index + 1) * lengths.outflow])
    _ = row.inflow.update(
      fromContentsOf: inflow[index * lengths.inflow..<(index + 1) * lengths.inflow])
    _ = row.byStretch.update(
      fromContentsOf: byStretch[index * lengths.byStretch..<(index + 1) * lengths.byStretch])
    return rows.sums[index]
  }
}
