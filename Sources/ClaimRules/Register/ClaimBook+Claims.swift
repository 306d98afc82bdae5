import CompensationKernel
import FundCore
import PolicyLibrary

// Claims, recoveries and refunds of a fund whose register is replayed.
extension ClaimBook {
  /// Settles the claim of a loan.
  mutating func settleClaim(_ index: Int, on date: CivilDate, duties: [MissedDuty]) {
    let loan = register.loans[index]
    guard let loss = loan.loss else { return }
    let model = agreement.model(of: loan.model)
    let counted = countedLoss(of: loan, loss, model: model, claimedOn: date)
    let total = counted.total
    result.loans[index].note(counted, claimedOn: date)
    // What was repaid in full before its claim is no claim (I-37).
    guard total > .zero, loss.curedOn == nil else { return }
    result.totals.totalLoss += total
    for duty in duties { note(.late(duty), on: date, [duty.citation], loan: index) }
    let forfeited = duties.filter { $0.isForfeited && $0.concerns == nil }
    let idle = agreement.parties.places(of: idlePayers(index, duties))
    // A model that the programme does not allow has no rules.
    let choice = agreement.ruleChoice(loan, on: date, caps)
    let rules = agreement.rules(model, choice)?.without(idle)
    let isInCover =
      rules != nil && forfeited.isEmpty && agreement.coversLoss(overdueOn: loss.overdueOn)
    let covered = isInCover ? result.loans[index].cover?.coveredPrincipal ?? .zero : .zero
    let base = lossBase(of: total, covered: covered, principal: loan.schedule.principal)
    result.totals.outsideCover += total - base
    guard base > .zero, let rules else {
      note(
        .uncoveredLoss(total), on: date, reasons(index, loss, model: model, forfeited),
        loan: index)
      return
    }
    let claim = ClaimToSettle(
      index: index, model: model, choice: choice, idle: idle, rules: rules, base: base,
      total: total)
    settle(claim, on: date, duties: duties)
  }

  /// Settles what is covered of a claim.
  private mutating func settle(
    _ claim: ClaimToSettle, on date: CivilDate, duties: [MissedDuty]
  ) {
    let (index, loan) = (claim.index, register.loans[claim.index])
    let layered = layered(claim, on: date)
    let own = min(
      caps.limit(bank: loan.bank, on: date, version: claim.choice.version),
      supportLeft(of: loan, on: date))
    let cap = min(own, layered?.loss.left ?? own)
    let purse = purses.count == 1 ? 0 : loan.bank
    let before = purses[purse].account
    var log = StepLog()
    let settlement = CompensationKernel.settle(
      layers: layered?.shared ?? [SharedLayer(amount: claim.base, sharing: claim.rules.sharing)],
      cap: cap, from: &purses[purse], log: &log)
    aggregates?.count(loss: claim.base, owed: settlement.owed, bank: loan.bank)
    countPaid(settlement.paid)
    noteSupport(settlement.owed, of: loan, on: date)
    result.totals.losses += settlement.parts
    result.loans[index].settlement = settlement
    claimOfLoan[index] = claims.count
    queue(settlement, on: date)
    claims.append(
      Claim(
        loan: index, purse: purse, model: claim.model, idle: claim.idle, rules: claim.rules,
        settlement: settlement))
    let source = caps.citation(bank: loan.bank, on: date, version: claim.choice.version)
      .map { Cited(own, $0) }
    let settled = ClaimSettled(
      total: claim.total, before: before, settlement: settlement, cap: source, steps: log,
      choice: claim.choice, layered: layered)
    note(
      .claim(settled), on: date,
      sources(of: loan, claim.choice, model: claim.model, date) + idleSources(index, duties)
        + (layered.map { sources(of: $0, cap: cap, owed: settlement.owed) } ?? [])
        + (settlement.owed == cap ? agreement.compensationLimit.map { [$0.citation] } ?? [] : []),
      loan: index, amount: .zero - settlement.paid)
    noteShortage(settlement.unpaid, on: date, loan: index)
    watch.money = money
    note(watch.count(settlement, bank: loan.bank, on: date))
  }

