import Foundation
import TestSupport
import Testing

/// Control characters and marks of direction out of files: they reach neither terminal nor files raw.
struct `Steering text` {
  private static let signs = "\u{1B}[31m\u{9B}2J\u{202E}\u{85}"

  private static func isClean(_ text: String) -> Bool {
    !text.unicodeScalars.contains { scalar in
      scalar != "\n"
        && (scalar.properties.generalCategory == .control
          || ("\u{202A}"..."\u{202E}").contains(scalar))
    }
  }

  @Test(arguments: [["check"], ["run", "--trials", "20"], ["check", "--json"]])
  func `of a title and a name is shown harmless`(arguments: [String]) async throws {
    let folder = try TemporaryFolder()
    let signs = #"\u001B[31m\u009B2J\u202E\u0085"#
    try folder.write(
      "s.yaml",
      SmallScenario.changed("小情景 small", to: "\"\(signs)\"")
        .replacing("银行 bank", with: "\"b\(signs)\""))
    let outcome = try await Command.run(arguments + ["s.yaml"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(Self.isClean(outcome.output) && Self.isClean(outcome.errors))
    if arguments.contains("--json") { #expect(outcome.output.contains(#"\u009b2J\u202e"#)) }
    if arguments[0] == "run" {
      #expect(Self.isClean(try folder.text("notebooks-out/s/summary.json")))
    }
  }

  /// Of a fund and of who pays for it: in every file of a run, as a reader prints or opens it.
  @Test func `of a fund's name reaches no file raw`() async throws {
    let folder = try TemporaryFolder()
    let signs = #"\u001B[31m\u009B2J\u202E\u2066x\u0085\u200F"#
    try folder.write(
      "s.yaml",
      SmallScenario.changed("name: 银行 bank", to: "name: \"\(signs)\""))
    let outcome = try await Command.run(
      [
        "run", "s.yaml", "--trials", "20", "--rare", "--rare-trials", "50", "--report",
        "--trials-format", "csv", "--out", "o",
      ], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/o")
    #expect(
      files.contains("rare.csv") && files.contains("report.html") && files.contains("trials.csv"))
    for file in files where [".csv", ".html", ".json"].contains(where: file.hasSuffix) {
      let text = try folder.text("o/" + file).replacing("\r\n", with: "\n")
      #expect(Self.isClean(text), "\(file)")
      #expect(!text.contains("\u{2066}x"), "\(file)")
    }
  }

  @Test func `of a wrong value, of what may stand there and of a file name is shown harmless`()
    async throws
  {
    let folder = try TemporaryFolder()
    let bank = #""甲\u001B[31m\u0085""#
    try folder.write(
      "s\(Self.signs).yaml",
      SmallScenario.changed("甲银行", to: bank).replacing(
        "timing: monthly", with: #"timing: "m\u009B""#
      )
      .replacing("model: bank", with: "model: bank\n    banks: [\"nobody\\u001B\"]"))
    let outcome = try await Command.run(["check", "s\(Self.signs).yaml"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("s?[31m?2J??.yaml:"))
    #expect(Self.isClean(outcome.output) && Self.isClean(outcome.errors))
    #expect(outcome.errors.contains("timing"))
  }
}
