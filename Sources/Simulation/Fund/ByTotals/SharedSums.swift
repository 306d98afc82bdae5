import CompensationKernel
import FundCore

/// What the plain claims of a trial add up to, where they add the same to several funds: the first of these leaves
/// it for the others, which copy three short rows and look at no claim.
///
/// So it is where funds differ in their money, their ratios or the time for which they are watched: in a comparison
/// of sizes, and under another reading of a threshold.
final class SharedSums {
  private let outflow: UnsafeMutableBufferPointer<Int64>
  private let inflow: UnsafeMutableBufferPointer<Int64>
  private let byStretch: UnsafeMutableBufferPointer<Int64>
  private var sums = PlainSums()

  /// - Parameter row: A row as those of the funds.
  init(like row: TrialRow, in memory: WorkingMemory) {
    outflow = memory.table(0, count: row.outflow.count)
    inflow = memory.table(0, count: row.inflow.count)
    byStretch = memory.table(0, count: row.byStretch.count)
  }

  /// Leaves what a trial's row holds, which has its plain claims and nothing else.
  func leave(_ row: TrialRow, _ sums: PlainSums) {
    _ = outflow.update(fromContentsOf: row.outflow)
    _ = inflow.update(fromContentsOf: row.inflow)
    _ = byStretch.update(fromContentsOf: row.byStretch)
    self.sums = sums
  }

  /// Copies it to the row of another fund.
  func take(into row: TrialRow) -> PlainSums {
    _ = row.outflow.update(fromContentsOf: outflow)
    _ = row.inflow.update(fromContentsOf: inflow)
    _ = row.byStretch.update(fromContentsOf: byStretch)
    return sums
  }
}

extension [FundWork] {
  /// Lets funds to which plain claims add the same share what they add.
  mutating func shareClaims(in memory: WorkingMemory) {
    for index in indices.dropFirst() {
      guard let first = indices[..<index].first(where: { self[index].addsClaims(like: self[$0]) })
      else { continue }
      self[index].takeClaims(from: self[first].leaveClaims(in: memory))
    }
  }
}

extension FundTerms {
  /// Whether plain claims add the same to a trial's row as to that of another fund, in whatever trial.
  func addsPlainClaims(like other: FundTerms) -> Bool {
    guard let sole, sole == other.sole, hasPlain, other.hasPlain, !hot.couplesClaims,
      !other.hot.couplesClaims, hot.delay == other.hot.delay,
      records.count == other.records.count
    else { return false }
    let (mine, others) = (UnsafeRawBufferPointer(records), UnsafeRawBufferPointer(other.records))
    return stride(from: 0, to: mine.count, by: MemoryLayout<UInt64>.size).allSatisfy {
      mine.load(fromByteOffset: $0, as: UInt64.self)
        == others.load(fromByteOffset: $0, as: UInt64.self)
    }
  }
}
