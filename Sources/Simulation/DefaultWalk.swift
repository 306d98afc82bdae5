import RandomStreams

/// From assessment to failing assessment, skipping all that are passed.
///
/// **A cell** holds the assessments of one factor period, one sector and one width (months of the
/// period in which an entry is assessed). They lie side by side as slots on a line. A slot with
/// conditional probability q fails exactly when a Poisson process of rate λ = −ln(1 − q) has a
/// point in it, so the next failure lies one exponential draw further on. **The carried hazard**:
/// what is left of a draw at the end of a cell goes on into the next cell, whose rate is another;
/// a cell without failures costs no draw.
///
/// **The envelope**: entries with unlike probabilities share a cell whose rate is that of the
/// largest. A point is then kept with probability λᵢ / λ: thinning, which leaves exactly a process
/// of rate λᵢ in slot i. Points in slots of loans that failed before in the trial are dropped
/// through the same door. Both are exact, and cost only where points fall.
///
/// Work follows defaults: O(cells + points) a trial, whatever the number of loans.
struct DefaultWalk: Sendable {
  /// A cell. `argument` is Φ⁻¹(h) / √(1−ρ) for normal factors (t⁻¹ for Student t), and h
  /// otherwise, of its most probable entry.
  struct Cell: Sendable {
    var firstEntry: Int32
    var width: Int32
    var slotCount: Double
    var factorIndex: Int32
    var period: Int32
    var isMixed: Bool
    var argument: Double
    /// Below this shift `Entry.leastKept` holds: thinning then seldom needs the entry's own rate.
    var surelyBelow: Double
  }

  /// One assessment, or a run of them of one probability.
  struct Entry: Sendable {
    var argument: Double
    var loan: Int32
    var firstMonth: Int16
    /// At least this part of the points is kept while the shift stays below the cell's
    /// `surelyBelow`, in 1/65536, rounded down.
    var leastKept: UInt16
  }

  let cells: [Cell]
  let entries: [Entry]
  /// 12 for monthly timing, where a year's hazard is spread over its months; else 1.
  let hazardDivisor: Double
  let dependence: Dependence

  init(assessments: [Assessment], factors: FactorModel, timing: AssessmentTiming) {
    dependence = factors.dependence
    hazardDivisor = timing == .monthly ? 12 : 1
    let sectorCount = factors.assetCorrelations.count
    func key(_ item: Assessment) -> (Int, Int16, Int16) {
      (Int(item.firstMonth) / factors.periodMonths, item.sector, item.monthCount)
    }
    let order = assessments.indices.sorted { left, right in
      let (first, second) = (assessments[left], assessments[right])
      if key(first) != key(second) { return key(first) < key(second) }
      if first.probability != second.probability { return first.probability > second.probability }
      return left < right
    }
    var cells: [Cell] = []
    var bounds = CellBounds(divisor: hazardDivisor)
    var entries: [Entry] = []
    var argumentOf = ArgumentCache(factors: factors)
    let thinning = ThinningBounds(factors: factors)
    for (entry, index) in order.enumerated() {
      let item = assessments[index]
      let argument = argumentOf.argument(of: item.probability, sector: Int(item.sector))
      entries.append(
        Entry(argument: argument, loan: item.loan, firstMonth: item.firstMonth, leastKept: 0))
      let isFirst = entry == 0 || key(assessments[order[entry - 1]]) != key(item)
      if isFirst || bounds.shouldSplit(before: item) {
        let period = key(item).0
        cells.append(
          Cell(
            firstEntry: Int32(entry), width: Int32(item.monthCount), slotCount: 0,
            factorIndex: Int32(period * sectorCount + Int(item.sector)), period: Int32(period),
            isMixed: false, argument: argument,
            surelyBelow: thinning.surelyBelow(sector: Int(item.sector))))
        bounds.start(with: item)
      }
      cells[cells.count - 1].slotCount += Double(item.monthCount)
      if argument != cells[cells.count - 1].argument { cells[cells.count - 1].isMixed = true }
      entries[entry].leastKept = thinning.leastKept(of: argument, in: cells[cells.count - 1])
    }
    self.cells = cells
    self.entries = entries
  }

  /// Walks one trial and adds its defaults, by period, without order inside a period.
  func walk(
    factors: borrowing FactorPath, draws: WalkDraws, into defaults: inout TrialDefaults
  ) {
    // Local copies, which the compiler keeps close; their state goes with the trial.
    var generator = draws.generator
    var thinning = draws.thinning
    let exponential = draws.tables.exponential
    var carried = generator.nextExponential(exponential)
    for cell in cells {
      let law = CellLaw(cell, factors, isNormal: isNormal, divisor: hazardDivisor)
      let rate = law.hazard(of: cell.argument, draws.tables.hazard)
      guard rate > 0 else { continue }
      let reach = rate * cell.slotCount
      guard carried < reach else {
        carried -= reach
        continue
      }
      let gap = 1 / rate
      var position = carried * gap
      while position < cell.slotCount {
        let (entry, offset) = place(of: Int(position), in: cell)
        if draws.lastDefaultTrial[Int(entry.loan)] != draws.trialStamp,
          !cell.isMixed || keeps(entry, rate: rate, law, &thinning, draws)
        {
          draws.lastDefaultTrial[Int(entry.loan)] = draws.trialStamp
          defaults.add(loan: entry.loan, month: Int(entry.firstMonth) &+ offset)
        }
        position += generator.nextExponential(exponential) * gap
      }
      carried = (position - cell.slotCount) * rate
    }
  }

