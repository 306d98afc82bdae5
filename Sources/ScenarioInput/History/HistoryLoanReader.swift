import Calibration
import DocumentReading
import FundCore
import ResultFacts

/// Reads a register with outcomes: a row a loan.
struct HistoryLoanReader {
  let columns: HistoryLoanColumns
  let problems: ProblemCollector
  private var outcomes = LoanOutcomes()
  private let givenGrades: [String]
  private var lines: [String: Int] = [:]
  private var notes: [Int] = []
  private var curedCount = 0
  private var lastNamed: CivilDate?

  init(_ columns: HistoryLoanColumns, grades: [String], problems: ProblemCollector) {
    self.columns = columns
    givenGrades = grades
    outcomes.grades = grades
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
    let cured = date(.curedDate, row)
    let lastObserved = date(.lastObserved, row)
    let recoveredOn = date(.recoveredDate, row)
    let closedOn = date(.writtenOffDate, row)
    let term = start.flatMap { self.term(row, from: $0) }
    let grade = self.grade(row)
    let loss = overdue == nil ? nil : amount(.lossPrincipal, row)
    let recovered = overdue == nil ? nil : amount(.recovered, row)
    checkOrder(overdue, notBefore: start, row)
    guard problems.problems.count == before, let start, let term, let grade else { return }
    for day in [start, overdue, cured, lastObserved, recoveredOn, closedOn].compactMap(\.self) {
      lastNamed = max(lastNamed ?? day, day)
    }
    var loan = LoanOutcome(start: start.month, term: term)
    loan.grade = grade
    loan.lastObserved = lastObserved?.month
    if cured != nil {
      curedCount += 1
    } else {
      loan.overdue = overdue?.month
      loan.loss = loss
      loan.closedIn = closedOn?.month
      loan.receipts = recovered.map { [.init(month: recoveredOn?.month, amount: $0)] } ?? []
    }
    outcomes.loans.append(loan)
  }

  private func checkOrder(
    _ overdue: CivilDate?, notBefore start: CivilDate?, _ row: borrowing TableRow
  ) {
    guard let start, let overdue, overdue < start else { return }
    report(
      ScalarProblem(
        "overdue-before-disbursement",
        .init(
          en: "\(overdue) lies before the disbursement on \(start)",
          zh: "\(overdue)早于放款日\(start)"),
        help: .init(en: "correct one of the two dates", zh: "更正其中一个日期")), .overdueDate, row)
  }

  private mutating func checkName(_ row: borrowing TableRow) {
    guard let number = columns[.id], !row.isMissing(number) else { return }
    let name = Scalar.name(row.text(number))
    if let line = lines[name] {
      report(
        ScalarProblem(
          "loan-twice",
          .init(
            en: "\(quoted(name)) stands in \(row.naming.words(line)), too",
            zh: "\(quoted(name))已在\(row.naming.words(line))出现"),
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
    if let index = outcomes.grades.firstIndex(of: name) { return index }
    if row.isMissing(number) {
      report(Scalar.missing(row.text(number)), .grade, row)
    } else if !givenGrades.isEmpty {
      report(
        ScalarProblem(
          "unknown-grade",
          .init(en: "\(quoted(name)) is none of the grades given", zh: "\(quoted(name))不在所给的评级之中"),
          help: oneOf(givenGrades)), .grade, row)
    } else if outcomes.grades.count >= 30 {
      report(
        ScalarProblem(
          "too-many-grades", .init(en: "there are more than 30 grades", zh: "评级超过30个"),
          help: .init(en: "take neighbouring grades together", zh: "请合并相邻的评级")), .grade, row)
    } else if let other = GradeScale.overlap(name, with: outcomes.grades) {
      report(GradeScale.problem(name, overlaps: other), .grade, row)
    } else {
      outcomes.grades.append(name)
      return outcomes.grades.count - 1
    }
    return nil
  }

  private func amount(_ column: HistoryLoanColumn, _ row: borrowing TableRow) -> Double? {
    guard let number = columns[column], !row.isMissing(number) else { return nil }
    switch row.money(number) {
    case .success(let amount): return amount.yuan
    case .failure(let problem):
      report(problem, column, row)
      return nil
    }
  }

  // MARK: All

  /// What was read, the grades in the order that their names say, unless an order was given.
  var register: RegisterRead {
    var read = RegisterRead()
    read.outcomes = outcomes
    if givenGrades.isEmpty { read.outcomes.orderGrades([]) }
    read.curedCount = curedCount
    read.lastDay = lastNamed
    read.header = columns.table.place(line: columns.table.heading.line)
    read.notices += columns.table.notices
    if columns.hasSectors { read.notices.append(.sectorsUnused) }
    if !notes.isEmpty {
      read.unused = [
        CountedReason(
          reason: .init(en: "totals and notes", zh: "合计与注释行"), count: notes.count,
          firstRows: Array(notes.prefix(3)), naming: columns.table.rowNaming)
      ]
    }
    return read
  }
}
