import FundCore

// Claims that wait until their recoveries are in (I-52).
extension InOrderPath {
  /// Settles the claims whose recoveries are in, on what is then lost.
  mutating func settleRealised(
    _ month: Int, defaults: TrialDefaults, trial: borrowing TrialContext
  ) {
    if month >= hot.delay {
      for index in defaults.range(month &- hot.delay)
      where !watch.stopped.contains(defaults.ordered[index].loan)
        && !realised.add(defaults.ordered[index], month: month, under: terms, trial: trial)
      {
        outcome.lateClaims += 1
      }
    }
    var due = carried?.due(month)[...] ?? []
    for item in realised.due(month) {
      settle(&due, before: item.event.loan, month: month, trial: trial)
      let covered = covered(item.event, of: terms.loanInBank(item.event), trial: trial)
      let outside = outcome.outside
      let base = terms.lossBase(
        of: item.left, item.event, covered: covered, in: &outcome, trial: trial)
      journal?.noteOutside(from: outside, to: outcome.outside, loan: item.event.loan)
      guard base > 0 else { continue }
      let loss = ClaimLoss(base: Money(fen: base), recoveryMonth: hot.horizon, recovered: .zero)
      settle(loss, of: item.event, month: month, unlimited: nil)
    }
    settle(&due, before: .max, month: month, trial: trial)
  }

  /// What is covered of a loan; `nil` if it has no cover.
  mutating func covered(
    _ event: DefaultEvent, of loan: LoanInBank, trial: borrowing TrialContext
  ) -> Int64? {
    guard terms.isInForce(event), terms.isCovered(loan, watch: &watch, trial: trial),
      !(coverLimit?.refuses(event.loan) ?? false)
    else { return nil }
    return terms.coveredPrincipal(event.loan, watch: &watch)
  }
}
