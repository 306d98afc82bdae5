import CompensationKernel
import DocumentReading
import FundCore

extension TapeMapping {
  /// The largest number of facts with a column: as many as a word has bits.
  static let factLimit = 64

  /// The word in place of a file name that asks for `--portfolio`.
  static let commandLineWord = "--portfolio"

  /// Reads the mapping `portfolio` of a scenario, or `register` or `recoveries` of a terms file.
  ///
  /// The caller finishes the section, whose keys may be more than these.
  ///
  /// - Returns: `nil` if anything was wrong, which has been reported.
  static func read(
    _ section: inout Section, of kind: TapeKind = .portfolio, isFromHeader: Bool = false,
    models: KnownModels = .shared
  ) -> TapeMapping? {
    let found = readAll(&section, of: kind, isFromHeader: isFromHeader, models: models)
    return found.isWhole ? found.mapping : nil
  }

  /// The same, also where something was wrong.
  ///
  /// - Returns: The mapping, whether nothing was wrong with it, and whether it says enough of the columns
  ///   for the rows of the file to be looked at all the same.
  static func readAll(
    _ section: inout Section, of kind: TapeKind = .portfolio, isFromHeader: Bool = false,
    models: KnownModels = .shared
  ) -> (mapping: TapeMapping, isWhole: Bool, canBeTried: Bool) {
    let problemCount = section.problems.problems.count
    var mapping = TapeMapping()
    mapping.kind = kind
    mapping.models = models
    mapping.isFromHeader = isFromHeader
    if kind != .register {
      let tape = section.text("tape", example: "loans.csv")
      mapping.tape = tape?.value == commandLineWord ? nil : tape
    }
    mapping.sheet = section.textIfPresent("sheet")
    mapping.readColumns(&section)
    mapping.readUnits(&section)
    mapping.readReporting(&section)
    let hasColumns =
      section.problems.problems.count == problemCount && mapping.columns[.start] != nil
      && mapping.columns[.principal] != nil
    if kind != .recoveries {
      let constants = mapping.readLoans(&section)
      // What is missing can only be said of a mapping that was understood.
      if isFromHeader || section.problems.problems.count == problemCount {
        mapping.checkSources(section, constants: constants)
        mapping.checkRecoveries(section)
      }
    }
    return (mapping, section.problems.problems.count == problemCount, hasColumns)
  }

  /// Reads what concerns loans.
  ///
  /// - Returns: Where each constant stands.
  private mutating func readLoans(
    _ section: inout Section
  ) -> [TapeProperty: SourceLocation] {
    let constants = readConstants(&section)
    readFacts(&section)
    readEmployeeLimits(&section)
    readWindow(&section)
    readValues(&section)
    return constants
  }

  /// Reads how cells are written, and what becomes of rows that cannot be used.
  private mutating func readReporting(_ section: inout Section) {
    if let format = section.choiceIfPresent("dateFormat", as: TapeDateFormat.self) {
      dateFormat = format.value
    }
    if kind == .portfolio,
      let day = section.choiceIfPresent("statusAt", as: StatusDay.self)
    {
      statusDay = day.value
    }
    if let badRows = section.choiceIfPresent("badRows", as: BadRows.self) {
      self.badRows = badRows.value
    }
    if let most = section.integerIfPresent("mostProblems", in: 1...10_000) {
      mostProblems = most.value
    }
  }

  private mutating func readColumns(_ section: inout Section) {
    guard var columns = section.section("columns") else { return }
    let hasMaturity = columns.has(TapeProperty.maturity.rawValue)
    if kind == .register, columns.hasTrap(TapeProperty.outstanding.rawValue) {
      columns.report(
        "balance-in-register",
        .init(
          en: "a register takes no 'outstanding': a balance of one day says nothing of other days",
          zh: "登记簿不取“outstanding”：某一天的余额说明不了其他日子"),
        help: .init(
          en: """
            remove it; `overduePrincipal` tells what was outstanding on the first day overdue, and \
            `repayment` how the loans are repaid
            """,
          zh: "删去它；`overduePrincipal` 为首个逾期日的本金余额，`repayment` 为还款方式"))
    }
    for property in kind.properties {
      if property == .term, hasMaturity {
        self.columns[.term] = columns.textIfPresent(property.rawValue)
        continue
      }
      if isFromHeader, kind.needed[property] != nil, !columns.has(property.rawValue) {
        reportMissing(property, in: section)
        continue
      }
      self.columns[property] =
        kind.needed[property].map { columns.text(property.rawValue, example: $0) }
        ?? columns.textIfPresent(property.rawValue)
    }
    columns.finish()
  }

