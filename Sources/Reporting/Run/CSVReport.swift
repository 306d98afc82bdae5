import FundCore
import LossStatistics
import ReportForm
public import Simulation
import ReportForm

extension RiskReport {
  /// Writes `timeline.csv`: a row a month and fund, amounts in yuan. An error that the trials do not
  /// show is empty; the interval stands beside it.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeTimeline(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText()
    let heads =
      [
        "fund", "month", "calendarMonth", "survival", "survivalStandardError", "survivalLow",
        "survivalHigh",
      ]
      + MonthEstimates.balanceLevels.map { "balance\($0.millionths / 10_000)" }
      + ["meanPaid", "meanReturned"]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    for fund in estimates.funds {
      for month in fund.timeline {
        csv.add(CSVText.quoted(fund.name))
        csv.add(Int64(month.month))
        csv.add(estimates.firstMonth.advanced(by: month.month).description)
        csv.add(month.survival.value)
        csv.add(month.survival.standardError ?? .nan)
        csv.add(month.survival.interval95.low)
        csv.add(month.survival.interval95.high)
        for balance in month.balance { csv.add(balance) }
        csv.add(month.meanPaid)
        csv.add(month.meanReturned)
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}

/// The table of all trials, for notebooks.
public struct TrialTable {
  /// A fund whose trials are rows.
  struct Part {
    let fund: FundResult
    /// The scenario's fund that it is, or of which it is another reading.
    let place: Int
    /// Under which reading.
    let reading: String
  }

  /// What stands in the column `reading` beside the scenario's own funds.
  static let ownReading = "own"

  let parts: [Part]
  /// Whether there is a column `reading`.
  let namesReadings: Bool
  /// The columns of all funds in order; a fund without one leaves its cells empty.
  let names: [String]
  let thresholds: [String]

  /// Creates the table of a run.
  ///
  /// - Parameters:
  ///   - result: The run.
  ///   - fundCount: How many of its funds are the scenario's own. Those behind them, which only show
  ///     what another reading would come to, are no rows.
  ///   - readings: If not `nil`, those behind are rows as well: of which fund each is, and the name of
  ///     its reading.
  public init(
    _ result: SimulationResult, fundCount: Int, readings: [(fund: Int, name: String)]? = nil
  ) {
    var parts = result.funds.prefix(fundCount).enumerated().map {
      Part(fund: $0.element, place: $0.offset, reading: Self.ownReading)
    }
    for (fund, other) in zip(result.funds.dropFirst(fundCount), readings ?? []) {
      parts.append(Part(fund: fund, place: other.fund, reading: other.name))
    }
    var names: [String] = []
    var thresholds: [String] = []
    for part in parts {
      for column in part.fund.namedColumns where !names.contains(column.name) {
        names.append(column.name)
      }
      for threshold in part.fund.thresholdNames where !thresholds.contains(threshold) {
        thresholds.append(threshold)
      }
    }
    self.parts = parts
    namesReadings = readings != nil
    self.names = names
    self.thresholds = thresholds
  }

  /// Writes `trials.csv`: a row a trial and fund, fund after fund. Amounts are in yuan; after them
  /// come the first months in which any bank reached each threshold, and the reading if that is asked
  /// for. A month that never came is empty.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func write(to sink: (String) throws -> Void) rethrows {
    try table.writeCSV(blocks: parts.count, block: block(at:), to: sink)
  }

  /// Writes `trials.npy`, which `numpy.load` reads: a record a trial and fund, fund after fund, with
  /// the columns of `trials.csv`. `fund` is the fund's place in the run, from 0; amounts are in yuan,
  /// not a number where a fund has no such party; a month that never came is −1. `reading` is a text,
  /// if it is asked for.
  ///
  /// - Parameter sink: Takes the bytes in chunks, in order.
  public func writeNumPy(to sink: ([UInt8]) throws -> Void) rethrows {
    let rows = parts.reduce(0) { $0 + $1.fund.trialCount }
    try table.writeNumPy(rows: rows, blocks: parts.count, block: block(at:), to: sink)
  }

  private var table: ColumnTable {
    let known = parts.flatMap(\.fund.namedColumns)
    let outcomes = names.map { name in
      let isMoney = known.first { $0.name == name }?.isMoney ?? false
      return ColumnTable.Column(name, isMoney ? .yuan : .whole(bytes: 4))
    }
    let longest = parts.map(\.reading.unicodeScalars.count).max() ?? 1
    return ColumnTable(
      columns: [.init("fund", .name), .init("trial", .row)] + outcomes
        + thresholds.map { .init("firstBreach:" + $0, .whole(bytes: 2)) }
        + (namesReadings ? [.init("reading", .text(length: longest))] : []))
  }

  private func block(at place: Int) -> ColumnTable.Block {
    let part = parts[place]
    let fund = part.fund
    let known = fund.namedColumns
    let outcomes = names.map { name in
      ColumnTable.Cells.numbers(
        known.first { $0.name == name }.map { fund.column($0.column) } ?? [])
    }
    let breaches = thresholds.map { threshold in
      ColumnTable.Cells.months(
        fund.thresholdNames.firstIndex(of: threshold).map {
          fund.firstBreaches(threshold: $0, slot: nil)
        } ?? [])
    }
    // A fund under another reading is still that fund.
    let name = ColumnTable.Cells.name(parts[part.place].fund.plan.name, number: part.place)
    return ColumnTable.Block(
      rows: fund.trialCount,
      cells: [name, .row] + outcomes + breaches + (namesReadings ? [.text(part.reading)] : []))
  }
}
