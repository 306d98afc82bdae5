import CompensationKernel
import DocumentReading
import FundCore

/// The largest number of loans of a tape.
let tapeLoanLimit = 20_000_000

/// Reads a loan tape.
///
/// Banks, enterprises, sectors and grades are numbered in the order in which loans that are used
/// name them first. A row outside the window is not judged any further, and its id may recur.
///
/// - Parameters:
///   - path: Where the file is.
///   - displayName: How messages name the file.
///   - mapping: How the file is to be read.
///   - problems: Where problems go.
/// - Returns: `nil` if the tape cannot be used, which has been reported.
func readTape(
  path: String, displayName: String, mapping: TapeMapping, problems: ProblemCollector
) -> LoanTape? {
  do throws(Diagnostics) {
    try FileKind.requireTable(path: path)
    let table = try DelimitedTable(
      path: path, displayName: displayName, sheet: mapping.sheet, isHeadedLater: true)
    return readTape(table, mapping: mapping, problems: problems)
  } catch {
    problems.report(error)
    return nil
  }
}

/// Reads a tape only to report what is wrong with it.
func tryTape(path: String, mapping: TapeMapping, problems: ProblemCollector) {
  do throws(Diagnostics) {
    try FileKind.requireTable(path: path)
    let table = try DelimitedTable(
      path: path, displayName: path, sheet: mapping.sheet, isHeadedLater: true)
    _ = readAllRows(table, mapping: mapping, problems: problems)
  } catch {
    problems.report(error)
  }
}

/// Reads a loan tape from a table that is open.
func readTape(
  _ table: DelimitedTable, mapping: TapeMapping, problems: ProblemCollector
) -> LoanTape? {
  readRows(table, mapping: mapping, problems: problems)?.finished(file: table.file, problems)
}

/// Reads the loans of a register from a table that is open.
func readRegisterTape(
  _ table: DelimitedTable, mapping: TapeMapping, problems: ProblemCollector
) -> RegisterTape? {
  readRegisterRows(table, mapping: mapping, problems: problems).flatMap {
    $0.isWhole ? $0.tape : nil
  }
}

/// Reads the loans of a register as far as its rows can be used, so that a file of recoveries can be
/// held against it even then.
///
/// - Returns: The loans, and whether all rows could be used; `nil` if the file cannot be read at all.
func readRegisterRows(
  _ table: DelimitedTable, mapping: TapeMapping, problems: ProblemCollector
) -> (tape: RegisterTape, isWhole: Bool)? {
  guard let reader = readAllRows(table, mapping: mapping, problems: problems) else { return nil }
  let (histories, unused) = (reader.histories, reader.unusedIDs)
  if reader.problems.isTapeBad {
    return (RegisterTape(tape: reader.unchecked, histories: histories, unusedIDs: unused), false)
  }
  return reader.finished(file: table.file, problems).map {
    (RegisterTape(tape: $0, histories: histories, unusedIDs: unused), true)
  }
}

/// Reads all rows of a table; `nil` if any cannot be used, which has been reported.
private func readRows(
  _ table: DelimitedTable, mapping: TapeMapping, problems: ProblemCollector
) -> TapeRowReader? {
  readAllRows(table, mapping: mapping, problems: problems).flatMap {
    $0.problems.isTapeBad ? nil : $0
  }
}

/// Reads all rows of a table; `nil` if it cannot be divided into rows with the columns of the mapping.
private func readAllRows(
  _ table: DelimitedTable, mapping: TapeMapping, problems: ProblemCollector
) -> TapeRowReader? {
  guard let columns = TapeColumns(table, mapping, problems) else { return nil }
  var reader = TapeRowReader(columns, mapping: mapping)
  do {
    try reader.readAll(columns.table)
    if mapping.badRows == .setAside, !reader.ids.found.isEmpty {
      // Where ids recur, the order of the file must not say which row counts: none does.
      reader = TapeRowReader(columns, mapping: mapping, recurring: reader.ids.found)
      try reader.readAll(columns.table)
    }
  } catch let error as Diagnostics {
    reader.problems.report(to: problems, of: table)
    problems.report(error)
    return nil
  } catch {
    preconditionFailure("reading rows throws nothing but diagnostics, not \(error)")
  }
  reader.problems.report(to: problems, of: table)
  return reader
}

extension TapeRowReader {
  /// Reads all rows of a table.
  fileprivate mutating func readAll(_ table: DelimitedTable) throws {
    try table.forEachRow { row in
      read(row)
      if tape.loans.count > tapeLoanLimit { throw tooManyLoans(row.location(0)) }
    } setAside: { problem, row in
      leaveMisshapen(row, problem)
    }
  }
}

private func tooManyLoans(_ place: SourceLocation) -> Diagnostics {
  Diagnostics(
    "too-many-loans",
    .init(
      en: "the tape has more than \(grouped(tapeLoanLimit)) loans",
      zh: "台账超过\(grouped(tapeLoanLimit))笔贷款"),
    help: .init(
      en: "take a sample of the loans, or choose a `window`", zh: "抽取部分贷款，或用 `window` 限定时间"),
    at: place)
}
