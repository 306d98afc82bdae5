import CompensationKernel
import FundCore
import PolicyLibrary

// The recoveries of an explained loan, and what each party lost in the end.
extension ExplanationStory {
  /// Tells how a recovery was divided.
  mutating func tell(_ recovery: RecoveryDivided, on date: CivilDate) {
    let rule = terms.recovery
    let division = recovery.division
    add(
      .recoveries, .recovered,
      [(.costs, .money(division.costs)), (.onRest, .money(recovery.outside))],
      result: .money(recovery.recovered), StepSource([], on: date))
    let received =
      recovery.recovered - (rule.value.isNetOfCosts ? division.costs : .zero)
    add(
      .recoveries, .divisible,
      [(.received, .money(recovery.recovered))]
        + (rule.value.isNetOfCosts ? [(.costs, .money(division.costs))] : []),
      result: .money(division.divided),
      StepSource(
        source("recovery.costs.value")
          + (division.divided < received ? source("recovery.beyondPrincipal.value") : []), on: date)
    )
    guard let sharing = rules?.sharing, let settlement = outcome.settlement else {
      return
    }
    for payer in sharing.payers {
      guard let party = agreement.parties.party(at: payer.party) else { continue }
      add(
        .recoveries, .returned(party), basis(of: payer, recovery, settlement),
        result: .money(recovery.steps.amount(.returned(payer.party))),
        StepSource(
          [rule.citation]
            + (rule.value.isLimitedToPaid ? source("recovery.limitedToPaid.value") : []), on: date))
    }
    for party in [Party.partner, .bank] {
      let part = agreement.parties.amount(of: party, in: division.parts)
      guard part != .zero else { continue }
      add(
        .recoveries, .gets(party),
        party == .bank && !rule.value.isNetOfCosts ? [(.costs, .money(division.costs))] : [],
        result: .money(part),
        StepSource(
          party == .partner ? source("fund.accounts.refundShare.value") : [], on: date))
    }
    let number = steps.count { $0.kind == .recovered } - 1
    let taken = recoveriesAsTaken.indices.contains(number) ? recoveriesAsTaken[number] : nil
    for duty in agreement.programme.duties where duty.after == .recovery {
      tell(duty, from: taken?.receivedOn, done: taken?.returnedOn)
    }
  }

  /// The recoveries in the order in which the ledger has them: none before the claim is settled.
  private var recoveriesAsTaken: [RegisterRecovery] {
    guard let loss = loan.loss else { return [] }
    let settled = claimDate(of: loss, under: agreement)
    let shared = loss.recoveries.filter { !loss.comesBeforeClaim($0, under: agreement) }
    return shared.enumerated().map { item in
      (max(settled, item.element.returnedOn ?? item.element.receivedOn), item.offset, item.element)
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// Where a number or a choice of the programme comes from.
  func source(_ path: String) -> [Citation] {
    agreement.programme.source(ofParameter: path).map { [$0] } ?? []
  }

  /// By what a payer's part of a recovery was found.
  private func basis(
    of payer: PayerTerms, _ recovery: RecoveryDivided, _ settlement: Settlement
  ) -> Inputs {
    let isFund = payer.party == .fund
    let borne = isFund ? settlement.paid : settlement.parts[payer.party]
    var inputs: Inputs = []
    switch terms.recovery.value.basis {
    case .fixedRate(let rate) where isFund: inputs = [(.rate, .ratio(rate))]
    case .nominalShare, .fixedRate: inputs = [(.share, .ratio(payer.share))]
    case .shareBorne:
      inputs = [(.bornePart, .money(borne)), (.lossBase, .money(settlement.lossBase))]
    }
    inputs.append((.base, .money(recovery.division.divided)))
    if terms.recovery.value.isLimitedToPaid {
      let before = recovery.before.parts
      let back = isFund ? before[.fund] + before[.partner] : before[payer.party]
      inputs += [(.limit, .money(borne)), (.backBefore, .money(back))]
    }
    return inputs
  }

  // MARK: The end

  /// What each party lost in the end. What came back is taken off what it bore.
  mutating func tellOutcome() {
    guard let total = outcome.loss?.total, total > .zero else { return }
    var parts = outcome.settlement?.parts ?? PartyAmounts()
    parts[.bank] += total - (outcome.settlement?.lossBase ?? .zero)
    for entry in entries {
      switch entry.event {
      case .recovery(let recovery):
        parts -= recovery.division.parts
        parts[.bank] -= recovery.outside
      case .uncoveredRecovery(let net): parts[.bank] -= net
      default: break
      }
    }
    finalParts = parts
    for party in agreement.parties.all {
      let part = agreement.parties.amount(of: party, in: parts)
      guard party.role == .bank || part != .zero else { continue }
      add(
        .outcome, .finalPart(party), [(.total, .money(total))], result: .money(part),
        StepSource([]))
    }
  }
}
