import RandomStreams

/// The parameters of one trial, for the walk, the factors and the recoveries.
struct TrialParameters: Sendable {
  /// What the walk makes of classes and cells.
  var arguments: ClassArguments
  /// √ρ/√(1−ρ) of each sector.
  let loadings: [Double]
  /// The autocorrelation of the factors.
  let persistence: Double
  /// What is known of the factors of a period that began before the run.
  let known: KnownPeriod?
  /// The law of the part that is recovered; `nil` for that of the plan.
  let recovery: RecoveryModel.Part?
}

/// The model of a run under each draw of its parameters, worked out before the first trial: a trial
/// then costs what it costs without draws.
///
/// Which loans stand in a cell is fixed by the plan's own parameters. A draw changes the arguments of
/// the classes, the envelope of each cell (the largest of its classes), the loadings on the factors,
/// their persistence and the law of recoveries: O(classes + cells) a draw.
struct DrawnModel: Sendable {
  /// The walk, with bounds of thinning that hold under the draws.
  let walk: DefaultWalk
  private let draws: ParameterDraws
  /// Where a draw stands among those that the trials have; −1 for one that none has.
  private let slots: [Int32]
  private let parameters: [TrialParameters]

  /// - Parameters:
  ///   - plan: The plan of the run.
  ///   - trials: The trials that will be run.
  /// - Returns: `nil` for a plan whose parameters are known.
  init?(_ plan: SimulationPlan, trials: some Sequence<Int>) {
    guard let draws = plan.parameterDraws else { return nil }
    self.draws = draws
    let used = Self.used(draws, trials)
    slots = used.slots
    let wanted = used.places.map { draws.draws[$0] }
    let model = plan.defaults
    let recoveries = DrawnRecoveries(wanted, among: draws.draws, plan.recovery)
    let cells = CellClasses(of: model)
    let arguments = DrawnArguments(model)
    var all = wanted.enumerated().map { slot, draw in
      let factors = model.factors.under(draw)
      let ofClasses = arguments.all(under: draw, factors)
      return TrialParameters(
        arguments: ClassArguments(
          ofClasses: ofClasses, ofCells: cells.largest(of: ofClasses), surelyBelow: []),
        loadings: factors.assetCorrelations.map { ($0 / (1 - $0)).squareRoot() },
        persistence: factors.persistence, known: factors.known, recovery: recoveries?.part(slot))
    }
    walk = DrawnThinning(model, cells).bounded(&all)
    parameters = all
  }

  /// The parameters of a trial.
  func parameters(ofTrial trial: Int) -> TrialParameters {
    parameters[Int(slots[draws.place(ofTrial: trial)])]
  }

  /// Which draws the trials have, and where each stands among them.
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
}

/// Which classes stand in the cells of a walk, each once a cell.
struct CellClasses {
  /// The classes of cell c are those from `starts[c]` up to `starts[c + 1]` in `numbers`.
  private var starts: [Int] = [0]
  private var numbers: [Int32] = []

  init(of model: DefaultModel) {
    let walk = model.walk
    var lastCell = [Int](repeating: -1, count: model.classes.count)
    for cell in walk.cells.indices {
      for entry in walk.entries(of: cell) where lastCell[Int(walk.classes[entry])] != cell {
        lastCell[Int(walk.classes[entry])] = cell
        numbers.append(walk.classes[entry])
      }
      starts.append(numbers.count)
    }
  }

  /// How many classes all cells have.
  var count: Int { numbers.count }

  /// The classes of a cell.
  func inCell(_ cell: Int) -> ArraySlice<Int32> { numbers[starts[cell]..<starts[cell + 1]] }

  /// The largest argument of each cell.
  func largest(of arguments: [Double]) -> [Double] {
    (0..<starts.count - 1).map { cell in
      var largest = -Double.infinity
      for number in starts[cell]..<starts[cell + 1] {
        largest = max(largest, arguments[Int(numbers[number])])
      }
      return largest
    }
  }
}

extension FactorModel {
  /// The factors under a draw of the parameters.
  public func under(_ draw: ParameterDraws.Draw) -> FactorModel {
    var factors = self
    if let correlation = draw.assetCorrelation {
      factors.assetCorrelations = factors.assetCorrelations.map { _ in correlation }
    }
    if let persistence = draw.persistence { factors.persistence = persistence }
    if let known = draw.known { factors.known = known }
    return factors
  }
}
