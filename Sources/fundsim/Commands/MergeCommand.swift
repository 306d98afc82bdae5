import ArgumentParser
import DocumentReading
import Foundation
import FundCore
import PartialResults
import Reporting
import ResultFacts
import Simulation

/// `merge`: makes one result of the parts of a run.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: Language.say(
      en: "Put the parts of a run together: the very result of the undivided run.",
      zh: "合并一次运行的各个分片，结果与不分片时完全相同。"),
    discussion: Language.say(
      en: """
        Parts come from 'fundsim run SCENARIO --shard I/N --out PART'. All N have to be there; their
        order, their names and the threads that made them do not matter.
        With --precision the last shards may be missing: the status is 0 if the precision is reached, and 1
        with how many trials are wanted if it is not.
        """,
      zh: """
        分片由 'fundsim run 情景 --shard I/N --out 分片文件' 写出。N 个分片缺一不可；
        次序、文件名和线程数无关紧要。
          用 --precision 时，后面的分片可以没有：达到精度则以0结束，否则以1结束并说明还需多少。
        """))

  @Argument(
    help: .text(
      en: "The files of the parts, or folders: of a folder all files that end with .part.",
      zh: "分片文件，或文件夹：取其中全部以 .part 结尾的文件。"),
    completion: .file(extensions: ["part"]))
  var parts: [String]
  @OptionGroup var output: OutputOptions
  @Flag(
    help: .text(
      en: "Only check that each file is whole; print what it holds.",
      zh: "只检查每个文件是否完整，并列出内容。"))
  var check = false
  @OptionGroup var precision: PrecisionArguments
  @OptionGroup var speech: LanguageArguments

  func run() throws {
    let paths = try parts.flatMap { try Self.files(of: $0) }
    if check { return try describe(paths) }
    // Files that a merge reads are no place to write.
    for path in paths { ReadFiles.note(path: path) }
    let merged = try refusingParts {
      try MergedParts(
        paths: paths, engine: ProgramVersion.current, mayEndEarly: !precision.targets.isEmpty)
    }
    let provenance = merged.words.provenance
    let delivery = try Delivery(
      .run, output, defaultFolder: ScenarioArguments.runName(of: provenance.scenario.path),
      further: RiskReport.tableNames)
    let report = try refusingParts {
      try RiskReport(merged, words: merged.words, rare: try merged.rareTrials())
    }
    guard var report else { throw StoppedRun.empty(isAtLimit: false) }
    report.precision = try precision.outcome(of: report)
    try delivery.deliver(report.faces())
    if !output.isSilent, let note = setAsideNote(of: provenance) {
      try printLines(note[.current])
    }
    guard let reached = report.precision, !reached.isReached else { return }
    tell(reached, shards: Shards(of: merged))
    throw ExitStatus.missed
  }

  /// How many trials the shards of a run have.
  private struct Shards {
    let trials: Int
    let planned: Int

    init(of parts: MergedParts) {
      (trials, planned) = (parts.trialCount, parts.frame.plannedTrials)
    }
  }

  /// Says that more shards are needed.
  private func tell(_ outcome: PrecisionOutcome, shards: Shards) {
    for line in outcome.lines { printError(line) }
    let (done, all) = (shards.trials, shards.planned)
    guard done < all else {
      if let advice = outcome.advice { printError(advice) }
      return
    }
    let wanted = min(all, max(2 * done, outcome.trialsNeeded ?? 0))
    printError(
      en:
        "Run further shards and merge again: these hold \(done) of \(all) trials; about \(wanted) are wanted.",
      zh: "请再运行后面的分片并重新合并：现有\(all)次模拟中的\(done)次，约需\(wanted)次。")
  }

  /// What comes of the parts, or why they are refused.
  private func refusingParts<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let problems as PartProblems {
      throw RefusedInput(diagnostics: problems.diagnostics, consequence: Self.nothing)
    } catch let problem as PartProblem {
      throw RefusedInput(
        diagnostics: Diagnostics([problem.diagnostic(of: parts[0])]), consequence: Self.nothing)
    }
  }

  private static let nothing = LocalizedText(
    en: "Nothing was merged.", zh: "未作合并。")

  private static let others = LocalizedText(
    en: "The others are whole.", zh: "其余文件完整。")

  private func describe(_ paths: [String]) throws {
    var problems: [Diagnostic] = []
    for path in paths {
      var line: LocalizedText?
      do throws(PartProblem) {
        let part = try PartFile(path: path)
        try part.checkBytes()
        try part.checkFigures()
        let identity = part.identity
        let (shard, digest) = (identity.shard, identity.scenarioDigest.prefix(12))
        line = LocalizedText(
          en: """
            \(path): shard \(shard.index)/\(shard.count), \(part.trials.count) of \
            \(identity.plannedTrials) trials, seed \(identity.seed), scenario \(digest), \
            engine \(identity.engine)\n
            """,
          zh: """
            \(path)：分片\(shard.index)/\(shard.count)，\(identity.plannedTrials)次模拟中的 \
            \(part.trials.count)次，种子\(identity.seed)，情景 \(digest)，\
            计算内核 \(identity.engine)\n
            """)
      } catch {
        problems.append(error.diagnostic(of: path))
      }
      if !output.quiet, let line { try printLines(line[.current]) }
    }
    guard problems.isEmpty else {
      throw RefusedInput(diagnostics: Diagnostics(problems), consequence: Self.others)
    }
  }

  private static func unreadable(_ folder: String) -> Diagnostics {
    Diagnostics(
      "unreadable-folder",
      .init(en: "the folder cannot be read", zh: "无法读取该文件夹"),
      help: .init(en: "check who may read it", zh: "请核对读取权限"),
      at: SourceLocation(file: folder))
  }

  /// The files that an argument stands for.
  private static func files(of path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw RefusedInput(diagnostics: unreadable(path), consequence: nothing)
    }
    // A name that starts with a dot is a part that is being written.
    let parts = names.filter { $0.hasSuffix(".part") && !$0.hasPrefix(".") }.sorted()
    guard !parts.isEmpty else {
      throw RefusedInput(
        diagnostics: Diagnostics(
          "no-parts",
          LocalizedText(
            en: "the folder holds no file that ends with .part",
            zh: "该文件夹中没有以 .part 结尾的文件"),
          help: LocalizedText(
            en: "write parts with 'fundsim run SCENARIO --shard I/N --out FOLDER/I.part'",
            zh: "用 'fundsim run 情景 --shard I/N --out 文件夹/I.part' 写出分片结果"),
          at: SourceLocation(file: path)), consequence: nothing)
    }
    return parts.map { path + "/" + $0 }
  }
}
