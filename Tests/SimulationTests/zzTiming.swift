import CompensationKernel
import Testing
import Simulation
import FundCore
@Test func `dig`() {
  for seed in UInt64(0)..<80 {
    var words = SeededWords(seed: 7_000 + seed)
    let draft = words.scenario()
    let funds = (0..<3).map { _ in words.fund(for: draft) }
    let r = draft.run(funds, trials: 12, seed: seed)
    let defaults = TrialDefaults(draft, trials: 12, seed: seed)
    for (k, f) in funds.enumerated() {
      var l = Ledger(draft, f)
      for i in 0..<12 { let a = LedgerOutcome(r.funds[k], trial: i), b = l.run(defaults.events[i])
        if a != b { print("DIG", seed, k, i); for t in f.thresholds { print("   T", t.numerator, t.denominator, t.watched, t.effect) }; break }
      }
    }
  }
}
