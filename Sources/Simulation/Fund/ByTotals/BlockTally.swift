/// The months of a block's trials, summed before they are added to the tally: in 64 bits, which hold eight
/// trials, and then once in 128; and the balances month by month.
struct BlockTally {
  private let horizon: Int
  private let binsPerFen: Double
  private let sums: FlowSums
  /// The balances of the trials so far.
  private let closing: UnsafeMutableBufferPointer<UnsafeMutablePointer<Int64>>
  private var count = 0

  init(_ terms: FundTerms, in memory: WorkingMemory) {
    horizon = terms.hot.horizon
    binsPerFen = terms.hot.binsPerFen
    sums = FlowSums(horizon: horizon, in: memory)
    closing = memory.table(sums.paid.baseAddress.unsafelyUnwrapped, count: BlockRows.count)
  }

  /// Adds a trial, and notes in its figures what it paid and what came back.
  mutating func add(_ row: TrialRow) {
    let (sums, outflow, inflow) = (sums, row.outflow, row.inflow)
    var (paid, returned): (Int64, Int64) = (0, 0)
    for month in 0..<horizon {
      paid &+= outflow[month]
      returned &+= inflow[month]
      sums.paid[month] &+= outflow[month]
      sums.returned[month] &+= inflow[month]
    }
    row.outcome.pointee.compensation = paid
    row.outcome.pointee.returned = returned
    closing[count] = row.closing.baseAddress.unsafelyUnwrapped
    count += 1
  }

  /// Hands the months to the tally.
  mutating func finish(into tally: inout FundTally) {
    tally.add(sums)
    tally.count(UnsafeBufferPointer(rebasing: closing[0..<count]), binsPerFen: binsPerFen)
    sums.paid.update(repeating: 0)
    sums.returned.update(repeating: 0)
    count = 0
  }
}
