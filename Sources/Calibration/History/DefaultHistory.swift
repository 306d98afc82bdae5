/// Defaults and loans at risk, by year and grade: all that the likelihood needs to know of a
/// history.
///
/// Made from a ``YearlyHistory`` or a ``LoanHistory``.
public struct DefaultHistory: Sendable, Hashable {
  /// How a loan is assessed (MODEL.md §3).
  public enum Assessment: Sendable, Hashable {
    /// Once a year, with the year's conditional probability C.
    case yearly
    /// In each of its months, with 1 − (1 − C)^(1/12).
    case monthly

    /// The part of a year that one assessment stands for.
    var length: Double { self == .yearly ? 1 : 1.0 / 12 }
  }

  /// One year and grade.
  public struct Cell: Sendable, Hashable {
    /// Loan-years at risk; the month of a default is one of them.
    public let atRisk: Double

    /// Loans that defaulted.
    public let defaults: Int

    /// Creates a cell.
    public init(atRisk: Double, defaults: Int) {
      self.atRisk = atRisk
      self.defaults = defaults
    }

    /// Loan-years without a default, as the likelihood counts them.
    func survived(_ assessment: Assessment) -> Double {
      max(0, atRisk - Double(defaults) * assessment.length)
    }
  }

  /// The grades, best first; one empty name where the history knows none.
  public let grades: [String]

  /// The first year; the others follow without a gap.
  public let firstYear: Int

  /// The cells by year, and in each year by grade.
  public let cells: [[Cell]]

  /// How loans are assessed.
  public let assessment: Assessment

  /// Creates a history.
  ///
  /// - Precondition: At least one grade; every year has a cell for each, with finite numbers, none
  ///   below 0, and no more defaults than its loan-years allow.
  public init(grades: [String], firstYear: Int, cells: [[Cell]], assessment: Assessment) {
    precondition(!grades.isEmpty, "a history has a grade, if only one without a name")
    precondition(cells.allSatisfy { $0.count == grades.count }, "every year has all grades")
    precondition(
      cells.joined().allSatisfy {
        $0.atRisk.isFinite && $0.defaults >= 0
          && Double($0.defaults) * assessment.length <= $0.atRisk * (1 + 1e-12)
      }, "no more defaults than loans at risk")
    self.grades = grades
    self.firstYear = firstYear
    self.cells = cells
    self.assessment = assessment
  }

  /// The years, in order.
  public var years: Range<Int> { firstYear..<firstYear + cells.count }

  /// A grade's sum over the years.
  public func total(ofGrade grade: Int) -> Cell {
    cells.reduce(Cell(atRisk: 0, defaults: 0)) { sum, year in
      Cell(
        atRisk: sum.atRisk + year[grade].atRisk, defaults: sum.defaults + year[grade].defaults)
    }
  }

  /// A year's sum over the grades.
  public func total(ofYear index: Int) -> Cell {
    cells[index].reduce(Cell(atRisk: 0, defaults: 0)) {
      Cell(atRisk: $0.atRisk + $1.atRisk, defaults: $0.defaults + $1.defaults)
    }
  }

  /// The years before one.
  public func before(_ year: Int) -> DefaultHistory {
    DefaultHistory(
      grades: grades, firstYear: firstYear,
      cells: Array(cells.prefix(max(0, year - firstYear))), assessment: assessment)
  }

  /// The defaults of all years and grades.
  public var defaultCount: Int { cells.joined().reduce(0) { $0 + $1.defaults } }
}
