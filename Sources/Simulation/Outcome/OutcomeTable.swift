import CompensationKernel
import FundCore

/// What every trial left behind for one fund: a column a figure, a row a trial, and the first
/// months of breach. 8 bytes a figure and 2 a threshold and bank, for each trial.
///
/// A class, because trials write their own rows from many threads into one allocation.
final class OutcomeTable: @unchecked Sendable {
  let columns: [OutcomeColumn]
  let trialCount: Int
  let breachWidth: Int
  private let sources: [OutcomeColumn.Source]
  /// From where on the needed capital of some months stands; behind the last column if it does not.
  private let firstCapitalColumn: Int
  /// The same of the figures of the fund's cost.
  private let firstCostColumn: Int
  // Threads write disjoint rows; measured, one preallocated buffer costs nothing next to the
  // copying that merging per-thread arrays would take. Rows begin when their trials do: until then the
  // system has no memory to find for them.
  private let values: UnsafeMutablePointer<Int64>
  private let breachMonths: UnsafeMutablePointer<Int16>

  init(_ fund: FundColumns, trialCount: Int) {
    columns = fund.figures
    sources = columns.map(\.source)
    firstCapitalColumn =
      sources.firstIndex { if case .neededCapital = $0 { true } else { false } } ?? sources.count
    firstCostColumn =
      sources.firstIndex { if case .cost = $0 { true } else { false } } ?? sources.count
    breachWidth = fund.breachCount
    self.trialCount = trialCount
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

  /// Writes the row of a trial, but for the needed capital of some months and what filling up has given by
  /// year.
  ///
  /// Not inlined, so that its few variables stay in registers.
  @inline(never)
  func write(
    _ outcome: UnsafePointer<TrialOutcome>, _ closing: UnsafeMutableBufferPointer<Int64>,
    losses places: [PartyPlace], trial: Int
  ) {
    let (sources, stride) = (sources, trialCount)
    var place = values + trial
    let losses = outcome.pointee.losses
    let figures = UnsafeRawPointer(outcome)
    for source in sources {
      switch source {
      case .outcome(let offset):
        place.pointee = figures.load(fromByteOffset: offset, as: Int64.self)
      case .balance(let month): place.pointee = closing[month]
      case .loss(let party): place.pointee = losses[places[party]].fen
      case .neededCapital, .filledUp, .cost: break
      }
      place += stride
    }
  }

  /// Writes the needed capital of so many months from the start, where it is recorded.
  @inline(__always)
  func writeCapital(trial: Int, _ needed: (_ months: Int) -> Int64) {
    guard firstCapitalColumn < firstCostColumn else { return }
    for column in firstCapitalColumn..<firstCostColumn {
      guard case .neededCapital(let months) = sources[column] else { continue }
      values[column * trialCount + trial] = needed(months)
    }
  }

  /// Writes the figures of the fund's cost.
  func writeCosts(trial: Int, _ figures: UnsafeMutableBufferPointer<Int64>) {
    for (place, figure) in figures.enumerated() {
      values[(firstCostColumn + place) * trialCount + trial] = figure
    }
  }

  /// Writes what filling up has given by calendar year.
  func writeFilledUp(_ byYear: UnsafeMutableBufferPointer<Int64>, trial: Int) {
    for (column, source) in sources.enumerated() {
      if case .filledUp(let place) = source {
        values[column * trialCount + trial] = byYear[place]
      }
    }
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
