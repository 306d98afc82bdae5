import Dispatch
public import LossStatistics
import Synchronization

/// A run that has forgotten which trial had which figures: of every figure it keeps all values, narrow while they are few,
/// else sorted and packed, in a quarter to a half of the memory that rows take.
///
/// Estimates are those of the rows, to the last bit: they ask for sorted figures and sums alone.
public struct UnorderedRun: RunSample {
  /// What was run.
  public fileprivate(set) var frame: RunFrame
  /// How many trials were run.
  public private(set) var trialCount = 0
  private var sums: [FundSums]
  /// The figures of the funds that have any, and the values of each; of other funds only sums are kept.
  private let figures: [Figure]
  private var pieces: [PackedPieces]
  /// So many bytes may values take before they are sorted and packed.
  private let room: Int
  /// How many bytes they take.
  private var unsortedBytes = 0

  /// What is kept.
  private enum Figure: Hashable {
    case column(OutcomeColumn, fund: Int)
    /// How a figure differs from that of the first fund.
    case difference(PairedFigure, fund: Int)

    /// Adds its values in a result.
    func add(_ result: SimulationResult, to pieces: inout PackedPieces) {
      switch self {
      case .column(let column, let fund): pieces.add(result.funds[fund].rows(of: column).span)
      case .difference(let figure, let fund):
        pieces.add(result.orderedDifferences(of: figure, fund: fund).span)
      }
    }
  }

  /// Begins with the first trials of a run.
  ///
  /// - Parameters:
  ///   - result: They.
  ///   - reportedFunds: How many funds have figures, from the first.
  ///   - room: How many bytes values may take before they are sorted and packed.
  ///   - threads: How many threads work at once.
  init(_ result: SimulationResult, reportedFunds: Int, room: Int, threads: Int) {
    let frame = result.frame
    self.frame = frame
    self.room = room
    sums = frame.funds.indices.map { FundSums(frame, fund: $0) }
    figures = (0..<reportedFunds).flatMap { fund in
      result.funds[fund].columns.filter { !Self.isClosing($0, frame) }
        .map { Figure.column($0, fund: fund) }
        + (fund > 0 ? frame.pairedFigures.map { Figure.difference($0, fund: fund) } : [])
    }
    pieces = Array(repeating: PackedPieces(), count: figures.count)
    add(result, threads: threads)
  }

  /// Adds the trials that come next.
  mutating func add(_ result: SimulationResult, threads: Int) {
    guard result.trialCount > 0 else { return }
    trialCount += result.trialCount
    for fund in sums.indices { sums[fund].add(result.sums(fund: fund)) }
    change(threads: threads) { [figures] place, pieces in
      figures[place].add(result, to: &pieces)
    }
    var known: Set<NarrowValues> = []
    for place in pieces.indices { pieces[place].share(&known) }
    unsortedBytes += known.reduce(0) { $0 + $1.byteCount }
    guard unsortedBytes > room else { return }
    unsortedBytes = 0
    changeDifferent(threads: threads) { $0.pack() }
  }

  /// Makes one sorted piece of each figure's, which is read at once.
  mutating func finish(threads: Int) { changeDifferent(threads: threads) { $0.finish() } }

  /// Changes the pieces of every figure, but only once those that several figures have.
  private mutating func changeDifferent(
    threads: Int, _ change: @Sendable (inout PackedPieces) -> Void
  ) {
    var firsts: [PackedPieces: Int] = [:]
    let owners = pieces.indices.map { place in
      let owner = firsts[pieces[place], default: place]
      firsts[pieces[place]] = owner
      return owner
    }
    firsts = [:]
    for place in pieces.indices where owners[place] < place { pieces[place] = PackedPieces() }
    self.change(threads: threads) { place, pieces in
      if owners[place] == place { change(&pieces) }
    }
    for place in pieces.indices { pieces[place] = pieces[owners[place]] }
  }

