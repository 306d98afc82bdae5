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
    let trials = 12
    let (figures, defaults) = draft.observe(funds, trials: trials, seed: seed)
    for (fund, result) in zip(funds, figures) {
      var ledger = Ledger(draft, fund)
      let found = (0..<trials).map { LedgerOutcome(result, trial: $0) }
      let expected = defaults.map { ledger.run($0) }
      let firstWrong = zip(found, expected).first { $0 != $1 }
      #expect(firstWrong == nil, "found, expected")
      #expect(
        result.column(.defaults) == defaults.map { Int64($0.filter { $0 != nil }.count) })
      #expect(result.unbalancedTrials == 0)
      #expect(result.undividedTrials == 0)
    }
  }
}
