import CompensationKernel
import FundCore
import Testing

@Suite struct ClaimTableTests {
  /// A fund of 3 000 yuan at 40 %, with a cap of 1 000 yuan a claim.
  @Test func `claims are paid in order until the fund is empty`() {
    let table = """
      loss  paid  bank  unpaid
      2000   800  1200       0   // 40 %
      5000  1000  4000       0   // capped
      3000  1000  2000       0   // 1200, capped
      1000   200   800     200   // 400 owed, 200 left
      1000     0  1000     400   // nothing left
      """
    let terms = SharingTerms(
      payers: [PayerTerms(party: .fund, share: .percent(40), isCapped: true)], rounding: .halfUp)
    var purse = FundPurse.holding(.yuan(3_000))
    for row in rows(table) {
      let claim = purse.settle(.yuan(row[0]), under: terms, cap: .yuan(1_000))
      #expect(claim.paid == .yuan(row[1]))
      #expect(claim.parts[.bank] == .yuan(row[2]))
      #expect(claim.unpaid == .yuan(row[3]))
    }
    #expect(purse.account.balance == .zero)
  }

  /// Weihai with 150万: amounts in 万. The city is capped at 100万 in the first year.
  @Test func `the province pays before the city, and only the city is capped and can run dry`() {
    let table = """
      loss  province  city  bank  unpaid
       100        40    20    40       0
       600       240   100   260       0   // 120, capped at 100
       300       120    30   150      30   // 60 owed, 30 left
        10         4     0     6       2
      """
    var purse = FundPurse.holding(.wan(150))
    for row in rows(table) {
      let claim = purse.settle(.wan(row[0]), under: Clauses.weihai, cap: .wan(100))
      #expect(claim.parts[.province] == .wan(row[1]))
      #expect(claim.parts[.fund] == .wan(row[2]))
      #expect(claim.parts[.bank] == .wan(row[3]))
      #expect(claim.unpaid == .wan(row[4]))
    }
  }

  @Test func `a later year's cap pays more of the same loss`() {
    var purse = FundPurse.holding(.wan(1_000))
    #expect(purse.settle(.wan(600), under: Clauses.weihai, cap: .wan(100)).paid == .wan(100))
    #expect(purse.settle(.wan(600), under: Clauses.weihai, cap: .wan(150)).paid == .wan(120))
    #expect(purse.settle(.wan(900), under: Clauses.weihai, cap: .wan(150)).paid == .wan(150))
  }

  @Test func `a share of the rest is taken of what the payers before left`() {
    var purse = FundPurse.holding(.wan(1_000))
    let claim = purse.settle(.wan(100), under: Clauses.weihaiOfRest)
    #expect(claim.parts[.province] == .wan(40))
    #expect(claim.parts[.fund] == .wan(12))
    #expect(claim.parts[.bank] == .wan(48))
  }

  @Test func `what a cap cuts and what a fund lacks stay with the bank, not with the guarantor`() {
    var purse = FundPurse.holding(.wan(10))
    let claim = purse.settle(.wan(100), under: Clauses.dalianGuarantor)
    #expect(claim.owed == .wan(40))
    #expect(claim.parts[.fund] == .wan(10))
    #expect(claim.parts[.guarantor] == .wan(30))
    #expect(claim.parts[.bank] == .wan(60))
    #expect(claim.unpaid == .wan(30))
  }

  @Test func `each payer's fraction of a fen is rounded, the bank takes the remainder`() {
    let payers = [
      PayerTerms(party: .fund, share: .percent(50)),
      PayerTerms(party: .guarantor, share: .percent(50)),
    ]
    var purse = FundPurse.holding(.yuan(1))
    // Half of 3 fen is 1.5: the first takes 2, the second would take 2 and finds 1.
    let up = purse.settle(
      Money(fen: 3), under: SharingTerms(payers: payers, rounding: .halfUp))
    #expect(up.parts[.fund] == Money(fen: 2))
    #expect(up.parts[.guarantor] == Money(fen: 1))
    #expect(up.parts[.bank] == .zero)
    let down = purse.settle(
      Money(fen: 3), under: SharingTerms(payers: payers, rounding: .down))
    #expect(down.parts[.fund] == Money(fen: 1))
    #expect(down.parts[.guarantor] == Money(fen: 1))
    #expect(down.parts[.bank] == Money(fen: 1))
  }

  @Test func `no loss, no payment`() {
    var purse = FundPurse.holding(.yuan(5))
    let claim = purse.settle(.zero, under: Clauses.weihai)
    #expect(claim == Settlement(lossBase: .zero))
    #expect(purse == .holding(.yuan(5)))
  }

  @Test func `a purse without limit records what would be owed`() {
    var purse = FundPurse(FundAccount(paying: .zero), rule: .single, isLimited: false)
    #expect(purse.settle(.wan(100), under: Clauses.baotou, cap: .wan(150)).paid == .wan(30))
    #expect(purse.account.paying == .wan(-30))
  }

  @Test func `every step of a settlement is told in order`() {
    var log = StepLog()
    var purse = FundPurse.holding(.wan(50))
    _ = settle(
      loss: .wan(600), under: Clauses.weihai, cap: .wan(100), from: &purse, log: &log)
    let told: [(SettlementStep, Int64)] = [
      (.lossBase, 600), (.share(.province), 240), (.share(.fund), 120), (.afterCap(.fund), 100),
      (.owed, 100), (.paid, 50), (.borneByBank, 310),
    ]
    #expect(log.steps.map(\.step) == told.map(\.0))
    #expect(log.steps.map(\.amount) == told.map { .wan($0.1) })
  }
}
