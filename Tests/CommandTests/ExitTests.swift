import Foundation
import TestSupport
import Testing

/// How the command ends, and what it leaves behind.
struct `Endings` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return folder
  }

  @Test func `a run that succeeds ends with 0 and names its files`() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(["run", "s.yaml"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Written: notebooks-out/s/summary.json, timeline.csv"))
    #expect(
      try folder.names() == [
        "notebooks-out", "notebooks-out/s", "notebooks-out/s/contributions.csv",
        "notebooks-out/s/indicators.csv", "notebooks-out/s/manifest.json",
        "notebooks-out/s/money.csv", "notebooks-out/s/summary.json",
        "notebooks-out/s/timeline.csv", "s.yaml",
      ])
  }

  @Test func `a quiet run prints nothing and writes its files`() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(
      ["run", "s.yaml", "--quiet", "--out", "o"], in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    #expect(try folder.text("o/timeline.csv").contains("\n"))
  }

  @Test(arguments: [
    ["run"], ["run", "s.yaml", "--frobnicate"], ["run", "s.yaml", "--trials", "0"],
    ["run", "s.yaml", "--trials", "many"], ["run", "s.yaml", "--threads", "0"],
    ["run", "s.yaml", "--seed", "-1"], ["simulate", "s.yaml"], ["policy", "show"],
  ])
  func `a wrong command line ends with 64`(arguments: [String]) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("Usage: fundsim"))
    #expect(try folder.names() == ["s.yaml"])
  }

  @Test(arguments: ["run", "portfolio"])
  func `a folder that cannot be made ends with 74`(command: String) async throws {
    let folder = try Self.folder()
    try folder.write("file", "a regular file")
    let outcome = try await Command.run(
      [command, "s.yaml", "--out", "file/below"], in: folder.path)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("file/below: error[cannot-write]"))
    #expect(outcome.errors.contains("help:"))
    #expect(try folder.names() == ["file", "s.yaml"])
  }

  @Test func `a results file that cannot be replaced ends with 74, and leaves no pieces`()
    async throws
  {
    let folder = try Self.folder()
    let taken = folder.path + "/o/summary.json/in the way"
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
    let outcome = try await Command.run(["run", "s.yaml", "--out", "o"], in: folder.path)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("o/summary.json: error[cannot-write]"))
    #expect(try folder.names().allSatisfy { !$0.hasSuffix(".part") })
  }

  @Test(.timeLimit(.minutes(5)))
  func `Ctrl-C ends with 130 and a report of what was done`() async throws {
    let folder = try Self.folder()
    // A slow machine has done nothing when the signal comes early; a fast one has done it all.
    var outcome = Command.Outcome(status: 0, output: "", errors: "")
    for (trials, seconds) in [("400000", 2.0), ("4000000", 4), ("400000", 10), ("400000", 30)]
    where !outcome.errors.contains("Stopped after") {
      outcome = try await Command.run(
        ["run", "s.yaml", "--trials", trials, "--threads", "1", "--out", "o"], in: folder.path,
        interrupt: seconds)
    }
    #expect(outcome.status == 130)
    #expect(outcome.errors.contains("00000 trials."))
    #expect(outcome.output.contains("Survival by year"))
    let files = try folder.names().filter { $0.hasPrefix("o/") }
    // Who uses the fund up is told of whole runs.
    #expect(
      files == [
        "o/indicators.csv", "o/manifest.json", "o/money.csv", "o/summary.json", "o/timeline.csv",
      ])
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["policy show baotou", "run s.yaml --out o"])
  func `a reader that goes away ends it without a word`(command: String) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.shell("\"$FUNDSIM\" \(command) | head -n 1", in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.split(separator: "\n").count == 1)
  }

  @Test func `standard output that takes no more ends with 74`() async throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let folder = try Self.folder()
    let outcome = try await Command.shell("\"$FUNDSIM\" policy list >/dev/full", in: folder.path)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("standard output: error[cannot-write]"))
  }
}
