import DocumentReading
import Foundation
import FundCore
import PartialResults
import Planning
import Reporting
import ScenarioInput
import Simulation

/// A run, or a shard of it, as the command line asks for it.
struct RunRequest {
  let compiled: CompiledScenario
  let pieces: PieceArguments
  /// How messages name the scenario.
  let scenario: String
  /// How many threads work at once; all processors if `nil`.
  let threads: Int?
  /// Whether no progress is shown.
  let isQuiet: Bool
  /// The readings that move the headline.
  let headlineReadings: [HeadlineReading]

  /// What the command line asks for, with the readings that move the headline: found on the first
  /// trials and not followed on the terminal, for it takes a moment.
  init(
    _ scenario: Scenario, at path: String, pieces: PieceArguments, threads: Int?, isQuiet: Bool
  ) {
    compiled = scenario.compiled(version: ProgramVersion.current)
    self.pieces = pieces
    self.scenario = path
    self.threads = threads
    self.isQuiet = isQuiet
    let workers = threads ?? ProcessInfo.processInfo.activeProcessorCount
    headlineReadings = HeadlineScreen(scenario, plan: compiled.plan).readings { plan, trials in
      simulate(plan, trials: trials, threads: workers)
    }
  }

  /// What the run, or the shard, belongs to.
  var identity: RunIdentity {
    RunIdentity(compiled.source.provenance, shard: pieces.shard ?? .whole)
  }

  /// What a report says beside the figures.
  var words: RunWords {
    RunWords(
      provenance: compiled.source.provenance, funds: compiled.source.funds,
      otherReadings: compiled.otherReadings.map {
        RunWords.OtherReading(
          fund: $0.fund, interpretation: $0.reading.interpretation, name: $0.reading.name,
          text: $0.reading.text)
      }, headlineReadings: headlineReadings)
  }

  /// Runs the trials, from the checkpoint on if there is one.
  ///
  /// - Parameter files: Where the results will stand, none of which may be the checkpoint.
  func outcome(beside files: [String]) throws -> RunOutcome {
    let progress = Progress(isQuiet: isQuiet, limit: pieces.timeLimit?.value)
    defer { progress.finish() }
    try checkCheckpoint(beside: files)
    // What a run goes on from is an input, and results never take its place.
    defer { if let path = pieces.checkpoint { ReadFiles.note(path: path) } }
    return try Machine(scenario: scenario, threads: threads, progress: progress).outcome(
      of: compiled.plan, trials: identity.shard.trials(of: compiled.plan.trialCount),
      checkpoint: try checkpoint())
  }

  /// The file that keeps what is done; `nil` if none is wanted.
  private func checkpoint() throws(Diagnostics) -> CheckpointFile? {
    guard let path = pieces.checkpoint else { return nil }
    do throws(PartProblem) {
      return try CheckpointFile(
        path: path, identity: identity, interval: pieces.checkpointEvery.value,
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
