import LossStatistics
public import Simulation

// Sizes far out.
extension SizeStudy {
  /// From which level on rare trials tell more than plain ones.
  private static let leastLevel = Level.percent(90)

  /// Finds anew, by rare trials, the sizes that too few trials tell. Those that cannot be found so stay as they are.
  ///
  /// - Parameter simulate: Runs the rare trials of a plan; `nil` if they were stopped.
  public mutating func sharpen(
    simulate: (SimulationPlan, RareRequest) throws -> RareTrials?
  ) throws {
    let places = requirements.indices.filter {
      !requirements[$0].size.isReliable && requirements[$0].level >= Self.leastLevel
    }
    guard !places.isEmpty, plan.rareRefusal == nil else { return }
    var plan = plan
    plan.capitalMonths = Set(places.map { requirements[$0].months }).sorted()
    let request = RareRequest(levels: places.map { requirements[$0].level })
    guard let trials = try simulate(plan, request) else { throw StudyStopped() }
    let columns = RareTrials.columns(capitalMonths: plan.capitalMonths)
    let groups = drawCount.map { TrialGroups(count: $0) }
    let held = plan.funds[0].carried?.balance
    for place in places {
      let months = requirements[place].months
      guard
        let column = columns.firstIndex(of: .neededCapitalThrough(months: months)),
        let sample = samples.indices.first(where: { self.months[$0] == months }).map({
          samples[$0]
        })
      else { continue }
      let values = trials.funds[0].columns[column]
      let found = WeightedSample(values, weights: trials.weights, groups: groups)
        .quantile(requirements[place].level)
      guard found.isReliable else { continue }
      requirements[place].size = found
      requirements[place].topUp = held.map { found.less($0) }
      requirements[place].survivors = sample.count(atMost: found.value)
      requirements[place].rareTrials = trials.range.count
    }
  }
}
