import DocumentReading
import Foundation
import FundCore
import PartialResults
import Reporting
import ScenarioInput
import Simulation

/// A run, or a shard of it, as the command line asks for it.
struct RunRequest {
  /// The scenario that it comes from.
  let source: Scenario
  let compiled: CompiledScenario
  let pieces: PieceArguments
  /// How messages name the scenario.
  let scenario: String
  /// How many threads work at once; all processors if `nil`.
  let threads: Int?
  /// Whether no progress is shown.
  let isQuiet: Bool
  /// The precision that it has to reach; `nil` for all trials.
  var precision: RunPrecision?
  /// What is asked of rare trials; `nil` if none are.
  let rare: RareRequest?

  /// What the command line asks for.
  init(
    _ scenario: Scenario, at path: String, pieces: PieceArguments, threads: Int?, isQuiet: Bool,
    rare: RareRequest? = nil
  ) {
    source = scenario
    self.rare = rare
    compiled = scenario.compiled(version: ProgramVersion.current)
    self.pieces = pieces
    self.scenario = path
    self.threads = threads
    self.isQuiet = isQuiet
  }

  /// What the run, or the shard, belongs to.
  var identity: RunIdentity {
    RunIdentity(
      compiled.source.provenance, shard: pieces.shard ?? .whole, rareTrials: rare?.trials ?? 0,
      years: compiled.plan.years)
  }

  /// What a report says beside the figures of any run.
  var words: RunWords {
    RunWords(
      provenance: compiled.source.provenance, funds: compiled.source.funds,
      otherReadings: otherReadings, headlineReadings: [], headlineLaws: nil, bestEstimate: nil)
  }

  private var otherReadings: [RunWords.OtherReading] {
    compiled.otherReadings.map {
      RunWords.OtherReading(
        fund: $0.fund, interpretation: $0.reading.interpretation, name: $0.reading.name,
        text: $0.reading.text)
    }
  }

  /// What a report says beside the figures of a run.
  func words<Result>(of outcome: RunOutcome<Result>) -> RunWords {
    var words = RunWords(
      provenance: compiled.source.provenance, funds: compiled.source.funds,
      otherReadings: otherReadings, headlineReadings: outcome.findings.readings ?? [],
      headlineLaws: outcome.findings.laws,
      bestEstimate: outcome.findings.bestEstimate)
    words.contributions = outcome.contributions
    words.years = outcome.findings.years
    words.rare = rare
    return words
  }

  /// What is found on the first trials before the run: what moves the headline, and the years of the funds.
  /// Of the shards the first one alone tells the years: a merge takes them from it.
  private func findings(_ machine: Machine) throws(Diagnostics) -> HeadlineFindings {
    var findings = machine.findings(of: compiled, source, within: screenLimit)
    guard isFirst else { return findings }
    findings.yearTrials = try machine.years(
      of: compiled.plan, fundCount: source.funds.count, within: screenLimit)
    return findings
  }

  /// The report of one trial: it has all figures that the run will have.
  func smallestReport() throws -> RiskReport {
    let result = simulate(compiled.plan, trials: 0..<1, threads: 1)
    var outcome = RunOutcome(result: result, asked: 1, isAtLimit: false)
    if compiled.plan.years.trials > 0 {
      outcome.findings.years = simulateYears(
        compiled.plan, trialCount: 1, fundCount: source.funds.count, threads: 1
      ).map { YearlyFigures($0) }
    }
    if rare != nil { outcome.rare = RareTrials(plain: result, fundCount: source.funds.count) }
    return try outcome.report(words: words(of: outcome))
  }

  /// Looks for what moves the headline beside chance, and runs the trials, from the checkpoint on if there
  /// is one.
  ///
  /// - Parameter files: Where the results will stand, none of which may be the checkpoint.
  func outcome(beside files: [String]) throws -> RunOutcome<SimulationResult> {
    try checkCheckpoint(beside: files)
    // What a run goes on from is an input, and results never take its place.
    defer { if let path = pieces.checkpoint { ReadFiles.note(path: path) } }
    return try followed { machine in
      try MemoryLimit.check(compiled.plan, load(isUnordered: false), of: scenario)
      let checkpoint = try checkpoint(isAlone: machine.threads == 1)
      let findings = try findings(machine)
      var outcome = try machine.outcome(
        of: compiled.plan, trials: trials, checkpoint: checkpoint, looks: precision?.looks())
      outcome.findings = findings.estimated(in: outcome.result.frame)
      outcome.precision = precision?.outcome(outcome.result)
      complete(&outcome, on: machine, from: outcome.result)
      return outcome
    }
  }

  /// Whether the trials are better run without their order, where nobody asks for it: a checkpoint keeps
  /// rows.
  var isBetterUnordered: Bool {
    pieces.checkpoint == nil && compiled.plan.isBetterUnordered(trialCount: trials.count)
  }

  /// The same for figures alone, without the order of the trials.
  func unorderedOutcome() throws -> RunOutcome<UnorderedRun> {
    try followed { machine in
      try MemoryLimit.check(compiled.plan, load(isUnordered: true), of: scenario)
      let findings = try findings(machine)
      var outcome = try machine.unorderedOutcome(
        of: compiled.plan, trials: trials, reportedFunds: compiled.source.funds.count,
        looks: precision?.looks())
      outcome.findings = findings.estimated(in: outcome.result.frame)
      outcome.precision = precision?.outcome(outcome.result)
      complete(&outcome, on: machine, from: nil)
      machine.reuseLargeBlocks()
      return outcome
    }
  }

