import ArgumentParser
import FundCore
import Reporting
import ScenarioInput

/// Where the report on a history goes.
struct HistoryOutputArguments: ParsableArguments {
  @Option(
    name: .customLong("out"),
    help: .text(
      en: "The folder for the report's JSON object and further files.", zh: "报告的 JSON 对象和其他文件的文件夹。")
  )
  var outputFolder: String?
  @OptionGroup var overwriting: OverwritingArguments
  @Flag(
    name: .customLong("report"),
    help: .text(
      en: "Also write report.html, a page with a chart, into the folder of --out.",
      zh: "另在 --out 的文件夹中写 report.html：带图表的网页。"))
  var writesPage = false
  @Flag(help: .text(en: "Print one JSON object instead of the report.", zh: "输出一个 JSON 对象，代替报告。"))
  var json = false
  @Flag(help: .text(en: "Print no report; write the files.", zh: "不输出报告；只写文件。"))
  var quiet = false
  @OptionGroup var speech: LanguageArguments

  func validate() throws {
    if writesPage, outputFolder == nil {
      throw ValidationError(
        en: "--report needs --out, the folder for report.html.",
        zh: "--report 需要 --out：report.html 的文件夹。")
    }
  }

  /// Opens the folder before anything is computed; `nil` if no files are wanted.
  func folder(for kind: ResultKind, _ names: [String]) throws -> OutputFolder? {
    guard let outputFolder else { return nil }
    let folder = try OutputFolder(path: outputFolder, for: kind, isForced: overwriting.force)
    try folder.check(names + (writesPage ? ["report.html"] : []))
    return folder
  }

  /// Writes the files that were asked for, and prints the report.
  func deliver(
    into folder: OutputFolder?, json object: @autoclosure () -> String,
    text: @autoclosure () -> String, page: () throws -> String,
    files: [(name: String, write: ((String) throws -> Void) throws -> Void)]
  ) throws {
    if let folder {
      for file in files { try folder.write(file.name, file.write) }
      if writesPage {
        let text = try page()
        try folder.write("report.html") { try $0(text) }
      }
      try folder.commit()
    }
    if json { return try printOutput(object()) }
    guard !quiet else { return }
    try printOutput(text())
    if let folder {
      let names = files.map(\.name) + (writesPage ? ["report.html"] : [])
      try printOutput(
        en: "\nWritten: \(folder.path)/\(names.joined(separator: ", "))\n",
        zh: "\n已写入：\(folder.path)/\(names.joined(separator: "、"))\n")
    }
  }
}

extension HistoryArguments {
  /// Reads a table.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - consequence: What was therefore not done.
  func table(_ file: String, consequence: LocalizedText) throws -> HistoryTable {
    do throws(Diagnostics) {
      return try readHistory(try request(file))
    } catch {
      throw RefusedInput(diagnostics: error, consequence: consequence)
    }
  }
}
