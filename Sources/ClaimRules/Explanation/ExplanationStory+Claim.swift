import CompensationKernel
import FundCore
import PolicyLibrary

// The claim of an explained loan, as the ledger has it.
extension ExplanationStory {
  // MARK: Before money moves

  mutating func tellClaim(_ loss: RegisterLoss) {
    if let source = agreement.programme.source(of: model) {
      add(.claim, .model(model), [(.value, .words([model.id]))], StepSource([source], .met))
    }
    let days = terms.claim.afterOverdueDays
    var inputs: Inputs = [(.overdueOn, .date(loss.overdueOn))]
    if days > 0 { inputs.append((.daysOverdue, .days(days))) }
    if let date = loss.recognisedOn { inputs.append((.recognisedOn, .date(date))) }
    if let date = loss.appliedOn { inputs.append((.appliedOn, .date(date))) }
    let isStated = loss.recognisedOn != nil || loss.appliedOn != nil
    if let cured = loss.curedOn { return tellCure(cured, of: loss) }
    if days == 0, !isStated || terms.claim.waitsForDelay {
      inputs.append((.delay, .months(agreement.claimDelay)))
    }
    if terms.claim.awaitsProvince, let date = loss.provincePaidOn {
      inputs.append((.provincePaidOn, .date(date)))
    }
    if terms.claim.comesAfterRealisation, let last = loss.recoveries.map(\.receivedOn).max() {
      inputs.append((.realisedOn, .date(last)))
    }
    add(
      .claim, .claimDate, inputs, result: .date(claimDate(of: loss, under: agreement)),
      StepSource([terms.claim.delayMonths.citation]))
    let isInForce = agreement.coversLoss(overdueOn: loss.overdueOn)
    add(
      .claim, .lossInForce,
      [
        (.overdueOn, .date(loss.overdueOn)), (.value, .words([terms.coverPeriod.value.rawValue])),
      ] + (agreement.dates.until.map { [(.inForceUntil, .date($0))] } ?? []),
      StepSource([terms.coverPeriod.citation], isInForce ? .met : .notMet))
    for duty in agreement.programme.duties where duty.after != .recovery {
      let dates = DutyCalendar.dates(of: duty, loan)
      tell(duty, from: dates.from, done: dates.done)
    }
  }

  /// A cured loan has nothing to claim (I-38).
  private mutating func tellCure(_ cured: CivilDate, of loss: RegisterLoss) {
    add(
      .claim, .noClaim, [(.overdueOn, .date(loss.overdueOn)), (.curedOn, .date(cured))],
      StepSource([terms.claim.delayMonths.citation]))
  }

  /// Tells whether a duty was kept, by what the replay found.
  mutating func tell(_ duty: DutyClause, from start: CivilDate?, done: CivilDate?) {
    let missed = entries.compactMap { entry -> MissedDuty? in
      guard case .late(let missed) = entry.event, missed.id == duty.id, missed.doneOn == done else {
        return nil
      }
      return missed
    }.first
    let isKnown = start != nil && done != nil
    var inputs: Inputs = [(.text, .words([duty.text.english, duty.text.chinese]))]
    if let start { inputs.append((.timeFrom, .date(start))) }
    if let done { inputs.append((.doneOn, .date(done))) }
    if let missed { inputs.append((.dueOn, .date(missed.dueOn))) }
    inputs.append((.value, .words([duty.lateness.rawValue])))
    add(
      duty.after == .recovery ? .recoveries : .claim, .duty(duty.id), inputs,
      StepSource(
        [duty.citation], isKnown ? (missed == nil ? .met : .notMet) : .notStated, on: done))
  }

  /// The loss as the programme counts it, before it is divided.
  mutating func tellLoss(_ loss: RegisterLoss) {
    guard let counted = outcome.loss else { return }
    let source = terms.models[model]?.lossBase.citation
    let citations = source.map { [$0] } ?? []
    let before = terms.moneyBeforeClaim.map { [$0.citation] } ?? []
    let isReduced = counted.paidBefore > .zero
    add(
      .lossBase, .principalLost,
      isReduced
        ? [(.unpaid, .money(loss.principal)), (.paidBefore, .money(counted.paidBefore))] : [],
      result: .money(counted.principal), StepSource(citations + (isReduced ? before : [])))
    if let interest = counted.interest { tell(interest, citations) }
    guard counted.total == .zero else { return }
    add(.lossBase, .noClaim, [], StepSource(before))
  }

