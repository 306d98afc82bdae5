import CompensationKernel
import FundCore
import Testing

/// Interpretation I-11, second reading: what cannot be paid waits for the next money in.
@Suite struct WaitingClaimTests {
  @Test func `a waiting claim is paid from new money, and the bank's part shrinks by it`() {
    var purse = FundPurse.holding(.yuan(100))
    var claim = purse.settle(.yuan(1_000), under: Clauses.baotou)
    #expect(claim.unpaid == .yuan(200))
    purse.account.inject(.yuan(150), under: .single)
    #expect(purse.payWaiting(&claim).paid == .yuan(150))
    #expect(claim.paid == .yuan(250))
    #expect(claim.unpaid == .yuan(50))
    #expect(claim.parts[.fund] == .yuan(250))
    #expect(claim.parts[.bank] == .yuan(750))
    purse.account.inject(.yuan(150), under: .single)
    #expect(purse.payWaiting(&claim).paid == .yuan(50))
    #expect(claim.unpaid == .zero)
    #expect(purse.account.balance == .yuan(100))
    #expect(purse.payWaiting(&claim).paid == .zero)
  }

  @Test func `a pool's waiting claim is refunded as it is paid`() {
    var pool = FundPurse.pool(social: .yuan(20), fiscal: .yuan(15))
    // 40 owed, 20 paid, of which 10 are refunded at once.
    var claim = pool.settle(.yuan(200), under: Clauses.chaoyang)
    #expect(claim.paid == .yuan(20))
    #expect(pool.account == FundAccount(paying: .yuan(10), refunding: .yuan(5)))
    // 10 more; 5 of them refunded.
    #expect(pool.payWaiting(&claim) == (.yuan(10), .zero))
    #expect(pool.account == FundAccount(paying: .yuan(5), refunding: .zero))
    // 5 more; the fiscal account is empty.
    #expect(pool.payWaiting(&claim) == (.yuan(5), Money(fen: 250)))
    #expect(claim.paid == .yuan(35))
    #expect(claim.parts[.fund] == .yuan(15))
    #expect(claim.parts[.partner] == .yuan(20))
    #expect(claim.parts[.bank] == .yuan(165))
    #expect(claim.parts.total == .yuan(200))
  }
}
