import ArgumentParser
import Calibration
import FundCore
import Reporting
import ScenarioInput
import ReportForm

/// `calibrate`: what a history of defaults says of the probabilities, and what it leaves open.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: Language.say(
      en:
        "Estimate PD and correlation from a history of defaults, and say what stays unknown.",
      zh: "由违约历史估计违约概率与相关系数，并说明未知的程度。"),
    discussion: Language.say(
      en: """
        The table (CSV) has the columns year, atRisk, defaults and, if known, grade, exposure, loss and
        recovered; Chinese heads such as 年份, 在险笔数, 违约笔数 are understood. A register with a row a
        loan does as well: start, term or maturity, overdueDate, and if known grade, lossPrincipal,
        recovered, recoveredDate, writtenOffDate.
          fundsim calibrate scenarios/history/five-years.csv --out results
        """,
      zh: """
        表（CSV）的列为年份、在险笔数、违约笔数，可另有评级、在险金额、损失、追偿；
        英文列名为 year、atRisk、defaults、grade、exposure、loss、recovered。每笔贷款一行的登记簿亦可：
        放款日期、期限或到期日、首个逾期日，可另有评级、本金损失、追偿金额、追偿日期、核销日期。
          fundsim calibrate scenarios/history/five-years.csv --out results
        """))

  @Argument(
    help: .text(en: "The yearly table, or the register (CSV).", zh: "年度表或登记簿（CSV）。"),
    completion: .file(extensions: ["csv", "xlsx"]))
  var history: String
  @OptionGroup var reading: HistoryArguments
  @OptionGroup var output: OutputOptions
  @OptionGroup var speech: LanguageArguments

  func run() throws {
    let table = try reading.table(
      history, consequence: .init(en: "Nothing was calibrated.", zh: "没有校准。"))
    let names = ["calibrated.yaml", "posterior.csv"]
    let delivery = try Delivery(.calibrate, output, further: names)
    let report = CalibrationReport(try calibrated(table, reading.settings), source: table.source)
    try delivery.deliver(
      report.faces(files: [
        ResultFile("calibrated.yaml") { try report.writeFragment(to: $0) },
        ResultFile("posterior.csv") { try report.writeDraws(to: $0) },
      ]))
  }

  /// So few loan-years that no law of the parameters can be computed.
  private func tooLittle(_ table: HistoryTable) -> Diagnostics {
    Diagnostics(
      "too-little-history",
      .init(en: "the loans at risk are too few to tell anything", zh: "在险贷款太少，无从估计"),
      help: .init(en: "take grades together, or add years", zh: "请合并评级，或补充年份"),
      at: SourceLocation(file: table.file))
  }

  /// Calibrates a table whose problems were told when it was read.
  private func calibrated(
    _ table: HistoryTable, _ settings: CalibrationSettings
  ) throws -> CalibrationResult {
    do {
      let result = try CalibrationResult(table.history, settings)
      guard result.posterior.allSatisfy({ $0.mean.isFinite }) else {
        throw RefusedInput(
          diagnostics: tooLittle(table),
          consequence: .init(en: "Nothing was calibrated.", zh: "没有校准。"))
      }
      return result
    } catch let error as HistoryProblems {
      preconditionFailure("a table that was read can be calibrated: \(error.problems)")
    }
  }
}

extension HistoryTable {
  /// The table as reports name it.
  var source: CalibrationReport.Source {
    var source = CalibrationReport.Source(
      file: file, digest: digest, engine: ProgramVersion.current, record: record)
    source.unused = unused
    source.notices = notices
    return source
  }
}
