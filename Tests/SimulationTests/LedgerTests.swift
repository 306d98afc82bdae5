import Simulation
import TestSupport
import Testing

/// The engine against a ledger that was written from MODEL.md alone: the same defaults, every
/// figure of every trial, to the fen.
@Suite struct LedgerTests {
  @Test(arguments: 0..<UInt64(Chance.trials(24, long: 1_000)))
  func `the engine and a naive ledger agree on every trial of a random scenario`(seed: UInt64) {
    var words = SeededWords(seed: 7_000 + seed)
    let draft = words.scenario()
    let funds = (0..<4).map { $0 < 2 ? words.fund(for: draft) : words.plainFund(for: draft) }
    expectAgreement(draft, funds, seed: seed)
  }

  /// What banks do that are suspended or paused (I-46), on the same draws.
  @Test(arguments: 0..<UInt64(Chance.trials(40, long: 2_000)))
  func `a naive ledger agrees where banks stop lending`(seed: UInt64) {
    var words = SeededWords(seed: 8_000 + seed)
    let draft = words.scenario(loanCount: 45)
    let funds = (0..<4).map { index -> FundDraft in
      var fund = index < 2 ? words.fund(for: draft) : words.plainFund(for: draft)
      fund.thresholds = (0..<Int.random(in: 1...3, using: &words)).map {
        words.stoppingThreshold("t\($0)", plain: index >= 2)
      }
      return fund
    }
    expectAgreement(draft, funds, seed: seed)
  }

  /// A fund that is filled up, on the same draws.
  @Test(arguments: 0..<UInt64(Chance.trials(40, long: 2_000)))
  func `a naive ledger agrees where the fund is filled up`(seed: UInt64) {
    var words = SeededWords(seed: 8_500 + seed)
    let draft = words.scenario()
    let funds = (0..<4).map { index -> FundDraft in
      var fund = index < 2 ? words.fund(for: draft) : words.plainFund(for: draft)
      fund.fillUp = words.fillUp(of: fund)
      return fund
    }
    expectAgreement(draft, funds, seed: seed)
  }

  private func expectAgreement(_ draft: ScenarioDraft, _ funds: [FundDraft], seed: UInt64) {
    let trials = 12
    let (figures, defaults) = draft.observe(funds, trials: trials, seed: seed)
    for (fund, result) in zip(funds, figures) {
      var ledger = Ledger(draft, fund)
      let found = (0..<trials).map { LedgerOutcome(result, trial: $0) }
      let expected = defaults.map { ledger.run($0) }
      let firstWrong = zip(found, expected).first { $0 != $1 }
      #expect(firstWrong == nil, "found, expected")
      #expect(result.unbalancedTrials == 0)
      #expect(result.undividedTrials == 0)
    }
  }
}
