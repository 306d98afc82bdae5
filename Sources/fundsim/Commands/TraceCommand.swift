import ArgumentParser
import FundCore
import ReportForm
import Reporting
import ScenarioInput
import Simulation

/// `trace`: tells the story of one trial.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: Language.say(
      en: "Tell the story of one trial, month by month, with the article of every step.",
      zh: "讲述一次模拟的经过：逐月列出，每步注明条文。"),
    discussion: Language.say(
      en: """
        A trial by its number, or by its rank among all trials of the run:
          fundsim trace scenarios/three-models --trial 4711
          fundsim trace scenarios/three-models --worst --fund 担保
          fundsim trace scenarios/baotou --quantile 0.99 --by exhaustion --brief
        """,
      zh: """
        按序号选取一次模拟，或按它在整个运行中的名次：
          fundsim trace scenarios/three-models --trial 4711
          fundsim trace scenarios/three-models --worst --fund 担保
          fundsim trace scenarios/baotou --quantile 0.99 --by exhaustion --brief
        """))

  @OptionGroup var input: ScenarioArguments
  @OptionGroup var setting: SettingArguments
  @Option(help: .text(en: "The number of the trial, from 0.", zh: "模拟的序号，从0起。"))
  var trial: Int?
  @Flag(help: .text(en: "The worst trial of the run.", zh: "整个运行中最差的一次。"))
  var worst = false
  @Option(
    help: .text(
      en: "The trial of this rank, above 0 and at most 1: 0.99 is worse than 99 % of them.",
      zh: "按此名次选取，大于0、不超过1：0.99即比99%的模拟更差。"))
  var quantile: String?
  @Option(
    help: .text(
      en: "What makes a trial bad: compensation, or exhaustion (how early it came).",
      zh: "差的标准：compensation（补偿额），或 exhaustion（耗尽得早）。"))
  var by: TrialMeasure = .compensation
  @Option(
    help: .text(
      en: "The fund, by its name or a part of it (default: the first).", zh: "基金名称，或其中一部分（默认第一只）。"),
    completion: .custom(Completion.funds))
  var fund: String?
  @Flag(help: .text(en: "Print the table of months without the story.", zh: "只输出逐月表，不讲经过。"))
  var brief = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    let choices = [trial != nil, worst, quantile != nil].filter(\.self).count
    if choices != 1 {
      throw ValidationError(
        en: "Choose one of --trial N, --worst and --quantile Q.",
        zh: "--trial N、--worst 和 --quantile Q 三者选一。")
    }
    if let trial, trial < 0 || trial >= largestTrialCount {
      throw ValidationError(
        en: "--trial takes a whole number from 0 to \(largestTrialCount - 1).",
        zh: "--trial 取0至\(largestTrialCount - 1)的整数。")
    }
    _ = try quantile.map { try Self.level($0) }
  }

  /// A rank: 0.99 or 99%. A bare 99 is 99 %, and a bare 1 may be either end.
  private static func level(_ text: String) throws -> Double {
    let plain = text.filter { $0 != " " }
    let isPercent = plain.hasSuffix("%") || plain.hasSuffix("％")
    let number = Double(isPercent ? plain.dropLast() : plain[...])
    if !isPercent, let number, number >= 1, number < 100 {
      throw ValidationError(
        en: "--quantile \(text) has no unit: write \(plain)%\(number == 1 ? " or 100%" : "").",
        zh: "--quantile \(text) 没有单位：请写\(plain)%\(number == 1 ? " 或 100%" : "")。")
    }
    guard let number, number > 0, number <= (isPercent ? 100 : 1) else {
      throw ValidationError(
        en: "--quantile takes a number above 0 and at most 1, or per cent such as 99%.",
        zh: "--quantile 取大于0、不超过1的数，或百分数如99%。")
    }
    return isPercent ? number / 100 : number
  }

  func run() throws {
    let scenario = try input.scenario(setting)
    let position = try fund.map { try scenario.position(ofFund: $0) } ?? 0
    let compiled = scenario.compiled(version: ProgramVersion.current)
    var plan = compiled.plan
    // The draws do not depend on the funds.
    plan.funds = [plan.funds[position]]
    let delivery = try Delivery(.trace, output)
    let choice = try choice(plan, scenario)
    let history = simulateTrials(plan, [choice.trial])[0]
    let replay = scenario.replay(history, fund: position, of: 0)
    var report = TraceReport(
      choice: choice, replay: replay, fund: compiled.source.funds[position],
      months: scenario.drawnMonths(of: history).map {
        TraceReport.Month(
          factors: $0.factors, defaultCount: $0.defaultCount, overdue: $0.overdue)
      }, sectors: scenario.factorSectors, provenance: compiled.source.provenance,
      differences: replay.differences(from: history.funds[0]).map(\.words))
    report.notMade = scenario.loansNotMade(in: history, fund: 0).map {
      TraceReport.NotMade(loan: $0.id, principal: $0.principal)
    }
    let stopped = Set(history.funds[0].stoppedLoans)
    report.groupings = scenario.loanGroupings(of: plan.portfolio).map { $0.leavingOut(stopped) }
    report.isBrief = brief
    try delivery.deliver(report.faces(files: scenario.setAside))
  }

  /// The trial that was asked for, by its number or by its rank in the run.
  private func choice(_ plan: SimulationPlan, _ scenario: Scenario) throws -> TraceReport.Choice {
    if let trial {
      guard trial < plan.trialCount else {
        throw ValidationError(
          en: """
            The run has \(plan.trialCount) trials, from 0 to \(plan.trialCount - 1); --trials makes it \
            longer.
            """,
          zh: "本运行有\(plan.trialCount)次模拟，序号0至\(plan.trialCount - 1)；可用 --trials 增加。")
      }
      return TraceReport.Choice(trial: trial, rank: nil)
    }
    let progress = Progress(isQuiet: output.isSilent)
    defer { progress.finish() }
    let outcome = try Machine(scenario: input.path, threads: nil, progress: progress)
      .outcome(of: plan)
    guard outcome.isWhole else { throw StoppedRun.withoutRank }
    let level = try worst ? 1 : quantile.map { try Self.level($0) } ?? 1
    let chosen = by.trial(atMillionths: Int((level * 1e6).rounded()), of: outcome.result.funds[0])
    let measure: LocalizedText =
      by == .compensation
      ? .init(en: "compensation", zh: "补偿额") : .init(en: "time to exhaustion", zh: "耗尽时间")
    let count = plan.trialCount
    let rank: LocalizedText =
      worst
      ? .init(
        en: "the worst of \(count) trials by \(measure)",
        zh: "按\(measure)，\(NumberFormat.whole(count))次模拟中最差")
      : .init(
        en: "the \(level) quantile of \(count) trials by \(measure)",
        zh: "按\(measure)，\(NumberFormat.whole(count))次模拟的\(level)分位数")
    return TraceReport.Choice(trial: chosen, rank: rank)
  }
}

extension TrialMeasure: ExpressibleByArgument {}
