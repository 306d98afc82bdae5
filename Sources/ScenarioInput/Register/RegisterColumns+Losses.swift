import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// A recovery of a row, and what was recovered.
struct RecoveryRead {
  let entry: RegisterRecovery
  let amount: Money
}

/// What a row of a register tells of a loss and of what was recovered of it.
extension RegisterColumns {
  func loss(
    of loan: LoanRecord, overdueOn date: CivilDate, _ cells: Cells, _ row: borrowing TableRow,
    _ problems: inout TapeProblems
  ) -> RegisterLoss? {
    let cured = cells.dates[.curedDate]
    let stated = cells.amounts[.lossPrincipal]
    // What is overdue and not lost yet counts among the overdue loans; a hole in the column is none.
    guard stated != nil || cured != nil || cells.amounts[.overduePrincipal] != nil else {
      if cells.isUnderstood { noteNoLoss(overdueOn: date, row, &problems) }
      return nil
    }
    let principal = stated ?? .zero
    guard checkCure(cured, principal, row, &problems), checkOverdue(loan, cells, row, &problems)
    else { return nil }
    // Without a principal, that is the problem.
    guard principal <= loan.principal || loan.principal == .zero else {
      let problem = ScalarProblem(
        "loss-above-principal",
        .init(
          en: "\(principal) were lost of a principal of \(loan.principal)",
          zh: "本金\(loan.principal)，损失却有\(principal)"),
        help: .init(
          en: "give the loss of principal alone; interest has a column of its own",
          zh: "只填本金损失；利息另有一列"))
      note(
        problem, .init(en: "loss above the principal", zh: "损失超过本金"), at: .lossPrincipal, in: row,
        &problems)
      return nil
    }
    guard checkInterest(cells, principal: principal, row, &problems) else { return nil }
    var loss = RegisterLoss(overdueOn: date, principal: principal)
    loss.interest = cells.amounts[.lossInterest]
    loss.recognisedOn = cells.dates[.recognisedDate]
    loss.provincePaidOn = cells.dates[.provincePaidDate]
    loss.appliedOn = cells.dates[.appliedDate]
    loss.overduePrincipal = cells.amounts[.overduePrincipal]
    loss.curedOn = cured
    loss.interestPaidTo = cells.dates[.interestPaidTo]
    loss.writtenOffOn = cells.dates[.writtenOffDate]
    if let recovery = recovery(cells, row, &problems),
      checkTotal(recovery, loss, of: loan, row, &problems)
    {
      loss.recoveries = [recovery.entry]
    }
    return loss
  }

  /// Notes a default without a word of what is lost.
  private func noteNoLoss(
    overdueOn date: CivilDate, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    note(
      ScalarProblem(
        "missing-loss",
        .init(
          en: "the loan was overdue on \(date), and no loss of principal is given",
          zh: "贷款于\(date)逾期，却没有本金损失"),
        help: .init(
          en: """
            give the principal that was unpaid on that day and is lost (0 if nothing is), or the day on \
            which the loan was cured (curedDate)
            """,
          zh: "填写当日未还、最终损失的本金（没有损失的填0），或贷款恢复正常的日期（curedDate）")),
      .init(en: "overdue without a loss", zh: "逾期而无损失"), at: .lossPrincipal, in: row, &problems)
  }

