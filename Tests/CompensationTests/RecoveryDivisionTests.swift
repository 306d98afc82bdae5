import CompensationKernel
import FundCore
import Testing

@Suite struct RecoveryDivisionTests {
  /// I-7: loss 1 000万, cap 150万, recovered 600万.
  @Test(
    arguments: [
      (RecoveryBasis.nominalShare, false, 180), (.nominalShare, true, 150),
      (.shareBorne, false, 90),
      (.shareBorne, true, 90), (.fixedRate(.percent(30)), false, 180),
      (.fixedRate(.percent(30)), true, 150),
    ] as [(RecoveryBasis, Bool, Int64)])
  func `the three readings of Baotou's Art. 16 give back 180, 150 and 90`(
    basis: RecoveryBasis, isLimitedToPaid: Bool, expected: Int64
  ) {
    var purse = FundPurse.holding(.wan(1_000))
    let claim = purse.settle(.wan(1_000), under: Clauses.baotou, cap: .wan(150))
    #expect(claim.paid == .wan(150))
    let terms = RecoveryTerms(
      basis: basis, isLimitedToPaid: isLimitedToPaid, isNetOfCosts: false, stopsAtLossBase: false)
    let division = divided(.wan(600), of: claim, Clauses.baotou, terms)
    #expect(division.parts[.fund] == .wan(expected))
    #expect(division.parts[.bank] == .wan(600 - expected))
    #expect(division.toFund == .wan(expected))
    #expect(division.toPayingAccount == .wan(expected))
  }

  @Test func `several payers get back their nominal shares, or what they bore`() {
    var purse = FundPurse.holding(.wan(100))
    // 600: province 240, city 120 capped at 100, bank 260.
    let claim = purse.settle(.wan(600), under: Clauses.weihai, cap: .wan(100))
    var terms = Clauses.baotouRecovery
    let nominal = divided(.wan(300), of: claim, Clauses.weihai, terms)
    #expect(nominal.parts[.province] == .wan(120))
    #expect(nominal.parts[.fund] == .wan(60))
    #expect(nominal.parts[.bank] == .wan(120))
    terms.basis = .shareBorne
    let borne = divided(.wan(300), of: claim, Clauses.weihai, terms)
    #expect(borne.parts[.province] == .wan(120))
    #expect(borne.parts[.fund] == .wan(50))
    #expect(borne.parts[.bank] == .wan(130))
  }

  @Test func `a fixed part goes to the fund, the others have their shares of the whole`() {
    var purse = FundPurse.holding(.wan(100))
    let claim = purse.settle(.wan(100), under: Clauses.dalianGuarantor)
    var terms = Clauses.baotouRecovery
    terms.basis = .fixedRate(.percent(10))
    let division = divided(.wan(50), of: claim, Clauses.dalianGuarantor, terms)
    #expect(division.parts[.fund] == .wan(5))
    #expect(division.parts[.guarantor] == .wan(15))
    #expect(division.parts[.bank] == .wan(30))
  }

  @Test func `gross of costs the bank bears them, even beyond its part`() {
    var purse = FundPurse.holding(.wan(100))
    let claim = purse.settle(.wan(100), under: Clauses.baotou)
    let division = divided(
      .wan(20), costs: .wan(15), of: claim, Clauses.baotou, Clauses.baotouRecovery)
    #expect(division.parts[.fund] == .wan(6))
    #expect(division.parts[.bank] == .wan(-1))
    #expect(division.costs == .wan(15))
    #expect(division.parts.total + division.costs == .wan(20))
  }

  @Test func `net of costs all share them`() {
    var purse = FundPurse.holding(.wan(100))
    let claim = purse.settle(.wan(100), under: Clauses.baotou)
    var terms = Clauses.baotouRecovery
    terms.isNetOfCosts = true
    let division = divided(.wan(20), costs: .wan(10), of: claim, Clauses.baotou, terms)
    #expect(division.parts[.fund] == .wan(3))
    #expect(division.parts[.bank] == .wan(7))
  }

  @Test func `what exceeds the loss base stays with the bank where the rule stops there`() {
    var purse = FundPurse.holding(.wan(100))
    let claim = purse.settle(.wan(100), under: Clauses.baotou)
    var terms = Clauses.baotouRecovery
    #expect(divided(.wan(120), of: claim, Clauses.baotou, terms).parts[.fund] == .wan(36))
    terms.stopsAtLossBase = true
    let division = divided(.wan(120), of: claim, Clauses.baotou, terms)
    #expect(division.parts[.fund] == .wan(30))
    #expect(division.parts[.bank] == .wan(90))
  }

  @Test func `a payer that paid nothing gets nothing back`() {
    var purse = FundPurse.holding(.zero)
    let claim = purse.settle(.wan(100), under: Clauses.baotou)
    let division = divided(.wan(50), of: claim, Clauses.baotou, Clauses.baotouRecovery)
    #expect(division.parts[.fund] == .zero)
    #expect(division.parts[.bank] == .wan(50))
  }

  @Test func `nothing recovered, nothing divided`() {
    var purse = FundPurse.holding(.wan(100))
    let claim = purse.settle(.wan(100), under: Clauses.weihai)
    let division = divided(.zero, of: claim, Clauses.weihai, Clauses.baotouRecovery)
    #expect(division.parts == PartyAmounts())
    #expect(division.toFund == .zero)
  }

  @Test func `a claim without a loss gives nothing back by what was borne`() {
    var purse = FundPurse.holding(.wan(100))
    let claim = purse.settle(.zero, under: Clauses.baotou)
    var terms = Clauses.baotouRecovery
    terms.basis = .shareBorne
    #expect(divided(.wan(1), of: claim, Clauses.baotou, terms).parts[.bank] == .wan(1))
  }

  @Test func `a pool's recovery is split between its accounts as they bore`() {
    var pool = FundPurse.pool(social: .yuan(100), fiscal: .yuan(10))
    // 40 paid, 20 to be refunded, 10 there: the partner bears 30, the fiscal account 10.
    let claim = pool.settle(.yuan(200), under: Clauses.chaoyang)
    let division = divided(
      .yuan(200), of: claim, Clauses.chaoyang, Clauses.baotouRecovery,
      accounts: Clauses.refundAtOnce)
    #expect(division.parts[.fund] == .yuan(10))
    #expect(division.parts[.partner] == .yuan(30))
    #expect(division.toFund == .yuan(40))
    #expect(division.toPayingAccount == .yuan(30))
    pool.receive(division)
    #expect(pool.account == FundAccount(paying: .yuan(100), refunding: .yuan(10)))
  }
}