  /// The interest in the loss, as stated or as counted (I-44).
  private mutating func tell(_ interest: LossCounted.Interest, _ citations: [Citation]) {
    var inputs: Inputs = []
    if let rate = interest.rate {
      inputs.append((.rate, .ratio(rate)))
      if let months = interest.months {
        inputs += [
          (.principal, .money(interest.stretches.last?.unpaid ?? .zero)),
          (.months, .months(months)),
        ]
      } else {
        for stretch in interest.stretches {
          inputs += [(.unpaid, .money(stretch.unpaid)), (.days, .days(stretch.days))]
        }
      }
    }
    if interest.paidBefore > .zero { inputs.append((.paidBefore, .money(interest.paidBefore))) }
    let counted = interest.rate == nil ? [] : terms.lostInterest.map { [$0.citation] } ?? []
    add(
      .lossBase, .interestLost, inputs, result: .money(interest.amount),
      StepSource(citations + counted))
  }

  /// Tells an entry of the ledger.
  mutating func tell(_ entry: LedgerEntry) {
    switch entry.event {
    case .claim(let claim): tell(claim, on: entry.date)
    case .uncoveredLoss(let total):
      add(
        .parts, .uncovered, result: .money(total),
        StepSource(entry.citations, .notMet, on: entry.date))
    case .repayment(let amount, let left):
      add(
        .lossBase, .repayment, [(.left, .money(left))], result: .money(amount),
        StepSource(entry.citations, on: entry.date))
    case .uncoveredRecovery(let net):
      add(.recoveries, .gets(.bank), result: .money(net), StepSource([], on: entry.date))
    case .recovery(let recovery): tell(recovery, on: entry.date)
    case .refund(let amount):
      add(
        .recoveries, .refund, result: .money(amount), StepSource(entry.citations, on: entry.date))
    case .latePayment:
      add(
        .recoveries, .latePayment, result: .money(.zero - entry.amount),
        StepSource(entry.citations, on: entry.date))
    case .opening, .interest, .injection, .fillUp, .fee, .givenBack, .unpaid, .refusal, .threshold,
      .resumption, .late:
      break
    }
  }

  // MARK: The division of the loss

  private mutating func tell(_ claim: ClaimSettled, on date: CivilDate) {
    guard let rules, let clauses = terms.models[model] else { return }
    let settlement = claim.settlement
    let idle = idlePayers
    tellBase(of: claim)
    if let layered = claim.layered { tellLayers(layered, clauses, on: date) }
    var left = settlement.lossBase
    for payer in rules.without(agreement.parties.places(of: Set(idle.keys))).sharing.payers {
      guard let party = agreement.parties.party(at: payer.party) else { continue }
      let clause = clauses.payers.first { $0.party == party }
      let share = claim.steps.amount(.share(payer.party))
      let base = payer.base == .wholeLoss ? settlement.lossBase : left
      if claim.layered == nil {
        add(
          .shares, .share(party),
          [(.share, .ratio(payer.share)), (.base, .money(base))] + hangs(clause),
          result: .money(share),
          StepSource(
            (clause.map { [source(of: $0, in: clauses)] } ?? []) + (idle[party] ?? [])
              + rounding(base, payer.share), idle[party] == nil ? nil : .notMet))
      }
      left -= share
      let added = claim.steps.amount(.ofCut(payer.party))
      if added > .zero {
        left -= added
        add(
          .caps, .ofCut(party), [(.share, .ratio(payer.share))], result: .money(added),
          StepSource(clauses.capCut.map { [$0.citation] } ?? [], on: date))
      }
      guard payer.isCapped else { continue }
      let part = claim.steps.amount(.afterCap(payer.party))
      left += share - part
      let capped = min(share, claim.cap?.value ?? share)
      if let cap = claim.cap {
        add(
          .caps, .cap(party),
          [(.amount, .money(share)), (.cap, .money(cap.value))] + capYear(on: date),
          result: .money(capped),
          StepSource([cap.citation], capped < share ? .reached : .notReached, on: date))
      }
      if let layered = claim.layered { tellLimit(layered, owed: capped, part: part, on: date) }
    }
    tellPayment(claim, on: date)
    tellParts(claim, clauses)
  }

