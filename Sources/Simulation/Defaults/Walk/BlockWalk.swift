import RandomStreams

/// The walk of many trials side by side, cell by cell: for portfolios that lie far from the processor.
///
/// Trial by trial, a walk through a million loans reads the entries and claims of a few loans in every
/// hundred from memory, and hardly finds a line again. Here a block of trials goes through a cell together,
/// and what belongs to the cell is near while it is asked for. Which points a trial comes to, and what they
/// come to, is the same to the bit: a trial keeps its words, its points and its place on the line from cell
/// to cell.
///
/// A class, because what it hands on is added to its owner's funds meanwhile.
final class BlockWalk {
  /// How many trials a block holds.
  static let trialCount = 128
  /// From how many candidates on it pays: of the time trial by trial it takes 1.25 at 100,000 loans,
  /// 1.0 at 200,000, 0.95 at 400,000 and 0.65 at a million, as measured.
  static let leastCandidates = 300_000
  /// About so many defaults at a time are handed on.
  private static let listLength = 4_096
  private static let stride = HazardPoints.capacity + 1

  private let walk: DefaultWalk
  private let tables: DrawTables
  private let memory: WorkingMemory
  private let factors: [FactorPath]
  private var points: [HazardPoints] = []
  private let places: UnsafeMutableBufferPointer<Double>
  private let courses: UnsafeMutableBufferPointer<Course>
  /// Shape `[trial × cells + cell]`.
  private let rates: UnsafeMutableBufferPointer<DefaultWalk.CellRate>
  private let doubts: UnsafeMutableBufferPointer<DefaultWalk.Doubt>
  /// The defaults of a cell that are yet to be handed on.
  private let list: CellDefaults
  /// All that each trial came to.
  let trials: UnsafeMutableBufferPointer<ListedTrial>

  /// Where a trial stands.
  private struct Course: BitwiseCopyable {
    /// Its next point, and how many there are.
    var next = 0
    var pointCount = 0
    /// Where the cell begins.
    var start = 0.0
    let shifts: UnsafeMutablePointer<Double>
    let scales: UnsafeMutablePointer<Double>
  }

  init(plan: SimulationPlan, tables: DrawTables, in memory: WorkingMemory) {
    let walk = plan.defaults.walk
    self.walk = walk
    self.tables = tables
    self.memory = memory
    let periods = plan.defaults.periodCount
    factors = (0..<Self.trialCount).map { _ in
      FactorPath(model: plan.defaults.factors, periodCount: periods, in: memory)
    }
    courses = memory.table(
      of: factors.map {
        Course(
          shifts: $0.shifts.baseAddress.unsafelyUnwrapped,
          scales: $0.scales.baseAddress.unsafelyUnwrapped)
      })
    places = memory.table(0, count: Self.trialCount * Self.stride)
    rates = memory.table(DefaultWalk.CellRate(), count: Self.trialCount * walk.cells.count)
    let length = Self.listLength + walk.longestCell + 1
    doubts = memory.table(DefaultWalk.Doubt(), count: length)
    list = CellDefaults(length: length, in: memory)
    trials = memory.table(
      of: (0..<Self.trialCount).map { _ in
        ListedTrial(periodEnds: memory.table(0, count: periods))
      })
  }

  /// Walks trials, and hands their defaults on.
  ///
  /// - Parameters:
  ///   - range: The trials, at most `trialCount`.
  ///   - body: Takes so many defaults of one cell, and their period.
  func walk(
    _ range: Range<Int>, seed: UInt64, arguments: ClassArguments,
    _ body: (_ list: CellDefaults, _ count: Int, _ period: Int) -> Void
  ) {
    begin(range, seed: seed, arguments: arguments)
    for period in 0..<walk.firstCells.count - 1 {
      for cell in Int(walk.firstCells[period])..<Int(walk.firstCells[period + 1]) {
        pass(cell, trialCount: range.count, arguments) { body(list, $0, period) }
      }
      for index in 0..<range.count { trials[index].endPeriod(period) }
    }
  }

  /// Draws the factors of the trials, and what follows from them.
  private func begin(_ range: Range<Int>, seed: UInt64, arguments: ClassArguments) {
    let law = HazardLaw(walk, tables.hazard)
    points.removeAll(keepingCapacity: true)
    for (index, trial) in range.enumerated() {
      factors[index].draw(seed: seed, trial: trial, tables: tables)
      let cells = index * walk.cells.count..<(index + 1) * walk.cells.count
      let total = walk.findRates(
        law, factors[index], arguments, into: .init(rebasing: rates[cells]))
      points.append(
        HazardPoints(
          DrawKey(seed: seed, trial: UInt64(trial), purpose: .defaults).sequence(),
          places: .init(rebasing: places[index * Self.stride..<(index + 1) * Self.stride]),
          total: total))
      courses[index].next = 0
      courses[index].pointCount = 0
      courses[index].start = 0
      trials[index].begin(trial)
    }
  }

