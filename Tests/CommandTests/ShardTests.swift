import Foundation
import TestSupport
import Testing

/// Runs in pieces, on one machine or on many.
struct `Shards` {
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

  @Test(arguments: [(1, 300), (3, 300), (5, 3)])
  func `parts from any threads give the files of the undivided run, byte for byte`(
    count: Int, trials: Int
  ) async throws {
    let folder = try Self.folder()
    let whole = try await Self.run("run s.yaml --trials \(trials) --out whole", in: folder)
    #expect(whole.status == 0)
    for index in (0..<count).reversed() {
      let outcome = try await Self.run(
        "run s.yaml --trials \(trials) --shard \(index)/\(count) --threads \(index % 3 + 1) "
          + "--out parts/\(index).part", in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let merged = try await Self.run("merge parts --out merged", in: folder)
    #expect(merged.status == 0, "\(merged.errors)")
    let tables = ["timeline.csv", "money.csv", "indicators.csv"]
    for file in ["summary.json"] + tables + (trials < 100 ? [] : ["contributions.csv"]) {
      #expect(try folder.text("merged/" + file) == folder.text("whole/" + file))
    }
    #expect(ScenarioReport.lines(merged.output) == ScenarioReport.lines(whole.output))
  }

  @Test func `a part that is there is kept, another one is written anew, a file of yours stays`()
    async throws
  {
    let folder = try Self.folder()
    let line = "run s.yaml --trials 40 --shard 0/2 --out a.part"
    #expect(try await Self.run(line, in: folder).output.hasPrefix("Shard 0/2, 20 of 40 trials"))
    #expect(try await Self.run(line, in: folder).output.contains("is there already"))
    let checked = try await Self.run("merge --check a.part", in: folder)
    #expect(checked.output.hasPrefix("a.part: shard 0/2, 20 of 40 trials, seed 1, scenario "))
    let bytes = try Data(contentsOf: URL(filePath: folder.path + "/a.part"))
    try folder.write("a.part", bytes: Array(bytes.dropLast(7)))
    #expect(try await Self.run("merge --check a.part", in: folder).status == 65)
    #expect(try await Self.run(line, in: folder).output.contains("Written"))
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/a.part")) == bytes)
    let refused = try await Self.run(
      "run s.yaml --trials 40 --shard 0/2 --out s.yaml", in: folder)
    #expect(refused.status == 74 && refused.errors.contains("the file is an input of this command"))
    #expect(try folder.text("s.yaml") == SmallScenario.text)
  }

  @Test func `parts of two runs, and gaps, are refused with 65 and nothing is written`()
    async throws
  {
    let folder = try Self.folder()
    for (name, options) in [
      ("a", "--shard 0/3"), ("b", "--shard 1/3 --seed 2"), ("c", "--shard 1/3"),
    ] {
      _ = try await Self.run("run s.yaml --trials 30 \(options) --out \(name).part", in: folder)
    }
    let outcome = try await Self.run("merge a.part b.part c.part --out o", in: folder)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("b.part: error[foreign-part]"))
    #expect(outcome.errors.contains("seed 2, not 1"))
    #expect(outcome.errors.contains("1 of 3 shards are missing: 2/3"))
    #expect(outcome.errors.contains("2 problems. Nothing was merged."))
    #expect(try folder.names() == ["a.part", "b.part", "c.part", "s.yaml"])
  }

  @Test(arguments: [
    "--shard 2/2 --out a.part", "--shard 0/2", "--shard 0/2 --out a.part --trials-format csv",
    "--shard x --out a.part", "--time-limit 10", "--time-limit -1s",
  ])
  func `a shard or a limit that makes no sense ends with 64`(options: String) async throws {
    let folder = try Self.folder()
    #expect(try await Self.run("run s.yaml " + options, in: folder).status == 64)
    #expect(try folder.names() == ["s.yaml"])
  }

  /// All memory was taken before the first trial: a limit of a second ended after a minute.
  @Test(.timeLimit(.minutes(3)))
  func `a time limit holds for a run of many trials, too`() async throws {
    let folder = try Self.folder()
    let outcome = try await Self.run(
      "run s.yaml --trials 20000000 --time-limit 1s --out o", in: folder)
    #expect(outcome.status == 0 || outcome.status == 75, "\(outcome.errors)")
    #expect(outcome.errors.contains("time limit"))
  }

  @Test func `a time limit ends a run with what there is`() async throws {
    let folder = try Self.folder()
    // A slow machine has done nothing when the time is over: it gets more. None does it all.
    var outcome = Command.Outcome(status: 75, output: "", errors: "")
    for seconds in [2, 5, 15, 45] where outcome.status == 75 {
      outcome = try await Self.run(
        "run s.yaml --trials 4000000 --time-limit \(seconds)s --out o", in: folder)
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("The time limit stopped the run after"))
    #expect(try folder.text("o/summary.json").contains("00000,"))
    let shard = try await Self.run(
      "run s.yaml --trials 4000000 --time-limit 1s --shard 0/2 --out a.part", in: folder)
    #expect(shard.status == 75)
    // On a slow machine the time for the years is over before them.
    let hasYears = !outcome.errors.contains("left out: money and indicators by year")
    let tables = (hasYears ? ["indicators.csv", "money.csv"] : []) + ["timeline.csv"]
    #expect(
      try folder.names().filter { !$0.hasPrefix("o/") || $0.hasSuffix(".csv") } == ["o"]
        + tables.map { "o/" + $0 } + ["s.yaml"])
    #expect(try folder.text("o/summary.json").contains("\"years\": null") == !hasYears)
  }
}
