import CompensationKernel
import FundCore
import TestSupport

extension SeededWords {
  /// An amount from nothing to about 10 billion yuan, of any order of magnitude.
  mutating func amount() -> Money {
    Money(
      fen: Int64.random(
        in: 0...(1_000_000_000_000 >> Int64.random(in: 0...39, using: &self)), using: &self))
  }

  /// A proportion, often a whole number of per cent.
  mutating func ratio() -> Ratio {
    Bool.random(using: &self)
      ? .percent(Int64.random(in: 0...100, using: &self))
      : Ratio(millionths: Int64.random(in: 0...1_000_000, using: &self))
  }

  /// Up to four payers, the fund among them, whose shares may exceed the whole.
  mutating func sharing() -> SharingTerms {
    var parties: [PartyPlace] = [.province, .guarantor, .insurer].shuffled(using: &self)
    parties = Array(parties.prefix(Int.random(in: 0...3, using: &self)))
    parties.insert(.fund, at: Int.random(in: 0...parties.count, using: &self))
    return SharingTerms(
      payers: parties.map {
        PayerTerms(
          party: $0, share: ratio(), base: Bool.random(using: &self) ? .wholeLoss : .remaining,
          isCapped: Bool.random(using: &self))
      }, rounding: Bool.random(using: &self) ? .halfUp : .down)
  }

  /// One account, or a pool of two.
  mutating func accounts() -> AccountRule {
    Bool.random(using: &self)
      ? .single
      : .socialFirst(refundShare: ratio(), lagMonths: Int.random(in: 0...1, using: &self))
  }

  mutating func purse(_ rule: AccountRule) -> FundPurse {
    FundPurse(
      FundAccount(paying: amount(), refunding: rule == .single ? .zero : amount()), rule: rule)
  }

  mutating func recovery() -> RecoveryTerms {
    let basis: RecoveryBasis =
      switch Int.random(in: 0..<3, using: &self) {
      case 0: .nominalShare
      case 1: .shareBorne
      default: .fixedRate(ratio())
      }
    return RecoveryTerms(
      basis: basis, isLimitedToPaid: Bool.random(using: &self),
      isNetOfCosts: Bool.random(using: &self), stopsAtLossBase: Bool.random(using: &self))
  }
}
