public import FundCore

/// A claim below 2³² fen on a fund that is the only payer beside the bank, paid in full.
@frozen
public struct SmallSoleClaim: BitwiseCopyable, Sendable {
  /// The loss that is divided, and what the fund owes and pays; the bank bears the rest.
  public let lossBase, owed: Int64
  /// What the fiscal account of two refunds at once; zero where there is one account.
  public let refund: Int64
  /// What of `owed` the fund's own side bears: the refund, or all where there is one account.
  @usableFromInline let borneByFund: Int64

  @inlinable
  init(lossBase: Int64, owed: Int64, refund: Int64, borneByFund: Int64) {
    (self.lossBase, self.owed, self.refund, self.borneByFund) = (
      lossBase, owed, refund, borneByFund
    )
  }
}

/// How a recovery on such a claim is divided.
@frozen
public struct SmallSoleDivision: BitwiseCopyable, Sendable {
  /// What flows back into the accounts of the fund, and what of that into the paying one.
  public let toFund, toPayingAccount: Int64
  /// The bank's part after the costs it bears; it may be negative.
  public let toBank: Int64
  /// The part of the fund's own side.
  @usableFromInline let fundPart: Int64

  @inlinable
  init(toFund: Int64, toPayingAccount: Int64, toBank: Int64, fundPart: Int64) {
    (self.toFund, self.toPayingAccount, self.toBank, self.fundPart) = (
      toFund, toPayingAccount, toBank, fundPart
    )
  }
}

/// What `SoleFundRecovery` comes to for claims below 2³² fen whose refunds are made at once: a share of so
/// small an amount is one product (`FixedShare`), and four amounts take the place of twenty.
///
/// Measured on a fund of two accounts, a claim and its recovery by the whole structs take about 440 instructions, so 250.
@frozen
public struct SmallSoleClaims: Sendable {
  @usableFromInline let terms: RecoveryTerms
  @usableFromInline let rounding: RoundingRule
  /// The share of a recovery; not read where it is divided by what was borne.
  @usableFromInline let share: FixedShare
  /// The part that the fiscal account refunds; `nil` where there is one account.
  @usableFromInline let refundShare: FixedShare?

  /// Creates the division; `nil` if refunds are made later, or a share exceeds the whole.
  public init?(_ sole: SoleFundRecovery) {
    (terms, rounding) = (sole.terms, sole.rounding)
    var nominal = sole.share
    if case .fixedRate(let rate) = terms.basis { nominal = rate }
    guard let share = FixedShare(nominal, rounding: rounding) else { return nil }
    self.share = share
    switch sole.accounts {
    case .single: refundShare = nil
    case .socialFirst(let part, let lagMonths, _):
      guard lagMonths == 0, let part = FixedShare(part, rounding: .halfUp) else { return nil }
      refundShare = part
    }
  }

  /// A claim that is paid in full.
  ///
  /// - Parameters:
  ///   - lossBase: The loss base, below 2³² fen.
  ///   - owed: What the fund owes on it, at most that.
  @inlinable
  @inline(__always)
  public func claim(on lossBase: Int64, owed: Int64) -> SmallSoleClaim {
    guard let refundShare else {
      return SmallSoleClaim(lossBase: lossBase, owed: owed, refund: 0, borneByFund: owed)
    }
    let refund = refundShare.part(of: owed)
    return SmallSoleClaim(lossBase: lossBase, owed: owed, refund: refund, borneByFund: refund)
  }

  /// Divides a recovery on which nothing came back before.
  ///
  /// - Parameters:
  ///   - recovered: What was recovered on the loss base, before costs; below 2³² fen.
  ///   - costs: The costs of recovering it, at most `recovered`.
  @inlinable
  @inline(__always)
  public func division(
    _ recovered: Int64, costs: Int64, of claim: SmallSoleClaim
  ) -> SmallSoleDivision {
    let all = terms.isNetOfCosts ? recovered &- costs : recovered
    let divisible = terms.stopsAtLossBase ? min(all, claim.lossBase) : all
    var part: Int64
    if case .shareBorne = terms.basis {
      part =
        Money(fen: divisible).multiplied(
          by: claim.owed, over: max(1, claim.lossBase), rounding: rounding
        ).fen
    } else {
      part = share.part(of: divisible)
    }
    part = min(part, divisible)
    if terms.isLimitedToPaid { part = min(part, claim.owed) }
    if claim.owed == 0 { part = 0 }
    let toBank = all &- part &- (terms.isNetOfCosts ? 0 : costs)
    guard let refundShare else {
      return SmallSoleDivision(
        toFund: part, toPayingAccount: part, toBank: toBank, fundPart: part)
    }
    let fiscal = min(refundShare.part(of: part), claim.borneByFund)
    return SmallSoleDivision(
      toFund: part, toPayingAccount: part &- fiscal, toBank: toBank, fundPart: fiscal)
  }
}

extension FundPurse {
  /// Pays such a claim, if the balances cover all of it.
  ///
  /// - Returns: `false` if they do not; nothing has been paid then.
  @inlinable
  @inline(__always)
  public mutating func payInFull(_ claim: SmallSoleClaim) -> Bool {
    guard account.paying.fen >= claim.owed, account.refunding.fen >= claim.refund else {
      return false
    }
    account.paying.fen &-= claim.owed &- claim.refund
    account.refunding.fen &-= claim.refund
    return true
  }
}

extension PartyAmounts {
  /// Adds what the parties bear of such a claim.
  @inlinable
  @inline(__always)
  public mutating func add(_ claim: SmallSoleClaim) {
    fund &+= claim.borneByFund
    partner &+= claim.owed &- claim.borneByFund
    bank &+= claim.lossBase &- claim.owed
  }

  /// Takes off what they get back of it.
  @inlinable
  @inline(__always)
  public mutating func takeOff(_ division: SmallSoleDivision) {
    fund &-= division.fundPart
    partner &-= division.toFund &- division.fundPart
    bank &-= division.toBank
  }
}
