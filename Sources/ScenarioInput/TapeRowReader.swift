import CompensationKernel
import DocumentReading
import FundCore

/// Turns the rows of a table into the loans of a tape.
struct TapeRowReader {
  private(set) var tape = LoanTape()
  /// What happened to each loan of the tape, if it is a register.
  private(set) var histories: [LoanHistory] = []
  /// The names of the loans of a register that are not used.
  private(set) var unusedIDs: Set<String> = []
  var problems: TapeProblems

  private let window: TapeMapping.Window?
  private var total = Money.zero
  private var start: JudgedColumn<TapeDate>
  private var term: TapeTerm
  private var standing: TapeStanding
  private let outstanding: TapeOutstanding
  private let run: TapeMapping.Run?
  private let hasRate: Bool
  private var past = PastLoans()
  private let principal: TapeColumn
  private var ids: TapeIDs
  private var bank: NameColumn?
  private var enterprise: NameColumn?
  private var sector: NameColumn?
  private var traits: TapeTraits
  private var risk: TapeRisk
  private var facts: TapeFacts
  private var register: RegisterColumns?

  init(_ columns: TapeColumns, mapping: TapeMapping) {
    guard let start = columns[.start], let principal = columns[.principal] else {
      preconditionFailure("a mapping has columns for start and principal")
    }
    let cells = TapeCells(columns: columns, mapping: mapping)
    problems = TapeProblems(badRows: mapping.badRows, limit: mapping.mostProblems)
    window = mapping.window
    self.start = JudgedColumn(start, property: TapeProperty.start.words) { [mapping] in
      mapping.kind == .register
        ? mapping.dateFormat.day($0).map { TapeDate(day: $0, isWholeMonth: false) }
        : mapping.dateFormat.date($0)
    }
    term = TapeTerm(cells)
    standing = TapeStanding(cells)
    outstanding = TapeOutstanding(cells)
    run = mapping.run
    hasRate = mapping.hasRate
    self.principal = principal
    ids = TapeIDs(columns[.id])
    bank = cells.names(.bank, limit: largestBankCount)
    enterprise = cells.names(.enterprise)
    sector = cells.names(.sector, limit: Int(Int16.max))
    traits = TapeTraits(cells)
    risk = TapeRisk(cells)
    facts = TapeFacts(columns.facts, mapping: mapping)
    register = mapping.kind == .register ? RegisterColumns(cells) : nil
    tape.banks = mapping.constants.bank.map { [$0] } ?? []
    tape.sectors = [mapping.constants.sector ?? LoanTape.onlySector]
  }

  /// Reads one row: to a loan, to a problem, or to a loan outside the window.
  mutating func read(_ row: borrowing TableRow) {
    let date = start.value(row, &problems)
    let month = date?.day.month
    // Behind the window and the run, it does not matter whether the row has a term.
    if let month, leavesOut(row, startingIn: month) { return }
    let months = term.months(from: date, row, &problems)
    if let month, let months, leavesOut(row, endingIn: month.advanced(by: months), month, months) {
      return
    }
    if let reason = standing.reason(row, &problems) {
      return leaveOut(row, reason, from: month, months)
    }
    let principal = principal(row)
    let bankText = bank?.text(row, &problems)
    let id = ids.id(row, &problems)
    let enterpriseText = enterprise?.text(row, &problems)
    let sectorText = sector?.text(row, &problems)
    var loan = LoanRecord(
      id: id ?? "", start: month ?? CivilMonth(ordinal: 0), termMonths: months ?? 1,
      principal: principal ?? .zero)
    traits.fill(&loan, from: row, &problems)
    if outstanding.fill(&loan, from: row, &problems), !problems.isRowBad {
      return leaveOut(row, .settled, from: month, months)
    }
    risk.fill(&loan, from: row, &problems)
    loan.missingFacts = facts.missing(row, &problems, in: &tape.missingFactSets)
    let history = register?.history(of: loan, from: date?.day, in: row, &problems)
    // Names are given positions last, so that names of bad rows get none.
    if !problems.isRowBad {
      if let bankText { loan.bank = bank?.position(ofText: bankText, row, &problems) ?? 0 }
      if let sectorText {
        loan.sector = Int16(sector?.position(ofText: sectorText, row, &problems) ?? 0)
      }
      risk.grade(of: &loan, row, &problems)
      loan.enterprise =
        enterpriseText.flatMap { enterprise?.position(ofText: $0, row, &problems) }
        ?? Int32(tape.loans.count)
    }
    if problems.isRowBad {
      problems.endRow(line: row.line)
      if let id, register != nil { unusedIDs.insert(id) }
    } else {
      // Beyond the largest portfolio the total only has to stay there.
      if total <= .largestInput { total += loan.principal }
      tape.loans.append(loan)
      if let history { histories.append(history) }
    }
  }

