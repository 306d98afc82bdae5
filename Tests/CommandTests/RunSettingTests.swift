import TestSupport
import Testing

/// `--set` of commands that run one scenario.
struct `A value set on the command line` {
  private static func run(_ arguments: [String], _ folder: TemporaryFolder) async throws
    -> Command.Outcome
  {
    try await Command.run(arguments, in: folder.path)
  }

  /// The same figures as with the value in the file; the digest differs, and says so in the report and in JSON.
  @Test func `has the figures of a file that says so, and is told`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", SmallScenario.text)
    let changed = SmallScenario.text.replacing(
      "assetCorrelation: 0.12", with: "assetCorrelation: 0.3")
    try folder.write("b.yaml", changed)
    let set = ["run", "a.yaml", "--set", "defaults.assetCorrelation=0.3"]
    for (arguments, name) in [(set, "set"), (["run", "b.yaml"], "file")] {
      let outcome = try await Self.run(
        arguments + ["--out", name, "--trials-format", "csv", "--quiet"], folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try folder.text("set/trials.csv") == folder.text("file/trials.csv"))
    let text = try await Self.run(set + ["--out", "t", "--trials", "50"], folder)
    #expect(text.output.contains("Set in place of the scenario file's values"))
    #expect(text.output.contains("defaults.assetCorrelation=0.3"))
    let summary = try folder.text("set/summary.json")
    #expect(summary.contains("\"settings\": [\"defaults.assetCorrelation=0.3\"]"))
    func digest(_ name: String) throws -> String? {
      try folder.text(name).split(separator: "\n").first { $0.contains("scenarioDigest") }
        .map(String.init)
    }
    #expect(try digest("set/summary.json") != digest("file/summary.json"))
  }

  @Test func `is repeatable, for all funds, and for check, trace and portfolio`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", SmallScenario.text)
    let changed = SmallScenario.text.replacing("initial: 500万", with: "initial: 300万")
      .replacing("loansPerMonth: 10", with: "loansPerMonth: 3")
    try folder.write("b.yaml", changed)
    let sets = ["--set", "funds.*.initial=300万", "--set", "portfolio.generate.loansPerMonth=3"]
    for command in [["portfolio", "--json"], ["trace", "--trial", "1", "--brief"]] {
      let set = try await Self.run(command + ["a.yaml"] + sets, folder)
      let file = try await Self.run(command + ["b.yaml"], folder)
      #expect(set.status == 0 && file.status == 0, "\(set.errors)")
      // Where it comes from is said otherwise.
      let figures = [set, file].map { outcome in
        outcome.output.split(separator: "\n").filter { line in
          !line.contains("=")
            && ["yuan", "lent", "loans", "defaults"].contains { line.contains($0) }
        }
      }
      #expect(!figures[0].isEmpty && figures[0] == figures[1])
    }
    let check = try await Self.run(["check", "a.yaml", "--json"] + sets, folder)
    #expect(check.status == 0 && check.output.contains("\"initial\": 3000000,"))
  }

  @Test func `that is unknown, or several values, is refused with what is near`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", SmallScenario.text)
    let unknown = try await Self.run(
      ["run", "a.yaml", "--set", "defaults.assetCorelation=0.2"], folder)
    #expect(unknown.status == 65)
    #expect(unknown.errors.contains("did you mean 'assetCorrelation'?"))
    let several = try await Self.run(
      ["run", "a.yaml", "--set", "defaults.assetCorrelation=0.1,0.2"], folder)
    #expect(several.status == 65 && several.errors.contains("one value"))
    let wrong = try await Self.run(
      ["run", "a.yaml", "--set", "defaults.assetCorrelation=3"], folder)
    #expect(wrong.status == 65 && wrong.errors.contains("--set defaults.assetCorrelation"))
    #expect(try folder.names() == ["a.yaml"])
  }

  /// A part says by its digest what was set.
  @Test func `belongs to a shard`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", SmallScenario.text)
    for (shard, value) in [("0/2", "0.3"), ("1/2", "0.4")] {
      let outcome = try await Self.run(
        [
          "run", "a.yaml", "--set", "defaults.assetCorrelation=\(value)", "--shard", shard, "--out",
          "\(shard.prefix(1)).part", "--quiet",
        ], folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let merged = try await Self.run(["merge", "0.part", "1.part", "--out", "m"], folder)
    #expect(merged.status == 65, "\(merged.output)")
  }
}
