import ClaimRules
import DocumentReading
import FundCore
import ResultFacts

/// Adds the recoveries of a table to the loans of a register.
///
/// - Parameters:
///   - table: The table, with a row a recovery.
///   - mapping: How it is to be read.
///   - register: The loans. The recoveries of a loan are sorted by date.
///   - bankWords: Names of banks in the words of the register, normalised, and ours.
///   - problems: Where problems go.
/// - Returns: What was set aside; `nil` if the table cannot be used, which has been reported.
func readRecoveries(
  _ table: DelimitedTable, mapping: TapeMapping, into register: inout RegisterTape,
  bankWords: [String: String], problems: ProblemCollector
) -> RecoveriesRead? {
  guard let columns = TapeColumns(table, mapping, problems) else { return nil }
  var reader = RecoveryRowReader(columns, mapping: mapping, register, bankWords: bankWords)
  do {
    try columns.table.forEachRow { row in
      reader.read(row)
    } setAside: { problem, row in
      reader.leaveMisshapen(row, problem)
    }
  } catch let error as Diagnostics {
    reader.problems.report(to: problems, of: table)
    problems.report(error)
    return nil
  } catch {
    preconditionFailure("reading rows throws nothing but diagnostics, not \(error)")
  }
  reader.problems.report(to: problems, of: table)
  if reader.problems.isTapeBad { return nil }
  register = reader.finished()
  return RecoveriesRead(
    source: table.file, count: reader.count, ofUnusedLoans: reader.ofUnusedLoans,
    setAside: reader.problems.setAside, kept: reader.problems.kept, units: columns.heard.units,
    notices: columns.heard.notices + reader.footers.notices)
}

/// What became of the rows of a file of recoveries.
struct RecoveriesRead: Sendable {
  let source: String
  let count: Int
  /// Recoveries on loans that are not used themselves.
  let ofUnusedLoans: Int
  let setAside: [SetAsideRows]
  let kept: KeptRows
  let units: [HeardUnit]
  let notices: [LocalizedText]
}

private struct RecoveryRowReader {
  var problems: TapeProblems
  private(set) var count = 0
  private(set) var ofUnusedLoans = 0
  private(set) var footers: TapeFooters
  private let amount: TapeColumn?
  private var register: RegisterTape
  private var cells: RegisterColumns
  private let ids: TapeColumn
  private let banks: TapeColumn?
  private let bankWords: [String: String]
  private let positions: [String: Int]
  private let knownBanks: Set<String>

  init(
    _ columns: TapeColumns, mapping: TapeMapping, _ register: RegisterTape,
    bankWords: [String: String]
  ) {
    guard let ids = columns[.id] else {
      preconditionFailure("a mapping of recoveries has a column for the loan")
    }
    self.register = register
    self.ids = ids
    banks = columns[.bank]
    amount = columns[.recovered]
    footers = TapeFooters(columns.table, amount: columns[.recovered])
    self.bankWords = bankWords
    cells = RegisterColumns(TapeCells(columns: columns, mapping: mapping))
    problems = TapeProblems(columns.table, badRows: mapping.badRows, limit: mapping.mostProblems)
    let pairs = register.tape.loans.enumerated().map { ($0.element.id, $0.offset) }
    positions = Dictionary(pairs) { first, _ in first }
    knownBanks = Set(register.tape.banks)
  }

  mutating func read(_ row: borrowing TableRow) {
    take(row)
    if problems.isRowBad, footers.isNoLoan(row) { return problems.forgetRow() }
    if let amount, case .success(let recovered) = row.money(amount.number) {
      footers.add(recovered)
    }
    problems.endRow(row)
  }

  mutating func leaveMisshapen(_ row: borrowing TableRow, _ problem: Diagnostic) {
    if !footers.isNoLoan(row) { problems.noteShape(problem, in: row) }
  }

