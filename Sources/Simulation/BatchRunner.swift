import Dispatch
import FundCore
import RandomStreams
import Synchronization

/// Lets another thread follow a run and stop it.
public final class RunControl: Sendable {
  private let doneTrials = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)

  /// Creates the control of one run.
  public init() {}

  /// How many trials are done.
  public var progress: Int { doneTrials.load(ordering: .relaxed) }

  /// Asks the run to end after the trials under way.
  public func stop() { isStopped.store(true, ordering: .relaxed) }

  var shouldStop: Bool { isStopped.load(ordering: .relaxed) }

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
///   - threads: How many threads work at once, at least 1.
///   - chunkSize: Trials a chunk.
///   - control: Follows and stops the run. A stopped run keeps the trials before the first one
///     that is missing.
public func simulate(
  _ plan: SimulationPlan, threads: Int, chunkSize: Int = 256, control: RunControl = RunControl()
) -> SimulationResult {
  let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
  let tables = DrawTables(dependence: plan.defaults.factors.dependence)
  let outcomes = setups.map { setup in
    OutcomeTable(
      parties: setup.parties,
      breachWidth: setup.thresholds.count * (setup.bankOfSlot.count + 1),
      trialCount: plan.trialCount)
  }
  let chunkCount = (plan.trialCount + chunkSize - 1) / chunkSize
  let nextChunk = Atomic<Int>(0)
  let workers = Mutex<[[FundTally]]>([])
  DispatchQueue.concurrentPerform(iterations: max(1, min(threads, chunkCount))) { _ in
    var worker = TrialWorker(plan: plan, setups: setups, tables: tables)
    while !control.shouldStop {
      let chunk = nextChunk.add(1, ordering: .relaxed).oldValue
      guard chunk < chunkCount else { break }
      let trials = chunk * chunkSize..<min((chunk + 1) * chunkSize, plan.trialCount)
      for trial in trials { worker.run(trial: trial, into: outcomes) }
      control.note(trials.count)
    }
    workers.withLock { $0.append(worker.tallies) }
  }
  // A thread finishes the chunk it took, and chunks are taken in order: nothing is missing before
  // the end.
  let taken = min(nextChunk.load(ordering: .relaxed), chunkCount)
  let done = min(taken * chunkSize, plan.trialCount)
  var tallies = workers.withLock { $0 }
  var merged = tallies.removeFirst()
  for tally in tallies {
    for index in merged.indices { merged[index].merge(tally[index]) }
  }
  return SimulationResult(
    plan: plan, setups: setups, tables: outcomes, tallies: merged, trialCount: done)
}

/// One thread's working memory: the paths of all funds, and the draws.
struct TrialWorker: ~Copyable {
  private let plan: SimulationPlan
  private let setups: [FundSetup]
  private var paths: [FundPath]
  private(set) var tallies: [FundTally]
  private var context: TrialContext
  private var draws: WalkDraws
  private var defaults: [DefaultEvent] = []
  private var ordered: [DefaultEvent] = []
  private var offsets: [Int32]
  private var cursors: [Int32]

  init(plan: SimulationPlan, setups: [FundSetup], tables: DrawTables) {
    self.plan = plan
    self.setups = setups
    paths = setups.map { FundPath(setup: $0, simulation: plan, tables: tables) }
    tallies = setups.map {
      FundTally(
        horizon: plan.horizon, thresholdCount: $0.thresholds.count, slotCount: $0.bankOfSlot.count)
    }
    context = TrialContext(plan: plan)
    draws = WalkDraws(tables: tables, loanCount: plan.portfolio.loans.count)
    offsets = Array(repeating: 0, count: plan.horizon + 1)
    cursors = offsets
  }

  /// Draws one trial and settles it for every fund.
  mutating func run(trial: Int, into outcomes: [OutcomeTable]) {
    draws.begin(seed: plan.seed, trial: trial)
    context.factors.draw(seed: plan.seed, trial: trial, tables: draws.tables)
    defaults.removeAll(keepingCapacity: true)
    plan.defaults.walk.walk(factors: context.factors, draws: &draws, into: &defaults)
    plan.recovery.draw(for: &defaults, seed: plan.seed, trial: trial)
    orderByMonth()
    context.note(ordered, loans: plan.portfolio.loans, stamp: draws.trialStamp)
    for index in paths.indices {
      paths[index].run(ordered, offsets: offsets, trial: context, into: &tallies[index])
      outcomes[index].write(paths[index].outcome, parties: setups[index].parties, trial: trial)
      writeBreaches(index, trial: trial, into: outcomes[index])
    }
  }

  /// Sorts the defaults by month, and by portfolio order within a month.
  private mutating func orderByMonth() {
    for index in offsets.indices { offsets[index] = 0 }
    for event in defaults { offsets[Int(event.month) + 1] += 1 }
    for index in 1..<offsets.count { offsets[index] += offsets[index - 1] }
    for index in cursors.indices { cursors[index] = offsets[index] }
    ordered.removeAll(keepingCapacity: true)
    ordered.append(contentsOf: defaults)
    for event in defaults {
      let month = Int(event.month)
      ordered[Int(cursors[month])] = event
      cursors[month] += 1
    }
    for month in 0..<plan.horizon { sortMonth(Int(offsets[month])..<Int(offsets[month + 1])) }
  }

  /// Sorts a month's defaults by portfolio order. Most months hold few.
  private mutating func sortMonth(_ range: Range<Int>) {
    guard range.count > 1 else { return }
    guard range.count <= 32 else {
      ordered[range].sort { $0.loan < $1.loan }
      return
    }
    for index in range.dropFirst() {
      let event = ordered[index]
      var place = index
      while place > range.lowerBound, ordered[place - 1].loan > event.loan {
        ordered[place] = ordered[place - 1]
        place -= 1
      }
      ordered[place] = event
    }
  }

  private func writeBreaches(_ fund: Int, trial: Int, into table: OutcomeTable) {
    let watch = paths[fund].watch
    let slotCount = setups[fund].bankOfSlot.count
    for breach in watch.breaches {
      let slot = Int(setups[fund].slotOfBank[breach.bank])
      let firstColumn = breach.threshold * (slotCount + 1)
      if slot >= 0 {
        table.writeBreach(Int16(breach.month), column: firstColumn + slot, trial: trial)
      }
      table.writeBreach(
        watch.firstBreachOfAny(breach.threshold), column: firstColumn + slotCount, trial: trial)
    }
  }
}
