import CompensationKernel
import FundCore
import TestSupport
import Testing

/// Clauses that look at many claims together: hand cases on each side of a level, and laws for any terms.
struct `A loss in layers` {
  private let plain = SharingTerms(
    payers: [PayerTerms(party: .fund, share: .percent(40), isCapped: true)], rounding: .halfUp)

  private func rules(
    limits: [AggregateTerms] = [], first: [AggregateTerms] = [], stop: [AggregateTerms] = [],
    rate: ClaimRateTerms? = nil
  ) -> AggregateRules {
    var clauses = AggregateClauses()
    let source = Citation(article: "7")
    clauses.limits = limits.map { Cited($0, source) }
    clauses.firstLosses = first.map { Cited($0, source) }
    clauses.stopLosses = stop.map { Cited($0, source) }
    clauses.claimRate = rate.map { Cited($0, source) }
    return clauses.rules
  }

  private func level(
    _ level: AggregateLevel, _ scope: AggregateScope = .bank,
    _ period: AggregatePeriod = .calendarYear
  ) -> AggregateTerms {
    AggregateTerms(id: "l", scope: scope, period: period, level: level)
  }

  /// A first loss of 1,000 yuan and a stop at 5,000: a loss of 6,000 lies in three layers.
  @Test func `lies below, between and beyond`() {
    var book = AggregateBook(
      rules(
        first: [level(.amount(.yuan(1_000)))], stop: [level(.amount(.yuan(5_000)))]), bankCount: 2)
    book.go(toYear: 2025, programmeYear: 1)
    let whole = book.layered(.yuan(6_000), bank: 0, steps: [], shares: [.percent(40)])
    #expect(
      whole.layers == [
        LossLayer(amount: .yuan(1_000), kind: .firstLoss(0)),
        LossLayer(amount: .yuan(4_000), kind: .step(0)),
        LossLayer(amount: .yuan(1_000), kind: .stopLoss(0)),
      ])
    book.count(loss: Money(fen: 99_999), owed: .zero, bank: 0)
    // A fen of the first loss is left; the other bank has all of its own.
    let next = book.layered(.yuan(10), bank: 0, steps: [], shares: [.percent(40)])
    #expect(next.layers.first == LossLayer(amount: Money(fen: 1), kind: .firstLoss(0)))
    let other = book.layered(.yuan(10), bank: 1, steps: [], shares: [.percent(40)])
    #expect(other.layers == [LossLayer(amount: .yuan(10), kind: .firstLoss(0))])
    // A new year begins again.
    book.go(toYear: 2026, programmeYear: 1)
    let later = book.layered(.yuan(10), bank: 0, steps: [], shares: [.percent(40)])
    #expect(later.layers == [LossLayer(amount: .yuan(10), kind: .firstLoss(0))])
  }

  /// 3 % of 100,000 yuan are 3,000; compensation of 3,000 at 40 % is that on a loss of 7,500.
  @Test(
    arguments: [(.losses, 3_000), (.compensation, 7_500)] as [(ClaimRateTerms.Numerator, Int64)])
  func `passes a step of the claim rate where the rate does`(
    numerator: ClaimRateTerms.Numerator, end: Int64
  ) {
    let terms = ClaimRateTerms(
      numerator, of: .madeSoFar, period: .programme, beyond: .part)
    var book = AggregateBook(rules(rate: terms), bankCount: 1)
    book.lend(.yuan(100_000), bank: 0)
    let shares: [Ratio] = [.percent(40), .percent(20)]
    let fits = book.layered(.yuan(end), bank: 0, steps: [.percent(3)], shares: shares)
    #expect(fits.layers == [LossLayer(amount: .yuan(end), kind: .step(0))])
    let more = book.layered(
      .yuan(end) + Money(fen: 7), bank: 0, steps: [.percent(3)], shares: shares)
    #expect(more.layers.last == LossLayer(amount: Money(fen: 7), kind: .step(1)))
  }

  @Test func `goes by the step on which the rate stands, where later claims go by the next`() {
    let terms = ClaimRateTerms(
      .losses, of: .madeSoFar, period: .programme, beyond: .laterClaims)
    var book = AggregateBook(rules(rate: terms), bankCount: 1)
    book.lend(.yuan(100_000), bank: 0)
    let shares: [Ratio] = [.percent(40), .percent(20)]
    let first = book.layered(.yuan(3_000), bank: 0, steps: [.percent(3)], shares: shares)
    #expect(first.layers == [LossLayer(amount: .yuan(3_000), kind: .step(0))])
    book.count(loss: .yuan(3_000), owed: .yuan(1_200), bank: 0)
    // At 3 % it is not above 3 %; a fen more, and it is.
    let level = book.layered(.yuan(5), bank: 0, steps: [.percent(3)], shares: shares)
    #expect(level.layers == [LossLayer(amount: .yuan(5), kind: .step(0))])
    book.count(loss: Money(fen: 1), owed: .zero, bank: 0)
    let above = book.layered(.yuan(5), bank: 0, steps: [.percent(3)], shares: shares)
    #expect(above.layers == [LossLayer(amount: .yuan(5), kind: .step(1))])
  }

  @Test func `leaves of a limit what was not owed before, by whom and when it counts`() {
    var book = AggregateBook(
      rules(limits: [
        level(.part(.percent(10), of: .madeInPeriod)), level(.amount(.yuan(90)), .fund, .programme),
      ]), bankCount: 2)
    book.go(toYear: 2025, programmeYear: 1)
    book.lend(.yuan(1_000), bank: 0)
    book.lend(.yuan(500), bank: 1)
    book.count(loss: .yuan(150), owed: .yuan(60), bank: 0)
    let own = book.layered(.yuan(100), bank: 0, steps: [], shares: [.percent(40)])
    // 100 − 60 of the bank, 90 − 60 of all.
    #expect(own.left == .yuan(30) && own.limit == 1)
    book.count(loss: .yuan(50), owed: .yuan(20), bank: 1)
    let all = book.layered(.yuan(100), bank: 1, steps: [], shares: [.percent(40)])
    #expect(all.left == .yuan(10) && all.limit == 1)
    book.go(toYear: 2026, programmeYear: 2)
    let next = book.layered(.yuan(100), bank: 1, steps: [], shares: [.percent(40)])
    #expect(next.left == .zero && next.limit == 0)
  }

  @Test func `is settled layer by layer: the parts sum to the loss, and none is negative`() {
    var words = SeededWords(seed: 71)
    for _ in 0..<2_000 {
      let terms = words.sharing()
      let layers = (0..<Int.random(in: 1...4, using: &words)).map { index in
        SharedLayer(
          amount: words.amount(),
          sharing: .of([.step(0), .firstLoss(0), .stopLoss(0), .step(9)][index], steps: [terms]))
      }
      var purse = words.purse(words.accounts())
      let before = purse.account.balance
      var log = NoLog()
      let claim = settle(layers: layers, cap: words.amount(), from: &purse, log: &log)
      #expect(claim.parts.total == claim.lossBase)
      #expect(claim.lossBase == layers.reduce(.zero) { $0 + $1.amount })
      #expect(PartyPlace.allCases.allSatisfy { claim.parts[$0] >= .zero })
      #expect(claim.paid <= claim.owed)
      #expect(before - purse.account.balance == claim.paid)
    }
  }

  /// Whatever the clauses: all layers make up the loss, limits are kept, and a larger loss is owed no less.
  @Test func `under random clauses keeps limits, and owes no less on a larger loss`() {
    var words = SeededWords(seed: 72)
    for _ in 0..<600 {
      let rules = words.aggregates()
      var book = AggregateBook(rules, bankCount: 2)
      var owed = Money.zero
      for claim in 0..<12 {
        book.go(toYear: 2025 + claim / 5, programmeYear: 1 + claim / 4)
        let bank = claim % 2
        book.lend(words.smallAmount(), bank: bank)
        let loss = words.smallAmount()
        let small = words.settled(loss, bank: bank, book, plain)
        let large = words.settled(loss + words.smallAmount(), bank: bank, book, plain)
        #expect(small.parts.total == loss)
        #expect(large.owed >= small.owed)
        book.count(loss: loss, owed: small.owed, bank: bank)
        owed += small.owed
        for terms in rules.limits {
          // A limit that is a part of lending of a year can shrink when the year is new; what is owed then is new, too.
          #expect(
            book.owed(under: terms, bank: bank) <= book.level(of: terms, bank: bank))
        }
      }
    }
  }
}

