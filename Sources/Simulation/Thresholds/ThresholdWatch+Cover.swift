import CompensationKernel
import FundCore

extension ThresholdWatch {
  /// Whether suspensions leave a loan covered, judged by the state at the end of the month before
  /// its start.
  @inline(never)
  mutating func isCovered(loanIndex: Int32, bank: Int, start: Int) -> Bool {
    // What was made before the run has the cover that it got then.
    guard start >= 0 else { return true }
    var item = lastSuspension[bank]
    while item >= 0 {
      let suspension = suspensions[Int(item)]
      if suspension.cover.concerns(loanStarting: start),
        !isExistingCustomer(loanIndex, bank: bank, suspension: suspension.cover)
      {
        return false
      }
      item = suspension.previous
    }
    return true
  }

  /// Whether the enterprise of a loan is a customer from before the notice (I-18, I-26).
  ///
  /// Mutating only so that the watch is handed on where it lies, and not copied for every claim.
  private mutating func isExistingCustomer(
    _ loanIndex: Int32, bank: Int, suspension: CoverSuspension
  ) -> Bool {
    guard let rule = customers[suspension.threshold] else { return false }
    return isCustomer(loanIndex, bank: bank, suspension: suspension, by: rule)
  }

  /// Whether a loan of the enterprise, other than this one, makes it a customer from before the notice.
  @inline(__always)
  func isCustomer(
    _ loanIndex: Int32, bank: Int, suspension: CoverSuspension, by rule: CustomerRule
  ) -> Bool {
    let pledgedOnly = tables.thresholds[suspension.threshold].countsPledgedOnly
    let enterprise = portfolio.loans[Int(loanIndex)].enterprise
    for position in portfolio.loans(of: enterprise)
    where position != loanIndex && !stopped.contains(position) {
      let other = portfolio.loans[Int(position)]
      guard other.isIPPledged || !pledgedOnly else { continue }
      let end = Int(other.start) + Int(other.term)
      if rule.isCustomer(
        byLoanFrom: Int(other.start), to: end, isSameBank: Int(other.bank) == bank,
        before: suspension.from)
      {
        return true
      }
    }
    return (setup.plan.cover.earlierLoans[enterprise] ?? []).contains {
      rule.isCustomer(
        byLoanFrom: $0.start, to: $0.end, isSameBank: Int($0.bank) == bank, before: suspension.from)
    }
  }

  /// Adds the loans that start in a month to the covered disbursements of their bank.
  mutating func countCoveredStarts(_ month: Int, trial: borrowing TrialContext) {
    for position in setup.loansByStart[month] {
      guard coveredPrincipal(of: position) > 0, !stopped.contains(position) else { continue }
      let loan = portfolio.loans[Int(position)]
      let model = setup.plan.model ?? Int(loan.model)
      guard setup.plan.pays(on: Int(position), model: model) else { continue }
      let bank = Int(loan.bank)
      if setup.plan.cover.defaultRemovesCover(startingIn: Int(loan.start)),
        stopped.firstDefault(of: loan.enterprise, in: trial) < Int(loan.start)
      {
        continue
      }
      guard
        !setup.canLoseCover || isCovered(loanIndex: position, bank: bank, start: Int(loan.start))
      else { continue }
      for (index, threshold) in setup.thresholds.enumerated() {
        coveredDisbursed[index * bankCount + bank] +=
          loan.counted(loan.outstanding(in: 0), by: threshold.terms)
      }
    }
  }

  /// What the ratio of a breach was measured against.
  func whole(of breach: Breach) -> Int64 {
    guard breach.countedWhole < 0 else { return breach.countedWhole }
    let cell = breach.threshold * bankCount + breach.bank
    return tables.denominators[cell * horizon + breach.month]
  }

  /// Hands the breaches of a trial to the tally.
  mutating func record(into tally: inout FundTally) {
    for breach in breaches {
      let slot = Int(setup.slotOfBank[breach.bank])
      if slot >= 0 { tally.noteBreach(breach, whole: whole(of: breach), slot: slot) }
    }
  }

  /// Writes the first months of breach into the columns of a trial.
  mutating func record(trial: Int, into table: OutcomeTable) {
    guard !breaches.isEmpty else { return }
    let slotCount = setup.bankOfSlot.count
    for breach in breaches {
      let slot = Int(setup.slotOfBank[breach.bank])
      guard slot >= 0 else { continue }
      table.writeBreach(
        Int16(breach.month), column: breach.threshold * (slotCount + 1) + slot, trial: trial)
    }
    for (threshold, month) in firstBreachOfAny.enumerated() where month >= 0 {
      table.writeBreach(month, column: threshold * (slotCount + 1) + slotCount, trial: trial)
    }
  }
}
