import CompensationKernel
import FundCore
import Simulation
import TestSupport
import Testing

/// Funds that are filled up: worked by hand, and the laws of what they need.
@Suite struct FillUpTests {
  /// From July 2024: a loss of 600 yuan in month 2, of 900 in month 9, of 500 in month 20.
  private static var draft: ScenarioDraft {
    var draft = ScenarioDraft(
      horizon: 24,
      loans: [.failing(in: 2, 60_000), .failing(in: 9, 90_000), .failing(in: 20, 50_000)])
    draft.firstMonth = CivilMonth(ordinal: 2024 * 12 + 6)
    return draft
  }

  private static func figures(
    _ rule: FillUpRule?, opening: Money = .yuan(1_000)
  ) -> (given: [Int64], closing: Int64, unpaid: Int64, needed: Int64) {
    var fund = FundDraft.of(share: .one, opening: opening)
    fund.fillUp = rule
    let result = draft.run(fund, trials: 1)
    let years = result.columns.filter {
      if case .calendarYear = $0.scope { true } else { false }
    }
    return (
      years.map { result.column($0)[0] }, result.column(.closing)[0], result.column(.unpaid)[0],
      result.column(.neededCapital)[0]
    )
  }

  /// Month 2 leaves 400; January 2025 (month 6) gives 600; month 9 leaves 100; January 2026 (month 18)
  /// gives 900; month 20 leaves 500. The first 600 have to be there from the start; all else is filled up.
  @Test func `every January the balance is raised to the amount`() {
    let found = Self.figures(FillUpRule(to: .yuan(1_000), at: .yearStart))
    #expect(found.given == [0, 60_000, 90_000])
    #expect(found.closing == 50_000)
    #expect(found.unpaid == 0)
    #expect(found.needed == 60_000)
  }

  /// A quarter begins in the months 3, 6, 9, …: what was lost before is made good, and April 2025 (month 9)
  /// comes before the loss of its month.
  @Test func `quarters and months begin before their claims`() {
    let quarters = Self.figures(FillUpRule(to: .yuan(1_000), at: .quarterStart))
    #expect(quarters.given == [60_000, 90_000, 50_000])
    #expect(quarters.closing == 100_000)
    let months = Self.figures(FillUpRule(to: .yuan(800), at: .month), opening: .yuan(600))
    // Month 1 gives 200, month 3 the 600 that were paid; 900 are owed in month 9, and 800 are there.
    #expect(months.given == [80_000, 80_000, 50_000])
    #expect(months.unpaid == 10_000)
  }

  /// Of 600 that are short 350 may be given in 2025 and 200 are left of 550 for 2026.
  @Test func `limits of a year and in all bind`() {
    let rule = FillUpRule(
      to: .yuan(1_000), at: .yearStart, atMostAYear: .yuan(350), inAll: .yuan(550))
    let found = Self.figures(rule)
    #expect(found.given == [0, 35_000, 20_000])
    // 750 meet the 900 of month 9, and 200 the 500 of month 20.
    #expect(found.unpaid == 15_000 + 30_000)
    // With 1 650 the first January finds 1 050 and gives nothing, the second finds 150 and gives 350: 500.
    // With less than 1 600 the first gives what the second lacks: 450 at most are then there.
    #expect(found.needed == 165_000)
    #expect(Self.figures(rule, opening: Money(fen: found.needed)).unpaid == 0)
    #expect(Self.figures(rule, opening: Money(fen: found.needed - 1)).unpaid == 1)
  }

  /// Any kind of fund, the pool of two accounts and accounts by bank too: run with what a trial needs nothing
  /// goes unpaid in it, with a fen less something does. The fund of a trial is exhausted exactly if it needs
  /// more than it has.
  @Test(arguments: 0..<UInt64(Chance.trials(30, long: 1_000)))
  func `what a fund needs is the smallest amount that leaves nothing unpaid`(seed: UInt64) {
    var words = SeededWords(seed: 8_800 + seed)
    let draft = words.scenario()
    var fund = words.anyFund(for: draft)
    fund.fillUp = words.fillUp(of: fund)
    // Where a ratio counts what was paid, a fund that ran dry suspends nobody: what is owed hangs on it.
    fund.thresholds.removeAll {
      $0.numerator == .compensationPaid || $0.numerator == .compensationNet
    }
    let trials = 6
    let result = draft.run(fund, trials: trials, seed: seed)
    let needed = result.column(.neededCapital)
    for (month, need) in zip(result.column(.exhaustionMonth), needed) {
      #expect((month >= 0) == (need > fund.opening.fen))
    }
    for trial in 0..<trials where needed[trial] > 0 && needed[trial] < 1 << 50 {
      for (amount, lasts) in [(needed[trial], true), (needed[trial] - 1, false)] {
        var other = fund
        other.opening = Money(fen: amount)
        let month = draft.run(other, trials: trials, seed: seed).column(.exhaustionMonth)[trial]
        #expect((month < 0) == lasts, "trial \(trial): \(amount)")
      }
    }
  }

  /// Where it holds more, a fund that is filled up never holds less afterwards, and was given no more.
  @Test func `filling up keeps the order of balances`() {
    var words = SeededWords(seed: 81)
    for _ in 0..<2_000 {
      let draft = FundDraft.of(share: .one, opening: .yuan(Int64.random(in: 1...90, using: &words)))
      let rule = words.fillUp(of: draft)
      var (more, less) = (
        rule.allowances(under: .single, partition: [])[0],
        rule.allowances(under: .single, partition: [])[0]
      )
      var low = FundAccount(paying: Money(fen: Int64.random(in: 0...9_000, using: &words)))
      var high = FundAccount(
        paying: low.paying + Money(fen: Int64.random(in: 0...9_000, using: &words)))
      for step in 0..<8 {
        if step % 3 == 0 {
          more.beginYear()
          less.beginYear()
        }
        _ = more.fill(&high)
        _ = less.fill(&low)
        #expect(high.paying >= low.paying)
        #expect(more.given.paying <= less.given.paying)
        let paid = min(low.paying, Money(fen: Int64.random(in: 0...4_000, using: &words)))
        high.paying -= paid
        low.paying -= paid
      }
    }
  }

  @Test func `a fund that is filled up without limit needs what lies before the first filling`() {
    let found = Self.figures(FillUpRule(to: .yuan(2_000), at: .yearStart), opening: .yuan(600))
    #expect(found.needed == 60_000)
    #expect(Self.figures(nil).needed == 200_000)
  }
}
