import CompensationKernel
import FundCore

// Claims that could not be settled beforehand, because what the loan owes or the limit per claim
// depends on the month.
extension ClaimSums {
  /// What a claim that was settled late owes, and what of it comes back to the fund, and when.
  struct LateClaim: BitwiseCopyable {
    var owed: Int64 = 0
    var returned: Int64 = 0
    var recoveryMonth = 0
  }

  /// Settles a claim and adds it to a row.
  ///
  /// - Parameter covered: What is covered of the loan; `nil` if it has no cover.
  @inline(never)
  func addAnew(
    _ event: DefaultEvent, covered: Int64?, to row: TrialRow, trial: borrowing TrialContext
  ) -> LateClaim {
    let month = Int(event.month) &+ hot.delay
    let outcome = row.outcome
    let loss = terms.loss(
      of: event, month: month, covered: covered, in: &outcome.pointee, trial: trial)
    guard loss.base > .zero else { return LateClaim() }
    let cap = terms.cap(
      of: event.loan, bank: Int(terms.loans[Int(event.loan)].bank), month: month)
    if let sole = terms.sole { return add(loss, cap: cap, month: month, sole: sole, to: row) }
    let model = terms.ruleIndex(of: event.loan, month: month)
    let settled = terms.settledInFull(loss.base, cap: cap, model: model)
    var claim = LateClaim(owed: settled.owed.fen)
    outcome.pointee.losses += settled.parts
    row.outflow[month] &+= settled.owed.fen
    guard loss.recovered > .zero else { return claim }
    let division = terms.division(loss.recovered, of: settled, model: model)
    row.inflow[loss.recoveryMonth] &+= division.toPayingAccount.fen
    outcome.pointee.noteReturn(division.parts)
    (claim.returned, claim.recoveryMonth) = (division.toFund.fen, loss.recoveryMonth)
    return claim
  }

  /// Adds a claim with its recovery where fund and bank share alone.
  @inline(__always)
  private func add(
    _ loss: ClaimLoss, cap: Money, month: Int, sole: SoleFundRecovery, to row: TrialRow
  ) -> LateClaim {
    let outcome = row.outcome
    let owed = sole.owed(on: loss.base, cap: cap)
    outcome.pointee.losses[.fund] += owed
    outcome.pointee.losses[.bank] += loss.base - owed
    row.outflow[month] &+= owed.fen
    guard loss.recovered > .zero else { return LateClaim(owed: owed.fen) }
    let division = sole.divide(
      loss.recovered, costs: terms.costs(of: loss.recovered), lossBase: loss.base, paid: owed)
    row.inflow[loss.recoveryMonth] &+= division.fund.fen
    outcome.pointee.losses[.fund] -= division.fund
    outcome.pointee.losses[.bank] -= division.bank
    outcome.pointee.recoveredNet &+= division.fund.fen &+ division.bank.fen
    return LateClaim(
      owed: owed.fen, returned: division.fund.fen, recoveryMonth: loss.recoveryMonth)
  }
}