  private mutating func tellBase(of claim: ClaimSettled) {
    add(
      .lossBase, .lossBase,
      [
        (.total, .money(claim.total)), (.covered, .money(cover.coveredPrincipal)),
        (.principal, .money(loan.schedule.principal)),
      ], result: .money(claim.settlement.lossBase),
      StepSource([terms.coverage.combinedPledge.citation]))
  }

  /// The year of operation to which a cap belongs, where those of other years differ.
  private func capYear(on date: CivilDate) -> Inputs {
    schedule.capYear(bank: loan.bank, on: date, version: choice.version).map {
      [(.year, .words(["\($0)"]))]
    } ?? []
  }

  /// Where the share of a payer comes from, under the rules of the claim.
  private func source(of payer: PayerClause, in clauses: ModelClauses) -> Citation {
    clauses.otherShare(of: payer, at: choice.conditions)?.share.citation ?? payer.share.citation
  }

  /// The payers that owe nothing on the claim, each with what stands against its part (I-43).
  private var idlePayers: [Party: [Citation]] {
    var idle: [Party: [Citation]] = [:]
    for refusal in cover.refusals {
      for party in refusal.idlePayers { idle[party, default: []].append(refusal.citation) }
    }
    for entry in entries {
      guard case .late(let missed) = entry.event, missed.isForfeited else { continue }
      for party in missed.concerns ?? [] { idle[party, default: []].append(missed.citation) }
    }
    if let loss = loan.loss, loss.lacksProvince(under: agreement) {
      idle[.fund, default: []].append(terms.claim.delayMonths.citation)
    }
    return idle
  }

  private mutating func tellPayment(_ claim: ClaimSettled, on date: CivilDate) {
    let settlement = claim.settlement
    let accounts = terms.fund.accounts.citation
    let shortage = terms.fund.unpaidWaits.citation
    let isShort = settlement.paid < settlement.owed
    add(
      .balances, .payment,
      [(.owed, .money(settlement.owed)), (.balance, .money(claim.before.paying))],
      result: .money(settlement.paid),
      StepSource(
        [accounts] + (isShort ? [shortage] : []), isShort ? .reached : .notReached, on: date))
    guard case .socialFirst(let share, let lag, _) = agreement.accounts else { return }
    let isShortOfRefund = !settlement.isRefundLater && settlement.refunded < settlement.refundOwed
    add(
      .balances, .refund,
      [
        (.share, .ratio(share)), (.paid, .money(settlement.paid)),
        (.refundOwed, .money(settlement.refundOwed)), (.balance, .money(claim.before.refunding)),
      ] + (lag > 0 ? [(.delay, .months(lag))] : []), result: .money(settlement.refunded),
      StepSource(
        [accounts] + source("fund.accounts.refundShare.value")
          + (isShortOfRefund ? [shortage] : []),
        settlement.isRefundLater ? nil : isShortOfRefund ? .reached : .notReached, on: date))
  }

  private mutating func tellParts(_ claim: ClaimSettled, _ clauses: ModelClauses) {
    let settlement = claim.settlement
    for party in agreement.parties.all where party.role != .bank {
      let part = agreement.parties.amount(of: party, in: settlement.parts)
      guard part != .zero else { continue }
      let source = clauses.payers.first { $0.party == party }.map {
        self.source(of: $0, in: clauses)
      }
      add(
        .parts, .part(party), [(.lossBase, .money(settlement.lossBase))],
        result: .money(part),
        StepSource([source ?? terms.fund.accounts.citation]))
    }
    add(
      .parts, .part(.bank), [(.lossBase, .money(settlement.lossBase))],
      result: .money(settlement.parts[.bank]), StepSource([clauses.bankMustBear.citation]))
    if claim.total > settlement.lossBase {
      add(
        .parts, .outsideCover, [(.total, .money(claim.total))],
        result: .money(claim.total - settlement.lossBase),
        StepSource([terms.coverage.combinedPledge.citation]))
    }
  }

  /// The rule of rounding, where a product was not whole.
  private func rounding(_ amount: Money, _ share: Ratio) -> [Citation] {
    let product = amount.fen.multipliedFullWidth(by: share.millionths)
    let (_, rest) = Int64(1_000_000).dividingFullWidth(product)
    return rest == 0 ? [] : [terms.rounding.citation]
  }
}

extension StepLog {
  /// The amount of the last step of a kind; nothing if there was none.
  func amount(_ step: SettlementStep) -> Money {
    steps.last { $0.step == step }?.amount ?? .zero
  }
}
