import CompensationKernel
import FundCore
import TestSupport
import Testing

/// The divisions that the engine uses where a rule is plain come to what `divideRecovery` does.
@Suite struct ShortDivisionTests {
  @Test func `the short division and the plain one are the kernel's, on random terms`() throws {
    var words = SeededWords(seed: 7_301)
    var plainCount = 0
    for _ in 0..<8_000 {
      let rounding: RoundingRule = Bool.random(using: &words) ? .halfUp : .down
      let sharing = SharingTerms(
        payers: [
          PayerTerms(
            party: .fund, share: words.ratio(), isCapped: Bool.random(using: &words))
        ], rounding: rounding)
      let accounts: AccountRule =
        Bool.random(using: &words)
        ? .single : .socialFirst(refundShare: words.ratio(), lagMonths: 0)
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
      let division = try #require(SoleFundDivision(rules))
      #expect(division.division(recovered, costs: costs, of: claim) == whole)
      guard case .single = accounts else { continue }
      let sole = try #require(SoleFundRecovery(rules))
      #expect(sole.owed(on: claim.lossBase, cap: cap) == claim.owed)
      let short = sole.divide(
        recovered, costs: costs, lossBase: claim.lossBase, paid: claim.paid)
      #expect(short.fund == whole.toFund && short.bank == whole.parts[.bank])
      if let plain = PlainFundRecovery(sole), costs == .zero, claim.paid > .zero {
        plainCount += 1
        #expect(plain.fundPart(of: recovered) == whole.toFund)
      }
    }
    #expect(plainCount > 100)
  }

  @Test func `other rules have no short division`() {
    func rules(_ sharing: SharingTerms, _ accounts: AccountRule) -> ClaimRulesInForce {
      ClaimRulesInForce(
        sharing: sharing, recovery: Clauses.baotouRecovery, accounts: accounts)
    }
    #expect(SoleFundRecovery(rules(Clauses.dalianGuarantor, .single)) == nil)
    #expect(SoleFundDivision(rules(Clauses.dalianGuarantor, .single)) == nil)
    let pool = AccountRule.socialFirst(refundShare: .percent(50), lagMonths: 0)
    #expect(SoleFundRecovery(rules(Clauses.baotou, pool)) == nil)
    #expect(SoleFundDivision(rules(Clauses.baotou, pool)) != nil)
    #expect(SoleFundRecovery(rules(Clauses.baotou, .single)) != nil)
  }
}
