import ClaimRules
import CompensationKernel
import DocumentReading
public import FundCore
import PolicyLibrary

/// Reads a register and the terms under which it is to be replayed.
///
/// - Throws: Every problem of the register, its terms, its recoveries and its programmes, each at
///   its place; a value of the command line stands at the name of its option.
public func readRegister(_ request: ReplayRequest) throws(Diagnostics) -> RegisterStudy {
  let problems = ProblemCollector()
  let tree: DocumentNode
  var folder = ""
  var bytes: [UInt8] = []
  try FileKind.requireTable(path: request.register)
  if let terms = request.terms {
    try FileKind.requireDocument(.terms, path: terms)
    bytes = try readFileBytes(path: terms, limit: largestScenarioFile)
    tree = try parseDocument(bytes: bytes, file: terms)
    try FileKind.require(.terms, tree)
    folder = terms.lastIndex(of: "/").map { String(terms[..<$0]) } ?? ""
  } else {
    tree = try OptionDocument(request).tree()
    bytes = Array(tree.digestText.utf8)
  }
  let reading = RegisterReading(request: request, folder: folder, problems: problems, bytes: bytes)
  let study = reading.study(tree)
  try problems.throwIfAny()
  guard let study else {
    throw Diagnostics(
      "invalid-terms", .init(en: "the terms cannot be read", zh: "无法读取条款文件"),
      help: .init(en: "see the README for an example", zh: "README 中有示例"),
      at: tree.location)
  }
  return study
}

/// Whether a terms file has funds.
///
/// - Throws: Why it cannot be read.
public func namesFunds(terms: String) throws(Diagnostics) -> Bool {
  try FileKind.requireDocument(.terms, path: terms)
  let bytes = try readFileBytes(path: terms, limit: largestScenarioFile)
  return try parseDocument(bytes: bytes, file: terms).node(at: "funds") != nil
}

struct RegisterReading {
  let request: ReplayRequest
  let folder: String
  let problems: ProblemCollector
  let bytes: [UInt8]

  private var hasTerms: Bool { request.terms != nil }

  func study(_ tree: DocumentNode) -> RegisterStudy? {
    guard var top = Section(tree, problems: problems) else { return nil }
    let title = top.text("title", example: "包头2024年台账")
    let opening = opening(&top)
    let stop = RegisterStop(request, problems: problems)
    let written = hasTerms || top.has("until") ? last(&top) : nil
    let until = stop.stopped(written)
    let shelf = ProgrammeShelf(folder: folder)
    let read = readTapes(&top, KnownModels(of: tree, shelf))
    let calendar = calendar(&top)
    let fundSections = top.sections("funds")
    let costs = WrittenCosts(&top, problems: problems)
    let limits = top.indicatorLimits()
    top.finish()
    let firstDay = opening?.value ?? CivilMonth(ordinal: 2024 * 12).firstDay
    let first = firstDay.month
    let end = until?.value ?? read?.loans.lastDay ?? first.lastDay
    checkSpan(from: firstDay, to: end, at: until?.location ?? opening?.location ?? tree.location)
    stop.checkState(on: end, opening: firstDay, at: until?.location ?? tree.location)
    // New money that the terms tell of may come after the day on which this replay stops.
    let told = max(end, written?.value ?? end).month
    let reader = FundSection(
      problems: problems, shelf: shelf, start: first,
      horizon: max(1, min(longestHorizon, told.months(since: first) + 1)),
      portfolio: read?.loans.tape ?? LoanTape(), isByDay: true)
    let funds = wanted(costs.given(to: reader.readAll(fundSections ?? [])))
    let checks = FundChecks(funds: funds, problems: problems, location: tree.location)
    checks.checkNames()
    checks.checkGrowth(overMonths: end.month.months(since: first) + 1)
    guard let read else { return nil }
    checks.checkFacts(read.mapping)
    checks.checkRates(read.mapping, countWithout: read.loans.lossesWithoutInterest)
    guard let title, opening != nil, let calendar, !funds.isEmpty else { return nil }
    let register = read.loans.register(until: end)
    let years = funds.reduce(into: Set<Int>()) {
      $0.formUnion(yearsWithoutNotice(in: register, under: $1, calendar: calendar))
    }
    var study = RegisterStudy(
      title: title.value, termsFile: request.terms, recoveriesFile: read.recoveries?.source,
      opening: firstDay, calendar: calendar, register: register, funds: funds,
      registerFile: request.register, tape: read.loans.tape,
      keepsStandings: stop.keepsStandings(on: end),
      assumptions: assumptions(read.mapping, funds, until: until, end)
        + years.sorted().map(\.withoutNotice),
      recoveries: read.recoveries,
      digestInput: bytes + stop.digestInput + read.loans.digestInput + calendar.digestInput)
    study.limits = limits
    return study
  }

  struct Tapes {
    let mapping: TapeMapping
    var loans: RegisterTape
    var recoveries: RecoveriesRead?
  }

  // MARK: Files

  func readTapes(_ top: inout Section, _ models: KnownModels) -> Tapes? {
    let opened = top.section("register")
    let recoveryMapping = recoveryMapping(&top)
    guard var section = opened else { return nil }
    let mapping = TapeMapping.read(
      &section, of: .register, isFromHeader: !hasTerms, models: models)
    section.finish()
    guard var mapping, let table = open(request.register, mapping.sheet) else { return nil }
    mapping.hasRecoveriesFile = recoveryMapping != nil
    guard let loans = readRegisterRows(table, mapping: mapping, problems: problems) else {
      return nil
    }
    var tapes = withRecoveries(Tapes(mapping: mapping, loans: loans.tape), recoveryMapping)
    guard loans.isWhole else { return nil }
    tapes?.loans.orderByIdentity(IdentityColumns(mapping))
    return tapes
  }

