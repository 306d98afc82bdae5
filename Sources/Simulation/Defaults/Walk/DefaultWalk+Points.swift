import RandomStreams

// A trial's walk: the rates of the cells, the points on them, and what each point comes to.
extension DefaultWalk {
  /// Walks one trial and lists its defaults, without order inside a period.
  func walk(
    factors: borrowing FactorPath, draws: borrowing WalkDraws, into defaults: TrialDefaults
  ) {
    let law = HazardLaw(self, draws.tables.hazard)
    // In a pass of their own: nothing in it waits for a guess about the points.
    let total = findRates(law, factors, draws.arguments, into: draws.rates)
    if repeatsLoans {
      findDefaultsInTurn(law, factors, draws, total, defaults)
    } else {
      findDefaults(law, factors, draws, total, defaults)
    }
  }

  /// Finds what the factors of a trial make of the cells; returns the hazard of all.
  @inline(__always)
  func findRates(
    _ law: HazardLaw, _ factors: borrowing FactorPath, _ arguments: borrowing ClassArguments,
    into rates: UnsafeMutableBufferPointer<CellRate>
  ) -> Double {
    var total = 0.0
    let arguments = arguments.ofCells.span
    for index in cells.indices {
      let cell = cells.span[unchecked: index]
      let rate = hazardShare * law.hazard(of: arguments[unchecked: index], in: cell, factors)
      let reach = rate * cell.slotCount
      rates[index] = CellRate(
        rate: rate, reach: reach, fineSlots: 65_536 * (1 - 0x1p-50) / rate)
      total += reach
    }
    return total
  }

  /// Finds the defaults where a loan is assessed once.
  ///
  /// Nothing that a point decides is a branch: a default is written in any case, and counted or not;
  /// so is a doubt, which thinning settles later. Nobody stands in the place of what it drops.
  private func findDefaults(
    _ law: HazardLaw, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws,
    _ total: Double, _ defaults: TrialDefaults
  ) {
    let (places, ends, doubts) = (defaults.places, defaults.periodEnds, draws.doubts)
    var (count, doubtCount, lastNumber) = (0, 0, -1)
    forEachPoint(factors, draws, total: total) { cell, ahead in
      // A place below a cell's slot count is one of its slots, hence one of the entries.
      let address = cell.address(of: ahead)
      let number = Int(truncatingIfNeeded: address &>> 16)
      places[count].number = UInt32(truncatingIfNeeded: number)
      doubts[doubtCount] = Doubt(
        place: Int32(truncatingIfNeeded: count), cell: Int32(truncatingIfNeeded: cell.index),
        ahead: ahead)
      // Of the points of a slot the first counts or none: thinning keeps a slot's first part.
      let isFirst = number != lastNumber ? 1 : 0
      lastNumber = number
      doubtCount &+= cell.isDoubtful(address, leastKept.span[unchecked: number]) ? isFirst : 0
      count &+= isFirst
    } endPeriod: { period in
      ends[period] = count
    }
    defaults.placeCount = count
    let nobody = nobody
    for index in 0..<doubtCount {
      let doubt = doubts[index]
      let number = places[Int(doubt.place)].number
      let kept = keptMask(doubt, entry: Int(number), law, factors, draws)
      let bits = UInt32(truncatingIfNeeded: kept)
      places[Int(doubt.place)].number = number & bits | nobody & ~bits
      count &-= 1 &+ Int(truncatingIfNeeded: kept)
    }
    defaults.count = count
  }

  /// Finds the defaults where a loan is assessed again and again: what was decided on the points before
  /// has to be known.
  private func findDefaultsInTurn(
    _ law: HazardLaw, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws,
    _ total: Double, _ defaults: TrialDefaults
  ) {
    let (places, ends) = (defaults.places, defaults.periodEnds)
    var count = 0
    forEachPoint(factors, draws, total: total) { cell, ahead in
      let place = wholePartBelow(ahead * cell.fineSlots)
      let (own, offset) = Self.entry(of: place &>> 16, width: cell.width)
      let number = cell.firstEntry &+ own
      let entry = entries.span[unchecked: number]
      guard
        !cell.isDoubtful(UInt64(truncatingIfNeeded: place), leastKept.span[unchecked: number])
          || keptMask(
            Doubt(cell: Int32(truncatingIfNeeded: cell.index), ahead: ahead), entry: number, law,
            factors, draws) != 0,
        draws.noteDefault(of: entry.loan)
      else { return }
      places[count].number = UInt32(truncatingIfNeeded: entry.loan)
      places[count].month = entry.firstMonth &+ Int16(truncatingIfNeeded: offset)
      count &+= 1
    } endPeriod: { period in
      ends[period] = count
    }
    defaults.placeCount = count
    defaults.count = count
  }

