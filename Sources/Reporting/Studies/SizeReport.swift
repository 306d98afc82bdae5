import ClaimRules
import FundCore
import LossStatistics
public import Planning
public import ReportForm

/// How large a fund must be, and how much it carries.
public struct SizeReport: Sendable {
  /// The sizes.
  public let sizes: SizeStudy
  /// The precision that is wanted; `nil` if none was asked for.
  public let precision: SizeStudy.Precision?
  /// How much can be lent; `nil` if it was not asked for.
  public let lending: LendingStudy?
  /// How well the sizes are known where their precision was asked for; `nil` where it was not.
  public var reached: PrecisionOutcome?

  /// Creates the report of a study.
  public init(
    _ sizes: SizeStudy, precision: SizeStudy.Precision? = nil, lending: LendingStudy? = nil
  ) {
    self.sizes = sizes
    self.precision = precision
    self.lending = lending
  }

  /// What the report says, without any format.
  public var report: Report {
    let frame = StudyFrame(
      sizes.provenance, trialCount: sizes.trialCount, drawCount: sizes.drawCount,
      funds: sizes.source.funds)
    let largest = sizes.requirements.map { Double($0.size.value) / 100 }.max() ?? 0
    var report = frame.opened(
      .init(en: "How large must the fund be?", zh: "基金需要多大？"),
      largest: max(largest, sizes.own.yuan))
    report.notes += reached?.blocks ?? []
    let composer = SizeComposer(sizes: sizes, money: report.money)
    report.sections = [composer.requirements]
    if let notKnown = composer.notKnown { report.sections.append(notKnown) }
    report.sections.append(composer.curve)
    if let precision { report.sections.append(composer.trials(precision)) }
    if let lending { report.sections.append(composer.carried(lending)) }
    report.sections += composer.figures + composer.years
    return frame.closed(report)
  }

  /// The report for programs: one JSON object, as `Schemas/size.schema.json` describes it.
  public func json() -> String { SizeJSON(report: self).value.text }
}

/// Puts the sections of a report of fund sizes together.
struct SizeComposer {
  let sizes: SizeStudy
  let money: MoneyScale

  /// The scenario's own amount, with its unit.
  var initial: LocalizedText {
    let text = money.text(sizes.own)
    return .init(en: "\(text) \(money.name)", zh: "\(text)\(money.name)")
  }

  /// The heads of the columns of times.
  var times: [LocalizedText] { sizes.months.map { through($0, from: sizes.firstMonth) } }

  /// A table with a row a probability of survival and a column a time.
  private func table(
    _ name: String, cell: (SizeStudy.Requirement) -> ReportCell
  ) -> SectionBlock {
    var table = FigureTable(name, heads: [Self.survives] + times)
    for level in Set(sizes.requirements.map(\.level)).sorted() {
      table.rows.append(
        [.level(level)] + sizes.requirements.filter { $0.level == level }.map(cell))
    }
    return .table(table)
  }

  static let survives = LocalizedText(en: "survives with", zh: "足额概率")

  // MARK: Sizes

  var requirements: ReportSection {
    let name = sizes.fund.name
    var body: [SectionBlock] = [
      .paragraph(
        .init(
          en: """
            With this amount nothing that the fund owes goes unpaid up to that month, in so many of 100 \
            cases. Found from the needed capital of every trial; the interval holds the true amount with \
            95 % probability whatever the distribution (order statistics).
            """,
          zh: """
            以此资金，直至该月基金应付款项全部付清的情形在每100次中有如此之多。由每次模拟的所需资本得出；\
            区间以95%的概率包含真实数值，不依赖分布形式（次序统计量）。
            """)),
      table("sizes") { .figure(Figure(fen: $0.size)) },
    ]
    if let balance = sizes.balance { body = onHand(balance) }
    if sizes.feeFollowsSize {
      body.append(
        .paragraph(
          .init(
            en: """
              The management fee is a part of the initial amount: these sizes hold with the fee of the \
              scenario's amount. Set the size found and run again until both agree.
              """,
            zh: "管理费按初始资金计提：以上规模按情景文件中的资金计费。请代入所得规模再次运行，直至两者一致。")))
    }
    body += initialAmount
    if let floor = SizeFloor(sizes) { body.append(.paragraph(floor.words)) }
    body += farOut + confirmation
    return ReportSection(
      sizes.balance == nil
        ? .init(
          en: "Smallest initial amount (\(money.name)): \(name)",
          zh: "最小初始资金（\(money.name)）：\(name)")
        : .init(
          en: "What must be added (\(money.name)): \(name)", zh: "需追加的资金（\(money.name)）：\(name)"),
      body, charts: [chart])
  }

