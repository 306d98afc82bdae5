import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// Reads `fund:`, `loan:` and `before:` of a claim, and holds them against each other.
struct ClaimReading {
  let problems: ProblemCollector
  let folder: String

  /// What `before:` says of the time before the loan.
  struct Before {
    var earlierThisYear: Written<Money>?
    var earlierDefault: Written<CivilDate>?
    var earlierCured: Written<CivilDate>?
    var suspendedOn: Written<CivilDate>?
    var customerSince: Written<CivilDate>?
    var customerUntil: Written<CivilDate>?
    var balance: Written<Money>?
    var lent: Written<Money>?
    var losses: Written<Money>?
    var owed: Written<Money>?
  }

  func claim(_ tree: DocumentNode) throws(Diagnostics) -> ClaimCase {
    let found = read(tree)
    try problems.throwIfAny()
    guard let found else {
      throw Diagnostics(
        "invalid-claim", .init(en: "the claim cannot be read", zh: "无法读取该笔补偿申请"),
        help: .init(
          en: "`fundsim explain --help` shows an example", zh: "`fundsim explain --help` 中有示例"),
        at: tree.location)
    }
    return found
  }

  private func read(_ tree: DocumentNode) -> ClaimCase? {
    guard var top = Section(tree, problems: problems) else { return nil }
    let fundSection = top.section("fund")
    let loanSection = top.section("loan")
    let beforeSection = top.sectionIfPresent("before")
    top.finish()
    let shelf = ProgrammeShelf(folder: folder)
    let before = beforeSection.map { self.before($0) } ?? Before()
    let loan = loanSection.map {
      ClaimLoanSection(problems: problems, models: KnownModels(of: tree, shelf)).read($0)
    }
    let fallback = CivilMonth(ordinal: 2024 * 12)
    let start = loan?.start?.value
    // A suspension is reviewed month by month from its notice on.
    let opening = [start?.month, before.suspendedOn?.value.month].compactMap(\.self).min()
    let reader = FundSection(
      problems: problems, shelf: shelf, start: opening ?? fallback, horizon: longestHorizon,
      portfolio: tape(loan, start: start?.month ?? fallback), isByDay: true)
    let agreement = fundSection.flatMap { reader.read($0, number: 1) }
    if let agreement, let loan {
      check(loan, before, against: agreement, at: tree.location)
    }
    guard problems.problems.isEmpty, let agreement, let loan, let opening,
      var item = loan.registerLoan
    else { return nil }
    item.model = agreement.model ?? item.model
    return assembled(item, of: loan.bank, before, agreement, opening: opening)
  }

  private func before(_ opened: Section) -> Before {
    var section = opened
    var before = Before()
    before.earlierThisYear = section.moneyIfPresent("earlierThisYear")
    before.earlierDefault = section.dateIfPresent("earlierDefault")
    before.earlierCured = section.dateIfPresent("earlierCured")
    before.suspendedOn = section.dateIfPresent("suspendedOn")
    before.customerSince = section.dateIfPresent("customerSince")
    before.customerUntil = section.dateIfPresent("customerUntil")
    before.balance = section.moneyIfPresent("balance")
    before.lent = section.moneyIfPresent("lent")
    before.losses = section.moneyIfPresent("losses")
    before.owed = section.moneyIfPresent("owed")
    section.finish()
    return before
  }

  /// The one loan as a portfolio, for what a fund needs to know of its banks and models.
  private func tape(_ loan: ClaimLoan?, start: CivilMonth) -> LoanTape {
    var tape = LoanTape()
    tape.banks = [loan?.bank ?? ClaimLoan.unnamedBank]
    tape.enterprises = ["enterprise"]
    var record = LoanRecord(id: "1", start: start, termMonths: 12, principal: .yuan(1))
    record.model = loan?.model ?? .bank
    tape.loans = [record]
    return tape
  }