  /// Goes from point to point through all cells, period by period.
  ///
  /// - Parameters:
  ///   - body: Takes a cell and how far into it the point lies, in hazard.
  ///   - endPeriod: Takes each period after its points.
  @inline(__always)
  private func forEachPoint(
    _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws, total: Double,
    _ body: (_ cell: OpenCell, _ ahead: Double) -> Void, endPeriod: (Int) -> Void
  ) {
    var points = HazardPoints(
      draws.sequence, places: draws.points, total: total)
    // Local copies, which the compiler keeps close.
    let (places, rates) = (draws.points, draws.rates)
    let surelyBelow = draws.arguments.surelyBelow.span
    var next = 0
    var start = 0.0
    var index = 0
    for period in 0..<firstCells.count &- 1 {
      let end = Int(firstCells.span[unchecked: period &+ 1])
      while index < end {
        let reach = rates[index].reach
        if places[next] - start < reach || next == points.count {
          let shift = factors.shifts[Int(cells.span[unchecked: index].factorIndex)]
          let cell = OpenCell(
            index, of: cells.span[unchecked: index], fineSlots: rates[index].fineSlots,
            isSure: shift <= surelyBelow[unchecked: index])
          while true {
            while places[next] - start < reach {
              // Sums are rounded: a point may lie a little before the cell.
              let ahead = places[next] - start
              body(cell, ahead > 0 ? ahead : 0)
              next &+= 1
            }
            guard next == points.count else { break }
            points.drawOn(from: start, draws.tables.exponential)
            (start, next) = (0, 0)
          }
        }
        start += reach
        index &+= 1
      }
      endPeriod(period)
    }
  }

  /// All bits if a point lies in the part of its slot that belongs to the slot's own rate, else none.
  @inline(__always)
  private func keptMask(
    _ doubt: Doubt, entry: Int, _ law: HazardLaw, _ factors: borrowing FactorPath,
    _ draws: borrowing WalkDraws
  ) -> Int64 {
    let cell = cells.span[unchecked: Int(doubt.cell)]
    let argument = draws.arguments.ofClasses.span[unchecked: Int(classes.span[unchecked: entry])]
    return doubt.mask(
      within: hazardShare * law.hazard(of: argument, in: cell, factors),
      of: draws.rates[Int(doubt.cell)])
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
struct OpenCell {
  let index: Int
  let firstEntry: Int
  let width: Int
  let fineSlots: Double
  /// What makes an address of a rounded place: the first entry's, less the bits of the number 1.5 · 2⁵².
  private let origin: UInt64
  /// Lifts a place above every `leastKept` where that says nothing.
  private let lift: Int

  @inline(__always)
  init(_ index: Int, of cell: DefaultWalk.Cell, fineSlots: Double, isSure: Bool) {
    self.index = index
    self.fineSlots = fineSlots
    firstEntry = Int(cell.firstEntry)
    width = Int(cell.width)
    origin = UInt64(truncatingIfNeeded: firstEntry) &<< 16 &- 0x1.8p52.bitPattern
    lift = isSure ? 0 : 256
  }

  /// The number of the entry that a hazard from the start of the cell leads to, and the place in its
  /// slot in the lower 16 bits; where an entry has one slot. `wholePartBelow` tells how it rounds.
  @inline(__always)
  func address(of ahead: Double) -> UInt64 {
    (ahead * fineSlots - 0.5 + 0x1.8p52).bitPattern &+ origin
  }

  /// Whether thinning has to judge a point at an address.
  @inline(__always)
  func isDoubtful(_ address: UInt64, _ leastKept: UInt8) -> Bool {
    Int(truncatingIfNeeded: address &>> 8) & 255 | lift >= Int(leastKept)
  }
}
