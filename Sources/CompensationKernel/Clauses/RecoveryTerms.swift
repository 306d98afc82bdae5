public import FundCore

/// What a recovery is divided by.
@frozen
public enum RecoveryBasis: Hashable, Sendable {
  /// Every payer's nominal share, whatever caps cut.
  case nominalShare
  /// The part of the loss that every payer really bore.
  case shareBorne
  /// A fixed part goes to the fund; the other payers have their nominal shares of the whole.
  case fixedRate(Ratio)
}

/// How later recoveries are divided.
@frozen
public struct RecoveryTerms: Hashable, Sendable {
  /// What a recovery is divided by.
  public var basis: RecoveryBasis
  /// Whether a payer never gets back more than it paid on the loan (I-7, I-31).
  public var isLimitedToPaid: Bool
  /// Whether the costs of recovery are taken off before the division; otherwise the bank bears
  /// them out of its part.
  public var isNetOfCosts: Bool
  /// Whether what exceeds the loss base stays with the bank (I-32).
  public var stopsAtLossBase: Bool

  /// Creates a rule.
  public init(
    basis: RecoveryBasis, isLimitedToPaid: Bool, isNetOfCosts: Bool, stopsAtLossBase: Bool
  ) {
    self.basis = basis
    self.isLimitedToPaid = isLimitedToPaid
    self.isNetOfCosts = isNetOfCosts
    self.stopsAtLossBase = stopsAtLossBase
  }
}

/// What became of one recovery. The parts and the costs sum to what was recovered.
@frozen
public struct RecoveryDivision: Equatable, Sendable {
  /// What each party gets; the bank's part is after the costs it bears and may be negative.
  public var parts: PartyAmounts
  /// What flows back into the accounts of the fund: its own part, and a pool partner's.
  public var toFund: Money
  /// The part of `toFund` that the paying account gets.
  public var toPayingAccount: Money
  /// The costs of recovery.
  public var costs: Money
  /// What was divided: the part of the recovery that fills the loss base.
  public var divided: Money

  @inlinable
  init(costs: Money, divided: Money) {
    self.divided = divided
    parts = PartyAmounts()
    toFund = .zero
    toPayingAccount = .zero
    self.costs = costs
  }
}

/// What came back on a claim before.
@frozen
public struct RecoveredBefore: Equatable, Sendable {
  /// Everything that was divided so far.
  public var divided: Money
  /// What each party got so far.
  public var parts: PartyAmounts

  /// Nothing came back yet.
  @inlinable
  public init() {
    divided = .zero
    parts = PartyAmounts()
  }

  /// Adds one more recovery.
  @inlinable
  public mutating func add(_ division: RecoveryDivision) {
    divided += division.divided
    parts += division.parts
  }
}

/// Divides one recovery among those who bore the loss.
///
/// A payer that paid nothing on the claim gets nothing back. Of a pool, the fiscal account's part
/// is its agreed share of what comes back, at most what it bore; the rest is the partner's.
///
/// - Parameters:
///   - recovered: What was recovered on the covered part of the loan, before costs.
///   - costs: The costs of recovering it, at most `recovered`.
///   - claim: The settlement of the claim.
///   - rules: The sharing and the recovery rule of the programme.
///   - before: What came back on the claim before.
///   - log: Hears each step.
@inlinable
public func divideRecovery(
  _ recovered: Money, costs: Money, of claim: Settlement, under rules: ClaimRulesInForce,
  before: RecoveredBefore = RecoveredBefore(), log: inout some SettlementLog
) -> RecoveryDivision {
  precondition(recovered >= .zero && costs >= .zero && costs <= recovered, "costs are a part")
  log.record(.recovered, recovered)
  let (divisible, beyond) = rules.recovery.divisible(
    recovered, costs: costs, lossBase: claim.lossBase, before: before.divided)
  log.record(.divisible, divisible)
  var division = divideAmongPayers(divisible, of: claim, under: rules, before: before, log: &log)
  division.costs = costs
  division.parts[.bank] += beyond - (rules.recovery.isNetOfCosts ? .zero : costs)
  log.record(.returned(.bank), division.parts[.bank])
  return division
}

