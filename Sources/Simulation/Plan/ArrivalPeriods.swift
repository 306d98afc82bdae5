/// What the months of a period's defaults alone tell of their claims and recoveries: so many periods from
/// the start, for one fund.
struct ArrivalPeriods {
  /// Those whose claims fall within the horizon, and into the months that the programme covers.
  let plain: Int
  /// Those whose recoveries all come within the horizon.
  let timely: Int
  /// Those of which some may: all recoveries of later ones come too late.
  let possible: Int
  /// Those whose recoveries have to be drawn.
  let drawn: Int

  init(fund: FundPlan, simulation: SimulationPlan) {
    let (horizon, lag) = (simulation.horizon, simulation.recovery.lag)
    let count = simulation.defaults.periodCount
    let factors = simulation.defaults.factors
    let (length, before) = (factors.periodMonths, factors.monthsBefore)
    let delay = fund.claims.delay
    /// The periods from the start of which something holds; it does not begin again.
    func periods(where holds: (_ first: Int, _ last: Int) -> Bool) -> Int {
      (0..<count).prefix {
        holds(max(0, $0 * length - before), min(horizon, ($0 + 1) * length - before) - 1)
      }.count
    }
    plain = periods { $1 <= fund.cover.lastDefaultMonth && $1 + delay < horizon }
    timely = periods { $1 + delay + lag.upperBound < horizon }
    possible = periods { first, _ in first + delay + lag.lowerBound < horizon }
    // A claim that waits for its recovery falls due at once where nothing comes.
    drawn = fund.claims.comesAfterRealisation ? count : possible
  }
}
