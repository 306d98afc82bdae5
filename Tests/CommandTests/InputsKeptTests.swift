import Foundation
import FundCore
import TestSupport
import Testing

/// No option writes over what the command reads, and no program goes on from another's work.
struct `Inputs and engines` {
  private static func run(_ line: String, in folder: TemporaryFolder) async throws
    -> Command.Outcome
  {
    try await Command.run(line.split(separator: " ").map(String.init), in: folder.path)
  }

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/o", withIntermediateDirectories: true)
    return folder
  }

  /// `--force` replaced the scenario, the tape or the register that it had just read.
  @Test(arguments: [
    ("o/summary.json", "run s.yaml --out o --force"),
    ("o/manifest.json", "run s.yaml --out o --force"),
    ("o/part", "run s.yaml --shard 0/1 --out o/part --force"),
    ("o/portfolio.csv", "portfolio s.yaml --out o --force"),
    ("o/trace.json", "trace s.yaml --trial 1 --out o --force"),
    ("o/size.json", "size s.yaml --out o --force"),
    ("o/compare.json", "compare s.yaml --out o --force"),
  ])
  func `a scenario stays, whatever is forced`(name: String, line: String) async throws {
    let folder = try Self.folder()
    try folder.write(name, SmallScenario.text)
    symlink(name, folder.path + "/s.yaml")
    let outcome = try await Self.run(line, in: folder)
    #expect(outcome.status == 74, "\(outcome.errors)")
    #expect(outcome.errors.contains("\(name): error[cannot-write]: the file is an input"))
    #expect(try folder.text(name) == SmallScenario.text)
    #expect(try folder.names() == ["o", name, "s.yaml"])
  }

  @Test func `a tape, a programme and a register stay, also through links`() async throws {
    let folder = try Self.folder()
    try folder.write("s.yaml", SmallScenario.text)
    #expect(try await Self.run("portfolio s.yaml --out t", in: folder).status == 0)
    let tape = try folder.text("t/portfolio.csv")
    let header = try #require(tape.split(separator: "\n").first)
    let columns = header.split(separator: ",").map { "    \($0): \($0)" }.joined(separator: "\n")
    try folder.write("o/timeline.csv", tape)
    try folder.write(
      "s.yaml",
      SmallScenario.withTape("  tape: link.csv\n  columns:\n\(columns)\n  facts: {others: met}"))
    // The scenario names the tape by a link, and the output by its own name; then the other way round.
    symlink("o/timeline.csv", folder.path + "/link.csv")
    let line = "run s.yaml --trials 20 --quiet --out o --force"
    #expect(try await Self.run(line, in: folder).status == 74)
    #expect(try folder.text("o/timeline.csv") == tape)
    rename(folder.path + "/o/timeline.csv", folder.path + "/mine.csv")
    unlink(folder.path + "/link.csv")
    link(folder.path + "/mine.csv", folder.path + "/link.csv")
    symlink("../mine.csv", folder.path + "/o/timeline.csv")
    #expect(try await Self.run(line, in: folder).status == 74)
    #expect(try folder.text("mine.csv") == tape)
    let register = try String(
      contentsOfFile: Command.root + "/scenarios/baotou/register.csv", encoding: .utf8)
    try folder.write("o/banks.csv", register)
    let replayed = try await Self.run(
      "replay o/banks.csv --programme baotou --model bank --fund 1000万 --start 2024-01 "
        + "--facts met --out o --force", in: folder)
    #expect(replayed.status == 74)
    #expect(try folder.text("o/banks.csv") == register)
  }

  @Test func `a part and a checkpoint stay`() async throws {
    let folder = try Self.folder()
    try folder.write("s.yaml", SmallScenario.text)
    let part = "run s.yaml --trials 40 --quiet --shard 0/1 --out "
    #expect(try await Self.run(part + "o/summary.json --force", in: folder).status == 0)
    let bytes = try Data(contentsOf: URL(filePath: folder.path + "/o/summary.json"))
    #expect(try await Self.run("merge o/summary.json --out o --force", in: folder).status == 74)
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/o/summary.json")) == bytes)
    for line in [
      "run s.yaml --trials 40 --quiet --checkpoint c/timeline.csv --out c --force",
      "run s.yaml --trials 40 --quiet --checkpoint ./c.part --shard 0/1 --out c.part --force",
    ] {
      let outcome = try await Self.run(line, in: folder)
      #expect(outcome.status == 74, "\(outcome.errors)")
      #expect(outcome.errors.contains("would be one file"))
    }
    #expect(try folder.names() == ["o", "o/summary.json", "s.yaml"])
    // One that is there already, under another name.
    let run = "run s.yaml --trials 40 --quiet --checkpoint k --out o2 --force"
    #expect(try await Self.run(run, in: folder).status == 0)
    let kept = try Data(contentsOf: URL(filePath: folder.path + "/k"))
    unlink(folder.path + "/o2/timeline.csv")
    link(folder.path + "/k", folder.path + "/o2/timeline.csv")
    #expect(try await Self.run(run, in: folder).status == 74)
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/k")) == kept)
  }

  /// Two builds of "0.1.0" were one to each other, whatever they computed.
  @Test func `the engine is the version, known answers and the sources, and reports name it`()
    async throws
  {
    let folder = try Self.folder()
    try folder.write("s.yaml", SmallScenario.text)
    let engine = try await Self.run("engine", in: folder).output.trimmingCharacters(
      in: .whitespacesAndNewlines)
    let match = try #require(
      engine.wholeMatch(of: /([0-9.]+)\+([0-9a-f]{16})\.([0-9a-f]{16})/), "\(engine)")
    let report = try await Self.run("run s.yaml --trials 20 --report --out o", in: folder)
    #expect(report.output.contains("fundsim \(engine)"))
    #expect(try folder.text("o/report.html").contains(engine))
    let part = """
      "engine": {"version": "\(match.1)", "words": "\(match.2)", "sources": "\(match.3)"}
      """
    #expect(try folder.text("o/summary.json").contains(part))
    let shard = "run s.yaml --trials 20 --quiet --shard 0/1 --out a.part --engine "
    let refused = try await Self.run(shard + "0.1.0+0.0", in: folder)
    #expect(refused.status == 65 && refused.errors.contains("error[other-engine]"))
    #expect(refused.errors.contains("0.1.0+0.0") && refused.errors.contains(engine))
    #expect(try await Self.run(shard + engine, in: folder).status == 0)
    #expect(try await Self.run("merge --check a.part", in: folder).output.contains(engine))
  }

  /// The digest is that of the sources as they lie there, by its own rule.
  @Test func `the digest of the sources is theirs`() async throws {
    let targets = [
      "FundCore", "CompensationKernel", "DocumentReading", "RandomStreams", "LossStatistics",
      "ResultFacts", "PolicyLibrary", "Simulation", "ClaimRules", "ScenarioInput", "PartialResults",
    ]
    var names: [String] = []
    for target in targets {
      let below = try FileManager.default.subpathsOfDirectory(
        atPath: "\(Command.root)/Sources/\(target)")
      names += below.filter { $0.hasSuffix(".swift") || $0.hasPrefix("Programmes/") }
        .map { "Sources/\(target)/\($0)" }
    }
    var digest = SHA256()
    for name in names.sorted(by: { Array($0.utf8).lexicographicallyPrecedes($1.utf8) }) {
      let bytes = try Data(contentsOf: URL(filePath: Command.root + "/" + name))
      digest.add(Array("\(name.utf8.count) \(name) \(bytes.count) ".utf8) + bytes)
    }
    let engine = try await Self.run("engine", in: Self.folder()).output
    #expect(engine.hasSuffix(".\(digest.hexDigest().prefix(16))\n"), "\(engine)")
  }
}
