import FundCore
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

  /// A column of numbers.
  enum Column: Hashable {
    /// A figure of the trial.
    case figure(OutcomeColumn)
    /// The first month in which any bank reached the threshold of this name.
    case firstBreach(String)
  }

  /// What stands in the column `reading` beside the scenario's own funds.
  static let ownReading = "own"

  let parts: [Part]
  /// Whether there is a column `reading`.
  let namesReadings: Bool
  /// The columns of all funds in order; a fund without one leaves its cells empty.
  let columns: [Column]

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
    self.parts = parts
    namesReadings = readings != nil
    var seen = Set<Column>()
    let all =
      parts.flatMap { $0.fund.columns.map { Column.figure($0) } }
      + parts.flatMap { $0.fund.thresholdNames.map { Column.firstBreach($0) } }
    columns = all.filter { seen.insert($0).inserted }
  }
}

extension TrialTable.Column {
  /// Its name in the files.
  var name: String {
    switch self {
    case .figure(let column): column.name
    case .firstBreach(let threshold): "firstBreach:" + threshold
    }
  }

  /// What its numbers are.
  var unit: FigureUnit {
    switch self {
    case .figure(let column): column.unit
    case .firstBreach: .month
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
    var csv = CSVText()
    let heads = ["fund", "trial"] + columns.map(\.name) + (namesReadings ? ["reading"] : [])
    for head in heads { csv.add(CSVText.quoted(head)) }
    try csv.endRow(to: sink)
    for part in parts { try write(part, into: &csv, sink) }
    try csv.finish(to: sink)
  }

  private func write(
    _ part: Part, into csv: inout CSVText, _ sink: (String) throws -> Void
  ) rethrows {
    // A fund under another reading is still that fund.
    let name = CSVText.quoted(parts[part.place].fund.plan.name)
    let reading = CSVText.quoted(part.reading)
    let cells = columns.map { (isMoney: $0.unit == .fen, values: $0.values(of: part.fund)) }
    for trial in 0..<part.fund.trialCount {
      csv.add(name)
      csv.add(Int64(trial))
      for cell in cells {
        guard let values = cell.values else {
          csv.add("")
          continue
        }
        if cell.isMoney { csv.add(fen: values[trial]) } else { csv.add(month: values[trial]) }
      }
      if namesReadings { csv.add(reading) }
      try csv.endRow(to: sink)
    }
  }
}

extension CSVText {
  /// Adds a count or a month; nothing for a month that never came.
  fileprivate mutating func add(month: Int64) {
    if month >= 0 { add(month) } else { add("") }
  }
}
