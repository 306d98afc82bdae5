import CompensationKernel
import DocumentReading
import FundCore

/// Dates in force, the fund's money, and the timing of claims.
extension ProgrammeReading {
  func inForce(_ top: inout Section) -> ForcePeriod? {
    clause("inForce", in: &top) { section, citation in
      let start: ForcePeriod.Start?
      switch section.nodeIfPresent("from")?.text {
      case "scenario": start = .scenario
      case "open": start = .open
      default: start = section.date("from").map { .date($0.value) }
      }
      let end: ForcePeriod.End?
      if section.has("lastsMonths"), section.has("until") {
        section.report(
          "two-ends",
          .init(
            en: "the end is given twice, by 'until' and by 'lastsMonths'",
            zh: "结束日期给了两次：“until”和“lastsMonths”"),
          help: .init(en: "keep one of the two", zh: "保留其中一个"))
      }
      if section.has("lastsMonths") {
        end = section.integer("lastsMonths", in: 1...1200).map { .months($0.value) }
      } else if section.nodeIfPresent("until")?.text == "open" {
        end = .open
      } else {
        end = section.date("until").map { .date($0.value) }
      }
      section.allow("until", "lastsMonths")
      guard let start, let end else { return nil }
      if case .date(let first) = start, case .date(let last) = end, last < first {
        section.report(
          "dates-in-wrong-order",
          .init(
            en: "'until' (\(last)) lies before 'from' (\(first))",
            zh: "“until”（\(last)）早于“from”（\(first)）"),
          help: .init(en: "give the last day in force in 'until'", zh: "在“until”中写最后有效日"))
      }
      for key in ["from", "until", "lastsMonths"] {
        if let text = section.nodeIfPresent(key)?.text {
          note(section, key, text, unit: key == "lastsMonths" ? "months" : "", citation)
        }
      }
      return ForcePeriod(start: start, end: end, citation: citation)
    }
  }

  func fund(_ top: inout Section) -> FundClauses? {
    guard var section = top.section("fund") else { return nil }
    let initial = clause("initial", in: &section) { self.initial(&$0, $1) }
    let accounts = clause("accounts", in: &section) { self.accounts(&$0, $1) }
    let interest = clauseIfPresent("interest", in: &section) { section, citation in
      flag("stays", of: &section, citation).map { Cited($0, citation) }
    }
    let fee = clauseIfPresent("fee", in: &section) { self.fee(&$0, $1) }
    let waits = clause("shortage", in: &section) { section, citation in
      choice("rule", of: &section, as: ShortageRule.self, citation)
        .map { Cited($0.value == .waits, citation) }
    }
    let end = clauseIfPresent("atEnd", in: &section) { section, citation in
      choice("rule", of: &section, as: EndRule.self, citation)
        .map { Cited($0.value == .returned, citation) }
    }
    let fillUp = clauseIfPresent("fillUp", in: &section) { self.fillUp(&$0, $1) }
    section.finish()
    guard let initial, let accounts, let waits else { return nil }
    var clauses = FundClauses(
      initial: initial, accounts: accounts, interestStays: interest, fee: fee, unpaidWaits: waits)
    clauses.returnsAtEnd = end
    clauses.fillUp = fillUp
    return clauses
  }

  /// When a fund is filled up, to what, and within which limits (I-53).
  private func fillUp(_ section: inout Section, _ citation: Citation) -> Cited<FillUpClause>? {
    section.allow("to", "atMostAYear", "inAll")
    guard let time = choice("at", of: &section, as: FillUpWord.self, citation) else { return nil }
    func amountIfPresent(_ key: String) -> Money? {
      section.has(key) ? amount(key, of: &section, citation) : nil
    }
    return Cited(
      FillUpClause(
        at: FillUpTime(rawValue: time.value.rawValue), to: amountIfPresent("to"),
        atMostAYear: amountIfPresent("atMostAYear"), inAll: amountIfPresent("inAll")), citation)
  }

  /// The times of filling up, and none.
  private enum FillUpWord: String, CaseIterable, Sendable {
    case never, yearStart, quarterStart, month
  }

  private enum ShortageRule: String, CaseIterable, Sendable { case leftWithBank, waits }
  private enum EndRule: String, CaseIterable, Sendable { case runOff, returned }
  private enum ClaimTime: String, CaseIterable, Sendable { case delay, realisation }
  private enum ProvinceRule: String, CaseIterable, Sendable { case notAwaited, awaited }
  private enum InitialRule: String, CaseIterable, Sendable { case exactly, atLeast, scenario }
  private enum AccountKind: String, CaseIterable, Sendable { case single, socialFirst, byBank }
  private enum FeePeriod: String, CaseIterable, Sendable { case year, life }

  private func initial(
    _ section: inout Section, _ citation: Citation
  ) -> Cited<FundClauses.Initial>? {
    guard let rule = choice("rule", of: &section, as: InitialRule.self, citation) else {
      return nil
    }
    if rule.value == .scenario {
      if section.has("amount") {
        section.report(
          "key-without-use",
          .init(
            en: "the amount has no use beside `rule: scenario`", zh: "已有 `rule: scenario`，金额不起作用"),
          help: .init(
            en: "write `rule: exactly` or `rule: atLeast`, or remove 'amount'",
            zh: "写 `rule: exactly` 或 `rule: atLeast`，或删去“amount”"))
      }
      return Cited(.scenario, citation)
    }
    guard let amount = amount("amount", of: &section, citation) else { return nil }
    return Cited(rule.value == .exactly ? .exactly(amount) : .atLeast(amount), citation)
  }

