import RandomStreams

/// A yearly table of loans at risk and defaults: what most banks have.
public struct YearlyHistory: Sendable, Hashable {
  /// What the loans at risk of a row count.
  public enum Counting: Sendable, Hashable {
    /// Loan-years: a loan that ran for half of the year counts one half.
    case loanYears
    /// The loans at the year's start; their mean remaining term in months, each loan's at most 12.
    ///
    /// Loans of 12 months that start evenly over the year have 12, 11, … 1 months left: 6.5.
    case atStart(meanRemainingMonths: Double)
  }

  /// One row.
  public struct Row: Sendable, Hashable {
    /// The year.
    public let year: Int
    /// The number of its grade; `nil` for all grades together.
    public let grade: Int?
    /// Loans or loan-years at risk, by the table's ``Counting``.
    public let atRisk: Double
    /// Loans that defaulted.
    public let defaults: Int
    /// The amount at risk, in any one unit.
    public let exposure: Double?
    /// The loss base of the year's defaults, before recoveries.
    public let loss: Double?
    /// What has been recovered of it so far.
    public let recovered: Double?

    /// Creates a row.
    public init(
      year: Int, grade: Int? = nil, atRisk: Double, defaults: Int, exposure: Double? = nil,
      loss: Double? = nil, recovered: Double? = nil
    ) {
      self.year = year
      self.grade = grade
      self.atRisk = atRisk
      self.defaults = defaults
      self.exposure = exposure
      self.loss = loss
      self.recovered = recovered
    }
  }

  /// The grades, best first; empty if the table knows none.
  public let grades: [String]

  /// The rows, in any order.
  public let rows: [Row]

  /// What the loans at risk count.
  public let counting: Counting

  /// Creates a table; what is wrong with it ``history()`` tells.
  public init(grades: [String] = [], rows: [Row], counting: Counting = .loanYears) {
    self.grades = grades
    self.rows = rows
    self.counting = counting
  }

  /// The table as the likelihood wants it, loans at a year's start converted to loan-years.
  public func history() throws(HistoryProblems) -> DefaultHistory {
    let problems = problems
    let years = rows.map(\.year)
    guard problems.isEmpty, let first = years.min(), let last = years.max() else {
      throw HistoryProblems(problems.isEmpty ? [.empty] : problems)
    }
    let names = grades.isEmpty ? [""] : grades
    var cells = [[DefaultHistory.Cell]](
      repeating: names.map { _ in DefaultHistory.Cell(atRisk: 0, defaults: 0) },
      count: last - first + 1)
    for row in rows {
      cells[row.year - first][row.grade ?? 0] = DefaultHistory.Cell(
        atRisk: loanYears(row), defaults: row.defaults)
    }
    return DefaultHistory(grades: names, firstYear: first, cells: cells, assessment: .yearly)
  }

  /// The loan-years of a row.
  ///
  /// Of loans counted at the start with m months left on average, a part d / n defaults within them.
  /// Spread evenly, that is a year's probability p = 1 − (1 − d/n)^(12/m), and d / p loan-years have
  /// it; without a default, n m / 12. (12-month loans: 1.36 % of those at the start is 2.5 % a year.)
  public func loanYears(_ row: Row) -> Double {
    guard case .atStart(let months) = counting else { return row.atRisk }
    guard row.defaults > 0, row.atRisk > 0 else { return row.atRisk * months / 12 }
    let share = Double(row.defaults) / row.atRisk
    guard share < 1 else { return Double(row.defaults) }
    return Double(row.defaults) / oneMinusExponential(12 / months * logarithm(onePlus: -share))
  }

  /// What a year can be.
  private static let years = 1000...9999

  /// All that is wrong with the rows.
  private var problems: [HistoryProblem] {
    guard !rows.isEmpty else { return [.empty] }
    var problems: [HistoryProblem] = []
    if case .atStart(let months) = counting, !(months > 0 && months <= 12) {
      problems.append(.badRemainingTerm(months))
    }
    var seen: [[Int?]: Int] = [:]
    let ungraded = rows.firstIndex { $0.grade == nil }
    for (index, row) in rows.enumerated() {
      let numbers = [row.atRisk, row.exposure ?? 0, row.loss ?? 0, row.recovered ?? 0]
      let isKnown = row.grade.map(grades.indices.contains) ?? true
      if numbers.contains(where: { !$0.isFinite || $0 < 0 }) || row.defaults < 0 || !isKnown
        || !Self.years.contains(row.year)
      {
        problems.append(.badNumber(row: index))
      } else if Double(row.defaults) > row.atRisk {
        problems.append(.moreDefaultsThanAtRisk(row: index))
      }
      if let first = seen[[row.year, row.grade]] {
        problems.append(.yearTwice(row: index, first: first))
      } else {
        seen[[row.year, row.grade]] = index
      }
      if let ungraded, row.grade != nil {
        problems.append(.gradesOverlap(row: index, other: ungraded))
      }
    }
    let years = Set(rows.map(\.year).filter(Self.years.contains))
    if let first = years.min(), let last = years.max() {
      let missing = (first...last).filter { !years.contains($0) }
      if !missing.isEmpty { problems.append(.yearsMissing(missing)) }
    }
    return problems
  }

  /// What was recovered of each year's losses; of years without the numbers, nothing.
  public var recoveries: [YearlyRecovery] {
    let byYear = Dictionary(grouping: rows) { $0.year }
    return byYear.keys.sorted().compactMap { year in
      let rows = (byYear[year] ?? []).filter { $0.loss != nil && $0.recovered != nil }
      let loss = rows.reduce(0) { $0 + ($1.loss ?? 0) }
      guard loss > 0 else { return nil }
      return YearlyRecovery(
        year: year, weight: loss, rate: rows.reduce(0) { $0 + ($1.recovered ?? 0) } / loss)
    }
  }

  /// What each year's defaults cost; of years in which a row with defaults does not say it, nothing.
  public var losses: [YearlyLosses] {
    let byYear = Dictionary(grouping: rows) { $0.year }
    return byYear.keys.sorted().compactMap { year in
      let rows = byYear[year] ?? []
      guard rows.contains(where: { $0.loss != nil }),
        rows.allSatisfy({ $0.loss != nil || $0.defaults == 0 })
      else { return nil }
      let atRisk = rows.reduce(0) { $0 + $1.atRisk }
      let isExposed = atRisk > 0 && rows.allSatisfy { $0.exposure != nil || $0.atRisk == 0 }
      return YearlyLosses(
        year: year, count: rows.reduce(0) { $0 + $1.defaults },
        sum: rows.reduce(0) { $0 + ($1.loss ?? 0) }, squares: nil,
        exposure: isExposed ? rows.reduce(0) { $0 + ($1.exposure ?? 0) } / atRisk : nil)
    }
  }
}
