/// A loan whose outcome is known, or known so far. Months are counted from a January, so that
/// month 12 j … 12 j + 11 are a year.
public struct HistoricalLoan: Sendable, Hashable {
  /// The number of its grade.
  public let grade: Int
  /// The month of its start.
  public let start: Int
  /// Its term in months.
  public let term: Int
  /// Its first month overdue; `nil` if there is none.
  public let overdue: Int?
  /// The last month in which it was looked at.
  public let lastObserved: Int
  /// What its default cost, before recoveries; `nil` where that is not known, or nothing defaulted.
  public var loss: Double?

  /// Creates a loan.
  public init(grade: Int = 0, start: Int, term: Int, overdue: Int? = nil, lastObserved: Int) {
    self.grade = grade
    self.start = start
    self.term = term
    self.overdue = overdue
    self.lastObserved = lastObserved
  }

  /// The loan with its default in another month.
  fileprivate func overdue(in month: Int) -> HistoricalLoan {
    var loan = HistoricalLoan(
      grade: grade, start: start, term: term, overdue: month, lastObserved: lastObserved)
    loan.loss = loss
    return loan
  }
}

/// A register or tape with outcomes: loan-months, each an assessment that was passed or failed.
public struct LoanHistory: Sendable, Hashable {
  /// Why a loan, or a fact about it, could not be used as it stands.
  public enum Remark: Sendable, Hashable, CaseIterable {
    /// Left out: its term or its dates are no numbers that a loan can have.
    case impossible
    /// Left out: last looked at before its first assessment, in the month after its start.
    case notYetAssessed
    /// Left out: overdue only after it was last looked at.
    case overdueAfterLastObserved
    /// Overdue in its month of start or before: counted in its first assessment.
    case overdueBeforeFirstAssessment
    /// Overdue after its term: counted in its last assessment.
    case overdueAfterTerm
  }

  /// The grades, best first; one empty name where the loans have none.
  public let grades: [String]

  /// The loans that are used, their months overdue within their terms.
  public let loans: [HistoricalLoan]

  /// How many loans have a remark.
  public let remarks: [Remark: Int]

  /// Takes the loans that can be used, and counts the others.
  public init(grades: [String] = [""], loans: [HistoricalLoan]) {
    self.grades = grades
    var used: [HistoricalLoan] = []
    var remarks: [Remark: Int] = [:]
    for loan in loans {
      let (remark, kept) = Self.judged(loan, gradeCount: grades.count)
      if let remark { remarks[remark, default: 0] += 1 }
      if let kept { used.append(kept) }
    }
    self.loans = used
    self.remarks = remarks
  }

  private static func judged(
    _ loan: HistoricalLoan, gradeCount: Int
  ) -> (remark: Remark?, kept: HistoricalLoan?) {
    let isPossible =
      loan.term >= 1 && loan.term <= 1200 && abs(loan.start) < 100_000
      && abs(loan.lastObserved) < 200_000 && (0..<gradeCount).contains(loan.grade)
    guard isPossible else { return (.impossible, nil) }
    let months = loan.start + 1...loan.start + loan.term
    guard loan.lastObserved >= months.lowerBound else { return (.notYetAssessed, nil) }
    guard let overdue = loan.overdue else { return (nil, loan) }
    guard overdue <= loan.lastObserved else { return (.overdueAfterLastObserved, nil) }
    let moved = min(max(overdue, months.lowerBound), months.upperBound)
    let remark: Remark? =
      moved > overdue ? .overdueBeforeFirstAssessment : moved < overdue ? .overdueAfterTerm : nil
    return (remark, loan.overdue(in: moved))
  }

  /// The loans as the likelihood wants them: loan-months and defaults by year and grade.
  public func history() throws(HistoryProblems) -> DefaultHistory {
    let ages = ageCells
    let years = ages.keys.map(\.year)
    guard let first = years.min(), let last = years.max() else { throw HistoryProblems([.empty]) }
    var months = (first...last).map { _ in grades.map { _ in 0 } }
    var defaults = months
    for (place, cell) in ages {
      months[place.year - first][place.grade] += cell.months
      defaults[place.year - first][place.grade] += cell.defaults
    }
    return DefaultHistory(
      grades: grades, firstYear: first,
      cells: zip(months, defaults).map { months, defaults in
        zip(months, defaults).map {
          DefaultHistory.Cell(atRisk: Double($0) / 12, defaults: $1)
        }
      }, assessment: .monthly)
  }

  struct AgePlace: Hashable {
    let year: Int
    let grade: Int
    /// Whole years since the start.
    let age: Int
  }

  struct AgeCell {
    var months = 0
    var defaults = 0
  }

  /// Loan-months and defaults by year, grade and age.
  var ageCells: [AgePlace: AgeCell] {
    var cells: [AgePlace: AgeCell] = [:]
    for loan in loans {
      let end = loan.overdue ?? min(loan.start + loan.term, loan.lastObserved)
      // Month by month is too slow for large registers: by stretches of one year and age.
      var month = loan.start + 1
      while month <= end {
        let age = (month - loan.start - 1) / 12
        let year = Self.year(ofMonth: month)
        let stop = min(end, 12 * year + 11, loan.start + 12 * (age + 1))
        let place = AgePlace(year: year, grade: loan.grade, age: age)
        cells[place, default: AgeCell()].months += stop - month + 1
        if stop == loan.overdue { cells[place, default: AgeCell()].defaults += 1 }
        month = stop + 1
      }
    }
    return cells
  }

  /// What the defaults of each year cost; of years with a default whose loss is not known, nothing.
  var losses: [YearlyLosses] {
    let byYear = Dictionary(grouping: loans.filter { $0.overdue != nil }) {
      Self.year(ofMonth: $0.overdue ?? 0)
    }
    guard let first = byYear.keys.min(), let last = byYear.keys.max() else { return [] }
    return (first...last).compactMap { year in
      let known = byYear[year]?.map(\.loss) ?? []
      let losses = known.compactMap(\.self)
      guard losses.count == known.count else { return nil }
      return YearlyLosses(
        year: year, count: losses.count, sum: losses.reduce(0, +),
        squares: losses.reduce(0) { $0 + $1 * $1 }, exposure: nil)
    }
  }

  /// The year of a month, rounding down.
  public static func year(ofMonth month: Int) -> Int {
    month >= 0 ? month / 12 : (month - 11) / 12
  }
}
