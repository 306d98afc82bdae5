import ArgumentParser
import FundCore
import Planning
import ReportForm
import Reporting
import ScenarioInput

/// `sweep`: a figure over a grid of one or two settings.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: Language.say(
      en: "Tabulate a figure over the values of one or two settings.",
      zh: "按一项或两项设置的取值列出某项指标。"),
    discussion: Language.say(
      en: """
        One or two settings with several values:
          fundsim sweep scenarios/three-models --set defaults.assetCorrelation=0.05,0.1,0.2 --figure es99
          fundsim sweep scenarios/three-models --set funds.1.initial=800万,1600万 \\
          --set recovery.mean=20%,35%,50% --figure exhaustion --out results
        """,
      zh: """
        一项或两项设置，各取多个值：
          fundsim sweep scenarios/three-models --set defaults.assetCorrelation=0.05,0.1,0.2 --figure es99
          fundsim sweep scenarios/three-models --set funds.1.initial=800万,1600万 \\
          --set recovery.mean=20%,35%,50% --figure exhaustion --out results
        """))

  @OptionGroup var input: ScenarioArguments
  @Option(
    help: .text(
      en: "The fund, by its name or a part of it (default: the first).", zh: "基金名称，或其中一部分（默认第一只）。"),
    completion: .custom(Completion.funds))
  var fund: String?
  @Option(
    help: .text(
      en: """
        exhaustion, compensation, unpaid, q99, es99, capital95, loss:bank, a threshold's name, a figure of a year \
        (2026.budget.q95) or a group's part (contributions.grade.B.compensationMean); `list` prints all names.
        """,
      zh: """
        exhaustion、compensation、unpaid、q99、es99、capital95、loss:bank、阈值名称、逐年数据（2026.budget.q95）\
        或分组部分（contributions.grade.B.compensationMean）；写 `list` 列出全部名称。
        """), completion: .custom(Completion.figures))
  var figure = "exhaustion"
  @OptionGroup var years: YearArguments
  @OptionGroup var options: StudyArguments
  @OptionGroup var precision: PrecisionArguments

  func validate() throws {
    if options.setting.settings.isEmpty {
      throw ValidationError(
        en: "Give one or two settings with several values: --set path=value,value.",
        zh: "请给一项或两项设置多个值（--set）。")
    }
  }

  func run() throws {
    let request = try request()
    let variants = try request.variants()
    let names = FigureNames(variants)
    if figure == FigureNames.list {
      return try printLines(names.all.joined(separator: "\n") + "\n")
    }
    let figure = try names.figure(named: figure)
    let delivery = try Delivery(.sweep, options.output)
    var variantStudy = VariantStudy(variants)
    variantStudy.detail = StudyDetail(of: [figure])
    let (study, reached) = try precision.study(
      variantStudy, figure, options, scenario: input.path)
    let grid = request.settings.filter { $0.edits.count > 1 }
    var report = SweepReport(SweepStudy(study, settings: grid, figure: figure))
    report.precision = reached
    let table = ResultFile("sweep.csv") { try report.writeCSV(to: $0) }
    try delivery.deliver(report.faces(files: [table] + variants.setAside))
  }

  /// What is swept: settings of one value stand outside the grid.
  private func request() throws(Diagnostics) -> StudyRequest {
    let varied = try options.setting.variedSettings()
    let grid = varied.filter { $0.edits.count > 1 }
    guard (1...2).contains(grid.count) else {
      throw Diagnostics(
        "grid-size",
        .init(
          en: "\(grid.count) settings have several values", zh: "有\(grid.count)项设置给出了多个值"),
        help: .init(
          en: "give several values to one or two settings: --set recovery.mean=20%,35%",
          zh: "请给一项或两项设置多个值：--set recovery.mean=20%,35%"),
        at: SourceLocation(file: "--set"))
    }
    var choices = try input.choices()
    years.set(in: &choices)
    var request = StudyRequest(scenarios: [input.path], choices: choices, only: fund)
    request.settings = varied.filter { $0.edits.count == 1 } + grid
    request.isAboutOneFund = true
    return request
  }
}
