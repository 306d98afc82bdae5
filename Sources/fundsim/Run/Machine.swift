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
  /// How many threads work at once; all processors if `nil`.
  let threads: Int?
  /// What follows the runs.
  let progress: Progress

  /// The part of the memory that results may take.
  private static let share = 0.7
  /// The memory, in bytes.
  static var memory: Double { Double(ProcessInfo.processInfo.physicalMemory) }
  /// How many bytes results may take.
  static var room: Double { memory * share }

  /// Runs a plan as far as time and signals allow.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - trials: The trials to run; all if `nil`.
  ///   - later: How many runs of as many trials come after this one; `nil` if nobody knows.
  ///   - checkpoint: Keeps what is done, and has what an earlier run did.
  /// - Throws: A diagnostic if the results would not fit into memory; nothing has been run then.
  func outcome(
    of plan: SimulationPlan, trials: Range<Int>? = nil, later: Int? = 0,
    checkpoint: CheckpointFile? = nil
  ) throws(Diagnostics) -> RunOutcome {
    let trials = trials ?? 0..<plan.trialCount
    try checkMemory(plan, trials.count)
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    return progress.follow(trials: trials.count, later: later) { control in
      let result: SimulationResult
      if let checkpoint {
        result = simulate(
          plan, trials: trials, threads: threads, journal: checkpoint, control: control)
        checkpoint.finish()
      } else {
        result = simulate(plan, trials: trials, threads: threads, control: control)
      }
      return RunOutcome(result: result, asked: trials.count, isAtLimit: control.isAtLimit)
    }
  }

  /// What moves the headline of a run beside chance: other laws of dependence, and other readings.
  ///
  /// - Parameters:
  ///   - compiled: What the run comes from.
  ///   - seconds: After how many seconds the search ends; `nil` for no end but that of the run.
  func findings(
    of compiled: CompiledScenario, _ scenario: Scenario, within seconds: Double?
  ) -> HeadlineFindings {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    return progress.followScreen(within: seconds) { control in
      func few(_ plan: SimulationPlan, _ trials: Range<Int>) -> SimulationResult {
        // Few trials: small chunks keep all threads at work, and end soon when they are stopped.
        simulate(plan, trials: trials, threads: threads, chunkSize: 8, control: control)
      }
      let laws = DependenceScreen(compiled.plan, fundCount: scenario.funds.count)
        .laws(simulate: few)
      let readings = HeadlineScreen(scenario, plan: compiled.plan).readings(simulate: few)
      return HeadlineFindings(readings: readings, laws: laws)
    }
  }

  /// - Throws: A diagnostic if the results of so many trials would not fit into memory.
  func checkMemory(_ plan: SimulationPlan, _ count: Int) throws(Diagnostics) {
    let needed = Double(count) * plan.bytesPerTrial
    guard needed > Self.room else { return }
    let fewer = Int(Self.memory * 0.5 / plan.bytesPerTrial)
    throw Diagnostics(
      "too-many-trials",
      .init(
        en: """
          \(count) trials of \(plan.funds.count) funds need about \
          \(Int(needed / 1e9)) GB of memory, and this machine has \(Int(Self.memory / 1e9))
          """,
        zh: """
          \(plan.funds.count)只基金的\(count)次模拟约需\(Int(needed / 1e9)) GB 内存，\
          本机只有\(Int(Self.memory / 1e9)) GB
          """),
      help: .init(
        en: "use --trials \(fewer) or fewer, or run it in pieces with --shard",
        zh: "用 --trials \(fewer) 或更少，或用 --shard 分片运行"),
      at: SourceLocation(file: scenario))
  }
}

/// What was found before a run of what moves its headline beside chance.
struct HeadlineFindings {
  /// The readings that move it; `nil` where the search was stopped before all were looked at.
  var readings: [HeadlineReading]?
  /// The other laws of dependence; `nil` where the search was stopped before, or trials are too few.
  var laws: HeadlineLaws?
}
