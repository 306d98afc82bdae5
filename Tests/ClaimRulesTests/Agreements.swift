import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

extension FundAgreement {
  /// A fund as a register's file agrees on it. The fee of a year is written there, not computed.
  init?(_ section: inout Section, programme: String, _ banks: [String]) throws {
    let initial = section.money("initial")
    let start = section.monthIfPresent("start")
    let startDay = section.dateIfPresent("startDay")
    var readings: [ReadingChoice] = []
    if var chosen = section.sectionIfPresent("readings") {
      for id in chosen.keys {
        if let name = chosen.text(id.value) { readings.append(ReadingChoice(id: id, name: name)) }
      }
    }
    guard let initial else { return nil }
    try self.init(
      builtIn(programme).changed(readings: readings, overrides: []), initial: initial.value,
      start: start?.value)
    self.readings = readings
    if let day = startDay?.value {
      dates = ForceDates(from: day, until: nil, firstMonth: day.month, yearsFrom: day)
      if case .months(let months) = self.terms.inForce.end {
        dates.until = day.lastDay(ofMonths: months)
      }
    }
    if let share = section.ratioIfPresent("refundShare"),
      case .socialFirst(_, let lag, let newMoney) = terms.fund.accounts.value
    {
      accounts = .socialFirst(
        refundShare: share.value, lagMonths: lag,
        newMoney: newMoney.fiscalPart(agreed: share.value))
    }
    if var item = section.sectionIfPresent("fillUp") {
      if let amount = item.money("to"), let time = item.choice("at", as: FillUpTime.self) {
        fillUp = FillUpRule(
          to: amount.value, at: time.value,
          atMostAYear: item.moneyIfPresent("atMostAYear")?.value,
          inAll: item.moneyIfPresent("inAll")?.value)
      }
      item.finish()
    }
    for var item in section.sectionsIfPresent("injections") ?? [] {
      if let month = item.month("month"), let amount = item.money("amount"),
        let opens = section.monthIfPresent("opens")
      {
        let place = month.value.months(since: opens.value)
        injections += Array(repeating: .zero, count: max(0, place + 1 - injections.count))
        injections[place] = amount.value
      }
      item.finish()
    }
    claimDelay = section.monthCountIfPresent("claimDelay", in: 0...120)?.value ?? claimDelay
    interestRate = section.ratioIfPresent("interestRate")?.value ?? .zero
    annualFee = section.moneyIfPresent("annualFee")?.value ?? .zero
    if var shares = section.sectionIfPresent("partition") {
      partition = banks.compactMap { shares.ratio($0)?.value }
      shares.finish()
    }
    if var caps = section.sectionIfPresent("bankCaps") {
      for key in caps.keys {
        if let place = banks.firstIndex(of: key.value) {
          bankCaps[place] = caps.money(key.value)?.value
        }
      }
    }
  }

  /// A fund with the shares of its programme, for all models that the programme allows.
  init(_ document: PolicyDocument, initial: Money, start: CivilMonth? = nil) throws {
    let terms = document.terms
    let sharing = try terms.models.mapValues {
      try $0.sharing(agreed: [:], rounding: terms.rounding.value).get()
    }
    var accounts = AccountRule.single
    if case .socialFirst(let share, let lag, let newMoney) = terms.fund.accounts.value {
      accounts = .socialFirst(
        refundShare: share.value, lagMonths: lag,
        newMoney: newMoney.fiscalPart(agreed: share.value))
    }
    self.init(
      name: document.id, original: document, programme: document, model: nil, sharing: sharing,
      initial: initial, dates: ForceDates(terms.inForce, start: start),
      claimDelay: terms.claim.delayMonths.value ?? 0, interestRate: .zero, penaltyRate: nil,
      annualFee: .zero, accounts: accounts, partition: [], injections: [], bankCaps: [:],
      readings: [], overrides: [])
    fillUp = terms.fund.fillUp?.value.rule(of: terms.fund.initial.value, initial: initial)
    fillUpSource = fillUp == nil ? nil : terms.fund.fillUp?.citation
  }
}

extension ForceDates {
  fileprivate init(_ period: ForcePeriod, start: CivilMonth?) {
    let first = start ?? CivilMonth(ordinal: 2020 * 12)
    switch period.start {
    case .date(let date):
      self.init(
        from: date, until: nil,
        firstMonth: date.day <= 15 ? date.month : date.month.advanced(by: 1))
    case .scenario: self.init(from: first.firstDay, until: nil, firstMonth: first)
    case .open: self.init(from: nil, until: nil, firstMonth: first)
    }
    switch period.end {
    case .date(let date): until = date
    case .months(let months): until = firstMonth.advanced(by: months - 1).lastDay
    case .open: break
    }
  }
}
