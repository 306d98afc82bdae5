import RandomStreams

/// One loan that defaulted in a trial.
struct DefaultEvent: LoanOrdered {
  var loan: Int32
  var month: Int16
  /// Months from the claim to its recovery.
  var lag: Int16 = 0
  /// The part of the loss that is recovered; the uniform draw behind it where the recovery is
  /// loaded on a factor.
  var recovery: Double = 0
}

/// A default in the list of a trial, or nobody's place.
struct DefaultPlace: BitwiseCopyable {
  /// Who defaults, by number among `DefaultWalk.candidates`. Nobody defaults twice in a trial.
  var number: UInt32 = 0
  /// The month; 0 for nobody.
  var month: Int16 = 0
  /// The months from the claim to the recovery. Where that comes too late for every fund, any.
  var lag: Int16 = 0
  /// The part that is recovered, as `DefaultEvent.recovery`; 0 where that comes too late.
  var part = 0.0
}

/// How recoveries are drawn once more.
struct RecoveryRedraw {
  let recovery: RecoveryModel
  let seed: UInt64
  let periods: Int
}

/// Defaults of which there is no list yet.
private struct UnlistedDefaults {
  let trial: ListedTrial
  let redraw: RecoveryRedraw
}

/// The defaults of one trial: a list in the order in which the walk finds them, period by period, and
/// sorted where their order matters.
///
/// Every fund reads the list. Among the places are some of nobody, where thinning dropped a point: nothing
/// is owed there, and nothing counted.
///
/// A class, because a dozen readers a trial are handed it: one word, and not twenty with an array among them.
final class TrialDefaults {
  /// The list, as long as `placeCount`.
  let places: UnsafeMutableBufferPointer<DefaultPlace>
  /// Where each period's places end, shape `[periods]`.
  let periodEnds: UnsafeMutableBufferPointer<Int>
  /// How many places there are, and how many defaults.
  var placeCount = 0
  var count = 0
  /// Who they may be.
  let candidates: CandidateTable

  /// After `order()`: the defaults by month, and by portfolio order within a month.
  let ordered: UnsafeMutableBufferPointer<DefaultEvent>
  /// After `order()`: where each month's defaults begin, shape `[horizon + 1]`.
  let offsets: UnsafeMutableBufferPointer<Int>
  /// The trial as a block of them left it, while there is no list yet, or one without parts and lags.
  private var unlisted: UnlistedDefaults?
  /// The trial's place in such a block.
  private(set) var blockIndex: Int?
  private var hasList = false
  private var isDealt = false
  /// Which months are sorted, once dealt.
  private let isOrdered: UnsafeMutableBufferPointer<Bool>
  private let cursors: UnsafeMutableBufferPointer<Int>
  private let sort: LoanSort

  init(
    candidates: CandidateTable, periodCount: Int, horizon: Int, in memory: WorkingMemory
  ) {
    self.candidates = candidates
    // With nobody one more than can default: the walk writes one that it does not count.
    places = memory.room(count: candidates.count)
    periodEnds = memory.table(0, count: periodCount)
    ordered = memory.room(count: candidates.count)
    offsets = memory.table(0, count: horizon + 1)
    isOrdered = memory.table(false, count: horizon)
    cursors = memory.table(0, count: horizon + 1)
    sort = LoanSort(
      loanCount: candidates.loanCount, mostPlaces: candidates.count, in: memory)
  }

  /// Forgets the trial before.
  func reset() {
    placeCount = 0
    count = 0
    isDealt = false
    (unlisted, blockIndex) = (nil, nil)
  }

  /// Takes over a trial of a block that went from cell to cell together. Its list is made when somebody
  /// asks for it, which is seldom.
  func take(_ trial: ListedTrial, at index: Int, _ redraw: RecoveryRedraw) {
    reset()
    hasList = false
    placeCount = trial.count
    count = trial.count - trial.dropped
    _ = periodEnds.update(fromContentsOf: trial.periodEnds)
    unlisted = UnlistedDefaults(trial: trial, redraw: redraw)
    blockIndex = index
  }

  /// Makes the list, if that has not been done; parts and lags are not drawn yet.
  func makeList() {
    guard let unlisted, !hasList else { return }
    hasList = true
    for place in 0..<placeCount { places[place].number = unlisted.trial.numbers[place] }
    noteMonths()
  }

