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
    // Sectors only say what may happen together; without any, there is one.
    for property: TapeProperty in [.bank, .model, .collateral, .repayment]
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
        report(
          section,
          .init(
            en: "'\(property.rawValue)' has both a column and a constant",
            zh: "“\(property.rawValue)”既有列，又有常量"), at: place)
      }
      if let other = rival(of: property, constants) {
        report(
          section,
          .init(
            en: "'\(property.rawValue)' is a constant, and '\(other.rawValue)' is given too",
            zh: "“\(property.rawValue)”是常量，而“\(other.rawValue)”也给了"),
          at: place)
      }
    }
    if let part = columns[.ipPart], columns[.ipAmount] != nil {
      report(
        section,
        .init(en: "'ipPart' and 'ipAmount' both have a column", zh: "“ipPart”和“ipAmount”都有列"),
        at: part.location)
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
        .init(
          en: "'\(property.rawValue)' has a column, and '\(needed.rawValue)' has none",
          zh: "“\(property.rawValue)”有列，而“\(needed.rawValue)”没有"),
        help: .init(
          en: "add `\(needed.rawValue): …` under `columns`, or remove '\(property.rawValue)'",
          zh: "在 `columns` 下加 `\(needed.rawValue): …`，或删去“\(property.rawValue)”"),
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
          section,
          .init(
            en: "'size' is given, and follows from 'employees' too",
            zh: "“size”已给出，又可由“employees”得出"), at: column.location)
      }
    case (.some(let column), nil):
      section.problems.report(
        "missing-key",
        .init(
          en: "'employees' has a column, and 'sizeByEmployees' is missing",
          zh: "“employees”有列，却缺少“sizeByEmployees”"),
        help: .init(
          en: "add `sizeByEmployees: {micro: 9, small: 99, medium: 299}`",
          zh: "加上 `sizeByEmployees: {micro: 9, small: 99, medium: 299}`"), at: column.location)
    case (nil, .some):
      section.report(
        "missing-key",
        .init(
          en: "'sizeByEmployees' is given, and 'employees' has no column",
          zh: "给了“sizeByEmployees”，而“employees”没有列"),
        help: .init(
          en: "add `employees: …` under `columns`", zh: "在 `columns` 下加 `employees: …`"))
    case (nil, nil):
      if !isGiven { reportMissing(.size, in: section) }
    }
  }

  /// Reports that nothing says what a property is.
  func reportMissing(_ property: TapeProperty, in section: Section) {
    let name = property.rawValue
    let hint: LocalizedText
    switch property {
    case .ipPart:
      hint = .init(
        en: "add `ipPart: …` or `ipAmount: …` under `columns`, or `ipPart: 100%` under `constants`",
        zh: "在 `columns` 下加 `ipPart: …` 或 `ipAmount: …`，或在 `constants` 下加 `ipPart: 100%`")
    case .size:
      hint = .init(
        en: """
          add `size: …` under `columns` or `constants`, or `employees: …` under `columns` with \
          `sizeByEmployees`
          """,
        zh: """
          在 `columns` 或 `constants` 下加 `size: …`，或在 `columns` 下加 `employees: …` 并写 \
          `sizeByEmployees`
          """
      )
    default:
      hint = LocalizedText(
        en: "add `\(name): …` under `columns` or under `constants`",
        zh: "在 `columns` 或 `constants` 下加 `\(name): …`")
    }
    if isFromHeader {
      section.report(
        "missing-column", .init(en: "the register has no column '\(name)'", zh: "登记簿没有列“\(name)”"),
        help: kind.needed[property] == nil
          ? .init(
            en: "add the column, or say in a terms file (--terms) what holds for every loan",
            zh: "加上该列，或在条款文件（--terms）中写明全部贷款的取值")
          : .init(
            en: "add the column, or name it in a terms file (--terms)",
            zh: "加上该列，或在条款文件（--terms）中写明列名"))
      return
    }
    section.report(
      "missing-property",
      .init(en: "'\(name)' has neither a column nor a constant", zh: "“\(name)”既没有列，也没有常量"),
      help: hint)
  }

  private func report(_ section: Section, _ message: LocalizedText, at place: SourceLocation) {
    section.problems.report(
      "two-sources", message, help: .init(en: "keep one of the two", zh: "两者保留其一"), at: place)
  }
}
