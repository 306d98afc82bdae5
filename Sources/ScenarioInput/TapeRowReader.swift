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
  let rounding = RoundedTerms()
  private var start: JudgedColumn<CivilDate>
  private var term: JudgedColumn<Int>
  private let principal: TapeColumn
  private(set) var ids: TapeIDs
  private(set) var bank: NameColumn?
  private(set) var enterprise: NameColumn?
  private(set) var sector: NameColumn?
  private var traits: TapeTraits
  private(set) var risk: TapeRisk
  private var facts: TapeFacts
  private var register: RegisterColumns?

  init(_ columns: TapeColumns, mapping: TapeMapping) {
    guard let start = columns[.start], let term = columns[.term],
      let principal = columns[.principal]
    else { preconditionFailure("a mapping has columns for start, term and principal") }
    let cells = TapeCells(columns: columns, mapping: mapping)
    problems = TapeProblems(columns.table, badRows: mapping.badRows, limit: mapping.mostProblems)
    window = mapping.window
    hasRate = mapping.columns[.rate] != nil
    self.start = JudgedColumn(start, property: TapeProperty.start.words) { [mapping] in
      mapping.kind == .register
        ? mapping.dateFormat.day($0) : mapping.dateFormat.month($0).map(\.firstDay)
    }
    heard = columns.heard
    self.term = JudgedColumn(term, property: TapeProperty.term.words) { [rounding] text in
      termMonths(text, in: term.unit, rounding)
    }
    footers = TapeFooters(columns.table, amount: principal)
    repeats = columns[.id] == nil ? RepeatedRows(columns.table) : nil
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
    tape.sectors = mapping.constants.sector.map { [$0] } ?? []
  }

  /// Reads one row: to a loan, to a problem, or to a loan outside the window.
  mutating func read(_ row: borrowing TableRow) {
    let date = start.value(row, &problems)
    let month = date?.month
    // Behind the window, it does not matter whether the row has a term.
    if let month, let window, month > window.until {
      leaveOutside(row)
      return
    }
    let months = term.value(row, &problems)
    if let month, let months, let window, window.from > month.advanced(by: months) {
      leaveOutside(row)
      return
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
    risk.fill(&loan, from: row, &problems)
    loan.missingFacts = facts.missing(row, &problems, in: &tape.missingFactSets)
    let history = register?.history(of: loan, from: date, in: row, &problems)
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
    if problems.isRowBad {
      problems.endRow(row)
      if let id, register != nil { unusedIDs.insert(id) }
    } else {
      // Beyond the largest portfolio the total only has to stay there.
      if total <= .largestInput { total += loan.principal }
      tape.loans.append(loan)
      if let history { histories.append(history) }
      repeats?.add(row)
    }
  }

  /// Counts a loan outside the window.
  private mutating func leaveOutside(_ row: borrowing TableRow) {
    tape.outsideWindow += 1
    problems.forgetRow()
    if case .success(let amount) = row.money(principal.number) { footers.add(amount) }
    if register != nil, let id = ids.nameIfAny(row) { unusedIDs.insert(id) }
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
        help: .init(en: "give the amount that was lent, above 0", zh: "填写放款金额，应大于 0"))
    case .failure(let found): problem = found
    }
    problems.note(
      TapeRowProblem(problem, of: TapeProperty.principal.words), in: row,
      column: principal.number, header: principal.header)
    return nil
  }
}

/// The term of a loan in months.
private func termMonths(
  _ text: String, in unit: ColumnUnit?, _ rounding: RoundedTerms
) -> Result<Int, ScalarProblem> {
  Scalar.term(text, in: unit).flatMap { term in
    guard term.months > 0 else {
      return .failure(
        ScalarProblem(
          "zero-term", .init(en: "\(quoted(text)) is no term", zh: "\(quoted(text))不能作为期限"),
          help: .init(en: "give the term in months, from 1 to 1200", zh: "填写期限月数，1 至 1200")))
    }
    if term.isRounded { rounding.note(text, term.months) }
    return .success(term.months)
  }
}

extension TapeDateFormat {
  /// The month of a date.
  func month(_ text: String) -> Result<CivilMonth, ScalarProblem> {
    let date = day(text)
    guard self == .auto, case .failure = date else { return date.map(\.month) }
    if case .success(let month) = Scalar.month(text) { return .success(month) }
    return date.map(\.month)
  }

  /// A date.
  func day(_ text: String) -> Result<CivilDate, ScalarProblem> {
    let date = Scalar.date(text, order: order)
    guard self == .auto, case .failure = date else { return date }
    let parts = Scalar.normalised(text).prefix { $0 != " " }.split { "/-.".contains($0) }
    if parts.count == 3, parts[0].count <= 2, parts.allSatisfy({ Int($0) != nil }) {
      return .failure(
        ScalarProblem(
          "unclear-date",
          .init(en: "\(quoted(text)) does not start with the year", zh: "\(quoted(text))不是以年份开头"),
          help: .init(
            en: """
              say how dates are written: `dateFormat: dd/MM/yyyy` or \
              `dateFormat: MM/dd/yyyy`
              """,
            zh: "写明日期格式：`dateFormat: dd/MM/yyyy` 或 `dateFormat: MM/dd/yyyy`")))
    }
    return date
  }
}

/// The most banks of a tape. China has some four thousand; a column with more names is no column of
/// banks, and every bank has a table by month in every fund.
private let largestBankCount = 100_000