  /// Divides the trials of a run that was not stopped among the loans, and notes what is left out. Of the
  /// shards the first one alone divides: a merge takes the answer from it.
  ///
  /// - Parameter result: The trials, where they are at hand in their order.
  private func complete<Result>(
    _ outcome: inout RunOutcome<Result>, on machine: Machine, from result: SimulationResult?
  ) {
    addRare(&outcome, on: machine)
    guard isFirst else { return }
    if compiled.plan.years.trials > 0, outcome.findings.years == nil {
      outcome.leftOut.append(.init(en: "money and indicators by year", zh: "逐年资金与指标"))
    }
    var compiled = compiled
    compiled.plan.trialCount = outcome.result.frame.plannedTrials
    guard outcome.isWhole, compiled.plan.trialCount >= Machine.fewestDivided else { return }
    outcome.contributions = machine.contributions(of: compiled, source, from: result)
    if outcome.contributions == nil {
      outcome.leftOut.append(.init(en: "who uses the funds up", zh: "钱用在了谁身上"))
    }
  }

  /// Runs the rare trials after all others, and notes what of them is left out.
  private func addRare<Result>(_ outcome: inout RunOutcome<Result>, on machine: Machine) {
    guard let rare else { return }
    let wanted = identity.shard.trials(of: rare.trials)
    if outcome.isWhole {
      outcome.rare = machine.rareTrials(
        of: compiled.plan, rare, wanted, fundCount: source.funds.count)
    }
    let done = outcome.rare?.range.count ?? 0
    guard done < wanted.count else { return }
    var left =
      done == 0
      ? LocalizedText(en: "rare exhaustion", zh: "稀有耗尽")
      : LocalizedText(
        en: "all rare trials but the first \(done) of \(wanted.count)",
        zh: "稀有抽样\(wanted.count)次中前\(done)次之后的各次")
    if pieces.checkpoint != nil {
      left =
        left
        + .init(
          en: " (the checkpoint keeps no rare trials: the same command runs them from the first)",
          zh: "（检查点不保存稀有抽样：同一命令会从头运行）")
    }
    outcome.leftOut.append(left)
  }

  /// Whether this is the whole run, or its first shard.
  private var isFirst: Bool { identity.shard.index == 0 }

  private func followed<Result>(
    _ run: (Machine) throws -> RunOutcome<Result>
  ) throws -> RunOutcome<Result> {
    let progress = Progress(isQuiet: isQuiet, limit: pieces.timeLimit?.value)
    defer { progress.finish() }
    let machine = Machine(scenario: scenario, threads: threads, progress: progress)
    if rare != nil { try machine.checkRare(compiled.plan) }
    return try run(machine)
  }

  /// What is held in memory at the same time.
  private func load(isUnordered: Bool) -> MemoryLimit.Load {
    .init(
      trials: trials.count,
      rareTrials: rare.map { identity.shard.trials(of: $0.trials).count } ?? 0,
      isUnordered: isUnordered)
  }

  private var trials: Range<Int> { identity.shard.trials(of: compiled.plan.trialCount) }

  /// After how many seconds the search for what moves the headline ends, and after how many the years are given up,
  /// so that a run with a time limit has most of it for its trials. A shard has no limit but the run's: all parts say the same of it.
  private var screenLimit: Double? {
    pieces.shard == nil ? pieces.timeLimit.map { $0.value / 6 } : nil
  }

  /// The file that keeps what is done; `nil` if none is wanted.
  ///
  /// - Parameter isAlone: Whether the run has one thread.
  private func checkpoint(isAlone: Bool) throws(Diagnostics) -> CheckpointFile? {
    guard let path = pieces.checkpoint else { return nil }
    // The trials that it keeps are the same with rare ones and without.
    var plain = identity
    plain.rareTrials = 0
    do throws(PartProblem) {
      return try CheckpointFile(
        path: path, identity: plain, interval: pieces.checkpointEvery.value,
        isAlone: isAlone,
        warn: { reason in
          printError(
            en: """
              \(path): the checkpoint cannot grow (\(reason)); the run goes on without, and tries \
              again each time
              """,
            zh: "\(path)：检查点文件无法增长（\(reason)）；运行继续，每次都会重试")
        })
    } catch {
      throw Diagnostics([error.diagnostic(of: path)])
    }
  }

  /// - Throws: `WriteError` if the checkpoint would be one of the files of the result.
  private func checkCheckpoint(beside files: [String]) throws {
    guard let path = pieces.checkpoint else { return }
    for file in files where Self.place(of: path) == Self.place(of: file) {
      throw WriteError(
        path: file,
        reason: .init(
          en: "the checkpoint and a file of the result would be one file",
          zh: "检查点与结果文件会是同一个文件"),
        help: .init(
          en: "name another file with --checkpoint", zh: "请用 --checkpoint 另选文件"))
    }
  }

  /// A path without links in its folders, whether a file stands there or not.
  private static func place(of path: String) -> String {
    let url = URL(filePath: path)
    return url.deletingLastPathComponent().resolvingSymlinksInPath().path + "/"
      + url.lastPathComponent
  }
}