  /// The entry whose slot holds a point, and the months from the entry's first.
  @inline(__always)
  private func place(of slot: Int, in cell: Cell) -> (entry: Entry, offset: Int) {
    var index = slot
    var offset = 0
    if cell.width > 1 {
      let (whole, rest) = UInt32(truncatingIfNeeded: slot)
        .quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: cell.width))
      index = Int(whole)
      offset = Int(rest)
    }
    return (entries[Int(cell.firstEntry) &+ index], offset)
  }

  /// Thinning: whether a point of the envelope's rate is one of the entry's own.
  @inline(__always)
  private func keeps(
    _ entry: Entry, rate: Double, _ law: CellLaw, _ thinning: inout WordGenerator,
    _ draws: WalkDraws
  ) -> Bool {
    let word = thinning.next()
    if law.keepsSurely(entry, word: word) { return true }
    let own = law.hazard(of: entry.argument, draws.tables.hazard)
    return UniformDraw.unit(from: word) * rate < own
  }

  /// Whether probabilities are reached through Φ, and not directly.
  private var isNormal: Bool {
    switch dependence {
    case .gaussian, .studentT: true
    case .gamma, .independent: false
    }
  }
}

/// How an argument becomes the rate of a slot of one cell, given the factors of its period.
///
/// Normal factors: Λ(argument · scale − shift), the scale being 1 unless they are mixed (Student
/// t). Otherwise −ln(1 − argument · scale).
private struct CellLaw {
  let scale: Double
  let shift: Double
  let isNormal: Bool
  let divisor: Double
  private let isSure: Bool

  @inline(__always)
  init(
    _ cell: DefaultWalk.Cell, _ factors: borrowing FactorPath, isNormal: Bool, divisor: Double
  ) {
    scale = factors.scales[Int(cell.period)]
    shift = factors.shifts[Int(cell.factorIndex)]
    self.isNormal = isNormal
    self.divisor = divisor
    isSure = shift <= cell.surelyBelow
  }

  /// Whether a point is kept whatever the entry's own rate exactly is.
  @inline(__always)
  func keepsSurely(_ entry: DefaultWalk.Entry, word: UInt64) -> Bool {
    isSure && word &>> 48 < UInt64(entry.leastKept)
  }

  @inline(__always)
  func hazard(of argument: Double, _ table: HazardTable) -> Double {
    isNormal
      ? table.hazard(at: argument * scale - shift) / divisor
      : Simulation.hazard(ofProbability: argument * scale) / divisor
  }
}

/// The argument Φ⁻¹(h) / √(1−ρ), t⁻¹(h) / √(1−ρ) or h of a probability, remembered while the
/// probability stays the same.
private struct ArgumentCache {
  let factors: FactorModel
  private var probability = -1.0
  private var quantile = 0.0

  init(factors: FactorModel) { self.factors = factors }

  mutating func argument(of probability: Double, sector: Int) -> Double {
    if probability != self.probability {
      self.probability = probability
      switch factors.dependence {
      case .gaussian: quantile = normalQuantile(probability)
      case .studentT(let degrees):
        quantile = studentTQuantile(probability, degreesOfFreedom: degrees)
      case .gamma, .independent: quantile = probability
      }
    }
    switch factors.dependence {
    case .gaussian, .studentT:
      return quantile / (1 - factors.assetCorrelations[sector]).squareRoot()
    case .gamma, .independent: return quantile
    }
  }
}

/// Decides where one cell ends and the next begins: a cell of its own costs a table look-up each
/// trial, an entry below the envelope costs a thinned point now and then.
private struct CellBounds {
  /// Nanoseconds, measured roughly; they decide speed, never results' distribution.
  private static let cellCost = 8.0
  private static let pointCost = 20.0

  private let divisor: Double
  private var top = 0.0
  private var waste = 0.0

  init(divisor: Double) { self.divisor = divisor }

  mutating func start(with item: Assessment) {
    top = item.probability
    waste = 0
  }

  /// Whether the points that the envelope would waste so far cost more than another cell.
  mutating func shouldSplit(before item: Assessment) -> Bool {
    guard item.probability < top else { return false }
    // Points that the envelope throws away, and a second look-up for those it keeps.
    let perSlot = (top - item.probability) + item.probability / 2
    waste += perSlot * Double(item.monthCount) / divisor * Self.pointCost
    return waste > Self.cellCost
  }
}

/// How many of an entry's points are kept for certain, so that thinning need not look up its rate.
///
/// Λ is log-concave: the ratio of the rates of two arguments falls as the shift grows. What it is
/// at the shift of X = 2 hence holds for all smaller shifts, 98 % of them.
private struct ThinningBounds {
  let factors: FactorModel
  private let table = HazardTable()

  init(factors: FactorModel) { self.factors = factors }

  func surelyBelow(sector: Int) -> Double {
    switch factors.dependence {
    case .gaussian:
      let correlation = factors.assetCorrelations[sector]
      return 2 * (correlation / (1 - correlation)).squareRoot()
    case .independent: return 0
    case .studentT, .gamma: return -.infinity
    }
  }

  func leastKept(of argument: Double, in cell: DefaultWalk.Cell) -> UInt16 {
    let ratio: Double
    switch factors.dependence {
    case .gaussian:
      // Below −6.5 the table's relative error is no longer small against the margin.
      guard argument - cell.surelyBelow > -6.5 else { return 0 }
      ratio =
        table.hazard(at: argument - cell.surelyBelow)
        / table.hazard(at: cell.argument - cell.surelyBelow)
    case .independent:
      ratio = hazard(ofProbability: argument) / hazard(ofProbability: cell.argument)
    case .studentT, .gamma: return 0
    }
    return UInt16(max(0, min(ratio * 65_536 - 2, 65_535)))
  }
}
