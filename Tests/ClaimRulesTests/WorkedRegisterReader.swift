import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

extension WorkedRegister {
  /// Every register of every file, or the problems of the files.
  static let outcome = Result {
    let problems = ProblemCollector()
    var registers: [WorkedRegister] = []
    for programme in try Places.names(in: Places.registers, ending: ".yaml") {
      let file = "\(programme).yaml"
      let tree = try readDocument(path: "\(Places.registers)/\(file)", displayName: file)
      guard var top = Section(tree, problems: problems) else { continue }
      for opened in top.sections("registers") ?? [] {
        var section = opened
        if let read = try WorkedRegister(&section, programme: programme) { registers.append(read) }
        section.finish()
      }
      top.finish()
    }
    try problems.throwIfAny()
    return registers
  }
  /// The registers; none if their files cannot be read, which a test of its own reports.
  static let all = (try? outcome.get()) ?? []

  private init?(_ section: inout Section, programme: String) throws {
    let name = section.text("name")
    let until = section.date("until")
    let dry = section.dateIfPresent("ranDryOn")
    let calendar =
      section.textIfPresent("calendar") != nil
      ? .stateCouncil
      : WorkCalendar(
        holidays: section.days("holidays"), extraWorkdays: section.days("workdays"))
    var loans = RegisterDraft()
    for var item in section.sections("loans") ?? [] {
      loans.read(&item)
      item.finish()
    }
    var lines: [LedgerLine] = []
    for var item in section.sections("ledger") ?? [] {
      if let line = LedgerLine(&item) { lines.append(line) }
      item.finish()
    }
    guard var fund = section.section("fund"), let name, let until else { return nil }
    let opening = fund.month("opens")
    let agreement = try FundAgreement(&fund, programme: programme, loans.banks)
    fund.finish()
    guard let agreement, let opening else { return nil }
    self.init(
      programme: programme, name: name.value, agreement: agreement,
      register: ClaimRegister(
        loans: loans.loans, banks: loans.banks, enterprises: loans.enterprises,
        until: until.value),
      opening: agreement.dates.yearsFrom.month == opening.value
        ? max(opening.value.firstDay, agreement.dates.yearsFrom) : opening.value.firstDay,
      calendar: calendar, lines: lines, ranDryOn: dry?.value)
  }
}

/// The loans of a register as far as they are read.
private struct RegisterDraft {
  var loans: [RegisterLoan] = []
  var banks: [String] = []
  var enterprises: [String] = []

  mutating func read(_ section: inout Section) {
    let id = section.text("id")
    let principal = section.money("principal")
    let disbursed = section.date("disbursed")
    let bank = section.text("bank")
    let enterprise = section.text("enterprise")
    let term = section.integerIfPresent("termMonths", in: 1...600)
    guard let id, let principal, let disbursed, let bank, let enterprise else { return }
    let schedule = LoanSchedule(
      principal: principal.value, termMonths: term?.value ?? 12, isAmortizing: false)
    var loan = RegisterLoan(id: id.value, schedule: schedule, disbursedOn: disbursed.value)
    loan.bank = Self.place(of: bank.value, in: &banks)
    loan.enterprise = Self.place(of: enterprise.value, in: &enterprises)
    loan.model =
      OperatingModel.shared.first { $0.id == section.textIfPresent("model")?.value } ?? loan.model
    loan.size = section.choiceIfPresent("size", as: SizeClass.self)?.value ?? loan.size
    loan.collateral =
      section.choiceIfPresent("collateral", as: CollateralKind.self)?.value ?? loan.collateral
    loan.ipPrincipal = section.moneyIfPresent("ip")?.value ?? loan.ipPrincipal
    loan.rate = section.ratioIfPresent("rate")?.value ?? loan.rate
    loan.missingFacts = Set((section.textsIfPresent("missing") ?? []).map(\.value))
    loan.filedOn = section.dateIfPresent("filed")?.value
    loan.loss = RegisterLoss(&section)
    loans.append(loan)
  }

  private static func place(of name: String, in names: inout [String]) -> Int {
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    return names.count - 1
  }
}

extension RegisterLoss {
  fileprivate init?(_ section: inout Section) {
    guard let overdue = section.dateIfPresent("overdue") else { return nil }
    self.init(
      overdueOn: overdue.value, principal: section.moneyIfPresent("loss")?.value ?? .zero)
    overduePrincipal = section.moneyIfPresent("overduePrincipal")?.value
    curedOn = section.dateIfPresent("cured")?.value
    interestPaidTo = section.dateIfPresent("interestPaidTo")?.value
    interest = section.moneyIfPresent("interest")?.value
    recognisedOn = section.dateIfPresent("recognised")?.value
    provincePaidOn = section.dateIfPresent("provincePaid")?.value
    appliedOn = section.dateIfPresent("applied")?.value
    writtenOffOn = section.dateIfPresent("writtenOff")?.value
    for var item in section.sectionsIfPresent("recoveries") ?? [] {
      if let received = item.date("received"), let amount = item.money("amount") {
        var recovery = RegisterRecovery(
          receivedOn: received.value, amount: .onWholeLoan(amount.value),
          costs: .amount(item.moneyIfPresent("costs")?.value ?? .zero))
        recovery.returnedOn = item.dateIfPresent("returned")?.value
        recoveries.append(recovery)
      }
      item.finish()
    }
  }
}

extension LedgerLine {
  fileprivate init?(_ section: inout Section) {
    let date = section.date("on")
    let what = section.choice("what", as: What.self)
    let balance = section.money("balance")
    let subject = section.textIfPresent("loan") ?? section.textIfPresent("bank")
    guard let date, let what, let balance else { return nil }
    self.init(
      date: date.value, what: what.value, subject: subject?.value ?? "",
      amount: section.moneyIfPresent("amount", sign: .any)?.value ?? .zero,
      balance: balance.value)
    articles = Set(listed(section.textIfPresent("article")?.value))
    for key in ["of", "part", "value"] {
      details[key] = section.moneyIfPresent(key)?.value.description
    }
    details["id"] = section.textIfPresent("id")?.value
    details["due"] = section.dateIfPresent("due")?.value.description
    details["done"] = section.dateIfPresent("done")?.value.description
    details["partly"] = section.flagIfPresent("partly").map { "\($0.value)" }
    details["forfeited"] = section.flagIfPresent("forfeited").map { "\($0.value)" }
    if what.value == .late, details["forfeited"] == nil { details["forfeited"] = "false" }
    guard var named = section.sectionIfPresent("parts") else { return }
    var parts = PartyAmounts()
    for place in PartyPlace.allCases {
      let party = Parties.shared.party(at: place)
      parts[place] = party.flatMap { named.moneyIfPresent($0.id, sign: .any)?.value } ?? .zero
    }
    named.finish()
    details["parts"] = parts.description
  }
}

extension Section {
  fileprivate mutating func days(_ key: String) -> Set<CivilDate> {
    Set(
      (textsIfPresent(key) ?? []).compactMap { written in
        let numbers = written.value.split(separator: "-").compactMap { Int($0) }
        return numbers.count == 3
          ? CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]) : nil
      })
  }
}
