import CompensationKernel
import FundCore

/// One month backwards: what an account must hold at the end of the month before.
struct CapitalStep {
  /// One month's interest; `nil` where balances earn none.
  let interest: MonthlyInterest?

  init(annualRate: Ratio) {
    interest = annualRate > .zero ? MonthlyInterest(annualRate: annualRate) : nil
  }

  /// What an account must hold at the end of the month before, given what it must hold in this one when
  /// its claims have been paid, and what they take beyond what comes in.
  @inline(__always)
  func before(_ month: Int, after needed: Int64, flow: Int64) -> Int64 {
    beforeInterest(Money(fen: max(0, needed + flow)), month: month).fen
  }

  /// The smallest balance at the end of the month before that has grown to an amount in this one.
  @inline(__always)
  func beforeInterest(_ amount: Money, month: Int) -> Money {
    guard month > 0, amount > .zero, let interest else { return amount }
    return interest.smallestBalance(growingTo: amount)
  }
}