  private func accounts(
    _ section: inout Section, _ citation: Citation
  ) -> Cited<FundClauses.Accounts>? {
    guard let kind = choice("kind", of: &section, as: AccountKind.self, citation) else {
      return nil
    }
    switch kind.value {
    case .single: return Cited(.single, citation)
    case .byBank: return Cited(.byBank, citation)
    case .socialFirst:
      let share = clause("refundShare", in: &section) { self.share(&$0, $1) }
      let lag = clause("refundLagMonths", in: &section) { section, citation in
        count("value", of: &section, in: 0...120, unit: "months", citation)
      }
      let newMoney = clause("newMoney", in: &section) { section, citation in
        choice("rule", of: &section, as: FundClauses.NewMoneyRule.self, citation)?.value
      }
      guard let share, let lag, let newMoney else { return nil }
      return Cited(
        .socialFirst(refundShare: share.value, lagMonths: lag, newMoney: newMoney), citation)
    }
  }

  private func fee(_ section: inout Section, _ citation: Citation) -> Cited<FeeClause>? {
    let rate = section.ratio("rate")
    let atMost = section.ratioIfPresent("atMost")
    let base = amount("of", of: &section, citation)
    let period = choice("per", of: &section, as: FeePeriod.self, citation)
    guard let rate, let base, let period else { return nil }
    note(section, "rate", rate.value.description, unit: "of the base", citation)
    if let atMost {
      note(section, "atMost", atMost.value.description, unit: "of the base", citation)
    }
    let isAssumed = citation.assumption != nil
    let most = isAssumed ? rate.value : atMost?.value ?? rate.value
    if rate.value > most {
      problems.report(
        "share-above-bound",
        .init(en: "the rate \(rate.value) is above \(most)", zh: "费率\(rate.value)高于\(most)"),
        help: .init(en: "give a rate of at most \(most)", zh: "费率不超过\(most)"), at: rate.location)
    }
    return Cited(
      FeeClause(
        rate: NegotiableShare(
          value: rate.value, atLeast: atMost == nil ? rate.value : .zero, atMost: most),
        base: base, isYearly: period.value == .year), citation)
  }

  func claim(_ top: inout Section) -> ClaimClauses? {
    clause("claim", in: &top) { section, citation in
      var claim = delay(&section, citation)
      if section.has("after") {
        let time = choice("after", of: &section, as: ClaimTime.self, citation)
        claim?.comesAfterRealisation = time?.value == .realisation
      }
      if section.has("provincePayment") {
        let rule = choice("provincePayment", of: &section, as: ProvinceRule.self, citation)
        claim?.awaitsProvince = rule?.value == .awaited
      }
      return claim
    }
  }

  /// The time to a claim.
  private func delay(_ section: inout Section, _ citation: Citation) -> ClaimClauses? {
    section.allow(
      "afterOverdueDays", "applyWithinDays", "waitsForDelay", "after", "provincePayment")
    let days = section.integerIfPresent("afterOverdueDays", in: 0...3650)?.value ?? 0
    if let within = section.integerIfPresent("applyWithinDays", in: 0...3650) {
      note(section, "applyWithinDays", String(within.value), unit: "days", citation)
    }
    if section.has("afterOverdueDays") {
      note(section, "afterOverdueDays", String(days), unit: "days", citation)
    }
    let waits =
      section.has("waitsForDelay")
      ? flag("waitsForDelay", of: &section, citation) ?? false : false
    if section.nodeIfPresent("delayMonths")?.text == "scenario" {
      note(section, "delayMonths", "scenario", unit: "months", citation)
      return ClaimClauses(
        delayMonths: Cited(nil, citation), afterOverdueDays: days, waitsForDelay: waits)
    }
    guard
      let delay = count(
        "delayMonths", of: &section, in: 0...120, unit: "months", citation)
    else { return nil }
    return ClaimClauses(
      delayMonths: Cited(delay, citation), afterOverdueDays: days, waitsForDelay: waits)
  }

  func duty(_ opened: Section) -> DutyClause? {
    var section = opened
    return clause(&section) { section, citation in
      let id = section.text("id")
      let chinese = section.text("zh")
      let english = section.text("en")
      let countsWorkingDays = section.has("withinWorkingDays")
      section.allow("withinDays", "withinWorkingDays")
      let days = count(
        countsWorkingDays ? "withinWorkingDays" : "withinDays", of: &section, in: 1...3650,
        unit: countsWorkingDays ? "working days" : "days", citation)
      let after = choice("after", of: &section, as: DutyClause.Start.self, citation)
      let lateness = choice("lateness", of: &section, as: DutyClause.Lateness.self, citation)
      let concerns = concerns(&section, citation)
      guard let id, let chinese, let english, let days, let after, let lateness else { return nil }
      return DutyClause(
        id: id.value, text: LocalizedText(english: english.value, chinese: chinese.value),
        days: days, countsWorkingDays: countsWorkingDays, after: after.value,
        lateness: lateness.value, concerns: concerns, citation: citation)
    }
  }
}
