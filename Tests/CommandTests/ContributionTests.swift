import Foundation
import TestSupport
import Testing

/// Who uses a fund up, as its files tell.
struct `Contributions` {
  /// A row of the file.
  private struct Row: Hashable {
    let fund, by, group, figure: String
    let value: Double
  }

  private func rows(_ text: String) throws -> [Row] {
    let lines = text.replacing("\u{FEFF}", with: "").split(separator: "\r\n")
    #expect(lines.first == "fund,by,group,figure,value,standardError")
    return try lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 6)
      return Row(
        fund: cells[0], by: cells[1], group: cells[2], figure: cells[3],
        value: try #require(Double(cells[4])))
    }
  }

  private func run(_ line: String, in folder: TemporaryFolder) async throws -> Command.Outcome {
    try await Command.run(line.split(separator: " ").map(String.init), in: folder.path)
  }

  @Test func `parts by every trait add up to the figures of the summary`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let outcome = try await run("run s.yaml --report --out o", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try rows(folder.text("o/contributions.csv"))
    let traits = Set(rows.map(\.by)).subtracting(["all"])
    #expect(traits == ["bank", "grade", "size", "enterprise"])
    for whole in rows where whole.by == "all" {
      for trait in traits {
        let sum = rows.filter { $0.by == trait && $0.figure == whole.figure }
          .reduce(0) { $0 + $1.value }
        #expect(abs(sum - whole.value) < 0.005, "\(trait) \(whole.figure)")
      }
    }
    // The mean of the run stands in the summary, too.
    let summary = try folder.text("o/summary.json")
    let mean = try #require(rows.first { $0.by == "all" && $0.figure == "compensationMean" })
    #expect(summary.contains("\(mean.value)"))
    #expect(outcome.output.contains("Who uses the fund up"))
    #expect(try folder.text("o/report.html").contains("of the compensation of the worst"))
  }

  @Test func `a run of few trials is not divided`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let outcome = try await run("run s.yaml --trials 99 --out o", in: folder)
    #expect(outcome.status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/o/contributions.csv"))
    #expect(try folder.text("o/summary.json").contains("\"contributions\": null"))
  }

  /// Of 300 trials three lie beyond 99 %.
  @Test func `a tail of few trials has no errors, and says that they are too few`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    let outcome = try await run("run s.yaml --trials 300 --lang zh --out o", in: folder)
    #expect(outcome.output.contains("模拟太少"))
    let line = try folder.text("o/contributions.csv").split(separator: "\r\n").first {
      $0.contains(",grade,B,compensationBeyond99,")
    }
    #expect(try #require(line).hasSuffix(","))
  }
}
