import FundCore
import LossStatistics
import RandomStreams
import TestSupport
import Testing

@testable import Simulation

/// A run that ends when it is enough.
@Suite struct RunLookTests {
  private static func plan(trials: Int) -> SimulationPlan {
    var words = SeededWords(seed: 91)
    let draft = words.scenario(loanCount: 30)
    return draft.plan(
      (0..<2).map { _ in words.anyFund(for: draft).plan(for: draft) }, trials: trials)
  }

  private static func expect(_ found: SimulationResult, like other: SimulationResult) {
    #expect(found.trialCount == other.trialCount && found.frame == other.frame)
    for fund in other.funds.indices {
      for column in other.funds[fund].columns {
        #expect(found.funds[fund].column(column) == other.funds[fund].column(column))
      }
      #expect(found.sums(fund: fund) == other.sums(fund: fund))
    }
  }

  @Test func `looks double, and the last is the end`() {
    #expect(StoppingRule.looks(upTo: 20_000) == [4_096, 8_192, 16_384, 20_000])
    #expect(StoppingRule.looks(upTo: 4_096) == [4_096])
    #expect(StoppingRule.looks(upTo: 10) == [10])
    // Pocock's constant for two looks: 2.178 in place of 1.96.
    let wide = StoppingRule.interval(Interval(low: 8.04, high: 11.96), around: 10)
    #expect(abs(wide.high - 12.178) < 1e-4 && abs(wide.low - 7.822) < 1e-4)
  }

  /// The run that ends at a look is that of as many trials, whether it is kept in order or not.
  @Test(arguments: [1, 3])
  func `a run that ends at a look is the run of as many trials`(threads: Int) {
    let plan = Self.plan(trials: 60)
    let shorter = simulate(Self.plan(trials: 20), threads: 1)
    let looks = RunLooks<SimulationResult>(after: [10, 20, 40, 60]) { $0.trialCount >= 20 }
    let found = plan.simulated(
      looks: looks, threads: threads, journal: nil, control: RunControl())
    Self.expect(found, like: shorter)
    var simulation = UnorderedSimulation(plan, reportedFunds: 2)
    simulation.pieceCount = 7
    let unordered = simulation.run(
      0..<60, threads: threads, control: RunControl(),
      looks: RunLooks(after: [10, 20, 40, 60]) { $0.trialCount >= 20 })
    #expect(unordered.trialCount == 20 && unordered.frame == shorter.frame)
    #expect(unordered.sums(fund: 1) == shorter.sums(fund: 1))
  }

  @Test func `a run that is never enough is the whole run`() {
    let plan = Self.plan(trials: 50)
    let looks = RunLooks<SimulationResult>(after: [10, 20, 40, 50]) { _ in false }
    let found = plan.simulated(looks: looks, threads: 2, journal: nil, control: RunControl())
    Self.expect(found, like: simulate(plan, threads: 1))
  }

  @Test func `a longer run goes on from a shorter one`() {
    let shorter = simulate(Self.plan(trials: 23), threads: 1)
    let plan = Self.plan(trials: 61)
    let found = plan.continued(from: shorter, threads: 2, control: RunControl())
    Self.expect(found, like: simulate(plan, threads: 1))
  }

  /// Runs that end when half of the interval of a mean is small enough hold the truth in 95 % of 600 cases; by
  /// chance alone in 91.5 to 98.5 % (3.9 errors, one alarm in ten thousand). Half of them are within a few per cent of the
  /// bound at a look, where chance decides when they end.
  @Test func `intervals at a stop hold the truth`() {
    var held = 0
    for run in 0..<600 {
      var words = SeededWords(seed: UInt64(run))
      // Of 64 trials first: a mean of 1, exponential. Ends where 2.178 ÷ √n · s ≤ wanted · mean.
      let wanted =
        2.178 / (64 * Double([1, 2, 4][run % 3]) * (run % 2 == 0 ? 1 : 0.7)).squareRoot()
      var values: [Int64] = []
      var interval = Interval(low: 0, high: 0)
      for count in [64, 128, 256, 512, 1_024] {
        while values.count < count {
          values.append(Int64(-1e6 * logarithm(Double(words.next() >> 11) * 0x1p-53 + 0x1p-54)))
        }
        let mean = LossSample(values).mean
        guard let own = mean.interval95 else { continue }
        interval = StoppingRule.interval(own, around: mean.value)
        if (interval.high - interval.low) / 2 <= wanted * mean.value { break }
      }
      if (interval.low...interval.high).contains(1e6) { held += 1 }
    }
    #expect((0.915...0.985).contains(Double(held) / 600), "\(held)")
  }
}
