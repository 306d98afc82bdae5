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
    var suspendedOn: Written<CivilDate>?
    var customerSince: Written<CivilDate>?
    var customerUntil: Written<CivilDate>?
    var balance: Written<Money>?
  }

  func claim(_ tree: DocumentNode) throws(Diagnostics) -> ClaimCase {
    let found = read(tree)
    try problems.throwIfAny()
    guard let found else {
      throw Diagnostics(
        "invalid-claim", "the claim cannot be read",
        help: "`fundsim explain --help` shows an example", at: tree.location)
    }
    return found
  }

  private func read(_ tree: DocumentNode) -> ClaimCase? {
    guard var top = Section(tree, problems: problems) else { return nil }
    let fundSection = top.section("fund")
    let loanSection = top.section("loan")
    let beforeSection = top.sectionIfPresent("before")
    top.finish()
    let before = beforeSection.map { self.before($0) } ?? Before()
    let loan = loanSection.map { ClaimLoanSection(problems: problems).read($0) }
    let fallback = CivilMonth(ordinal: 2024 * 12)
    let start = loan?.start?.value
    // A suspension is reviewed month by month from its notice on.
    let opening = [start?.month, before.suspendedOn?.value.month].compactMap(\.self).min()
    let reader = FundSection(
      problems: problems, folder: folder, start: opening ?? fallback, horizon: longestHorizon,
      portfolio: tape(loan, start: start?.month ?? fallback))
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
    before.suspendedOn = section.dateIfPresent("suspendedOn")
    before.customerSince = section.dateIfPresent("customerSince")
    before.customerUntil = section.dateIfPresent("customerUntil")
    before.balance = section.moneyIfPresent("balance")
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

  // MARK: The claim against its programme

  private func check(
    _ loan: ClaimLoan, _ before: Before, against agreement: FundAgreement, at place: SourceLocation
  ) {
    let terms = agreement.terms
    checkFacts(loan, terms.coverage)
    if agreement.model == nil, loan.model == nil {
      problems.report(
        "missing-key", "the fund takes the operating model from the loan, which gives none",
        help: "add `model: bank` to the loan, or name the model in the fund", at: place)
    }
    let model = agreement.model(of: loan.model ?? .bank)
    if agreement.countsInterest(model), agreement.penaltyRate == nil, loan.rate == nil,
      loan.interest == nil
    {
      problems.report(
        "missing-rate", "'\(agreement.programme.id)' compensates interest, and the loan has none",
        help: "give the loan a `rate` (--rate) or its lost `interest` (--loss-interest), or the "
          + "fund a `penaltyRate` (--penalty-rate)", at: place)
    }
    loan.checkRecovered(
      problems, rate: agreement.countsInterest(model) ? agreement.penaltyRate ?? loan.rate : nil)
    let id = agreement.programme.id
    func refuseUseless(_ location: SourceLocation?, _ what: String) {
      guard let location else { return }
      problems.report(
        "key-without-use", "'\(id)' \(what)", help: "leave it out: it changes nothing", at: location
      )
    }
    if terms.coverage.perEnterpriseYear == nil {
      refuseUseless(before.earlierThisYear?.location, "has no limit a year for an enterprise")
    }
    if !(terms.coverage.earlierDefaultRemovesCover?.value ?? false) {
      refuseUseless(before.earlierDefault?.location, "does not ask for earlier defaults")
    }
    if !terms.thresholds.contains(where: { $0.value.effect != .warning }) {
      refuseUseless(before.suspendedOn?.location, "has no suspension or pause")
    }
    checkCustomer(before, terms.thresholds.compactMap(\.value.customers).first, at: place)
    guard let start = loan.start?.value else { return }
    for date in [before.earlierDefault, before.suspendedOn, before.customerSince].compactMap(\.self)
    where date.value >= start {
      problems.report(
        "dates-out-of-order", "\(date.value) is not before the loan, which starts on \(start)",
        help: "give a day before the loan", at: date.location)
    }
    checkSpan(loan, before, agreement, at: place)
  }

  /// An earlier loan matters where a suspension spares old customers; under one reading of I-18,
  /// only while it runs.
  private func checkCustomer(_ before: Before, _ rule: CustomerRule?, at place: SourceLocation) {
    for useless in [before.customerSince, before.customerUntil].compactMap(\.self) {
      let reason: String
      if rule == nil {
        reason = "the programme makes no difference between old and new customers"
      } else if before.suspendedOn == nil {
        reason = "without `suspendedOn` (--suspended-on), it does not matter who was a customer"
      } else if useless == before.customerUntil, before.customerSince == nil {
        reason = "there is no `customerSince` (--customer-since)"
      } else {
        continue
      }
      problems.report(
        "key-without-use", reason, help: "leave it out: it changes nothing", at: useless.location)
    }
    guard let rule, let since = before.customerSince else { return }
    if let until = before.customerUntil, until.value < since.value {
      problems.report(
        "dates-out-of-order", "\(until.value) lies before \(since.value)",
        help: "give the day on which that loan matures", at: until.location)
    } else if rule.earlierLoan == .running, before.customerUntil == nil {
      problems.report(
        "missing-key", "only a loan that runs at the notice makes a customer (I-18)",
        help: "add `customerUntil` (--customer-until): the day on which the earlier loan matures",
        at: since.location)
    }
  }

  /// A fact that the programme does not ask for cannot be the one that is not met.
  private func checkFacts(_ loan: ClaimLoan, _ clauses: CoverageClauses) {
    let known = clauses.facts.map(\.id)
    for fact in loan.missingFacts where !known.contains(fact.value) {
      let near = closestMatch(to: fact.value, among: known).map { "did you mean '\($0)'? " } ?? ""
      problems.report(
        "unknown-fact", "the programme asks for no fact \(quoted(fact.value))",
        help: near + "its facts: \(known.joined(separator: ", "))", at: fact.location)
    }
  }

  /// What lies too far apart, or grows beyond every amount, is no claim.
  private func checkSpan(
    _ loan: ClaimLoan, _ before: Before, _ agreement: FundAgreement, at place: SourceLocation
  ) {
    guard let item = loan.registerLoan, let loss = item.loss else { return }
    let first = min(item.disbursedOn, before.suspendedOn?.value ?? item.disbursedOn)
    let months = max(
      0, lastDay(of: loss, agreement, opening: first.month).month.months(since: first.month))
    guard months <= longestHorizon else {
      problems.report(
        "dates-too-far-apart", "the story takes \(months) months, more than \(longestHorizon)",
        help: "check the years of the dates", at: place)
      return
    }
    var money = agreement.initial.yuan
    for amount in agreement.injections { money += amount.yuan }
    for _ in 0..<months { money *= 1 + agreement.interestRate.value / 12 }
    if before.balance == nil, money > 1e15 {
      problems.report(
        "amount-too-large", "with its interest, the fund would come to more than can be counted",
        help: "check the initial amount and the interest rate", at: place)
    }
  }

  /// The last day of the month in which the last thing happens.
  private func lastDay(
    of loss: RegisterLoss, _ agreement: FundAgreement, opening: CivilMonth
  ) -> CivilDate {
    var lag = 0
    if case .socialFirst(_, let months) = agreement.accounts { lag = months }
    let claim = claimDate(of: loss, under: agreement).month.advanced(by: lag)
    let recovered = loss.recoveries.map { ($0.returnedOn ?? $0.receivedOn).month }
    // New money pays what waits (I-11).
    let waits = agreement.terms.fund.unpaidWaits.value
    let last = waits ? agreement.injections.lastIndex { $0 > .zero } : nil
    let injected = last.map { [opening.advanced(by: $0)] } ?? []
    return (recovered + injected).reduce(claim, max).lastDay
  }

  // MARK: The register of one loan

  private func assembled(
    _ item: RegisterLoan, of bank: String, _ before: Before, _ read: FundAgreement,
    opening: CivilMonth
  ) -> ClaimCase? {
    guard let loss = item.loss else { return nil }
    var agreement = read
    var remarks: [String] = []
    if let balance = before.balance?.value {
      // Nothing else then moves the balance until the claim.
      agreement.initial = balance
      agreement.interestRate = .zero
      agreement.annualFee = .zero
      let months = claimDate(of: loss, under: agreement).month.months(since: opening)
      for month in agreement.injections.indices.prefix(max(0, months + 1)) {
        agreement.injections[month] = .zero
      }
      remarks.append(
        "the fund's balance at the claim is given; interest, fees and earlier money are left out")
    } else {
      remarks.append(
        "the fund opens in \(opening) with \(agreement.initial); until the claim only interest, fees "
          + "and new money move it")
    }
    if item.missingFacts.isEmpty, !agreement.terms.coverage.facts.isEmpty {
      remarks.append("every fact that coverage asks for counts as met, as the input says")
    }
    if !agreement.terms.thresholds.isEmpty {
      remarks.append(
        "a bank's ratios are not judged by one loan: `fundsim replay` follows a whole register")
    }
    var register = ClaimRegister(
      loans: [item], banks: [bank], enterprises: ["enterprise"],
      until: lastDay(of: loss, agreement, opening: opening))
    if let amount = before.earlierThisYear?.value {
      register.history.admitted = [
        (enterprise: 0, year: item.disbursedOn.month.year, amount: amount)
      ]
    }
    if let date = before.earlierDefault?.value { register.history.defaults = [0: date] }
    if let date = before.suspendedOn?.value {
      register.history.suspensions = [(bank: 0, noticedOn: date)]
    }
    if let since = before.customerSince?.value {
      register.history.customers = [(0, 0, since, before.customerUntil?.value)]
    }
    return ClaimCase(
      agreement: agreement, register: register, opening: opening, remarks: remarks)
  }
}
