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
  private static let dateProperties: [TapeProperty] = [
    .overdueDate, .recognisedDate, .appliedDate, .filedDate, .writtenOffDate, .recoveredDate,
    .returnedDate,
  ]
  private static let amountProperties: [TapeProperty] = [
    .lossPrincipal, .lossInterest, .recovered, .recoveryCosts,
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
    _ problem: ScalarProblem, _ reason: String, at property: TapeProperty,
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
    let reason: String
  }

  private static let steps = [
    Step(
      later: .overdueDate, earlier: .start, code: "overdue-before-disbursement",
      reason: "overdue before disbursement"),
    Step(
      later: .filedDate, earlier: .start, code: "dates-out-of-order",
      reason: "filed before disbursement"),
    Step(
      later: .recognisedDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: "recognised before overdue"),
    Step(
      later: .appliedDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: "applied before overdue"),
    Step(
      later: .writtenOffDate, earlier: .overdueDate, code: "dates-out-of-order",
      reason: "written off before overdue"),
    Step(
      later: .recoveredDate, earlier: .overdueDate, code: "recovery-before-default",
      reason: "recovered before overdue"),
    Step(
      later: .returnedDate, earlier: .recoveredDate, code: "dates-out-of-order",
      reason: "returned before recovered"),
  ]

  func checkOrder(
    _ cells: Cells, from start: CivilDate?, _ row: borrowing TableRow,
    _ problems: inout TapeProblems
  ) {
    for step in Self.steps {
      let earlier = step.earlier == .start ? start : cells.dates[step.earlier]
      guard let later = cells.dates[step.later], let earlier, later < earlier else { continue }
      let problem = ScalarProblem(
        step.code, "\(later) lies before the \(step.earlier.dateWords), \(earlier)",
        help: "correct one of the two dates")
      note(problem, step.reason, at: step.later, in: row, &problems)
    }
  }

  // MARK: Losses

  private func loss(
    of loan: LoanRecord, overdueOn date: CivilDate, _ cells: Cells, _ row: borrowing TableRow,
    _ problems: inout TapeProblems
  ) -> RegisterLoss? {
    guard let principal = cells.amounts[.lossPrincipal], principal > .zero else {
      guard cells.isUnderstood else { return nil }
      let problem =
        cells.amounts[.lossPrincipal] == nil
        ? ScalarProblem(
          "missing-loss", "the loan was overdue on \(date), and no loss of principal is given",
          help: "give the principal that was lost, or remove the date")
        : ScalarProblem(
          "zero-loss", "the loan was overdue on \(date), and no principal was lost",
          help: "remove the date of a loan that lost nothing")
      note(problem, "overdue without a loss", at: .lossPrincipal, in: row, &problems)
      return nil
    }
    // Without a principal, that is the problem.
    guard principal <= loan.principal || loan.principal == .zero else {
      let problem = ScalarProblem(
        "loss-above-principal",
        "\(principal) were lost of a principal of \(loan.principal)",
        help: "give the loss of principal alone; interest has a column of its own")
      note(problem, "loss above the principal", at: .lossPrincipal, in: row, &problems)
      return nil
    }
    guard cells.amount(.lossInterest) <= principal + principal else {
      let problem = ScalarProblem(
        "interest-above-loss",
        "\(cells.amount(.lossInterest)) of interest were lost beside \(principal) of principal",
        help: "give the interest of this loan alone, at most twice the principal that was lost")
      note(problem, "interest above the loss", at: .lossInterest, in: row, &problems)
      return nil
    }
    var loss = RegisterLoss(overdueOn: date, principal: principal)
    loss.interest = cells.amounts[.lossInterest]
    loss.recognisedOn = cells.dates[.recognisedDate]
    loss.appliedOn = cells.dates[.appliedDate]
    loss.writtenOffOn = cells.dates[.writtenOffDate]
    if let recovery = recovery(cells, row, &problems), checkTotal(recovery, loss, row, &problems) {
      loss.recoveries = [recovery.entry]
    }
    return loss
  }

  /// Notes what cannot be without a default.
  private func checkNothingFollows(
    _ cells: Cells, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    let amounts = Self.amountProperties.filter { cells.amount($0) > .zero }
    let dates = Self.dateProperties.filter { $0 != .filedDate && cells.dates[$0] != nil }
    for property in amounts + dates {
      let problem = ScalarProblem(
        "no-overdue-date", "there is a \(property.words), and no first overdue date",
        help: "give the day on which the loan was first overdue, or empty the cell")
      note(
        problem, "\(property.words) without a first overdue date", at: property, in: row, &problems)
    }
  }

  // MARK: Recoveries

  /// The recovery that a row tells of; `nil` if there is none, or a problem was noted.
  func recovery(
    _ cells: Cells, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> (entry: RegisterRecovery, amount: Money)? {
    let amount = cells.amount(.recovered)
    let costs = cells.amount(.recoveryCosts)
    guard amount > .zero else {
      guard cells.isUnderstood else { return nil }
      for property in [.recoveredDate, .returnedDate, .recoveryCosts] as [TapeProperty]
      where cells.dates[property] != nil || cells.amount(property) > .zero {
        let problem = ScalarProblem(
          "no-recovery", "there is a \(property.words), and nothing was recovered",
          help: "give the amount that was recovered, or empty the cell")
        note(problem, "\(property.words) without a recovery", at: property, in: row, &problems)
      }
      return nil
    }
    guard let date = cells.dates[.recoveredDate] else {
      guard cells.isUnderstood else { return nil }
      let problem = ScalarProblem(
        "no-recovery-date", "\(amount) were recovered, and no date is given",
        help: "give the day on which the money came in")
      note(problem, "recovery without a date", at: .recoveredDate, in: row, &problems)
      return nil
    }
    guard costs <= amount else {
      let problem = ScalarProblem(
        "costs-above-recovery", "\(costs) of costs are more than the \(amount) recovered",
        help: "give the costs of this recovery alone")
      note(problem, "costs above the recovery", at: .recoveryCosts, in: row, &problems)
      return nil
    }
    var entry = RegisterRecovery(
      receivedOn: date, amount: .onWholeLoan(amount), costs: .amount(costs))
    entry.returnedOn = cells.dates[.returnedDate]
    return (entry, amount)
  }

  /// Whether a recovery, with all before it, does not exceed the loss; notes a problem if it does.
  func checkTotal(
    _ recovery: (entry: RegisterRecovery, amount: Money), _ loss: RegisterLoss,
    _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Bool {
    let total = loss.recoveredInAll + recovery.amount
    let lost = loss.principal + (loss.interest ?? .zero)
    guard total > lost else { return true }
    let problem = ScalarProblem(
      "recovered-above-loss", "\(total) were recovered in all of a loss of \(lost)",
      help: loss.interest == nil
        ? "correct the amount; where interest was lost and recovered too, give the loss of interest"
        : "correct the amount of the recovery or of the loss")
    note(problem, "recovered more than lost", at: .recovered, in: row, &problems)
    return false
  }
}

extension RegisterLoss {
  /// What was recovered on the whole loan.
  var recoveredInAll: Money {
    recoveries.reduce(.zero) { sum, recovery in
      if case .onWholeLoan(let amount) = recovery.amount { sum + amount } else { sum }
    }
  }
}

extension TapeProperty {
  /// A date in words for a message.
  var dateWords: String { self == .start ? "disbursement" : words }
}
