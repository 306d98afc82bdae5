public import CompensationKernel
import FundCore

/// A figure that every trial records for a fund.
public enum OutcomeColumn: Hashable, Sendable {
  /// The first month in which an amount owed went unpaid for lack of balance; −1 if none.
  case exhaustionMonth
  /// The number of defaults of the portfolio.
  case defaults
  /// What the fund paid, in fen.
  case compensation
  /// What it owed and did not pay, in fen.
  case unpaid
  /// What came back to it, in fen.
  case returned
  /// Management fees, in fen.
  case fees
  /// Interest, in fen.
  case interest
  /// The balance at the end, in fen.
  case closing
  /// The lowest balance at the end of a month (or at the start), in fen.
  case lowest
  /// The smallest initial amount that leaves nothing unpaid, in fen.
  case neededCapital
  /// The smallest initial amount that leaves nothing unpaid in so many months from the start, in
  /// fen; recorded for the plan's `capitalMonths` only.
  case neededCapitalThrough(months: Int)
  /// A party's loss on covered claims after recoveries, in fen.
  case loss(Party)
  /// The banks' loss outside cover after recoveries, in fen.
  case lossOutsideCover
}

/// What every trial left behind for one fund: a column a figure, a row a trial, and the first
/// months of breach. About 8 bytes a column and 2 a threshold and bank, for each trial.
///
/// A class, because trials write their own rows from many threads into one allocation.
final class OutcomeTable: @unchecked Sendable {
  let columns: [OutcomeColumn]
  let trialCount: Int
  let breachWidth: Int
  private let firstCapitalColumn: Int
  // Threads write disjoint rows; measured, one preallocated buffer costs nothing next to the
  // copying that merging per-thread arrays would take. Rows begin when their trials do: until then the
  // system has no memory to find for them.
  private let values: UnsafeMutablePointer<Int64>
  private let breachMonths: UnsafeMutablePointer<Int16>

  init(parties: [Party], breachWidth: Int, trialCount: Int, capitalMonths: [Int]) {
    let plain: [OutcomeColumn] =
      [
        .exhaustionMonth, .defaults, .compensation, .unpaid, .returned, .fees, .interest, .closing,
        .lowest, .neededCapital, .lossOutsideCover,
      ] + parties.map { .loss($0) }
    columns = plain + capitalMonths.map { .neededCapitalThrough(months: $0) }
    firstCapitalColumn = plain.count
    self.trialCount = trialCount
    self.breachWidth = breachWidth
    values = .allocate(capacity: max(1, columns.count * trialCount))
    breachMonths = .allocate(capacity: max(1, breachWidth * trialCount))
  }

  deinit {
    values.deallocate()
    breachMonths.deallocate()
  }

  /// Begins some rows, none of which has a breach.
  ///
  /// A row is begun before its trial is run, and its figures are all written then.
  func begin(rows: Range<Int>) {
    for column in 0..<breachWidth {
      (breachMonths + column * trialCount + rows.lowerBound)
        .initialize(repeating: -1, count: rows.count)
    }
  }

  /// Writes the row of a trial.
  func write(_ outcome: TrialOutcome, parties: [Party], trial: Int) {
    func set(_ column: Int, _ value: Int64) { values[column * trialCount + trial] = value }
    set(0, outcome.exhaustionMonth)
    set(1, outcome.defaults)
    set(2, outcome.compensation)
    set(3, outcome.unpaid)
    set(4, outcome.returned)
    set(5, outcome.fees)
    set(6, outcome.interest)
    set(7, outcome.closing)
    set(8, outcome.lowest)
    set(9, outcome.neededCapital)
    set(10, outcome.outsideCover)
    for (index, party) in parties.enumerated() { set(11 + index, outcome.losses[party].fen) }
  }

  /// Writes the needed capital through the month at a place of the plan's `capitalMonths`.
  func writeCapital(_ amount: Int64, place: Int, trial: Int) {
    values[(firstCapitalColumn + place) * trialCount + trial] = amount
  }

  /// Writes a first month of breach.
  func writeBreach(_ month: Int16, column: Int, trial: Int) {
    breachMonths[column * trialCount + trial] = month
  }

  /// The first `count` rows of a column.
  func column(_ column: OutcomeColumn, count: Int) -> [Int64] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    return Array(UnsafeBufferPointer(start: values + index * trialCount, count: count))
  }

  /// The first `count` rows of a breach column.
  func breachColumn(_ column: Int, count: Int) -> [Int16] {
    Array(UnsafeBufferPointer(start: breachMonths + column * trialCount, count: count))
  }

  /// Some rows of the column at a place, where they lie; they live as long as the table.
  func column(at index: Int, rows: Range<Int>) -> UnsafeBufferPointer<Int64> {
    UnsafeBufferPointer(start: values + index * trialCount + rows.lowerBound, count: rows.count)
  }

  /// Some rows of the breach column at a place, where they lie.
  func breachColumn(at index: Int, rows: Range<Int>) -> UnsafeBufferPointer<Int16> {
    UnsafeBufferPointer(
      start: breachMonths + index * trialCount + rows.lowerBound, count: rows.count)
  }

  /// Writes the rows of a segment.
  ///
  /// - Precondition: It has the table's columns, and the rows are there.
  func write(_ segment: RunSegment.Fund, from row: Int) {
    for (index, column) in segment.columns.enumerated() {
      (values + index * trialCount + row).update(from: column, count: column.count)
    }
    for (index, column) in segment.breachMonths.enumerated() {
      (breachMonths + index * trialCount + row).update(from: column, count: column.count)
    }
  }
}
