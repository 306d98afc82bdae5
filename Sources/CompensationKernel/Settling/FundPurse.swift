public import FundCore

/// A fund's money together with the rule of its accounts.
@frozen
public struct FundPurse: Hashable, Sendable {
  /// The balances.
  public var account: FundAccount
  /// How the accounts work together.
  public let rule: AccountRule
  /// Whether payments are limited by the balances. An unlimited purse records what would be
  /// owed and paid; the needed capital is found with it.
  public let isLimited: Bool

  /// Creates a purse.
  @inlinable
  public init(_ account: FundAccount, rule: AccountRule, isLimited: Bool = true) {
    self.account = account
    self.rule = rule
    self.isLimited = isLimited
  }

  /// Pays `amount` to a claimant as far as the paying account goes, and notes who bears it.
  @inlinable
  mutating func pay(
    _ amount: Money, into settlement: inout Settlement, log: inout some SettlementLog
  ) {
    let paid = isLimited ? min(amount, account.paying) : amount
    account.paying -= paid
    settlement.paid = paid
    log.record(.paid, paid)
    guard case .socialFirst(let refundShare, let lagMonths, _) = rule else {
      settlement.parts[.fund] += paid
      return
    }
    settlement.refundOwed = paid.multiplied(by: refundShare, rounding: .halfUp)
    settlement.isRefundLater = lagMonths > 0
    settlement.refunded = lagMonths > 0 ? .zero : refund(settlement.refundOwed)
    let fiscalPart = lagMonths > 0 ? settlement.refundOwed : settlement.refunded
    settlement.parts[.fund] += fiscalPart
    settlement.parts[.partner] += paid - fiscalPart
    log.record(.refunded, settlement.refunded)
  }

  /// Pays a claim that has been settled with an unlimited purse, if the balances cover all of it;
  /// `settle` would then come to the same.
  ///
  /// - Returns: `false` if they do not; nothing has been paid then.
  @inlinable
  @inline(__always)
  public mutating func payInFull(_ settled: Settlement) -> Bool {
    guard account.paying >= settled.paid, account.refunding >= settled.refunded else {
      return false
    }
    account.paying -= settled.paid - settled.refunded
    account.refunding -= settled.refunded
    return true
  }

  /// Refunds the social account out of the fiscal one as far as that goes; returns the refund.
  @inlinable
  public mutating func refund(_ owed: Money) -> Money {
    let refunded = isLimited ? min(owed, account.refunding) : owed
    account.refunding -= refunded
    account.paying += refunded
    return refunded
  }

  /// Pays out of the paying account what a claim is still owed, as far as the account goes
  /// (interpretation I-11, second reading), and notes who bears it now.
  ///
  /// - Returns: The payment, and what a fiscal account could not refund for it.
  public mutating func payWaiting(_ settlement: inout Settlement) -> (paid: Money, short: Money) {
    let owed = settlement.owed - settlement.paid
    let paid = isLimited ? min(owed, account.paying) : owed
    account.paying -= paid
    settlement.paid += paid
    settlement.parts[.bank] -= paid
    guard case .socialFirst(let refundShare, _, _) = rule else {
      settlement.parts[.fund] += paid
      return (paid, .zero)
    }
    let refundOwed = paid.multiplied(by: refundShare, rounding: .halfUp)
    let refunded = refund(refundOwed)
    settlement.refundOwed += refundOwed
    settlement.refunded += refunded
    settlement.parts[.fund] += refunded
    settlement.parts[.partner] += paid - refunded
    return (paid, refundOwed - refunded)
  }

  /// Takes in a fund's part of a recovery. A pool's is split between its accounts.
  @inlinable
  public mutating func receive(_ recovery: RecoveryDivision) {
    account.paying += recovery.toPayingAccount
    account.refunding += recovery.toFund - recovery.toPayingAccount
  }
}
