import CompensationKernel
import FundCore
@testable import Simulation
import TestSupport
import Testing

/// Trials that reach no limit, stop-loss or step are settled by totals, the others in order: together they come to
/// what settling all of them in order comes to.
@Suite struct QuietClaimsTests {
  @Test(arguments: 0..<UInt64(Chance.trials(12, long: 600)))
  func `a trial that reaches nothing is settled as if nothing were there`(seed: UInt64) {
    var words = SeededWords(seed: 12_000 + seed)
    let draft = words.scenario(loanCount: seed % 2 == 0 ? 30 : 90)
    let plans = (0..<6).map { _ -> FundPlan in
      var fund = words.plainFund(for: draft)
      fund.accounts = .single
      fund.partition = []
      fund.unpaidWaits = false
      fund.thresholds = fund.thresholds.filter { $0.effect == .warning }
      fund.payers = fund.payers.map { payer in
        var payer = payer
        payer.isCapped = payer.party == .fund
        return payer
      }
      var plan = fund.plan(for: draft)
      plan.aggregates = words.clauses(of: fund, in: draft)
      return plan
    }
    let free = plans.map { plan in
      var plan = plan
      plan.aggregates = nil
      return plan
    }
    let plan = draft.plan(plans + free, trials: 25, seed: seed)
    let short = simulate(plan, threads: 1)
    let long = run(
      plan, threads: 1, chunkSize: 25, control: RunControl(),
      options: SimulationOptions(alwaysExact: true))
    for index in plans.indices {
      let figures = [short, long].map { RunFigures($0.funds[index], horizon: draft.horizon) }
      let rules = String(describing: plans[index].aggregates?.book.rules)
      #expect(figures[0] == figures[1], "fund \(index): \(rules)")
    }
  }

  /// Both kinds of trial occur: those that a limit changes, and those that it does not.
  @Test func `a limit is reached by some trials and not by others`() {
    var loan = LoanDraft()
    loan.probability = 0.05
    loan.principal = 10_000
    let draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 200))
    var fund = FundDraft.of(share: .one, opening: Money(fen: 200 * 10_000))
    fund.payers[0].isCapped = true
    fund.limit = 100_000
    var free = fund
    free.limit = nil
    let result = simulate(
      draft.plan([fund, free].map { $0.plan(for: draft) }, trials: 200, seed: 3), threads: 1)
    let pairs = zip(
      result.funds[0].column(.compensation), result.funds[1].column(.compensation))
    let cut = pairs.count { $0 < $1 }
    #expect(cut > 20 && cut < 180)
    #expect(pairs.allSatisfy { $0 == min($1, 100_000) })
  }
}

extension SeededWords {
  /// Random limits, stop-losses and steps of the claim rate, some of them out of reach.
  fileprivate mutating func clauses(
    of fund: FundDraft, in draft: ScenarioDraft
  ) -> PlannedAggregates {
    let total = draft.loans.reduce(Int64(0)) { $0 + $1.principal }
    func one<Item>(of items: [Item]) -> Item {
      items[Int.random(in: 0..<items.count, using: &self)]
    }
    func terms(_ id: String) -> Cited<AggregateTerms> {
      let level: AggregateLevel =
        Bool.random(using: &self)
        ? .amount(Money(fen: Int64.random(in: 1...max(1, total / 4), using: &self)))
        : .part(
          Ratio(millionths: Int64.random(in: 10_000...300_000, using: &self)),
          of: one(of: LendingMeasure.allCases))
      return Cited(
        AggregateTerms(
          id: id, scope: one(of: AggregateScope.allCases),
          period: one(of: AggregatePeriod.allCases), level: level), Citation(article: "7"))
    }
    var clauses = AggregateClauses()
    if Bool.random(using: &self) { clauses.limits = [terms("a"), terms("b")] }
    if Bool.random(using: &self) { clauses.stopLosses = [terms("c")] }
    var rates: [Ratio] = []
    if Bool.random(using: &self) || clauses.isEmpty {
      rates = [.percent(5), .percent(12)]
      clauses.claimRate = Cited(
        ClaimRateTerms(
          one(of: ClaimRateTerms.Numerator.allCases), of: one(of: LendingMeasure.allCases),
          scope: one(of: AggregateScope.allCases), period: one(of: AggregatePeriod.allCases),
          beyond: one(of: ClaimRateTerms.Beyond.allCases)), Citation(article: "6"))
    }
    let sharings = (0...rates.count).map { step in
      SharingTerms(
        payers: fund.payers.map { payer in
          var payer = payer
          if payer.party == .fund, step > 0 { payer.share = .percent(Int64(10 * step)) }
          return payer
        }, rounding: fund.rounding)
    }
    let steps = PlannedAggregates.Steps(rates: rates, sharings: sharings)
    return PlannedAggregates(
      book: AggregateBook(clauses.rules, bankCount: draft.bankCount),
      years: (0..<draft.horizon).map {
        .init(calendar: 2024 + $0 / 12, ofLoans: 1 + $0 / 12, ofClaims: 1 + ($0 + 1) / 12)
      }, steps: [steps, steps, steps], idleSets: [])
  }
}
