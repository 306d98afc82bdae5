import Foundation
import FundCore
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

  /// Runs all trials.
  ///
  /// - Throws: A diagnostic if the results would not fit into memory; nothing has been run then.
  func result() throws(Diagnostics) -> SimulationResult {
    try checkMemory()
    let control = RunControl()
    let progress = RunProgress(control: control, total: plan.trialCount, isQuiet: isQuiet)
    defer { progress.finish() }
    let processors = ProcessInfo.processInfo.activeProcessorCount
    return simulate(plan, threads: threads ?? processors, control: control)
  }

  private func checkMemory() throws(Diagnostics) {
    let needed = Double(plan.trialCount) * plan.bytesPerTrial
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    guard needed <= available * 0.7 else {
      let fewer = Int(available * 0.5 / plan.bytesPerTrial)
      throw Diagnostics(
        "too-many-trials",
        .init(
          en: """
            \(plan.trialCount) trials of \(plan.funds.count) funds need about \
            \(Int(needed / 1e9)) GB of memory, and this machine has \(Int(available / 1e9))
            """,
          zh: """
            \(plan.funds.count) 只基金的 \(plan.trialCount) 次模拟约需 \(Int(needed / 1e9)) GB 内存，\
            本机只有 \(Int(available / 1e9)) GB
            """),
        help: .init(en: "use --trials \(fewer) or fewer", zh: "用 --trials \(fewer) 或更少"),
        at: SourceLocation(file: scenario))
    }
  }
}
