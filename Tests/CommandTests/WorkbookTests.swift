import Foundation
import Spreadsheets
import TestSupport
import Testing

/// `--xlsx`: reports as workbooks; and workbooks as inputs.
struct `A report as a workbook` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return folder
  }

  private static func sheets(_ folder: TemporaryFolder, _ name: String) throws -> [(String, String)]
  {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path + "/" + name)))
    return try bytes.withUnsafeBufferPointer { bytes in
      let book = try Workbook(bytes)
      return try book.sheets.map {
        ($0.name, String(decoding: try book.table(sheet: $0.name).bytes, as: UTF8.self))
      }
    }
  }

  static let commands = [
    ["run", "s.yaml", "--trials", "60"], ["trace", "s.yaml", "--trial", "1"],
    ["size", "s.yaml", "--trials", "60", "--survive", "80%", "--through", "12"],
    ["compare", "s.yaml", "--trials", "60", "--fund", "300万,500万"],
    ["explain", Command.root + "/scenarios/baotou/claim.yaml"],
    ["backtest", Command.root + "/scenarios/history/by-grade.csv"],
  ]

  @Test(arguments: commands)
  func `has the inputs first, a sheet a table, and the sources last`(command: [String]) async throws
  {
    let folder = try Self.folder()
    let outcome = try await Command.run(
      command + ["--xlsx", "r.xlsx", "--tables", "--out", "o", "--quiet"], in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    let sheets = try Self.sheets(folder, "r.xlsx")
    let tables = try folder.names().filter { $0.hasPrefix("o/table-") && $0 != "o/table-index.csv" }
    #expect(sheets.count == tables.count + 2)
    #expect(sheets.first?.0 == "Inputs" && sheets.last?.0 == "Sources")
    let sources = try #require(sheets.last).1
    #expect(sources.contains("fundsim"))
    // On which articles it rests; a history has none.
    #expect(sources.contains("Art. ") || ["backtest", "trace"].contains(command[0]), "\(sources)")
    // The same numbers as in the CSV files, table by table.
    for (sheet, line) in zip(
      sheets.dropFirst(), try folder.text("o/table-index.csv").split(separator: "\r\n").dropFirst())
    {
      let name = String(line.prefix { $0 != "," })
      let rows = try folder.text("o/" + name).split(separator: "\r\n").count
      let shown = sheet.1.split(separator: "\n", omittingEmptySubsequences: true)
      #expect(shown.count >= rows + 1, "\(sheet.0) has a title above \(name)")
    }
  }

  @Test func `is the same again, and replaces its own kind alone`() async throws {
    let folder = try Self.folder()
    let command = [
      "size", "s.yaml", "--trials", "60", "--through", "12", "--quiet", "--xlsx", "r.xlsx",
    ]
    #expect(try await Command.run(command, in: folder.path).status == 0)
    let first = try Data(contentsOf: URL(filePath: folder.path + "/r.xlsx"))
    #expect(try await Command.run(command, in: folder.path).status == 0)
    #expect(try Data(contentsOf: URL(filePath: folder.path + "/r.xlsx")) == first)
    try folder.write("r.xlsx", "somebody's")
    let refused = try await Command.run(command, in: folder.path)
    #expect(refused.status == 74 || refused.status == 73, "\(refused.errors)")
    #expect(try folder.text("r.xlsx") == "somebody's")
    let wrong = try await Command.run(["size", "s.yaml", "--xlsx", "r.xls"], in: folder.path)
    #expect(wrong.status == 64 && wrong.errors.contains("--xlsx"))
  }
}
