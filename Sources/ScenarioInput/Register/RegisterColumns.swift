import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// What a register tells of a loan beside its terms.
struct LoanHistory: Sendable {
  let disbursedOn: CivilDate
  var filedOn: CivilDate?
  var loss: RegisterLoss?
}

/// The loans of a register with their histories, in the order of the file.
struct RegisterTape: Sendable {
  var tape: LoanTape
  var histories: [LoanHistory]
  /// The names of loans that were set aside or lie outside the window.
  let unusedIDs: Set<String>
}

/// The columns of a register for what happened to a loan.
struct RegisterColumns {
  private var dates: [TapeProperty: JudgedColumn<CivilDate?>] = [:]
  private var amounts: [TapeProperty: TapeColumn] = [:]

  /// The dates beside that of disbursement.
  static let dateProperties: [TapeProperty] = [
    .overdueDate, .recognisedDate, .provincePaidDate, .appliedDate, .filedDate, .curedDate,
    .writtenOffDate,
    .interestPaidTo, .recoveredDate, .returnedDate,
  ]
  static let amountProperties: [TapeProperty] = [
    .overduePrincipal, .lossPrincipal, .lossInterest, .recovered, .recoveryCosts,
  ]

  init(_ cells: TapeCells) {
    let format = cells.mapping.dateFormat
    for property in Self.dateProperties {
      dates[property] = cells.values(property) { text in
        switch format.day(text) {
        case .success(let date): .success(date)
        case .failure(let problem) where problem.code == "missing-value": .success(nil)
        case .failure(let problem): .failure(problem)
        }
      }
    }
    for property in Self.amountProperties { amounts[property] = cells.columns[property] }
  }

  /// What happened to a loan; `nil`, with problems noted, if the row contradicts itself.
  mutating func history(
    of loan: LoanRecord, from start: CivilDate?, in row: borrowing TableRow,
    _ problems: inout TapeProblems
  ) -> LoanHistory? {
    let cells = cells(row, &problems)
    checkOrder(cells, from: start, row, &problems)
    var loss: RegisterLoss?
    if let overdue = cells.dates[.overdueDate] {
      loss = self.loss(of: loan, overdueOn: overdue, cells, row, &problems)
    } else if cells.isUnderstood {
      checkNothingFollows(cells, row, &problems)
    }
    return start.map {
      LoanHistory(disbursedOn: $0, filedOn: cells.dates[.filedDate], loss: loss)
    }
  }

  // MARK: Cells

  /// What the cells of a row say; nothing where they are empty.
  struct Cells {
    var dates: [TapeProperty: CivilDate] = [:]
    var amounts: [TapeProperty: Money] = [:]
    /// Whether no cell had a problem, so that what is missing here is missing in the file.
    var isUnderstood = true

    func amount(_ property: TapeProperty) -> Money { amounts[property] ?? .zero }
  }

  mutating func cells(_ row: borrowing TableRow, _ problems: inout TapeProblems) -> Cells {
    var cells = Cells()
    for property in Self.dateProperties where dates[property] != nil {
      switch dates[property]?.value(row, &problems) {
      case .some(let date): cells.dates[property] = date
      case nil: cells.isUnderstood = false
      }
    }
    for property in Self.amountProperties {
      guard let column = amounts[property] else { continue }
      switch row.money(column.number) {
      case .success(let amount): cells.amounts[property] = amount
      case .failure(let problem) where problem.code == "missing-value": continue
      case .failure(let problem):
        problems.note(
          TapeRowProblem(problem, of: property.words), in: row, column: column.number,
          header: column.header)
        cells.isUnderstood = false
      }
    }
    return cells
  }

  /// Notes a problem at the cell of a property.
  func note(
    _ problem: ScalarProblem, _ reason: LocalizedText, at property: TapeProperty,
    in row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    let date = dates[property].map { TapeColumn(number: $0.column, header: $0.header) }
    guard let column = date ?? amounts[property] else { return }
    problems.note(
      TapeRowProblem(problem, reason: reason), in: row, column: column.number,
      header: column.header)
  }

  // MARK: Order of dates

  /// A date that must not come before another.
  private struct Step {
    let later: TapeProperty
    let earlier: TapeProperty
    let code: String
    let reason: LocalizedText
  }

  private static let steps = [
    Step(
      later: .overdueDate, earlier: .start, code: "overdue-before-disbursement",
      reason: .init(en: "overdue before disbursement", zh: "逾期早于放款")),
    Step(
      later: .filedDate, earlier: .start, code: "dates-out-of-order",
      reason: .init(en: "filed before disbursement", zh: "备案早于放款")),
    Step(
      later: .recognisedDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: .init(en: "recognised before overdue", zh: "认定早于逾期")),
    Step(
      later: .provincePaidDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: .init(en: "paid by the province before overdue", zh: "省级到账早于逾期")),
    Step(
      later: .appliedDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: .init(en: "applied before overdue", zh: "申请早于逾期")),
    Step(
      later: .writtenOffDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: .init(en: "written off before overdue", zh: "核销早于逾期")),
    Step(
      later: .curedDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: .init(en: "cured before overdue", zh: "恢复正常早于逾期")),
    Step(
      later: .interestPaidTo, earlier: .start, code: "dates-out-of-order",
      reason: .init(en: "interest paid to a day before disbursement", zh: "付息日早于放款")),
    Step(
      later: .recoveredDate, earlier: .overdueDate, code: "recovery-before-default",
      reason: .init(en: "recovered before overdue", zh: "追偿早于逾期")),
    Step(
      later: .returnedDate, earlier: .recoveredDate, code: "dates-out-of-order",
      reason: .init(en: "returned before recovered", zh: "返还早于追偿")),
  ]

  func checkOrder(
    _ cells: Cells, from start: CivilDate?, _ row: borrowing TableRow,
    _ problems: inout TapeProblems
  ) {
    for step in Self.steps {
      let earlier = step.earlier == .start ? start : cells.dates[step.earlier]
      guard let later = cells.dates[step.later], let earlier, later < earlier else { continue }
      let problem = ScalarProblem(
        step.code,
        .init(
          en: "\(later) lies before the \(step.earlier.dateWords), \(earlier)",
          zh: "\(later)早于\(step.earlier.dateWords) \(earlier)"),
        help: .init(en: "correct one of the two dates", zh: "更正其中一个日期"))
      note(problem, step.reason, at: step.later, in: row, &problems)
    }
  }
}

extension RegisterLoss {
  /// What was recovered on the whole loan.
  var recoveredInAll: Money { recoveries.reduce(.zero) { $0 + $1.whole } }

  /// The most that can come in on a loan until a day: what was overdue or lost, whichever is more, and
  /// the interest, as it is stated or as it has accrued by days.
  ///
  /// - Parameter rate: The rate of interest that runs on.
  func mostToRecover(on loan: LoanRecord, until date: CivilDate, rate: Ratio) -> Money {
    let months = overdueOn.month.months(since: loan.start)
    let unstated =
      principal > .zero ? .zero : loan.schedule.outstandingOverdue(monthsAfterStart: months)
    let due = max(overduePrincipal ?? unstated, principal)
    if let interest { return due + interest }
    let days = max(0, date.days(since: interestPaidTo ?? overdueOn))
    return due
      + interestByDays(
        [UnpaidStretch(unpaid: due, days: days)], annualRate: rate)
  }
}

extension TapeProperty {
  /// A date in words for a message.
  var dateWords: LocalizedText {
    self == .start ? .init(en: "disbursement", zh: "放款日") : words
  }
}
