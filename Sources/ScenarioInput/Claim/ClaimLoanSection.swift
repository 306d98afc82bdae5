import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// A loan with its claim, as far as it could be read.
struct ClaimLoan {
  /// The bank's name where a claim gives none.
  static let unnamedBank = "bank"

  var bank = ClaimLoan.unnamedBank
  /// The operating model, where the fund takes it from the loan.
  var model: OperatingModel?
  var start: Written<CivilDate>?
  var rate: Ratio?
  /// The interest that was lost, if it is stated.
  var interest: Written<Money>?
  var missingFacts: [Written<String>] = []
  var recoveries: [(amount: Written<Money>, recovery: RegisterRecovery)] = []
  /// The loan as a register has it; `nil` if anything is missing.
  var registerLoan: RegisterLoan?

  /// More cannot be recovered than was lost. Interest runs on until the last recovery.
  ///
  /// - Parameter rate: The rate of interest that the programme compensates; `nil` if it does not.
  func checkRecovered(_ problems: ProblemCollector, rate: Ratio?) {
    guard let loss = registerLoan?.loss, let last = recoveries.last?.recovery.receivedOn,
      let lent = registerLoan?.schedule.principal
    else { return }
    var limit = max(loss.principal, loss.overduePrincipal ?? .zero)
    if loss.curedOn != nil, loss.overduePrincipal == nil { limit = lent }
    if let interest {
      limit += interest.value
    } else if let rate {
      let days = max(0, last.days(since: loss.interestPaidTo ?? loss.overdueOn))
      guard days <= longestHorizon * 31 else { return }
      limit += interestByDays(
        [UnpaidStretch(unpaid: limit, days: days)], annualRate: rate)
    }
    var sum = Money.zero
    for item in recoveries {
      sum += item.amount.value
      guard sum > limit else { continue }
      problems.report(
        "recovered-too-much",
        .init(
          en: "\(sum) is recovered in all, and at most \(limit) was lost",
          zh: "追偿合计\(sum)，而损失最多\(limit)"),
        help: .init(
          en: """
            check the amounts; interest that was lost too is given as `interest` \
            (--loss-interest)
            """,
          zh: "核对各项金额；利息也有损失的，填入 `interest`（--loss-interest）"), at: item.amount.location)
      return
    }
  }
}

/// Reads `loan:` of a claim.
struct ClaimLoanSection {
  let problems: ProblemCollector
  let models: KnownModels

  func read(_ opened: Section) -> ClaimLoan {
    var section = opened
    var loan = ClaimLoan()
    loan.bank = section.textIfPresent("bank").map { Scalar.name($0.value) } ?? loan.bank
    loan.model =
      section.valueIfPresent("model", example: models.example) { models.model($0) }?
      .value
    let principal = positive(
      section.largeMoney("principal", from: Section.leastLoanAmount),
      .init(en: "principal", zh: "本金"))
    let ipPart = section.ratio("ipPart")
    let size = section.choice("size", as: SizeClass.self)
    let collateral = section.choice("collateral", as: CollateralKind.self)
    let term = section.monthCount("term", in: 1...longestHorizon, example: "12 months")
    loan.start = section.date("start")
    loan.rate = section.interestRateIfPresent("rate")?.value
    let facts = facts(&section)
    loan.missingFacts = facts ?? []
    let filed = section.dateIfPresent("filed")
    require(filed, notBefore: loan.start, .init(en: "the start of the loan", zh: "贷款发放日"))
    let loss = loss(&section, &loan, principal: principal)
    section.finish()
    guard let principal, let ipPart, let size, let collateral, let term, let start = loan.start,
      facts != nil, let loss
    else { return loan }
    var item = RegisterLoan(
      id: "1",
      schedule: LoanSchedule(
        principal: principal.value, termMonths: term.value, isAmortizing: false),
      disbursedOn: start.value)
    item.model = loan.model ?? .bank
    item.size = size.value
    item.collateral = collateral.value
    item.ipPrincipal = principal.value.multiplied(by: ipPart.value, rounding: .halfUp)
    item.rate = loan.rate ?? .zero
    item.missingFacts = Set(loan.missingFacts.map(\.value))
    item.filedOn = filed?.value
    item.loss = loss
    loan.registerLoan = item
    return loan
  }

