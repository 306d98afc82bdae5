import Foundation
import FundCore
import PartialResults
import Planning
import ScenarioInput
import Simulation

/// Runs plans: within the memory of this machine, on its threads, followed on the terminal.
struct Machine {
  /// How messages name the scenario.
  let scenario: String
  /// How many threads work at once.
  let threads: Int
  /// What follows the runs.
  let progress: Progress

  /// Finds out what this machine can give.
  ///
  /// - Parameters:
  ///   - scenario: How messages name the scenario.
  ///   - threads: How many threads are wanted; all processors if `nil`.
  ///   - progress: What follows the runs.
  init(scenario: String, threads: Int?, progress: Progress) {
    self.scenario = scenario
    self.progress = progress
    let wanted = threads ?? ProcessInfo.processInfo.activeProcessorCount
    self.threads = MemoryLimit.current.threads(of: WorkerThreads.count(of: wanted))
    guard self.threads < min(wanted, ProcessInfo.processInfo.activeProcessorCount) else { return }
    printError(
      en: """
        The system gives this process no more than \(self.threads) of \(wanted) threads; the results are the \
        same, and take longer.
        """,
      zh: "系统只给本进程\(self.threads)个线程（应有\(wanted)个）；结果不变，只是更慢。")
  }

  /// Runs a plan as far as time and signals allow.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - trials: The trials to run; all if `nil`.
  ///   - later: How many runs of as many trials come after this one; `nil` if nobody knows.
  ///   - checkpoint: Keeps what is done, and has what an earlier run did.
  ///   - looks: When a whole run is looked at, and may end; `nil` never.
  /// - Throws: A diagnostic if the results would not fit into memory; nothing has been run then.
  func outcome(
    of plan: SimulationPlan, trials: Range<Int>? = nil, later: Int? = 0,
    checkpoint: CheckpointFile? = nil, looks: RunLooks<SimulationResult>? = nil
  ) throws(Diagnostics) -> RunOutcome<SimulationResult> {
    let trials = trials ?? 0..<plan.trialCount
    try MemoryLimit.check(plan, .init(trials: trials.count), of: scenario)
    return progress.follow(trials: trials.count, later: later) { control in
      let result: SimulationResult
      defer { checkpoint?.finish() }
      if let looks {
        result = plan.simulated(
          looks: looks, threads: threads, journal: checkpoint, control: control)
        return RunOutcome(
          result: result, asked: result.plan.trialCount, isAtLimit: control.isAtLimit)
      } else if let checkpoint {
        result = simulate(
          plan, trials: trials, threads: threads, journal: checkpoint, control: control)
      } else {
        result = simulate(plan, trials: trials, threads: threads, control: control)
      }
      return RunOutcome(result: result, asked: trials.count, isAtLimit: control.isAtLimit)
    }
  }

  /// Runs a plan from where an earlier run of fewer of its trials ended.
  ///
  /// - Parameter earlier: That run; `nil` begins anew.
  /// - Throws: As above.
  func continued(
    _ plan: SimulationPlan, from earlier: SimulationResult?, later: Int?
  ) throws(Diagnostics) -> SimulationResult {
    try MemoryLimit.check(plan, .init(trials: plan.trialCount), of: scenario)
    return progress.follow(trials: plan.trialCount, later: later) { control in
      plan.continued(from: earlier, threads: threads, control: control)
    }
  }

  /// Runs a plan for its figures alone: which trial had which is forgotten, in half the memory.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - trials: The trials to run.
  ///   - reportedFunds: How many of its funds have figures, from the first.
  /// - Throws: As above.
  func unorderedOutcome(
    of plan: SimulationPlan, trials: Range<Int>, reportedFunds: Int,
    looks: RunLooks<UnorderedRun>? = nil
  ) throws(Diagnostics) -> RunOutcome<UnorderedRun> {
    try MemoryLimit.check(plan, .init(trials: trials.count, isUnordered: true), of: scenario)
    // Where figures stay as they come, nothing lies between large blocks.
    if plan.staysUnsorted(trialCount: trials.count) {
      reuseLargeBlocks()
    } else {
      returnLargeBlocks()
    }
    return progress.follow(trials: trials.count) { control in
      let result = UnorderedSimulation(plan, reportedFunds: reportedFunds).run(
        trials, threads: threads, control: control, looks: looks)
      return RunOutcome(
        result: result, asked: looks == nil ? trials.count : result.frame.plannedTrials,
        isAtLimit: control.isAtLimit)
    }
  }

  /// Has the C library ask the system for every large block, and give it back. By itself it learns to keep
  /// them in one heap, where packed figures hold what was between them: 250 MB more with three million
  /// trials of three funds.
  private func returnLargeBlocks() { setLargestInHeap(1 << 17) }

