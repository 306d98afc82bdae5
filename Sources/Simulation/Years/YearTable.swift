/// The years of all trials of one fund: a column a figure and time, a row a trial.
///
/// A class, because trials write their own rows from many threads into one allocation.
public final class YearTable: @unchecked Sendable {
  /// Where a trial goes.
  struct Row {
    let table: YearTable
    let number: Int
    /// The balance below which the fund shall not fall, in fen.
    let floor: Int64
  }

  /// The times.
  public let periods: [YearPeriod]
  /// How many trials there are.
  public let trialCount: Int
  /// How many accounts have balances of their own.
  let accountCount: Int
  // Threads write disjoint rows.
  private let values: UnsafeMutablePointer<Int64>
  private static let figures = YearFigure.allCases
  /// The number of defaults of each trial, and what it made the fund owe, in fen, one behind the other.
  private let controls: UnsafeMutablePointer<Int64>

  init(periods: [YearPeriod], accountCount: Int, trialCount: Int) {
    self.periods = periods
    self.accountCount = accountCount
    self.trialCount = trialCount
    let columns = (Self.figures.count + accountCount) * periods.count
    values = .allocate(capacity: max(1, columns * trialCount))
    controls = .allocate(capacity: max(1, 2 * trialCount))
  }

  deinit {
    values.deallocate()
    controls.deallocate()
  }

  /// What a trial takes of memory, in bytes.
  static func bytesPerTrial(periodCount: Int, accountCount: Int) -> Int {
    (figures.count + accountCount) * periodCount * MemoryLayout<Int64>.size
  }

  private func place(_ figure: Int, _ period: Int) -> Int {
    (figure * periods.count + period) * trialCount
  }

  /// Writes the row of a trial.
  ///
  /// - Parameters:
  ///   - course: Its months.
  ///   - budgets: The money that each time needs at its start.
  ///   - accounts: The balances of the accounts at the ends of months.
  func write(_ course: MonthCourse, budgets: [Int64], accounts: [[Int64]], row: Int) {
    for (number, period) in periods.enumerated() {
      for (index, figure) in Self.figures.enumerated() {
        values[place(index, number) + row] =
          figure == .budget
          ? budgets[number]
          : course.amount(figure, in: period)
            ?? course.ratio(figure, in: period).billionths(towards: figure.worstEnd)
      }
      for account in 0..<accountCount {
        values[place(Self.figures.count + account, number) + row] =
          accounts[period.lastMonth][account]
      }
    }
  }

  /// Writes what sharpens the means of a trial.
  ///
  /// - Parameter outcomes: What the trial left behind, in row 0.
  func writeControls(of outcomes: OutcomeTable, row: Int) {
    func figure(_ column: OutcomeColumn) -> Int64 {
      outcomes.columns.firstIndex(of: column).map { outcomes.column(at: $0, rows: 0..<1)[0] } ?? 0
    }
    controls[row] = figure(.defaults)
    controls[trialCount + row] = figure(.compensation) + figure(.unpaid)
  }

  /// A control of every trial, less its centre.
  func control(_ control: FundControls.Control) -> [Int64] {
    let first = control.kind == .defaults ? 0 : trialCount
    let values = UnsafeBufferPointer(start: controls + first, count: trialCount)
    return values.map { $0 &- control.centre }
  }

  /// A figure of a time in trial order: fen, or a ratio in billionths with the marks of `YearRatio` where it is
  /// infinite or not defined.
  public func column(_ figure: YearFigure, period: Int) -> [Int64] {
    let index = Self.figures.firstIndex(of: figure) ?? 0
    return Array(UnsafeBufferPointer(start: values + place(index, period), count: trialCount))
  }

  /// The balance of an account at the end of a time, in trial order, in fen.
  func account(_ account: Int, period: Int) -> [Int64] {
    Array(
      UnsafeBufferPointer(
        start: values + place(Self.figures.count + account, period), count: trialCount))
  }

  /// An amount of a time in trial order, in fen.
  public func amounts(_ figure: YearFigure, period: Int) -> [Int64] {
    column(figure, period: period)
  }

  /// A ratio of a time in trial order: not a number where it is not defined, infinite where its whole is
  /// nothing.
  public func ratios(_ figure: YearFigure, period: Int) -> [Double] {
    column(figure, period: period).map {
      switch $0 {
      case YearRatio.undefinedMark: .nan
      case YearRatio.infiniteMark: .infinity
      default: Double($0) / Double(YearRatio.unit)
      }
    }
  }
}
