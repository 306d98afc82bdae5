import CompensationKernel
import DocumentReading
public import FundCore

/// Why a loan is not simulated.
public enum LeftOutReason: Int, CaseIterable, Sendable {
  case maturedBefore
  case startsAfter
  case settled
  case writtenOff
  case transferred
  case inDefault

  /// The reason in words.
  public var words: LocalizedText {
    switch self {
    case .maturedBefore: .init(en: "matured before the run", zh: "模拟开始前已到期")
    case .startsAfter: .init(en: "starts after the run", zh: "模拟期结束后才发放")
    case .settled: .init(en: "settled before the run", zh: "模拟开始前已结清")
    case .writtenOff: .init(en: "written off before the run", zh: "模拟开始前已核销")
    case .transferred: .init(en: "transferred before the run", zh: "模拟开始前已转让")
    case .inDefault:
      .init(
        en: "overdue or in default at the opening, cannot default again",
        zh: "期初已逾期或违约，不再违约一次")
    }
  }

  /// What stands where other reasons have their article.
  public static var source: LocalizedText { .init(en: "not simulated", zh: "不参与模拟") }
}

/// Loans that are not simulated, for one reason.
public struct LeftOutLoans: Sendable, Hashable {
  /// The reason.
  public let reason: LeftOutReason
  /// Their number.
  public var count: Int
  /// Their principal, as far as it can be read.
  public var amount: Money
  /// The line of the first; 0 for generated loans.
  public let firstLine: Int
}

extension [LeftOutLoans] {
  /// Counts a loan.
  mutating func count(_ reason: LeftOutReason, _ amount: Money, line: Int) {
    guard let place = firstIndex(where: { $0.reason == reason }) else {
      append(LeftOutLoans(reason: reason, count: 1, amount: amount, firstLine: line))
      return
    }
    self[place].count += 1
    // Beyond the largest portfolio the total only has to stay there.
    if self[place].amount <= .largestInput { self[place].amount += amount }
  }

  /// The reasons with their counts, for a message.
  var words: LocalizedText {
    let parts = map { item in
      LocalizedText(
        en: "\(grouped(item.count)) \(item.reason.words)",
        zh: "\(grouped(item.count)) 笔\(item.reason.words)")
    }
    return LocalizedText { language in
      parts.map { $0[language] }.joined(separator: language == .english ? "; " : "；")
    }
  }
}

/// What became of a loan.
enum TapeStatus: String, CaseIterable, Sendable {
  case current
  case overdue
  case nonPerforming
  case settled
  case writtenOff
  case transferred

  /// The status in words.
  var words: LocalizedText {
    switch self {
    case .current: .init(en: "current", zh: "正常")
    case .overdue: .init(en: "overdue", zh: "已逾期")
    case .nonPerforming: .init(en: "non-performing", zh: "不良")
    case .settled: .init(en: "settled", zh: "已结清")
    case .writtenOff: .init(en: "written off", zh: "已核销")
    case .transferred: .init(en: "transferred", zh: "已转让")
    }
  }

  /// Why a loan of this status at the opening is not simulated; `nil` if it is.
  var reason: LeftOutReason? {
    switch self {
    case .current: nil
    case .overdue, .nonPerforming: .inDefault
    case .settled: .settled
    case .writtenOff: .writtenOff
    case .transferred: .transferred
    }
  }
}

extension TapeStatus: SpokenChoice {
  /// The words of ledgers; of the five classes, 关注 (special mention) still performs.
  var otherWords: [String] {
    switch self {
    case .current:
      [
        "正常", "正常类", "关注", "关注类", "存续", "在贷", "未结清", "未到期", "running", "performing",
      ]
    case .overdue: ["逾期", "已逾期", "pastdue"]
    case .nonPerforming:
      [
        "不良", "次级", "次级类", "可疑", "可疑类", "损失", "损失类", "违约", "已违约", "nonperforming",
        "default", "defaulted",
      ]
    case .settled:
      ["已结清", "结清", "正常结清", "提前结清", "已还清", "还清", "已收回", "paid", "paidoff", "paid-off", "closed"]
    case .writtenOff:
      [
        "已核销", "核销", "writtenoff", "written-off", "chargedOff", "chargedoff", "charged-off",
      ]
    case .transferred: ["已转让", "转让", "已转出", "转出"]
    }
  }
}

/// Of which day the status of a tape is.
enum StatusDay: String, CaseIterable, Sendable {
  /// The opening: what is settled or in default is not simulated.
  case opening
  /// The end of what the tape tells, in a study that looks back: it only finds rows that contradict
  /// themselves.
  case end
}

extension StatusDay: SpokenChoice {
  var otherWords: [String] {
    switch self {
    case .opening: ["期初"]
    case .end: ["期末"]
    }
  }
}

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

  init(_ cells: TapeCells) {
    kind = cells.mapping.kind
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
    let status = self.status?.value(row, &problems)
    let date = self.date?.value(row, &problems)
    if let status, let date, contradicts(status, hasDate: date.isGiven) {
      note(status, hasDate: date.isGiven, row, &problems)
      return nil
    }
    guard kind == .portfolio, statusDay == .opening, !problems.isRowBad else { return nil }
    // A date that lies in the run says that the loan was running at the opening.
    if let month = date?.month, let opening { return month < opening ? .writtenOff : nil }
    return status?.reason
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
            zh: "\(quoted(text))超过本金 \(loan.principal)"),
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
          zh: "\(quoted(text))是 \(loan.start) 发放的贷款的余额，而该笔不早于期初"),
        help: .init(
          en: """
            `outstanding` is the balance at the opening: leave the cell of a later loan empty, \
            give its `status` if it is settled, or move the scenario's `start` to the day of the tape
            """,
          zh: "`outstanding` 为期初余额：期初以后发放的留空；已结清的用 `status` 标明；或把情景的 `start` 移到台账的日期")),
      reason: .init(en: "balance of a loan after the opening", zh: "期初以后发放的贷款写有余额"))
  }
}
