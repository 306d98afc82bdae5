import CompensationKernel
import FundCore

/// Writes a tape as a CSV file with our names of columns.
///
/// Read with the mapping that `tapeMapping(for:file:)` gives, it is the same portfolio: the same
/// loans in the same order with the same names. Positions are given in the order of first use, and
/// names that no loan uses are not written.
///
/// - Parameters:
///   - tape: The tape.
///   - write: Takes the next piece of the file.
public func writeTape(_ tape: LoanTape, to write: (String) throws -> Void) rethrows {
  let columns = WrittenColumns(tape)
  var piece = columns.names.joined(separator: ",") + "\n"
  for loan in tape.loans {
    columns.append(loan, to: &piece)
    if piece.utf8.count >= 1 << 16 {
      try write(piece)
      piece.removeAll(keepingCapacity: true)
    }
  }
  if !piece.isEmpty { try write(piece) }
}

/// The mapping `portfolio` of a scenario with which a written tape is read back, as YAML.
///
/// - Parameters:
///   - tape: The tape that was written.
///   - file: The name of its file, as the scenario is to give it.
public func tapeMapping(for tape: LoanTape, file: String) -> String {
  let columns = WrittenColumns(tape)
  var lines = ["portfolio:", "  tape: '\(file.replacing("'", with: "''"))'", "  columns:"]
  lines += columns.properties.map { "    \($0.rawValue): \($0.rawValue)" }
  lines.append("  facts:")
  if !columns.facts.isEmpty {
    lines.append("    columns:")
    lines += columns.facts.map { "      \($0): \($0)" }
  }
  lines.append("    others: met  # the tape names only facts that some loan does not meet")
  return lines.joined(separator: "\n") + "\n"
}

/// The columns that a tape needs, and how its loans fill them.
private struct WrittenColumns {
  private let tape: LoanTape
  private let hasGrades: Bool
  private let hasProbabilities: Bool
  private let hasBalances: Bool
  /// The facts that do not hold for some loan.
  let facts: [String]

  init(_ tape: LoanTape) {
    self.tape = tape
    hasGrades = tape.loans.contains { $0.grade >= 0 }
    hasProbabilities = tape.loans.contains { !$0.annualPD.isNaN }
    hasBalances = tape.loans.contains { $0.outstanding != nil }
    facts = tape.missingFactSets.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted()
  }

  var properties: [TapeProperty] {
    var properties: [TapeProperty] = [.id, .enterprise, .bank, .model, .size, .sector]
    if hasGrades { properties.append(.grade) }
    if hasProbabilities { properties.append(.pd) }
    properties += [.start, .term, .principal]
    if hasBalances { properties.append(.outstanding) }
    return properties + [.rate, .repayment, .collateral, .ipPart]
  }

  var names: [String] { properties.map(\.rawValue) + facts.map(tapeCell) }

  /// Appends the row of a loan.
  func append(_ loan: LoanRecord, to text: inout String) {
    func cell(_ content: String) {
      text += content
      text += ","
    }
    cell(tapeCell(loan.id))
    cell(tapeCell(tape.enterprises[Int(loan.enterprise)]))
    cell(tapeCell(tape.banks[Int(loan.bank)]))
    cell(loan.model.id)
    cell(loan.size.rawValue)
    cell(tapeCell(tape.sectors[Int(loan.sector)]))
    if hasGrades { cell(loan.grade < 0 ? "" : tapeCell(tape.grades[Int(loan.grade)])) }
    if hasProbabilities { cell(loan.annualPD.isNaN ? "" : share(loan.annualPD)) }
    cell(loan.start.description)
    cell(String(loan.termMonths))
    cell(yuan(loan.principal))
    if hasBalances { cell(loan.outstanding.map(yuan) ?? "") }
    cell(loan.rate.description)
    cell(loan.repayment.rawValue)
    cell(loan.collateral.rawValue)
    text += loan.ipPart.description
    let missing = tape.missingFactSets[Int(loan.missingFacts)]
    for fact in facts { text += missing.contains(fact) ? ",false" : ",true" }
    text += "\n"
  }
}

/// An amount as a number of yuan.
private func yuan(_ amount: Money) -> String {
  let (whole, fen) = amount.fen.quotientAndRemainder(dividingBy: 100)
  return fen == 0 ? String(whole) : "\(whole).\(fen < 10 ? "0" : "")\(fen)"
}

/// A probability with all its digits, as no number with an exponent is read.
///
/// A cell is read with up to 22 digits. Where the zeros behind the point leave too few of them,
/// the probability is written in thousandths; below 10⁻⁸ it may lose its last digits.
private func share(_ probability: Double) -> String {
  guard probability < 1 else { return "1" }
  let (digits, exponent) = digitsAndExponent(probability)
  let isSmall = digits.count - exponent > 22
  let zeros = String(repeating: "0", count: max(0, -exponent - (isSmall ? 3 : 0)))
  return "0." + (zeros + digits).prefix(22) + (isSmall ? "‰" : "")
}

/// The shortest digits d₁d₂… and the exponent e of a number 0.d₁d₂… × 10ᵉ that is read as the same.
private func digitsAndExponent(_ number: Double) -> (digits: String, exponent: Int) {
  let parts = number.description.split(separator: "e")
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  let whole = mantissa[0]
  let fraction = mantissa.count > 1 ? mantissa[1] : ""
  let all = whole + fraction
  let digits = all.drop { $0 == "0" }
  var kept = digits
  while kept.last == "0" { kept.removeLast() }
  let shift = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
  return kept.isEmpty ? ("0", 0) : (String(kept), whole.count - (all.count - digits.count) + shift)
}
