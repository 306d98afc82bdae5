import ArgumentParser
import FundCore
import Planning
import ReportForm
import Reporting

/// `tornado`: which inputs move a figure most.
struct TornadoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tornado",
    abstract: Language.say(
      en: "Rank the inputs by how far a step of each moves a figure.",
      zh: "将各项输入各变动一步，按对指标的影响排序。"),
    discussion: Language.say(
      en: """
        Each input alone, a step down and a step up:
          fundsim tornado scenarios/three-models
          fundsim tornado scenarios/three-models --fund 保险 --figure capital95 --step 10%
        """,
      zh: """
        每次只变动一项输入，下调和上调一步：
          fundsim tornado scenarios/three-models
          fundsim tornado scenarios/three-models --fund 保险 --figure capital95 --step 10%
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
        """),
    completion: .custom(Completion.figures))
  var figure = "exhaustion"
  @Option(
    help: .text(en: "How far each input is moved, in per cent of it.", zh: "各项输入变动的幅度，以百分数表示。"))
  var step = "20%"
  @OptionGroup var years: YearArguments
  @OptionGroup var options: StudyArguments

  func validate() throws { _ = try stepPart(tells: false) }

  func run() throws {
    let scenario = try options.scenario(input, fund: fund, years: years)
    let names = FigureNames([Variant(name: "", settings: [], outcome: .success(scenario))])
    if figure == FigureNames.list {
      return try printLines(names.all.joined(separator: "\n") + "\n")
    }
    let figure = try names.figure(named: figure)
    let delivery = try Delivery(.tornado, options.output)
    let tornado = try StudyRuns.follow(options, scenario: input.path) { runs in
      try TornadoStudy(
        scenario, version: ProgramVersion.current,
        .init(figure: figure, step: try stepPart(tells: true)),
        simulate: runs.keep, repeats: runs)
    }
    guard let tornado else { throw noFigure(figure) }
    try delivery.deliver(TornadoReport(tornado).faces(files: scenario.setAside))
  }

  /// The figure is none of the fund's.
  private func noFigure(_ figure: StudyFigure) -> Diagnostics {
    Diagnostics(
      "unknown-figure",
      .init(
        en: "the fund has no figure '\(figure.word)'", zh: "该基金没有指标“\(figure.word)”"),
      help: .init(
        en: "check the name of the bank; a figure of a year needs it to be defined in some trial",
        zh: "请核对银行名称；逐年数据须在某次模拟中有定义"),
      at: SourceLocation(file: "--figure \(figure.word)"))
  }

  private func stepPart(tells: Bool) throws -> Double {
    guard let percent = try PercentText.percent(step, option: "--step", tells: tells), percent > 0,
      percent < 100
    else {
      throw ValidationError(
        en: "--step takes per cent above 0 and below 100, such as 20%.",
        zh: "--step 取大于0、小于100的百分数，如20%。")
    }
    return percent / 100
  }
}
