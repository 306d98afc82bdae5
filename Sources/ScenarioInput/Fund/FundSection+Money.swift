import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// A fund's amounts, dates and rates.
extension FundSection {
  struct MoneyTerms {
    var interest: Ratio
    var penalty: Ratio?
    var fee: Money
    var accounts: AccountRule
    var partition: [Ratio]
  }

  /// Judges what can be judged before the programme is known, so that no problem waits for another.
  func checkWithoutProgramme(_ section: inout Section) {
    _ = section.largeMoneyIfPresent("initial", from: Section.leastFundAmount)
    _ = first(&section, isNeeded: false)
    _ = section.valueIfPresent("claimDelay", example: "3 months", parse: { delayMonths($0) })
    for rate in ["interestRate", "penaltyRate", "fee", "refundShare"] {
      _ = section.ratioIfPresent(rate)
    }
    if var shares = section.sectionIfPresent("partition") {
      for bank in shares.keys { _ = shares.ratio(bank.value) }
    }
    _ = injections(&section)
    _ = contributors(&section, initial: nil, accounts: nil)
    _ = WrittenPremium.all(&section)
    _ = writtenFillUp(&section)
    _ = section.choiceIfPresent("afterSuspension", as: LendingAfterSuspension.self)
    if var caps = section.sectionIfPresent("bankCaps") {
      for bank in caps.keys { _ = caps.money(bank.value) }
    }
  }

  func initial(_ section: inout Section, _ terms: CompensationTerms, _ programme: String) -> Money?
  {
    let clause = terms.fund.initial
    let help =
      LocalizedText(
        en: """
          override `fund.initial.amount` (and `fund.initial.rule`) with a reason to study \
          another size
          """,
        zh: "要研究其他规模，用 `overrides` 改 `fund.initial.amount`（和 `fund.initial.rule`）并写明理由")
    switch clause.value {
    case .exactly(let amount):
      if let written = section.largeMoneyIfPresent("initial", from: Section.leastFundAmount),
        written.value != amount
      {
        problems.report(
          "initial-not-allowed",
          .init(
            en: """
              the initial amount is \(written.value), but \(clause.citation) of '\(programme)' \
              sets \(amount)
              """,
            zh: "初始资金为\(written.value)，而“\(programme)”\(clause.citation)规定为\(amount)"),
          help: help, at: written.location)
        return nil
      }
      return amount
    case .atLeast(let amount):
      guard let written = section.largeMoney("initial", from: Section.leastFundAmount) else {
        return nil
      }
      guard written.value >= amount else {
        problems.report(
          "initial-not-allowed",
          .init(
            en: """
              the initial amount is \(written.value), but \(clause.citation) of '\(programme)' \
              asks for at least \(amount)
              """,
            zh: "初始资金为\(written.value)，而“\(programme)”\(clause.citation)要求至少\(amount)"),
          help: help, at: written.location)
        return nil
      }
      return written.value
    case .scenario: return section.largeMoney("initial", from: Section.leastFundAmount)?.value
    }
  }

  func dates(
    _ section: inout Section, _ terms: CompensationTerms, _ programme: String
  ) -> ForceDates? {
    var dates: ForceDates
    switch terms.inForce.start {
    case .date(let date):
      if let written = first(&section, isNeeded: false), written.value.month != date.month {
        problems.report(
          "start-not-allowed",
          .init(
            en: "'\(programme)' is in force from \(date) (\(terms.inForce.citation))",
            zh: "“\(programme)”自\(date)起有效（\(terms.inForce.citation)）"),
          help: remove("start"), at: written.location)
      }
      dates = ForceDates(
        from: date, until: nil, firstMonth: date.firstSimulatedMonth,
        yearsFrom: isByDay ? date : nil)
    case .scenario:
      guard let written = first(&section, isNeeded: true) else { return nil }
      dates = ForceDates(
        from: written.value, until: nil, firstMonth: written.value.month, yearsFrom: written.value)
    case .open:
      let written = first(&section, isNeeded: false)?.value ?? start.firstDay
      dates = ForceDates(
        from: nil, until: nil, firstMonth: written.month, yearsFrom: written)
    }
    switch terms.inForce.end {
    case .date(let date): dates.until = date
    case .months(let months):
      dates.until =
        isByDay
        ? dates.yearsFrom.lastDay(ofMonths: months)
        : dates.firstMonth.advanced(by: months - 1).lastDay
    case .open: break
    }
    return dates
  }

  /// The first day of the programme: a day, or a month for its first. A simulation begins at the month.
  private func first(_ section: inout Section, isNeeded: Bool) -> Written<CivilDate>? {
    func parse(_ text: String) -> Result<CivilDate, ScalarProblem> {
      if case .success(let date) = Scalar.date(text) {
        return .success(isByDay ? date : date.month.firstDay)
      }
      return Scalar.month(text).map(\.firstDay)
    }
    return isNeeded
      ? section.value("start", example: "2024-01", parse: parse)
      : section.valueIfPresent("start", example: "2024-01", parse: parse)
  }

  func claimDelay(_ section: inout Section, _ terms: CompensationTerms) -> Int? {
    let clause = terms.claim.delayMonths
    guard let fixed = clause.value else {
      return section.value("claimDelay", example: "3 months") { delayMonths($0) }?.value
    }
    if let written = section.valueIfPresent(
      "claimDelay", example: "3 months", parse: { delayMonths($0) }),
      written.value != fixed
    {
      problems.report(
        "delay-not-allowed",
        .init(
          en: "the delay is \(written.value) months, but \(clause.citation) sets \(fixed)",
          zh: "时滞为\(written.value)个月，而\(clause.citation)规定为\(fixed)个月"),
        help: .init(
          en: "remove 'claimDelay', or override `claim.delayMonths` with a reason",
          zh: "删去“claimDelay”，或用 `overrides` 改 `claim.delayMonths` 并写明理由"),
        at: written.location)
    }
    return fixed
  }

