import RandomStreams

/// The model of a run under each draw of its parameters, worked out before the first trial: a trial
/// then costs what it costs without draws.
///
/// Which loans stand in a cell is fixed by the plan's own parameters. A draw changes the arguments of
/// the classes, the envelope of each cell (the largest of its classes), the loadings on the factors,
/// their persistence and the law of recoveries: O(classes + cells) a draw.
///
/// A class, because the threads of a run share it; nothing changes after it has been made.
final class DrawnModel: @unchecked Sendable {
  /// The walk, with bounds of thinning that hold under the draws.
  let walk: DefaultWalk
  private let draws: ParameterDraws
  private let classes: RiskClasses
  /// Where a draw's numbers stand in the tables; −1 for one that no trial of the run has.
  private let slots: [Int32]
  private let cellArguments: UnsafeMutableBufferPointer<Double>
  private let surelyBelow: UnsafeMutableBufferPointer<Double>
  private let classArguments: UnsafeMutableBufferPointer<Double>
  private let classOfEntry: UnsafeMutableBufferPointer<Int32>
  private let loadings: UnsafeMutableBufferPointer<Double>
  private let persistences: [Double]
  private let recoveries: DrawnRecoveries?
  private let memory = WorkingMemory()

  /// - Parameters:
  ///   - plan: The plan of the run.
  ///   - trials: The trials that will be run.
  /// - Returns: `nil` for a plan whose parameters are known.
  init?(_ plan: SimulationPlan, trials: some Sequence<Int>) {
    guard let draws = plan.parameterDraws else { return nil }
    self.draws = draws
    let model = plan.defaults
    let classes = RiskClasses(of: model, loans: plan.portfolio.loans)
    let used = Self.used(draws, trials)
    slots = used.slots
    let wanted = used.places.map { draws.draws[$0] }
    let correlations = wanted.map { draw in
      model.factors.assetCorrelations.map { draw.assetCorrelation ?? $0 }
    }
    persistences = wanted.map { $0.persistence ?? model.factors.persistence }
    loadings = memory.table(of: correlations.flatMap { $0.map { ($0 / (1 - $0)).squareRoot() } })
    classOfEntry = memory.table(of: classes.ofEntry)
    let (classCount, cellCount) = (classes.classes.count, model.walk.cells.count)
    let arguments = memory.table(0.0, count: wanted.count * classCount)
    let envelopes = memory.table(0.0, count: wanted.count * cellCount)
    for (slot, draw) in wanted.enumerated() {
      var factors = model.factors
      factors.assetCorrelations = correlations[slot]
      var argumentOf = ArgumentCache(factors: factors)
      for (number, item) in classes.classes.enumerated() {
        arguments[slot * classCount + number] = argumentOf.argument(
          of: item.probability(draw.moves), sector: Int(item.sector))
      }
      for cell in 0..<cellCount {
        var largest = -Double.infinity
        for item in classes.inCell(cell) {
          largest = max(largest, arguments[slot * classCount + Int(item)])
        }
        envelopes[slot * cellCount + cell] = largest
      }
    }
    surelyBelow = memory.table(.infinity, count: envelopes.count)
    walk = DrawnThinning(
      classes: classes, arguments: arguments, envelopes: envelopes, loadings: loadings
    ).bounded(model, surelyBelow)
    (classArguments, cellArguments, self.classes) = (arguments, envelopes, classes)
    recoveries = DrawnRecoveries(wanted, plan.recovery)
  }

  /// Which draws the trials have, and where each stands among them; −1 for those that none has.
  private static func used(
    _ draws: ParameterDraws, _ trials: some Sequence<Int>
  ) -> (slots: [Int32], places: [Int]) {
    var slots = [Int32](repeating: -1, count: draws.count)
    var places: [Int] = []
    for trial in trials {
      guard places.count < draws.count else { break }
      let place = draws.place(ofTrial: trial)
      guard slots[place] < 0 else { continue }
      slots[place] = Int32(places.count)
      places.append(place)
    }
    return (slots, places)
  }

  /// The parameters of a trial.
  func parameters(ofTrial trial: Int) -> TrialParameters {
    let slot = Int(slots[draws.place(ofTrial: trial)])
    let (cells, count) = (walk.cells.count, classes.classes.count)
    let sectors = loadings.count / persistences.count
    return TrialParameters(
      cells: UnsafeBufferPointer(rebasing: cellArguments[slot * cells..<(slot + 1) * cells]),
      surelyBelow: UnsafeBufferPointer(rebasing: surelyBelow[slot * cells..<(slot + 1) * cells]),
      classes: UnsafeBufferPointer(rebasing: classArguments[slot * count..<(slot + 1) * count]),
      classOfEntry: UnsafeBufferPointer(classOfEntry),
      loadings: UnsafeBufferPointer(rebasing: loadings[slot * sectors..<(slot + 1) * sectors]),
      persistence: persistences[slot], recovery: recoveries?.part(slot))
  }
}
