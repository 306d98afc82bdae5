import TestSupport
import Testing

/// The same question, the same answer, to the last byte.
struct `Repetition` {
  private static let files = ["summary.json", "timeline.csv", "report.html", "trials.csv"]

  /// Everything that a run prints and writes.
  private static func results(_ arguments: [String], in folder: TemporaryFolder, _ name: String)
    async throws -> [String]
  {
    let run = ["run", "s.yaml", "--trials-format", "csv", "--report", "--out", name] + arguments
    let outcome = try await Command.run(run, in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let report = ScenarioReport.lines(outcome.output).joined(separator: "\n")
    return try [report] + files.map { try folder.text(name + "/" + $0) }
  }

  @Test func `the same seed gives the same bytes`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let first = try await Self.results([], in: folder, "first")
    let second = try await Self.results([], in: folder, "second")
    #expect(first == second)
    #expect(first.allSatisfy { !$0.isEmpty })
  }

  @Test func `the number of threads changes nothing`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let one = try await Self.results(["--threads", "1"], in: folder, "one")
    for threads in ["2", "7"] {
      let several = try await Self.results(["--threads", threads], in: folder, "with" + threads)
      #expect(several == one, "\(threads) threads")
    }
  }

  @Test func `another seed gives other results`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let first = try await Self.results([], in: folder, "first")
    let other = try await Self.results(["--seed", "2"], in: folder, "other")
    #expect(first.last != other.last)
  }

  @Test func `a written portfolio read back is the same question`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let generated = try await Self.results([], in: folder, "generated")
    let written = try await Command.run(["portfolio", "s.yaml", "--out", "."], in: folder.path)
    try #require(written.status == 0, "\(written.errors)")
    #expect(written.output.contains("Loans"))
    let header = try #require(folder.text("portfolio.csv").split(separator: "\n").first)
    let columns = header.split(separator: ",").map { "    \($0): \($0)" }.joined(separator: "\n")
    try folder.write(
      "s.yaml",
      SmallScenario.withTape(
        "  tape: portfolio.csv\n  columns:\n\(columns)\n  facts: {others: met}"))
    let read = try await Self.results([], in: folder, "read")
    #expect(read.last == generated.last, "the results of every trial")
    #expect(read[2] == generated[2], "the timeline")
  }
}

/// Reports, to be compared.
enum ScenarioReport {
  /// The lines of a report without the one that names the folder of the results.
  static func lines(_ output: String) -> [String] {
    output.split(separator: "\n").filter { !$0.hasPrefix("Written:") }.map(String.init)
  }
}
