import Foundation
import TestSupport
import Testing

/// The scenarios of the repository against the reports that were approved.
///
/// After a change that is meant to change reports, `FUNDSIM_APPROVE=1 swift test --filter
/// CommandTests` writes them anew; read the difference before it is committed.
struct `Scenarios` {
  static let folder = Command.root + "/scenarios"
  static let trials = "2000"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/scenario.yaml") }.sorted()
  /// Its tape is not part of the repository.
  static let onTapes = ["sba-7a"]
  static let generated = names.filter { !onTapes.contains($0) }
  static let isApproving = ProcessInfo.processInfo.environment["FUNDSIM_APPROVE"] == "1"

  /// A sixth city has none until somebody writes one.
  @Test func `there are those of the first five programmes, one that compares models, and a draft`()
  {
    let wanted: Set<String> = [
      "baotou", "chaoyang", "dalian-2018", "dalian-hitech-2022", "weihai-2020", "three-models",
      "my-draft", "sba-7a",
    ]
    #expect(wanted.isSubset(of: Self.names))
  }

  @Test(arguments: generated) func `reports are the approved ones`(name: String) async throws {
    let place = try TemporaryFolder()
    let command = ["run", "scenarios/\(name)", "--trials", Self.trials]
    let outcome = try await Command.run(command + ["--out", place.path], in: Command.root)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let report = Self.comparable(outcome.output)
    let path = "\(Self.folder)/\(name)/expected.md"
    if Self.isApproving {
      let text = Self.approved(report, of: name, by: command)
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    let expected = try Command.text(of: path)
    let fences = expected.components(separatedBy: "```")
    try #require(fences.count == 3, "expected.md holds one report in a code fence")
    let lines = fences[1].split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let difference = report.difference(from: lines.dropLast().map(String.init))
    #expect(difference.isEmpty, "\(difference.map { "\($0)" }.prefix(6))")
  }

  @Test(arguments: generated) func `reports fit 100 columns`(name: String) throws {
    let expected = try Command.text(of: "\(Self.folder)/\(name)/expected.md")
    let long = expected.split(separator: "\n").filter { line in
      line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEE).contains($1.value) ? 2 : 1) } > 100
    }
    #expect(long == [])
  }

  @Test(arguments: names) func `every scenario says what it asks and what to look at`(
    name: String
  ) throws {
    let text = try Command.text(of: "\(Self.folder)/\(name)/README.md")
    #expect(text.contains("fundsim run scenarios/\(name)"))
    #expect(text.contains("问题") && text.contains("Question"))
  }

  /// The lines of a report without what a new version or a new comment changes.
  static func comparable(_ report: String) -> [String] {
    var lines = report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeAll { line in
      ["  program ", "  digest ", "  程序 ", "  摘要 ", "Written:", "已写入："].contains {
        line.hasPrefix($0)
      }
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  private static func approved(
    _ report: [String], of name: String, by command: [String]
  ) -> String {
    """
    # \(name): 已核准的报告 the approved report

    `fundsim \(command.joined(separator: " "))`；测试逐行比较（版本与摘要除外）。
    A test compares it line by line, version and digest left out.

    ```text
    \(report.joined(separator: "\n"))
    ```

    """
  }
}