  /// The last day of the month in which the last thing happens.
  func lastDay(
    of loss: RegisterLoss, _ agreement: FundAgreement, opening: CivilMonth
  ) -> CivilDate {
    var lag = 0
    if case .socialFirst(_, let months, _) = agreement.accounts { lag = months }
    let claim = claimDate(of: loss, under: agreement).month.advanced(by: lag)
    let recovered = loss.recoveries.map { ($0.returnedOn ?? $0.receivedOn).month }
    // New money pays what waits (I-11).
    let waits = agreement.terms.fund.unpaidWaits.value
    let last = waits ? agreement.injections.lastIndex { $0 > .zero } : nil
    let injected =
      (last.map { [opening.advanced(by: $0)] } ?? [])
      + (waits
        ? (agreement.fillUp.flatMap { firstFilling($0, after: claim) }.map { [$0] } ?? []) : [])
    let cured = loss.curedOn.map { [$0.month] } ?? []
    return (recovered + injected + cured).reduce(claim, max).lastDay
  }

  /// The month in which a fund is next filled up.
  private func firstFilling(_ rule: FillUpRule, after claim: CivilMonth) -> CivilMonth? {
    (1...12).lazy.map { claim.advanced(by: $0) }.first { rule.time.isDue(atStartOf: $0) }
  }

  // MARK: The register of one loan

  private func assembled(
    _ item: RegisterLoan, of bank: String, _ before: Before, _ read: FundAgreement,
    opening: CivilMonth
  ) -> ClaimCase? {
    guard let loss = item.loss else { return nil }
    var agreement = read
    var remarks: [LocalizedText] = []
    if let balance = before.balance?.value {
      // Nothing else then moves the balance until the claim.
      agreement.initial = balance
      agreement.interestRate = .zero
      agreement.annualFee = .zero
      agreement.fillUp = nil
      let months = claimDate(of: loss, under: agreement).month.months(since: opening)
      for month in agreement.injections.indices.prefix(max(0, months + 1)) {
        agreement.injections[month] = .zero
      }
      remarks.append(
        .init(
          en: """
            the fund's balance at the claim is given; interest, fees and earlier money are left \
            out
            """,
          zh: "已给定补偿时的基金余额，不再计算利息、管理费和此前的资金变动"))
    } else {
      remarks.append(
        .init(
          en: """
            the fund opens in \(opening) with \(agreement.initial); until the claim only \
            interest, fees and new money move it
            """,
          zh: "基金于\(opening)以\(agreement.initial)起始；至补偿前，余额只因利息、管理费和追加资金变动"))
    }
    remarks += ClaimRemarks(loan: item, agreement: agreement, before: before).all
    var register = ClaimRegister(
      loans: [item], banks: [bank], enterprises: ["enterprise"],
      until: lastDay(of: loss, agreement, opening: opening))
    register.history = history(before, of: item)
    let years = yearsWithoutNotice(in: register, under: agreement, calendar: .stateCouncil)
    remarks += years.sorted().map(\.withoutNotice)
    return ClaimCase(
      agreement: agreement, register: register, opening: opening, remarks: remarks)
  }

  /// What was before the loan, as a register has it.
  private func history(_ before: Before, of item: RegisterLoan) -> EarlierHistory {
    var history = EarlierHistory()
    if let amount = before.earlierThisYear?.value {
      history.admitted = [
        (enterprise: 0, year: item.disbursedOn.month.year, amount: amount)
      ]
    }
    if let date = before.earlierDefault?.value { history.defaults = [0: date] }
    if let date = before.earlierCured?.value { history.defaultsEnded = [0: date] }
    if let date = before.suspendedOn?.value {
      history.suspensions = [(bank: 0, noticedOn: date)]
    }
    if let since = before.customerSince?.value {
      history.customers = [(0, 0, since, before.customerUntil?.value)]
    }
    history.sums = [
      (
        0, before.lent?.value ?? .zero, before.losses?.value ?? .zero, before.owed?.value ?? .zero
      )
    ]
    return history
  }
}
