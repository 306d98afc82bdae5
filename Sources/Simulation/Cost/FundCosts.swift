import CompensationKernel
import FundCore

/// What a path of one fund does for the fund's cost, where that is reckoned: counts covered principal when thresholds have been
/// judged, and writes the figures when the months have been run.
struct FundCosts {
  private let schedule: CoveredSchedule
  private var covered: CoveredTrial
  private let figures: CostFigures

  /// `nil` where the cost is not reckoned.
  init?(_ terms: FundTerms, in memory: WorkingMemory) {
    guard let schedule = terms.coveredSchedule else { return nil }
    self.schedule = schedule
    covered = CoveredTrial(schedule, terms, in: memory)
    figures = CostFigures(schedule, terms.setup, in: memory)
  }

  /// Counts what stands in a trial, and takes its fees as paid.
  mutating func count(
    _ defaults: TrialDefaults, watch: inout ThresholdWatch, limit: CoverLimit? = nil,
    trial: borrowing TrialContext, into cost: TrialCost
  ) {
    covered.count(defaults, watch: &watch, limit: limit, trial: trial, into: cost)
    cost.fees.pointee = schedule.fees
  }

  /// Writes the figures of a trial that was settled by totals, whose row holds what was paid and came back.
  func write(_ row: TrialRow, _ cost: TrialCost, to place: TrialPlace) {
    var sum: Int128 = 0
    for month in row.outflow.indices {
      sum += schedule.present(row.outflow[month] - row.inflow[month], month: month)
    }
    cost.flows.pointee = sum
    place.table.writeCosts(trial: place.row, figures.of(row.outcome, cost))
  }

  /// Writes the figures of a trial that was settled in order.
  ///
  /// - Parameter outlays: Compensation and fees less what came back, by month.
  func write(
    _ outcome: inout TrialOutcome, _ cost: TrialCost, outlays: UnsafeMutableBufferPointer<Int64>,
    to place: TrialPlace
  ) {
    var sum: Int128 = 0
    for month in outlays.indices { sum += schedule.present(outlays[month], month: month) }
    (cost.flows.pointee, cost.fees.pointee) = (sum, 0)
    let figures = withUnsafePointer(to: outcome) { self.figures.of($0, cost) }
    place.table.writeCosts(trial: place.row, figures)
  }
}

extension CoveredSchedule {
  /// An amount of a month, times the month's discount factor.
  @inline(__always)
  func present(_ fen: Int64, month: Int) -> Int128 {
    Int128(fen) * Int128(loans.factors.factors[month])
  }
}
