import Dispatch
import Synchronization

/// Lets another thread follow a run and stop it.
public final class RunControl: Sendable {
  private let doneTrials = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let isOverTime = Atomic<Bool>(false)
  private let watch: (@Sendable (RunControl) -> Void)?

  /// Creates the control of one run.
  ///
  /// - Parameter watch: Looks after the run: every thread calls it before each piece of work that it
  ///   takes, so that signals and clocks need no thread of their own.
  public init(watch: (@Sendable (RunControl) -> Void)? = nil) { self.watch = watch }

  /// How many trials are done.
  public var progress: Int { doneTrials.load(ordering: .relaxed) }

  /// Asks the run to end after the trials under way.
  ///
  /// - Parameter atLimit: Whether its time is over, and nobody interrupted it.
  public func stop(atLimit: Bool = false) {
    if !isStopped.load(ordering: .relaxed) { isOverTime.store(atLimit, ordering: .relaxed) }
    isStopped.store(true, ordering: .relaxed)
  }

  /// Whether the run was stopped because its time was over.
  public var isAtLimit: Bool { isOverTime.load(ordering: .relaxed) }

  var shouldStop: Bool {
    watch?(self)
    return isStopped.load(ordering: .relaxed)
  }

  func note(_ trials: Int) { doneTrials.add(trials, ordering: .relaxed) }
}

/// Runs all trials of a plan.
///
/// Trials are split into chunks by number, and threads take the next chunk that is free. Every
/// trial's draws depend on its number alone, every trial writes its own row, and all sums are
/// integers; so the result has the same bits for any number of threads and any chunk size.
///
/// - Parameters:
///   - plan: What to run.
///   - trials: The numbers of the trials to run; all if `nil`. A trial is the same in any range.
///   - threads: How many threads work at once, at least 1.
///   - chunkSize: Trials a chunk.
///   - control: Follows and stops the run. A stopped run keeps the trials before the first one
///     that is missing.
public func simulate(
  _ plan: SimulationPlan, trials: Range<Int>? = nil, threads: Int, chunkSize: Int = 256,
  control: RunControl = RunControl()
) -> SimulationResult {
  run(
    plan, threads: threads, chunkSize: chunkSize, control: control,
    options: SimulationOptions(trials: trials))
}

/// Runs trials of a plan and keeps what is done in a journal, from which an earlier run's trials
/// are taken first.
///
/// - Parameters:
///   - plan: What to run.
///   - trials: The numbers of the trials to run.
///   - threads: How many threads work at once, at least 1.
///   - journal: What an earlier run kept, and what takes what this one does.
///   - control: Follows and stops the run.
public func simulate(
  _ plan: SimulationPlan, trials: Range<Int>, threads: Int, journal: any RunJournal,
  control: RunControl
) -> SimulationResult {
  run(
    plan, threads: threads, chunkSize: 256, control: control,
    options: SimulationOptions(trials: trials, journal: journal))
}

extension SimulationPlan {
  /// Runs the plan's trials until a look finds them enough.
  ///
  /// - Parameters:
  ///   - looks: When the run is looked at. One that ends at a look is that of a plan of as many trials.
  ///   - threads: How many threads work at once, at least 1.
  ///   - journal: What an earlier run kept, and what takes what this one does; `nil` keeps nothing.
  ///   - control: Follows and stops the run.
  public func simulated(
    looks: RunLooks<SimulationResult>, threads: Int, journal: (any RunJournal)?,
    control: RunControl
  ) -> SimulationResult {
    run(
      self, threads: threads, chunkSize: 256, control: control,
      options: SimulationOptions(journal: journal, looks: looks))
  }
}

/// How a run is carried out. None of it may change a result; tests hold one way against the other.
struct SimulationOptions {
  /// Settles every trial claim by claim, and none by totals.
  var alwaysExact = false
  /// The trials to run; all if `nil`.
  var trials: Range<Int>?
  /// Keeps what is done, block by block; without one the run is one block.
  var journal: (any RunJournal)?
  /// When the run is looked at, and may end.
  var looks: RunLooks<SimulationResult>?
  /// Whether trials go from cell to cell side by side; by the size of the portfolio if `nil`.
  var goesByCell: Bool?
  /// Tables that are made already.
  var tables: DrawTables?
  /// The plan under each draw of its parameters; `nil` where they are taken as they stand.
  var drawn: DrawnModel?
  /// How trials of the rare set are drawn, one a thread; `nil` for all others.
  var rare: RareDraws?
  /// Whether it is kept of each trial which claim moved what; then every one is settled claim by claim.
  var keepsJournal = false
}

