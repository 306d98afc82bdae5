import RandomStreams

/// Tables that every trial of a run reads. Those that no model changes are made once a program; a run
/// holds them all the same, because a global table would be checked for initialisation at every draw.
struct DrawTables: Sendable {
  let exponential = Standard.exponential
  let hazard = Standard.hazard
  let cumulative = Standard.cumulative
  let normal = Standard.normal
  /// The quantiles of W/ν or G; `nil` where the dependence has none.
  private(set) var mixing: QuantileTable?

  /// The tables of standard laws: no run has others, so they are made once a process.
  enum Standard {
    static let exponential = ExponentialTables()
    static let hazard = HazardTable()
    static let cumulative = NormalCumulativeTable()
    static let normal = QuantileTable.standardNormal()
  }

  init(dependence: Dependence) {
    mixing = Self.mixing(of: dependence, isTabulated: true)
  }

  /// These tables for another dependence and a few trials: mixing variables are not tabulated.
  func forFewTrials(of dependence: Dependence) -> DrawTables {
    var tables = self
    tables.mixing = Self.mixing(of: dependence, isTabulated: false)
    return tables
  }

  private static func mixing(of dependence: Dependence, isTabulated: Bool) -> QuantileTable? {
    switch dependence {
    case .studentT(let degrees): .chiSquareOverDegrees(degrees, isTabulated: isTabulated)
    case .gamma(let variance): .gamma(variance: variance, isTabulated: isTabulated)
    case .independent, .gaussian: nil
    }
  }
}

/// The draws of one trial's walk, and the memory of which loans have failed in it.
struct WalkDraws {
  /// The trial's words.
  private(set) var sequence: SplitMix64
  let tables: DrawTables
  /// What the walk makes of classes and cells: as the portfolio was laid out, unless the trial's
  /// parameters differ.
  var arguments: ClassArguments
  /// What the trial's factors make of each cell, shape `[cells]`.
  let rates: UnsafeMutableBufferPointer<DefaultWalk.CellRate>
  /// Some points of a trial, shape `[HazardPoints.capacity + 1]`.
  let points: UnsafeMutableBufferPointer<Double>
  /// The points of a trial that thinning has yet to judge, shape `[loans + 1]`.
  let doubts: UnsafeMutableBufferPointer<DefaultWalk.Doubt>
  /// For each loan the stamp of the last trial in which it defaulted, shape `[loans]`.
  let lastDefaultTrial: UnsafeMutableBufferPointer<UInt32>
  private(set) var trialStamp: UInt32 = 0

  init(tables: DrawTables, walk: DefaultWalk, loanCount: Int, in memory: WorkingMemory) {
    self.tables = tables
    arguments = walk.arguments
    sequence = DrawKey(seed: 0, trial: 0, purpose: .defaults).sequence()
    rates = memory.table(DefaultWalk.CellRate(), count: walk.cells.count)
    points = memory.table(0, count: HazardPoints.capacity + 1)
    doubts = memory.table(DefaultWalk.Doubt(), count: loanCount + 1)
    lastDefaultTrial = memory.table(0, count: loanCount)
  }

  /// Goes to the draws of a trial, which depend on nothing but seed and trial.
  mutating func begin(seed: UInt64, trial: Int) {
    sequence = DrawKey(seed: seed, trial: UInt64(trial), purpose: .defaults).sequence()
    trialStamp = UInt32(trial) + 1
  }

  /// Notes that a loan defaults; `false` if it has done so before in this trial.
  @inline(__always)
  func noteDefault(of loan: Int32) -> Bool {
    guard lastDefaultTrial[Int(loan)] != trialStamp else { return false }
    lastDefaultTrial[Int(loan)] = trialStamp
    return true
  }
}

/// The factors of one trial, by period and sector, in a thread's `WorkingMemory`.
struct FactorPath {
  /// √ρ/√(1−ρ)·X, shape `[period × sectors + sector]`.
  let shifts: UnsafeMutableBufferPointer<Double>
  /// X itself, same shape.
  let normals: UnsafeMutableBufferPointer<Double>
  /// √(W/ν) (Student t) or G (gamma), shape `[period]`.
  let scales: UnsafeMutableBufferPointer<Double>
  let model: FactorModel
  let loadings: [Double]
  let periodCount: Int

  init(model: FactorModel, periodCount: Int, in memory: WorkingMemory) {
    self.model = model
    self.periodCount = periodCount
    let sectors = model.assetCorrelations.count
    shifts = memory.table(0, count: periodCount * sectors)
    normals = memory.table(0, count: periodCount * sectors)
    scales = memory.table(1, count: periodCount)
    loadings = model.assetCorrelations.map { ($0 / (1 - $0)).squareRoot() }
  }

