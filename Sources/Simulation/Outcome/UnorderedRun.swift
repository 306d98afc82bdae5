import Dispatch
public import LossStatistics
import Synchronization

/// A run that has forgotten which trial had which figures: of every figure it keeps all values, sorted
/// and packed, in a quarter of the memory that rows take.
///
/// Estimates are those of the rows, to the last bit: they ask for sorted figures and sums alone.
public struct UnorderedRun: RunSample {
  /// What was run.
  public let frame: RunFrame
  /// How many trials were run.
  public private(set) var trialCount = 0
  /// How many of the run's funds have figures, from the first; of those behind them only sums are kept.
  private let reportedFunds: Int
  private var funds: [Fund] = []

  /// What is kept of one fund.
  private struct Fund {
    let columns: [OutcomeColumn]
    var sums: FundSums
    var figures: [Pieces]
    /// The same of its differences from the first fund.
    var differences: [Pieces]
  }

  /// The values of a figure, in pieces: the last few, and what is made of so many of them, since a long
  /// list takes less room than as many short ones.
  private struct Pieces {
    private static let mergedCount = 8
    private var merged: [PackedColumn] = []
    private var recent: [PackedColumn] = []

    /// What becomes of further values: a piece of their own, or one with the last few.
    func packed(_ values: [Int64]) -> PackedColumn {
      var all = values
      if recent.count == Self.mergedCount - 1 { for piece in recent { piece.append(to: &all) } }
      return PackedColumn(sorted: LossSample.ascending(all))
    }

    /// Takes what `packed` made.
    mutating func take(_ piece: PackedColumn) {
      if recent.count == Self.mergedCount - 1 {
        merged.append(piece)
        recent = []
      } else {
        recent.append(piece)
      }
    }

    func sample(count: Int) -> LossSample {
      var values: [Int64] = []
      values.reserveCapacity(count)
      for piece in merged + recent { piece.append(to: &values) }
      return LossSample(values)
    }
  }

  /// Begins with the first trials of a run.
  init(_ result: SimulationResult, reportedFunds: Int, threads: Int) {
    let frame = result.frame
    self.frame = frame
    self.reportedFunds = reportedFunds
    funds = result.funds.enumerated().map { place, fund in
      let columns = place < reportedFunds ? fund.columns : []
      let paired = place > 0 && place < reportedFunds ? frame.pairedFigures.count : 0
      return Fund(
        columns: columns,
        sums: FundSums(result.frame, fund: place),
        figures: Array(repeating: Pieces(), count: columns.count),
        differences: Array(repeating: Pieces(), count: paired))
    }
    add(result, threads: threads)
  }

  /// Adds the trials that come next.
  mutating func add(_ result: SimulationResult, threads: Int) {
    guard result.trialCount > 0 else { return }
    trialCount += result.trialCount
    for place in funds.indices { funds[place].sums.add(result.sums(fund: place)) }
    // Every figure of every fund is a job of its own, for whichever thread is free.
    let jobs = funds.indices.flatMap { place in
      funds[place].columns.indices.filter { !isClosing(funds[place].columns[$0]) }
        .map { Job.figure($0, fund: place) }
        + funds[place].differences.indices.map { Job.difference($0, fund: place) }
    }
    let figures = frame.pairedFigures
    let next = Atomic<Int>(0)
    let packed = Mutex<[PackedColumn?]>(Array(repeating: nil, count: jobs.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, jobs.count))) { [funds] _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < jobs.count else { return }
        let column: PackedColumn
        switch jobs[place] {
        case .figure(let index, let fund):
          column = funds[fund].figures[index].packed(
            result.funds[fund].column(funds[fund].columns[index]))
        case .difference(let index, let fund):
          let figure = figures[index]
          column = funds[fund].differences[index].packed(
            zip(result.funds[fund].values(of: figure), result.funds[0].values(of: figure)).map(-))
        }
        packed.withLock { $0[place] = column }
      }
    }
    for (job, column) in zip(jobs, packed.withLock { $0.compactMap(\.self) }) {
      switch job {
      case .figure(let index, let fund): funds[fund].figures[index].take(column)
      case .difference(let index, let fund): funds[fund].differences[index].take(column)
      }
    }
  }

  /// A list of numbers to sort and pack.
  private enum Job {
    case figure(Int, fund: Int)
    case difference(Int, fund: Int)
  }

  /// Whether a figure is the closing balance under another name: that of the last year's end.
  private func isClosing(_ column: OutcomeColumn) -> Bool {
    if case .balance(let month) = column.source { month == frame.horizon - 1 } else { false }
  }

  /// A figure of all trials, sorted.
  ///
  /// - Precondition: The fund is one of those with figures, and has this one.
  public func values(of column: OutcomeColumn, fund: Int) -> LossSample {
    let kept = isClosing(column) ? .closing : column
    guard let index = funds[fund].columns.firstIndex(of: kept) else {
      preconditionFailure("no figure \(column) is kept of fund \(fund)")
    }
    return funds[fund].figures[index].sample(count: trialCount)
  }

  /// What sums over the trials.
  public func sums(fund: Int) -> FundSums { funds[fund].sums }

  /// How a figure of a fund differs from that of the first fund, trial by trial, sorted.
  public func differences(of figure: PairedFigure, fund: Int) -> LossSample {
    guard let index = frame.pairedFigures.firstIndex(of: figure) else {
      preconditionFailure("all figures that are paired are listed")
    }
    return funds[fund].differences[index].sample(count: trialCount)
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
  public func run(_ trials: Range<Int>, threads: Int, control: RunControl) -> UnorderedRun {
    let tables = DrawTables(dependence: plan.defaults.factors.dependence)
    func piece(from first: Int) -> SimulationResult {
      Simulation.run(
        plan, threads: threads, chunkSize: 256, control: control,
        options: SimulationOptions(
          trials: first..<min(first + pieceCount, trials.upperBound), tables: tables))
    }
    var all = UnorderedRun(
      piece(from: trials.lowerBound), reportedFunds: reportedFunds, threads: threads)
    while !control.shouldStop, all.trialCount < trials.count {
      all.add(piece(from: trials.lowerBound + all.trialCount), threads: threads)
    }
    return all
  }
}
