import Foundation
import TestSupport
import Testing

/// What the READMEs and the articles show is what the program prints.
struct `Excerpts of the documentation` {
  /// Commands of a block for the shell, and the output that is shown below it.
  struct Excerpt: Sendable, CustomTestStringConvertible {
    let commands: [[String]]
    let lines: [String]
    let language: String
    var testDescription: String {
      language + ": " + (commands.first?.joined(separator: " ") ?? "no command")
    }
  }

  /// Every block of output with the commands before it. A line … stands for what is left out.
  static let all =
    excerpts(of: "README.md", in: "en") + excerpts(of: ".github/README.zh-CN.md", in: "zh")
    + excerpts(of: "\(catalogue)/CommandLine.md", in: "en")
    + excerpts(of: "\(catalogue)/CommandLine.zh-CN.md", in: "zh")

  private static let catalogue = "Sources/fundsim/Documentation.docc"

  private static func excerpts(of path: String, in language: String) -> [Excerpt] {
    let text = (try? Command.text(of: Command.root + "/" + path)) ?? ""
    var shell: [[String]] = []
    return text.components(separatedBy: "```").enumerated().compactMap { index, block in
      if index % 2 == 0 {
        // An excerpt stands in the chapter of its command.
        if block.contains("\n## ") { shell = [] }
        return nil
      }
      if block.hasPrefix("sh\n") { shell = commands(in: String(block.dropFirst(3))) }
      guard block.hasPrefix("\n"), !shell.isEmpty else { return nil }
      let lines = block.split(separator: "\n").map(String.init).filter { $0 != "…" }
      return Excerpt(commands: shell, lines: lines, language: language)
    }
  }

  /// The arguments of each `fundsim` of a block.
  private static func commands(in block: String) -> [[String]] {
    block.replacing("\\\n", with: " ").split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      return words.firstIndex(of: "fundsim").map { Array(words[($0 + 1)...]) }
    }
  }

  @Test func `there is one for each command that tells figures`() {
    for language in ["en", "zh"] {
      let items = Self.all.filter { $0.language == language }
      let shown = Set(items.compactMap { $0.commands.first?.first })
      #expect(shown.isSuperset(of: ["run", "explain", "replay", "trace"]))
    }
  }

  @Test(arguments: all) func `are printed by the commands above them`(item: Excerpt) async throws {
    let folder = try TemporaryFolder()
    var output = ""
    for command in item.commands {
      // What a command writes, it does not write into the tree.
      let written = ["results": folder.path, "state.json": folder.path + "/state.json"]
      let arguments = command.map { written[$0] ?? $0 }
      let isRun = arguments.first == "run"
      let outcome = try await Command.run(
        arguments + ["--lang", item.language] + (isRun ? ["--out", folder.path] : []),
        in: Command.root)
      try #require(outcome.status == 0, "\(outcome.errors)")
      output += outcome.output
    }
    let printed = Set(output.split(separator: "\n").map(String.init))
    #expect(item.lines.filter { !printed.contains($0) } == [])
  }
}