/// Divides among the payers in order; what they leave is the bank's.
@inlinable
func divideAmongPayers(
  _ divisible: Money, of claim: Settlement, under rules: ClaimRulesInForce,
  before: RecoveredBefore, log: inout some SettlementLog
) -> RecoveryDivision {
  var division = RecoveryDivision(costs: .zero, divided: divisible)
  var left = divisible
  var nominalLeft = divisible
  for index in 0..<rules.sharing.payerCount {
    let payer = rules.sharing[index]
    let nominal = min(
      (payer.base == .wholeLoss ? divisible : nominalLeft)
        .multiplied(by: payer.share, rounding: rules.sharing.rounding), nominalLeft)
    nominalLeft -= nominal
    let isFund = payer.party == .fund
    let stake = RecoveryStake(
      lossBase: claim.lossBase, borne: isFund ? claim.paid : claim.parts[payer.party],
      back: isFund
        ? before.parts[.fund] + before.parts[.partner] : before.parts[payer.party],
      isFund: isFund)
    let part = min(
      rules.recovery.part(
        of: divisible, for: stake, nominal: nominal, rounding: rules.sharing.rounding), left)
    left -= part
    if isFund {
      division.takeFundPart(part, of: claim, accounts: rules.accounts, before: before)
    } else {
      division.parts[payer.party] += part
    }
    log.record(.returned(payer.party), part)
  }
  division.parts[.bank] = left
  return division
}

/// What a payer has at stake in a claim when something is recovered on it.
@frozen
@usableFromInline
struct RecoveryStake {
  @usableFromInline let lossBase: Money
  @usableFromInline let borne: Money
  @usableFromInline let back: Money
  @usableFromInline let isFund: Bool

  @inlinable
  init(lossBase: Money, borne: Money, back: Money, isFund: Bool) {
    self.lossBase = lossBase
    self.borne = borne
    self.back = back
    self.isFund = isFund
  }
}

extension RecoveryTerms {
  /// What is divided of a recovery, and what goes beyond the loss base.
  @inlinable
  @inline(__always)
  func divisible(
    _ recovered: Money, costs: Money, lossBase: Money, before: Money
  ) -> (divisible: Money, beyond: Money) {
    let divisible = isNetOfCosts ? recovered - costs : recovered
    guard stopsAtLossBase else { return (divisible, .zero) }
    let shared = min(divisible, max(.zero, lossBase - before))
    return (shared, divisible - shared)
  }

  /// A payer's part of what is divided, before it is held against what is left of it.
  @inlinable
  @inline(__always)
  func part(
    of divisible: Money, for stake: RecoveryStake, nominal: @autoclosure () -> Money,
    rounding: RoundingRule
  ) -> Money {
    guard stake.borne != .zero else { return .zero }
    var part: Money
    switch basis {
    case .nominalShare: part = nominal()
    case .shareBorne:
      part =
        stake.lossBase > .zero
        ? divisible.multiplied(
          by: stake.borne.fen, over: stake.lossBase.fen, rounding: rounding) : .zero
    case .fixedRate(let rate):
      part = stake.isFund ? divisible.multiplied(by: rate, rounding: rounding) : nominal()
    }
    if isLimitedToPaid { part = min(part, max(.zero, stake.borne - stake.back)) }
    return part
  }
}

extension RecoveryDivision {
  /// Notes the part of the fund, split between the accounts of a pool.
  @inlinable
  @inline(__always)
  mutating func takeFundPart(
    _ part: Money, of claim: Settlement, accounts: AccountRule, before: RecoveredBefore
  ) {
    toFund = part
    guard case .socialFirst(let refundShare, _, _) = accounts else {
      toPayingAccount = part
      parts[.fund] += part
      return
    }
    let agreed = part.multiplied(by: refundShare, rounding: .halfUp)
    let borne = max(.zero, claim.parts[.fund] - before.parts[.fund])
    let fiscal = min(agreed, borne)
    toPayingAccount = part - fiscal
    parts[.fund] += fiscal
    parts[.partner] += part - fiscal
  }
}

/// Everything that fixes how a claim of one operating model is settled and its recoveries are
/// divided, compiled to flat numbers.
@frozen
public struct ClaimRulesInForce: Hashable, Sendable {
  /// Who pays which share.
  public let sharing: SharingTerms
  /// How recoveries are divided.
  public let recovery: RecoveryTerms
  /// How the fund's accounts work together.
  public let accounts: AccountRule

  /// Creates the rules of one operating model.
  public init(sharing: SharingTerms, recovery: RecoveryTerms, accounts: AccountRule) {
    self.sharing = sharing
    self.recovery = recovery
    self.accounts = accounts
  }

  /// The rules for a claim on which some payers owe nothing, because a condition that concerns them
  /// alone is not met (I-43). The bank bears their parts.
  public func without(_ parties: Set<PartyPlace>) -> ClaimRulesInForce {
    guard !parties.isEmpty else { return self }
    return ClaimRulesInForce(
      sharing: sharing.without(parties), recovery: recovery, accounts: accounts)
  }
}
