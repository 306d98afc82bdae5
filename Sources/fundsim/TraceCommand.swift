import ArgumentParser
import FundCore
import Reporting
import ScenarioInput
import Simulation

/// `trace`: tells the story of one trial.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Tell the story of one trial, month by month, with the article of every step.",
    discussion: """
      A trial by its number, or by its rank among all trials of the run:
        fundsim trace scenarios/three-models --trial 4711
        fundsim trace scenarios/three-models --worst --fund 担保
        fundsim trace scenarios/baotou --quantile 0.99 --by exhaustion --brief
      """)

  @OptionGroup var input: ScenarioArguments
  @Option(help: "The number of the trial, from 0.")
  var trial: Int?
  @Flag(help: "The worst trial of the run.")
  var worst = false
  @Option(help: "The trial of this rank, above 0 and at most 1: 0.99 is worse than 99 % of them.")
  var quantile: Double?
  @Option(help: "What makes a trial bad: compensation, or exhaustion (how early it came).")
  var by: TrialMeasure = .compensation
  @Option(help: "The fund, by its name or a part of it (default: the first).")
  var fund: String?
  @Flag(help: "Print the table of months without the story.")
  var brief = false
  @Option(name: .customLong("out"), help: "The folder for trace.json.")
  var outputFolder: String?
  @Flag(help: "Print one JSON object instead of the story.")
  var json = false

  func validate() throws {
    let choices = [trial != nil, worst, quantile != nil].filter(\.self).count
    if choices != 1 {
      throw ValidationError("Choose one of --trial N, --worst and --quantile Q.")
    }
    if let trial, trial < 0 || trial >= largestTrialCount {
      throw ValidationError("--trial takes a whole number from 0 to \(largestTrialCount - 1).")
    }
    if let quantile, !(quantile > 0 && quantile <= 1) {
      throw ValidationError("--quantile takes a number above 0 and at most 1.")
    }
  }

  func run() throws {
    let scenario = try input.scenario()
    let position = try fund.map { try scenario.position(ofFund: $0) } ?? 0
    let compiled = scenario.compiled(version: ProgramVersion.current)
    var plan = compiled.plan
    // The draws do not depend on the funds.
    plan.funds = [plan.funds[position]]
    let choice = try choice(plan, scenario)
    let history = simulateTrials(plan, [choice.trial])[0]
    let replay = scenario.replay(history, fund: position, of: 0)
    let report = TraceReport(
      choice: choice, replay: replay, fund: compiled.funds[position],
      months: scenario.drawnMonths(of: history).map {
        TraceReport.Month(
          factors: $0.factors, defaultCount: $0.defaultCount, overdue: $0.overdue)
      }, sectors: scenario.factorSectors, provenance: compiled.provenance,
      differences: replay.differences(from: history.funds[0]).map(\.words.english))
    try deliver(report)
  }

  private func deliver(_ report: TraceReport) throws {
    if let path = outputFolder {
      try OutputFolder(path: path).write("trace.json") { try $0(report.json()) }
    }
    try printOutput(json ? report.json() : report.terminalText(isBrief: brief))
    if let path = outputFolder, !json { try printOutput("\nWritten: \(path)/trace.json\n") }
  }

  /// The trial that was asked for, by its number or by its rank in the run.
  private func choice(_ plan: SimulationPlan, _ scenario: Scenario) throws -> TraceReport.Choice {
    if let trial {
      guard trial < plan.trialCount else {
        throw ValidationError(
          "The run has \(plan.trialCount) trials, from 0 to \(plan.trialCount - 1); --trials makes "
            + "it longer.")
      }
      return TraceReport.Choice(trial: trial, rank: nil)
    }
    let result = try PlanRun(
      plan: plan, scenario: input.path, threads: nil, isQuiet: json
    ).result()
    guard result.trialCount == plan.trialCount else {
      printError("Stopped before all trials were done: no rank can be told.")
      throw ExitStatus.stopped
    }
    let level = worst ? 1 : quantile ?? 1
    let chosen = by.trial(atMillionths: Int((level * 1e6).rounded()), of: result.funds[0])
    let measure = by == .compensation ? "compensation" : "time to exhaustion"
    let rank =
      worst
      ? "the worst of \(plan.trialCount) trials by \(measure)"
      : "the \(level) quantile of \(plan.trialCount) trials by \(measure)"
    return TraceReport.Choice(trial: chosen, rank: rank)
  }
}

extension TrialMeasure: ExpressibleByArgument {}
