import CompensationKernel
import FundCore
import TestSupport
import Testing

/// The divisions that the engine uses where a rule is plain come to what `divideRecovery` does.
@Suite struct ShortDivisionTests {
  @Test func `the short division and the fixed share are the kernel's, on random terms`() throws {
    var words = SeededWords(seed: 7_301)
    var shareCount = 0
    for _ in 0..<8_000 {
      let rounding: RoundingRule = Bool.random(using: &words) ? .halfUp : .down
      let sharing = SharingTerms(
        payers: [
          PayerTerms(
            party: .fund, share: words.ratio(), isCapped: Bool.random(using: &words))
        ], rounding: rounding)
      let accounts: AccountRule =
        Bool.random(using: &words)
        ? .single
        : .socialFirst(
          refundShare: words.ratio(), lagMonths: Int.random(in: 0...1, using: &words))
      let rules = ClaimRulesInForce(
        sharing: sharing, recovery: words.recovery(), accounts: accounts)
      var purse = words.purse(accounts)
      var log = NoLog()
      let cap = words.amount()
      let claim = settle(
        loss: words.amount(), under: sharing, cap: cap, from: &purse, log: &log)
      let recovered = words.amount()
      let costs =
        Bool.random(using: &words)
        ? Money.zero : recovered.multiplied(by: words.ratio(), rounding: .down)
      let whole = divideRecovery(recovered, costs: costs, of: claim, under: rules, log: &log)
      let sole = try #require(SoleFundRecovery(rules))
      #expect(sole.division(recovered, costs: costs, of: claim) == whole)
      guard case .single = accounts else { continue }
      #expect(sole.owed(on: claim.lossBase, cap: cap) == claim.owed)
      let short = sole.divide(
        recovered, costs: costs, lossBase: claim.lossBase, paid: claim.paid)
      #expect(short.fund == whole.toFund && short.bank == whole.parts[.bank])
      if let share = sole.fixedShare, costs == .zero, claim.paid > .zero, recovered.fen < 1 << 33 {
        shareCount += 1
        #expect(share.part(of: recovered.fen) == whole.toFund.fen)
      }
    }
    #expect(shareCount > 100)
  }

  @Test func `small claims are settled and divided as the kernel does, on random terms`() throws {
    var words = SeededWords(seed: 7_302)
    var (paidCount, refusedCount) = (0, 0)
    for _ in 0..<8_000 {
      let sharing = SharingTerms(
        payers: [
          PayerTerms(
            party: .fund, share: words.ratio(), isCapped: Bool.random(using: &words))
        ], rounding: Bool.random(using: &words) ? .halfUp : .down)
      let accounts: AccountRule =
        Bool.random(using: &words)
        ? .single : .socialFirst(refundShare: words.ratio(), lagMonths: 0)
      let rules = ClaimRulesInForce(
        sharing: sharing, recovery: words.recovery(), accounts: accounts)
      let sole = try #require(SoleFundRecovery(rules))
      let small = try #require(SmallSoleClaims(sole))
      var log = NoLog()
      let loss = Money(fen: Int64.random(in: 0..<1 << 32, using: &words))
      var unlimited = FundPurse(FundAccount(paying: .zero), rule: accounts, isLimited: false)
      let whole = settle(
        loss: loss, under: sharing, cap: words.amount(), from: &unlimited, log: &log)
      let claim = small.claim(on: loss.fen, owed: whole.owed.fen)
      var purse = words.purse(accounts)
      var same = purse
      let isPaid = purse.payInFull(claim)
      #expect(isPaid == same.payInFull(whole))
      #expect(purse == same)
      paidCount += isPaid ? 1 : 0
      refusedCount += isPaid ? 0 : 1
      var borne = PartyAmounts()
      borne.add(claim)
      #expect(borne == whole.parts)
      #expect(claim.refund == whole.refundOwed.fen && claim.owed == whole.paid.fen)
      let recovered = Money(fen: Int64.random(in: 0...loss.fen, using: &words))
      let costs =
        Bool.random(using: &words)
        ? Money.zero : recovered.multiplied(by: words.ratio(), rounding: .down)
      let division = divideRecovery(
        recovered, costs: costs, of: whole, under: rules, log: &log)
      let short = small.division(recovered.fen, costs: costs.fen, of: claim)
      #expect(short.toFund == division.toFund.fen)
      #expect(short.toPayingAccount == division.toPayingAccount.fen)
      #expect(short.toBank == division.parts[.bank].fen)
      var (left, expected) = (borne, borne)
      left.takeOff(short)
      expected -= division.parts
      #expect(left == expected)
    }
    #expect(paidCount > 100 && refusedCount > 100)
  }

  /// Against whole numbers: r·s/10⁶ rounded by hand. Among the recoveries those next to a fen and to a
  /// half, which the product must not miss, at both ends of what it takes.
  @Test func `a fixed share by one product is exact`() throws {
    var words = SeededWords(seed: 9_411)
    let shares: [Int64] = [
      0, 1, 2, 333_333, 499_999, 500_000, 500_001, 800_000, 999_999, 1_000_000,
    ]
    for rounding in [RoundingRule.halfUp, .down] {
      for share in shares + (0..<200).map({ _ in Int64.random(in: 0...1_000_000, using: &words) }) {
        let fixed = try #require(
          fixedShare(Ratio(millionths: share), rounding))
        var recoveries: [Int64] = [0, 1, 2, 1_000_000, 1 << 32 - 1, 1 << 32, 1 << 33 - 1]
        for _ in 0..<40 {
          recoveries.append(Int64.random(in: 0..<1 << 33, using: &words))
          // Multiples of a half fen of the share, and their neighbours.
          let half = Int64.random(in: 0..<8_000, using: &words) * 500_000
          recoveries += [half - 1, half, half + 1].filter { $0 >= 0 }
          if share > 0 {
            let near = Int64.random(in: 0..<4_000, using: &words) * 500_000 / share
            recoveries += [near, near + 1]
          }
        }
        for recovered in recoveries {
          let product = recovered * share + (rounding == .halfUp ? 500_000 : 0)
          #expect(fixed.part(of: recovered) == product / 1_000_000)
        }
      }
    }
    #expect(fixedShare(Ratio(millionths: 1_000_001), .down) == nil)
  }

  private func fixedShare(_ share: Ratio, _ rounding: RoundingRule) -> FixedShare? {
    SoleFundRecovery(
      ClaimRulesInForce(
        sharing: SharingTerms(
          payers: [PayerTerms(party: .fund, share: .percent(50))], rounding: rounding),
        recovery: RecoveryTerms(
          basis: .fixedRate(share), isLimitedToPaid: false, isNetOfCosts: false,
          stopsAtLossBase: false), accounts: .single))?.fixedShare
  }

  @Test func `other rules have no short division`() {
    func rules(_ sharing: SharingTerms, _ accounts: AccountRule) -> ClaimRulesInForce {
      ClaimRulesInForce(
        sharing: sharing, recovery: Clauses.baotouRecovery, accounts: accounts)
    }
    #expect(SoleFundRecovery(rules(Clauses.dalianGuarantor, .single)) == nil)
    let pool = AccountRule.socialFirst(refundShare: .percent(50), lagMonths: 0)
    #expect(SoleFundRecovery(rules(Clauses.dalianGuarantor, pool)) == nil)
    #expect(SoleFundRecovery(rules(Clauses.baotou, pool)) != nil)
    #expect(SoleFundRecovery(rules(Clauses.baotou, .single)) != nil)
  }
}
