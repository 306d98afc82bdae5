import ClaimRules
import DocumentReading
import Foundation
import FundCore

@testable import ScenarioInput

/// A register with our names of columns, as text: a header, and rows that tests change.
enum RegisterText {
  static let header =
    "id,enterprise,bank,size,start,term,principal,overdueDate,lossPrincipal,lossInterest,"
    + "recognisedDate,appliedDate,filedDate,writtenOffDate,recovered,recoveredDate,recoveryCosts,"
    + "returnedDate,status"

  /// A loan that defaulted, with everything that a register can tell of it.
  static let defaulted =
    "L1,甲公司,A,small,2024-01-15,12,100万,2024-06-01,80万,2万,2024-07-01,2024-07-10,2024-02-01,"
    + "2025-01-10,30万,2024-12-01,1万,2024-12-16,chargedOff"

  /// Two loans without a default.
  static let others = """
    L2,甲公司,A,small,2024-03-01,12,50万,,,,,,2024-03-20,,,,,,paid
    L3,乙公司,B,micro,2024-04-01,24,70万,,,,,,,,,,,,running
    """

  /// The whole file.
  static let good = [header, defaulted, others].joined(separator: "\n") + "\n"

  /// How it is read.
  static let mapping = """
    columns: {id: id, enterprise: enterprise, bank: bank, size: size, start: start, term: term, principal: principal, overdueDate: overdueDate, lossPrincipal: lossPrincipal, lossInterest: lossInterest, recognisedDate: recognisedDate, appliedDate: appliedDate, filedDate: filedDate, writtenOffDate: writtenOffDate, recovered: recovered, recoveredDate: recoveredDate, recoveryCosts: recoveryCosts, returnedDate: returnedDate, status: status}
    constants: {model: bank, collateral: patent, ipPart: 100%, repayment: bullet, rate: 4%}
    facts: {others: met}
    """

  static let recoveryMapping = """
    tape: x.csv
    columns: {id: id, bank: bank, recoveredDate: date, recovered: amount, recoveryCosts: costs, returnedDate: returned}
    """
}

/// What was read of a register, or the problems as they are printed.
struct RegisterOutcome {
  var register: RegisterTape?
  var recoveries: RecoveriesRead?
  var problems = ""
}

private func mapping(
  _ yaml: String, of kind: TapeKind, _ collector: ProblemCollector
) -> TapeMapping? {
  do {
    let document = try parseDocument(text: yaml, file: "t.yaml")
    guard var section = Section(document, name: "register", problems: collector) else { return nil }
    let mapping = TapeMapping.read(&section, of: kind)
    section.finish()
    return collector.problems.isEmpty ? mapping : nil
  } catch {
    collector.report(error)
    return nil
  }
}

/// Reads the file `r.csv`, and the recoveries `x.csv` if there are any.
func readRegister(
  _ bytes: [UInt8], _ yaml: String = RegisterText.mapping, recoveries: [UInt8]? = nil,
  _ recoveryYAML: String = RegisterText.recoveryMapping
) -> RegisterOutcome {
  var outcome = RegisterOutcome()
  let collector = ProblemCollector()
  do {
    if let mapping = mapping(yaml, of: .register, collector) {
      let table = try DelimitedTable(bytes: bytes, file: "r.csv")
      outcome.register = readRegisterTape(table, mapping: mapping, problems: collector)
      if let recoveries, var register = outcome.register,
        let other = ScenarioInputTests.mapping(recoveryYAML, of: .recoveries, collector)
      {
        outcome.recoveries = readRecoveries(
          try DelimitedTable(bytes: recoveries, file: "x.csv"), mapping: other, into: &register,
          bankWords: [:], problems: collector)
        outcome.register = register
      }
    }
    try collector.throwIfAny()
  } catch {
    outcome.register = nil
    outcome.problems = "\(error)"
  }
  return outcome
}

/// Reads texts as the files `r.csv` and `x.csv`.
func readRegister(
  text: String, _ yaml: String = RegisterText.mapping, recoveries: String? = nil
) -> RegisterOutcome {
  readRegister(Array(text.utf8), yaml, recoveries: recoveries.map { Array($0.utf8) })
}

extension RegisterTape {
  /// What happened to the loans, in words.
  var described: [String] {
    zip(tape.loans, histories).map { loan, history in
      var words = "\(loan.id) \(tape.banks[Int(loan.bank)]) \(history.disbursedOn)"
      words += " filed \(history.filedOn.map { "\($0)" } ?? "–")"
      guard let loss = history.loss else { return words }
      words += ", overdue \(loss.overdueOn), lost \(loss.principal)"
      words += " and \(loss.interest.map { "\($0)" } ?? "–")"
      for recovery in loss.recoveries {
        words += ", back \(recovery.receivedOn)"
        if case .onWholeLoan(let amount) = recovery.amount { words += " \(amount)" }
        if case .amount(let costs) = recovery.costs { words += " less \(costs)" }
      }
      return words
    }
  }
}
