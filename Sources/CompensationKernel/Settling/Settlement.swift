public import FundCore

/// What became of one claim. The parts sum to the loss base, to the fen.
@frozen
public struct Settlement: Equatable, Sendable {
  /// The loss that was divided.
  public var lossBase: Money
  /// What the fund owed: its share after the cap, whatever its balance.
  public var owed: Money
  /// What the fund paid to the claimant.
  public var paid: Money
  /// Each party's part of the loss base.
  public var parts: PartyAmounts
  /// What the fiscal account owes the social account for it; zero where there is one account.
  public var refundOwed: Money
  /// Whether the refund falls due in a later month, and is then made by `FundPurse.refund`.
  public var isRefundLater: Bool
  /// What the fiscal account refunded.
  public var refunded: Money
  /// What went unpaid for lack of balance: owed to the claimant, or to the social account.
  @inlinable
  public var unpaid: Money {
    (owed - paid) + (isRefundLater ? .zero : refundOwed - refunded)
  }

  /// A settlement before anybody paid.
  @inlinable
  public init(lossBase: Money) {
    self.lossBase = lossBase
    owed = .zero
    paid = .zero
    refundOwed = .zero
    isRefundLater = false
    refunded = .zero
    parts = PartyAmounts()
  }
}

/// Settles one claim: shares of the payers in order, cap, balances (interpretation I-14).
///
/// - Parameters:
///   - loss: The loss base, not negative: principal, or principal and interest, of the part of
///     the loan that the programme covers.
///   - terms: Who pays which share.
///   - cap: The limit per claim at the month of payment, for the payers that it limits.
///   - fund: The fund's money, from which its part is paid as far as it goes.
///   - log: Hears each step.
/// - Returns: Every party's part. What the fund owes and cannot pay stays with the bank; what the
///   fiscal account cannot refund stays with the partner.
@inlinable
public func settle(
  loss: Money, under terms: SharingTerms, cap: Money,
  from fund: inout FundPurse, log: inout some SettlementLog
) -> Settlement {
  precondition(loss >= .zero, "a loss is not negative")
  log.record(.lossBase, loss)
  var settlement = Settlement(lossBase: loss)
  var left = loss
  var cut = Money.zero
  var cappedShare = Ratio.zero
  for index in 0..<terms.payerCount {
    let payer = terms[index]
    let base = payer.base == .wholeLoss ? loss : left
    let share = min(base.multiplied(by: payer.share, rounding: terms.rounding), left)
    log.record(.share(payer.party), share)
    var part = share
    if payer.isCapped {
      part = min(share, cap)
      log.record(.afterCap(payer.party), part)
      if terms.sharesCapCut {
        cut = share - part
        cappedShare = payer.share
      }
    } else if cut > .zero, payer.base == .wholeLoss {
      let added = terms.part(ofCut: cut, under: cappedShare, for: payer.share)
      part = min(share + added, left)
      log.record(.ofCut(payer.party), part - share)
    }
    if payer.party == .fund {
      settlement.owed = part
      log.record(.owed, part)
      fund.pay(part, into: &settlement, log: &log)
    } else {
      settlement.parts[payer.party] += part
    }
    left -= part
  }
  // What the fund could not pay is the bank's, not the next payer's (I-11).
  let borne = left + (settlement.owed - settlement.paid)
  settlement.parts[.bank] = borne
  log.record(.borneByBank, borne)
  return settlement
}
