import CompensationKernel
import DocumentReading
import FundCore

/// The columns for whether a loan can matter: its status, and when it was charged off.
struct TapeStanding {
  /// What a cell of the date of default says.
  private struct DateCell {
    let isGiven: Bool
    let month: CivilMonth?
  }

  private let kind: TapeKind
  private let statusDay: StatusDay
  private let opening: CivilMonth?
  private var status: JudgedColumn<TapeStatus>?
  private var date: JudgedColumn<DateCell>?
  /// What says that a settled loan was overdue before: a cure, or what came in of what was lost (I-38).
  private let cured: TapeColumn?
  private let repaid: (recovered: TapeColumn, lost: TapeColumn)?
  /// Whether another file tells what came in, which this one cannot contradict.
  private let isRecoveredElsewhere: Bool

  init(_ cells: TapeCells) {
    kind = cells.mapping.kind
    cured = cells.columns[.curedDate]
    repaid = cells.columns[.recovered].flatMap { recovered in
      cells.columns[.lossPrincipal].map { (recovered, $0) }
    }
    isRecoveredElsewhere = cells.mapping.hasRecoveriesFile
    statusDay = cells.mapping.statusDay
    opening = cells.mapping.run?.first
    status = cells.choices(.status, as: TapeStatus.self)
    let format = cells.mapping.dateFormat
    let isRegister = kind == .register
    date = cells.values(isRegister ? .overdueDate : .chargeOffDate) { text in
      switch format.month(text) {
      case .success(let month): .success(DateCell(isGiven: true, month: month))
      case .failure(let problem) where problem.code == "missing-value":
        .success(DateCell(isGiven: false, month: nil))
      // The reader of defaults reports it.
      case .failure where isRegister: .success(DateCell(isGiven: true, month: nil))
      case .failure(let problem): .failure(problem)
      }
    }
  }

  /// Why a loan is not simulated, by its status; `nil` if it is, or if the row has a problem.
  mutating func reason(
    _ row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> LeftOutReason? {
    // In a register the status changes nothing, so that a loan without one is no problem.
    let isSilent = kind == .register && (self.status.map { row.isMissing($0.column) } ?? false)
    let status = isSilent ? nil : self.status?.value(row, &problems)
    let date = self.date?.value(row, &problems)
    if let status, let date, contradicts(status, hasDate: date.isGiven),
      !(status == .settled && isOver(row))
    {
      note(status, hasDate: date.isGiven, row, &problems)
      return nil
    }
    guard kind == .portfolio, statusDay == .opening, !problems.isRowBad else { return nil }
    // A date that lies in the run says that the loan was running at the opening.
    if let month = date?.month, let opening { return month < opening ? .writtenOff : nil }
    return status?.reason
  }

  /// Whether a loan that was overdue is cured or repaid in full.
  private func isOver(_ row: borrowing TableRow) -> Bool {
    if isRecoveredElsewhere { return true }
    if let cured, !row.isMissing(cured.number) { return true }
    guard let repaid, case .success(let amount) = row.money(repaid.recovered.number),
      case .success(let lost) = row.money(repaid.lost.number)
    else { return false }
    return amount >= lost
  }

  private func contradicts(_ status: TapeStatus, hasDate: Bool) -> Bool {
    guard kind == .register else { return hasDate != (status == .writtenOff) }
    switch status {
    case .current, .transferred: return false
    case .settled: return hasDate
    case .writtenOff, .overdue, .nonPerforming: return !hasDate
    }
  }

  /// Notes a loan whose status and date contradict each other.
  private func note(
    _ status: TapeStatus, hasDate: Bool, _ row: borrowing TableRow,
    _ problems: inout TapeProblems
  ) {
    guard let date else { return }
    let found: LocalizedText =
      hasDate
      ? .init(en: "\(quoted(row.text(date.column)))", zh: "为\(quoted(row.text(date.column)))")
      : .init(en: "no date", zh: "没有日期")
    let problem = ScalarProblem(
      "contradictory-status",
      .init(
        en: "the loan is \(status.words), and the column has \(found)",
        zh: "贷款状态为\(status.words)，而该列\(found)"),
      help: .init(en: "correct the status or the date", zh: "更正状态或日期"))
    let reason: LocalizedText =
      hasDate
      ? .init(
        en: "\(status.words), with a \(date.property)", zh: "\(status.words)而有\(date.property)")
      : .init(
        en: "\(status.words), without a \(date.property)",
        zh: "\(status.words)而无\(date.property)")
    problems.note(
      TapeRowProblem(problem, reason: reason), in: row, column: date.column, header: date.header)
  }
}

/// The column for what is outstanding at the opening.
struct TapeOutstanding {
  private let column: TapeColumn?
  private let opening: CivilMonth?

