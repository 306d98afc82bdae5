import ClaimRules
import CompensationKernel
import FundCore
import Simulation

// A trial of a run that goes on from a state, as a register: the state's loans with what had become of them,
// then what the trial draws.
extension Scenario {
  /// Replays one trial of a run that goes on from a state: the months after its day, with the sums of these
  /// months alone. The losses of the parties are those of the run: of what comes, and of what was open.
  ///
  /// - Returns: `nil` if the run begins with the opening.
  func resumedReplay(_ history: TrialHistory, fund position: Int, place: Int) -> Replay? {
    guard let resumed else { return nil }
    let fund = funds[position]
    let standing = resumed.standing(ofFund: position)
    let register = resumedRegister(of: history, fund: fund, place: place)
    let replay = ClaimRules.replay(
      register, under: fund, from: resumed.state, fund: resumed.standings[position])
    guard var rest = replay else { return nil }
    rest.totals.take(off: standing.totals)
    rest.totals.opening = standing.balance
    let open = history.funds[place].carried
    rest.totals.losses += open.borne
    rest.totals.outsideCover += open.outside
    rest.totals.totalLoss += open.borne.total + open.outside
    rest.totals.unpaid += open.waiting
    if let dry = rest.ranDryOn, dry <= resumed.state.day { rest.ranDryOn = firstShortage(in: rest) }
    return rest
  }

  /// The first day of a ledger on which something went unpaid.
  private func firstShortage(in replay: Replay) -> CivilDate? {
    replay.entries.first { if case .unpaid = $0.event { true } else { false } }?.date
  }

  private func resumedRegister(
    of history: TrialHistory, fund: FundAgreement, place: Int
  ) -> ClaimRegister {
    guard let resumed else {
      return ClaimRegister(loans: [], banks: [], enterprises: [], until: start.lastDay)
    }
    let (banks, enterprises) = (
      resumed.bankPlaces(in: portfolio), resumed.enterprisePlaces(in: portfolio)
    )
    var loans = portfolio.loans.map { registerLoan($0) }
    for (item, position) in zip(resumed.state.loans, resumed.positions) {
      var loan = item.loan
      (loan.bank, loan.enterprise) = (banks[loan.bank], enterprises[loan.enterprise])
      if let position { loans[position] = loan } else { loans.append(loan) }
    }
    let stopped = Set(history.funds[place].stoppedLoans)
    for item in history.defaults where !stopped.contains(item.loan) {
      loans[item.loan].loss = loss(
        of: loans[item.loan], item, part: item.recoveredParts[place], under: fund)
    }
    for item in history.funds[place].carried.losses {
      tell(item, of: &loans[item.loan], under: fund)
    }
    // A register holds what was lent (I-46).
    return ClaimRegister(
      loans: loans.indices.filter { !stopped.contains($0) }.map { loans[$0] },
      banks: portfolio.banks, enterprises: portfolio.enterprises,
      until: start.advanced(by: horizon - 1).lastDay)
  }

  /// Adds to a loss of the state what the trial makes of it.
  private func tell(
    _ item: TrialHistory.CarriedLoss, of loan: inout RegisterLoan, under fund: FundAgreement
  ) {
    guard var loss = loan.loss else { return }
    defer { loan.loss = loss }
    let claim = item.claimMonth.map { start.advanced(by: $0).middle.advanced(byDays: 1) }
    loss.settledOn = loss.settledOn ?? claim
    guard let month = item.recoveryMonth else { return }
    let recovered = start.advanced(by: month).middle
    loss.writtenOffOn = min(
      loss.writtenOffOn ?? recovered, recovered,
      recovery.writeOffMonths.map { loss.overdueOn.month.advanced(by: $0).middle } ?? recovered)
    if fund.terms.claim.comesAfterRealisation {
      guard recoveredAmount(item.part, of: item.total) > .zero else { return }
      loss.settledOn = recovered.advanced(byDays: 1)
      loss.recoveries.append(
        RegisterRecovery(
          receivedOn: recovered,
          amount: .onWholeLoan(recoveredAmount(item.part, of: item.total)),
          costs: .part(recovery.costs)))
      return
    }
    let (part, received) = (item.part, item.received)
    loss.recoveries.append(
      RegisterRecovery(
        receivedOn: recovered,
        amount: .partOfLoss { recoveredAmount(part, of: $0) - recoveredAmount(received, of: $0) },
        costs: .part(recovery.costs)))
  }
}

extension LedgerTotals {
  /// Leaves the sums of what came after others.
  fileprivate mutating func take(off before: LedgerTotals) {
    interest -= before.interest
    injected -= before.injected
    filledUp -= before.filledUp
    compensation -= before.compensation
    returned -= before.returned
    fees -= before.fees
    givenBack -= before.givenBack
    unpaid -= before.unpaid
    totalLoss -= before.totalLoss
    outsideCover -= before.outsideCover
    recoveredNet -= before.recoveredNet
    losses -= before.losses
  }
}
