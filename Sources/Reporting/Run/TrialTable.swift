import FundCore
import ReportForm
public import Simulation

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

  /// A fund of the scenario under another reading.
  public struct OtherReading: Sendable {
    let fund: Int
    let name: String

    /// Names the position of the fund, and the reading: `I-16:outstanding`.
    public init(fund: Int, name: String) {
      self.fund = fund
      self.name = name
    }
  }

  /// A column of numbers.
  enum Column: Hashable {
    /// A figure of the trial.
    case figure(OutcomeColumn)
    /// The first month in which any bank reached the threshold of this name.
    case firstBreach(String)
    /// A figure of a year.
    case year(YearFigure, YearPeriod)
  }

  /// What stands in the column `reading` beside the scenario's own funds.
  static let ownReading = "own"

  let parts: [Part]
  /// Whether there is a column `reading`.
  let namesReadings: Bool
  /// The columns of all funds in order; a fund without one leaves its cells empty.
  let columns: [Column]
  /// The years of the scenario's own funds; `nil` where nobody asks for them.
  let years: YearlyTrials?

  /// Creates the table of a run.
  ///
  /// - Parameters:
  ///   - result: The run.
  ///   - fundCount: How many of its funds are the scenario's own. Those behind them, which only show
  ///     what another reading would come to, are no rows.
  ///   - readings: If not `nil`, those behind are rows as well: of which fund each is, and the name of
  ///     its reading.
  ///   - years: If not `nil`, the years of the scenario's own funds are columns as well.
  public init(
    _ result: SimulationResult, fundCount: Int, readings: [OtherReading]? = nil,
    years: YearlyTrials? = nil
  ) {
    self.years = years
    var parts = result.funds.prefix(fundCount).enumerated().map {
      Part(fund: $0.element, place: $0.offset, reading: Self.ownReading)
    }
    for (fund, other) in zip(result.funds.dropFirst(fundCount), readings ?? []) {
      parts.append(Part(fund: fund, place: other.fund, reading: other.name))
    }
    self.parts = parts
    namesReadings = readings != nil
    var seen = Set<Column>()
    let all =
      parts.flatMap { $0.fund.columns.map { Column.figure($0) } }
      + parts.flatMap { $0.fund.thresholdNames.map { Column.firstBreach($0) } }
    let ofYears = (years?.tables.first?.periods ?? []).filter { $0.kind != .run }.flatMap {
      period in
      YearFigure.allCases.map { Column.year($0, period) }
    }
    columns = all.filter { seen.insert($0).inserted } + ofYears
  }
}

extension TrialTable.Column {
  /// Its name in the files.
  var name: String {
    switch self {
    case .figure(let column): column.name
    case .firstBreach(let threshold): "firstBreach:" + threshold
    case .year(let figure, let period): "\(figure.rawValue):\(period.label)"
    }
  }

  /// How its numbers are written.
  var kind: ColumnTable.Kind {
    switch self {
    case .figure(let column): column.unit == .fen ? .yuan : .whole(bytes: 4)
    case .firstBreach: .whole(bytes: 2)
    case .year(let figure, _): figure.isMoney ? .yuan : .number
    }
  }

  /// The numbers of a fund in trial order; `nil` if it has no such column.
  func values(of fund: FundResult) -> [Int64]? {
    switch self {
    case .figure(let column):
      return fund.columns.contains(column) ? fund.column(column) : nil
    case .firstBreach(let threshold):
      guard let place = fund.thresholdNames.firstIndex(of: threshold) else { return nil }
      return fund.firstBreaches(threshold: place, slot: nil).map { Int64($0) }
    case .year: return nil
    }
  }
}

extension TrialTable {
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
  /// not a number where a fund has no such column; a month that never came is −1. `reading` is a text,
  /// if it is asked for.
  ///
  /// - Parameter sink: Takes the bytes in chunks, in order.
  public func writeNumPy(to sink: ([UInt8]) throws -> Void) rethrows {
    let rows = parts.reduce(0) { $0 + $1.fund.trialCount }
    try table.writeNumPy(rows: rows, blocks: parts.count, block: block(at:), to: sink)
  }

  private var table: ColumnTable {
    let longest = parts.map(\.reading.unicodeScalars.count).max() ?? 1
    return ColumnTable(
      columns: [.init("fund", .name), .init("trial", .row)]
        + columns.map { .init($0.name, $0.kind) }
        + (namesReadings ? [.init("reading", .text(length: longest))] : []))
  }

  private func cells(_ column: Column, of part: Part) -> ColumnTable.Cells {
    guard case .year(let figure, let period) = column else {
      return .numbers(column.values(of: part.fund) ?? [])
    }
    guard part.reading == Self.ownReading, let table = years?.tables[part.place],
      let place = table.periods.firstIndex(of: period), table.trialCount >= part.fund.trialCount
    else { return figure.isMoney ? .numbers([]) : .reals([]) }
    return figure.isMoney
      ? .numbers(Array(table.amounts(figure, period: place).prefix(part.fund.trialCount)))
      : .reals(Array(table.ratios(figure, period: place).prefix(part.fund.trialCount)))
  }

  private func block(at place: Int) -> ColumnTable.Block {
    let part = parts[place]
    let values = columns.map { cells($0, of: part) }
    // A fund under another reading is still that fund.
    let name = ColumnTable.Cells.name(parts[part.place].fund.plan.name, number: part.place)
    return ColumnTable.Block(
      rows: part.fund.trialCount,
      cells: [name, .row] + values + (namesReadings ? [.text(part.reading)] : []))
  }
}
