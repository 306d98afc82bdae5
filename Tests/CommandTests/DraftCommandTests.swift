import Foundation
import TestSupport
import Testing

/// A draft says what it is, wherever its figures are read.
@Suite struct DraftCommandTests {
  /// `check` said nothing, and in `run`'s report "not checked" was broken over two lines.
  @Test(arguments: [("en", "not checked"), ("zh", "未核对")])
  func `a draft's text is told to be unchecked`(language: String, words: String) async throws {
    let folder = try TemporaryFolder()
    func command(_ line: String) async throws -> Command.Outcome {
      try await Command.run(
        line.split(separator: " ").map(String.init) + ["--lang", language], in: folder.path)
    }
    let id = "a-draft-with-an-id-that-is-long-enough-for-two-lines"
    let draft = try await command("policy show baotou --yaml --as \(id)")
    #expect(draft.status == 0)
    try folder.write("draft.yaml", draft.output)
    let scenario = try String(
      contentsOfFile: Command.root + "/scenarios/baotou/scenario.yaml", encoding: .utf8)
    try folder.write(
      "s.yaml", scenario.replacing("programme: baotou\n", with: "programme: draft.yaml\n"))
    for line in [
      "check s.yaml", "run s.yaml --trials 30 --out o --report",
      "size s.yaml --trials 30 --survive 90% --out o2 --report", "policy show draft.yaml",
    ] {
      let outcome = try await command(line)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
      #expect(outcome.output.contains(words), "\(line)")
    }
    for page in ["o/report.html", "o2/report.html"] {
      #expect(try folder.text(page).contains(words), "\(page)")
    }
  }
}
