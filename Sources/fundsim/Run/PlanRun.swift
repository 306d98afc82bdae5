import Foundation
import FundCore
import PartialResults
import Simulation

/// Runs a plan for a command: within the memory of the machine, followed on the terminal.
struct PlanRun {
  let plan: SimulationPlan
  /// How messages name the scenario.
  let scenario: String
  /// How many threads work at once; all processors if `nil`.
  let threads: Int?
  /// Whether no progress is shown.
  let isQuiet: Bool
  /// The trials to run; all if `nil`.
  var trials: Range<Int>?
  /// Keeps what is done, and has what an earlier run did.
  var checkpoint: CheckpointFile?
  /// After how many seconds to stop.
  var timeLimit: Double?

  /// Runs all trials.
  ///
  /// - Throws: A diagnostic if the results would not fit into memory; nothing has been run then.
  func result() throws(Diagnostics) -> SimulationResult { try end().result }

  /// Runs the trials that are asked for, as far as time and signals allow.
  ///
  /// - Throws: A diagnostic if the results would not fit into memory; nothing has been run then.
  func end() throws(Diagnostics) -> RunEnd {
    try checkMemory()
    let trials = trials ?? 0..<plan.trialCount
    let control = RunControl()
    let progress = RunProgress(
      control: control, total: trials.count, isQuiet: isQuiet, limit: timeLimit)
    defer { progress.finish() }
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let result: SimulationResult
    if let checkpoint {
      result = simulate(
        plan, trials: trials, threads: threads, journal: checkpoint, control: control)
      checkpoint.finish()
    } else {
      result = simulate(plan, trials: trials, threads: threads, control: control)
    }
    return RunEnd(result: result, asked: trials.count, isAtLimit: control.isAtLimit)
  }

  private func checkMemory() throws(Diagnostics) {
    let count = trials?.count ?? plan.trialCount
    let needed = Double(count) * plan.bytesPerTrial
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    guard needed <= available * 0.7 else {
      let fewer = Int(available * 0.5 / plan.bytesPerTrial)
      throw Diagnostics(
        "too-many-trials",
        .init(
          en: """
            \(count) trials of \(plan.funds.count) funds need about \
            \(Int(needed / 1e9)) GB of memory, and this machine has \(Int(available / 1e9))
            """,
          zh: """
            \(plan.funds.count)只基金的\(count)次模拟约需\(Int(needed / 1e9)) GB 内存，\
            本机只有\(Int(available / 1e9)) GB
            """),
        help: .init(
          en: "use --trials \(fewer) or fewer, or run it in pieces with --shard",
          zh: "用 --trials \(fewer) 或更少，或用 --shard 分片运行"),
        at: SourceLocation(file: scenario))
    }
  }
}