  /// Notes what of the next claim falls due later: its refund, and what waits for money.
  private mutating func queue(_ settlement: Settlement, on date: CivilDate) {
    if settlement.isRefundLater, case .socialFirst(_, let lag, _) = agreement.accounts {
      refundsDue[date.month.advanced(by: lag), default: []].append(claims.count)
    }
    if agreement.terms.fund.unpaidWaits.value, settlement.paid < settlement.owed {
      waiting.append(claims.count)
    }
  }

  /// The whole loss: principal, and interest where the programme counts it.
  private func countedLoss(
    of loan: RegisterLoan, _ loss: RegisterLoss, model: OperatingModel, claimedOn date: CivilDate
  ) -> LossCounted {
    let counts = agreement.countsInterest(model, ofLoanMadeOn: loan.disbursedOn)
    let rate = counts ? agreement.penaltyRate ?? loan.rate : nil
    return loss.lossAtClaim(on: date, rate: rate, under: agreement)
  }

  /// Tells of money that comes in before the claim: it moves nothing but what can be claimed (I-37).
  mutating func repay(_ index: Int, part: Int, on date: CivilDate) {
    guard let loss = register.loans[index].loss, loss.recoveries[part].whole > .zero else {
      return
    }
    let isNet = agreement.terms.recovery.value.isNetOfCosts
    let sum = loss.recoveries.prefix(part + 1).reduce(Money.zero) {
      $0 + $1.whole - (isNet ? $1.costs(of: $1.whole) : .zero)
    }
    let source = agreement.terms.moneyBeforeClaim?.citation
    note(
      .repayment(loss.recoveries[part].whole, left: max(.zero, loss.principal - sum)), on: date,
      source.map { [$0] } ?? [], loan: index)
  }

  /// The payers that owe nothing on a claim: a condition that concerns them alone is not met, or a
  /// duty whose neglect forfeits their part was missed (I-43).
  private func idlePayers(_ index: Int, _ duties: [MissedDuty]) -> Set<Party> {
    let forfeited = duties.filter(\.isForfeited).compactMap(\.concerns)
    let idle = forfeited.reduce(result.loans[index].cover?.idlePayers ?? []) { $0.union($1) }
    return lacksProvince(index) ? idle.union([.fund]) : idle
  }

  private func lacksProvince(_ index: Int) -> Bool {
    register.loans[index].loss?.lacksProvince(under: agreement) ?? false
  }

  /// What stands against the parts of the payers that owe nothing.
  private func idleSources(_ index: Int, _ duties: [MissedDuty]) -> [Citation] {
    let refusals = result.loans[index].cover?.refusals ?? []
    return refusals.filter { !$0.idlePayers.isEmpty }.map(\.citation)
      + duties.filter { $0.isForfeited && $0.concerns != nil }.map(\.citation)
      + (lacksProvince(index) ? [agreement.terms.claim.delayMonths.citation] : [])
  }

  /// Why a loss is not covered: everything that stands against it.
  private func reasons(
    _ index: Int, _ loss: RegisterLoss, model: OperatingModel, _ forfeited: [MissedDuty]
  ) -> [Citation] {
    var sources: [Citation] = []
    if let cover = result.loans[index].cover, !cover.isCovered {
      sources += cover.refusals.filter { !$0.isPartial }.map(\.citation)
    }
    if !agreement.coversLoss(overdueOn: loss.overdueOn) {
      sources.append(agreement.terms.coverPeriod.citation)
    }
    if agreement.rules(model) == nil, let refused = agreement.terms.refusedModels[model] {
      sources.append(refused.citation)
    }
    return sources + forfeited.map(\.citation)
  }

  /// The articles behind a settlement.
  private func sources(
    of loan: RegisterLoan, _ choice: RuleChoice, model: OperatingModel, _ date: CivilDate
  ) -> [Citation] {
    guard let clauses = agreement.terms.version(choice.version).models[model] else { return [] }
    let cap = caps.citation(bank: loan.bank, on: date, version: choice.version)
    return [clauses.lossBase.citation]
      + clauses.payers.map { payer in
        clauses.otherShare(of: payer, at: choice.conditions)?.share.citation
          ?? payer.share.citation
      } + (cap.map { [$0] } ?? [])
  }