  /// Changes the pieces of every figure, each a job of its own for whichever thread is free. No figure is in
  /// memory both before and after, but for those at work.
  private mutating func change(
    threads: Int, _ change: @Sendable (Int, inout PackedPieces) -> Void
  ) {
    let count = pieces.count
    let next = Atomic<Int>(0)
    let all = Mutex(pieces)
    pieces = []
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < count else { return }
        var own = all.withLock { all in
          let own = all[place]
          all[place] = PackedPieces()
          return own
        }
        change(place, &own)
        all.withLock { [own] all in all[place] = own }
      }
    }
    pieces = all.withLock { $0 }
  }

  /// Whether a figure is the closing balance under another name: that of the last year's end.
  private static func isClosing(_ column: OutcomeColumn, _ frame: RunFrame) -> Bool {
    if case .balance(let month) = column.source { month == frame.horizon - 1 } else { false }
  }

  private func sample(of figure: Figure) -> LossSample {
    guard let place = figures.firstIndex(of: figure) else {
      preconditionFailure("\(figure) is not kept")
    }
    return pieces[place].sample
  }

  /// A figure of all trials, sorted.
  ///
  /// - Precondition: The fund is one of those with figures, and has this one.
  public func values(of column: OutcomeColumn, fund: Int) -> LossSample {
    sample(of: .column(Self.isClosing(column, frame) ? .closing : column, fund: fund))
  }

  /// What sums over the trials.
  public func sums(fund: Int) -> FundSums { sums[fund] }

  /// How a figure of a fund differs from that of the first fund, trial by trial, sorted.
  public func differences(of figure: PairedFigure, fund: Int) -> LossSample {
    sample(of: .difference(figure, fund: fund))
  }
}

/// A run of so many trials that their rows would take much memory: piece by piece, of which each forgets
/// the order of its trials.
public struct UnorderedSimulation {
  private let plan: SimulationPlan
  private let reportedFunds: Int
  /// How many trials make a piece.
  var pieceCount: Int
  /// How many bytes values may take before they are sorted and packed; as the plan has it if `nil`.
  var room: Int?

  /// Prepares the run of a plan.
  ///
  /// - Parameters:
  ///   - plan: What to run.
  ///   - reportedFunds: How many of the plan's funds have figures, from the first.
  public init(_ plan: SimulationPlan, reportedFunds: Int) {
    self.plan = plan
    self.reportedFunds = reportedFunds
    pieceCount = plan.unorderedPieceCount
  }

  /// Runs trials.
  ///
  /// - Parameters:
  ///   - trials: Their numbers.
  ///   - threads: How many threads work at once, at least 1.
  ///   - control: Follows and stops the run. A stopped run keeps the trials before the first one
  ///     that is missing.
  ///   - looks: When the run is looked at, and may end; `nil` never.
  public func run(
    _ trials: Range<Int>, threads: Int, control: RunControl, looks: RunLooks<UnorderedRun>? = nil
  ) -> UnorderedRun {
    var coming = ComingLooks(looks)
    let tables = DrawTables(dependence: plan.defaults.factors.dependence)
    func piece(from first: Int) -> SimulationResult {
      Simulation.run(
        plan, threads: threads, chunkSize: 256, control: control,
        options: SimulationOptions(
          trials:
            first..<min(
              first + min(pieceCount, coming.room(after: first - trials.lowerBound)),
              trials.upperBound), tables: tables))
    }
    var all = UnorderedRun(
      piece(from: trials.lowerBound), reportedFunds: reportedFunds,
      room: room ?? plan.unsortedRoom(trialCount: trials.count), threads: threads)
    while !coming.areEnough(all.trialCount, { _ in all }), !control.shouldStop,
      all.trialCount < trials.count
    {
      all.add(piece(from: trials.lowerBound + all.trialCount), threads: threads)
    }
    if coming.haveEnded { all.frame.plannedTrials = all.trialCount }
    all.finish(threads: threads)
    return all
  }
}
