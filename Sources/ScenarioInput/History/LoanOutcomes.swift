import Calibration
import FundCore

/// A loan with what happened to it, as far as a history needs it.
struct LoanOutcome {
  /// Money that came back.
  struct Receipt {
    let month: CivilMonth?
    let amount: Double
  }

  var grade = 0
  let start: CivilMonth
  let term: Int
  /// Its first month overdue; `nil` if there is none, or if it was made up for.
  var overdue: CivilMonth?
  /// The last month in which it was looked at; `nil` for the last of the register.
  var lastObserved: CivilMonth?
  /// The principal that was lost, before recoveries; `nil` where nobody says it.
  var loss: Double?
  var receipts: [Receipt] = []
  /// When its case was closed.
  var closedIn: CivilMonth?
}

/// The loans of a register with their outcomes.
struct LoanOutcomes {
  var loans: [LoanOutcome] = []
  /// Their grades; empty where they have none.
  var grades: [String] = []

  /// Puts the grades into the order that their names say, or into one that is given.
  mutating func orderGrades(_ given: [String]) {
    let order =
      given.isEmpty ? GradeScale.order(grades) : given.compactMap { grades.firstIndex(of: $0) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let unused = given.filter { !grades.contains($0) }
    grades = order.map { grades[$0] } + unused
    for index in loans.indices { loans[index].grade = places[loans[index].grade] ?? 0 }
  }

  /// The loans and the recoveries, told up to a day.
  func record(
    until last: CivilDate
  ) -> (loans: Calibration.LoanHistory, recoveries: RecoveryHistory) {
    let end = last.month.ordinal
    let history = loans.map { loan in
      var known = HistoricalLoan(
        grade: loan.grade, start: loan.start.ordinal, term: loan.term,
        overdue: loan.overdue.flatMap { $0.ordinal <= end ? $0.ordinal : nil },
        lastObserved: max(
          min(end, loan.lastObserved?.ordinal ?? end),
          loan.overdue.map { min(end, $0.ordinal) } ?? Int.min))
      known.loss = known.overdue == nil ? nil : loan.loss
      return known
    }
    return (
      Calibration.LoanHistory(grades: grades.isEmpty ? [""] : grades, loans: history),
      RecoveryHistory(loans.compactMap { $0.recovery(until: end) })
    )
  }
}

extension LoanOutcome {
  /// What came back of its loss up to a month; `nil` without a loss until then.
  fileprivate func recovery(until end: Int) -> RecoveryCase? {
    guard let overdue = overdue?.ordinal, overdue <= end, let loss, loss > 0 else { return nil }
    // Money without a date came in some time.
    let known = receipts.filter { ($0.month?.ordinal ?? Int.min) <= end && $0.amount > 0 }
      .sorted { ($0.month?.ordinal ?? Int.min) < ($1.month?.ordinal ?? Int.min) }
    let whole = known.reduce(0) { $0 + $1.amount }
    let part = min(1, whole / loss)
    var sum = 0.0
    // The month by which half of it had come.
    let middle = known.first { receipt in
      sum += receipt.amount
      return sum >= whole / 2
    }?.month?.ordinal
    let closed = closedIn.map(\.ordinal).flatMap { $0 <= end ? $0 : nil }
    let until = closed ?? (part >= 1 ? known.last?.month?.ordinal ?? end : end)
    return RecoveryCase(
      year: Calibration.LoanHistory.year(ofMonth: overdue), recovered: part,
      lag: middle.map { max(0, $0 - overdue) }, observed: max(0, until - overdue),
      isClosed: closed != nil || part >= 1)
  }
}
