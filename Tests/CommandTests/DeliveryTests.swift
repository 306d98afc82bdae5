import Foundation
import TestSupport
import Testing

/// Where reports go, which is one matter of all commands that print one.
struct `Every report` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return folder
  }

  private static let claim = Command.root + "/scenarios/baotou/claim.yaml"

  static let commands = [
    ["run", "s.yaml", "--trials", "60", "--out", "o"],
    ["explain", claim], ["trace", "s.yaml", "--trial", "1"],
    ["size", "s.yaml", "--trials", "60", "--survive", "80%", "--through", "12"],
    ["compare", "s.yaml", "--trials", "60", "--fund", "300万,500万"],
  ]

  @Test(arguments: commands, [60, 100, 140])
  func `is as wide as it is told to be, and no wider`(command: [String], width: Int) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(command + ["--width", "\(width)"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    // Where the files are is told as it is; a path is never broken.
    let lines = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("Written:") }
    #expect(lines.filter { columns(of: $0) > width } == [])
    if width == 100 {
      let usual = try await Command.run(command, in: folder.path)
      #expect(usual.output == outcome.output, "a report that is no terminal's has 100 columns")
    }
  }

  @Test func `names the index of its tables, not each of them`() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(
      ["run", "s.yaml", "--trials", "60", "--tables", "--out", "o"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let line = try #require(outcome.output.split(separator: "\n").last)
    // Contributions come from 100 trials on.
    #expect(
      line.hasPrefix(
        "Written: o/summary.json, timeline.csv, money.csv, indicators.csv, table-index.csv"))
    #expect(line.components(separatedBy: "table-").count == 2)
  }

  @Test func `gives its answers before the readings that move them`() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(
      ["run", Command.root + "/scenarios/three-models", "--trials", "100", "--out", "o"],
      in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let answers = try #require(outcome.output.range(of: "The funds side by side"))
    let readings = try #require(outcome.output.range(of: "Readings of the text that move"))
    #expect(answers.lowerBound < readings.lowerBound)
  }

  /// Wide characters take two columns.
  private func columns(of line: Substring) -> Int {
    line.unicodeScalars.reduce(0) {
      $0 + ((0x2E80...0xFFDC).contains($1.value) && !(0xFF61...0xFF9F).contains($1.value) ? 2 : 1)
    }
  }

  @Test(arguments: commands) func `takes the same options`(command: [String]) async throws {
    let folder = try Self.folder()
    let quiet = try await Command.run(
      command.filter { $0 != "--out" && $0 != "o" } + ["--quiet", "--out", "q"], in: folder.path)
    #expect(quiet.status == 0 && quiet.output.isEmpty, "\(quiet.errors)")
    let written = try folder.names().filter { $0.hasPrefix("q/") && $0.hasSuffix(".json") }
    #expect(written.contains("q/manifest.json") && written.count == 2, "\(written)")
    let json = try await Command.run(
      command.filter { $0 != "--out" && $0 != "o" } + ["--json"], in: folder.path)
    let name = try #require(written.first { $0 != "q/manifest.json" })
    #expect(try folder.text(name) == json.output, "the file holds what --json prints")
  }

  @Test(arguments: commands) func `writes page and tables where they are asked for`(
    command: [String]
  ) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(
      command.filter { $0 != "--out" && $0 != "o" } + [
        "--quiet", "--report", "--tables", "--out", "q",
      ], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let names = try folder.names()
    #expect(names.contains("q/report.html"))
    let tables = names.filter { $0.hasPrefix("q/table-") }
    let index = try folder.text("q/table-index.csv").split(whereSeparator: \.isNewline)
    #expect(tables.count == index.count, "each table has its line, and the index its head")
  }

  @Test(arguments: [
    ["run", "s.yaml", "--width", "59"], ["size", "s.yaml", "--width", "wide"],
    ["portfolio", "s.yaml", "--report", "--out", "o"], ["size", "s.yaml", "--tables"],
    ["compare", "s.yaml", "--report"], ["run", "s.yaml", "--json", "--report"],
  ]) func `refuses what cannot be, with 64`(arguments: [String]) async throws {
    let folder = try Self.folder()
    #expect(try await Command.run(arguments, in: folder.path).status == 64)
    #expect(try folder.names() == ["s.yaml"])
  }
}
