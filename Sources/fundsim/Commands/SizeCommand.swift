import ArgumentParser
import DocumentReading
import FundCore
import LossStatistics
import Planning
import ReportForm
import Reporting
import ScenarioInput
import Simulation

/// `size`: how large a fund must be, and how much it carries.
struct SizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "size",
    abstract: Language.say(
      en: "Find the smallest fund that lasts, and the lending that a fund carries.",
      zh: "求资金足额的最小基金规模，以及基金所能承载的放款额。"),
    discussion: Language.say(
      en: """
        Out of one run, from the needed capital of every trial:
          fundsim size scenarios/three-models --survive 95%,99% --through 12,36,60
          fundsim size scenarios/three-models --fund 保险 --precision 1%
          fundsim size scenarios/three-models --survive 95% --through 36 --lending
        With each size found, any figure, and what the years need:
          fundsim size scenarios/three-models --survive 95% --figure es99,2026.budget.q95
        Where a clause feeds the fund's money back into what is owed, needed capital is not defined; by runs then:
          fundsim size scenarios/other-cities/drafts.yaml --fund leverage --serve 95%
        """,
      zh: """
        一次运行，由每次模拟的所需资本得出：
          fundsim size scenarios/three-models --survive 95%,99% --through 12,36,60
          fundsim size scenarios/three-models --fund 保险 --precision 1%
          fundsim size scenarios/three-models --survive 95% --through 36 --lending
        并列出每个规模下的任一指标和各年需要的资金：
          fundsim size scenarios/three-models --survive 95% --figure es99,2026.budget.q95
        条款使补偿取决于基金资金时，所需资本无定义；此时以多次运行求：
          fundsim size scenarios/other-cities/drafts.yaml --fund leverage --serve 95%
        """))

  @OptionGroup var input: ScenarioArguments
  @Option(
    help: .text(
      en: "The fund, by its name or a part of it (default: the first).", zh: "基金名称，或其中一部分（默认第一只）。"),
    completion: .custom(Completion.funds))
  var fund: String?
  @Option(
    help: .text(
      en:
        "The probabilities of survival, in per cent (default: 95%,99% and the scenario's own levels).",
      zh: "资金足额的概率，以百分数表示（默认95%、99%和情景文件自定的水平）。"))
  var survive: String?
  @Option(
    help: .text(
      en: "Through which months, counted from 1 (default: one, three and all years).",
      zh: "至第几个月，从1起（默认一年、三年和全期）。"))
  var through: String?
  @Option(
    help: .text(
      en: """
        End when every size is known to ± so much: 1% of the size, or 10万. Looks after 4096, 8192, 16384, … \
        trials; ends at --trials with what it has, and tells how many it takes.
        """,
      zh: """
        各规模的误差达到±若干即停止：规模的1%，或10万。在4096、8192、16384……次模拟后检查；到 --trials 时按\
        现有结果结束，并告知所需次数。
        """))
  var precision: String?
  @Option(
    help: .text(
      en: """
        Where a clause feeds the fund's money back into what is owed: the share of the credit to be served, \
        such as 95%; with --survive the fund has to last besides.
        """,
      zh: "条款使补偿取决于基金资金时：应得到服务的信贷比例，如95%；同时写 --survive 时还须资金足额。"))
  var serve: String?
  @Flag(
    help: .text(
      en: "Also search the largest yearly lending that the scenario's amount carries.",
      zh: "另求情景中的资金所能承载的最大年放款额。"))
  var lending = false
  @Flag(
    help: .text(en: "Run each size, and one fen less, to confirm it.", zh: "以每个规模及少一分各运行一次，加以证实。"))
  var confirm = false
  @Option(
    help: .text(
      en:
        "Also tell these figures with each size found: es99,2026.budget.q95; `list` prints all names.",
      zh: "另列每个规模下的这些指标：es99,2026.budget.q95；写 `list` 列出全部名称。"),
    completion: .custom(Completion.figures))
  var figure: String?
  @OptionGroup var years: YearArguments
  @OptionGroup var options: StudyArguments

  func validate() throws {
    _ = try levels(tells: false, own: [])
    _ = try wantedPrecision()
    _ = try wantedMonths()
    guard try wantedShare(tells: false) != nil else { return }
    let others = [
      ("precision", precision != nil), ("lending", lending), ("confirm", confirm),
      ("figure", figure != nil),
    ]
    if let name = others.first(where: \.1)?.0 {
      throw ValidationError(
        en: """
          --\(name) goes with needed capital, and not with --serve, which is shown by runs anyway.
          """,
        zh: "--\(name) 用于所需资本，不与 --serve 并用；后者本身即以运行证实。")
    }
  }

  func run() throws {
    let scenario = try options.scenario(input, fund: fund, years: years)
    let months = try months(of: scenario)
    let levels = try levels(
      tells: true, own: scenario.levels.compactMap { Level(millionths: $0.millionths) })
    let names = FigureNames([Variant(name: "", settings: [], outcome: .success(scenario))])
    if figure == FigureNames.list {
      return try printLines(names.all.joined(separator: "\n") + "\n")
    }
    var figures: [StudyFigure] = []
    for word in items(of: figure ?? "") { figures.append(try names.figure(named: word)) }
    let delivery = try Delivery(.size, options.output)
    if let share = try wantedShare(tells: true) {
      let report = try StudyRuns.follow(options, scenario: input.path) { runs in
        ServeReport(
          try ServeStudy(
            scenario, version: ProgramVersion.current,
            .init(share: share, levels: survive == nil ? [] : levels, months: months),
            simulate: runs.run))
      }
      return try delivery.deliver(report.faces(files: scenario.setAside))
    }
    let report = try StudyRuns.follow(options, scenario: input.path) { runs in
      var (sizes, reached) = try found(scenario, levels, months, runs)
      var scenario = scenario
      scenario.trials = sizes.trialCount
      try sizes.weigh(scenario, simulate: runs.run)
      if confirm { try sizes.confirm(simulate: runs.run) }
      if !figures.isEmpty || scenario.years.trials > 0 {
        try sizes.tell(scenario, figures, simulate: runs.run, repeats: runs)
      }
      let carried =
        try !lending
        ? nil
        : LendingStudy(scenario, levels: levels, months: months, simulate: runs.run)
      var report = SizeReport(sizes, precision: try wantedPrecision(), lending: carried)
      report.reached = reached
      return report
    }
    let money = ResultFile("sizes.csv") { try report.writeMoney(to: $0) }
    try delivery.deliver(
      report.faces(files: (scenario.years.trials > 0 ? [money] : []) + scenario.setAside))
  }

  /// The sizes by as many trials as they need, and far out by rare ones.
  private func found(
    _ scenario: Scenario, _ levels: [Level], _ months: [Int], _ runs: StudyRuns
  ) throws -> (SizeStudy, PrecisionOutcome?) {
    let targets = precision.flatMap { PrecisionTarget($0) }.map { [$0] } ?? []
    var (sizes, reached) = try runs.looking(for: targets, upTo: scenario.trials) { trials in
      var few = scenario
      few.trials = trials
      return try SizeStudy(
        few, version: ProgramVersion.current, levels: levels, months: months, simulate: runs.run)
    } look: {
      StudyPrecision.look(at: $0, targets[0], after: $1)
    }
    runs.endLooks()
    try sizes.sharpen(simulate: runs.rareTrials)
    if let found = reached {
      reached = StudyPrecision.lookAgain(at: sizes, targets[0], after: found)
      reached?.drawCount = sizes.drawCount
    }
    return (sizes, reached)
  }

  /// The levels that are asked for, or the usual ones with those of the scenario.
  private func levels(tells: Bool, own: [Level]) throws -> [Level] {
    guard let survive else { return Set([.percent(95), .percent(99)] + own).sorted() }
    var levels: Set<Level> = []
    for text in items(of: survive) {
      guard let percent = try PercentText.percent(text, option: "--survive", tells: tells),
        let level = Level(percent: percent)
      else { throw noLevels }
      levels.insert(level)
    }
    guard !levels.isEmpty else { throw noLevels }
    return levels.sorted()
  }

  private var noLevels: ValidationError {
    ValidationError(
      en: "--survive takes per cent above 0 and below 100, such as 95%,99%.",
      zh: "--survive 取大于0、小于100的百分数，如95%,99%。")
  }

  /// The share of the credit that is to be served; `nil` if none was asked for.
  private func wantedShare(tells: Bool) throws -> Ratio? {
    guard let serve else { return nil }
    guard let percent = try PercentText.percent(serve, option: "--serve", tells: tells),
      percent > 0, percent <= 100
    else {
      throw ValidationError(
        en: "--serve takes per cent above 0 and up to 100, such as 95%.",
        zh: "--serve 取大于0、不超过100的百分数，如95%。")
    }
    return Ratio(millionths: Int64((percent * 10_000).rounded()))
  }

  private func wantedMonths() throws -> [Int]? {
    guard let through else { return nil }
    var months: [Int] = []
    for text in items(of: through) {
      guard let month = Int(text), month >= 1 else { throw noMonths }
      months.append(month)
    }
    guard !months.isEmpty else { throw noMonths }
    return months
  }

  private var noMonths: ValidationError {
    ValidationError(
      en: "--through takes months from 1, such as 12,36,60.",
      zh: "--through 取从1起的月数，如12,36,60。")
  }

  private func months(of scenario: Scenario) throws -> [Int] {
    guard let wanted = try wantedMonths() else {
      return Array(Set([12, 36, scenario.horizon].filter { $0 <= scenario.horizon })).sorted()
    }
    for month in wanted where month > scenario.horizon {
      throw Diagnostics(
        "month-outside-run",
        .init(
          en: "month \(month) lies beyond the run of \(scenario.horizon) months",
          zh: "第\(month)个月超出\(scenario.horizon)个月的模拟期限"),
        help: .init(
          en: "give a month up to \(scenario.horizon), or set another horizon",
          zh: "请给出不超过\(scenario.horizon)的月份，或另设期限"),
        at: SourceLocation(file: "--through \(through ?? "")"))
    }
    return wanted
  }

  private func wantedPrecision() throws -> SizeStudy.Precision? {
    guard let precision else { return nil }
    if precision.hasSuffix("%"), let part = Double(precision.dropLast()), part > 0, part <= 100 {
      return .relative(part / 100)
    }
    if case .success(let amount) = Scalar.money(precision), amount > .zero {
      if Scalar.unclearAmount(precision, amount, below: .yuan(10_000)) != nil {
        throw ValidationError(
          en: """
            --precision \(precision) has no unit: write \(precision)% of the size, or \
            \(precision)万 or \(precision)元.
            """,
          zh: "--precision \(precision) 没有单位：请写规模的\(precision)%，或\(precision)万、\(precision)元。")
      }
      return .absolute(amount)
    }
    throw ValidationError(
      en: "--precision takes a part of the size (1%) or an amount (10万).",
      zh: "--precision 取规模的百分数（1%）或金额（10万）。")
  }
}