  /// - Returns: Where each constant stands.
  private mutating func readConstants(_ section: inout Section) -> [TapeProperty: SourceLocation] {
    guard var given = section.sectionIfPresent("constants") else { return [:] }
    constants.model =
      given.valueIfPresent("model", example: models.example) { models.model($0) }?
      .value
    constants.size = given.choiceIfPresent("size", as: SizeClass.self)?.value
    constants.collateral = given.choiceIfPresent("collateral", as: CollateralKind.self)?.value
    constants.repayment = given.choiceIfPresent("repayment", as: Repayment.self)?.value
    constants.ipPart = given.ratioIfPresent("ipPart")?.value
    constants.rate = given.interestRateIfPresent("rate")?.value
    constants.pd = given.probabilityIfPresent("pd", in: .belowOne)?.value
    constants.sector = given.textIfPresent("sector").map { Scalar.name($0.value) }
    constants.grade = given.textIfPresent("grade").map { Scalar.name($0.value) }
    constants.bank = given.textIfPresent("bank").map { Scalar.name($0.value) }
    given.finish()
    let places = given.keys.compactMap { key in
      TapeProperty(rawValue: key.value).map { ($0, key.location) }
    }
    return Dictionary(places) { first, _ in first }
  }

  private mutating func readFacts(_ section: inout Section) {
    // As generated loans have it.
    if section.hasWord("facts", where: isMet) {
      otherFactsAreMet = true
      return
    }
    guard var facts = section.sectionIfPresent("facts") else { return }
    if var columns = facts.sectionIfPresent("columns") {
      factColumns = columns.keys.compactMap { key in
        columns.text(key.value).map { FactColumn(fact: key.value, column: $0) }
      }
    }
    if factColumns.count > TapeMapping.factLimit {
      facts.report(
        "too-many-facts",
        .init(en: "\(factColumns.count) facts have a column", zh: "有\(factColumns.count)个条件对应了列"),
        help: .init(
          en: "give a column to at most \(TapeMapping.factLimit) facts",
          zh: "最多给\(TapeMapping.factLimit)个条件对应列"))
    }
    enum Others: String, CaseIterable, SpokenChoice {
      case met
      var otherWords: [String] { ["满足", "均满足"] }
    }
    otherFactsAreMet = facts.choiceIfPresent("others", as: Others.self) != nil
    facts.finish()
  }

  private mutating func readValues(_ section: inout Section) {
    guard var values = section.sectionIfPresent("values") else { return }
    let models = models
    for property in TapeProperty.translatable {
      readWords(&values, property.rawValue, isUsed: columns[property] != nil) {
        property.check($0, models: models)
      }
    }
    for fact in factColumns.map(\.fact) {
      readWords(&values, fact, isUsed: true) { word in
        if case .failure(let problem) = Scalar.flag(word) { problem } else { nil }
      }
    }
    values.finish()
  }

  /// Reads the words of one property.
  private mutating func readWords(
    _ values: inout Section, _ name: String, isUsed: Bool, check: (String) -> ScalarProblem?
  ) {
    guard var words = values.sectionIfPresent(name) else { return }
    if !isUsed {
      words.report(
        "unused-values",
        .init(
          en: "\(words.path): the tape has no column for '\(name)'",
          zh: "\(words.path)：台账没有“\(name)”的列"),
        help: .init(
          en: "add '\(name)' under `columns`, or remove its values",
          zh: "在 `columns` 下加“\(name)”，或删去它的取值"))
    }
    for key in words.keys {
      let ours = words.value(key.value, example: "…") { text in
        check(text).map { .failure($0) } ?? Scalar.text(text).map(Scalar.name)
      }
      self.values[name, default: [:]][Scalar.normalised(key.value)] = ours?.value
    }
  }

  private mutating func readEmployeeLimits(_ section: inout Section) {
    guard var limits = section.sectionIfPresent("sizeByEmployees") else { return }
    let range = 0...10_000_000
    let micro = limits.integer("micro", in: range)
    let small = limits.integer("small", in: range)
    let medium = limits.integer("medium", in: range)
    limits.finish()
    guard let micro, let small, let medium else { return }
    guard micro.value < small.value, small.value < medium.value else {
      limits.report(
        "sizes-not-increasing",
        .init(
          en: "\(limits.path): the limits do not grow with the size",
          zh: "\(limits.path)：人数上限没有随规模递增"),
        help: .init(
          en: """
            write the largest number of employees of each size, such as \
            {micro: 9, small: 99, medium: 299}
            """,
          zh: "写各规模的职工人数上限，如 {micro: 9, small: 99, medium: 299}"))
      return
    }
    employeeLimits = EmployeeLimits(
      micro: micro.value, small: small.value, medium: medium.value)
  }

  private mutating func readWindow(_ section: inout Section) {
    guard var months = section.sectionIfPresent("window") else { return }
    let from = months.month("from")
    let until = months.month("until")
    months.finish()
    guard let from, let until else { return }
    if until.value < from.value {
      section.problems.report(
        "window-reversed",
        .init(
          en: "\(months.path): \(until.value) lies before \(from.value)",
          zh: "\(months.path)：\(until.value)早于\(from.value)"),
        help: .init(
          en: "write the first month as `from` and the last as `until`",
          zh: "`from` 写首月，`until` 写末月"), at: until.location)
    }
    window = Window(from: from.value, until: until.value)
  }
}
