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
/// **The envelope**: entries with unlike probabilities share a cell whose rate λ is that of the
/// largest. Within a slot the place of a point is uniform, and what lies in one part of the slot
/// does not depend on the rest. Slot i counts the points in its first λᵢ / λ only, which are a
/// process with λᵢ expected points: thinning without a draw of its own. Points of loans that failed
/// before in the trial are dropped; where loans are assessed once, those are points in the slot of
/// the last default. Both are exact, and cost only where points fall.
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
    var argument: Double
    /// Up to this shift `Entry.leastKept` holds: thinning then seldom needs the entry's own rate. Any
    /// shift in a cell of one probability.
    var surelyBelow: Double
  }

  /// One assessment, or a run of them of one probability.
  struct Entry: Sendable {
    var argument: Double
    var loan: Int32
    var firstMonth: Int16
    /// At least this part of a slot counts while the shift is at most the cell's `surelyBelow`, in
    /// 1/65536, rounded down.
    var leastKept: UInt16
  }

  /// What a cell's factor makes of it in one trial.
  struct CellRate: BitwiseCopyable {
    /// The rate of a slot, and 1 / rate.
    var rate: Double
    var gap: Double
  }

  let cells: [Cell]
  let entries: [Entry]
  /// The part of a hazard that falls on one slot: 1/12 for monthly timing, where a year's hazard is
  /// spread over its months; else 1.
  let hazardShare: Double
  /// Whether a loan may be assessed in several cells.
  let repeatsLoans: Bool
  let dependence: Dependence

  init(assessments: [Assessment], factors: FactorModel, timing: AssessmentTiming) {
    dependence = factors.dependence
    hazardShare = timing == .monthly ? 1.0 / 12 : 1
    repeatsLoans = timing == .monthly
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
    var bounds = CellBounds(hazardShare: hazardShare)
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
            argument: argument, surelyBelow: .infinity))
        bounds.start(with: item)
      }
      cells[cells.count - 1].slotCount += Double(item.monthCount)
      if argument != cells[cells.count - 1].argument {
        cells[cells.count - 1].surelyBelow = thinning.surelyBelow(sector: Int(item.sector))
      }
      entries[entry].leastKept = thinning.leastKept(of: argument, in: cells[cells.count - 1])
    }
    self.cells = cells
    self.entries = entries
  }

  /// Walks one trial and adds its defaults, by period, without order inside a period.
  func walk(
    factors: borrowing FactorPath, draws: WalkDraws, into defaults: inout TrialDefaults
  ) {
    let law = HazardLaw(self, draws.tables.hazard)
    // The rates first, in a pass of their own: nothing in it waits for a guess about the points.
    for index in cells.indices {
      let cell = cells.span[unchecked: index]
      let rate = hazardShare * law.hazard(of: cell.argument, in: cell, factors)
      draws.rates[index] = CellRate(rate: rate, gap: 1 / rate)
    }
    // Local copies, which the compiler keeps close; their state goes with the trial.
    var generator = draws.generator
    let exponential = draws.tables.exponential
    var carried = generator.nextExponential(exponential)
    for index in cells.indices {
      let (rate, gap) = (draws.rates[index].rate, draws.rates[index].gap)
      let cell = cells.span[unchecked: index]
      let reach = rate * cell.slotCount
      guard carried < reach else {
        carried -= reach
        continue
      }
      let isSure = factors.shifts[Int(cell.factorIndex)] <= cell.surelyBelow
      var position = carried * gap
      var lastSlot = -1
      while position < cell.slotCount {
        let (slot, rest) = wholeAndRest(position)
        let (entry, offset) = place(of: slot, in: cell)
        if isSure && rest * 65_536 < Double(entry.leastKept)
          || rest * rate < hazardShare * law.ownHazard(of: entry, in: cell, factors),
          repeatsLoans ? draws.noteDefault(of: entry.loan) : slot != lastSlot
        {
          defaults.add(loan: entry.loan, month: Int(entry.firstMonth) &+ offset)
          lastSlot = slot
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
    // A position below a cell's slot count is one of its slots, hence one of the entries.
    return (entries.span[unchecked: Int(cell.firstEntry) &+ index], offset)
  }
}

/// How an argument becomes a hazard, given the factors of a cell's period.
///
/// Normal factors: Λ(argument · scale − shift), the scale being 1 unless they are mixed (Student
/// t). Otherwise −ln(1 − argument · scale).
private struct HazardLaw {
  private let table: HazardTable
  /// Whether probabilities are reached through Φ, and not directly.
  private let isNormal: Bool

  init(_ walk: DefaultWalk, _ table: HazardTable) {
    self.table = table
    isNormal =
      switch walk.dependence {
      case .gaussian, .studentT: true
      case .gamma, .independent: false
      }
  }

  @inline(__always)
  func hazard(
    of argument: Double, in cell: DefaultWalk.Cell, _ factors: borrowing FactorPath
  ) -> Double {
    let scaled = argument * factors.scales[Int(cell.period)]
    return isNormal
      ? table.hazard(at: scaled - factors.shifts[Int(cell.factorIndex)])
      : Simulation.hazard(ofProbability: scaled)
  }

  /// The hazard of one entry; out of line, because few points ask for it.
  @inline(never)
  func ownHazard(
    of entry: DefaultWalk.Entry, in cell: DefaultWalk.Cell, _ factors: borrowing FactorPath
  ) -> Double {
    hazard(of: entry.argument, in: cell, factors)
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

  private let hazardShare: Double
  private var top = 0.0
  private var waste = 0.0

  init(hazardShare: Double) { self.hazardShare = hazardShare }

  mutating func start(with item: Assessment) {
    top = item.probability
    waste = 0
  }

  /// Whether the points that the envelope would waste so far cost more than another cell.
  mutating func shouldSplit(before item: Assessment) -> Bool {
    guard item.probability < top else { return false }
    // Points that the envelope throws away, and a second look-up for those it keeps.
    let perSlot = (top - item.probability) + item.probability / 2
    waste += perSlot * Double(item.monthCount) * hazardShare * Self.pointCost
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
    guard argument != cell.argument else { return .max }
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