/// Runs all trials of a plan, with options.
func run(
  _ plan: SimulationPlan, threads: Int, chunkSize: Int, control: RunControl,
  options: SimulationOptions
) -> SimulationResult {
  let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
  let trials = options.trials ?? 0..<plan.trialCount
  let tables = plan.outcomeTables(trialCount: trials.count)
  let block = TrialBlock(
    plan: plan, setups: setups, firstTrial: trials.lowerBound, outcomes: tables,
    options: options)
  var record = RunRecord(
    tables: tables, tallies: setups.map { FundTally($0, horizon: plan.horizon) })
  options.journal?.restore(RunShape(tables)) { record.take($0) }
  control.note(record.rowCount)
  func result(of count: Int, planned: Int) -> SimulationResult {
    var plan = plan
    plan.trialCount = planned
    return SimulationResult(
      plan: plan, trials: trials.prefix(count), setups: setups, record: record,
      claims: block.claims)
  }
  var looks = ComingLooks(options.looks)
  while !looks.areEnough(record.rowCount, { result(of: $0, planned: $0) }),
    record.rowCount < trials.count, !control.shouldStop
  {
    let count = min(
      trials.count - record.rowCount, looks.room(after: record.rowCount),
      max(1, options.journal?.nextCount() ?? trials.count))
    let rows = record.rowCount..<record.rowCount + count
    let done = block.run(rows, threads: threads, chunkSize: chunkSize, control: control)
    if let journal = options.journal, !done.rows.isEmpty {
      journal.keep(FinishedRows(done.rows, of: tables, done.tallies))
    }
    record.add(rows: done.rows.count, done.tallies)
  }
  return result(
    of: record.rowCount, planned: looks.haveEnded ? record.rowCount : plan.trialCount)
}

/// Trials that are run together, on many threads.
private struct TrialBlock {
  let plan: SimulationPlan
  let setups: [FundSetup]
  let claims: [LoanClaims]
  let tables: DrawTables
  /// The trial of row 0.
  let firstTrial: Int
  let outcomes: [OutcomeTable]
  let alwaysExact: Bool
  let goesByCell: Bool?
  let drawn: DrawnModel?

  init(
    plan: SimulationPlan, setups: [FundSetup], firstTrial: Int, outcomes: [OutcomeTable],
    options: SimulationOptions
  ) {
    self.plan = plan
    self.setups = setups
    self.firstTrial = firstTrial
    self.outcomes = outcomes
    (alwaysExact, goesByCell) = (options.alwaysExact, options.goesByCell)
    claims = LoanClaims.all(setups, simulation: plan)
    tables = options.tables ?? DrawTables(dependence: plan.defaults.factors.dependence)
    let count = outcomes.first?.trialCount ?? 0
    drawn = DrawnModel(plan, trials: firstTrial..<firstTrial + count)
  }

  /// Runs the trials of some rows.
  ///
  /// - Returns: The rows that were done, all unless the run was stopped, and their sums.
  func run(
    _ wanted: Range<Int>, threads: Int, chunkSize: Int, control: RunControl
  ) -> (rows: Range<Int>, tallies: [FundTally]) {
    let chunkCount = (wanted.count + chunkSize - 1) / chunkSize
    let nextChunk = Atomic<Int>(0)
    let workers = Mutex<[[FundTally]]>([])
    onThreads(max(1, min(threads, chunkCount))) {
      var worker = TrialWorker(
        plan: plan, setups: setups, claims: claims, tables: tables,
        options: SimulationOptions(
          alwaysExact: alwaysExact, goesByCell: goesByCell, drawn: drawn))
      while !control.shouldStop {
        let chunk = nextChunk.add(1, ordering: .relaxed).oldValue
        guard chunk < chunkCount else { break }
        let first = wanted.lowerBound + chunk * chunkSize
        let rows = first..<min(first + chunkSize, wanted.upperBound)
        for table in outcomes { table.begin(rows: rows) }
        worker.run(trials: firstTrial + first, rows: rows, into: outcomes)
        control.note(rows.count)
      }
      workers.withLock { $0.append(worker.tallies) }
    }
    // A thread finishes the chunk it took, and chunks are taken in order: nothing is missing
    // before the end.
    let taken = min(nextChunk.load(ordering: .relaxed), chunkCount)
    var tallies = workers.withLock { $0 }
    var merged = tallies.removeFirst()
    for tally in tallies {
      for index in merged.indices { merged[index].merge(tally[index]) }
    }
    return (wanted.prefix(taken * chunkSize), merged)
  }
}

/// Works on so many threads at once. One thread is the caller's own: Dispatch waits for ever where
/// no other can be had.
func onThreads(_ count: Int, _ work: @Sendable () -> Void) {
  guard count > 1 else { return work() }
  DispatchQueue.concurrentPerform(iterations: count) { _ in work() }
}