  // MARK: Facts

  /// The facts that are not met: none for `met`, or those of a list.
  private func facts(_ section: inout Section) -> [Written<String>]? {
    guard let node = section.node("facts", example: "met") else { return nil }
    let advice = LocalizedText(
      en: """
        write `met` if every fact that coverage asks for holds, or list those that do not: \
        `facts: {notMet: [goodCredit]}` (--not)
        """,
      zh: "补偿范围要求的条件都满足，写 `met`；否则列出不满足的条件：`facts: {notMet: [goodCredit]}`（--not）")
    if let text = node.text {
      if isMet(text) { return [] }
      problems.report(
        "unknown-word",
        .init(
          en: "loan.facts: \(quoted(text)) is not what facts can be",
          zh: "loan.facts：\(quoted(text))不是条件的写法"),
        help: advice,
        at: node.location)
      return nil
    }
    if node.content == .null {
      problems.report(
        "missing-value", .init(en: "loan.facts: there is no value", zh: "loan.facts：没有值"),
        help: advice, at: node.location)
      return nil
    }
    guard var inner = Section(node, name: section.path(of: "facts"), problems: problems) else {
      return nil
    }
    let names = inner.texts("notMet")
    inner.finish()
    return names
  }

  // MARK: The loss

  private func loss(
    _ section: inout Section, _ loan: inout ClaimLoan, principal: Written<Money>?
  ) -> RegisterLoss? {
    let overdue = section.date("overdue")
    require(overdue, notBefore: loan.start, .init(en: "the start of the loan", zh: "贷款发放日"))
    let cured = section.dateIfPresent("cured")
    require(cured, notBefore: overdue, .init(en: "the first day overdue", zh: "首个逾期日"))
    let amount = lost(&section, curedOn: cured)
    let standing = standing(&section, principal: principal, overdue: overdue, loan)
    if let amount, let principal, amount.value > principal.value {
      problems.report(
        "loss-too-large",
        .init(
          en: "\(amount.value) are lost of a principal of \(principal.value)",
          zh: "本金\(principal.value)，损失却有\(amount.value)"),
        help: .init(
          en: "give the principal that was lost; interest goes under `interest` (--loss-interest)",
          zh: "此处填损失的本金；利息填入 `interest`（--loss-interest）"),
        at: amount.location)
    }
    loan.interest = section.moneyIfPresent("interest")
    let recognised = section.dateIfPresent("recognised")
    require(recognised, notBefore: overdue, .init(en: "the first day overdue", zh: "首个逾期日"))
    let provincePaid = section.dateIfPresent("provincePaid")
    require(provincePaid, notBefore: overdue, .init(en: "the first day overdue", zh: "首个逾期日"))
    let applied = section.dateIfPresent("applied")
    require(applied, notBefore: overdue, .init(en: "the first day overdue", zh: "首个逾期日"))
    let read = (section.sectionsIfPresent("recoveries") ?? []).map { recovery($0, since: overdue) }
    loan.recoveries = read.compactMap(\.self).enumerated()
      .sorted { ($0.1.recovery.receivedOn, $0.0) < ($1.1.recovery.receivedOn, $1.0) }.map(\.1)
    guard let overdue, amount != nil || cured != nil, !read.contains(where: { $0 == nil }) else {
      return nil
    }
    var loss = standing
    loss.overdueOn = overdue.value
    loss.principal = cured == nil ? amount?.value ?? .zero : .zero
    loss.curedOn = cured?.value
    loss.interest = loan.interest?.value
    loss.recognisedOn = recognised?.value
    loss.provincePaidOn = provincePaid?.value
    loss.appliedOn = applied?.value
    loss.recoveries = loan.recoveries.map(\.recovery)
    return loss
  }

