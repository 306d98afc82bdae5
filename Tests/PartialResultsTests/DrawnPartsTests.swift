import FundCore
import LossStatistics
import Simulation
import TestSupport
import Testing

@testable import PartialResults

/// Parts of a run whose trials share draws of the parameters: a merge knows which trials do.
@Suite struct DrawnPartsTests {
  /// Forty draws of the recoveries: more than a part of three has trials, fewer than the run has.
  private static let plan: SimulationPlan = {
    var plan = SmallRun.plan
    plan.parameterDraws = ParameterDraws(
      (0..<40).map { number in
        ParameterDraws.Draw(
          moves: [], recovery: .init(mean: 0.2 + 0.01 * Double(number), standardDeviation: 0.2))
      })
    return plan
  }()

  @Test(arguments: [1, 3, 20])
  func `parts are as one`(count: Int) throws {
    let folder = try TemporaryFolder()
    let whole = simulate(Self.plan, threads: 2)
    let paths = try (0..<count).map { index in
      let shard = try #require(Shard(index: index, count: count))
      let part = simulate(
        Self.plan, trials: shard.trials(of: SmallRun.trialCount), threads: 1)
      return try folder.write(
        "\(index)",
        bytes: RunIdentity(SmallRun.words.provenance, shard: shard).part(
          of: part, words: SmallRun.words))
    }
    let merged = try MergedParts(paths: paths.reversed(), engine: "1.2.3")
    #expect(merged.frame == whole.frame && whole.groups?.count == 40)
    for fund in 0..<2 {
      #expect(try merged.sums(fund: fund) == whole.sums(fund: fund))
      for column in whole.funds[fund].columns {
        let (one, other) = (
          try merged.values(of: column, fund: fund), whole.values(of: column, fund: fund)
        )
        #expect(one.sorted == other.sorted && one.mean == other.mean, "\(column)")
        #expect(one.quantile(.percent(90)) == other.quantile(.percent(90)), "\(column)")
      }
    }
    for figure in whole.frame.pairedFigures {
      let (one, other) = (
        try merged.differences(of: figure, fund: 1), whole.differences(of: figure, fund: 1)
      )
      #expect(one.sorted == other.sorted && one.mean == other.mean)
    }
  }
}
