import ArgumentParser
import DocumentReading
import Foundation
import FundCore
import PartialResults
import ScenarioInput
import Simulation

/// What `run` is asked about a part of a run, or a part of the time.
struct PieceArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "Run the trials of shard I of N (from 0/N) alone; --out names the file for the part.",
      zh: "只运行 N 个分片中的第 I 个（从0/N 起）；--out 为该分片的文件。"),
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError(
          en: "--shard takes I/N with 0 <= I < N <= \(Shard.largestCount), such as 0/64.",
          zh: "--shard 写成 I/N，0 <= I < N <= \(Shard.largestCount)，如0/64。")
      }
      return shard
    })
  var shard: Shard?
  @Option(
    help: .text(
      en: "Run only if this program is that engine, as 'fundsim engine' prints it.",
      zh: "只有本程序是该计算内核（'fundsim engine' 输出的标识）才运行。"))
  var engine: String?
  @Option(
    help: .text(
      en: "A file that keeps what is done; a run that was stopped or killed goes on from it.",
      zh: "检查点文件，保存已完成的部分；停止或中断的运行由此继续。"),
    completion: .file())
  var checkpoint: String?
  @Option(
    name: .customLong("checkpoint-every"),
    help: .text(en: "How often the checkpoint grows: 10s, 5m.", zh: "检查点的间隔：10s、5m。"))
  var checkpointEvery: Seconds = Seconds(value: 10)
  @Option(
    name: .customLong("time-limit"),
    help: .text(
      en: "Stop after so long: 90s, 10m, 2h; report that.", zh: "到时即停并报告：90s、10m、2h。"))
  var timeLimit: Seconds?
}

/// A time as it is typed: `90s`, `10m`, `2h`.
struct Seconds: ExpressibleByArgument {
  let value: Double

  init(value: Double) {
    self.value = value
  }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = argument.last.flatMap({ units[$0] }),
      let number = Double(argument.dropLast()), number > 0, number * unit <= 1e7
    else { return nil }
    value = number * unit
  }

  var defaultValueDescription: String { "\(Int(value))s" }
}

/// Carries out a run, or a shard of it.
struct PieceRun {
  let compiled: CompiledScenario
  let pieces: PieceArguments
  let scenario: String
  let threads: Int?
  let isQuiet: Bool

  /// What the run, or the shard, belongs to.
  var identity: RunIdentity {
    RunIdentity(compiled.provenance, shard: pieces.shard ?? .whole)
  }

  /// What a report says beside the figures.
  var words: RunWords {
    RunWords(
      provenance: compiled.provenance, funds: compiled.funds,
      otherReadings: compiled.otherReadings.map {
        RunWords.OtherReading(
          fund: $0.fund, interpretation: $0.reading.interpretation, name: $0.reading.name,
          text: $0.reading.text)
      })
  }

  /// Runs the trials, from the checkpoint on if there is one.
  func end() throws -> RunEnd {
    let trials = identity.shard.trials(of: compiled.plan.trialCount)
    var run = PlanRun(
      plan: compiled.plan, scenario: scenario, threads: threads, isQuiet: isQuiet)
    run.trials = trials
    run.timeLimit = pieces.timeLimit?.value
    guard let path = pieces.checkpoint else { return try run.end() }
    // What a run goes on from is an input, and results never take its place.
    defer { ReadFiles.note(path: path) }
    do throws(PartProblem) {
      run.checkpoint = try CheckpointFile(
        path: path, identity: identity, interval: pieces.checkpointEvery.value,
        warn: { reason in
          let text = LocalizedText(
            en: """
              \(path): the checkpoint cannot grow (\(reason)); the run goes on without, and tries \
              again each time
              """,
            zh: "\(path)：检查点文件无法增长（\(reason)）；运行继续，每次都会重试")
          printError(text)
        })
    } catch {
      throw Diagnostics([error.diagnostic(of: path)])
    }
    return try run.end()
  }
}

extension PieceRun {
  /// - Throws: `WriteError` if the checkpoint would be one of the files of a result.
  func checkCheckpoint(in folder: String) throws {
    guard let path = pieces.checkpoint else { return }
    let names = [ResultManifest.name] + ResultKind.run.files.map(\.name)
    for name in names { try checkCheckpoint(is: folder + "/" + name, path) }
  }

  /// - Throws: `WriteError` if the checkpoint and the part would be one file.
  func checkCheckpoint(is output: String) throws {
    if let path = pieces.checkpoint { try checkCheckpoint(is: output, path) }
  }

  private func checkCheckpoint(is output: String, _ path: String) throws {
    guard Self.place(of: path) == Self.place(of: output) else { return }
    throw WriteError(
      path: output,
      reason: .init(
        en: "the checkpoint and a file of the result would be one file",
        zh: "检查点与结果文件会是同一个文件"),
      help: .init(
        en: "name another file with --checkpoint", zh: "请用 --checkpoint 另选文件"))
  }

  /// A path without links in its folders, whether a file stands there or not.
  private static func place(of path: String) -> String {
    let url = URL(filePath: path)
    return url.deletingLastPathComponent().resolvingSymlinksInPath().path + "/"
      + url.lastPathComponent
  }
}

/// How a run ended.
struct RunEnd {
  let result: SimulationResult
  /// How many trials were asked for.
  let asked: Int
  /// Whether the time limit stopped it, and not a signal.
  let isAtLimit: Bool

  /// Says how much was done if it was not all.
  func report() {
    guard result.trialCount < asked else { return }
    let (done, asked) = (result.trialCount, asked)
    let atLimit = LocalizedText(
      en: "The time limit stopped the run after \(done) of \(asked) trials.",
      zh: "已到时间上限，\(asked)次模拟完成了\(done)次。")
    let stopped = LocalizedText(
      en: "Stopped after \(done) of \(asked) trials.", zh: "已停止，\(asked)次模拟完成了\(done)次。")
    printError(isAtLimit ? atLimit : stopped)
  }

  /// The status to leave with if not all was done; `nil` if all was, or all that time allowed.
  var status: ExitCode? {
    result.trialCount < asked && !isAtLimit ? ExitStatus.stopped : nil
  }
}
