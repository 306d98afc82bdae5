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

  /// One assessment, or a run of them of one probability. Eight bytes, because most points find their
  /// entry outside the first cache.
  struct Entry: Sendable {
    var loan: Int32
    var firstMonth: Int16
    /// At least this part of a slot counts while the shift is at most the cell's `surelyBelow`, in
    /// 1/65536, rounded down.
    var leastKept: UInt16
  }

  /// What a cell's factor makes of it in one trial.
  struct CellRate: BitwiseCopyable {
    /// The rate of a slot, and the hazard of all slots of the cell together.
    var rate = 0.0
    var reach = 0.0
    /// Slots a unit of hazard, in 1/65536. Short by 2⁻⁵⁰ of itself, so that a hazard below `reach`
    /// never leads beyond the last slot.
    var fineSlots = 0.0
  }

  let cells: [Cell]
  let entries: [Entry]
  /// The argument of each entry, as `Cell.argument`.
  let arguments: [Double]
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
    var arguments: [Double] = []
    var argumentOf = ArgumentCache(factors: factors)
    let thinning = ThinningBounds(factors: factors)
    for (entry, index) in order.enumerated() {
      let item = assessments[index]
      let argument = argumentOf.argument(of: item.probability, sector: Int(item.sector))
      arguments.append(argument)
      entries.append(Entry(loan: item.loan, firstMonth: item.firstMonth, leastKept: 0))
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
    self.arguments = arguments
  }

  /// Walks one trial and adds its defaults, by period, without order inside a period.
  func walk(
    factors: borrowing FactorPath, draws: borrowing WalkDraws, into defaults: inout TrialDefaults
  ) {
    let law = HazardLaw(self, draws.tables.hazard)
    // The rates first, in a pass of their own: nothing in it waits for a guess about the points.
    for index in cells.indices {
      let cell = cells.span[unchecked: index]
      let rate = hazardShare * law.hazard(of: cell.argument, in: cell, factors)
      draws.rates[index] = CellRate(
        rate: rate, reach: rate * cell.slotCount, fineSlots: 65_536 * (1 - 0x1p-50) / rate)
    }
    // Compiled for either timing: questions that have one answer in it drop out.
    if repeatsLoans {
      visitCells(law, factors, draws, into: &defaults, repeatsLoans: true)
    } else {
      visitCells(law, factors, draws, into: &defaults, repeatsLoans: false)
    }
  }

  /// Goes from point to point through all cells.
  @inline(__always)
  private func visitCells(
    _ law: HazardLaw, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws,
    into defaults: inout TrialDefaults, repeatsLoans: Bool
  ) {
    // Local copies, which the compiler keeps close.
    var (words, count) = (draws.sequence, 0)
    let (exponential, events, rates) = (draws.tables.exponential, defaults.events, draws.rates)
    // The hazard from the start of the cell to the next point.
    var ahead = words.nextExponential(exponential)
    for index in cells.indices {
      let reach = rates[index].reach
      guard ahead < reach else {
        ahead -= reach
        continue
      }
      let cell = cells.span[unchecked: index]
      let fineSlots = rates[index].fineSlots
      // Lifts a place above every `leastKept` where that says nothing.
      let doubt = factors.shifts[Int(cell.factorIndex)] <= cell.surelyBelow ? 0 : 65_536
      var lastSlot = -1
      while ahead < reach {
        let fine = ahead * fineSlots
        let place = wholePartBelow(fine)
        let slot = place &>> 16
        let (number, offset) =
          repeatsLoans ? entry(of: slot, in: cell) : (Int(cell.firstEntry) &+ slot, 0)
        // A place below a cell's slot count is one of its slots, hence one of the entries.
        let entry = entries.span[unchecked: number]
        if _fastPath(place & 65_535 | doubt < Int(entry.leastKept))
          || (fine * 0x1p-16 - Double(slot)) * rates[index].rate
            < hazardShare * law.ownHazard(of: arguments[number], in: cell, factors),
          repeatsLoans ? draws.noteDefault(of: entry.loan) : slot != lastSlot
        {
          events[count].loan = entry.loan
          events[count].month = entry.firstMonth &+ Int16(truncatingIfNeeded: offset)
          count &+= 1
          lastSlot = slot
        }
        ahead += words.nextExponential(exponential)
      }
      ahead -= reach
    }
    defaults.count = count
  }

  /// The number of the entry that holds a slot, and the months from the entry's first.
  @inline(__always)
  private func entry(of slot: Int, in cell: Cell) -> (number: Int, offset: Int) {
    guard cell.width > 1 else { return (Int(cell.firstEntry) &+ slot, 0) }
    let (whole, rest) = UInt32(truncatingIfNeeded: slot)
      .quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: cell.width))
    return (Int(cell.firstEntry) &+ Int(whole), Int(rest))
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
    of argument: Double, in cell: DefaultWalk.Cell, _ factors: borrowing FactorPath
  ) -> Double {
    hazard(of: argument, in: cell, factors)
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
