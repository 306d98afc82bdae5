public import FundCore

/// A claim and its only recovery where the fund is the only payer beside the bank and holds one
/// account: what `settle` and `divideRecovery` come to there.
///
/// Most funds are such, and two amounts then take the place of twenty: measured, a third of the
/// instructions.
@frozen
public struct SoleFundRecovery: Sendable {
  @usableFromInline let terms: RecoveryTerms
  @usableFromInline let share: Ratio
  @usableFromInline let isCapped: Bool
  @usableFromInline let rounding: RoundingRule

  /// Creates the division; `nil` if others than fund and bank have a part, or accounts differ.
  public init?(_ rules: ClaimRulesInForce) {
    guard case .single = rules.accounts else { return nil }
    self.init(anyAccounts: rules)
  }

  init?(anyAccounts rules: ClaimRulesInForce) {
    guard rules.sharing.payerCount == 1, rules.sharing[0].party == .fund else { return nil }
    terms = rules.recovery
    share = rules.sharing[0].share
    isCapped = rules.sharing[0].isCapped
    rounding = rules.sharing.rounding
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
    precondition(recovered >= .zero && costs >= .zero && costs <= recovered, "costs are a part")
    let (divisible, beyond) = terms.divisible(
      recovered, costs: costs, lossBase: lossBase, before: .zero)
    let stake = RecoveryStake(lossBase: lossBase, borne: paid, back: .zero, isFund: true)
    let part = min(
      terms.part(
        of: divisible, for: stake,
        nominal: min(divisible.multiplied(by: share, rounding: rounding), divisible),
        rounding: rounding), divisible)
    return (part, divisible - part + beyond - (terms.isNetOfCosts ? .zero : costs))
  }
}

/// The division of a claim's only recovery where the fund is the only payer beside the bank, whatever
/// accounts it holds, with all that `divideRecovery` tells.
@frozen
public struct SoleFundDivision: Sendable {
  @usableFromInline let shares: SoleFundRecovery
  @usableFromInline let accounts: AccountRule

  /// Creates the division; `nil` if others than fund and bank have a part.
  public init?(_ rules: ClaimRulesInForce) {
    guard let shares = SoleFundRecovery(anyAccounts: rules) else { return nil }
    self.shares = shares
    accounts = rules.accounts
  }

  /// Divides a recovery on which nothing came back before.
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
    let (divisible, _) = shares.terms.divisible(
      recovered, costs: costs, lossBase: claim.lossBase, before: .zero)
    let (fund, bank) = shares.divide(
      recovered, costs: costs, lossBase: claim.lossBase, paid: claim.paid)
    var division = RecoveryDivision(costs: costs, divided: divisible)
    division.parts[.bank] = bank
    division.takeFundPart(fund, of: claim, accounts: accounts, before: RecoveredBefore())
    return division
  }
}

/// The fund's part of a recovery without costs, where it is a fixed share of all that is recovered
/// and nothing limits it: what `SoleFundRecovery.divide` comes to there.
///
/// The plainest recovery rule is also the most frequent: measured, 10 instructions and not 35.
@frozen
public struct PlainFundRecovery: Sendable {
  @usableFromInline let share: Ratio
  @usableFromInline let rounding: RoundingRule
  /// What makes a division that rounds down round as the rule does.
  @usableFromInline let raise: UInt64

  /// Creates the division; `nil` if the rule is another.
  public init?(_ sole: SoleFundRecovery) {
    guard case .fixedRate(let share) = sole.terms.basis, share <= .one,
      !sole.terms.isLimitedToPaid, !sole.terms.stopsAtLossBase
    else { return nil }
    self.share = share
    rounding = sole.rounding
    raise = sole.rounding == .halfUp ? 500_000 : 0
  }

  /// The fund's part of a recovery on a claim on which it paid something; the rest is the bank's.
  ///
  /// - Precondition: The recovery is not negative.
  @inlinable
  @inline(__always)
  public func fundPart(of recovered: Money) -> Money {
    let (product, overflow) = recovered.fen.multipliedReportingOverflow(by: share.millionths)
    guard !overflow else { return recovered.multiplied(by: share, rounding: rounding) }
    return Money(
      fen: Int64(truncatingIfNeeded: (UInt64(bitPattern: product) &+ raise) / 1_000_000))
  }
}