  /// Draws what the list lacks.
  private func completeList() {
    guard let unlisted else { return }
    self.unlisted = nil
    let places = places
    // One look at each candidate, where there is no list yet.
    if !hasList {
      hasList = true
      for place in 0..<placeCount { places[place].number = unlisted.trial.numbers[place] }
    }
    let words = DrawKey(
      seed: unlisted.redraw.seed, trial: UInt64(unlisted.trial.trial), purpose: .recovery
    ).sequence()
    unlisted.redraw.recovery.draw(
      for: self, ofPeriods: unlisted.redraw.periods, words: words
    ) { place, candidate in
      places[place].month = candidate.month
    }
  }

  /// Notes the months of defaults whose candidates tell them.
  func noteMonths() {
    let places = places
    let candidates = candidates.items
    for place in 0..<placeCount {
      places[place].month = candidates[Int(places[place].number)].month
    }
  }

  /// How many places the defaults of so many periods from the start have.
  @inline(__always)
  func placeCount(ofPeriods periods: Int) -> Int { periods > 0 ? periodEnds[periods &- 1] : 0 }

  /// The places of the defaults of a period.
  @inline(__always)
  func places(ofPeriod period: Int) -> Range<Int> {
    Range(uncheckedBounds: (placeCount(ofPeriods: period), periodEnds[period]))
  }

  /// The number that stands for nobody.
  @inline(__always)
  var nobody: UInt32 { UInt32(truncatingIfNeeded: candidates.count &- 1) }

  /// The loan at a place.
  @inline(__always)
  func loan(at place: Int) -> Int32 { candidates.items[Int(places[place].number)].loan }

  /// The default at a place where there is one.
  @inline(__always)
  func event(at place: Int) -> DefaultEvent {
    DefaultEvent(
      loan: loan(at: place), month: places[place].month, lag: places[place].lag,
      recovery: places[place].part)
  }

  /// The places of a month's defaults among `ordered`, after `deal()` or `order()`.
  @inline(__always)
  func range(_ month: Int) -> Range<Int> {
    Range(uncheckedBounds: (offsets[month], offsets[month &+ 1]))
  }

  /// Sorts the defaults by month, and by portfolio order within a month.
  func order() {
    deal(inOrder: true)
    for month in 0..<offsets.count - 1 { order(month) }
  }

  /// Sorts a dealt month's defaults by portfolio order.
  func order(_ month: Int) {
    guard !isOrdered[month] else { return }
    isOrdered[month] = true
    ordered.sortByLoan(range(month))
  }

  /// Deals the defaults out to their months, once a trial.
  ///
  /// - Parameter inOrder: Whether most months will be asked for in order: all are sorted at once, if the
  ///   defaults are many.
  func deal(inOrder: Bool = false) {
    guard !isDealt else { return }
    isDealt = true
    completeList()
    let isSorted = inOrder && count >= LoanSort.leastCount
    countByMonth()
    isOrdered.update(repeating: isSorted)
    let (places, nobody) = (places, nobody)
    guard isSorted else {
      for place in 0..<placeCount where places[place].number != nobody {
        deal(place, loan: loan(at: place))
      }
      return
    }
    sort.begin()
    var found = 0
    for place in 0..<placeCount {
      sort.take(found, loan: loan(at: place), place: place)
      found &+= places[place].number != nobody ? 1 : 0
    }
    for key in sort.sorted(found)[0..<found] {
      deal(LoanSort.place(of: key), loan: LoanSort.loan(of: key))
    }
  }

  /// Finds where each month's defaults begin.
  private func countByMonth() {
    let (places, offsets, cursors) = (places, offsets, cursors)
    offsets.update(repeating: 0)
    for place in 0..<placeCount { offsets[Int(places[place].month) &+ 1] &+= 1 }
    // The places of nobody have the first month.
    offsets[1] &-= placeCount &- count
    for month in 0..<offsets.count - 1 {
      cursors[month] = offsets[month]
      offsets[month &+ 1] &+= offsets[month]
    }
  }

  /// Deals a default out as the next of its month.
  @inline(__always)
  private func deal(_ place: Int, loan: Int32) {
    let item = places[place]
    let next = cursors[Int(item.month)]
    cursors[Int(item.month)] = next &+ 1
    ordered[next] = DefaultEvent(
      loan: loan, month: item.month, lag: item.lag, recovery: item.part)
  }
}