  /// Whether no more interest than twice the principal was lost; notes a problem if more was.
  private func checkInterest(
    _ cells: Cells, principal: Money, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Bool {
    let due = max(principal, cells.amount(.overduePrincipal))
    guard cells.amount(.lossInterest) <= due + due else {
      let problem = ScalarProblem(
        "interest-above-loss",
        .init(
          en:
            "\(cells.amount(.lossInterest)) of interest were lost beside \(principal) of principal",
          zh: "本金损失\(principal)，利息损失却有\(cells.amount(.lossInterest))"),
        help: .init(
          en: "give the interest of this loan alone, at most twice the principal that was lost",
          zh: "只填这笔贷款的利息，最多为本金损失的两倍"))
      note(
        problem, .init(en: "interest above the loss", zh: "利息超过损失"), at: .lossInterest, in: row,
        &problems)
      return false
    }
    return true
  }

  /// Whether a cured loan loses nothing; notes a problem if not.
  private func checkCure(
    _ cured: CivilDate?, _ lost: Money, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Bool {
    guard let cured, lost > .zero else { return true }
    note(
      ScalarProblem(
        "cured-and-lost",
        .init(
          en: "the loan was cured on \(cured), and \(lost) of principal were lost",
          zh: "贷款已于\(cured)恢复正常，却有本金损失\(lost)"),
        help: .init(
          en: "empty one of the two cells; what was overdue until then goes under overduePrincipal",
          zh: "清空两个单元格之一；此前逾期的本金填在 overduePrincipal")),
      .init(en: "cured and lost", zh: "恢复正常而有损失"), at: .lossPrincipal, in: row, &problems)
    return false
  }

  /// Whether no more is overdue than was lent; notes a problem if it is.
  private func checkOverdue(
    _ loan: LoanRecord, _ cells: Cells, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Bool {
    let overdue = cells.amount(.overduePrincipal)
    guard overdue > loan.principal, loan.principal > .zero else { return true }
    note(
      ScalarProblem(
        "overdue-above-principal",
        .init(
          en: "\(overdue) are overdue of a principal of \(loan.principal)",
          zh: "本金\(loan.principal)，逾期本金却有\(overdue)"),
        help: .init(
          en: "give the principal that was outstanding on the first day overdue, without interest",
          zh: "填写首个逾期日的未还本金，不含利息")),
      .init(en: "overdue above the principal", zh: "逾期本金超过本金"), at: .overduePrincipal, in: row,
      &problems)
    return false
  }

  /// Notes what cannot be without a default.
  func checkNothingFollows(
    _ cells: Cells, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    let amounts = Self.amountProperties.filter { cells.amount($0) > .zero }
    // Interest is paid on loans that are not overdue, too.
    let dates = Self.dateProperties.filter {
      $0 != .filedDate && $0 != .interestPaidTo && cells.dates[$0] != nil
    }
    for property in amounts + dates {
      let problem = ScalarProblem(
        "no-overdue-date",
        .init(
          en: "there is a \(property.words), and no first overdue date",
          zh: "有\(property.words)，却没有首个逾期日"),
        help: .init(
          en: "give the day on which the loan was first overdue, or empty the cell",
          zh: "填写贷款首次逾期的日期，或清空该单元格"))
      note(
        problem,
        .init(
          en: "\(property.words) without a first overdue date", zh: "有\(property.words)而无首个逾期日"),
        at: property, in: row, &problems)
    }
  }

  // MARK: Recoveries

  /// The recovery that a row tells of; `nil` if there is none, or a problem was noted.
  func recovery(
    _ cells: Cells, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> RecoveryRead? {
    let amount = cells.amount(.recovered)
    let costs = cells.amount(.recoveryCosts)
    guard amount > .zero else {
      if cells.isUnderstood { noteNoRecovery(cells, row, &problems) }
      return nil
    }
    guard let date = cells.dates[.recoveredDate] else {
      guard cells.isUnderstood else { return nil }
      let problem = ScalarProblem(
        "no-recovery-date",
        .init(en: "\(amount) were recovered, and no date is given", zh: "追偿所得\(amount)，却没有日期"),
        help: .init(en: "give the day on which the money came in", zh: "填写到账日期"))
      note(
        problem, .init(en: "recovery without a date", zh: "追偿无日期"), at: .recoveredDate, in: row,
        &problems)
      return nil
    }
    guard costs <= amount else {
      let problem = ScalarProblem(
        "costs-above-recovery",
        .init(
          en: "\(costs) of costs are more than the \(amount) recovered",
          zh: "追偿成本\(costs)超过追偿所得\(amount)"),
        help: .init(en: "give the costs of this recovery alone", zh: "只填这笔追偿的成本"))
      note(
        problem, .init(en: "costs above the recovery", zh: "成本超过追偿所得"), at: .recoveryCosts, in: row,
        &problems)
      return nil
    }
    var entry = RegisterRecovery(
      receivedOn: date, amount: .onWholeLoan(amount), costs: .amount(costs))
    entry.returnedOn = cells.dates[.returnedDate]
    return RecoveryRead(entry: entry, amount: amount)
  }

  /// Notes what cannot be without a recovery.
  private func noteNoRecovery(
    _ cells: Cells, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    for property in [.recoveredDate, .returnedDate, .recoveryCosts] as [TapeProperty]
    where cells.dates[property] != nil || cells.amount(property) > .zero {
      let problem = ScalarProblem(
        "no-recovery",
        .init(
          en: "there is a \(property.words), and nothing was recovered",
          zh: "有\(property.words)，却没有追偿所得"),
        help: .init(
          en: "give the amount that was recovered, or empty the cell", zh: "填写追偿所得，或清空该单元格"))
      note(
        problem,
        .init(en: "\(property.words) without a recovery", zh: "有\(property.words)而无追偿所得"),
        at: property, in: row, &problems)
    }
  }

  /// Whether a recovery, with all before it, does not exceed the loss; notes a problem if it does.
  func checkTotal(
    _ recovery: RecoveryRead, _ loss: RegisterLoss,
    of loan: LoanRecord, _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Bool {
    let total = loss.recoveredInAll + recovery.amount
    let lost = loss.mostToRecover(on: loan, until: recovery.entry.receivedOn, rate: loan.rate)
    guard total > lost else { return true }
    let problem = ScalarProblem(
      "recovered-above-loss",
      .init(
        en: "\(total) were recovered in all of a loss of \(lost)", zh: "追偿合计\(total)，而损失只有\(lost)"
      ),
      help: loss.interest == nil
        ? .init(
          en: """
            correct the amount; where interest was lost and recovered too, give the loss of \
            interest
            """,
          zh: "更正金额；利息也有损失并追回的，填写利息损失")
        : .init(en: "correct the amount of the recovery or of the loss", zh: "更正追偿或损失的金额"))
    note(
      problem, .init(en: "recovered more than lost", zh: "追偿超过损失"), at: .recovered, in: row,
      &problems)
    return false
  }
}
