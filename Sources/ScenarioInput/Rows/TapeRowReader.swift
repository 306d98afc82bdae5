import CompensationKernel
import DocumentReading
import FundCore

/// Turns the rows of a table into the loans of a tape.
struct TapeRowReader {
  var tape = LoanTape()
  /// What happened to each loan of the tape, if it is a register.
  private(set) var histories: [LoanHistory] = []
  /// The names of the loans of a register that are not used.
  private(set) var unusedIDs: Set<String> = []
  var problems: TapeProblems

  private let window: TapeMapping.Window?
  let hasRate: Bool
  private(set) var total = Money.zero
  private(set) var footers: TapeFooters
  private(set) var repeats: RepeatedRows?
  let heard: HeardUnits
  private var start: JudgedColumn<TapeDate>
  private(set) var term: TapeTerm
  private var standing: TapeStanding
  private let outstanding: TapeOutstanding
  let run: TapeMapping.Run?
  private(set) var past = PastLoans()
  private let principal: TapeColumn
  private(set) var ids: TapeIDs
  private(set) var bank: NameColumn?
  private(set) var enterprise: NameColumn?
  private(set) var sector: NameColumn?
  private var traits: TapeTraits
  private(set) var risk: TapeRisk
  private var facts: TapeFacts
  private var register: RegisterColumns?

  /// - Parameters:
  ///   - columns: The columns.
  ///   - mapping: How they are read.
  ///   - recurring: The ids that more than one row has: their rows are not used.
  init(_ columns: TapeColumns, mapping: TapeMapping, recurring: Set<String> = []) {
    guard let start = columns[.start], let principal = columns[.principal] else {
      preconditionFailure("a mapping has columns for start and principal")
    }
    let cells = TapeCells(columns: columns, mapping: mapping)
    problems = TapeProblems(columns.table, badRows: mapping.badRows, limit: mapping.mostProblems)
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
    heard = columns.heard
    footers = TapeFooters(columns.table, amount: principal)
    repeats = columns[.id] == nil ? RepeatedRows(columns.table) : nil
    self.principal = principal
    ids = TapeIDs(columns[.id], recurring: recurring)
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
    if problems.isRowBad, footers.isNoLoan(row) {
      problems.forgetRow()
      return
    }
    footers.add(principal)
    ids.confirmRepeat()
    if problems.isRowBad {
      problems.endRow(row)
      if register != nil, let id = ids.nameIfAny(row) { unusedIDs.insert(id) }
    } else {
      keep(loan, history, row)
    }
  }

  /// Takes a loan that can be used.
  private mutating func keep(
    _ loan: LoanRecord, _ history: LoanHistory?, _ row: borrowing TableRow
  ) {
    // Beyond the largest portfolio the total only has to stay there.
    if total <= .largestInput { total += loan.principal }
    tape.loans.append(loan)
    if let history { histories.append(history) }
    repeats?.add(row)
  }

  /// Counts a loan outside the window.
  private mutating func leaveOutside(_ row: borrowing TableRow) {
    tape.outsideWindow += 1
    problems.forgetRow()
    if case .success(let amount) = row.money(principal.number) { footers.add(amount) }
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
    footers.add(amount)
    tape.leftOut.count(reason, amount, line: row.line)
    guard let start, let run else { return }
    var unjudged = TapeProblems(badRows: .setAside, limit: 0)
    guard let text = enterprise?.text(row, &unjudged) else { return }
    if reason == .inDefault || reason == .writtenOff {
      past.defaulted.insert(enterprise?.name(ofText: text) ?? "")
    }
    guard start <= run.last, amount > .zero else { return }
    // It has taken up room of its enterprise's limits, and has made it a customer of its bank.
    var loan = LoanRecord(id: "", start: start, termMonths: months ?? 1, principal: amount)
    traits.fill(&loan, from: row, &unjudged)
    loan.missingFacts = facts.missing(row, &unjudged, in: &tape.missingFactSets)
    guard !unjudged.isRowBad else { return }
    let bankText = bank?.text(row, &unjudged)
    past.loans.append(
      (
        loan, enterprise?.name(ofText: text) ?? "",
        bank.map { names in bankText.map { names.name(ofText: $0) } ?? "" }
      ))
  }

  /// Notes a row that does not have the shape of the table. Of a register, its loan is still known.
  mutating func leaveMisshapen(_ row: borrowing TableRow, _ problem: Diagnostic) {
    if footers.isNoLoan(row) { return }
    problems.noteShape(problem, in: row)
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
        help: .init(en: "give the amount that was lent, above 0", zh: "填写放款金额，应大于0"))
    case .failure(let found): problem = found
    }
    problems.note(
      TapeRowProblem(problem, of: TapeProperty.principal.words), in: row,
      column: principal.number, header: principal.header)
    return nil
  }
}

/// The most banks of a tape. China has some four thousand; a column with more names is no column of
/// banks, and every bank has a table by month in every fund.
private let largestBankCount = 100_000
