import Simulation
import Testing

/// The engine against a ledger that was written from MODEL.md alone: the same defaults, every
/// figure of every trial, to the fen.
@Suite struct LedgerTests {
  @Test(arguments: 0..<60)
  func `the engine and a naive ledger agree on every trial of a random scenario`(seed: UInt64) {
    var words = SeededWords(seed: 7_000 + seed)
    let draft = words.scenario()
    let funds = (0..<3).map { _ in words.fund(for: draft) }
    let trials = 12
    let result = draft.run(funds, trials: trials, seed: seed)
    let defaults = TrialDefaults(draft, trials: trials, seed: seed)
    for (fund, figures) in zip(funds, result.funds) {
      var ledger = Ledger(draft, fund)
      for trial in 0..<trials {
        #expect(LedgerOutcome(figures, trial: trial) == ledger.run(defaults.events[trial]))
        #expect(
          figures.column(.defaults)[trial]
            == Int64(defaults.events[trial].filter { $0 != nil }.count))
      }
      #expect(figures.unbalancedTrials == 0)
      #expect(figures.undividedTrials == 0)
    }
  }
}
