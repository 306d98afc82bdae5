/// Keeps what a run has done, so that another run can go on from there to the same bits.
public protocol RunJournal {
  /// Hands over what an earlier run kept, one segment after the other.
  ///
  /// - Parameter take: Takes the next segment; `false` if it does not fit, which ends it.
  func restore(_ shape: RunShape, _ take: (RunSegment) -> Bool)

  /// How many trials to run before the next segment is kept, at least 1.
  func nextCount() -> Int

  /// Keeps what was done. It may be written later, from another thread.
  func keep(_ rows: FinishedRows)
}

/// What happened in some trials that follow each other, in rows.
public struct RunSegment: Sendable, Equatable {
  /// What happened to one fund.
  public struct Fund: Sendable, Equatable {
    /// A column a figure, in trial order.
    public var columns: [[Int64]]
    /// A column a threshold and bank: the first month of breach, −1 for none.
    public var breachMonths: [[Int16]]
    /// What sums over the trials, as a list.
    public var sums: [Int128]

    /// Creates what happened to a fund.
    public init(columns: [[Int64]], breachMonths: [[Int16]], sums: [Int128]) {
      self.columns = columns
      self.breachMonths = breachMonths
      self.sums = sums
    }
  }

  /// The trials, counted from the first one of the run.
  public var rows: Range<Int>
  /// One entry a fund of the plan.
  public var funds: [Fund]

  /// Creates a segment.
  public init(rows: Range<Int>, funds: [Fund]) {
    self.rows = rows
    self.funds = funds
  }
}

/// Rows of a run that are done, where they lie: nobody writes them any more, and nothing is copied.
public struct FinishedRows: Sendable {
  /// The trials, counted from the first one of the run.
  public let rows: Range<Int>
  private let tables: [OutcomeTable]
  private let tallies: [FundTally]

  init(_ rows: Range<Int>, of tables: [OutcomeTable], _ tallies: [FundTally]) {
    self.rows = rows
    self.tables = tables
    self.tallies = tallies
  }

  /// The number of funds.
  public var fundCount: Int { tables.count }

  /// How many columns of figures, and of breaches, a fund has.
  public func columnCounts(fund: Int) -> (figures: Int, breaches: Int) {
    (tables[fund].columns.count, tables[fund].breachWidth)
  }

  /// What sums over the rows, as a list.
  public func sums(fund: Int) -> [Int128] { tallies[fund].numbers }

  /// Shows a column of figures, in trial order.
  public func withColumn(_ index: Int, fund: Int, _ body: (UnsafeBufferPointer<Int64>) -> Void) {
    body(tables[fund].column(at: index, rows: rows))
  }

  /// Shows a column of breaches, in trial order.
  public func withBreaches(_ index: Int, fund: Int, _ body: (UnsafeBufferPointer<Int16>) -> Void) {
    body(tables[fund].breachColumn(at: index, rows: rows))
  }
}

/// How large the segments of a run can be. A segment that says it is larger is none of this run, whoever
/// wrote it, and is not unpacked.
public struct RunShape: Sendable {
  /// The rows of one fund.
  public struct Fund: Sendable {
    /// How many columns of figures it has.
    public let figures: Int
    /// How many columns of breaches it has.
    public let breaches: Int
  }

  /// The trials of the run.
  public let rowCount: Int
  /// One entry a fund.
  public let funds: [Fund]

  init(_ tables: [OutcomeTable]) {
    rowCount = tables.first?.trialCount ?? 0
    funds = tables.map { Fund(figures: $0.columns.count, breaches: $0.breachWidth) }
  }
}

/// The figures of a run while it goes on.
struct RunRecord {
  let tables: [OutcomeTable]
  private(set) var tallies: [FundTally]
  /// How many rows are done, from the first on.
  private(set) var rowCount = 0

  init(tables: [OutcomeTable], tallies: [FundTally]) {
    self.tables = tables
    self.tallies = tallies
  }

  /// Adds trials whose rows stand in the tables already.
  mutating func add(rows count: Int, _ tallies: [FundTally]) {
    for index in tallies.indices { self.tallies[index].merge(tallies[index]) }
    rowCount += count
  }

  /// Takes what was kept of the trials that come next.
  ///
  /// - Returns: Whether it fits; otherwise nothing was taken.
  mutating func take(_ segment: RunSegment) -> Bool {
    guard segment.rows.lowerBound == rowCount, segment.funds.count == tables.count,
      segment.rows.upperBound <= tables.first?.trialCount ?? 0,
      zip(segment.funds, tables).allSatisfy({ fund, table in
        fund.fits(table, count: segment.rows.count, horizon: tallies[0].paid.count)
      })
    else { return false }
    var sums = tallies
    for (index, fund) in segment.funds.enumerated() {
      guard sums[index].add(fund.sums[...]) else { return false }
    }
    tallies = sums
    for (fund, table) in zip(segment.funds, tables) { table.write(fund, from: rowCount) }
    rowCount = segment.rows.upperBound
    return true
  }
}

extension RunSegment.Fund {
  /// Whether the rows are those of a table, with months that a run can have.
  fileprivate func fits(_ table: OutcomeTable, count: Int, horizon: Int) -> Bool {
    columns.count == table.columns.count && columns.allSatisfy { $0.count == count }
      && breachMonths.count == table.breachWidth
      && breachMonths.allSatisfy { months in
        months.count == count && months.allSatisfy { (-1..<horizon).contains(Int($0)) }
      }
      && zip(columns, table.columns).allSatisfy { values, column in
        column.unit != .month || values.allSatisfy { (-1..<Int64(horizon)).contains($0) }
      }
  }
}
