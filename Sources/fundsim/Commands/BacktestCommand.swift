import ArgumentParser
import Calibration
import FundCore
import Reporting
import ScenarioInput
import ReportForm

/// `backtest`: would forecasts from the years before have been right?
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: Language.say(
      en: "Forecast each year of a history from the years before it, and compare.",
      zh: "对违约历史逐年作样本外预测，并与实际比较。"),
    discussion: Language.say(
      en: """
        At each year's end: calibrate on what was known, forecast the next year, compare.
          fundsim backtest scenarios/history/by-grade.csv
        """,
      zh: """
        在每年末：以当时已知的历史校准，预测下一年，再与实际比较。
          fundsim backtest scenarios/history/by-grade.csv
        """))

  @Argument(
    help: .text(en: "The yearly table, or the register (CSV).", zh: "年度表或登记簿（CSV）。"),
    completion: .file(extensions: ["csv"]))
  var history: String
  @Option(
    help: .text(
      en: "The first year that is forecast (default, and earliest: the fourth).",
      zh: "预测的首个年份（默认且最早为第四年）。"))
  var fromYear: Int?
  @OptionGroup var reading: HistoryArguments
  @OptionGroup var output: OutputOptions
  @OptionGroup var speech: LanguageArguments

  func run() throws {
    let table = try reading.table(history, consequence: Self.nothing)
    let settings = try reading.settings
    let backtest = Backtest(
      table.history, from: fromYear, settings: settings, losses: table.record.losses)
    guard !backtest.years.isEmpty else {
      throw RefusedInput(diagnostics: noTarget(table), consequence: Self.nothing)
    }
    let report = BacktestReport(backtest, settings: settings, source: table.source)
    let delivery = try Delivery(.backtest, output)
    try delivery.deliver(report.faces(files: []))
  }

  private static var nothing: LocalizedText {
    .init(en: "Nothing was forecast.", zh: "没有预测。")
  }

  /// No year can be forecast.
  private func noTarget(_ table: HistoryTable) -> Diagnostics {
    let last = table.history.years.upperBound - 1
    let earliest = table.history.firstYear + Backtest.fewestYears
    if let fromYear, earliest <= last {
      return Diagnostics(
        "no-year-to-forecast",
        .init(
          en: "no year from \(fromYear) on can be forecast: the history ends with \(last)",
          zh: "自\(fromYear)年起没有可预测的年份：历史止于\(last)年"),
        help: .init(
          en: "give a year from \(earliest) to \(last)", zh: "请给\(earliest)至\(last)之间的年份"),
        at: SourceLocation(file: "--from-year \(fromYear)"))
    }
    return Diagnostics(
      "no-year-to-forecast",
      .init(
        en: "a year is forecast from at least \(Backtest.fewestYears) years before it",
        zh: "预测一年至少需要此前\(Backtest.fewestYears)年"),
      help: .init(en: "add further years", zh: "请补充其他年份"), at: SourceLocation(file: table.file))
  }
}
