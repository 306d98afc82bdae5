import Foundation
import TestSupport
import Testing

/// Every report in both languages, on the terminal and as a page, against the copy that was read and
/// agreed. What moves code may not move a word of them.
///
/// After a change that is meant to change them, `FUNDSIM_APPROVE=1 swift test --filter CommandTests`
/// writes them anew; read the difference before it is committed.
struct `Approved copies` {
  private static let folder = Command.root + "/Tests/CommandTests/Approved"

  /// The reports by name, with the commands that print them.
  static let commands: [String: String] = [
    "run": "run scenarios/chaoyang --trials 400",
    "size": "size scenarios/dalian-2018 --trials 400 --lending",
    "compare": "compare scenarios/three-models --trials 400",
    "sweep":
      "sweep scenarios/dalian-2018 --trials 200 --set defaults.assetCorrelation=0.05,0.12 --set funds.1.initial=1600万,2000万",
    "tornado": "tornado scenarios/dalian-2018 --trials 200",
    "readings": "readings scenarios/chaoyang --trials 200",
    "replay": """
    replay scenarios/baotou/register.csv --programme baotou --model bank --fund 1000万 --start 2024-01 \
    --facts met
    """,
    "trace": "trace scenarios/three-models --trial 7 --fund bank",
    "explain": "explain scenarios/baotou/claim.yaml",
    "calibrate": "calibrate scenarios/history/five-years.csv",
    "backtest": "backtest scenarios/history/five-years.csv",
  ]

  @Test(arguments: commands.keys.sorted(), ["en", "zh"])
  func `are what is printed and written`(name: String, language: String) async throws {
    let place = try TemporaryFolder()
    let words = (Self.commands[name] ?? "").split(separator: " ").map(String.init)
    let outcome = try await Command.run(
      words + ["--lang", language, "--out", place.path + "/o", "--report"], in: Command.root)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let page = Self.words(ofPage: try Command.text(of: place.path + "/o/report.html"))
    let texts = [
      "txt": Scenarios.comparable(outcome.output), "page.txt": Scenarios.comparable(page),
    ]
    for (ending, lines) in texts {
      let path = "\(Self.folder)/\(name).\(language).\(ending)"
      if Scenarios.isApproving {
        try FileManager.default.createDirectory(
          atPath: Self.folder, withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
      }
      var approved = try Command.text(of: path).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      approved.removeLast()
      let difference = lines.difference(from: approved)
      #expect(difference.isEmpty, "\(path)\n\(difference.map { "\($0)" }.prefix(6))")
    }
  }

  /// What a reader of a page reads: no style, no drawing, a line an element.
  private static func words(ofPage page: String) -> String {
    var text = page
    for (open, close) in [("<style>", "</style>"), ("<svg", "</svg>"), ("<head>", "</head>")] {
      while let start = text.range(of: open),
        let end = text.range(of: close, range: start.upperBound..<text.endIndex)
      {
        text.removeSubrange(start.lowerBound..<end.upperBound)
      }
    }
    let lines = text.replacing(/<[^>]*>/, with: "\n").split(separator: "\n").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return lines.filter { line in
      // The version stands in the footer and in the block of provenance; a digest follows the sources.
      !line.isEmpty && !line.contains("fundsim 0.") && line.wholeMatch(of: /[0-9a-f]{64}/) == nil
    }.joined(separator: "\n")
  }
}
