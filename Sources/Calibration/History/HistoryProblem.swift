/// What is wrong with a history. Rows and loans are named by their number in the order given, from 0.
public enum HistoryProblem: Sendable, Hashable {
  /// No row, or no loan.
  case empty
  /// A number of a row is negative or not finite, its year has not four digits, or its grade is none
  /// of the table's.
  case badNumber(row: Int)
  /// More defaults than loans at risk.
  case moreDefaultsThanAtRisk(row: Int)
  /// A year, or a year and grade, stands twice.
  case yearTwice(row: Int, first: Int)
  /// Years between the first and the last have no row.
  case yearsMissing([Int])
  /// A row of all grades together beside rows by grade: its loans would count twice.
  case gradesOverlap(row: Int, other: Int)
  /// The remaining term of loans counted at a year's start is not above 0 and at most 12 months.
  case badRemainingTerm(Double)
  /// A single year says nothing of how years differ.
  case oneYearOnly(Int)
  /// Not one default: a bound can be given (``DefaultHistory.lowDefaultBound(grade:level:assetCorrelation:)``),
  /// but no estimate.
  case noDefault
  /// Every loan defaulted.
  case allDefaulted
  /// Persistence cannot be estimated from so few years.
  case tooFewYearsForPersistence(Int)
  /// A correlation or persistence that is given lies outside 0 … 0.995.
  case parameterOutOfRange(Double)
}

/// All problems of a history at once.
public struct HistoryProblems: Error, Sendable, Hashable {
  /// The problems, in the order of the rows; those of the whole history last.
  public let problems: [HistoryProblem]

  init(_ problems: [HistoryProblem]) { self.problems = problems }
}

extension DefaultHistory {
  /// What keeps the whole history from being calibrated.
  public func problems(_ settings: CalibrationSettings) -> [HistoryProblem] {
    var problems: [HistoryProblem] = []
    let known = cells.indices.filter { total(ofYear: $0).atRisk > 0 }
    if known.isEmpty { return [.empty] }
    if known.count == 1, let only = known.first { problems.append(.oneYearOnly(firstYear + only)) }
    if defaultCount == 0 { problems.append(.noDefault) }
    if cells.joined().allSatisfy({ $0.survived(assessment) < 1e-9 }) {
      problems.append(.allDefaulted)
    }
    if settings.persistence == .uniform, known.count < CalibrationSettings.yearsForPersistence {
      problems.append(.tooFewYearsForPersistence(known.count))
    }
    var given: [Double] = []
    if case .fixed(let value) = settings.correlation { given.append(value) }
    if case .fixed(let value) = settings.persistence { given.append(value) }
    let range = 0...ParameterSpace.largestCorrelation
    problems += given.filter { !range.contains($0) }.map { .parameterOutOfRange($0) }
    return problems
  }
}