  /// Draws the factors of a trial.
  ///
  /// X of sector k is √c·X₀ + √(1−c)·Yₖ; X₀ and every Yₖ follow X′ = φX + √(1−φ²)ε from their
  /// stationary law. A draw's index is its period and the identity of its sector, or its place in
  /// (X₀, Y₁, Y₂, …), so that scenarios with other loans, sectors or probabilities share the factors.
  ///
  /// - Parameters:
  ///   - drawn: The trial's parameters; `nil` where all trials have those of the plan.
  ///   - moved: What is added to the innovations of a rare trial; `nil` in all others.
  func draw(
    seed: UInt64, trial: Int, tables: DrawTables, under drawn: TrialParameters? = nil,
    moved: Innovations? = nil
  ) {
    let persistence = drawn?.persistence ?? model.persistence
    let known = drawn == nil ? model.known : drawn?.known
    let key = DrawKey(seed: seed, trial: UInt64(trial), purpose: .systematicFactor)
    let course = known.flatMap { Course($0, key, tables, moved) }
    switch model.dependence {
    case .independent: return
    case .gamma, .studentT:
      drawScales(
        DrawKey(seed: seed, trial: UInt64(trial), purpose: .mixing), tables, known, course, moved)
    case .gaussian: break
    }
    if case .gamma = model.dependence { return }
    let sectors = model.assetCorrelations.count
    let common = model.sectorCorrelation.squareRoot()
    let own = (1 - model.sectorCorrelation).squareRoot()
    let shock = (1 - persistence * persistence).squareRoot()
    // A single sector has X₀ alone; place 0 is X₀, place k + 1 is Yₖ.
    for place in 0...(sectors == 1 ? 0 : sectors) {
      // 4096 places a period: more sectors than a scenario may have.
      let isNamed = place > 0 && !model.sectorIdentities.isEmpty
      let address = isNamed ? model.sectorIdentities[place - 1] : UInt64(place)
      var value = 0.0
      for period in 0..<periodCount {
        let word = key.word(at: address &+ UInt64(period) << 12)
        var draw = tables.normal.value(at: UniformDraw.unit(from: word))
        if let moved { draw = moved.normal(draw, period: period, place: place) }
        value = period == 0 ? draw : persistence * value + shock * draw
        if let law = known?.law(of: period, place: place) { value = law.value(at: draw) }
        if let course, let factor = course.factor(period, place) { value = factor }
        if sectors == 1 {
          normals[period] = value
        } else if place == 0 {
          for sector in 0..<sectors { normals[period * sectors + sector] = common * value }
        } else {
          normals[period * sectors + place - 1] += own * value
        }
      }
    }
    if let drawn { load(drawn.loadings) } else { load(loadings) }
  }

  /// Makes shifts of the factors.
  @inline(__always)
  private func load(_ loadings: [Double]) {
    let sectors = model.assetCorrelations.count
    for index in normals.indices { shifts[index] = loadings[index % sectors] * normals[index] }
  }

  private func drawScales(
    _ key: DrawKey, _ tables: DrawTables, _ known: KnownPeriod?, _ course: Course?,
    _ moved: Innovations?
  ) {
    guard let mixing = tables.mixing else { return }
    var isRoot = false
    if case .studentT = model.dependence { isRoot = true }
    for period in 0..<periodCount {
      var unit = UniformDraw.unit(from: key.word(at: UInt64(period)))
      if let moved {
        unit = normalCumulative(moved.scale(tables.normal.value(at: unit), period: period))
      }
      if !isRoot, let law = known?.law(of: period, place: 0) {
        unit = normalCumulative(law.value(at: tables.normal.value(at: unit)))
      }
      let value = mixing.value(at: unit)
      scales[period] = isRoot ? value.squareRoot() : value
      if isRoot, let scale = course?.scale(period) { scales[period] = scale }
    }
  }

  /// The path of known factors that a trial follows.
  private struct Course {
    private let paths: KnownPeriod.Paths
    private let number: Int

    /// - Returns: `nil` where no paths are known.
    init?(
      _ known: KnownPeriod, _ key: DrawKey, _ tables: DrawTables, _ moved: Innovations?
    ) {
      guard let paths = known.paths else { return nil }
      self.paths = paths
      var unit = UniformDraw.unit(from: key.word(at: UInt64(known.period) << 12))
      if let moved {
        let draw = tables.normal.value(at: unit)
        unit = normalCumulative(moved.normal(draw, period: known.period, place: 0))
      }
      number = paths.number(at: unit)
    }

    func factor(_ period: Int, _ place: Int) -> Double? {
      paths.factor(ofPath: number, period: period, place: place)
    }

    func scale(_ period: Int) -> Double? { paths.scale(ofPath: number, period: period) }
  }
}