  /// Has it give back what is free now, and from now on keep a large block for the next one: rows and samples
  /// come one after the other, and the system takes as long to find the pages of each as it is read.
  func reuseLargeBlocks() {
    #if canImport(Glibc)
      // The compiler's module of the C library has not this header: functions are looked up.
      typealias Trim = @convention(c) (_ keep: Int) -> Int32
      if let symbol = dlsym(dlopen(nil, RTLD_NOW), "malloc_trim") {
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
      }
    #endif
    setLargestInHeap(1 << 25)
  }

  private func setLargestInHeap(_ bytes: Int32) {
    #if canImport(Glibc)
      typealias Option = @convention(c) (_ option: Int32, _ value: Int32) -> Int32
      let (mostFreeAtEnd, largestInHeap): (Int32, Int32) = (-1, -3)
      guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "mallopt") else { return }
      let set = unsafeBitCast(symbol, to: Option.self)
      _ = set(largestInHeap, bytes)
      _ = set(mostFreeAtEnd, bytes)
    #endif
  }

  /// What moves the headline of a run beside chance: other laws of dependence, and other readings.
  ///
  /// - Parameters:
  ///   - compiled: What the run comes from.
  ///   - seconds: After how many seconds the search ends; `nil` for no end but that of the run.
  func findings(
    of compiled: CompiledScenario, _ scenario: Scenario, within seconds: Double?
  ) -> HeadlineFindings {
    return progress.follow(.headline, within: seconds) { control in
      func few(_ plan: SimulationPlan, _ trials: Range<Int>) -> SimulationResult {
        // Costs are reckoned beside the balance, and move no headline.
        var plan = plan
        for index in plan.funds.indices { plan.funds[index].costs = nil }
        // Few trials: small chunks keep all threads at work, and end soon when they are stopped.
        return simulate(plan, trials: trials, threads: threads, chunkSize: 8, control: control)
      }
      let laws = DependenceScreen(compiled.plan, fundCount: scenario.funds.count)
        .laws(simulate: few)
      let readings = HeadlineScreen(scenario, plan: compiled.plan).readings(simulate: few)
      return HeadlineFindings(
        readings: readings, laws: laws,
        bestEstimate: EstimateScreen(compiled.plan, fundCount: scenario.funds.count)
          .estimate(simulate: few))
    }
  }

  /// The years of a run's funds, on its first trials.
  ///
  /// - Parameters:
  ///   - plan: The plan of the run.
  ///   - fundCount: How many of its funds, from the first.
  ///   - seconds: After how many seconds they are given up; `nil` for no end but that of the run.
  /// - Returns: `nil` where nobody asks for them, or where the time was over before.
  func years(
    of plan: SimulationPlan, fundCount: Int, within seconds: Double?
  ) throws(Diagnostics) -> YearlyTrials? {
    guard plan.years.trials > 0 else { return nil }
    let bytes = plan.yearBytes(fundCount: fundCount)
    guard bytes <= MemoryLimit.current.room else {
      throw Diagnostics(
        "too-many-trials",
        .init(
          en:
            "the years of so many trials need \(gigabytes(bytes)) GB of memory, and \(MemoryLimit.current.words.english)",
          zh: "这么多次模拟的逐年数据需要\(gigabytes(bytes)) GB 内存，\(MemoryLimit.current.words.chinese)"),
        help: .init(
          en: "use fewer with --year-trials", zh: "用 --year-trials 减少次数"),
        at: SourceLocation(file: scenario))
    }
    return progress.follow(.years, within: seconds) { control in
      simulateYears(plan, fundCount: fundCount, threads: threads, control: control)
    }
  }
}

/// What was found before a run of what moves its headline beside chance.
struct HeadlineFindings {
  /// The readings that move it; `nil` where the search was stopped before all were looked at.
  var readings: [HeadlineReading]?
  /// The other laws of dependence; `nil` where the search was stopped before, or trials are too few.
  var laws: HeadlineLaws?
  /// What the best estimate alone would say; `nil` where nothing is drawn, or the search was stopped before.
  var bestEstimate: HeadlineEstimate?
  /// The years; `nil` where they were not asked for, or the time was over before.
  var years: YearlyFigures?
  /// The same, trial by trial.
  var yearTrials: YearlyTrials?

  /// The same with the years, whose mean amounts are sharpened as those of the run are.
  func estimated(in frame: RunFrame) -> HeadlineFindings {
    var findings = self
    findings.years = yearTrials.map {
      YearlyFigures($0, controls: frame.funds.map(\.controls))
    }
    return findings
  }
}