  private mutating func take(_ row: borrowing TableRow) {
    let found = cells.cells(row, &problems)
    let loan = position(row)
    checkBank(row, ofLoan: loan)
    guard let loan, !problems.isRowBad else { return }
    cells.checkOrder(found, from: nil, row, &problems)
    guard let loss = register.histories[loan].loss else {
      refuse(
        ScalarProblem(
          "no-default",
          .init(en: "the register tells of no default of this loan", zh: "登记簿中这笔贷款没有违约"),
          help: .init(
            en: "give the register its first overdue date and its loss", zh: "在登记簿中填写首个逾期日和损失")),
        .init(en: "recovery on a loan without a default", zh: "未违约贷款的追偿"), ids, row)
      return
    }
    let recovery = cells.recovery(found, row, &problems)
    guard let recovery else {
      if !problems.isRowBad { noteNothing(row) }
      return
    }
    guard recovery.entry.receivedOn >= loss.overdueOn else {
      cells.note(
        ScalarProblem(
          "recovery-before-default",
          .init(
            en:
              "\(recovery.entry.receivedOn) lies before the first overdue date, \(loss.overdueOn)",
            zh: "\(recovery.entry.receivedOn)早于首个逾期日\(loss.overdueOn)"),
          help: .init(en: "correct one of the two dates", zh: "更正其中一个日期")),
        .init(en: "recovered before overdue", zh: "追偿早于逾期"), at: .recoveredDate, in: row, &problems)
      return
    }
    guard
      cells.checkTotal(recovery, loss, of: register.tape.loans[loan], row, &problems),
      !problems.isRowBad
    else { return }
    register.histories[loan].loss?.recoveries.append(recovery.entry)
    count += 1
  }

  /// The position of the loan; `nil` if it is not used, which is counted or noted.
  private mutating func position(_ row: borrowing TableRow) -> Int? {
    let text = row.text(ids.number)
    if let fault = nameFault(text) {
      problems.note(
        TapeRowProblem(fault, of: TapeProperty.id.words), in: row, column: ids.number,
        header: ids.header)
      return nil
    }
    let name = Scalar.name(withoutFormulaGuard(text))
    if let position = positions[name] { return position }
    if register.unusedIDs.contains(name) {
      if !problems.isRowBad { ofUnusedLoans += 1 }
      return nil
    }
    refuse(
      ScalarProblem(
        "unknown-loan",
        .init(en: "the register has no loan \(quoted(name))", zh: "登记簿中没有贷款\(quoted(name))"),
        help: .init(
          en: """
            correct the name, or add the loan to the register
            """, zh: "更正编号，或把该贷款补入登记簿")),
      .init(en: "unknown loan", zh: "贷款不在登记簿中"), ids, row)
    return nil
  }

  private mutating func checkBank(_ row: borrowing TableRow, ofLoan loan: Int?) {
    guard let banks, !row.isMissing(banks.number) else { return }
    let id = Scalar.name(withoutFormulaGuard(row.text(ids.number)))
    if loan == nil, register.unusedIDs.contains(id) {
      return
    }
    let text = row.text(banks.number)
    let name = bankWords[Scalar.normalised(text)] ?? Scalar.name(withoutFormulaGuard(text))
    guard knownBanks.contains(name) else {
      let known = Array(register.tape.banks.prefix(10))
      refuse(
        ScalarProblem(
          "unknown-bank",
          .init(en: "the register has no bank \(quoted(name))", zh: "登记簿中没有银行\(quoted(name))"),
          help: oneOf(known)), .init(en: "unknown bank", zh: "银行不在登记簿中"), banks, row)
      return
    }
    guard let loan else { return }
    let own = register.tape.banks[Int(register.tape.loans[loan].bank)]
    if own != name {
      refuse(
        ScalarProblem(
          "other-bank",
          .init(
            en: "\(quoted(name)) is not the bank of this loan, \(quoted(own))",
            zh: "\(quoted(name))不是这笔贷款的银行\(quoted(own))"),
          help: .init(en: "correct the bank or the loan", zh: "更正银行或贷款")),
        .init(en: "another bank than the loan's", zh: "与贷款的银行不符"), banks, row)
    }
  }

  private mutating func noteNothing(_ row: borrowing TableRow) {
    cells.note(
      ScalarProblem(
        "zero-recovery", .init(en: "nothing was recovered", zh: "没有追偿所得"),
        help: .init(en: "give an amount above 0, or remove the row", zh: "金额应大于0；否则删去此行")
      ), .init(en: "recovery of zero", zh: "追偿为零"), at: .recovered, in: row, &problems)
  }

  private mutating func refuse(
    _ problem: ScalarProblem, _ reason: LocalizedText, _ column: TapeColumn,
    _ row: borrowing TableRow
  ) {
    problems.note(
      TapeRowProblem(problem, reason: reason), in: row, column: column.number,
      header: column.header)
  }

  /// The register with all recoveries, those of a loan in the order of their dates.
  func finished() -> RegisterTape {
    var register = register
    for index in register.histories.indices {
      guard let recoveries = register.histories[index].loss?.recoveries, recoveries.count > 1 else {
        continue
      }
      let order = recoveries.indices.sorted {
        (recoveries[$0].receivedOn, $0) < (recoveries[$1].receivedOn, $1)
      }
      register.histories[index].loss?.recoveries = order.map { recoveries[$0] }
    }
    return register
  }
}
