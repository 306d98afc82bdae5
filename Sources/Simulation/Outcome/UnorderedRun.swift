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
    /// A list of pieces a figure.
    var figures: [[PackedColumn]]
    /// The same of its differences from the first fund.
    var differences: [[PackedColumn]]
  }

  /// Begins with the first trials of a run.
  init(_ result: SimulationResult, reportedFunds: Int, threads: Int) {
    frame = result.frame
    self.reportedFunds = reportedFunds
    funds = result.funds.enumerated().map { place, fund in
      let columns = place < reportedFunds ? fund.columns : []
      let paired = place > 0 && place < reportedFunds ? PairedFigure.allCases.count : 0
      return Fund(
        columns: columns,
        sums: FundSums(result.frame.funds[place], horizon: result.frame.horizon),
        figures: Array(repeating: [], count: columns.count),
        differences: Array(repeating: [], count: paired))
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
      funds[place].figures.indices.map { Job.figure($0, fund: place) }
        + funds[place].differences.indices.map { Job.difference($0, fund: place) }
    }
    let next = Atomic<Int>(0)
    let packed = Mutex<[PackedColumn?]>(Array(repeating: nil, count: jobs.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, jobs.count))) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < jobs.count else { return }
        let column = PackedColumn(sorted: jobs[place].values(of: result).sorted)
        packed.withLock { $0[place] = column }
      }
    }
    let columns = packed.withLock { $0.compactMap(\.self) }
    for (job, column) in zip(jobs, columns) {
      switch job {
      case .figure(let index, let fund): funds[fund].figures[index].append(column)
      case .difference(let index, let fund): funds[fund].differences[index].append(column)
      }
    }
  }

  /// A list of numbers to sort and pack.
  private enum Job {
    case figure(Int, fund: Int)
    case difference(Int, fund: Int)

    func values(of result: SimulationResult) -> LossSample {
      switch self {
      case .figure(let index, let fund):
        result.values(of: result.funds[fund].columns[index], fund: fund)
      case .difference(let index, let fund):
        result.differences(of: PairedFigure.allCases[index], fund: fund)
      }
    }
  }

  /// A figure of all trials, sorted.
  ///
  /// - Precondition: The fund is one of those with figures, and has this one.
  public func values(of column: OutcomeColumn, fund: Int) -> LossSample {
    guard let index = funds[fund].columns.firstIndex(of: column) else {
      preconditionFailure("no figure \(column) is kept of fund \(fund)")
    }
    return sample(funds[fund].figures[index])
  }

  /// What sums over the trials.
  public func sums(fund: Int) -> FundSums { funds[fund].sums }

  /// How a figure of a fund differs from that of the first fund, trial by trial, sorted.
  public func differences(of figure: PairedFigure, fund: Int) -> LossSample {
    guard let index = PairedFigure.allCases.firstIndex(of: figure) else {
      preconditionFailure("all figures that are paired are listed")
    }
    return sample(funds[fund].differences[index])
  }

  private func sample(_ pieces: [PackedColumn]) -> LossSample {
    var values: [Int64] = []
    values.reserveCapacity(trialCount)
    for piece in pieces { piece.append(to: &values) }
    return LossSample(values)
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
