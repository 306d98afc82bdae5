import Dispatch
public import LossStatistics
import Synchronization

/// A run that has forgotten which trial had which figures: of every figure it keeps all values, sorted
/// and packed, in a quarter of the memory that rows take.
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

  /// What is sorted and packed.
  private enum Figure: Hashable {
    case column(OutcomeColumn, fund: Int)
    /// How a figure differs from that of the first fund.
    case difference(PairedFigure, fund: Int)

    /// Its values in the order of the trials.
    func values(in result: SimulationResult) -> [Int64] {
      switch self {
      case .column(let column, let fund): result.funds[fund].column(column)
      case .difference(let figure, let fund): result.orderedDifferences(of: figure, fund: fund)
      }
    }
  }

  /// Begins with the first trials of a run.
  init(_ result: SimulationResult, reportedFunds: Int, threads: Int) {
    let frame = result.frame
    self.frame = frame
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
      pieces.add(figures[place].values(in: result))
    }
  }

  /// Makes one piece of each figure's: what is kept is then as small as it gets, and read at once.
  mutating func finish(threads: Int) { change(threads: threads) { $1.finish() } }

  /// Changes the pieces of every figure, each a job of its own for whichever thread is free, and keeps those
  /// once that are then the same. No figure is in memory both before and after, but for those at work.
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
    var known: [PackedColumn: PackedColumn] = [:]
    for place in pieces.indices { pieces[place].share(&known) }
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
      piece(from: trials.lowerBound), reportedFunds: reportedFunds, threads: threads)
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