  // MARK: Recoveries

  /// Takes in a recovery on a defaulted loan.
  mutating func recover(_ recovery: RegisterRecovery, of index: Int, on date: CivilDate) {
    let position = claimOfLoan[index]
    let total = result.loans[index].total
    guard total > .zero else { return }
    let base = position.map { claims[$0].settlement.lossBase } ?? .zero
    let (covered, rest) = recovery.split(base: base, of: total)
    let outside = rest.recovered - rest.costs
    result.totals.outsideCover -= outside
    result.totals.recoveredNet += outside
    guard let position else {
      if rest.recovered > .zero {
        note(.uncoveredRecovery(outside), on: date, [], loan: index)
      }
      return
    }
    var log = StepLog()
    let claim = claims[position]
    let division = divideRecovery(
      covered.recovered, costs: covered.costs, of: claim.settlement, under: claim.rules,
      before: claim.before, log: &log)
    claims[position].before.add(division)
    purses[claim.purse].receive(division)
    countReturned(division.toFund)
    result.totals.losses -= division.parts
    result.totals.recoveredNet += division.parts.total
    result.loans[index].returned += division.toFund
    watch.noteReturn(division.toFund, bank: register.loans[index].bank)
    guard covered.recovered > .zero || rest.recovered > .zero else { return }
    note(
      .recovery(
        RecoveryDivided(
          recovered: covered.recovered, before: claim.before, division: division,
          outside: outside, steps: log)),
      on: date, [agreement.terms.recovery.citation], loan: index, amount: division.toFund)
  }

  // MARK: What falls due later

  /// Refunds the social account for the claims of an earlier month, in their order (I-12).
  mutating func refundLater(_ month: CivilMonth) {
    for position in refundsDue.removeValue(forKey: month) ?? [] {
      // Waiting payments were refunded as they were made.
      let owed = claims[position].settlement.refundOwed - claims[position].settlement.refunded
      guard owed > .zero else { continue }
      let refunded = purses[claims[position].purse].refund(owed)
      let short = owed - refunded
      claims[position].settlement.refunded += refunded
      claims[position].settlement.parts[.fund] -= short
      claims[position].settlement.parts[.partner] += short
      result.totals.losses[.fund] -= short
      result.totals.losses[.partner] += short
      let loan = claims[position].loan
      result.loans[loan].settlement = claims[position].settlement
      note(
        .refund(refunded), on: month.middle, [agreement.terms.fund.accounts.citation], loan: loan)
      noteShortage(short, on: month.middle, loan: loan)
    }
  }

  /// Pays what waits, oldest first, as far as the money goes (I-11). The bank's loss shrinks by it.
  mutating func payWaiting(_ month: CivilMonth) {
    var left: [Int] = []
    for position in waiting {
      let before = claims[position].settlement
      var after = before
      let (paid, short) = purses[claims[position].purse].payWaiting(&after)
      if after.paid < after.owed { left.append(position) }
      guard paid > .zero else { continue }
      let loan = claims[position].loan
      claims[position].settlement = after
      result.loans[loan].settlement = after
      countPaid(paid)
      result.totals.unpaid -= paid
      result.totals.losses += after.parts
      result.totals.losses -= before.parts
      note(
        .latePayment, on: month.middle, [agreement.terms.fund.unpaidWaits.citation], loan: loan,
        amount: .zero - paid)
      noteShortage(short, on: month.middle, loan: loan)
      watch.money = money
      note(watch.notePayment(paid, bank: register.loans[loan].bank, on: month.middle))
    }
    waiting = left
  }

  /// Writes what the watch of the banks had to say.
  mutating func note(_ crossings: [ThresholdCrossing]) {
    for crossing in crossings {
      note(.threshold(crossing), on: crossing.date, bank: crossing.bank, crossing.citation)
    }
  }
}

/// What is covered of a claim, and by which rules it is settled.
struct ClaimToSettle {
  /// The position of the loan.
  let index: Int
  let model: OperatingModel
  let choice: RuleChoice
  /// The payers that owe nothing.
  let idle: Set<PartyPlace>
  let rules: ClaimRulesInForce
  /// The loss base, and the whole loss.
  let base: Money
  let total: Money
}
