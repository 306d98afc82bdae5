import CompensationKernel
import FundCore
import Testing

/// Chaoyang: a pool of two accounts, 20 % of a loss, half of a payment refunded.
@Suite struct SocialAccountTests {
  @Test func `the social account pays and the fiscal account refunds its part of what was paid`() {
    var pool = FundPurse.pool(social: .wan(500), fiscal: .wan(500))
    let claim = pool.settle(.wan(300), under: Clauses.chaoyang)
    #expect(claim.paid == .wan(60))
    #expect(claim.refunded == .wan(30))
    #expect(claim.parts[.fund] == .wan(30))
    #expect(claim.parts[.partner] == .wan(30))
    #expect(claim.parts[.bank] == .wan(240))
    #expect(pool.account == FundAccount(paying: .wan(470), refunding: .wan(470)))
  }

  /// Amounts in yuan; the pool begins with 100 in each account.
  @Test func `the social account can be short while the fiscal account still holds money`() {
    let table = """
      loss  paid  refunded  bank  unpaid  social  fiscal
       400    80        40   320       0      60      60
       400    60        30   340      20      30      30   // 80 owed, 60 there
       100    20        10    80       0      20      20
      """
    var pool = FundPurse.pool(social: .yuan(100), fiscal: .yuan(100))
    for row in rows(table) {
      let claim = pool.settle(.yuan(row[0]), under: Clauses.chaoyang)
      #expect(claim.paid == .yuan(row[1]))
      #expect(claim.refunded == .yuan(row[2]))
      #expect(claim.parts[.bank] == .yuan(row[3]))
      #expect(claim.unpaid == .yuan(row[4]))
      #expect(pool.account == FundAccount(paying: .yuan(row[5]), refunding: .yuan(row[6])))
    }
  }

  @Test func `what the fiscal account cannot refund stays with the partner and is unpaid`() {
    var pool = FundPurse.pool(social: .yuan(100), fiscal: .yuan(10))
    let claim = pool.settle(.yuan(200), under: Clauses.chaoyang)
    #expect(claim.paid == .yuan(40))
    #expect(claim.refundOwed == .yuan(20))
    #expect(claim.refunded == .yuan(10))
    #expect(claim.parts[.fund] == .yuan(10))
    #expect(claim.parts[.partner] == .yuan(30))
    #expect(claim.parts[.bank] == .yuan(160))
    #expect(claim.unpaid == .yuan(10))
    #expect(pool.account == FundAccount(paying: .yuan(70)))
  }

  @Test func `a later refund is owed by the fiscal account and does not count as unpaid yet`() {
    let rule = AccountRule.socialFirst(refundShare: .percent(50), lagMonths: 3)
    var pool = FundPurse.pool(social: .yuan(100), fiscal: .yuan(100), rule: rule)
    let claim = pool.settle(.yuan(200), under: Clauses.chaoyang)
    #expect(claim.isRefundLater)
    #expect(claim.refunded == .zero)
    #expect(claim.unpaid == .zero)
    #expect(claim.parts[.fund] == .yuan(20))
    #expect(pool.account == FundAccount(paying: .yuan(60), refunding: .yuan(100)))
    #expect(pool.refund(claim.refundOwed) == .yuan(20))
    #expect(pool.account == FundAccount(paying: .yuan(80), refunding: .yuan(80)))
  }

  @Test func `an odd fen of a pool is the fiscal account's, at the start and in a payment`() {
    #expect(
      FundAccount(opening: Money(fen: 101), under: Clauses.refundAtOnce)
        == FundAccount(paying: Money(fen: 50), refunding: Money(fen: 51)))
    var pool = FundPurse.pool(social: Money(fen: 50), fiscal: Money(fen: 51))
    // 20 % of 15 fen are 3; half of that, half up, 2.
    let claim = pool.settle(Money(fen: 15), under: Clauses.chaoyang)
    #expect(claim.parts[.fund] == Money(fen: 2))
    #expect(claim.parts[.partner] == Money(fen: 1))
  }

  @Test func `interest, new money and fees reach both accounts`() {
    var account = FundAccount(paying: .yuan(1_200), refunding: .yuan(600))
    // 12 % a year: 1 % a month.
    #expect(account.addMonthlyInterest(annualRate: .percent(12)) == .yuan(18))
    #expect(account == FundAccount(paying: .yuan(1_212), refunding: .yuan(606)))
    // Equal parts (I-41), whatever part the fiscal account refunds: it was paid in by that part.
    let rule = AccountRule.socialFirst(refundShare: .percent(25), lagMonths: 0)
    account.inject(.yuan(100), under: rule)
    #expect(account == FundAccount(paying: .yuan(1_262), refunding: .yuan(656)))
    #expect(account.takeFee(.yuan(1_300)) == .yuan(1_300))
    #expect(account == FundAccount(paying: .zero, refunding: .yuan(618)))
    #expect(account.takeFee(.yuan(1_000)) == .yuan(618))
    #expect(account.balance == .zero)
  }

  @Test
  func `new money is split by the part that is given for it, an odd fen to the fiscal account`() {
    var equal = FundAccount(paying: .zero)
    equal.inject(Money(fen: 101), under: .socialFirst(refundShare: .percent(80), lagMonths: 0))
    #expect(equal == FundAccount(paying: Money(fen: 50), refunding: Money(fen: 51)))
    var agreed = FundAccount(paying: .zero)
    agreed.inject(
      Money(fen: 101),
      under: .socialFirst(refundShare: .percent(80), lagMonths: 0, newMoney: .percent(80)))
    // 80.8 fen, half up.
    #expect(agreed == FundAccount(paying: Money(fen: 20), refunding: Money(fen: 81)))
  }

  @Test(
    arguments: [
      // 1.44 % a year on 416.66 fen is half a fen a month.
      (416, 0), (417, 1), (1_249, 1), (1_250, 2), (0, 0),
    ] as [(Int64, Int64)])
  func `a month's interest is a twelfth of the annual rate, half up`(
    balance: Int64, interest: Int64
  ) {
    #expect(
      monthlyInterest(on: Money(fen: balance), annualRate: Ratio(millionths: 14_400)).fen
        == interest)
  }
}