  private func recoveryMapping(_ top: inout Section) -> TapeMapping? {
    guard var section = top.sectionIfPresent("recoveries") else {
      if request.recoveries != nil {
        problems.report(
          "missing-key",
          .init(
            en: "--recoveries gives a file, and the terms have no `recoveries`",
            zh: "--recoveries 给了文件，而条款文件没有 `recoveries`"),
          help: .init(
            en: """
              describe its columns: `recoveries: {tape: …, columns: {id: …, recoveredDate: …, \
              recovered: …}}`
              """,
            zh: "写明各列：`recoveries: {tape: …, columns: {id: …, recoveredDate: …, recovered: …}}`"),
          at: top.location)
      }
      return nil
    }
    let mapping = TapeMapping.read(&section, of: .recoveries)
    section.finish()
    return mapping
  }

  private func withRecoveries(_ tapes: Tapes, _ mapping: TapeMapping?) -> Tapes? {
    var tapes = tapes
    guard let mapping else { return tapes }
    let path = request.recoveries ?? mapping.tape.map { place($0.value) }
    guard let path, let table = open(path, mapping.sheet) else { return nil }
    tapes.recoveries = readRecoveries(
      table, mapping: mapping, into: &tapes.loans,
      bankWords: tapes.mapping.values[TapeProperty.bank.rawValue] ?? [:], problems: problems)
    return tapes
  }

  private func calendar(_ top: inout Section) -> WorkCalendar? {
    let written = top.textIfPresent("holidays").map { place($0.value) }
    guard let path = request.holidays ?? written else { return .stateCouncil }
    return readHolidays(path: path, displayName: path, problems: problems)
  }

  private func open(_ path: String, _ sheet: Written<String>?) -> DelimitedTable? {
    do throws(Diagnostics) {
      return try DelimitedTable(path: path, sheet: sheet, isHeadedLater: true)
    } catch {
      problems.report(error)
      return nil
    }
  }

  /// A path that a file gives, from where the program runs.
  private func place(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
  }

  // MARK: Dates

  /// The first day: a date, or a month whose first day it is.
  private func opening(_ top: inout Section) -> Written<CivilDate>? {
    top.value("opening", example: "2024-01") { text in
      if case .success(let date) = Scalar.date(text) { return .success(date) }
      return Scalar.month(text).map(\.firstDay)
    }
  }

  /// The last day: a date, or a month whose last day it is.
  func last(_ top: inout Section) -> Written<CivilDate>? {
    top.value("until", example: "2024-12-31") { RegisterStop.lastDay($0) }
  }

  private func checkSpan(from opening: CivilDate, to end: CivilDate, at place: SourceLocation) {
    if end < opening {
      problems.report(
        "until-before-opening",
        .init(en: "\(end) lies before the opening on \(opening)", zh: "\(end)早于基金启动的\(opening)"),
        help: .init(en: "give a last day after the opening", zh: "最后一日应晚于启动"), at: place)
    } else if end.month.months(since: opening.month) >= longestHorizon {
      problems.report(
        "span-too-long",
        .init(
          en: "from \(opening) to \(end) are more than \(longestHorizon) months",
          zh: "从\(opening)到\(end)超过\(longestHorizon)个月"),
        help: .init(en: "give a later opening, or an earlier last day", zh: "推迟启动月份，或提前最后一日"),
        at: place)
    }
  }

  // MARK: Funds

  /// The funds of the programme that the command line names, or all.
  private func wanted(_ funds: [FundAgreement]) -> [FundAgreement] {
    guard hasTerms, let id = request.programme, !funds.isEmpty else { return funds }
    let chosen = funds.filter { $0.programme.id == id }
    if chosen.isEmpty {
      let known = Set(funds.map(\.programme.id)).sorted()
      problems.report(
        "unknown-programme",
        .init(
          en: "the terms have no fund of the programme \(quoted(id))",
          zh: "条款文件中没有办法\(quoted(id))的基金"),
        help: oneOf(known), at: SourceLocation(file: "--programme"))
    }
    return chosen
  }

  private func assumptions(
    _ mapping: TapeMapping, _ funds: [FundAgreement], until: Written<CivilDate>?, _ end: CivilDate
  ) -> [LocalizedText] {
    var texts: [LocalizedText] = []
    if mapping.otherFactsAreMet {
      texts.append(
        .init(
          en: "every coverage fact without a column (registration, credit record, …) counts as met",
          zh: "没有对应列的补偿条件（登记、信用记录等）均视为满足"))
    }
    guard !hasTerms else { return texts }
    if until == nil {
      texts.append(
        .init(
          en: "no --until: the last day is \(end), the last that is named",
          zh: "未给 --until：最后一日为数据中最晚的日期\(end)"))
    }
    for fund in funds {
      let delay = fund.terms.claim.delayMonths.value
      if delay == nil, request.options[.claimDelay] == nil {
        texts.append(
          .init(
            en: """
              no --claim-delay: a claim without a date of application is settled on the day on \
              which the loan was first overdue
              """,
            zh: "未给 --claim-delay：没有申请日期的补偿，在贷款首次逾期之日结算"))
      }
      if fund.terms.fund.interestStays?.value ?? false, request.options[.interestRate] == nil {
        texts.append(
          .init(
            en: "no --interest-rate: the balance bears no interest", zh: "未给 --interest-rate：余额不计息")
        )
      }
    }
    return texts
  }
}

extension Int {
  /// A year whose working days no notice tells, in words.
  var withoutNotice: LocalizedText {
    .init(
      en:
        "no notice of the State Council tells the holidays of \(self): its working days are Monday to Friday",
      zh: "没有国务院关于\(self)年节假日的通知：该年工作日按周一至周五计")
  }
}
