import ArgumentParser
import Calibration
import FundCore
import Reporting
import ReportForm
import ScenarioInput
import Simulation

/// `backtest`: would forecasts from the years before have been right?
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: Language.say(
      en: "Forecast each year of a history from the years before it, and compare.",
      zh: "对违约历史逐年作样本外预测，并与实际比较。"),
    discussion: Language.say(
      en: """
        At each year's end: calibrate on what was known, forecast the next year, compare. Of a register whose \
        terms have funds, also what these paid and what was left in them.
          fundsim backtest scenarios/history/by-grade.csv
          fundsim backtest scenarios/history/register.csv --terms scenarios/history/register.yaml
        """,
      zh: """
        在每年末：以当时已知的历史校准，预测下一年，再与实际比较。登记簿的条款含基金时，也比较基金的补偿与结余。
          fundsim backtest scenarios/history/by-grade.csv
          fundsim backtest scenarios/history/register.csv --terms scenarios/history/register.yaml
        """))

  @Argument(
    help: .text(en: "The yearly table, or the register (CSV).", zh: "年度表或登记簿（CSV）。"),
    completion: .file(extensions: ["csv", "xlsx"]))
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
    var report = BacktestReport(backtest, settings: settings, source: table.source)
    try lookAtFunds(of: &report, table, settings)
    let delivery = try Delivery(.backtest, output)
    try delivery.deliver(report.faces(files: []))
  }

  /// What the funds of a register's terms paid and held in those years.
  private func lookAtFunds(
    of report: inout BacktestReport, _ table: HistoryTable, _ settings: CalibrationSettings
  ) throws {
    guard case .loans = table.record else { return }
    guard let study = try reading.fundStudy(history, consequence: Self.nothing) else {
      report.fundsUntold = .init(
        en: """
          Not looked at: no terms file names a fund (`--terms`, with `funds:`), so that what was paid and what \
          was left is not known.
          """,
        zh: "未比较：没有写明基金的条款文件（`--terms`，含 `funds:`），无从得知补偿与结余。")
      return
    }
    let machine = Machine(
      scenario: history, threads: nil, progress: Progress(isQuiet: output.isSilent))
    defer { machine.progress.finish() }
    let look = RegisterLookBack(study, settings: settings, version: ProgramVersion.current)
    report.funds = try look.funds(in: report.backtest.years, grades: table.history.grades) {
      try machine.outcome(of: $0, later: nil).result
    }
    if report.funds.isEmpty {
      report.fundsUntold = .init(
        en: "Not looked at: no forecast year begins after the funds' opening on \(study.opening).",
        zh: "未比较：没有在基金启动（\(study.opening)）之后开始的预测年份。")
    }
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
