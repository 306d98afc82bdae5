import Foundation
import FundCore
import TestSupport
import Testing

/// The files of a result belong together.
struct `Result folders` {
  /// What the manifest of a folder says.
  struct Manifest: Decodable {
    struct Entry: Decodable {
      let command: String
      let complete: Bool
      let files: [File]
    }
    struct File: Decodable {
      let name: String
      let bytes: Int
      let sha256: String
    }
    let complete: Bool
    let results: [Entry]

    init?(_ folder: String) {
      guard let bytes = FileManager.default.contents(atPath: folder + "/manifest.json"),
        let manifest = try? JSONDecoder().decode(Manifest.self, from: bytes)
      else { return nil }
      self = manifest
    }

    /// The files of a command's result, by name with their digests.
    func files(of command: String) -> [String: String]? {
      guard let entry = results.first(where: { $0.command == command }) else { return nil }
      return Dictionary(uniqueKeysWithValues: entry.files.map { ($0.name, $0.sha256) })
    }
  }

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

  /// The files of a folder that are no temporary ones, with their digests, the manifest left out.
  private static func digests(_ folder: String) throws -> [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var digests: [String: String] = [:]
    for name in names where !name.hasPrefix(".") && name != "manifest.json" {
      let bytes = try Data(contentsOf: URL(filePath: folder + "/" + name))
      digests[name] = SHA256.hexDigest(of: Array(bytes))
    }
    return digests
  }

  @Test func `the manifest lists all files of the result, each with its digest`() async throws {
    let folder = try Self.folder()
    let line = "run s.yaml --trials 30 --quiet --report --trials-format csv --out o"
    #expect(try await Self.run(line, in: folder).status == 0)
    let manifest = try #require(Manifest(folder.path + "/o"))
    #expect(manifest.complete)
    #expect(manifest.files(of: "run") == (try Self.digests(folder.path + "/o")))
    #expect(manifest.results[0].files.count == 6)
  }

