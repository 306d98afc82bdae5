import CompensationKernel
import DocumentReading
import FundCore

/// How a scenario says that a loan tape is to be read: their columns and words for ours.
struct TapeMapping: Sendable {
  /// The operating models that the tape can name.
  var models: KnownModels = .shared
  /// A coverage fact and the column that states it.
  struct FactColumn: Sendable {
    let fact: String
    let column: Written<String>
  }

  /// What holds for every loan, where the tape has no column for it.
  struct Constants: Sendable {
    var bank: String?
    var model: OperatingModel?
    var size: SizeClass?
    var collateral: CollateralKind?
    var repayment: Repayment?
    var sector: String?
    var grade: String?
    var pd: Double?
    var ipPart: Ratio?
    var rate: Ratio?
  }

  /// The largest numbers of employees of each size; above `medium`, an enterprise is large.
  struct EmployeeLimits: Sendable {
    let micro: Int
    let small: Int
    let medium: Int

    /// The size of an enterprise.
    func size(employees: Int) -> SizeClass {
      if employees <= micro { return .micro }
      if employees <= small { return .small }
      return employees <= medium ? .medium : .large
    }
  }

  /// The months whose loans are wanted: those that start or run in one of them.
  ///
  /// A loan runs to the month in which it matures, for that is the month in which it may be
  /// assessed (MODEL.md §3).
  struct Window: Sendable {
    let from: CivilMonth
    let until: CivilMonth
  }

  /// The months of the run, in which a loan can matter.
  struct Run: Sendable {
    let first: CivilMonth
    let last: CivilMonth
  }

  /// What the rows tell of.
  var kind = TapeKind.portfolio
  /// The months of the run; loans outside are left out. `nil` where there is no run.
  var run: Run?
  /// Of which day the status is.
  var statusDay = StatusDay.opening
  /// Whether the mapping follows from the header of the file, and was not written by anybody.
  var isFromHeader = false
  /// The file, as the scenario names it; `nil` if it has to be given with `--portfolio`.
  var tape: Written<String>?
  /// The sheet of a workbook, where the mapping names one; the first if `nil`.
  var sheet: Written<String>?
  /// The column of each property that has one.
  var columns: [TapeProperty: Written<String>] = [:]
  /// What has no column.
  var constants = Constants()
  /// The facts that have a column.
  var factColumns: [FactColumn] = []
  /// Whether all other facts are said to hold.
  var otherFactsAreMet = false
  /// The units in which columns count, where the file does not say it or says it wrongly.
  var units: [TapeProperty: Written<ColumnUnit>] = [:]
  /// The line of the file on which the names of the columns stand; found if `nil`.
  var headerRow: Written<Int>?
  /// How dates are written.
  var dateFormat = TapeDateFormat.auto
  /// By the name of a property or fact: their words, normalised, and ours.
  var values: [String: [String: String]] = [:]
  /// The sizes by number of employees, if that is where they come from.
  var employeeLimits: EmployeeLimits?
  /// The months whose loans are wanted; all if `nil`.
  var window: Window?
  /// Whether a register has a file of recoveries beside it.
  var hasRecoveriesFile = false
  /// What becomes of rows that cannot be used.
  var badRows = BadRows.refuse
  /// How many problems of rows are listed.
  var mostProblems = 20

  /// Whether every loan has an interest rate; zero stands for it otherwise.
  var hasRate: Bool { columns[.rate] != nil || constants.rate != nil }

  /// Whether every loan has a probability of default or a grade.
  var hasDefaultProbability: Bool {
    columns[.pd] != nil || columns[.grade] != nil || constants.pd != nil || constants.grade != nil
  }

  /// The facts among `ids` of which the tape says nothing.
  func unknownFacts(among ids: [String]) -> [String] {
    if otherFactsAreMet { return [] }
    return ids.filter { id in !factColumns.contains { $0.fact == id } }
  }
}
