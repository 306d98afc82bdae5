import Foundation
import TestSupport
import Testing

/// Disks, pipes and other people's files.
struct `Faults` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return folder
  }

  private static func run(_ line: String, in folder: TemporaryFolder) async throws
    -> Command.Outcome
  {
    try await Command.run(line.split(separator: " ").map(String.init), in: folder.path)
  }

  @Test(arguments: ["summary.json", "timeline.csv", "trials.csv", "report.html"])
  func `a file that fundsim did not write stays, unless it is told to replace it`(
    name: String
  ) async throws {
    let folder = try Self.folder()
    let line = "run s.yaml --trials 20 --quiet --trials-format csv --report --out o"
    #expect(try await Self.run(line, in: folder).status == 0)
    let own = try folder.text("o/" + name)
    // What it wrote itself is replaced without a word, and keeps its permissions.
    chmod(folder.path + "/o/" + name, 0o640)
    #expect(try await Self.run(line + " --seed 2", in: folder).status == 0)
    #expect(try folder.text("o/" + name) != own)
    var status = stat()
    #expect(stat(folder.path + "/o/" + name, &status) == 0 && status.st_mode & 0o777 == 0o640)
    try folder.write("o/" + name, "<!DOCTYPE html>\nmy own notes")
    let refused = try await Self.run(line, in: folder)
    #expect(refused.status == 74)
    #expect(refused.errors.contains("o/\(name): error[cannot-write]: the file exists"))
    #expect(try folder.text("o/" + name) == "<!DOCTYPE html>\nmy own notes")
    #expect(try await Self.run(line + " --force", in: folder).status == 0)
    #expect(try folder.text("o/" + name) == own)
  }

  /// A tape of one's own has the columns that fundsim writes, and was replaced for that.
  @Test func `a tape is replaced by the same tape only, unless fundsim is told to`() async throws {
    let folder = try Self.folder()
    #expect(try await Self.run("portfolio s.yaml --out o", in: folder).status == 0)
    let own = try folder.text("o/portfolio.csv")
    #expect(try await Self.run("portfolio s.yaml --out o", in: folder).status == 0)
    // One cell, of the same length.
    let edited = own.replacing("\nL1,", with: "\nL0,")
    #expect(edited != own)
    try folder.write("o/portfolio.csv", edited)
    let refused = try await Self.run("portfolio s.yaml --out o", in: folder)
    #expect(refused.status == 74)
    #expect(refused.errors.contains("o/portfolio.csv: error[cannot-write]: the file exists"))
    #expect(try folder.names() == ["o", "o/manifest.json", "o/portfolio.csv", "s.yaml"])
    #expect(try folder.text("o/portfolio.csv") == edited)
    #expect(try await Self.run("portfolio s.yaml --out o --force", in: folder).status == 0)
    #expect(try folder.text("o/portfolio.csv") == own)
  }

  @Test func `a table with a similar head is somebody's`() async throws {
    let folder = try Self.folder()
    let mine = "date,bank,loan,enterprise\n2024-01-01,A,1,x\n"
    try FileManager.default.createDirectory(
      atPath: folder.path + "/o", withIntermediateDirectories: true)
    try folder.write("o/ledger.csv", mine)
    let line =
      "replay \(Command.root)/scenarios/baotou/register.csv --programme baotou --model bank "
      + "--fund 1000万 --start 2024-01 --facts met --out o"
    #expect(try await Self.run(line, in: folder).status == 74)
    #expect(try folder.text("o/ledger.csv") == mine)
  }

  @Test func `a link is neither followed nor lost`() async throws {
    let folder = try Self.folder()
    try folder.write("precious", "{\n  \"schemaVersion\": mine")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/o", withIntermediateDirectories: true)
    symlink("../precious", folder.path + "/o/summary.json")
    let line = "run s.yaml --trials 20 --quiet --out o"
    let refused = try await Self.run(line, in: folder)
    #expect(refused.status == 74 && refused.errors.contains("a link stands there"))
    #expect(try await Self.run(line + " --force", in: folder).status == 0)
    #expect(try folder.text("precious") == "{\n  \"schemaVersion\": mine")
    #expect(try folder.text("o/summary.json").contains("\"provenance\""))
  }

  /// The files of a run of some hundred trials.
  private static let resultFiles =
    [
      "contributions", "indicators", "money", "timeline",
    ].map { "o/\($0).csv" } + ["o/manifest.json", "o/summary.json"]

  @Test(arguments: [
    // A file that may not grow, as on a full disk; in blocks of a kilobyte.
    ("ulimit -f 8; \"$FUNDSIM\" run s.yaml --quiet --out o", 74, "o/summary.json: error"),
    ("ulimit -f 8; \"$FUNDSIM\" run s.yaml --quiet --shard 0/1 --out o/a", 74, "o/a: error"),
    ("\"$FUNDSIM\" run s.yaml --quiet --out o", 0, ""),
    ("env -i \"$FUNDSIM\" run s.yaml --quiet --out o", 0, ""),
    ("LC_ALL=no_SUCH HOME=/nowhere \"$FUNDSIM\" run s.yaml --quiet --out o", 0, ""),
    ("\"$FUNDSIM\" run s.yaml --out o >&-", 74, "standard output: error[cannot-write]"),
    ("\"$FUNDSIM\" run s.yaml --seed 3 --quiet --out o 2>&-", 0, ""),
    ("\"$FUNDSIM\" run none.yaml 2>&-", 65, ""),
  ])
  func `a fault ends or goes on cleanly, and leaves nothing half written`(
    line: String, status: Int, words: String
  ) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.shell(line, in: folder.path)
    #expect(outcome.status == Int32(status), "\(outcome.errors)")
    #expect(outcome.errors.contains(words) || words.isEmpty)
    for name in try folder.names() where name.hasPrefix("o/") {
      #expect(Self.resultFiles.contains(name))
      #expect(try folder.text(name).utf8.last == 10, "\(name) is whole")
    }
  }

  @Test func `a full disk stops no run: its checkpoint is told once and the results are right`()
    async throws
  {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let folder = try Self.folder()
    // Its JSON object has to find room where its checkpoint finds none.
    let line = "run s.yaml --trials 6000 --year-trials 0 --quiet --out"
    #expect(try await Self.run(line + " whole", in: folder).status == 0)
    let outcome = try await Command.shell(
      "ulimit -f 200; \"$FUNDSIM\" \(line) o --checkpoint c --checkpoint-every 0.05s",
      in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.components(separatedBy: "the checkpoint cannot grow").count == 2)
    #expect(try folder.text("o/summary.json") == folder.text("whole/summary.json"))
    // There is room again: the run goes on from what was kept.
    let again = try await Self.run(line + " o --checkpoint c", in: folder)
    #expect(again.status == 0)
    #expect(try folder.text("o/summary.json") == folder.text("whole/summary.json"))
  }
}
