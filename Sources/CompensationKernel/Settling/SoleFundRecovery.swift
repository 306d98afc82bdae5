public import FundCore

/// A claim and its only recovery where the fund is the only payer beside the bank: what `settle` and
/// `divideRecovery` come to there. The one shortcut beside them.
///
/// Most funds are such, and two amounts then take the place of twenty: measured, a third of the
/// instructions. Where the fund has a fixed share of all that comes back, and nothing limits it
/// (`fixedShare`), one product is left.
@frozen
public struct SoleFundRecovery: Equatable, Sendable {
  @usableFromInline let terms: RecoveryTerms
  @usableFromInline let share: Ratio
  @usableFromInline let isCapped: Bool
  @usableFromInline let rounding: RoundingRule
  @usableFromInline let accounts: AccountRule
  /// The fund's part of a recovery without costs on a claim on which it paid something, where that is
  /// a fixed share whatever the claim; else `nil`.
  public let fixedShare: FixedShare?

  /// Creates the division; `nil` if others than fund and bank have a part.
  public init?(_ rules: ClaimRulesInForce) {
    guard rules.sharing.payerCount == 1, rules.sharing[0].party == .fund else { return nil }
    accounts = rules.accounts
    terms = rules.recovery
    share = rules.sharing[0].share
    isCapped = rules.sharing[0].isCapped
    rounding = rules.sharing.rounding
    if case .fixedRate(let share) = terms.basis, !terms.isLimitedToPaid, !terms.stopsAtLossBase {
      fixedShare = FixedShare(share, rounding: rounding)
    } else {
      fixedShare = nil
    }
  }

  /// What the fund owes on a loss base, as `settle` finds it; the rest is the bank's.
  @inlinable
  @inline(__always)
  public func owed(on lossBase: Money, cap: Money) -> Money {
    let part = min(lossBase.multiplied(by: share, rounding: rounding), lossBase)
    return isCapped ? min(part, cap) : part
  }

  /// Divides a recovery on which nothing came back before.
  ///
  /// - Parameters:
  ///   - recovered: What was recovered on the covered part of the loan, before costs.
  ///   - costs: The costs of recovering it, at most `recovered`.
  ///   - lossBase: The loss base of the claim.
  ///   - paid: What the fund paid on it.
  @inlinable
  @inline(__always)
  public func divide(
    _ recovered: Money, costs: Money, lossBase: Money, paid: Money
  ) -> (fund: Money, bank: Money) {
    let parts = parts(recovered, costs: costs, lossBase: lossBase, paid: paid)
    return (parts.fund, parts.bank)
  }

  /// What of a recovery is divided, and the parts of fund and bank.
  @inlinable
  @inline(__always)
  func parts(
    _ recovered: Money, costs: Money, lossBase: Money, paid: Money
  ) -> (divisible: Money, fund: Money, bank: Money) {
    precondition(recovered >= .zero && costs >= .zero && costs <= recovered, "costs are a part")
    let (divisible, beyond) = terms.divisible(
      recovered, costs: costs, lossBase: lossBase, before: .zero)
    let stake = RecoveryStake(lossBase: lossBase, borne: paid, back: .zero, isFund: true)
    let part = min(
      terms.part(
        of: divisible, for: stake,
        nominal: min(divisible.multiplied(by: share, rounding: rounding), divisible),
        rounding: rounding), divisible)
    return (divisible, part, divisible - part + beyond - (terms.isNetOfCosts ? .zero : costs))
  }

  /// The same with all that `divideRecovery` tells, whatever accounts the fund holds.
  ///
  /// - Parameters:
  ///   - recovered: What was recovered on the covered part of the loan, before costs.
  ///   - costs: The costs of recovering it, at most `recovered`.
  ///   - claim: The settlement of the claim.
  @inlinable
  @inline(__always)
  public func division(
    _ recovered: Money, costs: Money, of claim: Settlement
  ) -> RecoveryDivision {
    let (divisible, fund, bank) = parts(
      recovered, costs: costs, lossBase: claim.lossBase, paid: claim.paid)
    var division = RecoveryDivision(costs: costs, divided: divisible)
    division.parts[.bank] = bank
    division.takeFundPart(fund, of: claim, accounts: accounts, before: RecoveredBefore())
    return division
  }
}

/// A fixed share of what is recovered, rounded as a rule says, by one product.
///
/// The share s is held in units of 2⁻⁶⁴, rounded down: M. Of a recovery r below 2³³, r·M falls short of
/// r·s by less than r units, and with 2³³ of them added exceeds it by at most 2³³, or 2⁻³¹ fen. Since r·s
/// is a multiple of a millionth, the next fen (or the next half) above it is at least 10⁻⁶ away: what
/// lies above the last 64 bits is r·s rounded down; with a half added, rounded half up.
@frozen
public struct FixedShare: Equatable, Sendable {
  @usableFromInline let units: UInt64
  @usableFromInline let raise: UInt64

  /// Creates the product of a share from 0 to 1.
  init?(_ share: Ratio, rounding: RoundingRule) {
    guard share >= .zero, share <= .one else { return nil }
    // One less where that comes out even: the whole would not fit, and any M above s − 2⁻⁶⁴ does.
    let millionths = UInt64(share.millionths)
    units =
      millionths == 0
      ? 0
      : UInt64(1_000_000).dividingFullWidth((high: millionths &- 1, low: .max)).quotient
    raise = 1 << 33 + (rounding == .halfUp ? 1 << 63 : 0)
  }

  /// The share of a recovery from 0 to less than 2³³ fen.
  @inlinable
  @inline(__always)
  public func part(of recovered: Int64) -> Int64 {
    let product = UInt64(bitPattern: recovered).multipliedFullWidth(by: units)
    let carry: UInt64 = product.low.addingReportingOverflow(raise).overflow ? 1 : 0
    return Int64(truncatingIfNeeded: product.high &+ carry)
  }
}