  /// Counts a loan outside the window.
  private mutating func leaveOutside(_ row: borrowing TableRow) {
    tape.outsideWindow += 1
    if register != nil, let id = ids.nameIfAny(row) { unusedIDs.insert(id) }
  }

  /// Counts a loan that starts behind the window or the run.
  private mutating func leavesOut(
    _ row: borrowing TableRow, startingIn month: CivilMonth
  ) -> Bool {
    if let window, month > window.until {
      leaveOutside(row)
      return true
    }
    guard let run, month > run.last else { return false }
    leaveOut(row, .startsAfter, from: nil, nil)
    return true
  }

  /// Counts a loan that ends before the window or the run.
  private mutating func leavesOut(
    _ row: borrowing TableRow, endingIn end: CivilMonth, _ start: CivilMonth, _ months: Int
  ) -> Bool {
    if let window, window.from > end {
      leaveOutside(row)
      return true
    }
    guard let run, run.first > end else { return false }
    leaveOut(row, outstanding.isOwed(row) ? .inDefault : .maturedBefore, from: start, months)
    return true
  }

  /// Counts a loan that cannot matter in the run, with its principal if that can be read.
  private mutating func leaveOut(
    _ row: borrowing TableRow, _ reason: LeftOutReason, from start: CivilMonth?, _ months: Int?
  ) {
    problems.forgetRow()
    var amount = Money.zero
    if case .success(let found) = row.money(principal.number) { amount = found }
    tape.leftOut.count(reason, amount, line: row.line)
    guard let start, let run else { return }
    var unjudged = TapeProblems(badRows: .setAside, limit: 0)
    guard let text = enterprise?.text(row, &unjudged) else { return }
    if reason == .inDefault || reason == .writtenOff {
      past.defaulted.insert(enterprise?.name(ofText: text) ?? "")
    }
    guard start.year >= run.first.year, amount > .zero else { return }
    // It has taken up room of its enterprise's limit of the year.
    var loan = LoanRecord(id: "", start: start, termMonths: months ?? 1, principal: amount)
    traits.fill(&loan, from: row, &unjudged)
    loan.missingFacts = facts.missing(row, &unjudged, in: &tape.missingFactSets)
    guard !unjudged.isRowBad else { return }
    past.loans.append((loan, enterprise?.name(ofText: text) ?? ""))
  }

  /// Notes a row that does not have the shape of the table. Of a register, its loan is still known.
  mutating func leaveMisshapen(_ row: borrowing TableRow, _ problem: Diagnostic) {
    problems.noteShape(problem)
    if register != nil, let id = ids.nameIfAny(row) { unusedIDs.insert(id) }
  }

