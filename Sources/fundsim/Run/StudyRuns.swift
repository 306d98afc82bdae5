import Foundation
import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Simulation

/// The runs of one study, within the memory of the machine and followed as one.
final class StudyRuns {
  private let machine: Machine
  /// What the results that are kept take, in bytes.
  private var held = 0.0
  /// The runs of the look before this one, in their order; empty where nothing is looked at.
  private var earlier: [SimulationResult] = []
  /// Those of this one; `nil` where nothing is looked at.
  private var current: [SimulationResult]?

  private init(_ arguments: StudyArguments, scenario: String) {
    machine = Machine(
      scenario: scenario, threads: arguments.threads,
      progress: Progress(isQuiet: arguments.output.isSilent))
  }

  /// Does a study, and stops following it when it ends.
  static func follow<Study>(
    _ arguments: StudyArguments, scenario: String, _ study: (StudyRuns) throws -> Study
  ) rethrows -> Study {
    let runs = StudyRuns(arguments, scenario: scenario)
    defer { runs.machine.progress.finish() }
    return try study(runs)
  }

  /// Runs a plan whose result is kept beside those before it.
  func keep(_ plan: SimulationPlan, later: Int?) throws -> SimulationResult {
    held += Double(plan.trialCount) * plan.bytesPerTrial
    guard held <= MemoryLimit.current.room else { throw tooMuch(plan) }
    return try run(plan, later: later)
  }

  /// Runs a plan whose result is soon forgotten.
  func run(_ plan: SimulationPlan, later: Int?) throws -> SimulationResult {
    guard let place = current?.count else {
      return try machine.outcome(of: plan, later: later).result
    }
    let result = try machine.continued(
      plan, from: place < earlier.count ? earlier[place] : nil, later: later)
    current?.append(result)
    return result
  }

  /// Runs the rare trials of a plan's first fund; `nil` if they were stopped.
  func rareTrials(_ plan: SimulationPlan, _ request: RareRequest) -> RareTrials? {
    let trials = machine.rareTrials(of: plan, request, 0..<request.trials, fundCount: 1)
    return trials?.range.count == request.trials ? trials : nil
  }

  /// Begins a look: its runs go on, each from that of the look before which came at its place.
  func beginLook() {
    earlier = current ?? []
    current = []
    held = 0
  }

  /// Ends all looks: further runs are run from their beginnings.
  func endLooks() { (earlier, current) = ([], nil) }

  private func tooMuch(_ plan: SimulationPlan) -> Diagnostics {
    Diagnostics(
      "too-many-trials",
      .init(
        en: """
          \(plan.trialCount) trials of all these variants need \(gigabytes(held)) GB of memory or more, \
          and \(MemoryLimit.current.words.english)
          """,
        zh: """
          全部方案各\(plan.trialCount)次模拟至少需要\(gigabytes(held)) GB 内存，\
          \(MemoryLimit.current.words.chinese)
          """),
      help: .init(
        en: "use fewer trials (--trials) or fewer variants", zh: "请减少模拟次数（--trials）或方案"),
      at: SourceLocation(file: machine.scenario))
  }
}

extension StudyRuns: StudyRepeats {
  func years(_ plan: SimulationPlan) throws -> YearlyTrials {
    guard let years = try machine.years(of: plan, fundCount: plan.funds.count, within: nil) else {
      throw StudyStopped()
    }
    return years
  }

  func division(
    _ plan: SimulationPlan, by groupings: [LoanGrouping], from result: SimulationResult
  ) throws -> [DividedFund] {
    let divided = machine.progress.follow(.contributions) { control in
      ContributionStudy(
        plan, fundCount: plan.funds.count, groupings: groupings, threads: machine.threads
      ).divided(from: result, control: control)
    }
    guard let divided else { throw StudyStopped() }
    return divided
  }
}