extension SeededWords {
  fileprivate mutating func smallAmount() -> Money {
    Money(
      fen: Int64.random(in: 0...1_000_000 >> Int64.random(in: 0...12, using: &self), using: &self))
  }

  private mutating func aggregate() -> AggregateTerms {
    let level: AggregateLevel =
      Bool.random(using: &self)
      ? .amount(smallAmount())
      : .part(
        .percent(Int64.random(in: 0...30, using: &self)),
        of: Bool.random(using: &self) ? .madeSoFar : .madeInPeriod)
    return AggregateTerms(
      id: "a", scope: AggregateScope.allCases[Int.random(in: 0...1, using: &self)],
      period: AggregatePeriod.allCases[Int.random(in: 0...2, using: &self)], level: level)
  }

  fileprivate mutating func aggregates() -> AggregateRules {
    var clauses = AggregateClauses()
    let source = Citation(article: "7")
    clauses.limits = (0..<Int.random(in: 0...2, using: &self)).map { _ in Cited(aggregate(), source)
    }
    if Bool.random(using: &self) { clauses.firstLosses = [Cited(aggregate(), source)] }
    if Bool.random(using: &self) { clauses.stopLosses = [Cited(aggregate(), source)] }
    if Bool.random(using: &self) {
      clauses.claimRate = Cited(
        ClaimRateTerms(
          Bool.random(using: &self) ? .losses : .compensation, of: .madeSoFar,
          period: .programme, beyond: Bool.random(using: &self) ? .part : .laterClaims), source)
    }
    return clauses.rules
  }

  /// A claim settled out of enough money, with shares of 40 % up to a claim rate of 5 % and 15 % beyond.
  fileprivate mutating func settled(
    _ loss: Money, bank: Int, _ book: AggregateBook, _ plain: SharingTerms
  ) -> Settlement {
    let beyond = SharingTerms(
      payers: [PayerTerms(party: .fund, share: .percent(15), isCapped: true)], rounding: .halfUp)
    let steps = book.rules.claimRate == nil ? [] : [Ratio.percent(5)]
    let sharings = steps.isEmpty ? [plain] : [plain, beyond]
    let layered = book.layered(
      loss, bank: bank, steps: steps, shares: sharings.map { $0[0].share })
    #expect(layered.layers.reduce(.zero) { $0 + $1.amount } == loss)
    var purse = FundPurse(FundAccount(paying: .yuan(1 << 40)), rule: .single)
    var log = NoLog()
    return settle(
      layers: layered.layers.map {
        SharedLayer(amount: $0.amount, sharing: .of($0.kind, steps: sharings))
      }, cap: layered.left, from: &purse, log: &log)
  }
}