  /// The sizes of a fund that has stood for a while: what it holds, and what must be added.
  private func onHand(_ balance: Money) -> [SectionBlock] {
    let (held, first) = (money.text(balance), sizes.firstMonth)
    return [
      .paragraph(
        .init(
          en: """
            The fund holds \(held) \(money.name) when the run goes on. With this much added in \(first), like \
            other new money, nothing that it owes goes unpaid up to that month, in so many of 100 cases; what \
            waited for money is paid as well. Nothing means that what it holds suffices. Found from every \
            trial; the interval holds the true amount with 95 % probability (order statistics).
            """,
          zh: """
            接续时基金持有\(held)\(money.name)。于\(first)追加以下资金（与其他追加资金同样入账），直至该月基金应付\
            款项（包括原待付款项）全部付清的情形在每100次中有如此之多；为零表示现有资金足够。由每次模拟得出；\
            区间以95%的概率包含真实数值（次序统计量）。
            """)),
      table("top-ups") { $0.topUp.map { .figure(Figure(fen: $0)) } ?? .none },
      .paragraph(
        .init(en: "Held and added together:", zh: "现有与追加合计：")),
      table("sizes") { .figure(Figure(fen: $0.size)) },
    ]
  }

  /// What the scenario's own amount does.
  private var initialAmount: [SectionBlock] {
    let survival = sizes.survival(with: sizes.own)
    guard !survival.isEmpty else { return [] }
    let parts = zip(times, survival).map { time, proportion in
      let odds = money.text(Figure(proportion))
      return LocalizedText(en: "\(time) \(odds)", zh: "\(time)\(odds)")
    }.joined(with: .init(en: "; ", zh: "；"))
    return [
      .paragraph(
        .init(
          en: "\(whose.english) \(initial) lasts: \(parts)",
          zh: "\(whose.chinese)\(initial)足额概率：\(parts)"))
    ]
  }

  /// Which sizes rest on rare trials.
  private var farOut: [SectionBlock] {
    let found = sizes.requirements.filter { $0.rareTrials != nil }
    guard let count = found.first?.rareTrials.map({ NumberFormat.whole($0) }) else { return [] }
    let levels = Set(found.map(\.level)).sorted().map(\.words)
    let names = levels.joined(with: .init(en: ", ", zh: "、"))
    return [
      .paragraph(
        .init(
          en: """
            By importance sampling, because the trials of the run are too few for them: \(names). \(count) \
            further trials were drawn so that the fund needs much, and weighted back; the interval follows from the \
            weight beyond the size.
            """,
          zh: """
            以下概率因普通模拟次数不足，改用重要性抽样：\(names)。另行模拟\(count)次，抽样时让基金需要较多资金，\
            再以权重还原；区间由该规模以外的权重得出。
            """))
    ]
  }