  private mutating func principal(_ row: borrowing TableRow) -> Money? {
    let problem: ScalarProblem
    switch row.money(principal.number) {
    case .success(let amount) where amount > .zero: return amount
    case .success:
      problem = ScalarProblem(
        "zero-principal",
        .init(
          en: "\(quoted(row.text(principal.number))) is no principal",
          zh: "\(quoted(row.text(principal.number)))不能作为本金"),
        help: .init(en: "give the amount that was lent, above 0", zh: "填写放款金额，应大于 0"))
    case .failure(let found): problem = found
    }
    problems.note(
      TapeRowProblem(problem, of: TapeProperty.principal.words), in: row,
      column: principal.number, header: principal.header)
    return nil
  }

  /// The loans that can be used of a tape that cannot.
  var unchecked: LoanTape {
    var found = tape
    found.banks = bank?.names ?? tape.banks
    return found
  }

  /// The tape, when all rows have been read; `nil`, with a problem reported, if it is no portfolio.
  consuming func finished(file: String, _ collector: ProblemCollector) -> LoanTape? {
    let place = SourceLocation(file: file)
    guard !tape.loans.isEmpty else {
      let rest = problems.setAside.reduce(0) { $0 + $1.count }
      let words = tape.leftOut.words
      let leftOut: LocalizedText =
        tape.leftOut.isEmpty ? .empty : .init(en: "; \(words)", zh: "；\(words)")
      collector.report(
        "no-loans",
        .init(
          en: """
            no loan is left: \(grouped(tape.outsideWindow)) outside the window, \(grouped(rest)) \
            set aside\(leftOut)
            """,
          zh: """
            没有剩下任何贷款：窗口之外 \(grouped(tape.outsideWindow)) 笔，剔除 \(grouped(rest)) 行\(leftOut)
            """),
        help: noLoansHelp, at: place)
      return nil
    }
    guard checkAnnuities(at: place, collector) else { return nil }
    guard total <= .largestInput else {
      collector.report(
        "portfolio-too-large",
        .init(en: "the loans come to more than a trillion yuan", zh: "贷款合计超过一万亿元"),
        help: .init(
          en: "check the unit of the principal; all loans together are at most 1万亿",
          zh: "核对本金的单位；全部贷款合计最多 1万亿"), at: place)
      return nil
    }
    tape.setAside = problems.setAside
    tape.banks = bank?.names ?? tape.banks
    tape.sectors = sector?.names ?? tape.sectors
    tape.grades = risk.grades
    tape.enterprises = enterprise?.names ?? tape.loans.map(\.id)
    past.settle(in: &tape)
    tape.source = LocalizedText(same: file)
    tape.digestInput = tape.digestSummary()
    return tape
  }

  /// What to do where no loan is left.
  private var noLoansHelp: LocalizedText {
    guard let run, !tape.leftOut.isEmpty else {
      return .init(
        en: "check the columns, the date format and the window", zh: "核对列、日期格式和时间窗口")
    }
    return .init(
      en: """
        the run goes from \(run.first) to \(run.last): check the scenario's `start` and `horizon`, \
        the dates and the status of the loans
        """,
      zh: "模拟期为 \(run.first) 至 \(run.last)：核对情景的 `start` 和 `horizon`，以及贷款的日期和状态")
  }

  /// Without a rate, an annuity has no schedule. A rate of 0 % that the tape states is a rate.
  private func checkAnnuities(at place: SourceLocation, _ collector: ProblemCollector) -> Bool {
    let count = hasRate ? 0 : tape.loans.count { $0.repayment == .annuity }
    guard count > 0 else { return true }
    collector.report(
      "annuity-without-rate",
      .init(
        en: "\(grouped(count)) loans are repaid by an annuity, and none has an interest rate",
        zh: "\(grouped(count)) 笔贷款等额本息还款，而没有利率"),
      help: .init(
        en: "add a column `rate`, or `rate: 4.35%` under `constants`",
        zh: "加上 `rate` 列，或在 `constants` 下写 `rate: 4.35%`"), at: place)
    return false
  }
}

/// The most banks of a tape. China has some four thousand; a column with more names is no column of
/// banks, and every bank has a table by month in every fund.
private let largestBankCount = 100_000
