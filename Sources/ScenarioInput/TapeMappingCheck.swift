import DocumentReading
import FundCore

/// Whether every property of a loan has exactly one source.
extension TapeMapping {
  /// Reports properties that have no source, or two.
  ///
  /// - Parameters:
  ///   - section: The mapping `portfolio`.
  ///   - constants: Where each constant stands.
  func checkSources(_ section: Section, constants: [TapeProperty: SourceLocation]) {
    // What a register tells has happened; sectors only say what may happen together.
    let always: [TapeProperty] = [.bank, .model, .collateral, .repayment]
    for property in kind == .register ? always : always + [.sector]
    where columns[property] == nil && constants[property] == nil {
      reportMissing(property, in: section)
    }
    checkSize(section, hasConstant: constants[.size] != nil)
    if columns[.ipPart] == nil, columns[.ipAmount] == nil, constants[.ipPart] == nil {
      reportMissing(.ipPart, in: section)
    }
    for property in TapeProperty.allCases {
      guard let place = constants[property] else { continue }
      if columns[property] != nil {
        report(section, "'\(property.rawValue)' has both a column and a constant", at: place)
      }
      if let other = rival(of: property, constants) {
        report(
          section, "'\(property.rawValue)' is a constant, and '\(other.rawValue)' is given too",
          at: place)
      }
    }
    if let part = columns[.ipPart], columns[.ipAmount] != nil {
      report(section, "'ipPart' and 'ipAmount' both have a column", at: part.location)
    }
  }

  /// Reports what says nothing without another column.
  ///
  /// - Parameter section: The mapping.
  func checkRecoveries(_ section: Section) {
    let pairs: [(TapeProperty, needs: TapeProperty)] = [
      (.recovered, .recoveredDate), (.recoveredDate, .recovered), (.recoveryCosts, .recovered),
      (.returnedDate, .recovered),
    ]
    for (property, needed) in pairs {
      guard let column = columns[property], columns[needed] == nil else { continue }
      section.problems.report(
        "missing-property",
        "'\(property.rawValue)' has a column, and '\(needed.rawValue)' has none",
        help: "add `\(needed.rawValue): …` under `columns`, or remove '\(property.rawValue)'",
        at: column.location)
    }
  }

  /// What else states the same as a constant.
  private func rival(
    of constant: TapeProperty, _ constants: [TapeProperty: SourceLocation]
  ) -> TapeProperty? {
    switch constant {
    case .ipPart: columns[.ipAmount] == nil ? nil : .ipAmount
    case .pd: columns[.grade] == nil && constants[.grade] == nil ? nil : .grade
    case .grade: columns[.pd] == nil ? nil : .pd
    default: nil
    }
  }

  private func checkSize(_ section: Section, hasConstant: Bool) {
    let isGiven = hasConstant || columns[.size] != nil
    switch (columns[.employees], employeeLimits) {
    case (.some(let column), .some):
      if isGiven {
        report(
          section, "'size' is given, and follows from 'employees' too", at: column.location)
      }
    case (.some(let column), nil):
      section.problems.report(
        "missing-key", "'employees' has a column, and 'sizeByEmployees' is missing",
        help: "add `sizeByEmployees: {micro: 9, small: 99, medium: 299}`", at: column.location)
    case (nil, .some):
      section.report(
        "missing-key", "'sizeByEmployees' is given, and 'employees' has no column",
        help: "add `employees: …` under `columns`")
    case (nil, nil):
      if !isGiven { reportMissing(.size, in: section) }
    }
  }

  /// Reports that nothing says what a property is.
  func reportMissing(_ property: TapeProperty, in section: Section) {
    let name = property.rawValue
    let hint: String
    switch property {
    case .ipPart:
      hint =
        "add `ipPart: …` or `ipAmount: …` under `columns`, or `ipPart: 100%` under `constants`"
    case .size:
      hint =
        "add `size: …` under `columns` or `constants`, or `employees: …` under `columns` with "
        + "`sizeByEmployees`"
    default: hint = "add `\(name): …` under `columns` or under `constants`"
    }
    if isFromHeader {
      section.report(
        "missing-column", "the register has no column '\(name)'",
        help: kind.needed[property] == nil
          ? "add the column, or say in a terms file (--terms) what holds for every loan"
          : "add the column, or name it in a terms file (--terms)")
      return
    }
    section.report(
      "missing-property", "'\(name)' has neither a column nor a constant", help: hint)
  }

  private func report(_ section: Section, _ message: String, at place: SourceLocation) {
    section.problems.report("two-sources", message, help: "keep one of the two", at: place)
  }
}
