import FundCore
import Simulation

/// Everything that a run says of a fund, to be compared to the last bit.
struct RunFigures: Equatable {
  let columns: [[Int64]]
  let breaches: [[Int16]]
  let balances: [Money]
  let flows: [Double]
  let ratiosAtBreach: [Double?]
  let counts: [Int]
  let outside: OutsideEstimates

  /// - Parameter thresholds: How many of the fund's thresholds count; all if `nil`.
  init(_ result: FundResult, horizon: Int, thresholds: Int? = nil) {
    columns = result.columns.map { result.column($0) }
    let watched = 0..<(thresholds ?? result.plan.thresholds.count)
    let places = watched.flatMap { threshold in
      result.watchedBanks.indices.map { (threshold, slot: $0) }
    }
    breaches =
      places.map { result.firstBreaches(threshold: $0, slot: $1) }
      + watched.map { result.firstBreaches(threshold: $0, slot: nil) }
    balances = (0..<horizon).map {
      result.balanceQuantile(month: $0, millionths: [10_000, 500_000, 990_000][$0 % 3])
    }
    flows = (0..<horizon).flatMap { month in
      let flow = result.meanFlows(month: month)
      return [flow.paid, flow.returned]
    }
    ratiosAtBreach = places.flatMap { threshold, slot in
      let ratio = result.meanRatioAtBreach(threshold: threshold, slot: slot)
      return [ratio?.part, ratio?.whole]
    }
    outside = result.outsideCover
    counts = [
      result.claimsAfterHorizon, result.recoveriesAfterHorizon, result.unbalancedTrials,
      result.undividedTrials,
    ]
  }
}