  /// `report.html` and `trials.csv` of an older run stood beside the new `summary.json`.
  @Test func `what an older result had beyond the new one goes, and what was changed stays`()
    async throws
  {
    let folder = try Self.folder()
    let line = "run s.yaml --trials 30 --quiet --out o"
    #expect(try await Self.run(line + " --report --trials-format csv", in: folder).status == 0)
    try folder.write("o/notes.txt", "mine")
    try folder.write("o/trials.csv", "fund;trial of my own\n")
    let second = try await Self.run(line + " --seed 2", in: folder)
    #expect(second.status == 0)
    #expect(second.errors.contains("o/trials.csv: the file stays, and is no part of this result"))
    #expect(
      try Self.digests(folder.path + "/o").keys.sorted() == [
        "indicators.csv", "money.csv", "notes.txt", "summary.json", "timeline.csv", "trials.csv",
      ])
    #expect(try folder.text("o/trials.csv") == "fund;trial of my own\n")
    let manifest = try #require(Manifest(folder.path + "/o"))
    #expect(
      manifest.files(of: "run")?.keys.sorted() == [
        "indicators.csv", "money.csv", "summary.json", "timeline.csv",
      ])
    // Results of another command are no older ones.
    #expect(try await Self.run("trace s.yaml --trial 1 --brief --out o", in: folder).status == 0)
    let both = try #require(Manifest(folder.path + "/o"))
    #expect(both.complete && both.results.map(\.command) == ["run", "trace"])
  }

  /// By a name with `..` in a manifest a file outside the folder was taken away.
  @Test(arguments: [
    "../victim.csv", "sub/victim.csv", "..", "manifest.json", "a\\u0007b", "/etc/x",
  ])
  func `a manifest that lists other than files of its folder is none`(name: String) async throws {
    let folder = try Self.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/o/sub", withIntermediateDirectories: true)
    try folder.write("victim.csv", "mine\n")
    try folder.write("o/sub/victim.csv", "mine\n")
    let start = "{\n  \"manifestVersion\": 1,\n  \"complete\": true,\n"
    let digest = SHA256.hexDigest(of: Array("mine\n".utf8))
    let file = "{\"name\": \"\(name)\", \"bytes\": 5, \"sha256\": \"\(digest)\"}"
    let entry = "{\"command\": \"run\", \"complete\": true, \"files\": [\(file)]}"
    try folder.write("o/manifest.json", start + "\"results\": [\(entry)]}")
    let outcome = try await Self.run("run s.yaml --trials 30 --quiet --out o", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try folder.text("victim.csv") == "mine\n")
    #expect(try folder.text("o/sub/victim.csv") == "mine\n")
    let manifest = try #require(Manifest(folder.path + "/o"))
    #expect(
      manifest.files(of: "run")?.keys.sorted() == [
        "indicators.csv", "money.csv", "summary.json", "timeline.csv",
      ])
  }

  @Test func `every command that writes files says which are its result`() async throws {
    let folder = try Self.folder()
    let register = Command.root + "/scenarios/baotou/register.csv"
    for (command, line) in [
      ("portfolio", "portfolio s.yaml"),
      ("size", "size s.yaml --trials 50 --quiet --report --survive 90% --through 12"),
      ("compare", "compare s.yaml --trials 50 --quiet --fund 400万,500万"),
      (
        "replay",
        "replay \(register) --programme baotou --model bank --fund 1000万 --start 2024-01 "
          + "--facts met --quiet"
      ),
      ("trace", "trace s.yaml --trial 3 --brief"),
    ] {
      let outcome = try await Self.run(line + " --out \(command)", in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let manifest = try #require(Manifest(folder.path + "/" + command))
      #expect(manifest.complete)
      #expect(manifest.files(of: command) == (try Self.digests(folder.path + "/" + command)))
    }
  }

  /// Two runs into one folder mixed their files.
  @Test func `a second writer into the folder is refused with 74 before it runs`() async throws {
    let folder = try Self.folder()
    let place = folder.path + "/o"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let descriptor = open(place, O_RDONLY)
    #expect(flock(descriptor, LOCK_EX) == 0)
    for line in ["run s.yaml --quiet --out o", "trace s.yaml --trial 1 --out o"] {
      let refused = try await Self.run(line, in: folder)
      #expect(refused.status == 74)
      #expect(refused.errors.contains("o: error[cannot-write]: another fundsim is writing"))
      #expect(try folder.names() == ["o", "s.yaml"])
    }
    // The lock of a process that is gone is gone.
    close(descriptor)
    #expect(try await Self.run("run s.yaml --quiet --out o", in: folder).status == 0)
  }

  /// A kill between two renames left a new `summary.json` beside an old `report.html`.
  @Test(.timeLimit(.minutes(5)))
  func `a kill leaves the old result, the new one, or one that says it is incomplete`()
    async throws
  {
    let folder = try Self.folder()
    let place = folder.path + "/o"
    let lines = [
      "run s.yaml --trials 40 --quiet --report --trials-format csv --out ",
      "run s.yaml --trials 40 --quiet --seed 2 --out ",
    ]
    var wanted: [[String: String]] = []
    for (index, line) in lines.enumerated() {
      #expect(try await Self.run(line + "whole\(index)", in: folder).status == 0)
      wanted.append(try Self.digests(folder.path + "/whole\(index)"))
    }
    var state: UInt64 = 77
    for round in 0..<40 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let moment = 0.01 + 0.25 * Double(state >> 11) * 0x1p-53
      let arguments = (lines[round % 2] + "o").split(separator: " ").map(String.init)
      let outcome = try await Command.run(
        arguments, in: folder.path, interrupt: moment, signal: SIGKILL)
      #expect(outcome.status == 128 + SIGKILL || outcome.status == 0, "\(outcome.errors)")
      let found = try Self.digests(place)
      guard let manifest = Manifest(place) else {
        #expect(found.isEmpty, "files without a manifest")
        continue
      }
      if manifest.complete {
        #expect(manifest.files(of: "run") == found && wanted.contains(found), "round \(round)")
      }
    }
    // Whatever was left behind, the next run is whole, and nothing temporary stays.
    #expect(try await Self.run(lines[0] + "o", in: folder).status == 0)
    #expect(try Self.digests(place) == wanted[0] && Manifest(place)?.complete == true)
    #expect(try folder.names().filter { $0.hasPrefix("o/.") } == [])
  }

  /// Of six funds 30 rows a trial were written, several under one name.
  @Test func `trials have a row for each trial and fund of the scenario, readings on request`()
    async throws
  {
    let folder = try TemporaryFolder()
    let run = ["run", Command.root + "/scenarios/baotou", "--trials", "20", "--quiet", "--out"]
    func rows(_ options: [String]) async throws -> [[Substring]] {
      let outcome = try await Command.run(
        run + ["o", "--trials-format", "csv"] + options, in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try folder.text("o/trials.csv").split(separator: "\r\n").map {
        // Some names hold a comma, and stand between quotation marks.
        $0.replacing(", ", with: "; ").split(separator: ",", omittingEmptySubsequences: false)
      }
    }
    let own = try await rows([])
    #expect(own.count == 1 + 6 * 20)
    #expect(Set(own.dropFirst().map { "\($0[0]) \($0[1])" }).count == 6 * 20)
    #expect(own[0].last != "reading")
    let all = try await rows(["--trials-readings"])
    #expect(all[0].last == "reading")
    // Five readings of I-16, of which each fund uses one.
    #expect(all.count == 1 + 30 * 20)
    #expect(
      Set(all.dropFirst().map { "\($0[0]) \($0[1]) \($0[$0.count - 1])" }).count == 30 * 20)
    #expect(
      all.dropFirst().filter { $0.last == "own" }.map { $0.dropLast() }
        == own.dropFirst().map { $0[...] })
    let alone = try await Command.run(run + ["o", "--trials-readings"], in: folder.path)
    #expect(alone.status == 64)
  }
}
