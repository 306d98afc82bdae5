import ArgumentParser
import Foundation
import FundCore

/// Where a report goes, and in which form: what every command that prints a report is asked.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("out"),
    help: .text(
      en: """
        The folder for the report's files: its JSON object, tables and page. Without it, run, merge \
        and portfolio write into notebooks-out/<scenario>, and no other command writes files.
        """,
      zh: """
        报告文件（JSON对象、表格、网页）的文件夹。不给出时，`run`、`merge` 和 `portfolio` 写入\
        notebooks-out/<情景>，其他命令不写文件。
        """))
  var folder: String?
  @Flag(
    help: .text(
      en: "Print one JSON object instead of the report; files are written with --out only.",
      zh: "输出一个 JSON 对象，代替报告；只有给出 --out 才写文件。"))
  var json = false
  @Flag(
    help: .text(
      en: "Print no report and no progress; write the files.", zh: "不输出报告和进度，只写文件。"))
  var quiet = false
  @Flag(
    name: .customLong("report"),
    help: .text(
      en: "Also write report.html, a page with charts that opens without a network.",
      zh: "另写 report.html：带图表的网页，不联网也能打开。"))
  var writesPage = false
  @Flag(
    name: .customLong("tables"),
    help: .text(
      en: """
        Also write every table of the report as a CSV file that Excel opens: table-NAME.csv, listed in \
        table-index.csv.
        """,
      zh: "另将报告中的每张表写成 Excel 可打开的 CSV 文件：`table-名称.csv`，目录见 `table-index.csv`。"))
  var writesTables = false
  @Option(
    name: .customLong("xlsx"),
    help: .text(
      en: """
        Also write the report as a workbook that Excel, WPS and LibreOffice open, into this file: its inputs \
        on the first sheet, a sheet a table, the rules with their articles on the last.
        """,
      zh: """
        另将报告写成 Excel、WPS 和 LibreOffice 可打开的工作簿，存入此文件：首个工作表为输入，每张表一个工作表，\
        末个工作表为规则及其条款依据。
        """),
    completion: .file(extensions: ["xlsx"]))
  var workbook: String?
  @OptionGroup var paper: WidthOption
  @OptionGroup var overwriting: OverwritingOption

  /// Whether nothing but the result may be printed.
  var isSilent: Bool { quiet || json }
}

/// How many columns the lines of a report may take.
struct WidthOption: ParsableArguments {
  @Option(
    name: .customLong("width"),
    help: .text(
      en: "The report's width in columns (default: the terminal's; 100 where there is none).",
      zh: "报告的宽度，以列计（默认为终端的宽度；不在终端输出时为100）。"))
  var columns: Int?

  /// What a report takes where there is no terminal, so that outputs can be compared.
  static let usual = 100
  /// The widths in which a report can be read.
  static let readable = 60...1_000

  func validate() throws {
    if let columns, !Self.readable.contains(columns) {
      let (least, most) = (Self.readable.lowerBound, Self.readable.upperBound)
      throw ValidationError(
        en: "--width takes a whole number from \(least) to \(most).",
        zh: "--width 取\(least)至\(most)的整数。")
    }
  }

  /// The columns of a report on standard output.
  var width: Int { columns ?? Self.terminal ?? Self.usual }

  /// The columns of the terminal that standard output is, as it says, or as COLUMNS does; `nil` if it is
  /// none.
  private static var terminal: Int? {
    guard isatty(STDOUT_FILENO) != 0 else { return nil }
    var size = winsize()
    var columns: Int?
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      columns = Int(size.ws_col)
    } else if let said = ProcessInfo.processInfo.environment["COLUMNS"] {
      columns = Int(said)
    }
    return columns.map { min(max($0, readable.lowerBound), readable.upperBound) }
  }
}

/// What every command that writes files is asked.
struct OverwritingOption: ParsableArguments {
  @Flag(
    help: .text(
      en: "Replace files that fundsim did not write, and links; never an input of the command.",
      zh: "替换不是 fundsim 写的文件，以及链接；从不替换本命令的输入文件。"))
  var force = false
}