  /// The principal that was lost; nothing of a cured loan is.
  private func lost(_ section: inout Section, curedOn cured: Written<CivilDate>?) -> Written<Money>?
  {
    guard let cured else {
      return positive(
        section.largeMoney("loss", from: Section.leastLoanAmount), .init(en: "loss", zh: "损失"))
    }
    guard let written = section.moneyIfPresent("loss"), written.value > .zero else { return nil }
    problems.report(
      "cured-and-lost",
      .init(
        en: "the loan was cured on \(cured.value), and \(written.value) were lost",
        zh: "贷款已于\(cured.value)恢复正常，却有损失\(written.value)"),
      help: .init(
        en: "leave out `loss` (--loss) or `cured` (--cured-on)",
        zh: "删去 `loss`（--loss）或 `cured`（--cured-on）"), at: written.location)
    return nil
  }

  /// What was overdue, until when, and to which day interest was paid.
  private func standing(
    _ section: inout Section, principal: Written<Money>?, overdue: Written<CivilDate>?,
    _ loan: ClaimLoan
  ) -> RegisterLoss {
    var standing = RegisterLoss(
      overdueOn: CivilMonth(ordinal: 2024 * 12).firstDay, principal: .zero)
    let amount = section.moneyIfPresent("overduePrincipal")
    if let amount, let principal, amount.value > principal.value {
      problems.report(
        "overdue-above-principal",
        .init(
          en: "\(amount.value) are overdue of a principal of \(principal.value)",
          zh: "本金\(principal.value)，逾期本金却有\(amount.value)"),
        help: .init(
          en: "give the principal that was outstanding on the first day overdue",
          zh: "填写首个逾期日的未还本金"), at: amount.location)
    }
    standing.overduePrincipal = amount?.value
    let writtenOff = section.dateIfPresent("writtenOff")
    require(writtenOff, notBefore: overdue, .init(en: "the first day overdue", zh: "首个逾期日"))
    standing.writtenOffOn = writtenOff?.value
    let paidTo = section.dateIfPresent("interestPaidTo")
    require(paidTo, notBefore: loan.start, .init(en: "the start of the loan", zh: "贷款发放日"))
    standing.interestPaidTo = paidTo?.value
    return standing
  }

  private func recovery(
    _ opened: Section, since overdue: Written<CivilDate>?
  ) -> (amount: Written<Money>, recovery: RegisterRecovery)? {
    var section = opened
    let amount = positive(section.money("amount"), .init(en: "amount", zh: "金额"))
    let date = section.date("on")
    let costs = section.moneyIfPresent("costs")
    let returned = section.dateIfPresent("returned")
    section.finish()
    require(date, notBefore: overdue, .init(en: "the first day overdue", zh: "首个逾期日"))
    require(returned, notBefore: date, .init(en: "the day on which it was recovered", zh: "追偿到账日"))
    guard let amount, let date else { return nil }
    if let costs, costs.value > amount.value {
      problems.report(
        "costs-too-large",
        .init(
          en: "the costs of \(costs.value) exceed the \(amount.value) recovered",
          zh: "追偿成本\(costs.value)超过追偿所得\(amount.value)"),
        help: .init(en: "give the part of what was recovered that it cost", zh: "填写取得这笔追偿所得所花的费用"),
        at: costs.location)
      return nil
    }
    var recovery = RegisterRecovery(
      receivedOn: date.value, amount: .onWholeLoan(amount.value),
      costs: .amount(costs?.value ?? .zero))
    recovery.returnedOn = returned?.value
    return (amount, recovery)
  }

  // MARK: Checks

  private func positive(_ written: Written<Money>?, _ name: LocalizedText) -> Written<Money>? {
    guard let written, written.value == .zero else { return written }
    problems.report(
      "amount-is-zero", .init(en: "the \(name) is zero", zh: "\(name)为零"),
      help: .init(en: "give an amount above zero", zh: "金额应大于零"),
      at: written.location)
    return nil
  }

  private func require(
    _ date: Written<CivilDate>?, notBefore earlier: Written<CivilDate>?, _ words: LocalizedText
  ) {
    guard let date, let earlier, date.value < earlier.value else { return }
    problems.report(
      "dates-out-of-order",
      .init(
        en: "\(date.value) lies before \(words), \(earlier.value)",
        zh: "\(date.value)早于\(words) \(earlier.value)"),
      help: .init(en: "check both dates", zh: "核对这两个日期"), at: date.location)
  }
}