  init(_ cells: TapeCells) {
    column = cells.columns[.outstanding]
    opening = cells.mapping.run?.first
  }

  /// Sets what is outstanding of a loan that runs at the opening.
  ///
  /// - Returns: Whether nothing is outstanding any more.
  func fill(
    _ loan: inout LoanRecord, from row: borrowing TableRow, _ problems: inout TapeProblems
  ) -> Bool {
    guard let column, !row.isEmpty(column.number) else { return false }
    let amount: Money
    switch row.money(column.number) {
    case .success(let found): amount = found
    case .failure(let problem) where problem.code == "missing-value": return false
    case .failure(let problem):
      problems.note(
        TapeRowProblem(problem, of: TapeProperty.outstanding.words), in: row,
        column: column.number, header: column.header)
      return false
    }
    // Without dates or a principal, those are the problem.
    guard let opening, !problems.isRowBad else { return false }
    let monthsRun = opening.months(since: loan.start)
    if let problem = problem(of: amount, loan, isRunning: monthsRun > 0, row.text(column.number)) {
      problems.note(problem, in: row, column: column.number, header: column.header)
      return false
    }
    guard monthsRun > 0, monthsRun <= loan.termMonths else { return false }
    loan.outstanding = amount
    loan.monthsRun = Int16(monthsRun)
    return amount == .zero
  }

  /// Whether a loan that has matured by its dates still has a balance.
  func isOwed(_ row: borrowing TableRow) -> Bool {
    guard let column, !row.isEmpty(column.number),
      case .success(let amount) = row.money(column.number)
    else { return false }
    return amount > .zero
  }

  private func problem(
    of amount: Money, _ loan: LoanRecord, isRunning: Bool, _ text: String
  ) -> TapeRowProblem? {
    if amount > loan.principal {
      return TapeRowProblem(
        ScalarProblem(
          "outstanding-too-large",
          .init(
            en: "\(quoted(text)) is more than the principal of \(loan.principal)",
            zh: "\(quoted(text))超过本金\(loan.principal)"),
          help: .init(
            en: "give what is outstanding of the principal at the opening",
            zh: "填写期初尚未归还的本金")),
        reason: .init(en: "outstanding above the principal", zh: "余额超过本金"))
    }
    guard !isRunning, amount != loan.principal else { return nil }
    return TapeRowProblem(
      ScalarProblem(
        "outstanding-of-later-loan",
        .init(
          en: """
            \(quoted(text)) is outstanding of a loan that starts in \(loan.start), not before the \
            opening
            """,
          zh: "\(quoted(text))是\(loan.start)发放的贷款的余额，而该笔不早于期初"),
        help: .init(
          en: """
            `outstanding` is the balance at the opening: leave the cell of a later loan empty, \
            give its `status` if it is settled, or move the scenario's `start` to the day of the tape
            """,
          zh: "`outstanding` 为期初余额：期初以后发放的留空；已结清的用 `status` 标明；或把情景的 `start` 移到台账的日期")),
      reason: .init(en: "balance of a loan after the opening", zh: "期初以后发放的贷款写有余额"))
  }
}
