import CompensationKernel
import DocumentReading
import FundCore

@testable import ScenarioInput

/// A mapping with a column for all that has no constant here.
let plainTapeMapping = """
  tape: t.csv
  columns: {id: id, start: start, term: term, principal: amount, bank: bank}
  constants: {model: bank, size: small, collateral: patent, ipPart: 100%, repayment: bullet, sector: all}
  """

/// What was read, or the problems as they are printed.
struct TapeOutcome {
  var mapping: TapeMapping?
  var tape: LoanTape?
  var problems = ""
}

/// Reads the keys of `portfolio` in the file `s.yaml`.
func readMapping(_ yaml: String) -> TapeOutcome {
  let collector = ProblemCollector()
  var outcome = TapeOutcome()
  do {
    let document = try parseDocument(text: yaml, file: "s.yaml")
    if var section = Section(document, name: "portfolio", problems: collector) {
      outcome.mapping = TapeMapping.read(&section)
      section.finish()
    }
    try collector.throwIfAny()
  } catch {
    outcome.problems = "\(error)"
  }
  return outcome
}

/// Reads the file `t.csv` with these bytes.
func readTape(_ bytes: [UInt8], _ yaml: String = plainTapeMapping) -> TapeOutcome {
  var outcome = readMapping(yaml)
  guard let mapping = outcome.mapping, outcome.problems.isEmpty else { return outcome }
  let collector = ProblemCollector()
  do {
    let table = try DelimitedTable(bytes: bytes, file: "t.csv")
    outcome.tape = readTape(table, mapping: mapping, problems: collector)
    try collector.throwIfAny()
  } catch {
    outcome.problems = "\(error)"
  }
  return outcome
}

/// Reads the file `t.csv` with this text.
func readTape(_ text: String, _ yaml: String = plainTapeMapping) -> TapeOutcome {
  readTape(Array(text.utf8), yaml)
}

extension LoanTape {
  /// The loans as text, with names in place of positions.
  var described: [String] {
    loans.map { loan in
      let grade = loan.grade < 0 ? "-" : grades[Int(loan.grade)]
      let missing = missingFactSets[Int(loan.missingFacts)].sorted().joined(separator: "+")
      let words = [
        loan.id, enterprises[Int(loan.enterprise)], banks[Int(loan.bank)],
        sectors[Int(loan.sector)], grade, "\(loan.annualPD)", loan.model.id,
        loan.size.rawValue, loan.collateral.rawValue, loan.repayment.rawValue, "\(loan.start)",
        "\(loan.termMonths)", "\(loan.principal)", "\(loan.ipPart)", "\(loan.rate)", missing,
      ]
      return words.joined(separator: "|")
    }
  }
}