  /// Takes all trials through a cell.
  @inline(__always)
  private func pass(
    _ index: Int, trialCount: Int, _ arguments: ClassArguments, _ body: (Int) -> Void
  ) {
    let cell = walk.cells[index]
    let surelyBelow = arguments.surelyBelow[index]
    let (cellCount, factor) = (walk.cells.count, Int(cell.factorIndex))
    var (count, doubtCount) = (0, 0)
    for trial in 0..<trialCount {
      let rate = rates[trial &* cellCount &+ index]
      let course = courses[trial]
      let place = trial &* Self.stride &+ course.next
      if places[place] - course.start < rate.reach || course.next == course.pointCount {
        let open = OpenCell(
          index, of: cell, fineSlots: rate.fineSlots,
          isSure: course.shifts[factor] <= surelyBelow)
        let before = count
        find(open, reach: rate.reach, trial: trial, &count, &doubtCount)
        trials[trial].reserve(count &- before, in: memory)
      }
      courses[trial].start += rate.reach
      if count >= Self.listLength || trial == trialCount &- 1 {
        settle(doubtCount, of: count, in: cell, arguments)
        body(count)
        (count, doubtCount) = (0, 0)
      }
    }
  }

  /// Lists the points of a trial in a cell: as `DefaultWalk` does for one trial.
  @inline(__always)
  private func find(
    _ cell: OpenCell, reach: Double, trial: Int, _ count: inout Int, _ doubtCount: inout Int
  ) {
    let (list, doubts, leastKept) = (list, doubts, walk.leastKept)
    let places = places.baseAddress.unsafelyUnwrapped + trial &* Self.stride
    var (next, start, lastNumber) = (courses[trial].next, courses[trial].start, -1)
    while true {
      while places[next] - start < reach {
        let ahead = places[next] - start
        let inside = ahead > 0 ? ahead : 0
        let address = cell.address(of: inside)
        let number = Int(truncatingIfNeeded: address &>> 16)
        list.places[count].number = UInt32(truncatingIfNeeded: number)
        list.trials[count] = UInt32(truncatingIfNeeded: trial)
        doubts[doubtCount] = DefaultWalk.Doubt(
          place: Int32(truncatingIfNeeded: count), cell: Int32(truncatingIfNeeded: cell.index),
          ahead: inside)
        let isFirst = number != lastNumber ? 1 : 0
        lastNumber = number
        doubtCount &+=
          cell.isDoubtful(address, leastKept.span[unchecked: number]) ? isFirst : 0
        count &+= isFirst
        next &+= 1
      }
      guard next == courses[trial].pointCount else { break }
      points[trial].drawOn(from: start, tables.exponential)
      courses[trial].pointCount = points[trial].count
      (start, next) = (0, 0)
    }
    courses[trial].start = start
    courses[trial].next = next
  }

  /// Settles the doubts of a list, and notes its numbers with their trials.
  private func settle(
    _ doubtCount: Int, of count: Int, in cell: DefaultWalk.Cell, _ arguments: ClassArguments
  ) {
    let (law, list, trials) = (HazardLaw(walk, tables.hazard), list, trials)
    let (classes, nobody) = (walk.classes, walk.nobody)
    for index in 0..<doubtCount {
      let doubt = doubts[index]
      let place = Int(doubt.place)
      let trial = Int(list.trials[place])
      let entry = Int(list.places[place].number)
      let own =
        walk.hazardShare
        * law.hazard(
          of: arguments.ofClasses.span[unchecked: Int(classes.span[unchecked: entry])],
          scale: courses[trial].scales[Int(cell.period)],
          shift: courses[trial].shifts[Int(cell.factorIndex)])
      let kept = doubt.mask(
        within: own, of: rates[trial &* walk.cells.count &+ Int(doubt.cell)])
      let bits = UInt32(truncatingIfNeeded: kept)
      list.places[place].number = UInt32(truncatingIfNeeded: entry) & bits | nobody & ~bits
      trials[trial].dropped &+= 1 &+ Int(truncatingIfNeeded: kept)
    }
    for place in 0..<count {
      trials[Int(list.trials[place])].append(list.places[place].number)
    }
  }
}
