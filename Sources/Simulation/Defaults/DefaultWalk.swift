import RandomStreams

/// From assessment to failing assessment, skipping all that are passed.
///
/// **A cell** holds the assessments of one factor period, one stretch of equal stress, one sector and
/// one width (months of the period in which an entry is assessed). They lie side by side as slots on a
/// line. A slot with conditional probability q fails exactly when a Poisson process of rate
/// λ = −ln(1 − q) has a point in it, so the next failure lies one exponential draw further on. **The
/// carried hazard**: what is left of a draw at the end of a cell goes on into the next cell, whose rate is another;
/// a cell without failures costs no draw.
///
/// **The envelope**: entries with unlike probabilities share a cell whose rate λ is that of the
/// largest. Within a slot the place of a point is uniform, and what lies in one part of the slot
/// does not depend on the rest. Slot i counts the points in its first λᵢ / λ only, which are a
/// process with λᵢ expected points: thinning without a draw of its own. Points of loans that failed
/// before in the trial are dropped; where loans are assessed once, those are points in the slot of
/// the last default. Both are exact, and cost only where points fall.
///
/// **The earliest month**: a loan defaults at its earliest assessment that fails, and the walk takes the
/// first point that it finds. So a loan's assessments lie on the line in the order of their months: the
/// periods one after the other, in a period the stretches of equal stress, which alone divide a loan's
/// months of a period into several runs, and in a run its months. In one cell a loan has one run.
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

  /// A point that thinning has yet to judge.
  struct Doubt: BitwiseCopyable {
    /// Its place among the trial's defaults, and its cell.
    var event: Int32 = 0
    var cell: Int32 = 0
    /// The hazard from the start of the cell.
    var ahead = 0.0
  }

  let cells: [Cell]
  private(set) var entries: [Entry]
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
    func key(_ item: Assessment) -> (Int, Int16, Int16, Int16) {
      // Stretches before sectors and widths: a loan's runs in the order of their months.
      (
        Int(item.firstMonth) / factors.periodMonths, item.stretch, item.sector, item.monthCount
      )
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

  /// The entries of a cell.
  func entries(of cell: Int) -> Range<Int> {
    Int(cells[cell].firstEntry)..<(cell + 1 < cells.count ? Int(cells[cell + 1].firstEntry) : entries.count)
  }

  /// Says anew how much of an entry's slot is kept for certain.
  mutating func setLeastKept(of entry: Int, to part: UInt16) { entries[entry].leastKept = part }

  /// Walks one trial and adds its defaults, without order inside a period.
  func walk(
    factors: borrowing FactorPath, draws: borrowing WalkDraws, into defaults: inout TrialDefaults
  ) {
    let law = HazardLaw(self, draws.tables.hazard)
    let arguments = draws.parameters.cells
    // The rates first, in a pass of their own: nothing in it waits for a guess about the points.
    var total = 0.0
    for index in cells.indices {
      let cell = cells.span[unchecked: index]
      let rate = hazardShare * law.hazard(of: arguments[index], in: cell, factors)
      let reach = rate * cell.slotCount
      draws.rates[index] = CellRate(
        rate: rate, reach: reach, fineSlots: 65_536 * (1 - 0x1p-50) / rate)
      total += reach
    }
    defaults.count =
      repeatsLoans
      ? findDefaultsInTurn(law, factors, draws, total, defaults.events)
      : findDefaults(law, factors, draws, total, defaults.events)
  }

  /// Finds the defaults where a loan is assessed once.
  ///
  /// Nothing that a point decides is a branch: a default is written in any case, and counted or not;
  /// so is a doubt, which thinning settles later.
  private func findDefaults(
    _ law: HazardLaw, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws,
    _ total: Double, _ events: UnsafeMutableBufferPointer<DefaultEvent>
  ) -> Int {
    let doubts = draws.doubts
    var (count, doubtCount, lastNumber) = (0, 0, -1)
    forEachPoint(factors, draws, total: total) { cell, ahead in
      let place = wholePartBelow(ahead * cell.fineSlots)
      // A place below a cell's slot count is one of its slots, hence one of the entries.
      let number = cell.firstEntry &+ place &>> 16
      let entry = entries.span[unchecked: number]
      events[count].loan = entry.loan
      events[count].month = entry.firstMonth
      doubts[doubtCount] = Doubt(
        event: Int32(truncatingIfNeeded: count), cell: Int32(truncatingIfNeeded: cell.index),
        ahead: ahead)
      // Of the points of a slot the first counts or none: thinning keeps a slot's first part.
      let isFirst = number != lastNumber ? 1 : 0
      lastNumber = number
      doubtCount &+= cell.isDoubtful(place, entry) ? isFirst : 0
      count &+= isFirst
    }
    // Backwards: what lies behind a doubtful default is settled, and the last of it can take the place
    // of one that is dropped.
    for index in stride(from: doubtCount &- 1, through: 0, by: -1) {
      let doubt = doubts[index]
      let isKept = isKept(ahead: doubt.ahead, cell: Int(doubt.cell), law, factors, draws)
      events[Int(doubt.event)] = events[isKept ? Int(doubt.event) : count &- 1]
      count &-= isKept ? 0 : 1
    }
    return count
  }

  /// Finds the defaults where a loan is assessed again and again: what was decided on the points before
  /// has to be known.
  private func findDefaultsInTurn(
    _ law: HazardLaw, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws,
    _ total: Double, _ events: UnsafeMutableBufferPointer<DefaultEvent>
  ) -> Int {
    var count = 0
    forEachPoint(factors, draws, total: total) { cell, ahead in
      let place = wholePartBelow(ahead * cell.fineSlots)
      let (number, offset) = Self.entry(of: place &>> 16, width: cell.width)
      let entry = entries.span[unchecked: cell.firstEntry &+ number]
      guard
        !cell.isDoubtful(place, entry)
          || isKept(ahead: ahead, cell: cell.index, law, factors, draws),
        draws.noteDefault(of: entry.loan)
      else { return }
      events[count].loan = entry.loan
      events[count].month = entry.firstMonth &+ Int16(truncatingIfNeeded: offset)
      count &+= 1
    }
    return count
  }

  /// Goes from point to point through all cells.
  ///
  /// - Parameter body: Takes a cell and how far into it the point lies, in hazard.
  @inline(__always)
  private func forEachPoint(
    _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws, total: Double,
    _ body: (_ cell: OpenCell, _ ahead: Double) -> Void
  ) {
    var points = HazardPoints(draws, total: total)
    // Local copies, which the compiler keeps close.
    let (places, rates, bounds) = (draws.points, draws.rates, draws.parameters.surelyBelow)
    var next = 0
    var start = 0.0
    for index in cells.indices {
      let reach = rates[index].reach
      if places[next] - start < reach || next == points.count {
        let cell = OpenCell(
          index, of: self, fineSlots: rates[index].fineSlots, surelyBelow: bounds[index], factors)
        while true {
          while places[next] - start < reach {
            // Sums are rounded: a point may lie a little before the cell.
            let ahead = places[next] - start
            body(cell, ahead > 0 ? ahead : 0)
            next &+= 1
          }
          guard next == points.count else { break }
          points.drawOn(from: start)
          (start, next) = (0, 0)
        }
      }
      start += reach
    }
  }

  /// Whether a point lies in the part of its slot that belongs to the slot's own rate.
  @inline(__always)
  private func isKept(
    ahead: Double, cell index: Int, _ law: HazardLaw, _ factors: borrowing FactorPath,
    _ draws: borrowing WalkDraws
  ) -> Bool {
    let cell = cells.span[unchecked: index]
    let rate = draws.rates[index]
    let fine = ahead * rate.fineSlots
    let slot = wholePartBelow(fine) &>> 16
    let number = Int(cell.firstEntry) &+ Self.entry(of: slot, width: Int(cell.width)).number
    return (fine * 0x1p-16 - Double(slot)) * rate.rate
      < hazardShare * law.hazard(of: draws.parameters.argument(ofEntry: number), in: cell, factors)
  }

  /// The number of the entry of a cell that holds a slot, and the months from the entry's first.
  @inline(__always)
  private static func entry(of slot: Int, width: Int) -> (number: Int, offset: Int) {
    guard width > 1 else { return (slot, 0) }
    let (whole, rest) = UInt32(truncatingIfNeeded: slot)
      .quotientAndRemainder(dividingBy: UInt32(truncatingIfNeeded: width))
    return (Int(whole), Int(rest))
  }
}

/// A cell with points in it, in one trial.
private struct OpenCell {
  let index: Int
  let firstEntry: Int
  let width: Int
  let fineSlots: Double
  /// Lifts a place above every `leastKept` where that says nothing.
  private let lift: Int

  @inline(__always)
  init(
    _ index: Int, of walk: borrowing DefaultWalk, fineSlots: Double, surelyBelow: Double,
    _ factors: borrowing FactorPath
  ) {
    let cell = walk.cells.span[unchecked: index]
    self.index = index
    self.fineSlots = fineSlots
    firstEntry = Int(cell.firstEntry)
    width = Int(cell.width)
    lift = factors.shifts[Int(cell.factorIndex)] <= surelyBelow ? 0 : 65_536
  }

  /// Whether thinning has to judge a point in a slot of an entry.
  @inline(__always)
  func isDoubtful(_ place: Int, _ entry: DefaultWalk.Entry) -> Bool {
    place & 65_535 | lift >= Int(entry.leastKept)
  }
}
