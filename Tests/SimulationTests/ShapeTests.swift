import FundCore
import LossStatistics
import Simulation
import TestSupport
import Testing

/// Curves and histograms against the figures that they belong to.
@Suite struct ShapeTests {
  @Test(arguments: 0..<8)
  func `curve, histogram and intervals agree with the other estimates`(seed: UInt64) throws {
    var words = SeededWords(seed: 8_800 + seed)
    let draft = words.scenario()
    let fund = words.fund(for: draft)
    let trials = 200
    let result = draft.run([fund], trials: trials, seed: seed)
    let estimates = try #require(RiskEstimates(result)).funds[0]
    let curve = estimates.survivalBySize
    // A fund lasts exactly when its initial amount reaches what the trial needs.
    let own = curve.first { $0.initial == fund.opening }
    #expect(own?.survival.successes == estimates.survival.last?.successes)
    let needed = result.funds[0].column(.neededCapital)
    for point in curve {
      #expect(point.survival.successes == needed.count { $0 <= point.initial.fen })
    }
    #expect(curve.map(\.initial) == Set(curve.map(\.initial)).sorted())
    #expect(curve.count <= 64)

    let histogram = estimates.compensationHistogram
    let paid = result.funds[0].column(.compensation)
    #expect(histogram.none.successes == paid.count { $0 == 0 })
    for (place, range) in histogram.ranges.enumerated() {
      let low = Int64(histogram.start * 100) + Int64(place) * Int64(histogram.width * 100)
      let high = low + Int64(histogram.width * 100)
      #expect(range.successes == paid.count { $0 >= low && $0 < high })
    }
    let counted = histogram.ranges.reduce(histogram.beyond.successes) { $0 + $1.successes }
    #expect(counted == trials)

    for month in estimates.timeline {
      for (value, interval) in zip(month.balance, month.balanceIntervals) {
        #expect(interval.low <= value && value <= interval.high)
      }
    }
  }
}
