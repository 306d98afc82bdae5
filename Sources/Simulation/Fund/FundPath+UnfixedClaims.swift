import CompensationKernel
import FundCore

// Claims that could not be settled beforehand, because what the loan owes or the limit per claim
// depends on the month, in a trial that is settled by totals.
extension FundPath {
  /// Adds a claim that was not settled beforehand, leaves it for `watchInOrder` if it can lose its
  /// cover or count in a ratio, or counts it if it falls after the horizon.
  @inline(never)
  mutating func addUnfixedClaim(
    _ event: DefaultEvent, month: Int, trial: borrowing TrialContext
  ) {
    guard month < hot.horizon else {
      lateClaims += 1
      return
    }
    let isCovered = isInForce(event)
    if isCovered, plainClaims[Int(event.loan)].isUnfixed,
      hot.hasThresholds || repeatsMatter(in: trial)
    {
      hasUnfixedClaims = true
    } else {
      _ = addClaimAnew(event, month: month, isCovered: isCovered, trial: trial)
    }
  }

  /// Settles a claim and adds it; returns what it owes.
  @inline(never)
  mutating func addClaimAnew(
    _ event: DefaultEvent, month: Int, isCovered: Bool, trial: borrowing TrialContext
  ) -> Int64 {
    let loan = loans[Int(event.loan)]
    let model = ruleIndex(of: event.loan)
    let total = hot.totalLoss(of: loan, defaultMonth: Int(event.month))
    let base = hot.lossBase(
      of: total, covered: isCovered ? coveredPrincipal(event.loan) : 0, loan: loan)
    let recoveryMonth = month + Int(event.lag)
    var part = 0.0
    outcome.totalLoss += total
    outcome.outsideCover += total - base
    noteOutside(total - base, base: base, of: event, isCovered: isCovered, trial: trial)
    if recoveryMonth < hot.horizon {
      part = hot.isLoaded ? loadedPart(of: event, month: month, trial: trial) : event.recovery
      if total > base { recoverOutside(roundedPart(part, of: total - base)) }
    } else {
      lateRecoveries += 1
    }
    guard base > 0 else { return 0 }
    let bank = Int(loan.bank)
    let cap = Money(fen: caps[bank &* hot.capStride &+ month])
    if let sole {
      let claim = BaseClaim(base: Money(fen: base), owed: sole.owed(on: Money(fen: base), cap: cap))
      addClaim(claim, bank: bank, sole: sole, event, part: part)
      return claim.owed.fen
    }
    var purse = capital.purse
    var log = NoLog()
    let settled = settle(
      loss: Money(fen: base), under: rules[model].sharing, cap: cap, from: &purse, log: &log)
    outcome.losses += settled.parts
    capital.owe(settled, account: 0, month: month)
    let recovered =
      recoveryMonth < hot.horizon ? Money(fen: roundedPart(part, of: base)) : .zero
    guard recovered > .zero else { return settled.owed.fen }
    let division = division(recovered, of: settled, model: model)
    capital.giveBack(division, account: 0, month: recoveryMonth)
    outcome.losses -= division.parts
    outcome.recoveredNet += division.parts.total.fen
    if hot.tracksReturns {
      watch.expectReturn(division.toFund.fen, bank: bank, month: recoveryMonth)
    }
    return settled.owed.fen
  }

  /// A loss base, and what is owed on it.
  private struct BaseClaim: BitwiseCopyable {
    let base: Money
    let owed: Money
  }

  /// Adds a claim with its recovery where fund and bank share alone.
  @inline(__always)
  private mutating func addClaim(
    _ claim: BaseClaim, bank: Int, sole: SoleFundRecovery,
    _ event: DefaultEvent, part: Double
  ) {
    let month = Int(event.month) &+ hot.delay
    outcome.losses[.fund] += claim.owed
    outcome.losses[.bank] += claim.base - claim.owed
    capital.outflow[month] &+= claim.owed.fen
    let arrival = month &+ Int(event.lag)
    guard arrival < hot.horizon else { return }
    let recovered = Money(fen: roundedPart(part, of: claim.base.fen))
    let division = sole.divide(
      recovered, costs: costs(of: recovered), lossBase: claim.base, paid: claim.owed)
    capital.inflow[arrival] &+= division.fund.fen
    outcome.losses[.fund] -= division.fund
    outcome.losses[.bank] -= division.bank
    outcome.recoveredNet &+= division.fund.fen &+ division.bank.fen
    if hot.tracksReturns { watch.expectReturn(division.fund.fen, bank: bank, month: arrival) }
  }
}
