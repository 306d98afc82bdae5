import CompensationKernel
import FundCore
import TestSupport
import Testing

/// Laws that hold for any terms, losses and balances; 3 000 seeded examples each.
@Suite struct KernelLawTests {
  private static let count = 3_000

  @Test func `the parts of a settlement sum to the loss, and no party's is negative`() {
    var words = SeededWords(seed: 41)
    for _ in 0..<Self.count {
      let loss = words.amount()
      var purse = words.purse(words.accounts())
      let claim = purse.settle(loss, under: words.sharing(), cap: words.amount())
      #expect(claim.parts.total == loss)
      #expect(PartyPlace.allCases.allSatisfy { claim.parts[$0] >= .zero })
      #expect(claim.paid <= claim.owed)
      #expect(claim.refunded <= claim.refundOwed)
      #expect(purse.account.paying >= .zero && purse.account.refunding >= .zero)
    }
  }

  @Test func `what leaves the accounts is what the fund and its partner bear`() {
    var words = SeededWords(seed: 42)
    for _ in 0..<Self.count {
      let rule = words.accounts()
      var purse = words.purse(rule)
      let before = purse.account.balance
      let claim = purse.settle(words.amount(), under: words.sharing(), cap: words.amount())
      #expect(before - purse.account.balance == claim.paid)
      #expect(claim.parts[.fund] + claim.parts[.partner] == claim.paid)
    }
  }

  @Test func `a larger balance never pays a claim less`() {
    var words = SeededWords(seed: 43)
    for _ in 0..<Self.count {
      let (terms, cap, loss) = (words.sharing(), words.amount(), words.amount())
      var smaller = words.purse(words.accounts())
      var larger = smaller
      larger.account.paying += words.amount()
      if smaller.rule != .single { larger.account.refunding += words.amount() }
      let first = smaller.settle(loss, under: terms, cap: cap)
      let second = larger.settle(loss, under: terms, cap: cap)
      #expect(second.paid >= first.paid)
      #expect(second.owed == first.owed)
      #expect(second.parts[.bank] <= first.parts[.bank])
    }
  }

  /// A later payer once took over what the fund could not pay, up to its own share.
  @Test func `what a fund lacks stays with the bank and changes no other payer's part`() {
    var words = SeededWords(seed: 49)
    for _ in 0..<Self.count {
      let (terms, cap, loss) = (words.sharing(), words.amount(), words.amount())
      var short = words.purse(.single)
      var rich = FundPurse.holding(loss)
      let poor = short.settle(loss, under: terms, cap: cap)
      let full = rich.settle(loss, under: terms, cap: cap)
      #expect(poor.parts[.bank] - full.parts[.bank] == poor.unpaid)
      for party in [PartyPlace.province, .guarantor, .insurer] {
        #expect(poor.parts[party] == full.parts[party])
      }
    }
  }

  @Test func `a larger loss is never paid less, and leaves nobody a smaller part`() {
    var words = SeededWords(seed: 44)
    for _ in 0..<Self.count {
      let terms = SharingTerms(
        payers: [
          PayerTerms(party: .province, share: .percent(Int64.random(in: 0...50, using: &words))),
          PayerTerms(
            party: .fund, share: .percent(Int64.random(in: 0...50, using: &words)), isCapped: true),
        ], rounding: .halfUp)
      let (cap, loss) = (words.amount(), words.amount())
      let purse = words.purse(.single)
      var (first, second) = (purse, purse)
      let small = first.settle(loss, under: terms, cap: cap)
      let large = second.settle(loss + words.amount(), under: terms, cap: cap)
      #expect(large.paid >= small.paid)
      for party in [PartyPlace.province, .fund] {
        #expect(large.parts[party] >= small.parts[party])
      }
    }
  }

  @Test func `the parts and the costs of a recovery sum to what was recovered`() {
    var words = SeededWords(seed: 45)
    for _ in 0..<Self.count {
      let rule = words.accounts()
      let terms = words.sharing()
      var purse = words.purse(rule)
      let claim = purse.settle(words.amount(), under: terms, cap: words.amount())
      let recovered = words.amount()
      let costs = recovered.multiplied(by: words.ratio(), rounding: .down)
      let recovery = words.recovery()
      let division = divided(
        recovered, costs: costs, of: claim, terms, recovery, accounts: rule)
      #expect(division.parts.total + costs == recovered)
      #expect(
        PartyPlace.allCases.allSatisfy { division.parts[$0] >= .zero || $0 == .bank })
      #expect(division.parts[.bank] >= (recovery.isNetOfCosts ? .zero : .zero - costs))
      #expect(division.parts[.fund] + division.parts[.partner] == division.toFund)
      #expect(division.toPayingAccount <= division.toFund)
    }
  }

  @Test func `limited to what was paid, nobody gets back more over all instalments`() {
    var words = SeededWords(seed: 46)
    for _ in 0..<Self.count {
      let rule = words.accounts()
      let terms = words.sharing()
      var recovery = words.recovery()
      recovery.isLimitedToPaid = true
      var purse = words.purse(rule)
      let claim = purse.settle(words.amount(), under: terms, cap: words.amount())
      var before = RecoveredBefore()
      for _ in 0..<3 {
        before.add(
          divided(words.amount(), of: claim, terms, recovery, accounts: rule, before: before))
      }
      #expect(before.parts[.fund] + before.parts[.partner] <= claim.paid)
      for payer in terms.payers where payer.party != .fund {
        #expect(before.parts[payer.party] <= claim.parts[payer.party])
      }
    }
  }

  @Test func `paying a waiting claim keeps its parts summing to the loss`() {
    var words = SeededWords(seed: 47)
    for _ in 0..<Self.count {
      let rule = words.accounts()
      var purse = words.purse(rule)
      let loss = words.amount()
      var claim = purse.settle(loss, under: words.sharing(), cap: words.amount())
      for _ in 0..<3 {
        purse.account.inject(words.amount(), under: rule)
        let before = purse.account.balance
        let payment = purse.payWaiting(&claim)
        #expect(before - purse.account.balance == payment.paid)
        #expect(claim.parts.total == loss)
        #expect(claim.paid <= claim.owed)
        #expect(PartyPlace.allCases.allSatisfy { claim.parts[$0] >= .zero })
      }
    }
  }

  @Test func `listening to a settlement changes nothing`() {
    var words = SeededWords(seed: 48)
    for _ in 0..<500 {
      let (terms, cap, loss) = (words.sharing(), words.amount(), words.amount())
      let purse = words.purse(words.accounts())
      var (quiet, heard) = (purse, purse)
      var log = StepLog()
      let first = quiet.settle(loss, under: terms, cap: cap)
      let second = settle(loss: loss, under: terms, cap: cap, from: &heard, log: &log)
      #expect(first == second)
      #expect(quiet == heard)
      #expect(log.steps.first?.amount == loss)
      #expect(log.steps.last?.amount == second.parts[.bank])
    }
  }
}