  /// What the runs with these amounts, and with one fen less, said.
  private var confirmation: [SectionBlock] {
    guard sizes.requirements.contains(where: { $0.confirmed != nil }) else { return [] }
    let failing = sizes.requirements.filter { item in
      guard let counts = item.confirmed else { return false }
      return counts.atSize != item.survivors
        || (item.rareTrials == nil && item.size.value > (sizes.balance?.fen ?? 0)
          && counts.below >= counts.atSize)
    }
    guard failing.isEmpty else {
      let names = failing.map { item in
        LocalizedText(
          en: "\(item.level.words), \(item.months) months",
          zh: "\(item.level.words)，\(item.months)个月")
      }.joined(with: .init(en: "; ", zh: "；"))
      return [
        .paragraph(
          .init(
            en:
              "NOT CONFIRMED by runs with these amounts: \(names). This is a bug; please report it.",
            zh: "以这些金额运行未能证实：\(names)。这是程序缺陷，请报告。"))
      ]
    }
    return [
      .paragraph(
        .init(
          en: """
            Confirmed: in runs with each of these amounts exactly as many trials survive, and with one fen \
            less fewer do.
            """, zh: "已证实：以每个金额运行，足额次数完全相同；少一分则次数减少。"))
    ]
  }

  /// Whose amount it is that stands beside the sizes.
  var whose: LocalizedText {
    sizes.balance == nil
      ? .init(en: "The scenario's own", zh: "情景文件的")
      : .init(en: "As it stands,", zh: "按现有的")
  }

  // MARK: The curve

  /// The curve at each of its points.
  func points(_ name: String, every stride: Int) -> FigureTable {
    var table = FigureTable(
      name,
      heads: [.init(en: "initial amount (\(money.name))", zh: "初始资金（\(money.name)）")] + times)
    for (index, point) in sizes.curve.enumerated() where index % stride == 0 {
      table.rows.append([.amount(point.size)] + point.survival.map { .probability($0) })
    }
    return table
  }

  var curve: ReportSection {
    let half = sizes.bandHalfWidth * 100
    let band = NumberFormat.fixed(half, decimals: NumberFormat.decimals(standardError: half) ?? 2)
    return ReportSection(
      .init(
        en: "Survival by initial amount (\(money.name))", zh: "不同初始资金的足额概率（\(money.name)）"),
      [
        .table(points("survival-by-size", every: max(1, (sizes.curve.count + 13) / 14))),
        .paragraph(
          .init(
            en: """
              The brackets hold each point for itself. The whole curve lies within ± \(band) points of a \
              per cent of the true one with 95 % probability (Dvoretzky–Kiefer–Wolfowitz).
              """,
            zh: """
              括号为逐点区间。整条曲线以95%的概率处于真实曲线上下\(band)个百分点之内\
              （Dvoretzky–Kiefer–Wolfowitz）。
              """)),
      ])
  }

  // MARK: Precision

  func trials(_ precision: SizeStudy.Precision) -> ReportSection {
    let count = NumberFormat.whole(sizes.trialCount)
    let width = words(of: precision)
    return ReportSection(
      .init(en: "Trials for an interval of ± \(width)", zh: "区间为±\(width)所需的模拟次数"),
      [
        .paragraph(
          .init(
            en: """
              The interval shrinks with the square root of the number of trials: four times as many halve \
              it. How wide it is at \(count) trials shows how thinly trials lie around the size; from that \
              follows how many are needed.
              """,
            zh: """
              区间按模拟次数的平方根收窄：次数增至四倍，区间减半。\(count)次模拟时的区间宽度反映了该规模附近\
              模拟结果的疏密，由此推得所需次数。
              """)),
        table("trials-for-precision") { item in
          item.trials(forPrecision: precision, of: sizes.trialCount)
            .map { .count(Self.roundedUp($0)) }
            ?? .words(.init(en: "cannot be told", zh: "无法判断"))
        },
      ])
  }

  private func words(of precision: SizeStudy.Precision) -> LocalizedText {
    switch precision {
    case .relative(let part): money.text(Figure.exact(part, in: .part).bare)
    case .absolute(let amount):
      .init(en: "\(money.text(amount)) \(money.name)", zh: "\(money.text(amount))\(money.name)")
    }
  }

  /// Two digits that count, rounded up.
  private static func roundedUp(_ count: Int) -> Int {
    var step = 1
    while count / step >= 100 { step *= 10 }
    return (count + step - 1) / step * step
  }
}
