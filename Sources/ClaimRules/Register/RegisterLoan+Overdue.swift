import CompensationKernel
public import FundCore

// What of a loan is unpaid, day by day, between its first day overdue and its claim.

extension RegisterLoan {
  /// The principal that counts as overdue on the first day overdue: as stated, or the larger of what is
  /// outstanding by schedule and what is lost (I-38).
  public var overduePrincipal: Money {
    guard let loss else { return .zero }
    if let stated = loss.overduePrincipal { return stated }
    let months = loss.overdueOn.month.months(since: disbursedOn.month)
    return max(schedule.outstandingOverdue(monthsAfterStart: months), loss.principal)
  }

  /// When the default ended: the loan was cured, or all of its principal had come in; `nil` if it lasts.
  var defaultEndedOn: CivilDate? {
    guard let loss else { return nil }
    let due = max(overduePrincipal, loss.principal)
    var sum = Money.zero
    let repaid = loss.recoveries.sorted { $0.receivedOn < $1.receivedOn }.first {
      sum += $0.whole
      return sum >= due && due > .zero
    }
    return [loss.curedOn, repaid?.receivedOn].compactMap(\.self).min()
  }

  /// Whether the loan first became overdue on a day before another loan is made.
  func hasDefaulted(before date: CivilDate) -> Bool { loss.map { $0.overdueOn < date } ?? false }

  /// Whether the borrower is in default with this loan at the end of the day before another loan is made:
  /// from the first day overdue until all is repaid or the loan is cured (I-42).
  func isInDefault(before date: CivilDate) -> Bool {
    guard hasDefaulted(before: date) else { return false }
    return defaultEndedOn.map { $0 >= date } ?? true
  }
}

extension RegisterLoss {
  /// Whether the fund waits for the province's payment, and the register knows of none (I-54). A
  /// simulated trial, which states the day of settlement, has no such days.
  func lacksProvince(under agreement: FundAgreement) -> Bool {
    agreement.terms.claim.awaitsProvince && provincePaidOn == nil && settledOn == nil
  }

  /// Whether a recovery reduces the loss before it is divided: it came in on a day before the claim's
  /// (I-37).
  func comesBeforeClaim(_ recovery: RegisterRecovery, under agreement: FundAgreement) -> Bool {
    reducesLoss(recovery, claimedOn: claimDate(of: self, under: agreement), under: agreement)
  }

  /// Whether a recovery reduces the loss of a claim: before its day, or, where the claim waits for the
  /// last recovery, on it too (I-52).
  private func reducesLoss(
    _ recovery: RegisterRecovery, claimedOn date: CivilDate, under agreement: FundAgreement
  ) -> Bool {
    if agreement.terms.claim.comesAfterRealisation { return recovery.receivedOn <= date }
    return agreement.moneyBeforeClaim == .reducesLoss && recovery.receivedOn < date
  }

  /// What is lost on the day of the claim: what was unpaid on the first day overdue less what has come in
  /// before that day, principal first (I-37); and the interest, where the programme's base holds it,
  /// as it is stated or counted (I-44).
  ///
  /// - Parameters:
  ///   - date: The day of the claim.
  ///   - rate: The annual rate of the interest; `nil` where the base holds none.
  func lossAtClaim(
    on date: CivilDate, rate: Ratio?, under agreement: FundAgreement
  ) -> LossCounted {
    let isNet = agreement.terms.recovery.value.isNetOfCosts
    var unpaid = principal
    var beyond = Money.zero
    var day = interestPaidTo ?? overdueOn
    var stretches: [LossCounted.Stretch] = []
    for recovery in recoveries.sorted(by: { $0.receivedOn < $1.receivedOn })
    where reducesLoss(recovery, claimedOn: date, under: agreement) {
      if recovery.receivedOn > day {
        stretches.append(.init(unpaid: unpaid, from: day, to: recovery.receivedOn))
        day = recovery.receivedOn
      }
      var amount = recovery.whole
      if isNet { amount -= recovery.costs(of: amount) }
      let principal = min(unpaid, amount)
      unpaid -= principal
      beyond += amount - principal
    }
    if date > day { stretches.append(.init(unpaid: unpaid, from: day, to: date)) }
    stretches = stretches.filter { $0.unpaid > .zero }
    var counted = LossCounted(
      principal: unpaid, paidBefore: principal - unpaid, interest: nil)
    guard let rate else { return counted }
    if let interest {
      counted.interest = LossCounted.Interest(
        amount: max(.zero, interest - beyond), paidBefore: min(interest, beyond))
      return counted
    }
    let accrued: Money
    var months: Int?
    switch agreement.interestCount {
    case .days:
      accrued = interestByDays(
        stretches.map { UnpaidStretch(unpaid: $0.unpaid, days: $0.days) }, annualRate: rate)
    case .calendarMonths:
      let touched =
        stretches.isEmpty
        ? 0 : date.month.months(since: (interestPaidTo ?? overdueOn).month) + 1
      months = touched
      accrued = overdueInterest(
        on: stretches.last?.unpaid ?? .zero, annualRate: rate, months: touched)
    }
    counted.interest = LossCounted.Interest(
      amount: max(.zero, accrued - beyond), paidBefore: min(accrued, beyond), rate: rate,
      months: months, stretches: stretches)
    return counted
  }
}

/// The day on which the claim for a loss is settled: when it has been overdue long enough, was
/// recognised and applied for, whichever comes last. Without an application, the programme's days
/// overdue or the agreed delay decide.
public func claimDate(of loss: RegisterLoss, under agreement: FundAgreement) -> CivilDate {
  if let settled = loss.settledOn { return settled }
  let days = agreement.terms.claim.afterOverdueDays
  // The first day overdue is day 1 (I-29).
  let earliest = loss.overdueOn.advanced(byDays: max(0, days - 1))
  let delayed = loss.overdueOn.advanced(byMonths: agreement.claimDelay)
  let stated = [loss.recognisedOn, loss.appliedOn].compactMap(\.self).max()
  var date = days > 0 ? earliest : delayed
  if let stated {
    // Where the text sets a time for the application alone, the payment comes when it comes (I-45).
    date = max(agreement.terms.claim.waitsForDelay ? delayed : earliest, stated)
  }
  // The province's payment is awaited beside all that (I-54).
  if agreement.terms.claim.awaitsProvince, let paid = loss.provincePaidOn { date = max(date, paid) }
  guard agreement.terms.claim.comesAfterRealisation else { return date }
  return loss.recoveries.reduce(date) { max($0, $1.receivedOn) }
}
