import ArgumentParser
import FundCore
import ReportForm

/// The faces of a report. Each is made when it is asked for.
struct ReportFaces {
  /// For people, in so many columns.
  let text: (_ width: Int) -> String
  /// For programs: one JSON object.
  let json: () -> String
  /// A web page; `nil` for a report that has none.
  var page: (() throws -> String)?
  /// Its tables, each a file; made when the files are written.
  var tables: () -> [ResultFile] = { [] }
  /// The report as a workbook; `nil` for one that has none.
  var workbook: (() -> [UInt8])?
  /// What else is written beside the JSON object.
  var files: [ResultFile] = []
}

extension ReportFaces {
  /// All faces of a report that is a value.
  ///
  /// - Parameters:
  ///   - report: Composes the report.
  ///   - json: Its JSON object.
  ///   - files: What is written besides.
  init(
    _ report: @escaping () -> Report, json: @escaping () -> String, files: [ResultFile] = []
  ) {
    self.init(
      text: { TerminalFace(width: $0, language: .current).text(of: report()) }, json: json,
      page: { try PageFace(language: .current).page(of: report()) },
      tables: {
        CSVFace(language: .current).files(of: report()).map { file in
          ResultFile(file.name) { try $0(file.text) }
        }
      }, workbook: { WorkbookFace(language: .current).bytes(of: report()) }, files: files)
  }
}

/// Puts a report where the options say: into a folder, and onto standard output.
///
/// It is opened before anything is computed, so that a folder into which nothing can be written is found
/// at once and not after hours; and it is the only place that prints a report or names its files.
struct Delivery {
  private let kind: ResultKind
  private let options: OutputOptions
  private let folder: OutputFolder?
  /// The workbook beside the folder's files; `nil` if none is wanted.
  private let workbook: OutputFile?

  /// Where a file of the result, or its manifest, can come to stand; nowhere if no files are written.
  var possibleFiles: [String] {
    guard let folder else { return [] }
    return ([ResultManifest.name] + kind.files.map(\.name)).map { folder.path + "/" + $0 }
  }

  /// Opens the folder, if files are wanted, and finds out whether they may be written.
  ///
  /// - Parameters:
  ///   - kind: What is written.
  ///   - options: What the command line asks for.
  ///   - name: The folder in `notebooks-out` that takes the files unless told otherwise; `nil` if files
  ///     are written with `--out` only.
  ///   - further: Files that are surely written beside the JSON object.
  init(
    _ kind: ResultKind, _ options: OutputOptions, defaultFolder name: String? = nil,
    further: [String] = []
  ) throws {
    self.kind = kind
    self.options = options
    try Self.check(options, of: kind, hasDefault: name != nil)
    let usual = options.json ? nil : name.map { "notebooks-out/" + $0 }
    folder = try (options.folder ?? usual).map {
      try OutputFolder(path: $0, for: kind, isForced: options.overwriting.force)
    }
    let names = [kind.jsonName].compactMap(\.self) + further
    try folder?.check(names + (options.writesPage ? [Self.pageName] : []))
    workbook = try Self.workbook(options)
  }

  private static let pageName = "report.html"

  /// The file for the workbook, if one is wanted and can be written.
  private static func workbook(_ options: OutputOptions) throws -> OutputFile? {
    guard let path = options.workbook else { return nil }
    let ending = path.lowercased().hasSuffix(".xlsx")
    guard ending else {
      throw ValidationError(
        en: "--xlsx takes the name of a file that ends in .xlsx, and got '\(path)'.",
        zh: "--xlsx 取以 .xlsx 结尾的文件名，而不是“\(path)”。")
    }
    let file = OutputFile(path: path, isForced: options.overwriting.force)
    try file.checkTarget(signature: WorkbookFace.signature)
    return file
  }

  private func writeWorkbook(_ report: ReportFaces) throws {
    guard let workbook, let bytes = report.workbook?() else { return }
    try workbook.write(signatureSize: WorkbookFace.signature.count) { try $0(bytes) }
  }

  /// - Throws: A complaint about options that ask for what there is not.
  private static func check(
    _ options: OutputOptions, of kind: ResultKind, hasDefault: Bool
  ) throws {
    if options.workbook != nil, !kind.hasPage {
      throw ValidationError(
        en: "`\(kind.rawValue)` has no report to write as a workbook; leave --xlsx out.",
        zh: "`\(kind.rawValue)` 没有可写成工作簿的报告；请去掉 --xlsx。")
    }
    guard options.writesPage || options.writesTables else { return }
    if options.writesPage, !kind.hasPage {
      throw ValidationError(
        en: "`\(kind.rawValue)` has no page; leave --report out.",
        zh: "`\(kind.rawValue)` 没有网页；请去掉 --report。")
    }
    if options.folder == nil, !hasDefault || options.json {
      throw ValidationError(
        en: "--report and --tables need --out, the folder for their files.",
        zh: "--report 和 --tables 需要 --out：文件所在的文件夹。")
    }
  }

  /// Writes the files that were asked for, as one result, and prints the report.
  func deliver(_ report: ReportFaces) throws {
    let names = try write(report)
    try writeWorkbook(report)
    if options.json { return try printOutput(report.json()) }
    guard !options.quiet else { return }
    try printOutput(report.text(options.paper.width))
    if let path = options.workbook {
      try printOutput(en: "\nWritten: \(path)\n", zh: "\n已写入：\(path)\n")
    }
    guard let folder else { return }
    // Of tables there may be hundreds: their index names them.
    let tables = names.filter { $0.hasPrefix("table-") && $0 != "table-index.csv" }.count
    let others = names.filter { !$0.hasPrefix("table-") || $0 == "table-index.csv" }
    let (more, moreZh) = tables == 0 ? ("", "") : (" (of \(tables) tables)", "（列出\(tables)个表）")
    try printOutput(
      en: "\nWritten: \(folder.path)/\(others.joined(separator: ", "))\(more)\n",
      zh: "\n已写入：\(folder.path)/\(others.joined(separator: "、"))\(moreZh)\n")
  }

  /// Writes the files.
  ///
  /// - Returns: Their names.
  private func write(_ report: ReportFaces) throws -> [String] {
    guard let folder else { return [] }
    var files: [ResultFile] = []
    if let name = kind.jsonName { files.append(ResultFile(name) { try $0(report.json()) }) }
    files += report.files
    if options.writesTables { files += report.tables() }
    if options.writesPage, let page = report.page {
      files.append(ResultFile(Self.pageName) { try $0(page()) })
    }
    for file in files { try folder.write(file) }
    try folder.commit()
    return files.map(\.name)
  }
}