  func money(
    _ section: inout Section, _ programme: PolicyDocument, initial: Money?
  ) -> MoneyTerms? {
    let terms = programme.terms
    let stays = terms.fund.interestStays?.value ?? false
    let interest =
      stays
      ? section.interestRate("interestRate")?.value
      : section.interestRateIfPresent("interestRate")?.value ?? .zero
    let penalty = section.interestRateIfPresent("penaltyRate")?.value
    let fee = fee(&section, terms, initial: initial ?? .zero)
    let accounts = accounts(&section, terms)
    let partition = partition(&section, programme)
    guard let interest, let fee, let accounts, let partition else { return nil }
    return MoneyTerms(
      interest: interest, penalty: penalty, fee: fee, accounts: accounts, partition: partition)
  }

  /// The fee of a year: the programme's rate, or one that was agreed within its bound.
  private func fee(
    _ section: inout Section, _ terms: CompensationTerms, initial: Money
  ) -> Money? {
    guard let clause = terms.fund.fee else {
      if section.has("fee") {
        section.report(
          "key-without-use", .init(en: "the programme has no management fee", zh: "该办法没有管理费"),
          help: remove("fee"))
      }
      return .zero
    }
    let written = section.ratioIfPresent("fee")
    let rate = written?.value ?? clause.value.rate.value
    if let written, !clause.value.rate.allows(rate) {
      problems.report(
        "forbidden-share",
        .init(
          en: "a fee of \(rate) is not allowed by \(clause.citation)",
          zh: "\(clause.citation)不允许\(rate)的管理费率"),
        help: allowed(clause.value.rate.allowedInWords), at: written.location)
      return nil
    }
    let whole = (clause.value.base ?? initial).multiplied(by: rate, rounding: .halfUp)
    guard !clause.value.isYearly, case .months(let months) = terms.inForce.end else {
      return whole
    }
    return Money(fen: whole.fen / Int64(max(1, months / 12)))
  }

  private func accounts(_ section: inout Section, _ terms: CompensationTerms) -> AccountRule? {
    let clause = terms.fund.accounts
    guard case .socialFirst(let share, let lag, let newMoney) = clause.value else {
      if section.has("refundShare") {
        section.report(
          "key-without-use",
          .init(en: "the programme has no account that is refunded", zh: "该办法没有可获补偿的账户"),
          help: remove("refundShare"))
      }
      return .single
    }
    let written = section.ratioIfPresent("refundShare")
    let agreed = written?.value ?? share.value
    guard share.allows(agreed) else {
      problems.report(
        "forbidden-share",
        .init(
          en: """
            a refund of \(agreed) of what the social account paid is not allowed by \
            \(clause.citation)
            """,
          zh: "\(clause.citation)不允许对社会资本账户的支付补偿\(agreed)"),
        help: allowed(share.allowedInWords), at: written?.location ?? section.location)
      return nil
    }
    return .socialFirst(
      refundShare: agreed, lagMonths: lag, newMoney: newMoney.fiscalPart(agreed: agreed))
  }

  /// New money by month, and whose it is where that is said.
  struct WrittenInjections {
    var byMonth: [Money]
    var named: [NamedInjectionPlace] = []
  }

  func injections(_ section: inout Section) -> WrittenInjections? {
    var byMonth = [Money](repeating: .zero, count: horizon)
    var named: [NamedInjectionPlace] = []
    for opened in section.sectionsIfPresent("injections") ?? [] {
      var item = opened
      let month = item.month("month")
      let amount = item.largeMoney("amount", from: Section.leastLoanAmount)
      let contributor = item.textIfPresent("by")
      item.finish()
      guard let month, let amount else { return nil }
      let index = month.value.months(since: start)
      guard byMonth.indices.contains(index) else {
        problems.report(
          "month-outside-run",
          .init(
            en: "an injection falls in \(month.value), outside the run",
            zh: "追加资金的月份\(month.value)在模拟期之外"),
          help: .init(
            en: "give a month from \(start) to \(start.advanced(by: horizon - 1))",
            zh: "应在\(start)至\(start.advanced(by: horizon - 1))之间"),
          at: month.location)
        return nil
      }
      byMonth[index] += amount.value
      if let contributor {
        let injection = FundAgreement.NamedInjection(
          month: index, contributor: contributor.value, amount: amount.value)
        named.append(NamedInjectionPlace(injection: injection, location: contributor.location))
      }
      guard byMonth[index] <= .largestInput else {
        problems.report(
          "amount-too-large",
          .init(
            en: "the injections of \(month.value) come to more than a trillion yuan",
            zh: "\(month.value)的追加资金合计超过一万亿元"),
          help: .init(en: "check the unit; an amount is at most 1万亿", zh: "核对单位；金额最多1万亿"),
          at: amount.location)
        return nil
      }
    }
    return WrittenInjections(byMonth: byMonth, named: named)
  }
}

extension CivilDate {
  /// The first month whose 15th lies on or after this day.
  var firstSimulatedMonth: CivilMonth { day <= 15 ? month : month.advanced(by: 1) }
}

/// A number of months from default to claim: 60 and 90 are rather days.
private func delayMonths(_ text: String) -> Result<Int, ScalarProblem> {
  Scalar.unclearMonths(text, above: 24).map { .failure($0) } ?? Scalar.monthCount(text, in: 0...120)
}
