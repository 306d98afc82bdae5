import Calibration
import DocumentReading
import FundCore
import ResultFacts

/// Reads a register with outcomes: a row a loan.
struct HistoryLoanReader {
  /// One loan with what happened to it.
  private struct Loan {
    var grade = 0
    let start: CivilMonth
    let term: Int
    let overdue: CivilMonth?
    let lastObserved: CivilMonth?
    /// The part of the loss that came back; `nil` without a loss.
    var recovered: Double?
    let recoveredIn: CivilMonth?
    let closedIn: CivilMonth?
  }

  let columns: HistoryLoanColumns
  let problems: ProblemCollector
  private(set) var grades: [String]
  private let hasGivenGrades: Bool
  private var loans: [Loan] = []
  private var lines: [String: Int] = [:]
  private var notes: [Int] = []
  private var lastNamed: CivilDate?

  init(_ columns: HistoryLoanColumns, grades: [String], problems: ProblemCollector) {
    self.columns = columns
    self.grades = grades
    hasGivenGrades = !grades.isEmpty
    self.problems = problems
  }

  /// Reads all rows.
  mutating func read() throws(Diagnostics) {
    do {
      try columns.table.forEachRow { row in
        take(row)
        try stopIfHopeless()
      } setAside: { problem, row in
        if row.isEmpty(0) || row.cellCount < 3 {
          notes.append(row.line)
        } else {
          problems.report(problem)
        }
        try stopIfHopeless()
      }
    } catch let error as Diagnostics {
      throw error
    } catch {
      preconditionFailure("reading rows throws nothing but diagnostics, not \(error)")
    }
  }

  /// Puts the grades into the order that their names say, unless an order was given.
  mutating func orderGrades() {
    guard !hasGivenGrades else { return }
    let order = GradeScale.order(grades)
    grades = order.map { grades[$0] }
    for index in loans.indices {
      loans[index].grade = order.firstIndex(of: loans[index].grade) ?? loans[index].grade
    }
  }

  private func stopIfHopeless() throws {
    if problems.problems.count >= HistoryRowReader.mostProblems {
      throw Diagnostics(problems.problems)
    }
  }

  // MARK: Rows

  private mutating func take(_ row: borrowing TableRow) {
    let filled = (0..<row.cellCount).filter { !row.isMissing($0) }
    let first = filled.first.map { Scalar.name(row.text($0)) } ?? ""
    if filled.count <= 1 || ["合计", "总计", "小计", "Total", "total"].contains(where: first.hasPrefix) {
      notes.append(row.line)
      return
    }
    let before = problems.problems.count
    checkName(row)
    let start = date(.start, row, isNeeded: true)
    let overdue = date(.overdueDate, row)
    let lastObserved = date(.lastObserved, row)
    let recoveredOn = date(.recoveredDate, row)
    let closedOn = date(.writtenOffDate, row)
    let term = start.flatMap { self.term(row, from: $0) }
    let grade = self.grade(row)
    let recovered = overdue == nil ? nil : self.recovered(row)
    if let start, let overdue, overdue < start {
      report(
        ScalarProblem(
          "overdue-before-disbursement",
          .init(
            en: "\(overdue) lies before the disbursement on \(start)",
            zh: "\(overdue)早于放款日\(start)"),
          help: .init(en: "correct one of the two dates", zh: "更正其中一个日期")), .overdueDate, row)
    }
    guard problems.problems.count == before, let start, let term, let grade else { return }
    for day in [start, overdue, lastObserved, recoveredOn, closedOn].compactMap(\.self) {
      lastNamed = max(lastNamed ?? day, day)
    }
    loans.append(
      Loan(
        grade: grade, start: start.month, term: term, overdue: overdue?.month,
        lastObserved: lastObserved?.month, recovered: recovered, recoveredIn: recoveredOn?.month,
        closedIn: closedOn?.month))
  }

  private mutating func checkName(_ row: borrowing TableRow) {
    guard let number = columns[.id], !row.isMissing(number) else { return }
    let name = Scalar.name(row.text(number))
    if let line = lines[name] {
      report(
        ScalarProblem(
          "loan-twice",
          .init(
            en: "\(quoted(name)) stands in line \(line), too", zh: "\(quoted(name))已在第\(line)行出现"),
          help: .init(en: "keep one row a loan", zh: "每笔贷款只保留一行")), .id, row)
    } else {
      lines[name] = row.line
    }
  }

  private func report(
    _ problem: ScalarProblem, _ column: HistoryLoanColumn, _ row: borrowing TableRow
  ) {
    guard let number = columns[column] else { return }
    problems.report(
      row.diagnostic(problem, column: number, name: columns.table.header[number].value))
  }

  // MARK: Cells

