import Foundation
import TestSupport
import Testing

/// What stands under an error: the line of the file, and a mark under the place.
@Suite struct SourceExcerptTests {
  private static func errors(_ arguments: [String], in folder: TemporaryFolder) async throws
    -> [String]
  {
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status != 0)
    return outcome.errors.split(separator: "\n").map(String.init)
  }

  /// The mark stands under the sign of the column that the message names; a Chinese character is two columns wide.
  @Test func `the mark stands under the value that is wrong`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml", try SmallScenario.changed("  mean: 35%", to: "  \"mean\": 很多"))
    let lines = try await Self.errors(["check", "s.yaml"], in: folder)
    let place = try #require(lines.firstIndex { $0.hasPrefix("s.yaml:") })
    let words = lines[place].split(separator: ":")
    let (line, column) = (words[1], try #require(Int(words[2])))
    #expect(lines[place + 1] == "  \(line) |   \"mean\": 很多")
    let text = "  \"mean\": 很多"
    #expect(Array(text)[column - 1] == "很")
    #expect(
      lines[place + 2]
        == "  \(String(repeating: " ", count: line.count)) | "
        + String(repeating: " ", count: column - 1) + "^")
    #expect(lines[place + 3].hasPrefix("  help: "))
  }

  /// Behind wide characters the mark moves with them, and a long line is cut around its place.
  @Test func `of a long line of Chinese the part around the place is shown`() async throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "很长的说明", count: 40)
    try folder.write(
      "s.yaml",
      try SmallScenario.changed(
        "    initial: 500万", to: "    initial: 500万 # \(long)\n    开始 \(long) x: 1"))
    let lines = try await Self.errors(["check", "s.yaml"], in: folder)
    let mark = try #require(lines.firstIndex { $0.hasSuffix("^") })
    let width = lines[mark - 1].unicodeScalars.reduce(0) {
      $0 + ((0x2E80...0xFFEE).contains($1.value) ? 2 : 1)
    }
    #expect(width <= 100, "\(lines[mark - 1])")
  }

  @Test(arguments: [
    (["check", "nothing.yaml"], "nothing.yaml"),
    (["compare", "s.yaml", "--set", "recovery.meen=1%"], "--set recovery.meen"),
  ])
  func `what is no file, or is gone, has none`(arguments: [String], place: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let lines = try await Self.errors(arguments, in: folder)
    #expect(lines.contains { $0.hasPrefix(place) })
    #expect(!lines.contains { $0.contains(" | ") })
  }

  /// U+001B and U+202E steer a terminal.
  @Test func `a line steers no terminal`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml",
      try SmallScenario.changed("horizon: 30 months", to: "horizon: 30 \u{202E}weeks"))
    let outcome = try await Command.run(["check", "s.yaml"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(!outcome.errors.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
  }

  @Test(arguments: [
    (["rnu", "s.yaml"], "did you mean 'run'?"), (["szie"], "did you mean 'size'?"),
    (["help", "chekc"], "did you mean 'check'?"), (["xyzzyx"], "There is no command 'xyzzyx'."),
    (["rnu", "--lang", "zh"], "是否想写 'run'？"),
  ])
  func `a mistyped command is answered with the one that was meant`(
    arguments: [String], words: String
  ) async throws {
    let folder = try TemporaryFolder()
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func `a mistyped fund is answered with the one that was meant`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml", try SmallScenario.changed("- name: 银行 bank", to: "- name: guarantor"))
    let outcome = try await Command.run(
      ["trace", "s.yaml", "--trial", "1", "--fund", "garantor"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("did you mean 'guarantor'?"), "\(outcome.errors)")
  }
}