  private func date(
    _ column: HistoryLoanColumn, _ row: borrowing TableRow, isNeeded: Bool = false
  ) -> CivilDate? {
    guard let number = columns[column] else { return nil }
    if row.isMissing(number) {
      if isNeeded { report(Scalar.missing(row.text(number)), column, row) }
      return nil
    }
    switch row.date(number) {
    case .success(let date): return date
    case .failure(let problem):
      report(problem, column, row)
      return nil
    }
  }

  private func term(_ row: borrowing TableRow, from start: CivilDate) -> Int? {
    if let number = columns[.term], !row.isMissing(number) {
      let range = 1 / columns.monthsOfTerm...600 / columns.monthsOfTerm
      switch row.number(number, in: min(1, range.lowerBound)...range.upperBound) {
      case .success(let value): return max(1, Int((value * columns.monthsOfTerm).rounded()))
      case .failure(let problem):
        if columns.monthsOfTerm == 1,
          case .success(let months) = row.monthCount(number, in: 1...600)
        {
          return months
        }
        report(problem, .term, row)
        return nil
      }
    }
    guard columns[.maturity] != nil else {
      report(Scalar.missing(""), .term, row)
      return nil
    }
    return date(.maturity, row, isNeeded: true).map { max(1, $0.month.months(since: start.month)) }
  }

  private mutating func grade(_ row: borrowing TableRow) -> Int? {
    guard let number = columns[.grade] else { return 0 }
    let name = Scalar.name(row.text(number))
    if let index = grades.firstIndex(of: name) { return index }
    if row.isMissing(number) {
      report(Scalar.missing(row.text(number)), .grade, row)
    } else if hasGivenGrades {
      report(
        ScalarProblem(
          "unknown-grade",
          .init(en: "\(quoted(name)) is none of the grades given", zh: "\(quoted(name))不在所给的评级之中"),
          help: oneOf(grades)), .grade, row)
    } else if grades.count >= 30 {
      report(
        ScalarProblem(
          "too-many-grades", .init(en: "there are more than 30 grades", zh: "评级超过30个"),
          help: .init(en: "take neighbouring grades together", zh: "请合并相邻的评级")), .grade, row)
    } else {
      grades.append(name)
      return grades.count - 1
    }
    return nil
  }

  /// The part of the loss that came back.
  private func recovered(_ row: borrowing TableRow) -> Double? {
    var amounts: [HistoryLoanColumn: Double] = [:]
    for column in HistoryLoanColumn.amounts {
      guard let number = columns[column], !row.isMissing(number) else { continue }
      switch row.money(number) {
      case .success(let amount): amounts[column] = amount.yuan
      case .failure(let problem): report(problem, column, row)
      }
    }
    guard let loss = amounts[.lossPrincipal], loss > 0 else { return nil }
    return min(1, (amounts[.recovered] ?? 0) / loss)
  }

  // MARK: All

  /// The rows that are no loans, counted.
  var unused: [CountedReason] {
    guard !notes.isEmpty else { return [] }
    return [
      CountedReason(
        reason: .init(en: "totals and notes", zh: "合计与注释行"), count: notes.count,
        firstRows: Array(notes.prefix(3)))
    ]
  }

  /// The last day that is told of: the one given, else the last that is named.
  func lastDay(_ given: CivilDate?) -> CivilDate? { given ?? lastNamed }

  /// The loans and the recoveries, told up to a day.
  func record(
    until last: CivilDate
  ) -> (loans: Calibration.LoanHistory, recoveries: RecoveryHistory) {
    let end = last.month.ordinal
    let history = loans.map { loan in
      HistoricalLoan(
        grade: loan.grade, start: loan.start.ordinal, term: loan.term,
        overdue: loan.overdue.flatMap { $0.ordinal <= end ? $0.ordinal : nil },
        lastObserved: max(
          min(end, loan.lastObserved?.ordinal ?? end),
          loan.overdue.map { min(end, $0.ordinal) } ?? Int.min))
    }
    let cases = loans.compactMap { loan -> RecoveryCase? in
      guard let overdue = loan.overdue?.ordinal, overdue <= end, let recovered = loan.recovered
      else { return nil }
      let received = loan.recoveredIn.map(\.ordinal).flatMap { $0 <= end ? $0 : nil }
      let isKnown = loan.recoveredIn == nil || received != nil
      let part = isKnown ? recovered : 0
      let closed = loan.closedIn.map(\.ordinal).flatMap { $0 <= end ? $0 : nil }
      let isClosed = closed != nil || part >= 1
      let until = closed ?? (part >= 1 ? received ?? end : end)
      return RecoveryCase(
        year: Calibration.LoanHistory.year(ofMonth: overdue), recovered: part,
        lag: part > 0 ? received.map { max(0, $0 - overdue) } : nil,
        observed: max(0, until - overdue), isClosed: isClosed)
    }
    return (
      Calibration.LoanHistory(grades: grades.isEmpty ? [""] : grades, loans: history),
      RecoveryHistory(cases)
    )
  }
}
